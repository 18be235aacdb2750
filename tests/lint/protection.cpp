// Rules that bring about the same in other words, and rules that only look like it.
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "lint/setup.hpp"
#include "zweck/engine.hpp"

namespace lint_test {

namespace {

// The data-protection checks that find one rule with these clauses, but `missing-retention`.
std::string found(const std::string& scope, const std::string& clauses) {
  std::istringstream lines(text_of(findings_of(set_of("rule a allow " + scope + " " + clauses + " keep 1 day"))));
  std::string names;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t begin = line.find(' ') + 1;
    const std::string name = line.substr(begin, line.find(':', begin) - begin);
    const zweck::lint::Check* check = zweck::lint::find_check(name);
    if (check->group == zweck::lint::Group::protection) names += (names.empty() ? "" : " ") + name;
  }
  return names;
}

const std::string to_partners = "purchases for advertising by carriers", to_shop = "purchases for advertising by shop";

}  // namespace

BOOST_AUTO_TEST_SUITE(protection)

BOOST_AUTO_TEST_CASE(a_benefit_is_more_than_blanks) {
  const std::string sizes = "sizes for delivery by shop";
  BOOST_TEST(found(sizes, "basis contract") == "missing-benefit");
  BOOST_TEST(found(sizes, "basis contract benefit \"\"") == "missing-benefit");
  BOOST_TEST(found(sizes, "basis contract benefit de \" \" benefit \"\"") == "missing-benefit");
  BOOST_TEST(found(sizes, "basis contract benefit de \"Passt\"") == "");
  BOOST_TEST(found("personal for delivery by shop", "basis contract") == "missing-benefit");
  BOOST_TEST(found("personal for delivery by shop", "except sizes basis contract") == "");
  BOOST_TEST(found("personal for delivery by shop", "unless data.volunteered basis contract") == "");
  BOOST_TEST(found("personal for delivery by shop", "when data in {address, purchases} basis contract") == "");
}

BOOST_AUTO_TEST_CASE(silence_as_a_yes_to_somebody_else) {
  const std::string basis = "basis legitimate-interest ";
  BOOST_TEST(found(to_partners, basis + "when notice terms") == "partner-on-opt-out");
  BOOST_TEST(found("purchases for advertising by any", basis + "when notice terms and partner.first-party") == "");
  BOOST_TEST(found("purchases for advertising by any", basis + "when notice terms unless not (partner = shop)") == "");
  BOOST_TEST(found("purchases for advertising by any", basis + "when notice terms except by carriers") == "");
  // Who has to say yes is not taken at their silence.
  BOOST_TEST(found(to_partners, basis + "when notice terms and consent") == "");
  BOOST_TEST(found(to_partners, basis + "when notice terms unless not explicit consent under terms") == "");
  BOOST_TEST(found(to_partners, basis + "when notice terms and (consent or gpc)") == "partner-on-opt-out");
}

BOOST_AUTO_TEST_CASE(an_objection_nobody_knows_of) {
  const std::string basis = "basis legitimate-interest ";
  BOOST_TEST(found(to_shop, basis) == "hidden-opt-out");
  BOOST_TEST(found(to_shop, basis + "when notice terms") == "");
  BOOST_TEST(found(to_shop, basis + "unless not notice terms version 1") == "");
  BOOST_TEST(found(to_shop, basis + "when notice terms or gpc") == "hidden-opt-out");
  BOOST_TEST(found(to_shop, basis + "when notice terms or gpc and not gpc") == "");
  BOOST_TEST(found(to_shop, basis + "unless notice terms version 2") == "hidden-opt-out");
  BOOST_TEST(found(to_shop, basis + "when consent under terms") == "hidden-opt-out");
  BOOST_TEST(found("health for advertising by shop", basis) == "special-out-of-reach");
}

BOOST_AUTO_TEST_CASE(a_consent_of_somebody_who_was_told_nothing) {
  const std::string adult = "unless age < 16 basis ";
  BOOST_TEST(found(to_shop, adult + "consent") == "missing-notice");
  BOOST_TEST(found(to_shop, adult + "consent under terms version 1") == "");
  BOOST_TEST(found(to_shop, adult + "consent when notice terms") == "");
  BOOST_TEST(found(to_shop, adult + "consent when notice terms or gpc") == "missing-notice");
  BOOST_TEST(found(to_shop, adult + "consent when consent under terms") == "");
  // The consent that the rule stands on need not be the one that its condition asks for.
  BOOST_TEST(found(to_shop, adult + "explicit consent when consent under terms") == "missing-notice");
  BOOST_TEST(found(to_shop, adult + "explicit consent when explicit consent under terms") == "");
  BOOST_TEST(found(to_shop, adult + "consent within 1 year when consent under terms") == "missing-notice");
  BOOST_TEST(found(to_shop, adult + "consent within 1 year when consent within 1 year under terms") == "");
  BOOST_TEST(found("health for delivery by shop", adult + "consent when consent under terms") == "missing-notice");
}

