#include <algorithm>

#include "lint/checks.hpp"

namespace zweck::lint {
namespace {

// In some language, in more than blanks.
bool states_a_benefit(const Rule& rule) {
  return std::any_of(rule.benefit.begin(), rule.benefit.end(), [](const auto& each) {
    return each.second.find_first_not_of(" \t") != std::string::npos;
  });
}

}  // namespace

void missing_benefit(const Context& context, Report& report) {
  for (RuleId id = 0; id < context.model.rules.size(); ++id) {
    const Rule& rule = context.model.rules[id];
    if (rule.effect != Effect::allow || states_a_benefit(rule)) continue;
    report_if_applies(context, report, "missing-benefit", id, {context.volunteered}, rule.scope_span,
                      "the rule `" + rule.name + "` uses data that customers volunteer, and states no benefit for them",
                      "say what they get for it: `benefit \"…\"`");
  }
}

}  // namespace zweck::lint
