#include "lint/checks.hpp"

namespace zweck::lint {

constexpr std::int64_t soon = 30 * seconds_per_day * microseconds_per_second;

void expires_soon(const Context& context, Report& report) {
  for (const Rule& rule : context.model.rules) {
    if (!rule.until) continue;
    const Time end = end_of(*rule.until);
    if (end < context.now || end.microseconds - context.now.microseconds > soon) continue;
    report.add(finding(context, "expires-soon", rule.name, rule.until_span,
                       "the rule `" + rule.name + "` expires at the end of " + to_string(*rule.until)));
  }
}

}  // namespace zweck::lint
