// Test files: what is wrong with them, each with its place.
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "model/load.hpp"
#include "testing/testing.hpp"
#include "text/limits.hpp"

namespace testing_test {

using namespace zweck;

namespace {

constexpr const char* vocabulary = R"(data: {address: {}, email: {}}
purposes: {delivery: {}}
partners: {shop: {}}
facts: {age: int 0..150}
obligations: [log, encrypt]
)";
constexpr const char* rules = R"(rule delivery
  allow address for delivery by shop
  when  age >= 18
  basis contract
  keep  30 days
  oblige log
)";

// A set in a directory of its own, with test files.
class Set {
 public:
  explicit Set(const std::vector<std::string>& tests)
      : directory_(std::filesystem::temp_directory_path() / ("zweck-testing-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directory(directory_);
    write("a.vocab.yaml", vocabulary);
    write("a.zweck", rules);
    for (std::size_t i = 0; i < tests.size(); ++i) write(std::string(1, static_cast<char>('a' + i)) + ".test.yaml", tests[i]);
    Result<LoadedSet> loaded = load_set(directory_);
    if (!loaded) BOOST_FAIL(render(loaded.diagnostics()));
    set = *std::move(loaded);
  }
  ~Set() { std::filesystem::remove_all(directory_); }

  Result<std::vector<testing::Test>> read() const { return testing::read_tests(set.model, directory_, set.test_files); }
  // Empty if there is nothing wrong.
  std::string complaints() const {
    const auto tests = read();
    return tests ? "" : render(tests.diagnostics());
  }
  // The tests' names, each with its differences.
  std::string outcome() const {
    const auto tests = read();
    if (!tests) return render(tests.diagnostics());
    std::string out;
    for (const auto& result : testing::run_tests(std::make_shared<const Program>(set.model), *tests)) {
      out += result.test->name + (result.passed() ? ": passed\n" : "\n");
      for (const std::string& difference : result.differences) out += "  " + difference + "\n";
    }
    return out;
  }

  LoadedSet set;

 private:
  void write(const std::string& name, const std::string& text) const { std::ofstream(directory_ / name) << text; }
  std::filesystem::path directory_;
};

std::string complaints(const std::string& test) { return Set({test}).complaints(); }

const std::string request =
    "{data: address, purpose: delivery, partner: shop, at: 2026-06-01T12:00:00Z, facts: {age: 30}}";

}  // namespace

BOOST_AUTO_TEST_SUITE(reading)

BOOST_AUTO_TEST_CASE(what_is_expected_may_be_all_or_some_of_it) {
  const Set set({"tests:\n"
                 "  - {name: decision, request: " + request + ", expect: allow}\n"
                 "  - {name: status, request: " + request + ", ledger: [], expect: allowed}\n"
                 "  - name: all of it\n"
                 "    request: " + request + "\n"
                 "    expect: allow\n"
                 "    rules: [delivery]\n"
                 "    obligations: {keep: 30 days, oblige: [log]}\n"});
  BOOST_TEST(set.outcome() == "decision: passed\nstatus: passed\nall of it: passed\n");
}

BOOST_AUTO_TEST_CASE(without_at) {
  BOOST_TEST(complaints("tests:\n  - name: a\n    request: {data: address, purpose: delivery, partner: shop}\n    expect: deny\n") ==
             "a.test.yaml:3:5: error: the test `a` does not state `at` [invalid-vocabulary]\n"
             "  3 |     request: {data: address, purpose: delivery, partner: shop}\n"
             "    |     ^~~~~~~\n"
             "  help: without a time its answer would change with the day\n");
}

