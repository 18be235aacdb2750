// Assertions about random small sets, decided and gone through situation by situation.
#include <boost/test/unit_test.hpp>
#include <iostream>

#include "analysis/assertions.hpp"
#include "analysis/setup.hpp"
#include "reference/brute.hpp"

namespace analysis_test {
namespace {

using Outcome = zweck::AssertionResult::Outcome;

BOOST_AUTO_TEST_CASE(random_assertions) {
  const Seeds which = seeds(2'400);
  std::size_t holds = 0, fails = 0, skipped = 0, vacuous = 0, replayed = 0;
  for (std::uint64_t seed = which.first; seed < which.first + which.count; ++seed) {
    reference::Dice dice(seed);
    reference::World world = reference::random_world(dice, reference::small_taste);
    world.assertions.clear();
    for (int i = 0; i < 4; ++i)
      world.assertions.push_back(reference::random_assertion(world, "claim" + std::to_string(i), dice));
    const auto model = model_of(world);
    const reference::Reference reference(world);
    const auto results = zweck::decide_assertions(*model);
    BOOST_REQUIRE_EQUAL(results.size(), 4);
    for (std::size_t i = 0; i < 4; ++i) {
      const zweck::AssertionResult& result = results[i];
      bool refuted = false;
      try {
        refuted = refutation(reference, world.assertions[i]).has_value();
      } catch (const reference::TooMany&) {
        ++skipped;
        continue;
      }
      // With a point and a situation given out, it was confirmed by the evaluator; undecided is never right here.
      if (result.outcome != (refuted ? Outcome::fails : Outcome::holds)) {
        BOOST_ERROR("seed " << seed << ", claim" << i << " is " << (refuted ? "refuted" : "true") << " but was answered "
                            << static_cast<int>(result.outcome) << "\n"
                            << text_of(world));
        return;
      }
      ++(refuted ? fails : holds);
      vacuous += result.vacuous;
      replayed += result.replays;
      BOOST_TEST(result.counterexample.has_value() == refuted);
    }
  }
  std::cout << "counted: assertions of " << which.count << " random sets: " << holds << " hold, " << vacuous
            << " of them vacuously, " << fails << " fail, " << replayed << " of them replay, " << skipped << " skipped\n";
  BOOST_TEST(skipped <= which.count / 40);
  BOOST_TEST(holds > which.count / 4);
  BOOST_TEST(fails > which.count / 4);
}

}  // namespace
}  // namespace analysis_test
