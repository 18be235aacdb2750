#include <set>

#include "lint/checks.hpp"
#include "testing/testing.hpp"

namespace zweck::lint {

void untested_rule(const Context& context, Report& report) {
  if (context.set.test_files.empty() || context.directory.empty()) return;
  const auto tests = testing::read_tests(context.set.model, context.directory, context.set.test_files);
  if (!tests) {
    for (const Diagnostic& diagnostic : tests.diagnostics()) {
      Finding found;
      found.diagnostic = diagnostic;
      report.add(std::move(found));
    }
    return;
  }
  std::set<std::string> deciding;
  for (const testing::TestResult& result : testing::run_tests(std::make_shared<const Program>(context.set.model), *tests))
    deciding.insert(result.answer.rules.begin(), result.answer.rules.end());
  for (const Rule& rule : context.model.rules)
    if (!deciding.contains(rule.name))
      report.add(finding(context, "untested-rule", rule.name, rule.name_span, "the rule `" + rule.name + "` decides no test",
                         "add a test whose answer names it"));
}

}  // namespace zweck::lint
