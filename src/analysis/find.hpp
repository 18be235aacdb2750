// The one question of this folder: is there a point in a region, and a situation in which some formulas hold and no
// blocker applies? Everything else is a caller.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "analysis/formula.hpp"
#include "analysis/scopes.hpp"
#include "analysis/solver.hpp"

namespace zweck::analysis {

struct Question {
  Region box;
  std::vector<Region> excepts;  // not asked about
  std::vector<Want> wants;
  // Rules that block where they cover the point: denies unless they do not apply for certain, allows if they apply for
  // certain. By rank.
  Bits denies, allows;
  bool incomplete = false;  // whether facts and ledger may be missing, too
};

struct Found {
  Cell cell{};
  Space space = Space::complete;
  Assignment assignment;
};

class Finder {
 public:
  Finder(const Formulas& formulas, const Scopes& scopes, Steps& steps)
      : formulas_(formulas), scopes_(scopes), steps_(steps), solver_(formulas, steps) {}

  Answer find(const Question& question);
  const Found& found() const { return found_; }
  // After `none`: the rules without which it would not be proven.
  const Bits& used() const { return used_; }

  // The rules that cover the cell among these, the broadest first.
  void covering(const Cell& cell, const Bits& rules, std::vector<Rank>& into) const;
  // The want that keeps a rule from blocking.
  Want guard(Rank rank) const;
  // Narrows the region, which has the cell in it, to where the formulas say the same as at the cell.
  void narrow_to_same(Region& region, const std::vector<NodeIndex>& depends, const Cell& cell);
  // Narrows the region to what the rule covers; the rule covers the cell.
  static void narrow_to_covered(Region& region, const RankedRule& rule, const Cell& cell);
  // The parts of the region outside of another, disjoint.
  static void subtract(const Region& region, const Region& cut, std::vector<Region>& into);

  Solver& solver() { return solver_; }

 private:
  Answer solve(const Question& question, const Cell& cell);
  static void leave(Region& region, const Region& other, const Cell& cell);
  Region settled(const Question& question, const Region& region, const Cell& cell);
  const Bits& same_child(NodeIndex node, NodeIndex child);

  const Formulas& formulas_;
  const Scopes& scopes_;
  Steps& steps_;
  Solver solver_;
  Found found_;
  Bits used_;
  std::vector<Rank> covering_;
  std::vector<Want> guards_;
  std::vector<std::uint32_t> core_;
  std::map<std::pair<NodeIndex, NodeIndex>, Bits> same_child_;
};

}  // namespace zweck::analysis
