#include <algorithm>

#include "lint/checks.hpp"

namespace zweck::lint {
namespace {

// Whether the side is `any`, or names a group that nothing is above.
bool is_everything(const Taxonomy& taxonomy, const NodeSet& side) {
  return side.any || std::any_of(side.nodes.begin(), side.nodes.end(), [&](NodeId node) {
           return taxonomy.nodes[node].parents.empty() && !taxonomy.is_leaf(node);
         });
}

}  // namespace

void overbroad_allow(const Context& context, Report& report) {
  const Vocabulary& vocabulary = context.model.vocabulary;
  for (const Rule& rule : context.model.rules) {
    if (rule.effect != Effect::allow) continue;
    if (!is_everything(vocabulary.taxonomies[0], rule.scope.sides[0]) ||
        !is_everything(vocabulary.taxonomies[2], rule.scope.sides[2]))
      continue;
    report.add(finding(context, "overbroad-allow", rule.name, rule.scope_span,
                       "the rule `" + rule.name + "` gives all data to all partners",
                       "name the data that the purpose needs, and the partners that serve it"));
  }
}

}  // namespace zweck::lint
