#include "engine/answer.hpp"
#include "testing/testing.hpp"

namespace zweck::testing {
namespace {

std::string list(const std::vector<std::string>& names) {
  if (names.empty()) return "none";
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "`" : ", `") + name + "`";
  return out;
}

std::string show(const Obligations& obligations) {
  std::string out;
  if (obligations.keep) out = "keep " + to_string(*obligations.keep);
  if (!obligations.oblige.empty()) out += (out.empty() ? "oblige " : ", oblige ") + list(obligations.oblige);
  return out.empty() ? "none" : out;
}

// "`forbidden` by the rules `a`, `b`"; without rules only the status.
std::string decided(const Answer& answer) {
  std::string out = "`" + std::string(name_of(answer.status)) + "`";
  if (answer.rules.empty()) return out;
  return out + (answer.rules.size() == 1 ? " by the rule " : " by the rules ") + list(answer.rules);
}

Answer invalid(const Program& program, const Test& test) {
  Answer answer;
  answer.problems = test.problems;
  answer.revision = program.base().revision;
  return answer;
}

bool meets(const Answer& answer, const std::string& expect) {
  if (expect == "allow") return answer.allowed();
  if (expect == "deny") return !answer.allowed();
  return expect == name_of(answer.status);
}

}  // namespace

std::vector<TestResult> run_tests(const std::shared_ptr<const Program>& program, const std::vector<Test>& tests) {
  std::vector<TestResult> results;
  for (const Test& test : tests) {
    TestResult result;
    result.test = &test;
    result.answer = test.problems.empty() ? answer(program, test.request) : invalid(*program, test);
    const Answer& actual = result.answer;
    if (!meets(actual, test.expect))
      result.differences.push_back("expected `" + test.expect + "`, but it is " + decided(actual));
    if (test.rules && *test.rules != actual.rules)
      result.differences.push_back("expected the rules: " + list(*test.rules) + "; but they are: " + list(actual.rules));
    if (test.obligations && *test.obligations != actual.obligations)
      result.differences.push_back("expected the obligations: " + show(*test.obligations) +
                                   "; but they are: " + show(actual.obligations));
    if (!result.passed() && test.problems.empty()) result.request = to_json(program->vocabulary(), test.request);
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace zweck::testing