BOOST_AUTO_TEST_CASE(unknown_keys) {
  BOOST_TEST(complaints("tests:\n  - name: a\n    reqest: {}\n    request: " + request + "\n    expect: deny\n") ==
             "a.test.yaml:3:5: error: unknown key `reqest` [invalid-vocabulary]\n"
             "  3 |     reqest: {}\n"
             "    |     ^~~~~~\n"
             "  help: did you mean `request`?\n");
  BOOST_TEST(complaints("test: []\n") ==
             "a.test.yaml:1:1: error: unknown key `test` [invalid-vocabulary]\n"
             "  1 | test: []\n"
             "    | ^~~~\n"
             "  help: a test file has the key `tests` only\n");
  BOOST_TEST(complaints("tests:\n  - name: a\n    request: {data: address, purpose: delivery, partner: shop, at: "
                        "2026-06-01T12:00:00Z, partners: shop}\n    expect: deny\n")
                 .starts_with("a.test.yaml:3:90: error: unknown key `partners`"));
  BOOST_TEST(complaints("tests:\n  - name: a\n    request: " + request +
                        "\n    expect: allow\n    obligations: {kep: 30 days}\n") ==
             "a.test.yaml:5:19: error: unknown key `kep` [invalid-vocabulary]\n"
             "  5 |     obligations: {kep: 30 days}\n"
             "    |                   ^~~\n"
             "  help: did you mean `keep`?\n");
}

