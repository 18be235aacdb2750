// Linting and proofs. Names are TABLE/ROW/RULES, from which report.cpp makes its tables.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>

#include "analysis/assertions.hpp"
#include "analysis/rules.hpp"
#include "bench/proofs.hpp"
#include "lint/lint.hpp"

namespace zweck::bench {
namespace {

using benchmark::State;

const Time now = *parse_time("2026-06-01T12:00:00Z");

void add(const std::string& table, const std::string& row, std::size_t rules, auto run) {
  benchmark::RegisterBenchmark(fmt::format("{}/{}/{}", table, row, rules).c_str(), run)
      ->Unit(benchmark::kMillisecond);
}

// From text to findings, and the most memory meanwhile.
void lint_all(State& state, const Texts& texts) {
  std::size_t findings = 0, undecided = 0;
  const auto run = [&] {
    const LoadedSet set = load(texts);
    const auto found = lint::lint(set, {.now = now, .directory = {}});
    findings = found.size();
    undecided = static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const lint::Finding& finding) {
      return finding.diagnostic.message.find("not decided") != std::string::npos;
    }));
  };
  const Memory memory = memory_of([&] { return run(), std::any(); });
  for (auto _ : state) run();
  state.counters["peak"] = memory.peak;
  state.counters["findings"] = static_cast<double>(findings);
  state.counters["undecided"] = static_cast<double>(undecided);
}

// The five checks of the rules' logic, everything they need built anew.
void logic(State& state, const Texts& texts) {
  const LoadedSet set = load(texts);
  std::size_t findings = 0, undecided = 0;
  for (auto _ : state) {
    analysis::Analysis analysis(set.model);
    std::vector<RuleId> open;
    const auto idle = find_idle_rules(analysis);
    const auto constant = find_constant_conditions(analysis, &open);
    const auto dead = find_dead_exceptions(analysis);
    findings = idle.size() + constant.size() + dead.size();
    undecided = open.size() + static_cast<std::size_t>(std::count_if(idle.begin(), idle.end(), [](const RuleFinding& each) {
                  return each.kind == RuleFinding::Kind::undecided;
                }));
  }
  state.counters["findings"] = static_cast<double>(findings);
  state.counters["undecided"] = static_cast<double>(undecided);
}

// Half of them holding, half failing with a counterexample.
void assertions(State& state, std::size_t rules, std::size_t count) {
  Texts texts = texts_of(workload_of(Shape::realistic, rules));
  const LoadedSet bare = load(texts);
  texts.emplace_back("assertions.zweck", assertions_text(bare.model, count / 2, count - count / 2));
  const LoadedSet set = load(texts);
  std::size_t failing = 0, undecided = 0;
  for (auto _ : state) {
    const auto results = decide_assertions(set.model);
    const auto with = [&](AssertionResult::Outcome outcome) {
      return static_cast<std::size_t>(std::count_if(results.begin(), results.end(),
                                                    [&](const AssertionResult& each) { return each.outcome == outcome; }));
    };
    failing = with(AssertionResult::Outcome::fails);
    undecided = with(AssertionResult::Outcome::undecided);
  }
  state.counters["findings"] = static_cast<double>(failing);
  state.counters["undecided"] = static_cast<double>(undecided);
}

}  // namespace

void register_all() {
  const auto realistic = [](std::size_t rules) { return texts_of(workload_of(Shape::realistic, rules)); };
  for (const std::size_t rules : {1'000u, 10'000u, 30'000u}) {
    add("lint", "all checks, parsing included", rules, [=](State& state) { lint_all(state, realistic(rules)); });
    add("lint", "logic checks alone", rules, [=](State& state) { logic(state, realistic(rules)); });
    add("lint", "50 assertions, 25 of them failing", rules, [=](State& state) { assertions(state, rules, 50); });
  }
  for (const Shape shape : {Shape::one_node, Shape::roots, Shape::disjoint, Shape::deep_dag}) {
    add("lint shapes", name_of(shape), 10'000,
        [=](State& state) { logic(state, texts_of(workload_of(shape, 10'000))); });
  }
  for (const auto& [tiling, tiles] : {std::pair(Tiling::plain, 5'000u), std::pair(Tiling::gap, 5'000u),
                                      std::pair(Tiling::denied, 5'000u), std::pair(Tiling::pairs, 1'000u),
                                      std::pair(Tiling::pairs, 5'000u), std::pair(Tiling::minterms, 1'024u)}) {
    add("lint shapes", fmt::format("one rule tiled by {}", name_of(tiling)), tiles,
        [=](State& state) { logic(state, tiled(tiling, tiles)); });
  }
}

}  // namespace zweck::bench
