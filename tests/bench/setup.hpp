// An engine with a workload, everything that is bound once bound.
#pragma once

#include <any>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <zweck/engine.hpp>

#include "bench/workload.hpp"

namespace zweck::bench {

// Registers the benchmarks of a program.
void register_all();

using Texts = std::vector<std::pair<std::string, std::string>>;

struct Bound {
  Point point;
  std::uint32_t customer = 0;
};

// A way to build the engine, each a row of its own.
struct Variant {
  const char* name;
  EngineOptions options;
};

struct Setup {
  Workload workload;
  Engine engine;
  std::vector<Facts> facts;       // by customer
  std::vector<Subject> subjects;  // by customer
  std::vector<Bound> recurring;   // 16,384 requests of 256 points
  std::vector<Bound> random;      // 1,048,576 requests of random points

  Decision decide(const Bound& bound) const {
    return engine.decide(bound.point, facts[bound.customer], subjects[bound.customer]);
  }
};

Workload workload_of(Shape shape, std::size_t rules, std::size_t customers = Parameters().subjects);
Texts texts_of(const Workload& workload);
// Those of the shape and size asked for last are kept, since they are large. Ends the program with the reason if the set
// does not load.
const Setup& setup(Shape shape, std::size_t rules, const Variant& variant);

// In MiB: the most while something is worked out, and what the result holds afterwards. Measured in a process of its own.
struct Memory {
  double peak = 0, held = 0;
};
Memory memory_of(const std::function<std::any()>& work);
// Of loading the texts into an engine.
Memory memory_of_loading(const Texts& texts);

const char* name_of(Shape shape);

}  // namespace zweck::bench
