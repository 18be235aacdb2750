// Conditions that blow up whatever writes them out, types with many values, and what happens at the bound of work.
#include <boost/test/unit_test.hpp>

#include "analysis/assertions.hpp"
#include "analysis/rules.hpp"
#include "analysis/setup.hpp"

namespace analysis_test {
namespace {

using Outcome = zweck::AssertionResult::Outcome;
using Kind = zweck::RuleFinding::Kind;

std::string vocabulary(const std::string& facts) {
  return "data: {x: {}}\npurposes: {p: {}}\npartners: {q: {}, r: {}}\nfacts:\n" + facts;
}

// So many pairs of facts that are false if they are not given.
std::string pairs(int count) {
  std::string facts;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    facts += "  a" + number + ": bool = false\n  b" + number + ": bool = false\n";
  }
  return vocabulary(facts);
}

std::string one_of_each(int count) {
  std::string condition;
  for (int i = 0; i < count; ++i)
    condition += (i == 0 ? "(a" : " and (a") + std::to_string(i) + " or b" + std::to_string(i) + ")";
  return condition;
}

// Denied where one of the pairs is false; `left_out` is not.
std::string denies(int count, int left_out) {
  std::string rules = "rule all allow x for p by q basis contract\n";
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    if (i != left_out)
      rules += "rule deny-" + number + " deny x for p by q when not a" + number + " and not b" + number + "\n";
  }
  return rules;
}

constexpr int many = 32;  // 64 atoms, four thousand million conjunctions

std::string assertions() {
  return "assert a-allowed always allow x for p by q when " + one_of_each(many) +
         "\nassert b-only-then never allow x for p by q unless " + one_of_each(many) + "\n";
}

BOOST_AUTO_TEST_CASE(conditions_of_64_atoms_are_proven) {
  const auto model = model_of(pairs(many), denies(many, -1) + assertions());
  zweck::analysis::Analysis analysis(*model);
  for (const auto& result : zweck::decide_assertions(analysis)) {
    BOOST_TEST((result.outcome == Outcome::holds));
    BOOST_TEST(!result.vacuous);
  }
  BOOST_TEST(zweck::find_idle_rules(analysis).empty());
  BOOST_TEST(analysis.steps() < 1'000'000);
}

BOOST_AUTO_TEST_CASE(conditions_of_64_atoms_are_refuted) {
  const auto model = model_of(pairs(many), denies(many, 20) + assertions());
  zweck::analysis::Analysis analysis(*model);
  const auto results = zweck::decide_assertions(analysis);
  BOOST_TEST((results[0].outcome == Outcome::holds));
  BOOST_REQUIRE((results[1].outcome == Outcome::fails));
  // The one pair that nothing asks for is false in the example, and one of each other pair is true.
  for (int i = 0; i < many; ++i) {
    const auto given = [&](const char* letter) {
      return results[1].counterexample->facts[*model->vocabulary.find_fact(letter + std::to_string(i))].one != 0;
    };
    BOOST_TEST((given("a") || given("b")) == (i != 20));
  }
  BOOST_TEST(analysis.steps() < 1'000'000);
}

// All combinations of ten facts, a rule each, beside one rule without a condition: it changes nothing, nor do they.
BOOST_AUTO_TEST_CASE(rules_for_all_combinations_of_ten_facts) {
  constexpr int facts = 10;
  std::string declared, rules = "rule whole allow x for p by q basis contract\n";
  for (int f = 0; f < facts; ++f) declared += "  f" + std::to_string(f) + ": bool = false\n";
  for (int i = 0; i < 1 << facts; ++i) {
    rules += "rule part-" + std::to_string(i) + " allow x for p by q basis contract when ";
    for (int f = 0; f < facts; ++f)
      rules += std::string(f == 0 ? "" : " and ") + (i >> f & 1 ? "" : "not ") + "f" + std::to_string(f);
    rules += "\n";
  }
  const auto findings = [&](const std::string& text) {
    const auto model = model_of(vocabulary(declared), text);
    zweck::analysis::Analysis analysis(*model);
    std::map<Kind, std::size_t> count;
    for (const auto& finding : zweck::find_idle_rules(analysis)) {
      ++count[finding.kind];
      if (model->rules[finding.rule].name == "whole") BOOST_TEST(finding.by.size() == 1u << facts);
    }
    return count;
  };
  BOOST_TEST((findings(rules) == std::map<Kind, std::size_t>{{Kind::redundant, (1u << facts) + 1}}));
  // Without one of them the whole is needed.
  const std::size_t one = rules.find("rule part-700 ");
  rules.erase(one, rules.find('\n', one) + 1 - one);
  BOOST_TEST((findings(rules) == std::map<Kind, std::size_t>{{Kind::redundant, (1u << facts) - 1}}));
}

