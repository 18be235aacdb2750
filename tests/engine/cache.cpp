// Kept decisions are those that would be made anew: whoever asks, in whichever order, and however few there is room for.
// Also meant to be run under ThreadSanitizer.
#include "engine/decision_cache.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "text/limits.hpp"
#include "zweck/zweck.hpp"

namespace {

using namespace zweck;

constexpr int nodes = 40;

// Data node n may be used by those who are at least n years old.
Engine engine(std::size_t cached) {
  std::string vocabulary = "purposes: {p: {}}\npartners: {q: {}}\nfacts: {age: int 0..150}\ndata:\n", rules;
  for (int n = 0; n < nodes; ++n) {
    const std::string number = std::to_string(n);
    vocabulary += "  d" + number + ": {}\n";
    rules += "rule r" + number + " allow d" + number + " for any by any when age >= " + number + " basis contract keep " +
             std::to_string(n + 1) + " days\n";
  }
  EngineOptions options;
  options.cached_decisions = cached;
  auto loaded = Engine::from_texts({{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}}, options);
  BOOST_REQUIRE(static_cast<bool>(loaded));
  return *std::move(loaded);
}

struct Asked {
  const Engine& engine;
  std::vector<Facts> facts;  // by age
  Subject subject = engine.unknown_subject(Time{});

  explicit Asked(const Engine& engine) : engine(engine) {
    for (int age = 0; age < nodes; ++age) {
      facts.push_back(engine.facts());
      if (!facts.back().set("age", age)) throw std::logic_error("age");
    }
  }
  // Whether the answer is the one there has to be.
  bool right(int n, int age) const {
    const NodeId data = engine.data("d" + std::to_string(n)).value();
    const Decision decision = engine.decide({data, 0, 0}, facts[static_cast<std::size_t>(age)], subject);
    return age >= n ? decision.keep() == Duration{(n + 1) * seconds_per_day} : decision.status() == Status::not_permitted;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(cache)

BOOST_AUTO_TEST_CASE(any_size_decides_the_same) {
  for (const std::size_t cached : {0u, 1u, 4u, 64u, 100'000u}) {
    const Engine set = engine(cached);
    const Asked asked(set);
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) BOOST_REQUIRE(asked.right(static_cast<int>(random() % nodes), static_cast<int>(random() % nodes)));
  }
}

BOOST_AUTO_TEST_CASE(threads_share_it) {
  const Engine set = engine(64);
  const Asked asked(set);
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (unsigned seed = 0; seed < 4; ++seed)
    threads.emplace_back([&, seed] {
      std::mt19937 random(seed);
      for (int i = 0; i < 5'000; ++i) wrong += !asked.right(static_cast<int>(random() % 8), static_cast<int>(random() % 8));
    });
  threads.clear();
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(facts_of_another_engine_are_never_looked_up) {
  const Engine one = engine(64), other = engine(64);
  const Asked of_one(one), of_other(other);
  BOOST_TEST(of_one.right(3, 20));
  const NodeId data = one.data("d3").value();
  BOOST_TEST((one.decide({data, 0, 0}, of_other.facts[20], of_one.subject).status() == Status::invalid));
  BOOST_TEST((one.decide({data, 0, 0}, of_one.facts[20], of_other.subject).status() == Status::invalid));
  BOOST_TEST((one.decide({data + (NodeId{1} << 16), 0, 0}, of_one.facts[20], of_one.subject).status() == Status::invalid));
  BOOST_TEST((one.decide({data, NodeId{1} << 31, 0}, of_one.facts[20], of_one.subject).status() == Status::invalid));
}

BOOST_AUTO_TEST_CASE(a_full_set_makes_room) {
  DecisionCache cache(4);
  for (std::uint64_t key = 1; key <= 100; ++key) {
    cache.put({key, 0, key}, {static_cast<std::int64_t>(key), key, Status::allowed});
    CachedDecision found;
    BOOST_TEST(cache.find({key, 0, key}, found));
    BOOST_TEST(found.keep_seconds == static_cast<std::int64_t>(key));
    BOOST_TEST(found.obligations == key);
    BOOST_TEST(!cache.find({key, 1, key}, found));
    BOOST_TEST(!cache.find({key, 0, key + 1}, found));
  }
  BOOST_TEST(cache.bytes() == 4u * 64);
}

BOOST_AUTO_TEST_CASE(no_size_is_too_large) {
  constexpr std::size_t most = limits::cached_decisions;
  for (const std::size_t entries : {most, most + 1, SIZE_MAX / 64, SIZE_MAX}) {
    DecisionCache cache(entries);
    if (cache.off()) continue;  // a machine that does not give so much
    BOOST_TEST(cache.bytes() == most * 64);
    CachedDecision found;
    cache.put({1, 2, 3}, {4, 5, Status::allowed});
    BOOST_TEST(cache.find({1, 2, 3}, found));
  }
}

BOOST_AUTO_TEST_CASE(where_nothing_is_found_nobody_looks_for_long) {
  CachePays pays;
  int looks = 0;
  for (int i = 0; i < 1'000'000; ++i)
    if (pays.look()) {
      ++looks;
      pays.miss();
    }
  BOOST_TEST(looks < 80'000);
  for (int i = 0; i < 20'000; ++i)
    if (pays.look()) pays.hit();
  looks = 0;
  for (int i = 0; i < 10'000; ++i)
    if (pays.look()) {
      ++looks;
      pays.hit();
    }
  BOOST_TEST(looks == 10'000);  // it is trusted again
}

BOOST_AUTO_TEST_SUITE_END()
