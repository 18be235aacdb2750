#include "model/model.hpp"

#include <algorithm>

namespace zweck {

namespace {

void sort_unique(auto& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

Value Value::of_set(std::vector<std::int64_t> members) {
  sort_unique(members);
  return {State::set, 0, std::move(members)};
}

std::vector<NodeId> leaves_of(const Taxonomy& taxonomy, const NodeSet& side) {
  if (side.any) return taxonomy.leaves();
  std::vector<NodeId> leaves;
  for (const NodeId node : side.nodes) {
    const auto below = taxonomy.leaves_below(node);
    leaves.insert(leaves.end(), below.begin(), below.end());
  }
  sort_unique(leaves);
  return leaves;
}

bool covers(const Taxonomy& taxonomy, const NodeSet& side, NodeId leaf) {
  if (side.any) return true;
  const auto above = taxonomy.above(leaf);
  return std::any_of(above.begin(), above.end(),
                     [&](NodeId node) { return std::binary_search(side.nodes.begin(), side.nodes.end(), node); });
}

bool covers(const Vocabulary& vocabulary, const Box& box, const Point& point) {
  return covers(vocabulary.taxonomies[0], box.sides[0], point.data) &&
         covers(vocabulary.taxonomies[1], box.sides[1], point.purpose) &&
         covers(vocabulary.taxonomies[2], box.sides[2], point.partner);
}

bool covers(const Vocabulary& vocabulary, const Rule& rule, const Point& point) {
  return covers(vocabulary, rule.scope, point) &&
         std::none_of(rule.excepts.begin(), rule.excepts.end(),
                      [&](const Box& except) { return covers(vocabulary, except, point); });
}

}  // namespace zweck
