// What holds in a set of situations, in the words of the language. Situations are complete.
#pragma once

#include <string>
#include <vector>

#include "analysis/formula.hpp"

namespace zweck::analysis {

// A condition as text, and what brackets it needs.
struct Text {
  enum class Binding : std::uint8_t { either, both, one };  // joined by `or`, joined by `and`, or a single one
  std::string text;                                         // empty: always
  Binding binding = Binding::one;
  std::size_t size = 0;  // tests in it
  bool window = false;   // ends in a window of time, which would be read as one of everything before it
};
// Empty parts say nothing (`all`); without parts the text is empty.
Text all_of(const std::vector<Text>& parts);
// The smallest first, each once.
Text any_of(std::vector<Text> parts);

class Words {
 public:
  explicit Words(const Formulas& formulas) : formulas_(formulas) {}

  // A single variable's value is one of these: the bits of complete situations among the words.
  Text single(std::uint32_t variable, const Word* allowed) const;
  // The set has one of these members, or (negated) none of them.
  Text set(std::uint32_t variable, const Word* members, bool negated) const;
  // The literal of a node that is `single` or `has`.
  Text literal(const Want& want) const;

 private:
  Text fact(const Variable& variable, const Bits& allowed) const;
  Text ordered(const Variable& variable, const std::string& name, const Bits& allowed) const;
  Text discrete(const Variable& variable, const std::string& name, const Bits& allowed) const;
  Text notice(const Variable& variable, const Bits& allowed) const;
  Text time(const Variable& variable, const Bits& allowed) const;
  Text consents(const Word* members, bool negated) const;
  std::string consent(const GrantKind& kind) const;
  std::string version(const std::array<std::optional<NoticeId>, max_sides>& notice, std::int64_t version) const;
  // The side that says what a thing is called; of two the new one.
  std::size_t side_of(const Variable& variable) const { return variable.id[1] ? 1 : 0; }

  const Formulas& formulas_;
};

}  // namespace zweck::analysis
