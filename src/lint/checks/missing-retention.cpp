#include "lint/checks.hpp"

namespace zweck::lint {

void missing_retention(const Context& context, Report& report) {
  for (const Rule& rule : context.model.rules) {
    if (rule.effect != Effect::allow || rule.keep || rule.basis == Basis::not_personal) continue;
    report.add(finding(context, "missing-retention", rule.name, rule.name_span,
                       "the rule `" + rule.name + "` does not say how long the data may be kept",
                       "add `keep …`, such as `keep 90 days`"));
  }
}

}  // namespace zweck::lint