BOOST_AUTO_TEST_CASE(children) {
  const std::string told = "basis consent when notice terms ";
  for (const std::string guard : {"unless age < 16", "and age >= 16", "and not (age <= 15)", "and age in {17, 20}",
                                  "and (age > 20 or age >= 16 and gpc)", "and age != 3 unless age < 16 or gpc"})
    BOOST_TEST(found(to_shop, told + guard) == "", guard);
  for (const std::string guard : {"", "unless age < 15", "and age != 3", "and (age >= 16 or gpc)", "unless age < 16 and gpc",
                                  "unless age > 15", "and age = 15"})
    BOOST_TEST(found(to_shop, told + guard) == "minors-unguarded", guard);
  BOOST_TEST(found(to_shop, "basis consent under terms") == "");
  BOOST_TEST(found(to_shop, "basis consent when consent under terms") == "");
  BOOST_TEST(found(to_shop, "basis explicit consent when consent under terms and notice terms") == "minors-unguarded");
}

BOOST_AUTO_TEST_CASE(special_data_by_name) {
  BOOST_TEST(found("address, health for delivery by shop", "basis contract") == "special-out-of-reach");
  BOOST_TEST(found("personal for delivery by shop", "basis contract benefit \"b\"") == "");
  BOOST_TEST(found("health for delivery by shop", "basis vital-interest") == "");
  BOOST_TEST(found("health for delivery by shop", "basis explicit consent under terms") == "");
}

BOOST_AUTO_TEST_CASE(everything_by_any_name) {
  const std::string vocabulary =
      "data: {all: , one: {in: all}, two: {in: all}, a: {in: one}, b: {in: one}, c: {in: two}, alone: }\n"
      "purposes: {p: }\npartners: {firms: , near: {in: firms}, far: {in: firms}, x: {in: near}, y: {in: far}, us: }\n";
  const auto is_found = [&](const std::string& data, const std::string& partners) {
    const std::string rule = "rule r allow " + data + " for p by " + partners + " basis legal-obligation keep 1 day";
    return !text_of(findings_of(set_of(rule, vocabulary)), "overbroad-allow").empty();
  };
  for (const std::string data : {"any", "all", "one, two", "one, c, two", "alone, all"})
    for (const std::string partners : {"any", "firms", "near, far", "us, far, near"})
      BOOST_TEST(is_found(data, partners), data << " by " << partners);
  for (const std::string data : {"one", "two, a, b", "a, b, c", "a, b, c, alone", "alone"}) BOOST_TEST(!is_found(data, "any"), data);
  for (const std::string partners : {"near", "x, y", "x, y, us", "us"}) BOOST_TEST(!is_found("any", partners), partners);
}

// Who asks for derived data asks for its sources as well, so that these are granted in the example.
BOOST_AUTO_TEST_CASE(examples_of_derived_data) {
  const std::string vocabulary =
      "data: {wardrobe: , profile: {derived-from: wardrobe}}\npurposes: {p: }\npartners: {q: }\nnotices: {n: {version: 1}}\n";
  const std::string rules =
      "rule a allow profile for p by q basis legitimate-interest keep 1 day\n"
      "rule b allow wardrobe for p by q basis explicit consent under n keep 1 day\n"
      "assert c never allow profile for p by q\n";
  const zweck::LoadedSet set = set_of(rules, vocabulary);
  const auto engine = zweck::Engine::from_texts({{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}});
  std::size_t allowed = 0;
  for (const auto& finding : findings_of(set)) {
    if (!finding.example || finding.diagnostic.severity == zweck::Severity::info) continue;
    const auto answer = engine->answer_json(zweck::to_json(set.model.vocabulary, *finding.example));
    BOOST_TEST(answer.allowed(), finding.diagnostic.check);
    BOOST_TEST(finding.diagnostic.help.find("sources") == std::string::npos);
    allowed += answer.allowed();
  }
  BOOST_TEST(allowed == 3);  // hidden-opt-out, partner-on-opt-out, failed-assertion
}

