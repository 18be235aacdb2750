// Texts that nobody would write: cut off, changed at random, nested without end, huge, binary. Always a mistake with
// its place or a tree, in time that grows with the text alone.
#include <boost/test/unit_test.hpp>
#include <random>

#include "grammar/random_tree.hpp"
#include "grammar/support.hpp"
#include "text/limits.hpp"

using zweck::Diagnostics;
using zweck::test::Parsed;

namespace {

constexpr std::size_t million = 1'000'000;
const std::string head = "rule r deny a for b by c when ";
const std::string long_statement = "the words of one rule or assertion are at most 1 MiB";

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// A tree that says of itself what it came from, or mistakes that are whole.
void check(const std::string& text) {
  const Parsed parsed(text);
  if (parsed.result) {
    BOOST_TEST(zweck::test::flaw_of_format(parsed) == "");
    return;
  }
  BOOST_TEST(!parsed.result.diagnostics().empty());
  for (const zweck::Diagnostic& mistake : parsed.result.diagnostics()) {
    BOOST_TEST((mistake.check == "syntax-error" || mistake.check == "invalid-text"));
    BOOST_TEST(!mistake.message.empty());
    BOOST_TEST(mistake.place.line > 0u);
    BOOST_TEST(mistake.place.column > 0u);
    BOOST_TEST(mistake.place.text.size() < 2'000u);
  }
  BOOST_TEST(!render(parsed.result.diagnostics()).empty());
}

std::string only_message(const std::string& text) {
  const Parsed parsed(text);
  BOOST_REQUIRE(!parsed.result);
  BOOST_TEST(parsed.result.diagnostics().size() == 1u);
  return parsed.result.diagnostics().front().message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(cut_off_at_every_byte) {
  const std::string text(zweck::test::sample);
  for (std::size_t length = 0; length <= text.size(); ++length) check(text.substr(0, length));
}

BOOST_AUTO_TEST_CASE(without_each_byte) {
  const std::string text(zweck::test::sample);
  for (std::size_t at = 0; at < text.size(); ++at) check(text.substr(0, at) + text.substr(at + 1));
}

BOOST_AUTO_TEST_CASE(changed_at_random) {
  const std::string text(zweck::test::sample);
  const char* const pieces[] = {"rule ", "assert ", "\"",   "(",    ")",     "{",        "}",
                                ",",     "#",       "\n",   "not ", " and ", " or ",     "=",
                                "-",     "data.",   "any ", "1",    "\\",    "\303\266", "\342\200\213",
                                "\377",  "\1",      "in ",  "for ", "by ",   "basis ",   "keep 3 days "};
  for (std::uint32_t seed = 0; seed < 4'000; ++seed) {
    std::mt19937 random(seed);
    std::string changed = text;
    for (int i = static_cast<int>(random() % 4); i >= 0; --i) {
      const std::size_t at = random() % changed.size();
      switch (random() % 5) {
        case 0:
          changed.erase(at, 1 + random() % 20);
          break;
        case 1:
          changed.insert(at, changed.substr(random() % changed.size(), random() % 40));
          break;
        case 2:
          changed[at] = static_cast<char>(random() % 256);
          break;
        default:
          changed.insert(at, pieces[random() % std::size(pieces)]);
      }
    }
    check(changed);
  }
}

BOOST_AUTO_TEST_CASE(words_in_any_order) {
  const char* const words[] = {
      "rule",    "assert",  "allow",     "deny",   "never", "always",   "for",  "by",      "any",        "a",
      "\"b\"",   ",",       "(",         ")",      "{",     "}",        "when", "unless",  "not",        "and",
      "or",      "consent", "explicit",  "within", "under", "version",  "3",    "days",    "2026-01-01", "=",
      "in",      "has",     "data.x",    "data",   "basis", "contract", "keep", "benefit", "de",         "except",
      "because", "notice",  "objection", "true",   "\n",    "# c\n"};
  for (std::uint32_t seed = 0; seed < 4'000; ++seed) {
    std::mt19937 random(seed);
    std::string text = seed % 2 == 0 ? head : "";
    for (std::size_t i = random() % 60; i > 0; --i) text += std::string(words[random() % std::size(words)]) + ' ';
    check(text);
  }
}

BOOST_AUTO_TEST_CASE(any_bytes) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    std::mt19937 random(seed);
    std::string bytes, letters;
    for (int i = 0; i < 300; ++i) {
      bytes += static_cast<char>(random() % 256);
      letters += static_cast<char>(1 + random() % 127);
    }
    check(bytes);
    check(letters);
  }
  std::mt19937 random(1);
  std::string symbols;
  for (std::size_t i = 0; i < million; ++i) symbols += "()\"#ab\n ,{}=<>!1"[random() % 16];
  check(symbols);
}

BOOST_AUTO_TEST_CASE(nesting_without_end) {
  const std::string deep = "brackets within brackets more than 64 deep";
  BOOST_TEST(only_message(head + repeated("(", million)) == deep);
  BOOST_TEST(only_message(head + repeated("(", million) + "x" + repeated(")", million)) == long_statement);
  BOOST_TEST(only_message(head + repeated("not (", million) + "x" + repeated(")", million)) == long_statement);
  BOOST_TEST(only_message(head + repeated("not ", million) + "x") == long_statement);
  constexpr std::size_t many = million / 10;
  BOOST_TEST(only_message(head + repeated("(", many) + "x" + repeated(")", many)) == deep);
  BOOST_TEST(only_message(head + repeated("not (", many) + "x" + repeated(")", many)) == deep);
  BOOST_TEST(only_message(head + repeated("not ", many) + "x") == "expected a condition after `not`");
  BOOST_TEST(only_message(head + "x" + repeated(")", million)) ==
             "expected a comparison, `and`, `or` or the next clause after `x`");
  BOOST_TEST(only_message(head + "x in " + repeated("{", million)) == "expected a value after `{`");
}

BOOST_AUTO_TEST_CASE(long_lines) {
  constexpr std::size_t most = zweck::limits::file_bytes;
  BOOST_TEST(only_message(std::string(most + 1, ' ')) == "the file is larger than 32 MiB");
  BOOST_TEST(only_message(std::string(100'000'000, 'a')) == "the file is larger than 32 MiB");
  BOOST_TEST(static_cast<bool>(Parsed(std::string(most, ' ')).result));
  BOOST_TEST(only_message(std::string(most, 'a')) == "expected `rule` or `assert`");
  BOOST_TEST(only_message("\"" + std::string(most - 1, 'a')) == "this text is not closed on its line");
  BOOST_TEST(only_message(std::string(million, ',')) == "expected `rule` or `assert`");
  BOOST_TEST(only_message(repeated("rule ", million)) == "expected a name for the rule after `rule`");
  check(repeated("@ ", million));
}

BOOST_AUTO_TEST_CASE(long_lists) {
  const std::string all_names = "rule r deny a" + repeated(", a", million) + " for b by c";
  BOOST_TEST(only_message(all_names) == long_statement);
  constexpr std::size_t many = million / 4;
  const Parsed names("rule r deny a" + repeated(", a", many) + " for b by c");
  BOOST_REQUIRE(names.result);
  BOOST_TEST(std::get<zweck::syntax::Rule>(names.result->statements.front()).scope.data.names.size() == many + 1);
  const Parsed parts(head + "x" + repeated(" or x", many));
  BOOST_REQUIRE(parts.result);
  std::string duties = "rule r allow a for b by c basis contract";
  for (std::size_t i = 0; i < 60'000; ++i) duties += " oblige n" + std::to_string(i);
  BOOST_TEST(static_cast<bool>(Parsed(duties).result));
}

BOOST_AUTO_TEST_CASE(mistakes_without_end) {
  const Parsed rules(repeated("rule r\n", million));
  BOOST_REQUIRE(!rules.result);
  BOOST_TEST(rules.result.diagnostics().size() == zweck::limits::diagnostics + 1);
  BOOST_TEST(rules.result.diagnostics().back().message == "after 200 mistakes the rest of the file is not read");
  BOOST_TEST(rules.result.diagnostics().back().place.line == 201u);

  const Parsed clauses("rule r allow a for b by c basis contract" + repeated(" keep 1 day", million / 10));
  BOOST_REQUIRE(!clauses.result);
  BOOST_TEST(clauses.result.diagnostics().size() == zweck::limits::diagnostics + 1);

  const Parsed enough(repeated("rule r\n", zweck::limits::diagnostics - 1));
  BOOST_REQUIRE(!enough.result);
  BOOST_TEST(enough.result.diagnostics().size() == zweck::limits::diagnostics - 1);
}

BOOST_AUTO_TEST_SUITE_END()
