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
    result.answer = answer(program, test.request);
    const Answer& actual = result.answer;
    if (!meets(actual, test.expect))
      result.differences.push_back("expected " + test.expect + ", the answer is " + std::string(name_of(actual.status)) +
                                   " by the rules " + list(actual.rules));
    if (test.rules && *test.rules != actual.rules)
      result.differences.push_back("expected the rules " + list(*test.rules) + ", decided by " + list(actual.rules));
    if (test.obligations && *test.obligations != actual.obligations)
      result.differences.push_back("expected the obligations " + show(*test.obligations) + ", the answer has " +
                                   show(actual.obligations));
    if (!result.passed()) result.request = to_json(program->vocabulary(), test.request);
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace zweck::testing
