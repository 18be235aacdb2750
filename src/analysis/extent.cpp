#include "analysis/extent.hpp"

#include <algorithm>

namespace zweck::analysis {

namespace {

bool has(const std::vector<Rank>& ranks, Rank rank) {
  return std::find(ranks.begin(), ranks.end(), rank) != ranks.end();
}

double size(const Region& region) {
  double product = 1;
  for (const Bits& side : region.sides) product *= static_cast<double>(side.count());
  return product;
}

}  // namespace

void Extent::narrow(Region& region, const Case& asked, Circumstance& found, const Cell& cell, const Bits& meeting) {
  if (found.answer == Answer::none)
    narrow_to_refuted(region, asked, found, cell, meeting);
  else
    narrow_to_found(region, asked, found, cell, meeting);
}

void Extent::narrow_to_found(Region& region, const Case& asked, Circumstance& found, const Cell& cell,
                             const Bits& meeting) {
  const auto narrow_to = [&](Rank rank) {
    finder_.narrow_to_same(region, rule(rank).formula.depends, cell);
    Finder::narrow_to_covered(region, rule(rank), cell);
  };
  for (const auto& list : found.some) std::for_each(list.begin(), list.end(), narrow_to);
  std::for_each(found.absent.begin(), found.absent.end(), narrow_to);
  // Rules that say nothing here must say as little elsewhere, and those of other points must not matter there.
  meeting.for_each([&](std::size_t each) {
    const auto rank = static_cast<Rank>(each);
    if (!rule(rank).common || !region.intersects(rule(rank).scope) || has(found.absent, rank)) return;
    const bool covers = rule(rank).covers(cell);
    bool matters = false, asked_about = false;
    if (cases_.could_be_absent(asked, rank)) {
      asked_about = true;
      matters = !covers && solver_.matters_if_absent_asked(found, cell, rank);
    }
    for (std::size_t list = 0; list < asked.allows.size() && !matters; ++list) {
      if (!cases_.could_be_in(asked, list, rank) || has(found.some[list], rank)) continue;
      asked_about = true;
      matters = !covers && solver_.matters_in_list(found, cell, list, rank);
    }
    if (!asked_about) return;
    if (matters)
      Finder::narrow_to_uncovered(region, rule(rank), cell);
    else
      narrow_to_as_little(region, rule(rank), cell);
  });
}

// A rule that does not matter at the cell does not where its formula is the same, or where it does not cover.
void Extent::narrow_to_as_little(Region& region, const RankedRule& rule, const Cell& cell) {
  if (rule.formula.depends.empty()) return;
  Region alike = region;
  finder_.narrow_to_same(alike, rule.formula.depends, cell);
  if (alike == region) return;
  if (!rule.covers(cell)) {
    Region uncovered = region;
    Finder::narrow_to_uncovered(uncovered, rule, cell);
    if (size(uncovered) > size(alike)) alike = std::move(uncovered);
  }
  region = std::move(alike);
}

void Extent::narrow_to_refuted(Region& region, const Case& asked, const Circumstance& refuted, const Cell& cell,
                               const Bits& meeting) {
  for (const std::uint32_t each : refuted.core) {
    if (each >= refuted.wants.size()) {
      const RankedRule& absent = rule(refuted.absent[each - refuted.wants.size()]);
      finder_.narrow_to_same(region, absent.formula.depends, cell);
      Finder::narrow_to_covered(region, absent, cell);
      continue;
    }
    // None of a list can apply: so it is where no other could be on the list.
    for (const Rank rank : refuted.some[each]) finder_.narrow_to_same(region, rule(rank).formula.depends, cell);
    if (each >= asked.allows.size()) continue;
    meeting.for_each([&](std::size_t other) {
      const auto rank = static_cast<Rank>(other);
      if (rule(rank).common && cases_.could_be_in(asked, each, rank) && !rule(rank).covers(cell))
        Finder::narrow_to_uncovered(region, rule(rank), cell);
    });
  }
}

}  // namespace zweck::analysis
