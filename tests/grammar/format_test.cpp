// The canonical form: what it looks like, and that it changes neither meaning nor comments, nor itself.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <random>

#include "grammar/random_tree.hpp"
#include "grammar/support.hpp"

using zweck::format;
using zweck::test::dump;
using zweck::test::formatted;
using zweck::test::Parsed;
using zweck::test::RandomTree;

namespace {

std::string condition(const std::string& text) {
  const Parsed parsed("rule r deny any for any by any when " + text);
  if (!parsed.result) return render(parsed.result.diagnostics());
  const auto& rule = std::get<zweck::syntax::Rule>(parsed.result->statements.at(0));
  return format(std::get<zweck::syntax::When>(rule.clauses.at(0).node).condition);
}

void check(const std::string& text) {
  const Parsed parsed(text);
  BOOST_REQUIRE_MESSAGE(parsed.result, text);
  BOOST_TEST(zweck::test::flaw_of_format(parsed) == "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(formats)

BOOST_AUTO_TEST_CASE(keywords_are_aligned) {
  BOOST_TEST(formatted("rule a \"T\" allow b,c for d by e basis consent benefit de \"x\" keep 1 days unless f<3") ==
             "rule a \"T\"\n  allow   b, c for d by e\n  basis   consent\n  benefit de \"x\"\n  keep    1 day\n"
             "  unless  f < 3\n");
  BOOST_TEST(formatted("assert a never allow b for c by d because \"e\" assert f always\nallow\ng for h by i") ==
             "assert a\n  never allow b for c by d\n  because \"e\"\n\nassert f\n  always allow g for h by i\n");
}

BOOST_AUTO_TEST_CASE(the_author_may_spread_the_scope) {
  const std::string spread = "rule a\n  deny    b\n  for     c\n  by      d\n";
  BOOST_TEST(formatted("rule a deny b\nfor c by d") == spread);
  BOOST_TEST(formatted("rule a deny b for c\nby d") == spread);
  BOOST_TEST(formatted(spread) == spread);
  BOOST_TEST(formatted("rule a\ndeny\nb,\nb2 for c by d") == "rule a\n  deny    b, b2 for c by d\n");
}

BOOST_AUTO_TEST_CASE(quotes_only_where_needed) {
  BOOST_TEST(
      formatted(
          "rule \"a\" deny \"b\", \"any b\", \"in\", \"data.x\", \"b-\" for \"Any\" by \"c.d\" when \"e\" = \"f\" "
          "and data.\"g\" and data.\"h i\" and notice \"n\"") ==
      "rule a\n  deny    b, \"any b\", \"in\", \"data.x\", \"b-\" for Any by c.d\n"
      "  when    e = \"f\" and data.g and data.\"h i\" and notice n\n");
}

BOOST_AUTO_TEST_CASE(brackets_of_conditions) {
  BOOST_TEST(condition("((a)) and (b or (c)) or (not (d))") == "a and (b or c) or not d");
  BOOST_TEST(condition("(a and b) or c") == "a and b or c");
  BOOST_TEST(condition("not (a and b)") == "not (a and b)");
  BOOST_TEST(condition("not (not a)") == "not (not a)");
  BOOST_TEST(condition("a or (b or c)") == "a or (b or c)");
  BOOST_TEST(condition("a and (b and c)") == "a and (b and c)");
  BOOST_TEST(condition("(explicit consent within 1 hours under n version 2) and a in { b ,\"c\", 30 day }") ==
             "explicit consent within 1 hour under n version 2 and a in {b, \"c\", 30 days}");
  // Where they explain, the author's own stay in a file.
  BOOST_TEST(formatted("rule r deny a for b by c when (d and (e)) or ((f))") ==
             "rule r\n  deny    a for b by c\n  when    (d and e) or f\n");
  BOOST_TEST(formatted("rule r deny a for b by c when not ((d in e)) or not (f) or not g = 1 or (h = 1)") ==
             "rule r\n  deny    a for b by c\n  when    not (d in e) or not f or not g = 1 or h = 1\n");
  BOOST_TEST(condition("not (a = 1)") == "not a = 1");
}

BOOST_AUTO_TEST_CASE(long_clauses) {
  const std::string a(30, 'a'), b(30, 'b'), c(30, 'c');
  BOOST_TEST(formatted("rule r deny " + a + ", " + b + ", " + c + " for x by y") ==
             "rule r\n  deny    " + a + ", " + b + ",\n          " + c + "\n  for     x\n  by      y\n");
  BOOST_TEST(formatted("rule r deny x for y by z when " + a + " = 1 and (" + b + " or " + c + ") and d") ==
             "rule r\n  deny    x for y by z\n  when    " + a + " = 1\n          and (" + b + " or " + c +
                 ")\n          and d\n");
  BOOST_TEST(formatted("rule r deny x for y by z when x in {" + a + ", " + b + ", " + c + ", d}") ==
             "rule r\n  deny    x for y by z\n  when    x in {" + a + ", " + b + ",\n          " + c + ", d}\n");
  BOOST_TEST(formatted("rule r deny x for y by z except " + a + " for " + b + ", q by " + c) ==
             "rule r\n  deny    x for y by z\n  except  " + a + " for " + b + ", q\n          by " + c + "\n");
}

BOOST_AUTO_TEST_CASE(a_line_of_100_columns_is_not_too_long) {
  // 10 columns of indent and keyword, 79 of the name, 11 of the rest; an umlaut is one column.
  const std::string inner = std::string(40, 'x') + "\303\266 " + std::string(35, 'y');
  BOOST_TEST(formatted("rule r deny \"" + inner + "\" for b by c") ==
             "rule r\n  deny    \"" + inner + "\" for b by c\n");
  BOOST_TEST(formatted("rule r deny \"" + inner + "y\" for b by c") ==
             "rule r\n  deny    \"" + inner + "y\"\n  for     b\n  by      c\n");
}

BOOST_AUTO_TEST_CASE(comments_stay_where_they_are) {
  const std::string text =
      "# the file\n\n# a group\n# of two\n\n# of the rule\nrule r  # first line\n  # before the scope\n"
      "  deny    a,  # of a\n          # before b\n          b  # of b\n  for     c\n  # before by\n  by      d\n"
      "  when    x  # of x\n          and y  # of y\n  # at the end\n  # of the rule\n\n# between\n\nrule s\n"
      "  deny    a for b by c  # last\n\n# the end\n";
  BOOST_TEST(formatted(text) == text);
  check(text);
}

BOOST_AUTO_TEST_CASE(a_comment_on_the_first_line_stays_there) {
  // Suppressions are found there.
  BOOST_TEST(formatted("rule r deny a for b by c  # zweck:ignore x because y\n") ==
             "rule r  # zweck:ignore x because y\n  deny    a for b by c\n");
  BOOST_TEST(formatted("rule r deny a for b by c rule s deny a for b by c # of s") ==
             "rule r\n  deny    a for b by c\n\nrule s  # of s\n  deny    a for b by c\n");
}

BOOST_AUTO_TEST_CASE(comments_below_a_rule) {
  // Indented and close: part of the rule. Otherwise it speaks of the next.
  BOOST_TEST(
      formatted("rule r deny a for b by c\n # when d\nrule s deny a for b by c\n# of t\nrule t deny a for b by c") ==
      "rule r\n  deny    a for b by c\n  # when d\n\nrule s\n  deny    a for b by c\n\n# of t\nrule t\n"
      "  deny    a for b by c\n");
}

BOOST_AUTO_TEST_CASE(line_ends_and_blanks) {
  BOOST_TEST(formatted("") == "");
  BOOST_TEST(formatted("\n\n# a  \t\r\n\r\n\r\n\r\n# b\r\n") == "# a\n\n# b\n");
  BOOST_TEST(formatted("\n\nrule r deny a for b by c\n\n\n\nrule s deny a for b by c") ==
             "rule r\n  deny    a for b by c\n\nrule s\n  deny    a for b by c\n");
}

BOOST_AUTO_TEST_CASE(quoting) {
  BOOST_TEST(zweck::quote_name("a.b-c_9") == "a.b-c_9");
  for (const char* name :
       {"", "a-", "a.", "9a", "-a", "a b", "any", "rule", "data.x", "purpose.", "partner.a", "\303\266"})
    BOOST_TEST(zweck::quote_name(name) == std::string("\"") + name + "\"");
  BOOST_TEST(zweck::quote_name("data") == "\"data\"");
  BOOST_TEST(zweck::quote_name("dataset") == "dataset");
  BOOST_TEST(zweck::quote_string("a\"b\\c") == "\"a\\\"b\\\\c\"");
  BOOST_TEST(zweck::is_keyword("legitimate-interest"));
  BOOST_TEST(!zweck::is_keyword("Rule"));
  BOOST_TEST(!zweck::is_keyword(""));
}

BOOST_AUTO_TEST_CASE(every_keyword_is_reserved) {
  // Section 3 of the language: 55 words.
  const std::string words =
      "rule assert allow deny for by any except when unless from until basis benefit keep oblige because contract "
      "legal-obligation vital-interest public-task legitimate-interest not-personal never always or and not objection "
      "explicit consent within under version notice in has data purpose partner true false minute minutes hour hours "
      "day "
      "days week weeks month months year years";
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    BOOST_TEST(zweck::is_keyword(word), word);
    BOOST_TEST(!Parsed("rule " + word + " deny a for b by c").result, word);
    // Quoted, all but `any` are names.
    BOOST_TEST(static_cast<bool>(Parsed("rule \"" + word + "\" deny a for b by c").result) == (word != "any"), word);
  }
}

BOOST_AUTO_TEST_CASE(the_sample_and_the_policies) {
  check(std::string(zweck::test::sample));
  int files = 0;
  const std::filesystem::path root = ZWECK_SOURCE_DIR;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "policies")) {
    if (entry.path().extension() != ".zweck") continue;
    check(zweck::test::file_text(std::filesystem::relative(entry.path(), root).string()));
    ++files;
  }
  BOOST_TEST(files > 0);
}

