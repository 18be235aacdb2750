#include "lint/checks.hpp"

namespace zweck::lint {

void minors_unguarded(const Context& context, Report& report) {
  if (!context.minor) return;
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow || rule.basis != Basis::consent) continue;
    if (context.model.consent_tests[rule.consent].under) continue;
    // A condition may ask for a consent under a notice as well as the basis.
    std::vector<analysis::Want> of_a_child = context.consent_under_no_notice[id];
    of_a_child.push_back(*context.minor);
    report_if_applies(context, report, "minors-unguarded", id, of_a_child, rule.basis_span,
                      "the rule `" + rule.name + "` takes the consent of a child under 16",
                      "add `unless age < 16`, or `under …` with a notice that is made for children and their parents");
  }
}

}  // namespace zweck::lint
