// The oracles themselves: going through all situations leaves none out that a request can bring about, and small worlds
// whose answers are plain to see.
#include "reference/brute.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "reference/calendar.hpp"
#include "reference/random.hpp"

namespace agree {
namespace {

using namespace reference;

using Outline = std::tuple<Set, Set, Set, Set>;
Outline outline(const PointAnswer& answer) {
  return {answer.allow_applies, answer.allow_may, answer.deny_applies, answer.deny_may};
}

bool complete(const World& world, const Request& request) {
  if (!request.ledger) return false;
  const Reference reference(world);
  const Situation now = reference.situation(request);
  for (const auto& [name, declared] : world.facts) {
    const std::optional<Value> value = now.facts.contains(name) ? now.facts.at(name) : declared.fallback;
    if (!value) return false;
    if (declared.type.kind != Type::Kind::node || declared.type.set) continue;
    const std::string& node = std::get<std::string>(*value);
    if (reference.leaves(declared.type.taxonomy, node) != Set{node}) return false;
  }
  return true;
}

Rule rule(const std::string& name, bool allow, const std::string& basis = "not-personal") {
  Rule result;
  result.name = name;
  result.allow = allow;
  result.basis = basis;
  return result;
}

World tiny() {
  World world;
  for (const std::string& dimension : dimensions) world.taxonomies[dimension][dimension + "-node"];
  world.facts["age"].type.kind = Type::Kind::integer;
  world.facts["age"].type.min = 0;
  world.facts["age"].type.max = 150;
  world.notices["hint"] = 1;
  return world;
}

Condition age(const std::string& op, std::int64_t value) {
  Condition result;
  result.kind = Condition::Kind::test;
  result.test = {{false, "age", ""}, op, {}, {value}, false};
  return result;
}

Condition said(Condition::Kind kind) {
  Condition result;
  result.kind = kind;
  return result;
}

Request request_of(std::optional<Ledger> ledger) {
  Request result;
  result.data = {"data-node"};
  result.purpose = "purpose-node";
  result.partner = "partner-node";
  result.at = days_of(2026, 6, 1) * day;
  result.ledger = ledger;
  return result;
}

std::string text(const std::optional<std::vector<Need>>& needs) {
  if (!needs) return "nothing helps";
  std::string result;
  for (const Need& need : *needs) {
    result += need.kind == Need::Kind::fact ? "fact " : need.kind == Need::Kind::notice ? "notice " : "consent ";
    if (need.explicit_) result += "explicit ";
    result += need.name + ";";
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_oracles)

BOOST_AUTO_TEST_CASE(leave_out_no_situation) {
  Taste taste{3, 4, 3, 1, 5, 2, 2};
  std::size_t skipped = 0, looked = 0, complete_ones = 0;
  for (std::uint64_t seed = 1; seed <= 1'500; ++seed) {
    Dice dice(seed);
    const World world = random_world(dice, taste);
    const Reference reference(world);
    for (const Point& point : all_points(reference)) {
      Asked asked;
      asked.add_rules(reference, point);
      std::set<Outline> all, all_complete;
      try {
        for (const Situation& now : situations(asked, point, Facts::any, Ledgers::any))
          all.insert(outline(reference.decide(point, now)));
        for (const Situation& now : situations(asked, point, Facts::all_given, Ledgers::given))
          all_complete.insert(outline(reference.decide(point, now)));
      } catch (const TooMany&) {
        ++skipped;
        continue;
      }
      for (int i = 0; i < 12; ++i) {
        const Request request = random_request(world, dice, taste);
        const Outline seen = outline(reference.decide(point, reference.situation(request)));
        ++looked;
        BOOST_CHECK_MESSAGE(all.contains(seen), "seed " << seed << ": a situation is left out");
        if (!complete(world, request)) continue;
        ++complete_ones;
        BOOST_CHECK_MESSAGE(all_complete.contains(seen), "seed " << seed << ": a complete situation is left out");
      }
    }
  }
  std::printf("counted: %zu situations looked up, %zu of them complete; %zu points skipped\n", looked, complete_ones,
              skipped);
  BOOST_CHECK_GT(looked, 5'000u);
  BOOST_CHECK_GT(complete_ones, 2'000u);
  BOOST_CHECK_LT(skipped * 12, looked / 10);
}

BOOST_AUTO_TEST_CASE(decide_assertions) {
  World world = tiny();
  world.rules = {rule("adults", true)};
  world.rules[0].when = age(">=", 18);
  Assertion never{"n", false, {}, {}, age("<", 18), {}};
  BOOST_TEST(!refutation(Reference(world), never));
  never.when = age("<", 19);
  const auto witness = refutation(Reference(world), never);
  BOOST_REQUIRE(witness.has_value());
  BOOST_TEST((witness->situation.facts.at("age") == Value(std::int64_t{18})));
  Assertion always{"a", true, {}, {}, age(">=", 18), {}};
  BOOST_TEST(!refutation(Reference(world), always));
  always.when = age(">", 16);
  BOOST_TEST(refutation(Reference(world), always).has_value());
  always.unless = age("<=", 17);
  BOOST_TEST(!refutation(Reference(world), always));
  world.rules[0].basis = "consent";
  BOOST_TEST(refutation(Reference(world), always).has_value());
  always.when = said(Condition::Kind::consent);
  BOOST_TEST(!refutation(Reference(world), always));
}

BOOST_AUTO_TEST_CASE(find_changes) {
  World before = tiny(), after = tiny();
  before.rules = {rule("a", true, "consent")};
  after.rules = before.rules;
  BOOST_TEST(changes(Reference(before), Reference(after)).empty());
  after.rules[0].consent.within = 30 * day_seconds;
  const auto narrowed = changes(Reference(before), Reference(after));
  BOOST_TEST(narrowed.size() == 1);
  BOOST_TEST(narrowed.begin()->first.second == "deny");
  after.rules[0].consent.within.reset();
  after.rules[0].keep = 60;
  BOOST_TEST(changes(Reference(before), Reference(after)).begin()->first.second == "obligations");
  before.rules[0].consent.explicit_ = true;
  BOOST_TEST(changes(Reference(before), Reference(after)).size() == 2);
}

BOOST_AUTO_TEST_CASE(find_rules_without_effect) {
  World world = tiny();
  world.rules = {rule("all", true), rule("adults", true), rule("nobody", true), rule("no", false)};
  world.rules[1].when = age(">", 18);
  world.rules[2].when = age(">", 18);
  world.rules[2].unless = age(">", 17);
  world.rules[3].when = age("=", 20);
  const auto findings = [&](std::size_t index, bool incomplete) {
    const RuleFindings found = rule_findings(Reference(world), world.rules[index], incomplete);
    return std::string(found.never_applies ? "never " : "") + (found.overridden ? "overridden " : "") +
           (found.redundant ? "redundant" : "");
  };
  BOOST_TEST(findings(0, true) == "");
  BOOST_TEST(findings(1, true) == "redundant");
  BOOST_TEST(findings(2, false) == "never ");
  BOOST_TEST(findings(2, true) == "overridden ");  // where the age is missing both may apply
  BOOST_TEST(findings(3, true) == "");
  world.rules[1].when = age("=", 20);
  BOOST_TEST(findings(1, false) == "overridden ");
  BOOST_TEST(findings(1, true) == "overridden ");
  const auto seen = outcomes(Reference(world), world.rules[2], false);
  BOOST_TEST(seen.size() == 2);
  BOOST_TEST(seen[0].path == "when");
  BOOST_TEST((seen[0].yes && seen[0].no && !seen[0].unknown));
}

BOOST_AUTO_TEST_CASE(find_smallest_needs) {
  World world = tiny();
  world.rules = {rule("a", true, "consent")};
  world.rules[0].when = age(">=", 18);
  const auto needs = [&](const Request& request) { return text(smallest_needs(Reference(world), request, 3)); };
  BOOST_TEST(needs(request_of(Ledger{})) == "fact age;consent ;");
  world.rules[0].consent.explicit_ = true;
  world.rules[0].consent.under = "hint";
  Request adult = request_of(Ledger{});
  adult.facts = {{"age", std::int64_t{20}}};
  BOOST_TEST(needs(adult) == "consent explicit hint;");
  Event no;
  no.kind = Event::Kind::refused;
  no.at = adult.at - 1;
  adult.ledger = Ledger{no};
  BOOST_TEST(needs(adult) == "nothing helps");
  adult.facts = {{"age", std::int64_t{17}}};
  adult.ledger = Ledger{};
  BOOST_TEST(needs(adult) == "nothing helps");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace agree
