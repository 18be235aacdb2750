// `zweck fmt`: what it changes, what it leaves alone, and how it says so.
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "command/run.hpp"

namespace zweck::test {

namespace {

constexpr std::string_view crooked = "# why\nrule  a allow x,y for p by q   basis contract\n";
constexpr std::string_view straight =
    "# why\n"
    "rule a\n"
    "  allow   x, y for p by q\n"
    "  basis   contract\n";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(fmt, Workspace)

BOOST_AUTO_TEST_CASE(changes_and_names_what_is_not_canonical) {
  write("set/a.zweck", crooked);
  write("set/b.zweck", straight);
  const Ran ran = run({"fmt", "set"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.out == "set/a.zweck\n");
  BOOST_TEST(read("set/a.zweck") == straight);
  const Ran again = run({"fmt", "set"});
  BOOST_TEST(again.code == 0);
  BOOST_TEST(again.out == "");
}

BOOST_AUTO_TEST_CASE(check_and_diff_change_nothing) {
  write("a.zweck", crooked);
  const Ran check = run({"fmt", "--check", "a.zweck"});
  BOOST_TEST(check.code == 1);
  BOOST_TEST(check.out == "a.zweck\n");
  const Ran diff = run({"fmt", "--diff", "a.zweck"});
  BOOST_TEST(diff.code == 0);
  BOOST_TEST(diff.out ==
             "--- a.zweck\n"
             "+++ a.zweck\n"
             "@@ -1,2 +1,4 @@\n"
             " # why\n"
             "-rule  a allow x,y for p by q   basis contract\n"
             "+rule a\n"
             "+  allow   x, y for p by q\n"
             "+  basis   contract\n");
  const Ran both = run({"fmt", "--diff", "--check", "a.zweck"});
  BOOST_TEST(both.code == 1);
  BOOST_TEST(both.out == diff.out);
  BOOST_TEST(read("a.zweck") == crooked);
}

BOOST_AUTO_TEST_CASE(standard_input_goes_to_standard_output) {
  const Ran ran = run({"fmt", "-"}, {.input = std::string(crooked), .environment = {}});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.out == straight);
  BOOST_TEST(run({"fmt", "--check", "-"}, {.input = std::string(crooked), .environment = {}}).code == 1);
  BOOST_TEST(run({"fmt", "--check", "-"}, {.input = std::string(straight), .environment = {}}).code == 0);
  const Ran wrong = run({"fmt", "-"}, {.input = "rule", .environment = {}});
  BOOST_TEST(wrong.code == 2);
  BOOST_TEST(wrong.out == "");
  BOOST_TEST(wrong.err.starts_with("<stdin>:1:"));
}

BOOST_AUTO_TEST_CASE(a_file_with_errors_is_left_alone_and_the_rest_is_done) {
  write("set/a.zweck", "rule a allow x for p by q\n");
  write("set/b.zweck", crooked);
  const Ran ran = run({"fmt", "set"});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "set/b.zweck\n");
  BOOST_TEST(ran.err.starts_with("set/a.zweck:1:"));
  BOOST_TEST(ran.err.find("[syntax-error]") != std::string::npos);
  BOOST_TEST(read("set/a.zweck") == "rule a allow x for p by q\n");
  BOOST_TEST(read("set/b.zweck") == straight);
}

BOOST_AUTO_TEST_CASE(permissions_and_links_stay) {
  write("real/a.zweck", crooked);
  ::chmod(path("real/a.zweck").c_str(), 0640);
  std::filesystem::create_symlink("real/a.zweck", path("link.zweck"));
  BOOST_TEST(run({"fmt", "link.zweck"}).code == 0);
  BOOST_TEST(read("real/a.zweck") == straight);
  BOOST_TEST(std::filesystem::is_symlink(path("link.zweck")));
  struct stat status {};
  ::stat(path("real/a.zweck").c_str(), &status);
  BOOST_TEST((status.st_mode & 07777) == 0640u);
  // Nothing is left beside the file.
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(path("real")), {}) == 1);
}

BOOST_AUTO_TEST_CASE(what_is_no_rule_file_is_refused) {
  write("set/a.vocab.yaml", "data: {}\n");
  const auto refused = [&](const std::vector<std::string>& arguments) {
    const Ran ran = run(arguments);
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.out == "");
    return ran.err;
  };
  BOOST_TEST(refused({"fmt", "set/a.vocab.yaml"}) ==
             "error: `set/a.vocab.yaml` is no rule file\n"
             "  help: rule files end in `.zweck`; nothing else has a canonical form\n");
  BOOST_TEST(refused({"fmt", "missing.zweck"}) ==
             "missing.zweck: error: cannot read `missing.zweck`: No such file or directory [unreadable-file]\n");
  BOOST_TEST(refused({"fmt"}) == "zweck: fmt: PATH is missing\n  help: `zweck fmt --help` shows how it is used\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_a_failure) {
  if (::geteuid() == 0) return;  // to whom nothing is forbidden
  write("set/a.zweck", crooked);
  ::chmod(path("set/a.zweck").c_str(), 0444);
  const Ran ran = run({"fmt", "set"});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.err == "zweck: cannot write `set/a.zweck`: Permission denied\n");
}

BOOST_AUTO_TEST_CASE(a_difference_far_apart_has_its_own_hunk) {
  std::string before, after;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "r" + std::to_string(100 + i);
    const std::string rest = "\n  allow   x for p by q\n  basis   contract\n";
    after += (i == 0 ? "" : "\n") + ("rule " + name + rest);
    before += (i == 0 ? "" : "\n") + ((i == 0 || i == 11 ? "rule  " : "rule ") + name + rest);
  }
  write("a.zweck", before);
  const Ran ran = run({"fmt", "--diff", "a.zweck"});
  BOOST_TEST(ran.out ==
             "--- a.zweck\n"
             "+++ a.zweck\n"
             "@@ -1,4 +1,4 @@\n"
             "-rule  r100\n"
             "+rule r100\n"
             "   allow   x for p by q\n"
             "   basis   contract\n"
             " \n"
             "@@ -42,6 +42,6 @@\n"
             "   allow   x for p by q\n"
             "   basis   contract\n"
             " \n"
             "-rule  r111\n"
             "+rule r111\n"
             "   allow   x for p by q\n"
             "   basis   contract\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
