#include <algorithm>
#include <vector>

#include "lint/checks.hpp"

namespace zweck::lint {
namespace {

// Whether the side is `any`, or names a group that nothing is above, or groups that together stand for all that such a
// one does. A list of leaves does not: what joins the vocabulary later is not in it.
bool is_everything(const Taxonomy& taxonomy, const NodeSet& side) {
  if (side.any) return true;
  std::vector<bool> covered(taxonomy.nodes.size(), false);
  for (const NodeId node : side.nodes) {
    if (taxonomy.is_leaf(node)) continue;
    for (const NodeId leaf : taxonomy.leaves_below(node)) covered[leaf] = true;
  }
  for (NodeId node = 0; node < taxonomy.nodes.size(); ++node) {
    if (!taxonomy.nodes[node].parents.empty() || taxonomy.is_leaf(node)) continue;
    const auto leaves = taxonomy.leaves_below(node);
    if (std::all_of(leaves.begin(), leaves.end(), [&](NodeId leaf) { return covered[leaf]; })) return true;
  }
  return false;
}

}  // namespace

void overbroad_allow(const Context& context, Report& report) {
  const Vocabulary& vocabulary = context.model.vocabulary;
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow) continue;
    if (!is_everything(vocabulary.taxonomies[0], rule.scope.sides[0]) ||
        !is_everything(vocabulary.taxonomies[2], rule.scope.sides[2]))
      continue;
    Finding found = finding(context, "overbroad-allow", rule.name, rule.scope_span,
                            "the rule `" + rule.name + "` gives all data to all partners",
                            "name the data that the purpose needs, and the partners that serve it");
    found.example = applies_somewhere(context, id, {}).example;
    report.add(std::move(found));
  }
}

}  // namespace zweck::lint
