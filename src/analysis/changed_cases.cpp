#include "analysis/changed_cases.hpp"

#include <algorithm>

namespace zweck::analysis {

namespace {

using Now = DifferenceEntry::Now;

std::vector<Rank> those(const std::vector<Rank>& covering, auto&& wanted) {
  std::vector<Rank> ranks;
  std::copy_if(covering.begin(), covering.end(), std::back_inserter(ranks), wanted);
  return ranks;
}

}  // namespace

std::vector<ChangedCase> ChangedCases::find(Now now, const std::vector<Rank>& covering) const {
  std::vector<ChangedCase> found;
  if (now == Now::obligations) {
    for (const std::size_t side : {1u, 0u}) find_obligations(side, covering, found);
    return found;
  }
  // Allowed on one side, and not on the other: for want of a rule that allows it, or since one denies it.
  const std::size_t side = now == Now::allow ? 1 : 0, other = 1 - side;
  Case base;
  base.absent_denies = those(covering, [&](Rank rank) { return on(side, rank) && is_deny(rank); });
  if (const auto fresh = those(covering, [&](Rank rank) { return only_on(side, rank) && !is_deny(rank); });
      !fresh.empty()) {
    Case granted = base;
    granted.allows.push_back(fresh);
    granted.absent_allows = those(covering, [&](Rank rank) { return on(other, rank) && !is_deny(rank); });
    found.push_back({std::move(granted), fresh});
  }
  const auto denies = those(covering, [&](Rank rank) { return only_on(other, rank) && is_deny(rank); });
  const auto allows = those(covering, [&](Rank rank) { return on(side, rank) && !is_deny(rank); });
  if (!denies.empty()) {
    // Where no rule allows anything this is refuted, which says how far that goes.
    Case freed = base;
    freed.allows.push_back(allows);
    freed.denies = denies;
    found.push_back({std::move(freed), denies});
  }
  return found;
}

// Allowed by both, and one side has an obligation that the other has not: a shorter time, or something to do.
void ChangedCases::find_obligations(std::size_t side, const std::vector<Rank>& covering,
                                    std::vector<ChangedCase>& found) const {
  const auto fresh = those(covering, [&](Rank rank) { return only_on(side, rank) && !is_deny(rank); });
  const auto others = those(covering, [&](Rank rank) { return on(1 - side, rank) && !is_deny(rank); });
  if (fresh.empty()) return;
  Case base;
  base.allows.push_back(others);
  base.absent_denies = those(covering, [&](Rank rank) { return is_deny(rank); });
  base.obligation = true;
  const auto add = [&](Case differs, auto&& has, auto&& has_as_much) {
    const std::vector<Rank> rules = those(fresh, has);
    differs.absent_allows = those(others, has_as_much);
    differs.allows.push_back(rules);
    found.push_back({std::move(differs), rules});
  };
  std::set<Duration> keeps;
  std::set<std::string> obligations;
  for (const Rank rank : fresh) {
    if (rule(rank).rule->keep) keeps.insert(*rule(rank).rule->keep);
    const auto& names = formulas_.sides[rule(rank).side]->vocabulary.obligations;
    for (const ObligationId id : rule(rank).rule->oblige) obligations.insert(names[id].name);
  }
  for (const Duration keep : keeps) {
    base.keep = keep;
    const auto keeps_for = [&](Rank rank) { return rule(rank).rule->keep; };
    add(base, [&](Rank rank) { return keeps_for(rank) == keep; },
        [&](Rank rank) { return keeps_for(rank) && *keeps_for(rank) <= keep; });
  }
  base.keep.reset();
  for (const std::string& name : obligations) {
    base.oblige = name;
    const auto has = [&](Rank rank) { return obliges(rank, name); };
    add(base, has, has);
  }
}

bool ChangedCases::obliges(Rank rank, const std::string& name) const {
  const auto& names = formulas_.sides[rule(rank).side]->vocabulary.obligations;
  const auto& oblige = rule(rank).rule->oblige;
  return std::any_of(oblige.begin(), oblige.end(), [&](ObligationId id) { return names[id].name == name; });
}

bool ChangedCases::could_be_absent(const Case& asked, Rank rank) const {
  if (is_deny(rank)) return true;
  if (!asked.obligation) return asked.denies.empty();
  const Rule& other = *rule(rank).rule;
  if (asked.keep) return other.keep && *other.keep <= *asked.keep;
  return obliges(rank, asked.oblige);
}

bool ChangedCases::could_be_in(const Case& asked, std::size_t list, Rank rank) const {
  return !is_deny(rank) && list == 0 && (asked.obligation || !asked.denies.empty());
}

}  // namespace zweck::analysis
