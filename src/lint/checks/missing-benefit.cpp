#include "lint/checks.hpp"

namespace zweck::lint {

void missing_benefit(const Context& context, Report& report) {
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow || !rule.benefit.empty()) continue;
    report_if_applies(context, report, "missing-benefit", id, {context.volunteered}, rule.scope_span,
                      "the rule `" + rule.name + "` uses data that customers volunteer, and states no benefit for them",
                      "say what they get for it: `benefit \"…\"`");
  }
}

}  // namespace zweck::lint