// Findings about what is written have an example, too, where there is one.
BOOST_AUTO_TEST_CASE(examples) {
  const zweck::LoadedSet set = set_of(
      "rule a allow health, address for delivery by any when age > 20 basis contract\n"
      "rule b allow personal for advertising by any benefit \"b\" basis contract when gpc and not gpc");
  std::size_t with = 0;
  for (const auto& finding : findings_of(set)) {
    const std::string& check = finding.diagnostic.check;
    if (check != "missing-retention" && check != "overbroad-allow" && check != "special-out-of-reach") continue;
    BOOST_TEST(finding.example.has_value() == (finding.rule == "a"), check);
    with += finding.example.has_value();
    if (finding.example && check == "special-out-of-reach") {
      BOOST_TEST(set.model.vocabulary.taxonomies[0].nodes[finding.example->data.front()].name == "health");
      BOOST_TEST(finding.example->facts[*set.model.vocabulary.find_fact("age")].one > 20);
    }
  }
  BOOST_TEST(with == 2);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(logic)

// The guilty clause is named: its place, and why it is never met.
BOOST_AUTO_TEST_CASE(why_a_rule_never_applies) {
  const auto said = [](const std::string& clauses) {
    const auto findings = findings_of(set_of("rule a\n  " + clauses));
    const std::string never = text_of(findings, "rule-never-applies");
    if (!never.empty()) BOOST_TEST(text_of(findings, "overridden-rule") + text_of(findings, "redundant-rule") == "");
    return never;
  };
  const std::string never = " rule-never-applies: the rule `a` never applies: ";
  BOOST_TEST(said("deny address for delivery by shop\n  except by any") == "2:8" + never + "it covers nothing\n");
  BOOST_TEST(said("deny address for delivery by shop\n  from 2026-02-01\n  until 2026-01-31") ==
             "4:3" + never + "it ends before it begins\n");
  BOOST_TEST(said("deny address for delivery by shop\n  when partner = dhl") ==
             "3:3" + never + "its `when` is true nowhere in what it covers\n");
  BOOST_TEST(said("deny address for delivery by shop\n  when gpc\n  unless partner.first-party or gpc") ==
             "4:3" + never + "its `unless` is true everywhere in what it covers\n");
  BOOST_TEST(said("allow health for delivery by shop\n  basis contract") ==
             "3:3" + never + "its basis holds for nothing that it covers\n");
  BOOST_TEST(said("allow address for delivery by shop\n  when gpc\n  unless gpc\n  basis contract") ==
             "1:6" + never + "its clauses are never met together\n");
  BOOST_TEST(said("allow address for delivery by shop\n  basis legitimate-interest\n  when objection") ==
             "1:6" + never + "its clauses are never met together\n");
  BOOST_TEST(said("deny address for delivery by shop\n  when gpc") == "");
}

// While something is not known each half of a contradiction may be true, and so may the rule apply.
BOOST_AUTO_TEST_CASE(a_contradiction_between_facts) {
  const zweck::LoadedSet set = set_of(
      "rule a allow address for delivery by shop when age < 3 and age > 5 basis contract\n"
      "rule b deny address for delivery by shop unless age > 3 or age <= 3\n"
      "rule c deny address for delivery by shop when consent and not consent\n"
      "rule d deny address for delivery by shop when gpc and not gpc");
  const auto findings = findings_of(set);
  const std::string when = "never applies: its `when` is true nowhere in what it covers\n";
  BOOST_TEST(text_of(findings, "rule-never-applies") ==
             "1:43 rule-never-applies: the rule `a` " + when +
                 "2:42 rule-never-applies: the rule `b` never applies: its `unless` is true everywhere in what it covers\n"
                 "3:42 rule-never-applies: the rule `c` " + when + "4:42 rule-never-applies: the rule `d` " + when);
  for (const auto& finding : findings) {
    if (finding.diagnostic.check != "rule-never-applies") continue;
    BOOST_TEST(finding.example.has_value() == (finding.rule != "d"));
    if (finding.rule == "c") BOOST_TEST(!finding.example->ledger.has_value());
  }
}

// Without partners there is no point, whatever is asked of the data.
BOOST_AUTO_TEST_CASE(a_vocabulary_without_points) {
  const std::string rules =
      "rule a deny any for any by any when data.special or data = x\nassert b never allow any for any by any when data = x";
  const auto findings = findings_of(set_of(rules, "data: {x: , y: {special: true}}\npurposes: {p: }\n"));
  BOOST_TEST(!text_of(findings, "rule-never-applies").empty());
  BOOST_TEST(!text_of(findings, "vacuous-assertion").empty());
}

// The guilty part is named.
BOOST_AUTO_TEST_CASE(a_constant_part_of_what_is_constant) {
  const auto findings = findings_of(
      set_of("rule a allow address for delivery by shop when gpc and (age > 5 or score < 4) and score > 9 basis contract"));
  BOOST_REQUIRE(text_of(findings, "constant-condition") ==
                "1:48 constant-condition: `gpc and (age > 5 or score < 4) and score > 9` is always false where the rule `a` covers\n");
  for (const auto& finding : findings) {
    if (finding.diagnostic.check != "constant-condition") continue;
    BOOST_REQUIRE(finding.diagnostic.related.size() == 1);
    BOOST_TEST(finding.diagnostic.related.front().message == "`score > 9` is always false");
    BOOST_TEST(finding.diagnostic.related.front().place.column == 83);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lint_test
