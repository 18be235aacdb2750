// The difference of two sets that ten rules set apart, and one of ten million points, told as boxes. Names are
// TABLE/ROW/RULES, from which report.cpp makes its tables.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <future>

#include "analysis/difference.hpp"
#include "bench/setup.hpp"

namespace zweck::bench {
namespace {

using benchmark::State;

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

// Rules of a few purposes for everybody, on all data: some ten million points that all change.
Workload broadened(Workload workload) {
  const Taxonomy& purposes = workload.taxonomies[1];
  for (std::size_t i = 0; i < 3; ++i) {
    Rule rule;
    rule.name = "broad-" + std::to_string(i);
    rule.allows = true;
    rule.scope[1] = {purposes.nodes[purposes.leaves[i * purposes.leaves.size() / 3]].name};
    rule.basis = "not-personal";
    rule.oblige = {"log"};
    workload.rules.push_back(rule);
  }
  return workload;
}

std::size_t heap() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

enum class Until : std::uint8_t { first_entry, last_entry };

// To ask for the size of the heap takes as long as to find an entry: it is not asked for at each of them.
constexpr std::size_t entries_between_looks = 256;

// Text to engines, as the command loads them, and what sets them apart. `growth`: memory between the first entry and the
// most of it, in MiB.
void compare_sets(State& state, const Texts& before, const Texts& after, Until until) {
  Difference difference;
  std::size_t at_first = 0, most = 0, seen = 0;
  for (auto _ : state) {
    auto loading = std::async(std::launch::async, [&] { return load(before); });
    const Engine new_set = load(after), old_set = loading.get();
    at_first = most = seen = 0;
    difference = compare(old_set, new_set, [&](const DifferenceEntry&) {
      if (seen++ % entries_between_looks == 0) {
        most = std::max(most, heap());
        if (seen == 1) at_first = most;
      }
      return until == Until::last_entry;
    });
  }
  std::uint64_t entries = 0, points = 0;
  for (std::size_t kind = 0; kind < 3; ++kind) {
    entries += difference.entries[kind];
    points += difference.points[kind];
  }
  state.counters["entries"] = static_cast<double>(entries);
  state.counters["points"] = static_cast<double>(points);
  state.counters["growth"] = static_cast<double>(most - at_first) / (1 << 20);
  state.counters["undecided"] = static_cast<double>(difference.undecided.size());
}

void add(const std::string& row, std::size_t rules, auto run) {
  benchmark::RegisterBenchmark(fmt::format("difference/{}/{}", row, rules).c_str(), run)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace

void register_all() {
  for (const std::size_t rules : {1'000u, 10'000u}) {
    const auto compare_with = [rules](auto change, Until until) {
      return [=](State& state) {
        const Workload before = workload_of(Shape::realistic, rules);
        compare_sets(state, texts_of(before), texts_of(change(before)), until);
      };
    };
    add("ten rules changed, to the first entry", rules, compare_with(changed, Until::first_entry));
    add("ten rules changed, to the last entry", rules, compare_with(changed, Until::last_entry));
    add("ten million points, to the last entry", rules, compare_with(broadened, Until::last_entry));
  }
}

}  // namespace zweck::bench
