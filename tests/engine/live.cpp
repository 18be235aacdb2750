// Engines exchanged while threads decide. Also meant to be run under ThreadSanitizer.
#include "zweck/live.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace zweck;

// An engine in which the data node `d<n>` may be used, and nothing else exists.
Engine engine(int n) {
  const std::string number = std::to_string(n);
  auto loaded = Engine::from_texts(
      {{"a.vocab.yaml", "data: {d" + number + ": {}}\npurposes: {p: {}}\npartners: {q: {}}\n"},
       {"a.zweck", "rule r allow any for any by any basis contract keep " + std::to_string(n + 1) + " days"}});
  BOOST_REQUIRE(static_cast<bool>(loaded));
  return *std::move(loaded);
}

// The number that an engine was made with, by what it decides: 0 days if it says no.
int number_of(const Engine& engine) {
  const Decision decision = engine.decide({0, 0, 0}, engine.facts(), engine.unknown_subject(Time{}));
  return static_cast<int>(decision.keep().value_or(Duration{0}).seconds / seconds_per_day) - 1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(live)

BOOST_AUTO_TEST_CASE(what_is_published_is_got) {
  Live live(engine(1));
  BOOST_TEST(number_of(live.get()) == 1);
  BOOST_TEST(&live.get() == &live.get());
  live.publish(engine(2));
  BOOST_TEST(number_of(live.get()) == 2);
  live.publish(engine(3));
  live.publish(engine(4));
  BOOST_TEST(number_of(live.get()) == 4);
  BOOST_TEST(number_of(live.snapshot()) == 4);
}

BOOST_AUTO_TEST_CASE(what_was_got_stays_until_the_next_get) {
  Live live(engine(1));
  const Engine& first = live.get();
  live.publish(engine(2));
  BOOST_TEST(number_of(first) == 1);
  BOOST_TEST(number_of(live.get()) == 2);
}

BOOST_AUTO_TEST_CASE(a_snapshot_outlives_its_handle) {
  auto live = std::make_unique<Live>(engine(7));
  const Engine kept = live->snapshot();
  const Engine& got = live->get();
  live.reset();
  BOOST_TEST(number_of(kept) == 7);
  BOOST_TEST(number_of(got) == 7);
}

BOOST_AUTO_TEST_CASE(handles_do_not_get_in_each_others_way) {
  Live a(engine(1));
  Live b(engine(2));
  const Engine& of_a = a.get();
  const Engine& of_b = b.get();
  BOOST_TEST(number_of(of_a) == 1);
  BOOST_TEST(number_of(of_b) == 2);
  b.publish(engine(3));
  BOOST_TEST(&a.get() == &of_a);
  BOOST_TEST(number_of(b.get()) == 3);
  // A new handle may take the place of one that is gone, but never its engine.
  for (int i = 10; i < 20; ++i) {
    Live one(engine(i));
    BOOST_TEST(number_of(one.get()) == i);
    Live another(engine(i + 100));
    BOOST_TEST(number_of(another.get()) == i + 100);
    BOOST_TEST(number_of(one.get()) == i);
  }
  BOOST_TEST(number_of(a.get()) == 1);
}

BOOST_AUTO_TEST_CASE(threads_see_engines_in_the_order_of_publishing) {
  constexpr int last = 60;
  std::vector<Engine> engines;
  for (int i = 0; i <= last; ++i) engines.push_back(engine(i));
  Live live(engines[0]);
  std::atomic<int> failures{0};
  std::vector<std::thread> readers;
  for (int t = 0; t < 4; ++t) {
    readers.emplace_back([&] {
      int seen = 0;
      while (seen < last) {
        const int number = number_of(live.get());
        if (number < seen || number > last) {
          ++failures;
          return;
        }
        seen = number;
      }
    });
  }
  for (int i = 1; i <= last; ++i) {
    live.publish(engines[static_cast<std::size_t>(i)]);
    std::this_thread::yield();
  }
  for (std::thread& reader : readers) reader.join();
  BOOST_TEST(failures == 0);
}

BOOST_AUTO_TEST_CASE(handles_come_and_go_while_threads_live) {
  Live steady(engine(5));
  const Engine one = engine(1);
  const Engine two = engine(2);
  std::atomic<bool> stop{false};
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      while (!stop) {
        Live mine(one);
        failures += number_of(mine.get()) != 1;
        mine.publish(two);
        failures += number_of(mine.get()) != 2;
        failures += number_of(steady.get()) != 5;
      }
    });
  }
  // Handles used by several threads, each gone before those.
  for (int i = 0; i < 20; ++i) {
    auto shared = std::make_unique<Live>(one);
    std::thread reader([&] { failures += number_of(shared->get()) != 1; });
    failures += number_of(shared->get()) != 1;
    reader.join();
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(failures == 0);
}

namespace {

// Gets an engine when its thread is already coming to its end.
struct Late {
  const Live* live = nullptr;
  int* seen = nullptr;
  ~Late() {
    if (live) *seen = number_of(live->get());
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_thread_may_ask_to_its_very_end) {
  const Live live(engine(8));
  int seen = 0;
  std::thread([&] {
    thread_local Late late;
    late.live = &live;
    late.seen = &seen;
    BOOST_TEST(number_of(live.get()) == 8);
  }).join();
  BOOST_TEST(seen == 8);
}

BOOST_AUTO_TEST_CASE(reloading_keeps_the_engine_if_there_are_errors) {
  const std::filesystem::path directory = std::filesystem::temp_directory_path() / "zweck-test-live";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  const auto write = [&](const char* name, const char* text) { std::ofstream(directory / name) << text; };
  write("a.vocab.yaml", "data: {d: {}}\npurposes: {p: {}}\npartners: {q: {}}\n");
  write("a.zweck", "rule r allow any for any by any basis contract keep 3 days");
  Live live(engine(1));
  BOOST_TEST(live.reload(directory).empty());
  BOOST_TEST(number_of(live.get()) == 2);
  BOOST_TEST(live.get().statistics().cache_bytes > 0u);
  EngineOptions options;
  options.cached_decisions = 0;
  BOOST_TEST(live.reload(directory, options).empty());
  BOOST_TEST(live.get().statistics().cache_bytes == 0u);
  write("a.zweck", "rule r allow anything for any by any basis contract keep 4 days");
  const Diagnostics errors = live.reload(directory);
  BOOST_TEST_REQUIRE(errors.size() == 1);
  BOOST_TEST(errors[0].check == "unknown-name");
  BOOST_TEST(number_of(live.get()) == 2);
  BOOST_TEST(!live.reload(directory / "missing").empty());
  BOOST_TEST(number_of(live.get()) == 2);
  std::filesystem::remove_all(directory);
}

BOOST_AUTO_TEST_SUITE_END()
