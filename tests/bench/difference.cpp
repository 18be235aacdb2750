// The difference of two sets that ten rules set apart, text to the last entry; and one of ten million points, written as
// boxes. Names are TABLE/ROW/RULES, as report.cpp wants them.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <future>

#include "analysis/difference.hpp"
#include "bench/setup.hpp"

namespace zweck::bench {
namespace {

using benchmark::State;
using Clock = std::chrono::steady_clock;

// As a review would see it: ten rules anywhere in the set, each changed in one way.
Workload changed(Workload workload) {
  std::vector<Rule>& rules = workload.rules;
  std::vector<Rule> fresh;
  for (std::size_t i = 0; i < 10; ++i) {
    Rule& rule = rules[i * rules.size() / 10 + 3];
    switch (i % 5) {
      case 0:  // kept for less, or a deny rule gone
        if (rule.allows)
          rule.keep_days = 15;
        else
          rule.when.clear();
        break;
      case 1:  // one condition more
        rule.when.push_back({Atom::Kind::compare, true, "gpc", "", {}, false, ""});
        rule.any_of_when = false;
        break;
      case 2:  // its conditions gone
        rule.when.clear();
        rule.unless.reset();
        break;
      case 3:  // for the partners of another
        rule.scope[2] = rules[i * rules.size() / 10 + 5].scope[2];
        break;
      default:  // one rule more
        fresh.push_back(rule);
        fresh.back().name += "-too";
        fresh.back().scope[1] = rules[i * rules.size() / 10 + 6].scope[1];
        break;
    }
  }
  rules.insert(rules.end(), fresh.begin(), fresh.end());
  return workload;
}

Engine load(const Texts& texts) {
  auto engine = Engine::from_texts(texts);
  if (engine) return *std::move(engine);
  fmt::print(stderr, "{}", render(engine.diagnostics()));
  std::exit(2);
}

void compare_sets(State& state, const Texts& before, const Texts& after) {
  Difference difference;
  double first = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    first = 0;
    // As the command loads them.
    auto loading = std::async(std::launch::async, [&] { return load(before); });
    const Engine new_set = load(after), old_set = loading.get();
    if (getenv("X")) fmt::print("loaded {}\n", seconds());
    difference = compare(old_set, new_set, [&](const DifferenceEntry& entry) {
      if (first == 0) first = seconds();
      if (getenv("X")) fmt::print("{:.3f} {} {} [{}] [{}] [{}] {} {} {}\n", seconds(), int(entry.now), entry.points, fmt::join(entry.names[0], ","), fmt::join(entry.names[1], ","), entry.names[2].size(), entry.when.substr(0,100), entry.when.size(), fmt::join(entry.rules, ","));
      return true;
    });
  }
  std::uint64_t entries = 0, points = 0;
  for (std::size_t kind = 0; kind < 3; ++kind) {
    entries += difference.entries[kind];
    points += difference.points[kind];
  }
  state.counters["first"] = first;
  state.counters["entries"] = static_cast<double>(entries);
  state.counters["points"] = static_cast<double>(points);
  state.counters["undecided"] = static_cast<double>(difference.undecided.size());
}

}  // namespace
}  // namespace zweck::bench

int main(int argc, char** argv) {
  using namespace zweck::bench;
  for (const std::size_t rules : {1'000u, 10'000u}) {
    benchmark::RegisterBenchmark(fmt::format("difference/ten rules changed/{}", rules).c_str(), [rules](State& state) {
      const Workload before = workload_of(Shape::realistic, rules);
      compare_sets(state, texts_of(before), texts_of(changed(before)));
    })->Unit(benchmark::kMillisecond)->Iterations(1);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
