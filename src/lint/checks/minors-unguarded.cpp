#include "lint/checks.hpp"

namespace zweck::lint {

void minors_unguarded(const Context& context, Report& report) {
  if (!context.minor) return;
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow || rule.basis != Basis::consent) continue;
    if (context.model.consent_tests[rule.consent].under) continue;
    report_if_applies(context, report, "minors-unguarded", id, {*context.minor}, rule.basis_span,
                      "the rule `" + rule.name + "` takes the consent of a child under 16",
                      "add `unless age < 16`, or `under …` with a notice that is made for children and their parents");
  }
}

}  // namespace zweck::lint
