// TEST FILES -> RESULTS: the tests of section 9 of the language, and what they have covered.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/program.hpp"
#include "model/model.hpp"
#include "model/request.hpp"
#include "zweck/diagnostic.hpp"
#include "zweck/request.hpp"

namespace zweck::testing {

struct Test {
  std::string name;
  Place place;  // of the name
  ResolvedRequest request;
  std::vector<std::string> problems;  // why the request is none, in a test that expects it to be `invalid`
  std::string expect;                 // "allow", "deny", or a status
  std::optional<std::vector<std::string>> rules;  // sorted
  std::optional<Obligations> obligations;
};

// The tests of a set, in the order of files and lines; or everything that is wrong with the files: unknown keys, a test
// without `at`, a name used twice in the set, a bad request where `invalid` is not expected, an unknown rule or obligation.
Result<std::vector<Test>> read_tests(const Model& model, const std::filesystem::path& directory,
                                     const std::vector<std::string>& files);

struct TestResult {
  const Test* test = nullptr;
  Answer answer;
  std::vector<std::string> differences;  // what is not as expected, in words; none if the test passed
  std::string request;                   // of one that failed, as JSON; empty if it is none
  bool passed() const { return differences.empty(); }
};
std::vector<TestResult> run_tests(const std::shared_ptr<const Program>& program, const std::vector<Test>& tests);

// Which rules have decided a test (stand in its answer), and which outcomes of their conditions and of the parts of these
// were seen at a point of a test that the rule covers: true, false.
struct Missed {
  std::string rule;
  std::string what;  // conditions: "never true: age < 16", "never true, never false: objection"
  Place place;
};
struct Coverage {
  std::size_t rules_covered = 0, rules_total = 0;
  std::size_t outcomes_covered = 0, outcomes_total = 0;
  std::vector<Missed> missed_rules, missed_outcomes;
  // Of rules and outcomes together; 100 if there is nothing to cover.
  double percent() const;
};
Coverage coverage_of(const Model& model, const std::vector<TestResult>& results);

}  // namespace zweck::testing
