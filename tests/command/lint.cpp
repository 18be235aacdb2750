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

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
