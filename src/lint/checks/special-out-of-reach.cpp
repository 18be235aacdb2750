#include <algorithm>

#include "lint/checks.hpp"

namespace zweck::lint {
namespace {

// A request for the data in which all that the rule asks for is met but its basis.
std::optional<ResolvedRequest> denied_by_its_basis(const Context& context, const Rule& rule, NodeId data) {
  Box scope = rule.scope;
  scope.sides[0] = {false, {data}};
  std::vector<analysis::Want> wants;
  analysis::Formulas& formulas = context.analysis.formulas();
  if (rule.when) wants.push_back({formulas.compile(0, *rule.when), false, true});
  if (rule.unless) wants.push_back({formulas.compile(0, *rule.unless), true, true});
  return shown_by(context, scope, rule.excepts, wants);
}

}  // namespace

void special_out_of_reach(const Context& context, Report& report) {
  const Taxonomy& data = context.model.vocabulary.of(Dimension::data);
  for (const Rule& rule : context.model.rules) {
    if (rule.effect != Effect::allow) continue;
    if (rule.basis != Basis::contract && rule.basis != Basis::legitimate_interest) continue;
    for (const Span span : rule.node_spans[0]) {
      const std::string name = written_name(context, span);
      const auto leaves = data.leaves_below(*data.find(name));
      if (!std::all_of(leaves.begin(), leaves.end(),
                       [&](NodeId leaf) { return is_special(context.model.vocabulary, leaf); }))
        continue;
      const std::string basis = rule.basis == Basis::contract ? "contract" : "legitimate-interest";
      Finding found = finding(context, "special-out-of-reach", rule.name, span,
                              "`" + name + "` is special data, which the basis `" + basis + "` never opens",
                              "take it out of this rule, or give it one of its own with `basis explicit consent …`");
      found.example = denied_by_its_basis(context, rule, *data.find(name));
      report.add(std::move(found));
    }
  }
}

}  // namespace zweck::lint
