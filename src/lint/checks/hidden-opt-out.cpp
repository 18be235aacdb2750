#include "lint/checks.hpp"

namespace zweck::lint {

void hidden_opt_out(const Context& context, Report& report) {
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow || rule.basis != Basis::legitimate_interest) continue;
    report_if_applies(context, report, "hidden-opt-out", id, context.no_notice_shown, rule.basis_span,
                      "the rule `" + rule.name + "` applies although the customer was never told that they may object",
                      "add `when notice …` with the notice that tells them");
  }
}

}  // namespace zweck::lint
