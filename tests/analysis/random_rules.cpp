// The checks of rules on random small sets, compared with going through every situation.
#include <boost/test/unit_test.hpp>
#include <iostream>
#include <map>

#include "analysis/rules.hpp"
#include "analysis/setup.hpp"
#include "reference/brute.hpp"

namespace analysis_test {
namespace {

using Kind = zweck::RuleFinding::Kind;

const reference::Rule& rule_of(const reference::World& world, const std::string& name) {
  return *std::ranges::find(world.rules, name, &reference::Rule::name);
}

BOOST_AUTO_TEST_CASE(random_idle_rules) {
  const Seeds which = seeds(2'400);
  std::map<int, std::size_t> tally;
  std::size_t skipped = 0, all = 0, contradictions = 0;
  for (std::uint64_t seed = which.first; seed < which.first + which.count; ++seed) {
    reference::Dice dice(seed);
    const reference::World world = reference::random_world(dice, reference::small_taste);
    const auto model = model_of(world);
    const reference::Reference reference(world);
    zweck::analysis::Analysis analysis(*model);
    std::map<std::string, zweck::RuleFinding> found;
    for (auto& finding : zweck::find_idle_rules(analysis)) found.emplace(model->rules[finding.rule].name, finding);
    for (const reference::Rule& rule : world.rules) {
      ++all;
      std::optional<Kind> expected;
      bool may_only_if_incomplete = false;
      try {
        // Situations are complete; requests need not be.
        const auto findings = rule_findings(reference, rule, false), for_requests = rule_findings(reference, rule, true);
        if (findings.never_applies)
          expected = Kind::never_applies;
        else if (findings.overridden)
          expected = Kind::overridden;
        else if (for_requests.changes_nothing)
          expected = Kind::redundant;
        may_only_if_incomplete = findings.never_applies && !for_requests.never_applies;
        contradictions += may_only_if_incomplete;
      } catch (const reference::TooMany&) {
        ++skipped;
        continue;
      }
      const auto at = found.find(rule.name);
      std::optional<Kind> actual;
      if (at != found.end()) actual = at->second.kind;
      if (actual != expected) {
        BOOST_ERROR("seed " << seed << ", rule " << rule.name << ": expected " << (expected ? int(*expected) : -1)
                            << ", found " << (actual ? int(*actual) : -1) << "\n"
                            << text_of(world));
        return;
      }
      ++tally[actual ? int(*actual) : -1];
      if (actual) BOOST_TEST(at->second.example.has_value() == (*actual != Kind::never_applies || may_only_if_incomplete));
    }
  }
  std::cout << "counted: " << all << " rules of " << which.count << " random sets: " << tally[0] << " never apply, "
            << contradictions << " of them may while something is not known, " << tally[1] << " overridden, " << tally[2]
            << " redundant, " << skipped << " skipped\n";
  BOOST_TEST(contradictions > 0);
  for (const int kind : {-1, 0, 1, 2}) BOOST_TEST(tally[kind] > which.count / 50);
}

BOOST_AUTO_TEST_CASE(random_constant_conditions) {
  const Seeds which = seeds(2'000);
  std::size_t constant = 0, varies = 0;
  for (std::uint64_t seed = which.first; seed < which.first + which.count; ++seed) {
    reference::Dice dice(seed);
    const reference::World world = reference::random_world(dice, reference::small_taste);
    const auto model = model_of(world);
    const reference::Reference reference(world);
    zweck::analysis::Analysis analysis(*model);
    const auto found = zweck::find_constant_conditions(analysis);
    for (zweck::RuleId id = 0; id < model->rules.size(); ++id) {
      const zweck::Rule& rule = model->rules[id];
      std::map<std::string, int> expected, actual;
      try {
        for (const auto& each : outcomes(reference, rule_of(world, rule.name), false)) {
          if (each.unknown || each.yes == each.no) continue;
          expected[each.path] = each.yes;
        }
      } catch (const reference::TooMany&) {
        continue;
      }
      // Paths as the oracle has them; what is directly below a `not` is not reported apart.
      const auto walk = [&](const auto& self, const zweck::Condition& condition, const std::string& path,
                            bool reported) -> void {
        for (const auto& each : found) {
          if (each.condition == &condition) actual[path] = each.value;
        }
        if (!reported) {
          BOOST_TEST(!actual.contains(path));
          expected.erase(path);
        }
        for (std::size_t i = 0; i < condition.parts.size(); ++i)
          self(self, condition.parts[i], path + "." + std::to_string(i),
               condition.kind != zweck::Condition::Kind::negation);
      };
      if (rule.when) walk(walk, *rule.when, "when", true);
      if (rule.unless) walk(walk, *rule.unless, "unless", true);
      if (actual != expected) {
        BOOST_ERROR("seed " << seed << ", rule " << rule.name << ": expected " << expected.size() << " parts, found "
                            << actual.size() << "\n"
                            << text_of(world));
        return;
      }
      constant += actual.size();
      varies += (rule.when || rule.unless) && actual.empty();
    }
  }
  std::cout << "counted: conditions of " << which.count << " random sets: " << constant << " constant parts, " << varies
            << " rules without one\n";
  BOOST_TEST(constant > which.count / 10);
  BOOST_TEST(varies > which.count / 10);
}

// Which of the world's excepts it is: clauses are written in any order. Of equal ones it is the first that is free.
std::size_t index_of(const zweck::Model& model, const zweck::Box& box, const reference::Rule& rule,
                     const std::vector<std::size_t>& taken) {
  for (std::size_t i = 0; i < rule.excepts.size(); ++i) {
    bool same = std::ranges::find(taken, i) == taken.end();
    for (std::size_t d = 0; d < 3 && same; ++d) {
      reference::Set written(rule.excepts[i][d].names.begin(), rule.excepts[i][d].names.end()), read;
      for (const zweck::NodeId node : box.sides[d].nodes) read.insert(model.vocabulary.taxonomies[d].nodes[node].name);
      same = written == read;
    }
    if (same) return i;
  }
  BOOST_FAIL("no such except");
  return 0;
}

BOOST_AUTO_TEST_CASE(random_dead_exceptions) {
  const Seeds which = seeds(2'000);
  std::size_t dead = 0, alive = 0;
  for (std::uint64_t seed = which.first; seed < which.first + which.count; ++seed) {
    reference::Dice dice(seed);
    reference::Taste taste = reference::small_taste;
    taste.rules = 12;
    const reference::World world = reference::random_world(dice, taste);
    const auto model = model_of(world);
    const reference::Reference reference(world);
    zweck::analysis::Analysis analysis(*model);
    std::map<std::string, std::vector<std::size_t>> found;
    for (const auto& each : zweck::find_dead_exceptions(analysis)) {
      const zweck::Rule& rule = model->rules[each.rule];
      auto& here = found[rule.name];
      here.push_back(index_of(*model, rule.excepts[each.except], rule_of(world, rule.name), here));
      BOOST_TEST(each.outside == std::ranges::count(dead_exceptions(reference, rule_of(world, rule.name)), here.back()));
    }
    for (const reference::Rule& rule : world.rules) {
      const auto& here = found[rule.name];
      const auto needless = needless_exceptions(reference, rule);
      const auto contains = [](const auto& all, std::size_t one) { return std::ranges::find(all, one) != all.end(); };
      for (const std::size_t one : here) BOOST_TEST(contains(needless, one));
      for (const std::size_t one : dead_exceptions(reference, rule)) BOOST_TEST(contains(here, one));
      BOOST_TEST(here.empty() == needless.empty());
      // All of them can go at once.
      std::vector<reference::Box> left;
      for (std::size_t i = 0; i < rule.excepts.size(); ++i) {
        if (!contains(here, i)) left.push_back(rule.excepts[i]);
      }
      for (const reference::Point& point : all_points(reference))
        BOOST_REQUIRE(reference.covers(rule.scope, rule.excepts, point) == reference.covers(rule.scope, left, point));
      dead += here.size();
      alive += left.size();
    }
  }
  std::cout << "counted: exceptions of " << which.count << " random sets: " << dead << " dead, " << alive << " others\n";
  BOOST_TEST(dead > which.count / 10);
  BOOST_TEST(alive > which.count / 10);
}

}  // namespace
}  // namespace analysis_test
