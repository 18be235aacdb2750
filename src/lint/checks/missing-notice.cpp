#include "lint/checks.hpp"

namespace zweck::lint {

void missing_notice(const Context& context, Report& report) {
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow || rule.basis != Basis::consent) continue;
    if (context.model.consent_tests[rule.consent].under) continue;
    std::vector<analysis::Want> told_nothing = context.consent_under_no_notice[id];
    told_nothing.insert(told_nothing.end(), context.no_notice_shown.begin(), context.no_notice_shown.end());
    report_if_applies(context, report, "missing-notice", id, told_nothing, rule.basis_span,
                      "the rule `" + rule.name + "` takes a consent that was given under no notice, with none shown",
                      "write `consent under …` with the notice that says what is consented to, or `when notice …`");
  }
}

}  // namespace zweck::lint
