// The tests and assertions of each set notice when a rule of it is dropped, widened or weakened.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "analysis/assertions.hpp"
#include "policies/mutants.hpp"
#include "policies/sets.hpp"

namespace data = boost::unit_test::data;

namespace {

bool a_test_fails(const policies::Set& set, const zweck::Model& changed) {
  return std::any_of(set.tests.begin(), set.tests.end(), [&](const policies::Expectation& test) {
    return !policies::difference(test, policies::answer(changed, test.request)).empty();
  });
}

bool an_assertion_fails(const zweck::Model& changed) {
  const auto results = zweck::decide_assertions(changed);
  return std::any_of(results.begin(), results.end(), [](const zweck::AssertionResult& result) {
    return result.outcome == zweck::AssertionResult::Outcome::fails;
  });
}

}  // namespace

BOOST_DATA_TEST_CASE(each_change_of_a_rule_is_noticed, data::make({"newsletter", "shop", "tcf"}), name) {
  const auto set = policies::load(name);
  BOOST_REQUIRE(!an_assertion_fails(set.loaded.model));
  const auto mutants = policies::mutants(set.loaded.model);
  for (const auto& rule : set.loaded.model.rules) {
    const auto changes = std::count_if(mutants.begin(), mutants.end(),
                                       [&](const policies::Mutant& mutant) { return mutant.rule == rule.name; });
    BOOST_TEST(changes > 2, fmt::format("{}: `{}` is hardly changed", name, rule.name));
  }
  std::size_t by_test = 0, by_assertion = 0, same = 0;
  for (const auto& mutant : mutants) {
    if (a_test_fails(set, mutant.model)) {
      ++by_test;
    } else if (an_assertion_fails(mutant.model)) {
      ++by_assertion;
    } else if (policies::means_the_same(set.loaded.model, mutant)) {
      ++same;
      BOOST_TEST_MESSAGE(
          fmt::format("{}: `{}` changed, {}: no use is answered otherwise", name, mutant.rule, mutant.change));
    } else {
      BOOST_TEST(false, fmt::format("{}: nothing notices that `{}` is changed: {}", name, mutant.rule, mutant.change));
    }
  }
  BOOST_TEST_MESSAGE(fmt::format("{}: of {} changes {} are noticed by a test, {} by an assertion, {} change nothing",
                                 name, mutants.size(), by_test, by_assertion, same));
}

// The set that is wrong on purpose is tested as carelessly as it says, but not so that a rule could be lost.
BOOST_AUTO_TEST_CASE(no_rule_of_the_shop_that_does_not_ask_can_be_dropped) {
  const auto set = policies::load("shop-opt-out");
  std::size_t dropped = 0;
  for (const auto& mutant : policies::mutants(set.loaded.model)) {
    if (mutant.change != "dropped") continue;
    ++dropped;
    BOOST_TEST(a_test_fails(set, mutant.model), mutant.rule);
  }
  BOOST_TEST(dropped == set.loaded.model.rules.size());
}

// An assertion that nothing can break is no promise: each is there for some change of a rule that it notices.
BOOST_DATA_TEST_CASE(each_assertion_notices_something, data::make({"newsletter", "shop", "tcf"}), name) {
  const auto set = policies::load(name);
  const auto& assertions = set.loaded.model.assertions;
  std::vector<bool> notices(assertions.size());
  for (const auto& mutant : policies::mutants(set.loaded.model)) {
    for (const auto& result : zweck::decide_assertions(mutant.model)) {
      if (result.outcome == zweck::AssertionResult::Outcome::fails) notices[result.assertion] = true;
    }
  }
  for (std::size_t i = 0; i < assertions.size(); ++i) {
    BOOST_TEST(notices[i], fmt::format("{}: nothing breaks `{}`", name, assertions[i].name));
  }
}
