// peers_zweck DIR RULES REQUESTS kept|anew: decides the requests of the workload that DIR was written from by DIR/zweck
// and prints what the other engines print, one line of JSON for each way to ask. `anew` keeps no decisions; it is a
// process of its own, whose memory nothing was loaded into before.
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "bench/clock.hpp"
#include "bench/peers/plain.hpp"
#include "zweck/engine.hpp"

using namespace zweck;
using namespace zweck::bench;

namespace {

using std::chrono::steady_clock;

template <class Value>
Value must(Result<Value> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", render(result.diagnostics()));
    std::exit(2);
  }
  return *std::move(result);
}

// Resident memory of this process, in MiB.
double resident() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  long all = 0, pages = 0;
  if (file == nullptr || std::fscanf(file, "%ld %ld", &all, &pages) != 2) std::exit(2);
  std::fclose(file);
  return static_cast<double>(pages) * 4096 / (1 << 20);
}

struct Loaded {
  Engine engine;
  double milliseconds, mebibytes;
};
Loaded load(const std::string& directory, const EngineOptions& options) {
  malloc_trim(0);  // what the workload needed before must not be taken for free
  const double before = resident();
  const auto start = steady_clock::now();
  Engine engine = must(Engine::load(directory + "/zweck", options));
  const double milliseconds = std::chrono::duration<double, std::milli>(steady_clock::now() - start).count();
  return {std::move(engine), milliseconds, resident() - before};
}

// Asks all requests again and again: first to warm up, then all in a row for the mean, then each one by itself. The
// other engines take their mean from the latter; here the clock would be a part of it.
void measure(const Loaded& loaded, const char* how, std::size_t count, auto decide) {
  std::string decisions;
  for (std::size_t i = 0; i < count; ++i) decisions += decide(i) ? '1' : '0';
  std::size_t done = 0, allowed = 0;
  const auto rounds = [&](double seconds) {
    const auto start = steady_clock::now();
    double passed = 0;
    for (done = 0; passed < seconds; done += count) {
      for (std::size_t i = 0; i < count; ++i) allowed += decide(i);
      passed = std::chrono::duration<double>(steady_clock::now() - start).count();
    }
    return passed;
  };
  rounds(1);
  std::vector<double> means(15);  // their median, since something else may run for a while
  for (double& mean : means) {
    const double passed = rounds(0.2);
    mean = passed * 1e9 / static_cast<double>(done);
  }
  std::nth_element(means.begin(), means.begin() + 7, means.end());
  const double mean = means[7];
  const std::size_t samples = std::clamp<std::size_t>(static_cast<std::size_t>(2e9 / mean), count, 2'000'000);
  const Percentiles each = percentiles(
      samples, [](std::size_t) {}, [&](std::size_t i) { allowed += decide(i % count); });
  if (allowed == SIZE_MAX) fmt::print(stderr, "never\n");  // keeps the decisions from being left out
  fmt::print(
      R"({{"peer":"Zweck","version":"here","how":"{}","load_ms":{:.3f},"memory_mib":{:.2f},"mean_ns":{:.2f},"p50_ns":{:.1f},)"
      R"("p99_ns":{:.1f},"samples":{},"decisions":"{}"}})"
      "\n",
      how, loaded.milliseconds, loaded.mebibytes, mean, each.p50, each.p99, samples, decisions);
}

void bound(const Loaded& loaded, const char* how, const Workload& workload, const std::vector<Ask>& asks) {
  const Engine& engine = loaded.engine;
  std::vector<Facts> facts;
  std::vector<Subject> subjects;
  for (const Customer& customer : workload.customers) {
    facts.push_back(engine.facts());
    for (const auto& [name, value] : customer.facts) must(facts.back().set(name, value));
    subjects.push_back(must(engine.subject(customer.ledger, workload.now)));
  }
  std::vector<Point> points;
  for (const Ask& ask : asks) {
    const Request request = make_request(workload, ask);
    points.push_back({engine.data(request.data.front()).value(), engine.purpose(request.purpose).value(),
                      engine.partner(request.partner).value()});
  }
  measure(loaded, how, asks.size(), [&](std::size_t i) {
    const std::size_t customer = asks[i].customer;
    return static_cast<bool>(engine.decide(points[i], facts[customer], subjects[customer]));
  });
}

void unbound(const Loaded& loaded, const std::vector<Request>& requests) {
  measure(loaded, "from names, nothing bound before", requests.size(),
          [&](std::size_t i) { return static_cast<bool>(loaded.engine.decide(requests[i])); });
}

void as_json(const Loaded& loaded, const std::vector<Request>& requests) {
  std::vector<std::string> lines;
  for (const Request& request : requests) lines.push_back(request_json(request));
  std::string answer;
  measure(loaded, "JSON in, full answer as JSON out", lines.size(), [&](std::size_t i) {
    answer.clear();
    loaded.engine.answer_json(lines[i], answer);
    return answer.find(R"("decision": "allow")") != std::string::npos;
  });
}

}  // namespace

int main(int argc, char** argv) {
  const std::string directory = argc > 1 ? argv[1] : "", way = argc == 5 ? argv[4] : "";
  if (way != "kept" && way != "anew") {
    fmt::print(stderr, "peers_zweck DIR RULES REQUESTS kept|anew\n");
    return 2;
  }
  Parameters parameters;
  parameters.rules = std::stoul(argv[2]);
  const Workload workload = make_workload(parameters);
  const std::vector<Ask> asks = peers::peer_asks(workload, std::stoul(argv[3]));
  if (way == "anew") {
    bound(load(directory, {.cached_decisions = 0, .kernel = ""}), "ids, facts and ledger bound, no decision kept",
          workload, asks);
    return 0;
  }
  std::vector<Request> requests;
  for (const Ask& ask : asks) requests.push_back(make_request(workload, ask));
  const Loaded loaded = load(directory, {});
  bound(loaded, "ids, facts and ledger bound", workload, asks);
  unbound(loaded, requests);
  as_json(loaded, requests);
}
