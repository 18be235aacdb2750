// An engine says how it was built, and one that may not take memory decides the same.
#include <boost/test/unit_test.hpp>
#include <string>

#include "zweck/zweck.hpp"

namespace {

using namespace zweck;

// `count` rules, each at a partner of its own.
Engine engine(int count, const EngineOptions& options) {
  std::string vocabulary = "data: {d: {}}\npurposes: {p: {}}\npartners:\n", rules;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    vocabulary += "  group" + number + ": {}\n  q" + number + ": {in: group" + number + "}\n";
    rules += "rule r" + number + " allow any for any by group" + number + " basis contract keep " + std::to_string(i + 1) + " days\n";
  }
  auto loaded = Engine::from_texts({{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}}, options);
  BOOST_REQUIRE_MESSAGE(static_cast<bool>(loaded), (loaded ? "" : render(loaded.diagnostics())));
  return *std::move(loaded);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(statistics)

BOOST_AUTO_TEST_CASE(tables_are_cut_within_their_budget_and_decide_the_same) {
  EngineOptions cut, small;
  cut.part_terms = 4;
  cut.cached_decisions = 100;
  cut.kernel = "plain";
  small = cut;
  small.table_bytes = 1;
  const Engine one = engine(60, cut), other = engine(60, small);
  const Statistics of_one = one.statistics(), of_other = other.statistics();
  BOOST_TEST(of_one.rules == 60u);
  BOOST_TEST(of_one.terms == 60u);
  BOOST_TEST(of_one.parts == 60u);
  BOOST_TEST(!of_one.over_budget);
  BOOST_TEST(of_one.table_bytes > 60u * 64);
  BOOST_TEST(of_one.cache_bytes == 128u * 64);
  BOOST_TEST(of_one.kernel == "plain");
  BOOST_TEST(of_other.parts == 1u);
  BOOST_TEST(of_other.over_budget);
  for (int i = 0; i < 60; ++i) {
    const auto keep = [&](const Engine& engine) {
      const Point point{0, 0, engine.partner("q" + std::to_string(i)).value()};
      return engine.decide(point, engine.facts(), engine.unknown_subject(Time{})).keep();
    };
    BOOST_TEST((keep(one) == Duration{(i + 1) * seconds_per_day}));
    BOOST_TEST((keep(one) == keep(other)));
  }
}

BOOST_AUTO_TEST_CASE(small_sets_are_not_cut) {
  const Statistics statistics = engine(60, {}).statistics();
  BOOST_TEST(statistics.parts == 1u);
  BOOST_TEST(!statistics.over_budget);
  BOOST_TEST(!statistics.kernel.empty());
}

BOOST_AUTO_TEST_SUITE_END()