BOOST_AUTO_TEST_CASE(random_trees_come_back) {
  for (std::uint32_t seed = 0; seed < 3'000; ++seed) {
    const zweck::syntax::File file = RandomTree(seed).file();
    const std::string text = format(zweck::Sources(), file);
    const Parsed parsed(text);
    BOOST_REQUIRE_MESSAGE(parsed.result, "seed " << seed << ":\n" << text << zweck::test::read(text));
    BOOST_REQUIRE_MESSAGE(dump(*parsed.result) == dump(file), "seed " << seed << ":\n" << text << dump(file));
    BOOST_REQUIRE_MESSAGE(format(parsed.sources, *parsed.result) == text, "seed " << seed << ":\n" << text);
    // Only a text or a name alone may be longer than a line.
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) BOOST_TEST(!line.ends_with(' '));
  }
}

BOOST_AUTO_TEST_CASE(random_conditions_come_back) {
  for (std::uint32_t seed = 0; seed < 3'000; ++seed) {
    const zweck::syntax::Condition whole = RandomTree(seed).condition(5);
    const std::string text = format(whole);
    BOOST_REQUIRE_MESSAGE(zweck::test::condition(text) == dump(whole), "seed " << seed << ": " << text);
    BOOST_TEST(condition(text) == text);
  }
}

// Comments and line ends between any two words.
BOOST_AUTO_TEST_CASE(comments_anywhere) {
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    std::mt19937 random(seed);
    const std::string text = format(zweck::Sources(), RandomTree(seed).file());
    std::string spread;
    bool in_string = false;
    int number = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (in_string && c == '\\') spread += text[i++];
      if (c == '"') in_string = !in_string;
      const bool gap = !in_string && (c == ' ' || c == '\n');
      spread += gap && random() % 8 == 0 ? ' ' : text[i];
      if (!gap) continue;
      switch (random() % 12) {
        case 0:
          spread += "# " + std::to_string(number++) + "\n";
          break;
        case 1:
          spread += "\n  # " + std::to_string(number++) + "\n";
          break;
        case 2:
          spread += "\n\n# " + std::to_string(number++) + " \n\n";
          break;
        case 3:
          spread += "\n";
          break;
        default:
          break;
      }
    }
    check(spread);
  }
}

BOOST_AUTO_TEST_SUITE_END()
