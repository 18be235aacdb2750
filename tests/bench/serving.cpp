// Serving from a bundle, and many requests as lines of JSON through the command. Names are TABLE/ROW/RULES, from which
// report.cpp makes its tables.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "bench/proofs.hpp"
#include "bench/setup.hpp"
#include "bundle/bundle.hpp"

extern char** environ;

namespace zweck::bench {
namespace {

using benchmark::State;

[[noreturn]] void give_up(const std::string& reason) {
  fmt::print(stderr, "{}\n", reason);
  std::exit(2);
}

// A folder of its own, gone with this.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / fmt::format("zweck-bench-{}", ::getpid())) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string file(const std::string& name, const std::string& text) const {
    const std::string path = path_ / name;
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) give_up(path + " cannot be written");
    return path;
  }

 private:
  std::filesystem::path path_;
};

std::string bundle_file(const Folder& folder, const Workload& workload) {
  const LoadedSet set = load(texts_of(workload));
  const EngineOptions standard;
  const auto bytes = write_bundle(set.model, zweck::compile(set.model, standard.part_terms, standard.table_bytes));
  if (!bytes) give_up(render(bytes.diagnostics()));
  return folder.file("bundle", *bytes);
}

// From a file, which the system still has in memory, to the first decision: all checks of the bundle, names, facts and
// ledger of a customer.
void open_to_decision(State& state, std::size_t rules) {
  const Folder folder;
  const Workload workload = workload_of(Shape::realistic, rules);
  const std::string path = bundle_file(folder, workload);
  const Request request = make_request(workload, make_asks(workload, 1, 0, 11).front());
  for (auto _ : state) {
    const auto engine = Engine::load(path);
    if (!engine) give_up(render(engine.diagnostics()));
    Decision decision = engine->decide(request);
    benchmark::DoNotOptimize(decision);
  }
}

double seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; }

// `zweck decide BUNDLE --requests FILE`, all of the process counted, its start as well. Each request asks of a random one of
// the customers.
void answer_file(State& state, std::size_t rules, std::size_t customers) {
  constexpr std::size_t count = 200'000;
  const Folder folder;
  const Workload workload = workload_of(Shape::realistic, rules, customers);
  const std::string bundle = bundle_file(folder, workload);
  std::string lines;
  for (const Ask& ask : make_asks(workload, count, 0, 11)) lines += request_json(make_request(workload, ask)) + "\n";
  const std::string requests = folder.file("requests.jsonl", lines);

  posix_spawn_file_actions_t nowhere;
  posix_spawn_file_actions_init(&nowhere);
  posix_spawn_file_actions_addopen(&nowhere, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const std::array<const char*, 6> words{ZWECK_COMMAND, "decide", bundle.c_str(), "--requests", requests.c_str(), nullptr};
  double busy = 0, passed = 0;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    int status = 0;
    rusage used{};
    if (posix_spawn(&child, ZWECK_COMMAND, &nowhere, nullptr, const_cast<char**>(words.data()), environ) != 0 ||
        wait4(child, &status, 0, &used) != child || status != 0)
      give_up("zweck decide --requests did not end well");
    passed += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    busy += seconds(used.ru_utime) + seconds(used.ru_stime);
  }
  posix_spawn_file_actions_destroy(&nowhere);
  const double answered = static_cast<double>(state.iterations() * count);
  state.counters["per_core"] = answered / busy;
  state.counters["rate"] = answered / passed;
}

void add(const std::string& table, const std::string& row, std::size_t rules, auto run) {
  benchmark::RegisterBenchmark(fmt::format("{}/{}/{}", table, row, rules).c_str(), run)
      ->UseRealTime()
      ->Repetitions(5)
      ->ReportAggregatesOnly();  // of which the median counts
}

}  // namespace

void register_all() {
  for (const std::size_t rules : {10u, 100u, 1'000u, 10'000u, 100'000u})
    add("load", "bundle: open to first decision", rules, [=](State& state) { open_to_decision(state, rules); });
  for (const std::size_t rules : {1'000u, 10'000u, 100'000u}) {
    add("lines", "64 customers", rules, [=](State& state) { answer_file(state, rules, 64); });
    add("lines", "50,000 customers", rules, [=](State& state) { answer_file(state, rules, 50'000); });
  }
}

}  // namespace zweck::bench
