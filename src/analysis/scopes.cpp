#include "analysis/scopes.hpp"

#include <algorithm>
#include <numeric>

namespace zweck::analysis {

Scopes::Scopes(Formulas& formulas) : formulas_(formulas) {
  std::vector<double> breadth;
  std::vector<RankedRule> rules;
  for (std::size_t side = 0; side < max_sides; ++side) {
    const Model* model = formulas.sides[side];
    if (!model) continue;
    for (RuleId id = 0; id < model->rules.size(); ++id) {
      RankedRule ranked;
      ranked.side = side;
      ranked.id = id;
      ranked.rule = &model->rules[id];
      ranked.scope = region(side, ranked.rule->scope);
      for (const Box& except : ranked.rule->excepts) {
        Region taken = region(side, except);
        taken &= ranked.scope;
        if (!taken.empty()) ranked.excepts.push_back(std::move(taken));
      }
      ranked.formula = formulas.compile(side, *ranked.rule);
      double size = 1;
      for (std::size_t d = 0; d < 3; ++d) size *= static_cast<double>(ranked.scope.sides[d].count());
      breadth.push_back(size);
      rules.push_back(std::move(ranked));
    }
    rank_[side].resize(model->rules.size());
  }
  std::vector<std::size_t> order(rules.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return breadth[a] > breadth[b]; });
  for (auto& by_effect : with_) by_effect = {Bits(rules.size()), Bits(rules.size())};
  for (const std::size_t i : order) {
    const auto rank = static_cast<Rank>(rules_.size());
    rank_[rules[i].side][rules[i].id] = rank;
    with_[rules[i].side][static_cast<std::size_t>(rules[i].rule->effect)].set(rank);
    rules_.push_back(std::move(rules[i]));
  }
  build_rows();
}

Bits Scopes::below(std::size_t side, std::size_t dimension, const NodeSet& set) const {
  const auto& classes = formulas_.classes[dimension];
  if (set.any) return Bits::all(classes.size());
  Bits bits(classes.size());
  const Leaves& leaves = formulas_.leaves[dimension];
  for (const NodeId node : set.nodes) {
    for (const NodeId leaf : leaves.taxonomies[side]->leaves_below(node)) {
      if (leaves.of[side][leaf] != nowhere) bits.set(classes.of[leaves.of[side][leaf]]);
    }
  }
  return bits;
}

Region Scopes::region(std::size_t side, const Box& box) const {
  Region region;
  for (std::size_t d = 0; d < 3; ++d) region.sides[d] = below(side, d, box.sides[d]);
  return region;
}

Region Scopes::everything() const {
  Region region;
  for (std::size_t d = 0; d < 3; ++d) region.sides[d] = Bits::all(formulas_.classes[d].size());
  return region;
}

void Scopes::build_rows() {
  for (std::size_t d = 0; d < 3; ++d) {
    rows_[d].assign(formulas_.classes[d].size(), Bits(rules_.size()));
    for (Rank rank = 0; rank < rules_.size(); ++rank)
      rules_[rank].scope.sides[d].for_each([&](std::size_t cls) { rows_[d][cls].set(rank); });
  }
}

Bits Scopes::meeting(const Region& region) const {
  Bits found = Bits::all(rules_.size());
  for (std::size_t d = 0; d < 3; ++d) {
    Bits any(rules_.size());
    region.sides[d].for_each([&](std::size_t cls) { any |= rows_[d][cls]; });
    found &= any;
  }
  return found;
}

}  // namespace zweck::analysis
