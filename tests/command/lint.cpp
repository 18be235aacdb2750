// `zweck lint`: findings as text and as JSON, and what it exits with.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "command/run.hpp"

namespace zweck::test {

namespace {

constexpr std::string_view vocabulary = "data: {x: {}}\npurposes: {p: {}}\npartners: {q: {}}\n";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(lint, Workspace)

BOOST_AUTO_TEST_CASE(errors_of_loading_are_findings) {
  write("broken/a.vocab.yaml", vocabulary);
  write("broken/sub/b.zweck", "rule a\n  allow y for p by q\n  basis contract\n\nrule a\n  deny x for p by q\n");
  const Ran ran = run({"lint", "broken", "--fail-on", "error"});
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.out == golden("lint-broken.txt", ran.out));
}

BOOST_AUTO_TEST_CASE(findings_as_json) {
  write("broken/a.vocab.yaml", vocabulary);
  write("broken/sub/b.zweck", "rule a\n  allow y for p by q\n  basis contract\n\nrule a\n  deny x for p by q\n");
  const Ran ran = run({"lint", "--format", "json", "broken"});
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.out == golden("lint-broken.json", ran.out));
}

BOOST_AUTO_TEST_CASE(several_sets_at_once) {
  write("one/a.vocab.yaml", vocabulary);
  write("one/a.zweck", "rule a\n  allow y for p by q\n  basis contract\n");
  write("two/a.vocab.yaml", vocabulary);
  write("two/a.zweck", "rule a\n  deny x for p by z\n");
  const Ran ran = run({"lint", "one", "two"});
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.out.find("one/a.zweck:2:9: error: ") != std::string::npos);
  BOOST_TEST(ran.out.find("two/a.zweck:2:19: error: ") != std::string::npos);
  BOOST_TEST(ran.out.ends_with("\n2 errors\n"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_a_failure) {
  const Ran missing = run({"lint", "nowhere"});
  BOOST_TEST(missing.code == 2);
  std::filesystem::create_directory(path("empty"));
  const Ran empty = run({"lint", "empty"});
  BOOST_TEST(empty.code == 2);
  write("file", "");
  const Ran file = run({"lint", "file"});
  BOOST_TEST(file.code == 2);
  BOOST_TEST(missing.out + empty.out + file.out == golden("lint-unreadable.txt", missing.out + empty.out + file.out));
}

namespace {

// One rule with a clause that says nothing, laid out by hand, and a second one as it should be.
constexpr std::string_view idle =
    "rule a\n  deny x for p by q\n  except by r\n\nrule b\n  allow   x for p by q\n  basis   not-personal\n";
constexpr std::string_view two_partners = "data: {x: {}}\npurposes: {p: {}}\npartners: {q: {}, r: {}}\n";

}  // namespace

BOOST_AUTO_TEST_CASE(a_time_that_is_none) {
  write("set/a.vocab.yaml", vocabulary);
  for (const std::string time : {"yesterday", "2026-13-01T00:00:00Z", "2026-06-01", "", " "}) {
    const Ran ran = run({"lint", "set", "--now=" + time});
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.out == "");
    if (time.empty()) continue;  // a complaint of the options
    BOOST_TEST(ran.err == "zweck: `" + time + "` is no time\n  help: write it like 2026-06-01T12:00:00Z\n");
  }
}

BOOST_AUTO_TEST_CASE(by_the_time_that_is_given) {
  write("set/a.vocab.yaml", vocabulary);
  write("set/a.zweck", "rule a\n  deny    x for p by q\n  until   2026-06-30\n");
  const auto found = [&](const std::string& now) {
    const std::string out = run({"lint", "set", "--now", now, "--format", "json"}).out;
    return std::pair(out.find("\"expired-rule\"") != std::string::npos, out.find("\"expires-soon\"") != std::string::npos);
  };
  BOOST_TEST((found("2020-01-01T00:00:00Z") == std::pair(false, false)));
  BOOST_TEST((found("2026-06-30T23:59:59Z") == std::pair(false, true)));
  BOOST_TEST((found("2026-07-01T00:00:00Z") == std::pair(true, false)));
}

