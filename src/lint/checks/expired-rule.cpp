#include "lint/checks.hpp"

namespace zweck::lint {

void expired_rule(const Context& context, Report& report) {
  for (const Rule& rule : context.model.rules) {
    if (!rule.until || end_of(*rule.until) >= context.now) continue;
    report.add(finding(context, "expired-rule", rule.name, rule.until_span,
                       "the rule `" + rule.name + "` has expired at the end of " + to_string(*rule.until),
                       "take it away, or give it a new date"));
  }
}

}  // namespace zweck::lint
