// The tests and assertions of each set notice when a rule of it is dropped, widened or weakened.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "policies/mutants.hpp"
#include "policies/sets.hpp"

namespace data = boost::unit_test::data;

BOOST_DATA_TEST_CASE(each_change_of_a_rule_is_noticed, data::make({"newsletter", "shop", "tcf"}), name) {
  const auto set = policies::load(name);
  const auto mutants = policies::mutants(set.loaded.model);
  BOOST_TEST(mutants.size() > 2 * set.loaded.model.rules.size());
  std::size_t noticed = 0;
  for (const auto& mutant : mutants) {
    const bool failed = std::any_of(set.tests.begin(), set.tests.end(), [&](const policies::Expectation& test) {
      return !policies::difference(test, policies::answer(mutant.model, test.request)).empty();
    });
    if (!failed && policies::means_the_same(set.loaded.model, mutant)) continue;
    BOOST_TEST(failed, fmt::format("{}: nothing notices that `{}` is changed: {}", name, mutant.rule, mutant.change));
    noticed += failed;
  }
  BOOST_TEST_MESSAGE(fmt::format("{}: {} of {} changes noticed", name, noticed, mutants.size()));
}
