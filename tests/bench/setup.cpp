#include "bench/setup.hpp"

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

namespace zweck::bench {
namespace {

[[noreturn]] void give_up(const std::string& reason) {
  std::fprintf(stderr, "%s\n", reason.c_str());
  std::exit(2);
}

template <class Value>
Value must(Result<Value> result) {
  if (!result) give_up(render(result.diagnostics()));
  return *std::move(result);
}

NodeId id(const Engine& engine, const Workload& workload, Dimension dimension, std::size_t node) {
  const std::string& name = workload.taxonomies[static_cast<std::size_t>(dimension)].nodes[node].name;
  const auto found = engine.find(dimension, name);
  if (!found) give_up("the engine does not know " + name);
  return *found;
}

std::vector<Bound> bind(const Engine& engine, const Workload& workload, std::size_t count, std::size_t points) {
  std::vector<Bound> bound;
  for (const Ask& ask : make_asks(workload, count, points, 7)) {
    bound.push_back({{id(engine, workload, Dimension::data, ask.point[0]), id(engine, workload, Dimension::purpose, ask.point[1]),
                      id(engine, workload, Dimension::partner, ask.point[2])},
                     static_cast<std::uint32_t>(ask.customer)});
  }
  return bound;
}

// A line of /proc/self/status such as "VmHWM:   1234 kB", in MiB.
double status_line(const std::string& key) {
  std::ifstream file("/proc/self/status");
  std::string word;
  while (file >> word) {
    double kilobytes = 0;
    if (word == key && file >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}

double heap() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd) / (1 << 20);
}

}  // namespace

Workload workload_of(Shape shape, std::size_t rules, std::size_t customers) {
  Parameters parameters;
  parameters.shape = shape;
  parameters.rules = rules;
  parameters.subjects = customers;
  if (shape == Shape::deep_dag) parameters.nodes[2] /= 2;  // each has hundreds above it: more would be refused
  return make_workload(parameters);
}

Texts texts_of(const Workload& workload) {
  return {{"workload.vocab.yaml", vocabulary_text(workload)}, {"workload.zweck", rules_text(workload)}};
}

const Setup& setup(Shape shape, std::size_t rules, const Variant& variant) {
  static std::map<std::string, Setup> kept;  // by variant
  static std::pair<Shape, std::size_t> which;
  if (which != std::pair(shape, rules)) kept.clear();
  which = {shape, rules};
  if (const auto found = kept.find(variant.name); found != kept.end()) return found->second;

  Workload workload = workload_of(shape, rules);
  Engine engine = must(Engine::from_texts(texts_of(workload), variant.options));
  std::vector<Facts> all_facts;
  std::vector<Subject> subjects;
  for (const Customer& customer : workload.customers) {
    Facts facts = engine.facts();
    for (const auto& [name, value] : customer.facts) must(facts.set(name, value));
    all_facts.push_back(std::move(facts));
    subjects.push_back(must(engine.subject(customer.ledger, workload.now)));
  }
  std::vector<Bound> recurring = bind(engine, workload, 1u << 14, 256), random = bind(engine, workload, 1u << 20, 0);
  return kept
      .emplace(variant.name, Setup{std::move(workload), std::move(engine), std::move(all_facts), std::move(subjects),
                                   std::move(recurring), std::move(random)})
      .first->second;
}

Memory memory_of(const std::function<std::any()>& work) {
  malloc_trim(0);
  int ends[2];
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts from here
    const double before = status_line("VmRSS:"), heap_before = heap();
    const std::any made = work();
    const Memory memory{status_line("VmHWM:") - before, heap() - heap_before};
    _exit(write(ends[1], &memory, sizeof memory) == sizeof memory ? 0 : 1);
  }
  close(ends[1]);
  Memory memory;
  const bool whole = read(ends[0], &memory, sizeof memory) == sizeof memory;
  close(ends[0]);
  if (child > 0) waitpid(child, nullptr, 0);
  return whole ? memory : Memory{};
}

Memory memory_of_loading(const Texts& texts) {
  return memory_of([&] { return std::make_shared<Engine>(must(Engine::from_texts(texts))); });
}

const char* name_of(Shape shape) {
  constexpr std::array<const char*, 5> names{"realistic", "one node", "roots", "disjoint literals", "deep graph"};
  return names[static_cast<std::size_t>(shape)];
}

}  // namespace zweck::bench
