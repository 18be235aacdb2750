// Every bound of the grammar: at it, and one past.
#include <boost/test/unit_test.hpp>

#include "grammar/support.hpp"
#include "text/limits.hpp"

using zweck::test::Parsed;

namespace {

// Empty if the text is fine, else the messages, one a line.
std::string messages(const std::string& text) {
  const Parsed parsed(text);
  std::string all;
  if (!parsed.result)
    for (const zweck::Diagnostic& mistake : parsed.result.diagnostics()) all += mistake.message + "\n";
  return all;
}

std::string clause(const std::string& text) { return messages("rule r allow a for b by c basis contract " + text); }

std::string nested(std::size_t depth, const std::string& open) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  return "when " + text + "x" + std::string(depth, ')');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bounds)

BOOST_AUTO_TEST_CASE(nesting) {
  constexpr std::size_t most = zweck::limits::condition_nesting;
  const std::string deep = "brackets within brackets more than 64 deep\n";
  BOOST_TEST(clause(nested(most, "(")) == "");
  BOOST_TEST(clause(nested(most + 1, "(")) == deep);
  BOOST_TEST(clause(nested(most, "not (")) == "");
  BOOST_TEST(clause(nested(most + 1, "not (")) == deep);
  // Brackets side by side are not within one another, and each condition begins anew.
  std::string wide = nested(most, "(");
  wide += " and " + nested(most, "(").substr(5);
  BOOST_TEST(clause(wide + " unless " + nested(most, "(").substr(5)) == "");
  BOOST_TEST(messages("rule r deny a for b by c when ((( rule s deny a for b by c " + nested(most, "(")) ==
             "expected a condition after `(`\n");
}

BOOST_AUTO_TEST_CASE(integers) {
  BOOST_TEST(clause("when a = 9223372036854775807") == "");
  BOOST_TEST(clause("when a = 9223372036854775808") == "the number `9223372036854775808` is out of range\n");
  BOOST_TEST(clause("when a = -9223372036854775808") == "");
  BOOST_TEST(clause("when a = -9223372036854775809") == "the number `-9223372036854775809` is out of range\n");
  BOOST_TEST(clause("when a = 0") == "");
  BOOST_TEST(clause("when a = 00") == "the number `00` begins with a zero\n");
  BOOST_TEST(clause("when a = -01") == "the number `-01` begins with a zero\n");
}

BOOST_AUTO_TEST_CASE(durations) {
  const std::string range = "this duration is out of range\n";
  const std::string least = "a duration is at least one minute\n";
  BOOST_TEST(clause("keep 1 minute") == "");
  BOOST_TEST(clause("keep 0 minutes") == least);
  BOOST_TEST(clause("keep -1 years") == least);
  // 2^63 - 1 = 60 * 153722867280912930 + 7
  BOOST_TEST(clause("keep 153722867280912930 minutes") == "");
  BOOST_TEST(clause("keep 153722867280912931 minutes") == range);
  BOOST_TEST(clause("keep 292471208677 years") == "");
  BOOST_TEST(clause("keep 292471208678 years") == range);
  BOOST_TEST(clause("when a = 292471208678 years") == range);
  BOOST_TEST(messages("rule r allow a for b by c basis consent within 0 days") == least);
}

BOOST_AUTO_TEST_CASE(dates) {
  BOOST_TEST(clause("from 2024-02-29") == "");
  BOOST_TEST(clause("from 2023-02-29") == "there is no date `2023-02-29`\n");
  BOOST_TEST(clause("from 0000-01-01 until 9999-12-31") == "");
  BOOST_TEST(clause("from 2026-00-01") == "there is no date `2026-00-01`\n");
  BOOST_TEST(clause("from 2026-12-32") == "there is no date `2026-12-32`\n");
  BOOST_TEST(clause("from 2026-1-1") == "`2026-1-1` is neither a whole number nor a date nor a plain name\n");
  BOOST_TEST(clause("from 10000-01-01") == "`10000-01-01` is neither a whole number nor a date nor a plain name\n");
}

BOOST_AUTO_TEST_CASE(names) {
  constexpr std::size_t most = zweck::limits::name_bytes;
  const std::string longest(most, 'n');
  const std::string too_long = "a name cannot be longer than 256 bytes\n";
  BOOST_TEST(messages("rule " + longest + " deny a for b by c") == "");
  BOOST_TEST(messages("rule " + longest + "n deny a for b by c") == too_long);
  BOOST_TEST(clause("oblige \"" + longest + "\"") == "");
  BOOST_TEST(clause("oblige \"" + longest + "n\"") == too_long);
  BOOST_TEST(clause("when data." + longest) == "");
  BOOST_TEST(clause("when data." + longest + "n") == too_long);
  // What is compared with may be a text, which may be long.
  BOOST_TEST(clause("when a = \"" + longest + "n\"") == "");
  BOOST_TEST(messages("rule \"\" deny a for b by c") == "a name cannot be empty\n");
  BOOST_TEST(clause("when data.\"\"") == "a name cannot be empty\n");
}

// Words of 1 MiB, whatever the layout; the next statement is counted anew.
BOOST_AUTO_TEST_CASE(statements) {
  constexpr std::size_t most = zweck::limits::statement_bytes;
  const std::string too_long = "the words of one rule or assertion are at most 1 MiB\n";
  const auto rule = [&](std::size_t bytes) {
    std::string names = "a";
    std::size_t words = std::string("ruler" "deny" "a" "forbbyc").size();
    while (words + 3 <= bytes) {
      names += ",\n  ab";
      words += 3;
    }
    if (words < bytes) names.append(bytes - words, 'a');
    return "rule r\n  deny " + names + " for b by c";
  };
  BOOST_TEST(messages(rule(most)) == "");
  BOOST_TEST(messages(rule(most + 1)) == too_long);
  BOOST_TEST(messages(rule(most) + "  # and a comment " + std::string(100, '.')) == "");
  BOOST_TEST(messages(rule(most) + "\n" + rule(most)) == "");
  BOOST_TEST(messages("rule a allow b c\n" + rule(most + 1) + "\nrule d allow e f\n").find(too_long) != std::string::npos);
  BOOST_TEST(messages("assert r never allow a for b by c when x" + std::string(4 * (most / 4), ' ') + " and y") == "");
  std::string chain = "assert r never allow a for b by c when x";
  for (std::size_t i = 0; i < most / 3; ++i) chain += " or x";
  BOOST_TEST(messages(chain) == too_long);
}

BOOST_AUTO_TEST_CASE(languages) {
  for (const char* tag : {"a", "de", "deutsch", "abcdefgh", "de-12345678", "de-1996-x"})
    BOOST_TEST(clause("benefit " + std::string(tag) + " \"x\"") == "", tag);
  for (const char* tag : {"abcdefghi", "de-123456789", "d3", "de--a", "de_DE", "de.DE"})
    BOOST_TEST(clause("benefit " + std::string(tag) + " \"x\"") ==
                   "expected a tag of a language or a text in quotes after `benefit`\n",
               tag);
}

BOOST_AUTO_TEST_SUITE_END()
