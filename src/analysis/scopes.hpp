// Scopes as sets of classes of leaves, and which rules cover which cell: a row of rule bits per class and dimension.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "analysis/bits.hpp"
#include "analysis/formula.hpp"
#include "model/model.hpp"

namespace zweck::analysis {

// A product of sets of classes.
struct Region {
  std::array<Bits, 3> sides;
  bool empty() const { return sides[0].none() || sides[1].none() || sides[2].none(); }
  Cell first() const {  // only if it is not empty
    Cell cell{};
    for (std::size_t d = 0; d < 3; ++d) cell[d] = static_cast<std::uint32_t>(sides[d].first());
    return cell;
  }
  bool contains(const Cell& cell) const {
    return sides[0][cell[0]] && sides[1][cell[1]] && sides[2][cell[2]];
  }
  bool intersects(const Region& other) const {
    return sides[0].intersects(other.sides[0]) && sides[1].intersects(other.sides[1]) &&
           sides[2].intersects(other.sides[2]);
  }
  bool within(const Region& other) const {
    return sides[0].within(other.sides[0]) && sides[1].within(other.sides[1]) && sides[2].within(other.sides[2]);
  }
  Region& operator&=(const Region& other) {
    for (std::size_t d = 0; d < 3; ++d) sides[d] &= other.sides[d];
    return *this;
  }
  friend bool operator==(const Region&, const Region&) = default;
};

// A rule by its place in the order of breadth (the broadest first), under which it has its bit in every row.
using Rank = std::uint32_t;

struct RankedRule {
  std::size_t side = 0;
  RuleId id = 0;
  const Rule* rule = nullptr;
  bool common = false;  // the other side has it as well: one of the same meaning
  Region scope;
  std::vector<Region> excepts;  // those that meet the scope
  RuleFormula formula;
  bool covers(const Cell& cell) const {
    for (const Region& except : excepts) {
      if (except.contains(cell)) return false;
    }
    return scope.contains(cell);
  }
};

class Scopes {
 public:
  explicit Scopes(Formulas& formulas);

  const std::vector<RankedRule>& rules() const { return rules_; }
  Rank rank(std::size_t side, RuleId id) const { return rank_[side][id]; }
  // All rules of an effect on a side.
  const Bits& with(std::size_t side, Effect effect) const { return with_[side][static_cast<std::size_t>(effect)]; }

  Region region(std::size_t side, const Box& box) const;
  Region everything() const;
  // The rules whose scope takes in the class; excepts are not looked at.
  const Bits& row(std::size_t dimension, std::uint32_t cls) const { return rows_[dimension][cls]; }
  // The rules whose scope meets the region; excepts are not looked at.
  Bits meeting(const Region& region) const;

 private:
  // Sets what the rule covers.
  void place(RankedRule& ranked) const;
  Bits below(std::size_t side, std::size_t dimension, const NodeSet& set) const;
  // The classes below a group, which many rules name.
  const Bits& below_group(std::size_t side, std::size_t dimension, NodeId group) const;
  void build_rows();

  void rank_rules(std::vector<RankedRule> rules);

  const Formulas& formulas_;
  std::vector<RankedRule> rules_;
  std::array<std::vector<Rank>, max_sides> rank_;
  std::array<std::array<Bits, 2>, max_sides> with_;
  std::array<std::vector<Bits>, 3> rows_;
  mutable std::array<std::array<std::unordered_map<NodeId, Bits>, 3>, max_sides> below_group_;
};

}  // namespace zweck::analysis
