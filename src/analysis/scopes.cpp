#include "analysis/scopes.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>

#include "engine/share_out.hpp"

namespace zweck::analysis {

namespace {

// Rules from which on a second thread gains more than it costs to start.
constexpr std::size_t rules_to_share_out = 1'000;

// What a rule means, as far as the two sides share it.
struct Meaning {
  Meaning(const RankedRule& ranked, const Vocabulary& vocabulary)
      : effect(ranked.rule->effect),
        root(ranked.formula.root),
        keep(ranked.rule->keep),
        scope(ranked.scope.sides) {
    for (const Region& except : ranked.excepts) excepts.push_back(except.sides);
    std::sort(excepts.begin(), excepts.end());
    excepts.erase(std::unique(excepts.begin(), excepts.end()), excepts.end());
    for (const ObligationId obligation : ranked.rule->oblige)
      oblige.push_back(vocabulary.obligations[obligation].name);
  }
  auto key() const { return std::tie(root, effect, keep, oblige, scope, excepts); }
  friend bool operator<(const Meaning& a, const Meaning& b) { return a.key() < b.key(); }

  Effect effect;
  NodeIndex root;
  std::optional<Duration> keep;
  std::vector<std::string> oblige;
  std::array<Bits, 3> scope;
  std::vector<std::array<Bits, 3>> excepts;
};

}  // namespace

Scopes::Scopes(Formulas& formulas) : formulas_(formulas) {
  std::vector<RankedRule> all;
  for (std::size_t side = 0; side < max_sides; ++side) {
    const Model* model = formulas.sides[side];
    if (!model) continue;
    rank_[side].resize(model->rules.size());
    for (RuleId id = 0; id < model->rules.size(); ++id) {
      RankedRule& ranked = all.emplace_back();
      ranked.side = side;
      ranked.id = id;
      ranked.rule = &model->rules[id];
    }
  }
  // Where they stand and what they ask for have nothing to do with each other.
  std::vector<RuleFormula> asked;
  share_out(2, all.size() < rules_to_share_out ? 1 : most_threads, [&](std::size_t task) {
    for (RankedRule& ranked : all) {
      if (task == 0)
        asked.push_back(formulas.compile(ranked.side, *ranked.rule));
      else
        place(ranked);
    }
  });

  std::vector<RankedRule> rules;
  std::multimap<Meaning, std::size_t> first_side;  // of two
  for (std::size_t i = 0; i < all.size(); ++i) {
    RankedRule& ranked = all[i];
    ranked.formula = std::move(asked[i]);
    if (formulas.sides[1 - ranked.side]) {
      Meaning meaning(ranked, formulas.sides[ranked.side]->vocabulary);
      if (ranked.side == 0) {
        first_side.emplace(std::move(meaning), rules.size());
      } else if (const auto same = first_side.find(meaning); same != first_side.end()) {
        rules[same->second].common = true;
        first_side.erase(same);
        continue;
      }
    }
    rules.push_back(std::move(ranked));
  }
  rank_rules(std::move(rules));
  build_rows();
}

void Scopes::place(RankedRule& ranked) const {
  ranked.scope = region(ranked.side, ranked.rule->scope);
  for (const Box& except : ranked.rule->excepts) {
    Region taken = region(ranked.side, except);
    taken &= ranked.scope;
    if (!taken.empty()) ranked.excepts.push_back(std::move(taken));
  }
}

// The broadest first.
void Scopes::rank_rules(std::vector<RankedRule> rules) {
  std::vector<double> breadth;
  for (const RankedRule& rule : rules) {
    double size = 1;
    for (const Bits& side : rule.scope.sides) size *= static_cast<double>(side.count());
    breadth.push_back(size);
  }
  std::vector<std::size_t> order(rules.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return breadth[a] > breadth[b]; });
  for (auto& by_effect : with_) by_effect = {Bits(rules.size()), Bits(rules.size())};
  for (const std::size_t i : order) {
    RankedRule& rule = rules[i];
    const auto rank = static_cast<Rank>(rules_.size());
    rank_[rule.side][rule.id] = rank;
    for (std::size_t side = 0; side < max_sides; ++side) {
      if (side == rule.side || rule.common) with_[side][static_cast<std::size_t>(rule.rule->effect)].set(rank);
    }
    rules_.push_back(std::move(rule));
  }
}

Bits Scopes::below(std::size_t side, std::size_t dimension, const NodeSet& set) const {
  const auto& classes = formulas_.classes[dimension];
  if (set.any) return Bits::all(classes.size());
  Bits bits(classes.size());
  const Leaves& leaves = formulas_.leaves[dimension];
  for (const NodeId node : set.nodes) {
    if (!leaves.taxonomies[side]->is_leaf(node))
      bits |= below_group(side, dimension, node);
    else if (leaves.of[side][node] != nowhere)
      bits.set(classes.of[leaves.of[side][node]]);
  }
  return bits;
}

const Bits& Scopes::below_group(std::size_t side, std::size_t dimension, NodeId group) const {
  const auto [it, added] = below_group_[side][dimension].try_emplace(group);
  if (added) {
    it->second = Bits(formulas_.classes[dimension].size());
    for (const std::uint32_t leaf : formulas_.leaves[dimension].below(side, group))
      it->second.set(formulas_.classes[dimension].of[leaf]);
  }
  return it->second;
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

// From a row of classes per rule to a row of rules per class, 64 by 64 at a time.
void Scopes::build_rows() {
  for (std::size_t d = 0; d < 3; ++d) {
    const std::size_t classes = formulas_.classes[d].size();
    rows_[d].assign(classes, Bits(rules_.size()));
    for (std::size_t first_rule = 0; first_rule < rules_.size(); first_rule += 64) {
      for (std::size_t first_class = 0; first_class < classes; first_class += 64) {
        std::array<Word, 64> block{};
        Word any = 0;
        for (std::size_t i = 0; i < std::min<std::size_t>(64, rules_.size() - first_rule); ++i)
          any |= block[i] = rules_[first_rule + i].scope.sides[d].words()[first_class / 64];
        if (any == 0) continue;
        transpose(block);
        for (std::size_t i = 0; i < std::min<std::size_t>(64, classes - first_class); ++i)
          rows_[d][first_class + i].words()[first_rule / 64] = block[i];
      }
    }
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
