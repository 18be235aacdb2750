// The literals that bits can settle: those on one fact, and those on what one dimension has.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/terms.hpp"
#include "model/model.hpp"

namespace zweck {

// A test of a fact against literals.
inline bool is_fact_only(const Test& test) { return test.left.kind == Operand::Kind::fact && !test.own; }
// The one dimension a test looks at, if it looks at nothing else.
std::optional<std::size_t> only_dimension(const Test& test);

// A literal, and the bits of the terms that have it.
struct Listed {
  Literal literal;
  std::vector<std::uint32_t> bits;
  // Of a fact: its value differs within a row that several classes share. Of a dimension: it is unknown at some leaf. The
  // terms check it once more then.
  bool unsettled = false;
};

class LiteralLists {
 public:
  // `term_of[i]` is the term that bit bits[i] stands for.
  LiteralLists(const Model& model, const std::vector<Term>& terms, const std::vector<std::uint32_t>& term_of,
               const std::vector<std::uint32_t>& bits);

  std::vector<Listed>& of_fact(FactId fact) { return of_fact_[fact]; }
  std::vector<Listed>& of_dimension(std::size_t d) { return of_dimension_[d]; }
  // Whether bits alone settle the literal, once rows are built.
  bool settled(const Literal& literal) const;

 private:
  void list(std::vector<Listed>& list, const Literal& literal, std::uint32_t bit);
  const Listed* find(const std::vector<Listed>& list, const Literal& literal) const;

  const Model& model_;
  std::vector<std::vector<Listed>> of_fact_;
  std::array<std::vector<Listed>, 3> of_dimension_;
  std::unordered_map<std::uint64_t, std::size_t> at_;  // of a literal in its list
};

}  // namespace zweck
