// Every production of grammar/zweck.ebnf, by the tree it becomes.
#include <boost/test/unit_test.hpp>

#include "grammar/support.hpp"

using zweck::test::condition;
using zweck::test::read;

namespace {

// The clauses of an allow rule with nothing else to say.
std::string clauses(const std::string& text) {
  const std::string head = "rule r allow [a] for [b] by [c]";
  const std::string tree = read("rule r allow a for b by c " + text);
  return tree.starts_with(head) ? tree.substr(head.size()) : tree;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(accepts)

BOOST_AUTO_TEST_CASE(nothing_at_all) {
  BOOST_TEST(read("") == "");
  BOOST_TEST(read(" \t\r\n\n") == "");
  BOOST_TEST(read("# only this") == "own line: # only this\n");
}

BOOST_AUTO_TEST_CASE(rules_and_assertions) {
  BOOST_TEST(read("rule a deny b for c by d") == "rule a deny [b] for [c] by [d]\n");
  BOOST_TEST(read("rule a \"Title\" deny b for c by d") == "rule a \"Title\" deny [b] for [c] by [d]\n");
  BOOST_TEST(read("rule \"a b\" \"\" deny any for any by any") == "rule a b \"\" deny any for any by any\n");
  BOOST_TEST(read("assert a never allow b for c by d") == "assert a never-allow [b] for [c] by [d]\n");
  BOOST_TEST(read("assert a \"T\" always allow b for c by d") == "assert a \"T\" always-allow [b] for [c] by [d]\n");
  BOOST_TEST(
      read("rule a deny b for c by d rule e deny f for g by h assert i never allow j for k by l") ==
      "rule a deny [b] for [c] by [d]\nrule e deny [f] for [g] by [h]\nassert i never-allow [j] for [k] by [l]\n");
}

BOOST_AUTO_TEST_CASE(lists_of_names) {
  BOOST_TEST(read("rule a deny b,c , d for e,\nf by \"g\",\"h, i\"") ==
             "rule a deny [b, c, d] for [e, f] by [g, h, i]\n");
  BOOST_TEST(read("rule a deny any for b by any") == "rule a deny any for [b] by any\n");
}

BOOST_AUTO_TEST_CASE(names) {
  BOOST_TEST(read("rule A9._-z deny a.b.c for d-1 by e_") == "rule A9._-z deny [a.b.c] for [d-1] by [e_]\n");
  // Keywords are in lower case and whole words.
  BOOST_TEST(read("rule Rule deny Any for rules by allow-me") == "rule Rule deny [Any] for [rules] by [allow-me]\n");
  BOOST_TEST(read("rule data-x deny database for purposes by partner_") ==
             "rule data-x deny [database] for [purposes] by [partner_]\n");
  // Any text can be a name in quotes, keywords and what begins like an attribute included.
  BOOST_TEST(read("rule \"rule\" deny \"data.x\" for \"Acme & S\303\266hne\" by \"7-eleven\", \"x\\\"\\\\\"") ==
             "rule rule deny [data.x] for [Acme & S\303\266hne] by [7-eleven, x\"\\]\n");
}

BOOST_AUTO_TEST_CASE(invisible_characters_within_strings_and_comments) {
  BOOST_TEST(read("rule \"a\342\200\213b\" deny a for b by c # \342\200\256") ==
             "rule a\342\200\213b deny [a] for [b] by [c]\nafter text: # \342\200\256\n");
}

BOOST_AUTO_TEST_CASE(bases) {
  for (const char* basis : {"contract", "legal-obligation", "vital-interest", "public-task", "legitimate-interest",
                            "not-personal", "consent"})
    BOOST_TEST(clauses(std::string("basis ") + basis) == std::string("\n  basis ") + basis + "\n");
  BOOST_TEST(clauses("basis explicit consent") == "\n  basis explicit-consent\n");
  BOOST_TEST(clauses("basis consent within 1 hour") == "\n  basis consent within 3600s\n");
  BOOST_TEST(clauses("basis consent under n") == "\n  basis consent under n\n");
  BOOST_TEST(clauses("basis explicit consent within 13 months under \"the n\" version 2") ==
             "\n  basis explicit-consent within 33696000s under the n version 2\n");
}

BOOST_AUTO_TEST_CASE(excepts) {
  BOOST_TEST(clauses("basis contract except a") == "\n  basis contract\n  except data [a]\n");
  BOOST_TEST(clauses("basis contract except any") == "\n  basis contract\n  except data any\n");
  BOOST_TEST(clauses("basis contract except for a, b") == "\n  basis contract\n  except for [a, b]\n");
  BOOST_TEST(clauses("basis contract except by \"a\"") == "\n  basis contract\n  except by [a]\n");
  BOOST_TEST(clauses("basis contract except a for b") == "\n  basis contract\n  except data [a] for [b]\n");
  BOOST_TEST(clauses("basis contract except a by b") == "\n  basis contract\n  except data [a] by [b]\n");
  BOOST_TEST(clauses("basis contract except for any by b") == "\n  basis contract\n  except for any by [b]\n");
  BOOST_TEST(clauses("except a, b for c by d except e basis contract") ==
             "\n  except data [a, b] for [c] by [d]\n  except data [e]\n  basis contract\n");
}

BOOST_AUTO_TEST_CASE(times_and_durations) {
  BOOST_TEST(clauses("basis contract from 2024-02-29 until 9999-12-31") ==
             "\n  basis contract\n  from 2024-02-29\n  until 9999-12-31\n");
  const std::pair<const char*, const char*> durations[] = {
      {"1 minute", "60s"},    {"2 minutes", "120s"},   {"1 hours", "3600s"},     {"1 day", "86400s"},
      {"3 week", "1814400s"}, {"1 month", "2592000s"}, {"2 months", "5184000s"}, {"1 years", "31536000s"}};
  for (const auto& [written, seconds] : durations)
    BOOST_TEST(clauses(std::string("basis contract keep ") + written) ==
               std::string("\n  basis contract\n  keep ") + seconds + "\n");
}

BOOST_AUTO_TEST_CASE(texts) {
  BOOST_TEST(
      clauses("basis contract benefit \"a\" benefit de \"b\" benefit pt-BR \"c\" benefit zh-Hans-CN \"\"") ==
      "\n  basis contract\n  benefit \"a\"\n  benefit de \"b\"\n  benefit pt-BR \"c\"\n  benefit zh-Hans-CN \"\"\n");
  // A tag may look like a keyword.
  BOOST_TEST(clauses("basis contract benefit in \"a\" benefit or \"b\" benefit rule \"c\"") ==
             "\n  basis contract\n  benefit in \"a\"\n  benefit or \"b\"\n  benefit rule \"c\"\n");
  BOOST_TEST(clauses("basis contract because \"a # b\" because \"\\\"\\\\\"") ==
             "\n  basis contract\n  because \"a # b\"\n  because \"\\\"\\\\\"\n");
}

BOOST_AUTO_TEST_CASE(obligations) {
  BOOST_TEST(clauses("basis contract oblige log oblige Log oblige \"keep\"") ==
             "\n  basis contract\n  oblige log\n  oblige Log\n  oblige keep\n");
  BOOST_TEST(clauses("basis contract oblige log oblige log") == "\n  basis contract\n  oblige log\n  oblige log\n");
}

BOOST_AUTO_TEST_CASE(clauses_of_others) {
  BOOST_TEST(
      read("rule r deny a for b by c except for d when e unless f from 2026-01-01 until 2026-01-01 because \"g\"") ==
      "rule r deny [a] for [b] by [c]\n  except for [d]\n  when <e>\n  unless <f>\n  from 2026-01-01\n"
      "  until 2026-01-01\n  because \"g\"\n");
  BOOST_TEST(read("assert r never allow a for b by c except for d except e when f unless g because \"h\"") ==
             "assert r never-allow [a] for [b] by [c]\n  except for [d]\n  except data [e]\n  when <f>\n  unless <g>\n"
             "  because \"h\"\n");
}

BOOST_AUTO_TEST_CASE(not_before_and_before_or) {
  BOOST_TEST(condition("a or b and not c or d") == "(or <a> (and <b> (not <c>)) <d>)");
  BOOST_TEST(condition("not a and b or c") == "(or (and (not <a>) <b>) <c>)");
  BOOST_TEST(condition("a and b and c") == "(and <a> <b> <c>)");
  BOOST_TEST(condition("not a = 1") == "(not <a = 1>)");
}

BOOST_AUTO_TEST_CASE(brackets) {
  BOOST_TEST(condition("(a)") == "<a>");
  BOOST_TEST(condition("((a or b)) and c") == "(and (or <a> <b>) <c>)");
  BOOST_TEST(condition("a or (b or c)") == "(or <a> (or <b> <c>))");
  BOOST_TEST(condition("not (not (a))") == "(not (not <a>))");
  BOOST_TEST(condition("not(a)or(b)") == "(or (not <a>) <b>)");
}

BOOST_AUTO_TEST_CASE(what_the_ledger_says) {
  BOOST_TEST(condition("consent") == "<consent>");
  BOOST_TEST(condition("explicit consent within 2 weeks under n version 3 or objection") ==
             "(or <explicit-consent within 1209600s under n version 3> <objection>)");
  BOOST_TEST(condition("notice n and notice \"n\" version 2") == "(and <notice n> <notice n version 2>)");
}

BOOST_AUTO_TEST_CASE(tests) {
  for (const char* op : {"=", "!=", "<", "<=", ">", ">="}) {
    BOOST_TEST(condition(std::string("a ") + op + " 1") == std::string("<a ") + op + " 1>");
    BOOST_TEST(condition(std::string("a") + op + "1") == std::string("<a ") + op + " 1>");
  }
  BOOST_TEST(condition("logged-in") == "<logged-in>");
  BOOST_TEST(condition("\"in\" = \"in\"") == "<in = \"in\">");
  BOOST_TEST(condition("a in b") == "<a in b>");
  BOOST_TEST(condition("a in {b}") == "<a in {b}>");
  BOOST_TEST(condition("a in {b, \"c\", 3, -4, 2026-01-01, 2 days, true, false}") ==
             "<a in {b, \"c\", 3, -4, 2026-01-01, 172800s, #true, #false}>");
  BOOST_TEST(condition("a has b") == "<a has b>");
  BOOST_TEST(condition("a has \"\"") == "<a has \"\">");
}

BOOST_AUTO_TEST_CASE(what_the_point_has) {
  BOOST_TEST(condition("data = a and purpose in partner.purposes and partner.set has purpose") ==
             "(and <the data = a> <the purpose in the partner's purposes> <the partner's set has the purpose>)");
  BOOST_TEST(condition("data.a.b-c = purpose.x and partner.\"odd \\\"one\\\"\"") ==
             "(and <the data's a.b-c = the purpose's x> <the partner's odd \"one\">)");
  BOOST_TEST(condition("data.\"in\" = partner.inside") == "<the data's in = the partner's inside>");
}

BOOST_AUTO_TEST_CASE(literals) {
  BOOST_TEST(condition("a = 0 or a = -1 or a = 9223372036854775807 or a = -9223372036854775808") ==
             "(or <a = 0> <a = -1> <a = 9223372036854775807> <a = -9223372036854775808>)");
  BOOST_TEST(condition("a = 0000-01-01 or a = 5 minutes") == "(or <a = 0000-01-01> <a = 300s>)");
  BOOST_TEST(condition("a = true and a != false") == "(and <a = #true> <a != #false>)");
}

BOOST_AUTO_TEST_CASE(white_space_means_nothing_else) {
  const std::string expected = read("rule r allow a for b by c when d = 1 and e basis consent under f keep 3 days");
  BOOST_TEST(read("rule\nr\nallow\r\na\tfor\n\n\nb by c when d\n=\n1\nand e basis\nconsent under\nf keep\n3\ndays\n") ==
             expected);
  BOOST_TEST(read("rule r allow a for b by c when d=1 and e basis consent under f keep 3 days") == expected);
}

BOOST_AUTO_TEST_CASE(comments) {
  BOOST_TEST(read("# a\r\nrule r # b\ndeny a # c # d\n\t# e\nfor b by c#f\n#") ==
             "rule r deny [a] for [b] by [c]\nown line: # a\nafter text: # b\nafter text: # c # d\nown line: # e\n"
             "after text: #f\nown line: #\n");
  BOOST_TEST(read("rule r deny \"# no comment\" for b by c") == "rule r deny [# no comment] for [b] by [c]\n");
  // What stands in a comment or a text begins no rule.
  BOOST_TEST(read("# rule x\nrule r deny a for b by c because \"rule y deny any for any by any\"") ==
             "rule r deny [a] for [b] by [c]\n  because \"rule y deny any for any by any\"\nown line: # rule x\n");
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_skipped) {
  BOOST_TEST(read("\357\273\277rule r deny a for b by c") == "rule r deny [a] for [b] by [c]\n");
}

BOOST_AUTO_TEST_CASE(places) {
  const std::string text =
      "# c\nrule r \"t\" allow a, b for c by any\n  basis consent under n\n  when (x = 1) and not data.y\n";
  const zweck::test::Parsed parsed(text);
  BOOST_REQUIRE(parsed.result);
  const auto written = [&](zweck::Span span) { return std::string(parsed.sources.text(span)); };
  const auto& rule = std::get<zweck::syntax::Rule>(parsed.result->statements.at(0));
  BOOST_TEST(written(rule.span) == text.substr(4, text.size() - 5));
  BOOST_TEST(written(rule.keyword) == "rule");
  BOOST_TEST(written(rule.name.span) == "r");
  BOOST_TEST(written(rule.title->span) == "\"t\"");
  BOOST_TEST(written(rule.scope.span) == "a, b for c by any");
  BOOST_TEST(written(rule.scope.data.span) == "a, b");
  BOOST_TEST(written(rule.scope.data.names.at(1).span) == "b");
  BOOST_TEST(written(rule.scope.partner.span) == "any");
  BOOST_TEST(written(rule.clauses.at(0).span) == "basis consent under n");
  const auto& basis = std::get<zweck::syntax::Basis>(rule.clauses.at(0).node);
  BOOST_TEST(written(basis.span) == "consent under n");
  BOOST_TEST(written(basis.consent.under->span) == "n");
  const auto& when = std::get<zweck::syntax::When>(rule.clauses.at(1).node).condition;
  BOOST_TEST(written(when.span) == "(x = 1) and not data.y");
  const auto& parts = std::get<zweck::syntax::And>(when.node).parts;
  BOOST_TEST(written(parts.at(0).span) == "(x = 1)");
  BOOST_TEST(parts.at(0).bracketed);
  BOOST_TEST(!when.bracketed);
  const auto& test = std::get<zweck::syntax::Test>(parts.at(0).node);
  BOOST_TEST(written(test.op_span) == "=");
  BOOST_TEST(written(span_of(std::get<zweck::syntax::Literal>(test.right))) == "1");
  const auto& negated = std::get<zweck::syntax::Not>(parts.at(1).node);
  BOOST_TEST(written(parts.at(1).span) == "not data.y");
  const auto& own = std::get<zweck::syntax::Own>(std::get<zweck::syntax::Test>(negated.part.at(0).node).left);
  BOOST_TEST(written(own.span) == "data.y");
  BOOST_TEST(written(own.attribute->span) == "y");
  BOOST_TEST(written(parsed.result->comments.at(0).span) == "# c");
}

BOOST_AUTO_TEST_CASE(the_sample) {
  const zweck::test::Parsed parsed{std::string(zweck::test::sample)};
  BOOST_REQUIRE_MESSAGE(parsed.result, zweck::test::read(std::string(zweck::test::sample)));
  BOOST_TEST(parsed.result->statements.size() == 4u);
  BOOST_TEST(parsed.result->comments.size() == 7u);
}

BOOST_AUTO_TEST_SUITE_END()
