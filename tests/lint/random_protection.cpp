// The checks of data protection on random small sets, compared with going through every situation: whatever way a rule is
// written, it is judged by what it can bring about.
#include <boost/test/unit_test.hpp>
#include <iostream>
#include <map>
#include <set>

#include "lint/setup.hpp"
#include "model/evaluate.hpp"
#include "reference/brute.hpp"
#include "reference/random.hpp"
#include "reference/write.hpp"

namespace lint_test {
namespace {

using reference::Condition;
using reference::Dice;
using reference::Rule;
using reference::Truth;
using reference::World;

const std::vector<std::string> checks{"missing-benefit", "partner-on-opt-out", "hidden-opt-out", "missing-notice",
                                      "minors-unguarded", "special-out-of-reach"};

Condition consent(const reference::Consent& which) {
  Condition condition;
  condition.kind = Condition::Kind::consent;
  condition.consent = which;
  return condition;
}

Condition shown(const std::string& notice) {
  Condition condition;
  condition.kind = Condition::Kind::notice;
  condition.notice = notice;
  condition.version = 1;
  return condition;
}

Condition age(const std::string& op, std::int64_t number) {
  Condition condition;
  condition.kind = Condition::Kind::test;
  condition.test.left.name = "age";
  condition.test.op = op;
  condition.test.literals = {number};
  return condition;
}

Condition joined(Condition::Kind kind, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}

// What guards against one of the findings, or seems to.
Condition guard(const World& world, Dice& dice) {
  const std::vector<std::string> ops{"<", "<=", ">", ">=", "=", "!="};
  Condition condition = age(dice.pick(ops), dice.between(15, 17));
  if (!world.notices.empty() && dice.chance(60)) {
    const std::string notice = dice.pick(world.notices).first;
    condition = dice.chance(50) ? shown(notice) : consent({dice.chance(30), {}, notice, 1});
  } else if (dice.chance(20)) {
    condition = consent({dice.chance(30), {}, "", {}});
  }
  if (dice.chance(25)) condition = joined(Condition::Kind::negation, {condition});
  return condition;
}

// Written as `when` or as `unless`, alone or joined with what is there.
void add_guard(Rule& rule, const World& world, Dice& dice) {
  Condition condition = guard(world, dice);
  if (dice.chance(30))
    condition = joined(dice.chance(50) ? Condition::Kind::all : Condition::Kind::any, {condition, guard(world, dice)});
  auto& clause = dice.chance(60) ? rule.when : rule.unless;
  if (&clause == &rule.unless) condition = joined(Condition::Kind::negation, {condition});
  clause = clause ? joined(dice.chance(70) ? Condition::Kind::all : Condition::Kind::any, {*clause, condition}) : condition;
}

World random_set(Dice& dice) {
  World world = reference::random_world(dice, reference::small_taste);
  world.facts["age"] = {{reference::Type::Kind::integer, false, 14, 18, {}, {}}, {}};
  for (Rule& rule : world.rules) {
    if (!rule.allow) continue;
    if (dice.chance(70)) rule.basis = dice.chance(65) ? "consent" : "legitimate-interest";
    if (rule.basis == "consent" && dice.chance(70)) rule.consent.under.clear();
    if (rule.consent.under.empty()) rule.consent.version.reset();
    if (dice.chance(75)) add_guard(rule, world, dice);
  }
  return world;
}

// Which of the checks find the rule, by every situation at every point.
std::set<std::string> expected(const reference::Reference& reference, const Rule& rule) {
  std::set<std::string> found;
  if (!rule.allow) return found;
  const World& world = reference.world();
  if (rule.basis == "contract" || rule.basis == "legitimate-interest") {
    for (const std::string& name : rule.scope[0].names) {
      const auto& leaves = reference.leaves("data", name);
      if (std::ranges::all_of(leaves, [&](const std::string& leaf) { return reference.special(leaf); }))
        found.insert("special-out-of-reach");
    }
  }
  for (const reference::Point& point : all_points(reference)) {
    if (!reference.covers(rule.scope, rule.excepts, point)) continue;
    std::vector<Condition> notices, consents_under;
    for (const auto& [notice, version] : world.notices) {
      notices.push_back(shown(notice));
      const bool must_be_explicit = rule.consent.explicit_ || reference.special(point[0]);
      consents_under.push_back(consent({must_be_explicit, rule.consent.within, notice, 1}));
    }
    reference::Asked asked;
    asked.add(reference, rule, point);
    if (rule.basis == "consent" || rule.basis == "legitimate-interest") {
      for (const Condition& each : notices) asked.add(reference, each);
    }
    if (rule.basis == "consent") {
      for (const Condition& each : consents_under) asked.add(reference, each);
      asked.add(reference, age("<", 16));
    }
    if (rule.basis == "legitimate-interest") asked.add(reference, consent({}));
    for (const auto& now : situations(asked, point, reference::Facts::all_given, reference::Ledgers::given)) {
      if (reference.applies(rule, point, now) != Truth::yes) continue;
      const auto is = [&](const Condition& each) { return reference.truth(each, point, now) == Truth::yes; };
      if (reference.attribute("data", "volunteered", point[0]) == reference::Value(true)) found.insert("missing-benefit");
      const bool informed = std::ranges::any_of(notices, is);
      if (rule.basis == "legitimate-interest") {
        if (reference.attribute("partner", "first-party", point[2]) == reference::Value(false) && !is(consent({})))
          found.insert("partner-on-opt-out");
        if (!informed) found.insert("hidden-opt-out");
      }
      if (rule.basis == "consent" && rule.consent.under.empty() && std::ranges::none_of(consents_under, is)) {
        if (!informed) found.insert("missing-notice");
        if (is(age("<", 16))) found.insert("minors-unguarded");
      }
    }
  }
  return found;
}

// The rule applies in the example.
bool is_shown(const zweck::Model& model, const zweck::lint::Finding& finding) {
  if (!finding.example) return false;
  const zweck::ResolvedRequest& request = *finding.example;
  const auto rule = std::ranges::find(model.rules, finding.rule, &zweck::Rule::name);
  const zweck::Situation situation{request.at, request.facts, &*request.ledger};
  return applies(model, *rule, {request.data.front(), request.purpose, request.partner}, situation) == zweck::Truth::yes;
}

BOOST_AUTO_TEST_SUITE(random_protection)

BOOST_AUTO_TEST_CASE(what_rules_can_bring_about) {
  constexpr std::uint64_t sets = 2'000;
  std::map<std::string, std::array<std::size_t, 2>> tally;  // by check: rules without it, rules with it
  std::size_t skipped = 0;
  for (std::uint64_t seed = 1; seed <= sets; ++seed) {
    Dice dice(seed);
    const World world = random_set(dice);
    std::vector<zweck::Source> files;
    std::string text;
    for (const auto& [path, content] : reference::files_of(world, Dice(1))) {
      files.push_back({path, content});
      text += "--- " + path + "\n" + content;
    }
    const auto set = zweck::load_texts(std::move(files));
    if (!set) BOOST_FAIL(zweck::render(set.diagnostics()) << text);
    std::map<std::string, std::set<std::string>> found;
    for (const auto& finding : findings_of(*set)) {
      if (std::ranges::find(checks, finding.diagnostic.check) == checks.end()) continue;
      found[finding.rule].insert(finding.diagnostic.check);
      if (finding.diagnostic.check != "special-out-of-reach")
        BOOST_TEST(is_shown(set->model, finding), "seed " << seed << ": " << finding.diagnostic.message);
    }
    const reference::Reference reference(world);
    for (const Rule& rule : world.rules) {
      std::set<std::string> right;
      try {
        right = expected(reference, rule);
      } catch (const reference::TooMany&) {
        ++skipped;
        continue;
      }
      // The writer of the files adds some that the world does not know of.
      if (!std::ranges::find(set->model.rules, rule.name, &zweck::Rule::name)->benefit.empty()) right.erase("missing-benefit");
      for (const std::string& check : checks) {
        const bool is = right.contains(check), was = found[rule.name].contains(check);
        ++tally[check][is];
        if (is == was) continue;
        BOOST_ERROR("seed " << seed << ", rule " << rule.name << ": " << check << (is ? " is missed\n" : " is a false alarm\n")
                            << text);
        return;
      }
    }
  }
  std::string counts;
  for (const auto& [check, count] : tally) {
    counts += "; " + check + " " + std::to_string(count[1]);
    BOOST_TEST(count[0] > sets / 20);
    BOOST_TEST(count[1] > sets / 50);
  }
  std::cout << "counted: checks of data protection on " << sets << " random sets, " << skipped << " rules skipped" << counts
            << "\n";
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace lint_test
