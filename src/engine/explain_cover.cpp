#include "engine/explain_cover.hpp"

#include <bit>

namespace zweck {

namespace {

void set(std::vector<std::uint64_t>& bits, RuleId rule) { bits[rule / 64] |= std::uint64_t{1} << (rule % 64); }

}  // namespace

Cover::Cover(const Model& model) : model_(model) {
  any_.fill(Bits((model.rules.size() + 63) / 64, 0));
  for (RuleId rule = 0; rule < model.rules.size(); ++rule) {
    for (std::size_t d = 0; d < 3; ++d) {
      const NodeSet& side = model.rules[rule].scope.sides[d];
      if (side.any) set(any_[d], rule);
      for (const NodeId node : side.nodes) by_name_[d][node].push_back(rule);
    }
  }
}

const Cover::Bits& Cover::bits(std::size_t dimension, NodeId leaf) {
  const auto [place, added] = by_leaf_[dimension].try_emplace(leaf);
  if (added) {
    place->second = any_[dimension];
    for (const NodeId above : model_.vocabulary.taxonomies[dimension].above(leaf)) {
      const auto named = by_name_[dimension].find(above);
      if (named == by_name_[dimension].end()) continue;
      for (const RuleId rule : named->second) set(place->second, rule);
    }
  }
  return place->second;
}

Cover::Rules Cover::rules_at(const Point& point) {
  const Bits& data = bits(0, point.data);
  const Bits& purpose = bits(1, point.purpose);
  const Bits& partner = bits(2, point.partner);
  Rules rules;
  for (std::size_t i = 0; i < data.size(); ++i) {
    for (std::uint64_t word = data[i] & purpose[i] & partner[i]; word != 0; word &= word - 1) {
      const auto rule = static_cast<RuleId>(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
      (covers(model_.vocabulary, model_.rules[rule], point) ? rules.covering : rules.excepting).push_back(rule);
    }
  }
  return rules;
}

}  // namespace zweck
