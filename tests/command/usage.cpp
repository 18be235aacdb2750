// Help, version, and everything that is used wrongly.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "command/run.hpp"

namespace zweck::test {

namespace {

const std::vector<std::string> commands{"init", "lint", "test",    "decide", "explain", "list",
                                        "diff", "fmt",  "compile", "checks", "import"};

void refused(const std::vector<std::string>& arguments, const std::string& complaint) {
  Workspace workspace;
  write_small_set(workspace);
  const Ran ran = workspace.run(arguments);
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "");
  BOOST_TEST(ran.err == complaint);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(usage)

BOOST_DATA_TEST_CASE(every_command_has_a_page_with_an_example, commands, command) {
  Workspace workspace;
  const Ran ran = workspace.run({command, "--help"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.out.starts_with("zweck " + command + ": "));
  BOOST_TEST(ran.out.find("\nUsage: zweck " + command + " ") != std::string::npos);
  BOOST_TEST(ran.out.find("\n  zweck " + command + " ") != std::string::npos);
  BOOST_TEST(ran.out.find("\n  -h, --help ") != std::string::npos);
  BOOST_TEST(workspace.run({"help", command}).out == ran.out);
  BOOST_TEST(workspace.run({command, "-h"}).out == ran.out);
}

BOOST_AUTO_TEST_CASE(a_page_as_a_whole) {
  Workspace workspace;
  const std::string page = workspace.run({"decide", "--help"}).out;
  BOOST_TEST(page == golden("help-decide.txt", page));
}

BOOST_AUTO_TEST_CASE(the_page_of_all_names_every_command) {
  Workspace workspace;
  const Ran ran = workspace.run({"--help"});
  BOOST_TEST(ran.code == 0);
  for (const std::string& command : commands) BOOST_TEST(ran.out.find("\n  " + command + " ") != std::string::npos);
  BOOST_TEST(workspace.run({"help"}).out == ran.out);
  BOOST_TEST(workspace.run({"-h"}).out == ran.out);
  // Without a command the same page is a complaint.
  const Ran bare = workspace.run({});
  BOOST_TEST(bare.code == 2);
  BOOST_TEST(bare.out == "");
  BOOST_TEST(bare.err == ran.out);
}

BOOST_AUTO_TEST_CASE(version_names_version_and_build) {
  Workspace workspace;
  const Ran ran = workspace.run({"--version"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.out.starts_with("zweck "));
  BOOST_TEST(ran.out.find(" (") != std::string::npos);
  BOOST_TEST(ran.out.ends_with(")\n"));
}

BOOST_AUTO_TEST_CASE(unknown_words_are_refused_with_the_nearest) {
  refused({"explian"}, "zweck: unknown command `explian`\n  help: did you mean `explain`?\n");
  refused({"help", "lintt"}, "zweck: unknown command `lintt`\n  help: did you mean `lint`?\n");
  refused({"frobnicate"}, "zweck: unknown command `frobnicate`\n  help: `zweck --help` lists the commands\n");
  refused({"--verison"}, "zweck: unknown option `--verison`\n  help: did you mean `--version`?\n");
  refused({"decide", "small", "--dta", "x"}, "zweck: decide: unknown option `--dta`\n  help: did you mean `--data`?\n");
  refused({"decide", "small", "--zzz=1"},
          "zweck: decide: unknown option `--zzz=1`\n  help: `zweck decide --help` shows how it is used\n");
  refused({"explain", "small", "--format", "jsn"},
          "zweck: explain: --format: `jsn` is not known here; did you mean `json`?\n"
          "  help: `zweck explain --help` shows how it is used\n");
  refused({"explain", "small", "--format", "picture"},
          "zweck: explain: --format: `picture` is not known here; use `text` or `json`\n"
          "  help: `zweck explain --help` shows how it is used\n");
}

BOOST_AUTO_TEST_CASE(missing_and_superfluous_words_are_refused) {
  const std::string help = "  help: `zweck decide --help` shows how it is used\n";
  refused({"decide"}, "zweck: decide: DIR is missing\n" + help);
  refused({"decide", "small", "large"}, "zweck: decide: `large` is one argument too many\n" + help);
  refused({"decide", "small", "--purpose"}, "zweck: decide: --purpose needs a value\n" + help);
  refused({"decide", "small", "--data"}, "zweck: decide: --data needs a value\n" + help);
  refused({"decide", "small", "--purpose", "a", "--purpose", "b"},
          "zweck: decide: --purpose is given more than once\n" + help);
}

BOOST_AUTO_TEST_CASE(nothing_beside_help_and_version_is_passed_over) {
  refused({"--version", "lint"}, "zweck: --version: `lint` is one argument too many\n");
  refused({"--help", "lint"}, "zweck: --help: `lint` is one argument too many\n");
  refused({"help", "lint", "small"}, "zweck: help: `small` is one argument too many\n");
}

// A script whose variable is empty asks for something else than one that leaves the option out.
BOOST_AUTO_TEST_CASE(an_empty_value_is_none) {
  const std::vector<std::string> question{"--data", "address", "--purpose", "delivery", "--partner", "carrier"};
  const auto empty = [&](std::vector<std::string> words, const std::string& option) {
    const std::string command = words.front();
    words.push_back(option);
    words.emplace_back();
    refused(words, "zweck: " + command + ": " + option + ": its value is empty\n  help: `zweck " + command +
                       " --help` shows how it is used\n");
  };
  for (const std::string option : {"--at", "--ledger", "--fact"}) {
    std::vector<std::string> words{"decide", "small"};
    words.insert(words.end(), question.begin(), question.end());
    empty(words, option);
  }
  for (const std::string option : {"--data", "--purpose", "--partner", "--requests"}) empty({"decide", "small"}, option);
  empty({"explain", "small"}, "--request");
  empty({"lint", "small"}, "--now");
  empty({"test", "small"}, "--filter");
  empty({"test", "small"}, "--min-coverage");
  empty({"list", "small"}, "--ledger");
}

BOOST_AUTO_TEST_CASE(a_switch_takes_no_value) {
  const auto switched = [](const std::string& command, const std::string& option) {
    refused({command, "small", option + "=no"}, "zweck: " + command + ": " + option + " takes no value\n  help: `zweck " +
                                                    command + " --help` shows how it is used\n");
  };
  switched("lint", "--fix");
  switched("test", "--coverage");
  switched("fmt", "--check");
  refused({"diff", "small", "small", "--fail-on-widening=maybe"},
          "zweck: diff: --fail-on-widening takes no value\n  help: `zweck diff --help` shows how it is used\n");
}

BOOST_AUTO_TEST_CASE(a_question_needs_all_three_names) {
  const std::string help = "  help: a question names --data, --purpose and --partner; or give many with --requests\n";
  refused({"decide", "small"}, "zweck: decide: --data is missing\n" + help);
  refused({"decide", "small", "--data", "a"}, "zweck: decide: --purpose is missing\n" + help);
  refused({"decide", "small", "--data", "a", "--purpose", "b"}, "zweck: decide: --partner is missing\n" + help);
  refused({"explain", "small", "--data", "a", "--purpose", "b"},
          "zweck: explain: --partner is missing\n"
          "  help: a question names --data, --purpose and --partner; or is given as JSON by --request\n");
  refused({"explain", "small", "--request", "-", "--data", "a"},
          "zweck: explain: --request takes its question from there alone\n"
          "  help: leave out --data, --purpose, --partner, --fact, --ledger and --at\n");
  refused({"decide", "small", "--requests", "-", "--data", "a"},
          "zweck: decide: --requests takes its questions from the file alone\n"
          "  help: leave out --data, --purpose, --partner, --fact, --ledger and --at\n");
}

BOOST_AUTO_TEST_CASE(an_option_takes_one_value_and_leaves_the_argument_after_it) {
  Workspace workspace;
  write_small_set(workspace);
  const Ran ran =
      workspace.run({"decide", "--data", "address", "--purpose", "delivery", "--partner", "carrier", "small"});
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.code == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