BOOST_AUTO_TEST_CASE(a_type_with_ten_thousand_values) {
  constexpr int values = 10'000;
  std::string all, others;
  for (int i = 0; i < values; ++i) {
    const std::string name = "v" + std::to_string(i);
    all += (i == 0 ? "" : ", ") + name;
    if (i != 7'777) others += (others.empty() ? "" : ", ") + name;
  }
  const std::string rules =
      "rule but-one deny x for p by q when tier in {" + others + "}\n" +
      "rule all allow x for p by any basis contract\n"
      "assert a-one never allow x for p by q when tier != v7777\n"
      "assert b-none never allow x for p by q\n"
      "assert c-every always allow x for p by r when tier in {" + all + "}\n";
  const auto model = model_of(vocabulary("  tier: one of " + all + "\n"), rules);
  const auto results = decide_assertions(*model);
  BOOST_TEST((results[0].outcome == Outcome::holds));
  BOOST_REQUIRE((results[1].outcome == Outcome::fails));
  const auto& example = results[1].counterexample->facts.front();
  BOOST_TEST(model->vocabulary.strings[static_cast<std::size_t>(example.one)] == "v7777");
  BOOST_TEST((results[2].outcome == Outcome::holds));
}

BOOST_AUTO_TEST_CASE(every_value_of_ten_thousand_told_apart) {
  constexpr int values = 10'000;
  std::string nodes, rules = "rule all allow x for p by any basis contract\n";
  for (int i = 0; i < values; ++i) {
    const std::string number = std::to_string(i);
    nodes += "    n" + number + ": {in: g" + std::to_string(i / 100) + "}\n";
    if (i % 10 == 0) rules += "rule deny-" + number + " deny x for p by q when place = n" + number + "\n";
  }
  for (int i = 0; i < values / 100; ++i) nodes += "    g" + std::to_string(i) + ": {in: world}\n";
  const auto model = model_of(vocabulary("  place: place\n") + "taxonomies:\n  place:\n    world: {}\n" + nodes,
                              rules + "assert some never allow x for p by q when place in n5000\n"
                                      "assert none never allow x for p by q when place in g50\n");
  const auto results = decide_assertions(*model);
  BOOST_TEST((results[0].outcome == Outcome::fails));  // none
  BOOST_TEST((results[1].outcome == Outcome::holds));
}

// Where all of the scope is taken away, and where the condition cannot be met.
BOOST_AUTO_TEST_CASE(assertions_over_nothing) {
  const auto model = model_of(vocabulary("  age: int 0..150\n"),
                              "rule all allow x for p by any basis contract\n"
                              "assert a never allow x for p by any except by q except by r\n"
                              "assert b always allow x for p by any except for p\n"
                              "assert c never allow x for p by any when age < 16 and age > 20\n"
                              "assert d always allow x for p by any\n");
  const auto results = decide_assertions(*model);
  for (std::size_t i = 0; i < 4; ++i) {
    BOOST_TEST((results[i].outcome == Outcome::holds));
    BOOST_TEST(results[i].vacuous == (i < 3));
  }
}

// What takes more work than it may is named, never guessed.
BOOST_AUTO_TEST_CASE(what_is_not_decided_is_said) {
  const auto model = model_of(pairs(many), denies(many, -1) + assertions());
  zweck::analysis::Analysis analysis(*model, 40);
  std::size_t open = 0;
  for (const auto& result : zweck::decide_assertions(analysis)) {
    BOOST_TEST((result.outcome != Outcome::fails));
    open += result.outcome == Outcome::undecided;
  }
  BOOST_TEST(open > 0);
  const auto findings = zweck::find_idle_rules(analysis);
  BOOST_TEST(!findings.empty());
  for (const auto& finding : findings) BOOST_TEST((finding.kind == Kind::undecided));
}

// What is unknown only because a value is a group, and what never is since there is a default.
BOOST_AUTO_TEST_CASE(what_is_unknown_in_a_request) {
  const std::string names = "taxonomies: {place: {world: , here: {in: world}, there: {in: world}}}\n" +
                            vocabulary("  spot: place = here\n  spots: set of place = {}\n  known: set of place\n");
  const auto may_apply = [&](const std::string& condition) {
    const auto model = model_of(names, "rule a deny x for p by q when " + condition + "\n");
    zweck::analysis::Analysis analysis(*model);
    const auto findings = zweck::find_idle_rules(analysis);
    BOOST_REQUIRE(findings.size() == 1);
    BOOST_TEST((findings.front().kind == Kind::never_applies));
    return findings.front().example.has_value();
  };
  BOOST_TEST(may_apply("spot = here and spot = there"));
  BOOST_TEST(!may_apply("spot in world and not spot in world"));
  BOOST_TEST(may_apply("known has here and not known has here"));
  BOOST_TEST(!may_apply("spots has here and not spots has here"));
}

// Looking at exceptions is work, too.
BOOST_AUTO_TEST_CASE(exceptions_that_are_not_decided_are_said) {
  const auto model = model_of(vocabulary("  age: int 0..9\n"), "rule a deny any for any by any except by q except by r except x\n");
  const auto dead_and_open = [&](std::uint64_t steps) {
    zweck::analysis::Analysis analysis(*model, steps);
    std::vector<zweck::RuleId> undecided;
    std::size_t dead = 0;
    for (const auto& each : zweck::find_dead_exceptions(analysis, &undecided)) dead += each.except == 2;
    return std::pair(dead, undecided.size());
  };
  BOOST_TEST((dead_and_open(1'000) == std::pair<std::size_t, std::size_t>(1, 0)));
  BOOST_TEST((dead_and_open(0) == std::pair<std::size_t, std::size_t>(0, 1)));
}

}  // namespace
}  // namespace analysis_test
