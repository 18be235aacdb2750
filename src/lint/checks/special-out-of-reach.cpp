#include <algorithm>

#include "lint/checks.hpp"

namespace zweck::lint {

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
      report.add(finding(context, "special-out-of-reach", rule.name, span,
                         "`" + name + "` is special data, which the basis `" + basis + "` never opens",
                         "take it out of this rule, or give it one of its own with `basis explicit consent …`"));
    }
  }
}

}  // namespace zweck::lint
