#include "analysis/cells.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace zweck::analysis {

namespace {

// The dimensions, that with the most classes last.
std::array<std::size_t, 3> by_size(const Region& box) {
  std::array<std::size_t, 3> dimensions{0, 1, 2};
  std::stable_sort(dimensions.begin(), dimensions.end(),
                   [&](std::size_t a, std::size_t b) { return box.sides[a].count() < box.sides[b].count(); });
  return dimensions;
}

}  // namespace

void Part::narrow_to_covered(const RankedRule& rule) {
  box &= rule.scope;
  for (const Region& except : rule.excepts) {
    if (box.intersects(except)) cuts.push_back({except, {}});
  }
}

void Part::narrow_to_uncovered(const RankedRule& rule) {
  if (box.intersects(rule.scope)) cuts.push_back({rule.scope, rule.excepts});
}

Cells::Cells(const Region& box) : dimensions_(by_size(box)) {
  for (std::size_t i = 0; i < 2; ++i)
    box.sides[dimensions_[i]].for_each([&](std::size_t cls) { classes_[i].push_back(static_cast<std::uint32_t>(cls)); });
  rows_.assign(classes_[0].size() * classes_[1].size(), box.sides[dimensions_[2]]);
}

std::size_t Cells::words(const Region& box) {
  const auto [outer, inner, columns] = by_size(box);
  return box.sides[outer].count() * box.sides[inner].count() * box.sides[columns].word_count();
}

std::optional<Cell> Cells::first() {
  while (first_ < rows_.size() && rows_[first_].none()) ++first_;
  if (first_ == rows_.size()) return std::nullopt;
  Cell cell{};
  cell[dimensions_[0]] = classes_[0][first_ / classes_[1].size()];
  cell[dimensions_[1]] = classes_[1][first_ % classes_[1].size()];
  cell[dimensions_[2]] = static_cast<std::uint32_t>(rows_[first_].first());
  return cell;
}

std::vector<Region> Cells::take(const Part& part) {
  const auto [outer, inner, columns] = dimensions_;
  const auto meeting = [](const std::vector<const Part::Cut*>& cuts, std::size_t dimension, std::uint32_t cls) {
    std::vector<const Part::Cut*> found;
    std::copy_if(cuts.begin(), cuts.end(), std::back_inserter(found),
                 [&](const Part::Cut* cut) { return cut->box.sides[dimension][cls]; });
    return found;
  };
  std::vector<const Part::Cut*> cuts;
  for (const Part::Cut& cut : part.cuts) {
    if (cut.box.intersects(part.box)) cuts.push_back(&cut);
  }

  // Rows that are alike, then those whose rows are.
  std::map<std::pair<Bits, Bits>, Bits> boxes;  // columns and inner classes, to outer ones
  for (std::size_t i = 0; i < classes_[0].size(); ++i) {
    const std::uint32_t a = classes_[0][i];
    if (!part.box.sides[outer][a]) continue;
    const auto cuts_of_row = meeting(cuts, outer, a);
    std::map<Bits, Bits> alike;  // columns to inner classes
    for (std::size_t j = 0; j < classes_[1].size(); ++j) {
      const std::uint32_t b = classes_[1][j];
      Bits& row = rows_[i * classes_[1].size() + j];
      if (!part.box.sides[inner][b] || row.none()) continue;
      Bits taken = row;
      taken &= part.box.sides[columns];
      for (const Part::Cut* cut : meeting(cuts_of_row, inner, b)) {
        Bits gone = cut->box.sides[columns];
        for (const Region& kept : cut->kept) {
          if (kept.sides[outer][a] && kept.sides[inner][b]) gone -= kept.sides[columns];
        }
        taken -= gone;
      }
      if (taken.none()) continue;
      row -= taken;
      alike.try_emplace(std::move(taken), part.box.sides[inner].cleared()).first->second.set(b);
    }
    for (auto& [taken, inner_classes] : alike)
      boxes.try_emplace({taken, std::move(inner_classes)}, part.box.sides[outer].cleared()).first->second.set(a);
  }
  std::vector<Region> regions;
  for (const auto& [sides, outer_classes] : boxes) {
    Region& region = regions.emplace_back();
    region.sides[outer] = outer_classes;
    region.sides[inner] = sides.second;
    region.sides[columns] = sides.first;
  }
  return regions;
}

}  // namespace zweck::analysis
