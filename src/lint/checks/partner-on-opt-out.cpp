#include "lint/checks.hpp"

namespace zweck::lint {

void partner_on_opt_out(const Context& context, Report& report) {
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow || rule.basis != Basis::legitimate_interest) continue;
    report_if_applies(context, report, "partner-on-opt-out", id,
                      {context.not_first_party, context.no_consent}, rule.basis_span,
                      "the rule `" + rule.name +
                          "` gives data to a partner who is somebody else because the customer said nothing",
                      "ask for `basis consent`, or leave only partners that are `first-party`");
  }
}

}  // namespace zweck::lint
