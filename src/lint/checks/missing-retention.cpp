#include "lint/checks.hpp"

namespace zweck::lint {

void missing_retention(const Context& context, Report& report) {
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow || rule.keep || rule.basis == Basis::not_personal) continue;
    Finding found = finding(context, "missing-retention", rule.name, rule.name_span,
                            "the rule `" + rule.name + "` does not say how long the data may be kept",
                            "add `keep …`, such as `keep 90 days`");
    found.example = applies_somewhere(context, id, {}).example;
    report.add(std::move(found));
  }
}

}  // namespace zweck::lint
