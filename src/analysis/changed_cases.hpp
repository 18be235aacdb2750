// CHANGED RULES AT A CELL -> the ways in which a change of one kind can come about there.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analysis/case.hpp"
#include "analysis/difference.hpp"
#include "analysis/scopes.hpp"

namespace zweck::analysis {

struct ChangedCase {
  Case asked;
  std::vector<Rank> rules;  // the changed ones that bring it about
};

class ChangedCases {
 public:
  ChangedCases(const Formulas& formulas, const Scopes& scopes) : formulas_(formulas), scopes_(scopes) {}

  // By the rules that cover the cell, of both sides.
  std::vector<ChangedCase> find(DifferenceEntry::Now now, const std::vector<Rank>& covering) const;

  // Whether a common rule would stand among those of a case if it covered the cell: as one that must not apply, or on
  // its list of this index. A case asks rules by their effect and obligations; lists of changed rules take no others.
  bool could_be_absent(const Case& asked, Rank rank) const;
  bool could_be_in(const Case& asked, std::size_t list, Rank rank) const;

 private:
  const RankedRule& rule(Rank rank) const { return scopes_.rules()[rank]; }
  bool is_deny(Rank rank) const { return rule(rank).rule->effect == Effect::deny; }
  bool on(std::size_t side, Rank rank) const { return rule(rank).common || rule(rank).side == side; }
  bool only_on(std::size_t side, Rank rank) const { return !rule(rank).common && rule(rank).side == side; }
  bool obliges(Rank rank, const std::string& name) const;
  void find_obligations(std::size_t side, const std::vector<Rank>& covering, std::vector<ChangedCase>& found) const;

  const Formulas& formulas_;
  const Scopes& scopes_;
};

}  // namespace zweck::analysis