BOOST_AUTO_TEST_CASE(what_is_bad_enough) {
  write("set/a.vocab.yaml", two_partners);
  write("set/a.zweck", idle);
  const auto code = [&](const std::string& fail_on) { return run({"lint", "set", "--fail-on", fail_on}).code; };
  BOOST_TEST(code("error") == 0);
  BOOST_TEST(code("warning") == 1);
  BOOST_TEST(code("info") == 1);
  write("set/a.zweck", "rule b\n  deny x for p by q\n\nrule c\n  allow x for p by any\n  basis not-personal\n");
  BOOST_TEST(code("info") == 1);  // the form
}

BOOST_AUTO_TEST_CASE(fixes_are_made_or_shown) {
  write("set/a.vocab.yaml", two_partners);
  write("set/a.zweck", idle);
  const Ran shown = run({"lint", "set", "--diff"});
  BOOST_TEST(shown.err == "");
  BOOST_TEST(shown.out.find("-  except by r\n") != std::string::npos);
  BOOST_TEST(read("set/a.zweck") == idle);
  const Ran made = run({"lint", "set", "--fix"});
  BOOST_TEST(made.err == "fixed set/a.zweck\n");
  BOOST_TEST(read("set/a.zweck") ==
             "rule a\n  deny    x for p by q\n\nrule b\n  allow   x for p by q\n  basis   not-personal\n");
  BOOST_TEST(made.out.find("dead-exception") == std::string::npos);
  const Ran again = run({"lint", "set", "--fix"});
  BOOST_TEST(again.err == "");
  BOOST_TEST(run({"lint", "set", "--diff"}).out == "");
}

// A deny rule that is overridden by nothing, an allow rule that is: taking rules away is for people.
BOOST_AUTO_TEST_CASE(no_rule_is_taken_away) {
  write("set/a.vocab.yaml", vocabulary);
  const std::string rules =
      "rule a\n  deny    x for p by q\n\nrule b\n  allow   x for p by q\n  basis   not-personal\n\nrule c\n"
      "  deny    x for p by q\n";
  write("set/a.zweck", rules);
  const Ran ran = run({"lint", "set", "--fix"});
  BOOST_TEST(ran.out.find("overridden-rule") != std::string::npos);
  BOOST_TEST(ran.out.find("redundant-rule") != std::string::npos);
  BOOST_TEST(read("set/a.zweck") == rules);
}

BOOST_AUTO_TEST_CASE(a_report_that_cannot_be_written) {
  write("set/a.vocab.yaml", vocabulary);
  write("set/a.zweck", "rule a\n  allow x for p by q\n  basis contract\n");
  for (const std::string format : {"text", "json", "sarif", "github", "junit"}) {
    const auto complaint = [&](Standard out) {
      const Ran ran = run({"lint", "set", "--format", format}, {.input = {}, .environment = {}, .out = out});
      BOOST_TEST(ran.code == 2);
      return ran.err;
    };
    BOOST_TEST(complaint(Standard::full) == "zweck: cannot write the output: No space left on device\n");
    BOOST_TEST(complaint(Standard::broken_pipe) == "zweck: cannot write the output: Broken pipe\n");
    BOOST_TEST(complaint(Standard::closed) == "zweck: cannot write the output: Bad file descriptor\n");
  }
}

BOOST_AUTO_TEST_CASE(assertions_over_unknown_names_and_empty_scopes) {
  write("set/a.vocab.yaml", two_partners);
  write("set/a.zweck", "assert a\n  never allow y for p by q\n  when nothing\n  except by s\n");
  const Ran unknown = run({"lint", "set"});
  BOOST_TEST(unknown.code == 1);
  BOOST_TEST(unknown.out.find("set/a.zweck:2:15: error: ") != std::string::npos);
  BOOST_TEST(unknown.out.find("set/a.zweck:3:8: error: ") != std::string::npos);
  BOOST_TEST(unknown.out.find("set/a.zweck:4:13: error: ") != std::string::npos);
  BOOST_TEST(unknown.out.ends_with("\n3 errors\n"));
  write("set/a.zweck", "assert a\n  never allow x for p by any\n  except by q\n  except by r\n");
  const Ran empty = run({"lint", "set", "--format", "github"});
  BOOST_TEST(empty.code == 1);
  BOOST_TEST(empty.out.find("title=vacuous-assertion::the assertion `a` holds only because its scope or condition is never met") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_directory_twice_in_its_own_path) {
  const Ran ran = run({"lint", "nowhere", "--format", "github"});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "::error file=nowhere,title=unreadable-file::there is no directory `nowhere`\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