BOOST_AUTO_TEST_CASE(the_same_name_twice_in_one_file_or_two) {
  const std::string test = "  - {name: a, request: " + request + ", expect: allow}\n";
  const std::string in_one = complaints("tests:\n" + test + test);
  BOOST_TEST(in_one.starts_with("a.test.yaml:3:12: error: the test `a` is defined twice [duplicate-name]\n"));
  BOOST_TEST(in_one.find("a.test.yaml:2:12: note: it is defined here first") != std::string::npos);
  const std::string in_two = Set({"tests:\n" + test, "tests:\n" + test}).complaints();
  BOOST_TEST(in_two.starts_with("b.test.yaml:2:12: error: the test `a` is defined twice [duplicate-name]\n"));
  BOOST_TEST(in_two.find("a.test.yaml:2:12: note: it is defined here first") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_missing) {
  BOOST_TEST(complaints("tests:\n  - {request: " + request + ", expect: allow}\n")
                 .starts_with("a.test.yaml:2:5: error: this test has no `name` [invalid-vocabulary]\n"));
  BOOST_TEST(complaints("tests:\n  - {name: a, expect: allow}\n")
                 .starts_with("a.test.yaml:2:5: error: the test `a` has no `request` [invalid-vocabulary]\n"));
  BOOST_TEST(complaints("tests:\n  - {name: a, request: " + request + "}\n")
                 .starts_with("a.test.yaml:2:5: error: the test `a` does not say what to `expect` [invalid-vocabulary]\n"));
  BOOST_TEST(complaints("tests:\n  - name\n")
                 .starts_with("a.test.yaml:2:5: error: a test is a map with `name`, `request` and `expect`"));
  BOOST_TEST(complaints("tests: {}\n").starts_with("a.test.yaml:1:1: error: `tests` is a list of tests"));
  BOOST_TEST(complaints("- name: a\n").starts_with("a.test.yaml:1:1: error: a test file begins with `tests:`"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_expected) {
  BOOST_TEST(complaints("tests:\n  - {name: a, request: " + request + ", expect: alowed}\n")
                 .ends_with("  help: did you mean `allowed`?\n"));
  BOOST_TEST(complaints("tests:\n  - {name: a, request: " + request + ", expect: allow, rules: [delivry]}\n")
                 .ends_with("  help: did you mean `delivery`?\n"));
  const auto wrong = [](const std::string& obligations) {
    const std::string all = complaints("tests:\n  - name: a\n    request: " + request +
                                       "\n    expect: allow\n    obligations: " + obligations + "\n");
    return all.substr(0, all.find('\n'));
  };
  BOOST_TEST(wrong("{keep: 30}") == "a.test.yaml:5:25: error: `30` is no duration [invalid-vocabulary]");
  BOOST_TEST(wrong("{oblige: [lock]}") == "a.test.yaml:5:28: error: there is no obligation `lock` [invalid-vocabulary]");
  BOOST_TEST(wrong("{oblige: log}") == "a.test.yaml:5:19: error: `oblige` is a list of obligations [invalid-vocabulary]");
  BOOST_TEST(wrong("[log]") == "a.test.yaml:5:5: error: `obligations` is a map of `keep` and `oblige` [invalid-vocabulary]");
}

BOOST_AUTO_TEST_CASE(a_bad_request_is_one_of_the_test) {
  BOOST_TEST(complaints("tests:\n  - {name: a, request: {data: adress, purpose: delivery, partner: shop, at: "
                        "2026-06-01T12:00:00Z}, expect: deny}\n")
                 .find("did you mean `address`?") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_request_may_be_expected_to_be_refused) {
  const auto test = [](const std::string& facts, const std::string& expect) {
    return "tests:\n  - {name: a, request: {data: address, purpose: delivery, partner: shop, at: 2026-06-01T12:00:00Z, "
           "facts: " + facts + "}, expect: " + expect + "}\n";
  };
  BOOST_TEST(Set({test("{age: 300}", "invalid")}).outcome() == "a: passed\n");
  BOOST_TEST(Set({test("{age: 30}", "invalid")}).outcome() ==
             "a\n  expected `invalid`, but it is `allowed` by the rule `delivery`\n");
  BOOST_TEST(Set({test("{age: 300}", "invalid, rules: [delivery]")}).outcome() ==
             "a\n  expected the rules: `delivery`; but they are: none\n");
  // Any other expectation takes it for a slip of the author, `deny` too.
  BOOST_TEST(Set({test("{age: 300}", "deny")}).outcome().find("error: fact `age` takes `int 0..150`") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(mistakes_are_told_from_top_to_bottom) {
  const std::string all =
      Set({"tests:\n"
           "  - name: a\n"
           "    request: {data: adress, purpose: delivery, partner: shop, at: 2026-06-01T12:00:00Z}\n"
           "    expect: alow\n"
           "    rule: []\n",
           "test: []\n"})
          .complaints();
  std::vector<std::size_t> places;
  for (const std::string place : {"a.test.yaml:3:21: ", "a.test.yaml:4:13: ", "a.test.yaml:5:5: ", "b.test.yaml:1:1: "})
    places.push_back(all.find(place));
  BOOST_TEST(std::is_sorted(places.begin(), places.end()));
  BOOST_TEST(places.back() != std::string::npos);
}

BOOST_AUTO_TEST_CASE(all_mistakes_of_all_files_at_once) {
  const std::string all = Set({"tests:\n  - {name: a}\n  - {name: b}\n", "tests: 1\n"}).complaints();
  BOOST_TEST(all.find("a.test.yaml:2:5: ") != std::string::npos);
  BOOST_TEST(all.find("a.test.yaml:3:5: ") != std::string::npos);
  BOOST_TEST(all.find("b.test.yaml:1:1: ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(files_without_tests) {
  BOOST_TEST(Set({"", "# nothing\n", "tests: []\n"}).outcome() == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(running)

BOOST_AUTO_TEST_CASE(what_is_not_as_expected_is_spelled_out) {
  const auto outcome = [](const std::string& more) {
    return Set({"tests:\n  - name: a\n    request: " + request + "\n" + more}).outcome();
  };
  BOOST_TEST(outcome("    expect: deny\n") == "a\n  expected `deny`, but it is `allowed` by the rule `delivery`\n");
  BOOST_TEST(outcome("    expect: allow\n    rules: []\n") ==
             "a\n  expected the rules: none; but they are: `delivery`\n");
  BOOST_TEST(outcome("    expect: allow\n    obligations: {}\n") ==
             "a\n  expected the obligations: none; but they are: keep 30 days, oblige `log`\n");
  BOOST_TEST(outcome("    expect: allow\n    obligations: {keep: 31 days, oblige: [log]}\n").starts_with("a\n  "));
  BOOST_TEST(outcome("    expect: allow\n    obligations: {keep: 30 days, oblige: [encrypt, log]}\n").starts_with("a\n  "));
  // A status is expected to the letter, `deny` is any that denies.
  BOOST_TEST(outcome("    expect: indeterminate\n").starts_with("a\n  "));
  const std::string missing = "tests:\n  - {name: a, request: {data: address, purpose: delivery, partner: shop, at: "
                              "2026-06-01T12:00:00Z}, expect: ";
  BOOST_TEST(Set({missing + "indeterminate}\n"}).outcome() == "a: passed\n");
  BOOST_TEST(Set({missing + "deny}\n"}).outcome() == "a: passed\n");
  BOOST_TEST(Set({missing + "not-permitted}\n"}).outcome().starts_with("a\n  "));
}

BOOST_AUTO_TEST_CASE(mistakes_without_end) {
  std::string tests = "tests:\n", rules_list = "  - {name: a, request: " + request + ", expect: allow, rules: [";
  for (int i = 0; i < 1'000; ++i) {
    tests += "  - {name: t" + std::to_string(i) + ", request: {data: adress, purpose: delivery, partner: shop, "
             "at: 2026-06-01T12:00:00Z}, expect: deny}\n";
    rules_list += "r" + std::to_string(i) + ", ";
  }
  const auto found = Set({tests}).read();
  BOOST_REQUIRE(!found);
  BOOST_TEST(found.diagnostics().size() == limits::diagnostics + 1);
  BOOST_TEST(found.diagnostics().back().message == "after 200 mistakes no further test is read");
  BOOST_TEST(found.diagnostics().back().place.line == limits::diagnostics + 2);
  const auto rules = Set({"tests:\n" + rules_list + "delivery]}\n"}).read();
  BOOST_REQUIRE(!rules);
  BOOST_TEST(rules.diagnostics().size() == limits::diagnostics);
}

BOOST_AUTO_TEST_CASE(coverage_counts_rules_and_outcomes) {
  const auto percent = [](const std::string& tests) {
    const Set set({"tests:\n" + tests});
    const auto read = set.read();
    BOOST_REQUIRE(read);
    return testing::coverage_of(set.set.model, testing::run_tests(std::make_shared<const Program>(set.set.model), *read))
        .percent();
  };
  const std::string allowed = "  - {name: a, request: " + request + ", expect: allow}\n";
  const std::string minor = "  - {name: b, request: {data: address, purpose: delivery, partner: shop, at: "
                            "2026-06-01T12:00:00Z, facts: {age: 3}}, expect: deny}\n";
  BOOST_TEST(percent(allowed + minor) == 100);
  BOOST_TEST(percent(allowed + "  - {name: c, request: {at: 2026-06-01T12:00:00Z}, expect: invalid}\n") ==
             percent(allowed));
  BOOST_TEST(percent(allowed) < 100);
  BOOST_TEST(percent(minor) < percent(allowed));
}

BOOST_AUTO_TEST_CASE(what_no_test_decides_is_told_condition_by_condition) {
  const auto missed = [](const std::string& tests) {
    const Set set({tests});
    const auto read = set.read();
    BOOST_REQUIRE(read);
    const auto coverage = testing::coverage_of(
        set.set.model, testing::run_tests(std::make_shared<const Program>(set.set.model), *read));
    std::string out;
    for (const auto* list : {&coverage.missed_rules, &coverage.missed_outcomes})
      for (const auto& each : *list) out += each.rule + ": " + each.what + "\n";
    return out;
  };
  BOOST_TEST(missed("tests: []\n") == "delivery: decides no test\ndelivery: never true, never false: age >= 18\n");
  BOOST_TEST(missed("tests:\n  - {name: a, request: " + request + ", expect: allow}\n") ==
             "delivery: never false: age >= 18\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace testing_test
