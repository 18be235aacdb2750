#include "analysis/extent.hpp"

#include <algorithm>

namespace zweck::analysis {

namespace {

// Into how many regions, by what a rule says there, its scope is looked at. The rest counts as one that matters.
constexpr std::size_t most_regions = 16;

bool has(const std::vector<Rank>& ranks, Rank rank) {
  return std::find(ranks.begin(), ranks.end(), rank) != ranks.end();
}

}  // namespace

void Extent::narrow(Part& part, const Case& asked, Circumstance& found, const Cell& cell,
                    const std::vector<Rank>& meeting) {
  if (found.answer == Answer::none)
    narrow_to_refuted(part, asked, found, cell, meeting);
  else
    narrow_to_found(part, asked, found, cell, meeting);
}

void Extent::narrow_to_found(Part& part, const Case& asked, Circumstance& found, const Cell& cell,
                             const std::vector<Rank>& meeting) {
  const auto narrow_to = [&](Rank rank) {
    finder_.narrow_to_same(part.box, rule(rank).formula.depends, cell);
    part.narrow_to_covered(rule(rank));
  };
  for (const auto& list : found.some) std::for_each(list.begin(), list.end(), narrow_to);
  std::for_each(found.absent.begin(), found.absent.end(), narrow_to);
  // Any other rule must not matter.
  for (const Rank rank : meeting) {
    if (!rule(rank).common || has(found.absent, rank) || !part.box.intersects(rule(rank).scope)) continue;
    const bool absent = cases_.could_be_absent(asked, rank);
    std::vector<std::size_t> lists;
    for (std::size_t list = 0; list < asked.allows.size(); ++list) {
      if (cases_.could_be_in(asked, list, rank) && !has(found.some[list], rank)) lists.push_back(list);
    }
    if (!absent && lists.empty()) continue;
    cut_where(part, rule(rank), cell, [&](const Cell& at) {
      return (absent && solver_.matters_if_absent_asked(found, at, rank)) ||
             std::any_of(lists.begin(), lists.end(),
                         [&](std::size_t list) { return solver_.matters_in_list(found, at, list, rank); });
    });
  }
}

// Out of the part, where the rule covers and matters: of all that look alike to it one is asked about. At the cell it
// does not matter if it covers it.
void Extent::cut_where(Part& part, const RankedRule& rule, const Cell& cell, auto&& matters) {
  std::vector<Region> left(1, part.box);
  left.back() &= rule.scope;
  for (std::size_t regions = 0; !left.empty(); ++regions) {
    Region region = std::move(left.back());
    left.pop_back();
    const bool here = region.contains(cell);
    const Cell at = here ? cell : region.first();
    Region alike = region;
    finder_.narrow_to_same(alike, rule.formula.depends, at);
    Finder::subtract(region, alike, left);
    const bool covers_here = here && rule.covers(cell);
    if (!covers_here && (regions >= most_regions || matters(at))) part.cuts.push_back({std::move(alike), rule.excepts});
  }
}

void Extent::narrow_to_refuted(Part& part, const Case& asked, const Circumstance& refuted, const Cell& cell,
                               const std::vector<Rank>& meeting) {
  for (const std::uint32_t each : refuted.core) {
    if (each < refuted.wants.size()) {
      for (const Rank rank : refuted.some[each]) finder_.narrow_to_same(part.box, rule(rank).formula.depends, cell);
      continue;
    }
    const RankedRule& absent = rule(refuted.absent[each - refuted.wants.size()]);
    finder_.narrow_to_same(part.box, absent.formula.depends, cell);
    part.narrow_to_covered(absent);
  }
  for (const std::uint32_t each : refuted.core) {
    if (each >= asked.allows.size()) continue;
    // None of a list can apply: so it is where no other could be on the list.
    for (const Rank rank : meeting) {
      if (rule(rank).common && cases_.could_be_in(asked, each, rank) && !rule(rank).covers(cell))
        part.narrow_to_uncovered(rule(rank));
    }
  }
}

}  // namespace zweck::analysis
