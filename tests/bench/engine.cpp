// Loading and deciding. Names are TABLE/ROW/RULES, from which report.cpp makes its tables: a further variant of the engine
// is a further row. Times are of one decision; `mean` waits for each decision before the next begins, `p50` and `p99` are
// of single decisions with the cost of the timer taken off. What takes nanoseconds is measured several times, of which the
// median counts: other users of the machine come and go.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include "bench/clock.hpp"
#include "bench/setup.hpp"
#include "engine/index.hpp"
#include "engine/intersect.hpp"
#include "model/load.hpp"
#include "zweck/live.hpp"

namespace zweck::bench {
namespace {

using benchmark::State;

const std::vector<std::size_t> sizes{10, 100, 1'000, 10'000, 100'000};

const Variant standard{"", {}};
// Every decision worked out anew, by each of the ways to intersect that the machine has.
// First without parts: bit vectors over all terms.
const std::vector<Variant> uncached{{"no cache, never cut", {.cached_decisions = 0, .kernel = "", .part_terms = 0}},
                                    {"no cache, plain", {.cached_decisions = 0, .kernel = "plain"}},
                                    {"no cache, AVX2", {.cached_decisions = 0, .kernel = "avx2"}},
                                    {"no cache, AVX-512", {.cached_decisions = 0, .kernel = "avx512"}}};

void add(const std::string& table, const std::string& row, std::size_t rules, auto run) {
  auto* added = benchmark::RegisterBenchmark(fmt::format("{}/{}/{}", table, row, rules).c_str(), run);
  if (table == "memory" || table == "decide") added->Repetitions(3)->ReportAggregatesOnly();
}

// One dependent load.
void load_latency(State& state, std::size_t bytes) {
  Chase chase(bytes);
  chase.walk(bytes / 64);
  constexpr std::size_t steps = 10'000;
  for (auto _ : state) {
    auto reached = chase.walk(steps);
    benchmark::DoNotOptimize(reached);
  }
  state.counters["mean"] = benchmark::Counter(static_cast<double>(state.iterations() * steps) * 1e-9,
                                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void text_to_engine(State& state, Shape shape, std::size_t rules) {
  const Texts texts = texts_of(workload_of(shape, rules));
  const Memory memory = memory_of_loading(texts);
  for (auto _ : state) {
    auto engine = Engine::from_texts(texts);
    benchmark::DoNotOptimize(engine);
  }
  state.counters["peak"] = memory.peak;
  state.counters["held"] = memory.held;
}

void compile(State& state, Shape shape, std::size_t rules) {
  std::vector<Source> sources;
  for (auto& [path, text] : texts_of(workload_of(shape, rules))) sources.push_back({path, text});
  const auto set = load_texts(std::move(sources));
  for (auto _ : state) {
    auto compiled = zweck::compile(set->model, EngineOptions().part_terms);
    benchmark::DoNotOptimize(compiled);
  }
}

// `decide(bound)` over requests in their order, mean and percentiles. `before` runs before each one of the latter.
void measure(State& state, const std::vector<Bound>& requests, auto decide, auto before, bool means) {
  const std::size_t mask = requests.size() - 1;  // a power of two
  std::size_t at = 0, zero = 0, allowed = 0, count = 0;
  benchmark::DoNotOptimize(zero);
  for (std::size_t i = 0; i < requests.size(); ++i) allowed += static_cast<bool>(decide(requests[i]));
  for (auto _ : state) {
    const Decision decision = decide(requests[at]);
    at = (at + 1 + (static_cast<std::size_t>(decision.status()) & zero)) & mask;  // the next one waits for this one
    ++count;
  }
  const Percentiles each = percentiles(
      means ? 200'000 : 5'000, before, [&](std::size_t i) { benchmark::DoNotOptimize(decide(requests[i & mask])); });
  if (means) {
    state.counters["mean"] = benchmark::Counter(static_cast<double>(count) * 1e-9,
                                                benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  }
  state.counters["p50"] = each.p50;
  state.counters["p99"] = each.p99;
  state.counters["allowed"] = static_cast<double>(allowed) / static_cast<double>(requests.size());
}

enum class Order : std::uint8_t { recurring, random, cold };

void decide_bound(State& state, Shape shape, std::size_t rules, const Variant& variant, Order order) {
  const Setup& set = setup(shape, rules, variant);
  const auto decide = [&](const Bound& bound) { return set.decide(bound); };
  if (order == Order::cold) {
    Evict evict;
    measure(state, set.random, decide, [&](std::size_t) { evict(); }, false);
  } else {
    measure(state, order == Order::recurring ? set.recurring : set.random, decide, [](std::size_t) {}, true);
  }
}

// Batches of a thousand rows: the same subject at many points, one after the other.
void decide_batch(State& state, std::size_t rules, Order order) {
  const Setup& set = setup(Shape::realistic, rules, standard);
  const std::vector<Bound>& requests = order == Order::recurring ? set.recurring : set.random;
  constexpr std::size_t rows = 1000;
  const std::size_t batches = requests.size() / rows, customers = set.facts.size();
  std::array<std::vector<NodeId>, 3> columns;
  for (std::size_t i = 0; i < rows * batches; ++i) {
    columns[0].push_back(requests[i].point.data);
    columns[1].push_back(requests[i].point.purpose);
    columns[2].push_back(requests[i].point.partner);
  }
  std::vector<std::uint64_t> allowed(Engine::words_for(rows));
  std::size_t at = 0;
  for (auto _ : state) {
    const auto part = [&](std::size_t d) { return std::span<const NodeId>(columns[d]).subspan(at * rows, rows); };
    set.engine.decide({part(0), part(1), part(2), std::span(&set.facts[at % customers], 1),
                       std::span(&set.subjects[at % customers], 1)}, rows, {},
                      allowed);
    benchmark::DoNotOptimize(allowed.data());
    at = (at + 1) % batches;
  }
  state.counters["mean"] = benchmark::Counter(static_cast<double>(state.iterations() * rows) * 1e-9,
                                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// The handle of the current engine: getting it, alone and while another thread publishes a new one every millisecond.
void get_live(State& state, bool publishing) {
  const Setup& set = setup(Shape::realistic, 100, standard);
  Live live(set.engine);
  std::atomic<bool> done = !publishing;
  std::jthread publisher([&] {
    while (!done) {
      live.publish(set.engine);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  constexpr std::size_t steps = 1'000;
  for (auto _ : state)
    for (std::size_t i = 0; i < steps; ++i) benchmark::DoNotOptimize(&live.get());
  done = true;
  state.counters["mean"] = benchmark::Counter(static_cast<double>(state.iterations() * steps) * 1e-9,
                                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// A decision through the handle, in one thread or in two at once.
void decide_live(State& state) {
  static const Setup* set = nullptr;
  static std::optional<Live> live;
  if (state.thread_index() == 0) {
    set = &setup(Shape::realistic, 10'000, standard);
    live.emplace(set->engine);
  }
  std::size_t at = static_cast<std::size_t>(state.thread_index()) * 7919;
  for (auto _ : state) {
    const Bound& bound = set->recurring[at++ & (set->recurring.size() - 1)];
    benchmark::DoNotOptimize(live->get().decide(bound.point, set->facts[bound.customer], set->subjects[bound.customer]));
  }
  // Rates of threads add up: the time of one decision in one of them.
  state.counters["mean"] = benchmark::Counter(static_cast<double>(state.iterations()) * 1e-9,
                                              benchmark::Counter::kAvgThreadsRate | benchmark::Counter::kInvert);
}

// A call with a request of its own each time, facts and ledger of ten events not bound.
void unbound(State& state, std::size_t rules, auto prepare, auto call) {
  const Setup& set = setup(Shape::realistic, rules, standard);
  std::vector<decltype(prepare(set, Request{}))> requests;
  for (const Ask& ask : make_asks(set.workload, 1u << 12, 0, 11)) {
    requests.push_back(prepare(set, make_request(set.workload, ask)));
  }
  const std::size_t mask = requests.size() - 1;
  for (std::size_t i = 0; i < 16; ++i) call(set, requests[i]);  // the first one brings the rules back
  std::size_t at = 0;
  for (auto _ : state) call(set, requests[at++ & mask]);
  const Percentiles each =
      percentiles(20'000, [](std::size_t) {}, [&](std::size_t i) { call(set, requests[i & mask]); });
  state.counters["mean"] = benchmark::Counter(static_cast<double>(state.iterations()) * 1e-9,
                                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["p50"] = each.p50;
  state.counters["p99"] = each.p99;
}

void bind_anew(State& state, std::size_t rules) {
  unbound(
      state, rules, [](const Setup&, Request request) { return request; },
      [](const Setup& set, const Request& request) {
        Facts facts = set.engine.facts();
        for (const auto& [name, value] : request.facts) benchmark::DoNotOptimize(static_cast<bool>(facts.set(name, value)));
        const auto subject = set.engine.subject(*request.ledger, *request.at);
        const Point point{*set.engine.data(request.data.front()), *set.engine.purpose(request.purpose),
                          *set.engine.partner(request.partner)};
        benchmark::DoNotOptimize(set.engine.decide(point, facts, *subject));
      });
}

void ask_once(State& state, std::size_t rules) {
  unbound(
      state, rules, [](const Setup&, Request request) { return request; },
      [](const Setup& set, const Request& request) { benchmark::DoNotOptimize(set.engine.decide(request)); });
}

// The request itself was written just before, as a service does that makes it from what it has at hand.
void ask_once_fresh(State& state, std::size_t rules) {
  const Setup& set = setup(Shape::realistic, rules, standard);
  std::vector<Request> requests;
  for (const Ask& ask : make_asks(set.workload, 1u << 12, 0, 11)) requests.push_back(make_request(set.workload, ask));
  for (auto _ : state) benchmark::DoNotOptimize(set.engine.decide(requests.front()));
  Request fresh;
  const Percentiles each = percentiles(
      20'000, [&](std::size_t i) { fresh = requests[i & (requests.size() - 1)]; },
      [&](std::size_t) { benchmark::DoNotOptimize(set.engine.decide(fresh)); });
  state.counters["p50"] = each.p50;
  state.counters["p99"] = each.p99;
}

void answer_line(State& state, std::size_t rules) {
  std::string out;
  unbound(
      state, rules, [](const Setup&, const Request& request) { return request_json(request); },
      [&](const Setup& set, const std::string& line) {
        out.clear();
        set.engine.answer_json(line, out);
        benchmark::DoNotOptimize(out.data());
      });
}

void answer(State& state, std::size_t rules) {
  unbound(
      state, rules, [](const Setup&, Request request) { return request; },
      [](const Setup& set, const Request& request) {
        auto answer = set.engine.answer(request);
        benchmark::DoNotOptimize(answer);
      });
}

void answer_json(State& state, std::size_t rules) {
  unbound(
      state, rules, [](const Setup&, const Request& request) { return request_json(request); },
      [](const Setup& set, const std::string& line) {
        auto json = to_json(set.engine.answer_json(line));
        benchmark::DoNotOptimize(json);
      });
}

}  // namespace

void register_all() {
  add("memory", "L1", 0, [](State& state) { load_latency(state, 16u << 10); });
  add("memory", "L2", 0, [](State& state) { load_latency(state, std::min<std::size_t>(512u << 10, level2_bytes() / 2)); });
  add("memory", "L3", 0, [](State& state) { load_latency(state, 16u << 20); });
  add("memory", "memory", 0, [](State& state) { load_latency(state, 1u << 30); });
  for (const std::size_t rules : sizes) {
    const Shape shape = Shape::realistic;
    add("load", "text to engine", rules, [=](State& state) { text_to_engine(state, shape, rules); });
    add("load", "model to engine", rules, [=](State& state) { compile(state, shape, rules); });
    add("decide", "recurring points", rules,
        [=](State& state) { decide_bound(state, shape, rules, standard, Order::recurring); });
    add("decide", "random points", rules, [=](State& state) { decide_bound(state, shape, rules, standard, Order::random); });
    add("decide", "random points, L1 and L2 emptied", rules,
        [=](State& state) { decide_bound(state, shape, rules, standard, Order::cold); });
    add("decide", "batch of 1,000, recurring points", rules, [=](State& state) { decide_batch(state, rules, Order::recurring); });
    add("decide", "batch of 1,000, random points", rules, [=](State& state) { decide_batch(state, rules, Order::random); });
    for (const Variant& variant : uncached) {
      const std::string& kernel = variant.options.kernel;
      if (!kernel.empty() && kernel_named(kernel).name != kernel) continue;  // this machine has it not
      add("decide", variant.name + std::string(", recurring points"), rules,
          [=](State& state) { decide_bound(state, shape, rules, variant, Order::recurring); });
      add("decide", variant.name + std::string(", random points"), rules,
          [=](State& state) { decide_bound(state, shape, rules, variant, Order::random); });
    }
    add("request", "names, facts and ledger bound anew", rules, [=](State& state) { bind_anew(state, rules); });
    add("request", "names, facts and ledger, asked once", rules, [=](State& state) { ask_once(state, rules); });
    add("request", "the same, the request just written", rules, [=](State& state) { ask_once_fresh(state, rules); });
    add("request", "full answer from names", rules, [=](State& state) { answer(state, rules); });
    add("request", "JSON line to JSON line", rules, [=](State& state) { answer_line(state, rules); });
    add("request", "JSON to JSON", rules, [=](State& state) { answer_json(state, rules); });
  }
  add("handle", "getting the engine", 100, [](State& state) { get_live(state, false); });
  add("handle", "getting it while others publish", 100, [](State& state) { get_live(state, true); });
  for (const int threads : {1, 2})
    benchmark::RegisterBenchmark(fmt::format("handle/getting it and deciding, {} thread{}/10000", threads, threads == 1 ? "" : "s").c_str(),
                                 decide_live)
        ->Threads(threads)
        ->UseRealTime();
  for (const Shape shape : {Shape::one_node, Shape::roots, Shape::disjoint, Shape::deep_dag}) {
    constexpr std::size_t rules = 10'000;
    add("shapes", name_of(shape) + std::string(", text to engine"), rules,
        [=](State& state) { text_to_engine(state, shape, rules); });
    add("shapes", name_of(shape) + std::string(", random points"), rules,
        [=](State& state) { decide_bound(state, shape, rules, standard, Order::random); });
  }
}

}  // namespace zweck::bench
