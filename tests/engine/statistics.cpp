// An engine says how it was built, and one that may not take memory decides the same.
#include <boost/test/unit_test.hpp>
#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

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

// Rules each of which reaches into four of six parts of every cut, whatever is cut: shares would be made by the million.
BOOST_AUTO_TEST_CASE(cutting_ends_within_its_budget) {
  std::mt19937 random(1);
  const std::array<std::string, 3> letters{"d", "p", "q"};
  const std::array<std::string, 3> sections{"data", "purposes", "partners"};
  std::string vocabulary, rules;
  for (std::size_t d = 0; d < 3; ++d) {
    const std::string& root = letters[d];
    vocabulary += sections[d] + ":\n  " + root + ": {}\n";
    for (char group = '0'; group < '6'; ++group) {
      vocabulary += "  " + root + group + ": {in: " + root + "}\n";
      for (char leaf = '0'; leaf < '6'; ++leaf) vocabulary += "  " + root + group + leaf + ": {in: " + root + group + "}\n";
    }
  }
  const auto four = [&] {
    std::string all = "012345";
    std::shuffle(all.begin(), all.end(), random);
    return all.substr(0, 4);
  };
  constexpr int count = 300;
  for (int rule = 0; rule < count; ++rule) {
    std::array<std::string, 3> sides;
    for (std::size_t d = 0; d < 3; ++d)
      for (const char group : four())
        for (const char leaf : four()) sides[d] += (sides[d].empty() ? "" : ", ") + letters[d] + group + leaf;
    rules += "rule r" + std::to_string(rule) + " allow " + sides[0] + " for " + sides[1] + " by " + sides[2] +
             " basis contract keep " + std::to_string(rule + 1) + " days\n";
  }
  const auto with = [&](std::size_t bytes, std::uint64_t steps) {
    EngineOptions options;
    options.part_terms = 4;
    options.cached_decisions = 0;
    options.table_bytes = bytes;
    options.table_steps = steps;
    auto loaded = Engine::from_texts({{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}}, options);
    BOOST_REQUIRE_MESSAGE(static_cast<bool>(loaded), (loaded ? "" : render(loaded.diagnostics())));
    return *std::move(loaded);
  };
  const Engine whole = with(0, 0), by_steps = with(SIZE_MAX, 100'000), by_bytes = with(std::size_t{8} << 20, UINT64_MAX);
  BOOST_TEST(whole.statistics().parts == 1u);
  BOOST_TEST(whole.statistics().over_budget);
  BOOST_TEST(by_steps.statistics().over_budget);
  BOOST_TEST(by_steps.statistics().parts > 1u);
  BOOST_TEST(by_steps.statistics().terms < 30u * count);
  BOOST_TEST(by_bytes.statistics().over_budget);
  BOOST_TEST(by_bytes.statistics().table_bytes <= 8u << 20);
  std::size_t kept = 0;
  for (int i = 0; i < 2'000; ++i) {
    const auto leaf = [&](Dimension dimension, const std::string& root) {
      return whole.find(dimension, root + static_cast<char>('0' + random() % 6) + static_cast<char>('0' + random() % 6)).value();
    };
    const Point point{leaf(Dimension::data, "d"), leaf(Dimension::purpose, "p"), leaf(Dimension::partner, "q")};
    const auto decided = [&](const Engine& engine) {
      return engine.decide(point, engine.facts(), engine.unknown_subject(Time{}));
    };
    BOOST_REQUIRE((decided(by_steps) == decided(whole)));
    BOOST_REQUIRE((decided(by_bytes) == decided(whole)));
    kept += decided(whole).keep().has_value();
  }
  BOOST_TEST(kept > 1'000u);
}

BOOST_AUTO_TEST_CASE(small_sets_are_not_cut) {
  const Statistics statistics = engine(60, {}).statistics();
  BOOST_TEST(statistics.parts == 1u);
  BOOST_TEST(!statistics.over_budget);
  BOOST_TEST(!statistics.kernel.empty());
}

BOOST_AUTO_TEST_SUITE_END()
