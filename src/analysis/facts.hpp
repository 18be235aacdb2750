// The values of one fact as far as tests can tell them apart: finitely many classes, one bit each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/bits.hpp"
#include "analysis/leaves.hpp"
#include "model/model.hpp"

namespace zweck::analysis {

// For which values of a fact a test is true, with its right side known. `exact`: for these, and false for the others.
// `vague`: unknown for these, and false for the others (a comparison with a group). `unknown`: for none it is known.
// `negated` swaps true and false. Numbers of an ordered type as ranges (both ends included, ascending), else elements.
struct Outcome {
  enum class Kind : std::uint8_t { exact, vague, unknown };
  Kind kind = Kind::exact;
  bool negated = false;
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
  std::vector<std::uint32_t> elements;
};

// For a single fact: bit 0 stands for a missing value, then the classes, then classes of groups (a taxonomy's group as
// a value, told apart by the classes of its leaves). For a set fact: one bit per class of members, and nothing else.
class FactDomain {
 public:
  // The fact on each side that knows it; the types are alike (see alike()). `leaves`: of its taxonomy, for nodes.
  FactDomain(std::array<const Vocabulary*, max_sides> sides, std::array<std::optional<FactId>, max_sides> facts,
             const Leaves* leaves);

  // First all tests are collected …
  void collect(const Outcome& outcome);
  // … for a set fact, that tests ask for all leaves of a group one by one …
  void collect_each(const std::vector<std::uint32_t>& elements);
  // … then classes are formed, and outcomes can be looked up: the bits for which they are true, and false.
  void form_classes();
  std::array<Bits, 2> true_and_false(const Outcome& outcome) const;
  // The classes of a set's members among these elements.
  Bits members(const std::vector<std::uint32_t>& elements) const;

  // What the test says, apart from sets. `own`: the value of its right side, if that is no literal.
  Outcome outcome(std::size_t side, const Test& test, const Value* own) const;
  // Set facts: the elements that a literal or a single member stands for.
  std::vector<std::uint32_t> elements_of(std::size_t side, std::int64_t value) const;

  TypeKind kind() const { return kind_; }
  bool is_set() const { return set_; }
  std::size_t bit_count() const { return bits_; }
  std::size_t class_count() const { return classes_; }
  // A value for a bit as a side writes it; for a set the value of one member.
  const Value& value(std::size_t bit, std::size_t side) const { return values_[bit][side]; }
  // Ordered: the first and last value of a class, and a value as the language writes it.
  std::pair<std::int64_t, std::int64_t> bounds(std::size_t cls) const;
  std::string text(std::int64_t value) const;
  // Discrete: the elements of classes as a rule names them, groups for all their leaves; nothing if no list of names
  // says it, since there are texts that no rule mentions.
  struct Name {
    std::string text;
    bool group = false;
  };
  using Names = std::vector<Name>;
  std::optional<Names> names(const Bits& classes, std::size_t side) const;
  // Whether a request may leave the fact out and it is missing then, on some side that knows it.
  bool may_be_missing() const { return may_be_missing_; }

 private:
  void form_ordered();
  void form_discrete();
  void form_groups();

  std::array<const Vocabulary*, max_sides> sides_;
  const Leaves* leaves_;
  TypeKind kind_;
  bool set_ = false, may_be_missing_ = false;
  // Ordered: bounds and the step between two values.
  std::int64_t least_ = 0, greatest_ = 0, step_ = 1;
  std::vector<std::int64_t> starts_;  // of classes, ascending; the first is least_
  // Discrete: elements by each side's ids.
  std::vector<std::array<std::int64_t, max_sides>> elements_;
  std::array<std::unordered_map<std::int64_t, std::uint32_t>, max_sides> element_of_;  // not for nodes
  std::optional<Partition> partition_;
  Partition::Classes discrete_;
  std::vector<std::vector<std::uint32_t>> group_classes_;  // classes below a group, by bit after the last class
  std::size_t classes_ = 0, bits_ = 0;
  std::vector<std::array<Value, max_sides>> values_;
};

// Whether values of two facts of the same name mean the same on both sides, so that one value is read by both.
bool alike(const Vocabulary& a, const Type& type_a, const Vocabulary& b, const Type& type_b);

}  // namespace zweck::analysis
