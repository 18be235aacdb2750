// Where the output goes: terminals, pipes that break, disks that are full.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <iterator>

#include "command/run.hpp"

namespace zweck::test {

namespace {

const std::vector<std::string> question{"decide",    "small",    "--data",    "address",
                                        "--purpose", "delivery", "--partner", "carrier"};

bool coloured(const std::string& text) { return text.find("\x1b[") != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(output)

BOOST_AUTO_TEST_CASE(colour_is_for_terminals_only) {
  Workspace workspace;
  write_small_set(workspace);
  BOOST_TEST(!coloured(workspace.run(question).out));
  const Ran ran = workspace.run(question, {.input = {}, .environment = {}, .out = Standard::terminal});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(coloured(ran.out));
  BOOST_TEST(!coloured(ran.err));
}

BOOST_AUTO_TEST_CASE(colour_can_be_refused) {
  Workspace workspace;
  write_small_set(workspace);
  const auto with = [&](const std::string& name, const std::string& value) {
    return coloured(
        workspace.run(question, {.input = {}, .environment = {{name, value}}, .out = Standard::terminal}).out);
  };
  BOOST_TEST(!with("NO_COLOR", "1"));
  BOOST_TEST(with("NO_COLOR", ""));  // as good as not set
  BOOST_TEST(!with("TERM", "dumb"));
}

// Each line of what people read fits the terminal, and nothing else than its breaks is new.
BOOST_AUTO_TEST_CASE(text_is_wrapped_to_the_terminal) {
  Workspace workspace;
  write_small_set(workspace);
  std::vector<std::string> words = question;
  words.front() = "explain";
  words[3] = "wardrobe";
  words[5] = "recommendation";
  words[7] = "shop";
  words.insert(words.end(), {"--at", "2026-06-01T12:00:00Z"});
  const std::string plain = workspace.run(words).out;
  BOOST_TEST(plain.find("\n  to ask the customer for consent to `wardrobe` for `recommendation` by `shop`, under version 2 of "
                        "the notice `fit-advice`\n") != std::string::npos);
  const auto seen = [&](unsigned short columns) {
    const How how{.input = {}, .environment = {{"NO_COLOR", "1"}}, .out = Standard::terminal, .columns = columns};
    std::string text = workspace.run(words, how).out;
    std::erase(text, '\r');
    return text;
  };
  const std::string narrow = seen(60);
  for (std::size_t at = 0; at < narrow.size(); at = narrow.find('\n', at) + 1) BOOST_TEST(narrow.find('\n', at) - at <= 60u);
  BOOST_TEST(narrow.find("\n  to ask the customer for consent to `wardrobe` for\n"
                         "    `recommendation` by `shop`, under version 2 of the\n"
                         "    notice `fit-advice`\n") != std::string::npos);
  const auto words_of = [](std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::string out;
    std::unique_copy(text.begin(), text.end(), std::back_inserter(out), [](char a, char b) { return a == ' ' && b == ' '; });
    return out;
  };
  BOOST_TEST(words_of(narrow) == words_of(plain));
  BOOST_TEST(seen(200) == plain);
  BOOST_TEST(seen(0) == plain);
  BOOST_TEST(seen(20) == plain);  // too narrow to be read either way
}

BOOST_AUTO_TEST_CASE(nothing_that_is_given_steers_the_terminal) {
  Workspace workspace;
  write_small_set(workspace);
  const std::string steering = "\x1b[31mred", shown = "<U+001B>[31mred";
  BOOST_TEST(workspace.run({steering}).err ==
             "zweck: unknown command `" + shown + "`\n  help: `zweck --help` lists the commands\n");
  const Ran one = workspace.run({"decide", "small", "--data", steering, "--purpose", "delivery", "--partner", "shop"});
  BOOST_TEST(one.out ==
             "deny (invalid): " + shown + " for delivery by shop\n  there is no data node `" + shown + "`\n");
  const std::string json =
      R"({"id": "\u001b[31mred", "data": "\u001b[31mred", "purpose": "delivery", "partner": "shop"})";
  const Ran many =
      workspace.run({"decide", "small", "--requests", "-", "--format", "text"}, {.input = json, .environment = {}});
  BOOST_TEST(many.out == shown + ": deny (invalid): there is no data node `" + shown + "`\n");
  const Ran why = workspace.run({"explain", "small", "--request", json});
  BOOST_TEST(why.out ==
             "Denied: this is no valid request, so nothing is allowed.\n  there is no data node `" + shown + "`\n");
  // JSON has escapes of its own.
  BOOST_TEST(workspace.run({"decide", "small", "--requests", "-"}, {.input = json, .environment = {}})
                 .out.starts_with(R"({"id": "\u001b[31mred", )"));
}

BOOST_AUTO_TEST_CASE(output_that_cannot_be_written_is_a_failure) {
  Workspace workspace;
  write_small_set(workspace);
  const auto complaint = [&](Standard out) {
    const Ran ran = workspace.run(question, {.input = {}, .environment = {}, .out = out});
    BOOST_TEST(ran.code == 2);
    return ran.err;
  };
  BOOST_TEST(complaint(Standard::full) == "zweck: cannot write the output: No space left on device\n");
  BOOST_TEST(complaint(Standard::broken_pipe) == "zweck: cannot write the output: Broken pipe\n");
  BOOST_TEST(complaint(Standard::closed) == "zweck: cannot write the output: Bad file descriptor\n");
}

BOOST_AUTO_TEST_CASE(many_answers_stop_when_nobody_reads_them) {
  Workspace workspace;
  write_small_set(workspace);
  std::string lines;
  for (int i = 0; i < 200'000; ++i) lines += "{}\n";
  workspace.write("requests.jsonl", lines);
  for (const Standard out : {Standard::full, Standard::broken_pipe}) {
    const Ran ran = workspace.run({"decide", "small", "--requests", "requests.jsonl"},
                                  {.input = {}, .environment = {}, .out = out});
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.err.starts_with("zweck: cannot write the output: "));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
