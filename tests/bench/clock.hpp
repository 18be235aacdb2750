// Times of single calls, from the processor's time-stamp counter, and how long a load takes here.
#pragma once

#include <x86intrin.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace zweck::bench {

// The fences keep the measured call between the two readings, and what surrounds it out.
inline std::uint64_t ticks_before() {
  _mm_lfence();
  const std::uint64_t ticks = __rdtsc();
  _mm_lfence();
  return ticks;
}
inline std::uint64_t ticks_after() {
  unsigned processor;
  const std::uint64_t ticks = __rdtscp(&processor);
  _mm_lfence();
  return ticks;
}

inline double nanoseconds_per_tick() {
  static const double value = [] {
    const auto start = std::chrono::steady_clock::now();
    const std::uint64_t ticks = ticks_before();
    while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(100)) {
    }
    const std::uint64_t passed = ticks_after() - ticks;
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() /
           static_cast<double>(passed);
  }();
  return value;
}

// What two readings with nothing between them are apart: the median of many. Taken off every sample.
inline std::uint64_t ticks_of_nothing() {
  static const std::uint64_t value = [] {
    std::vector<std::uint64_t> samples(10'001);
    for (std::uint64_t& sample : samples) {
      const std::uint64_t start = ticks_before();
      sample = ticks_after() - start;
    }
    std::nth_element(samples.begin(), samples.begin() + 5'000, samples.end());
    return samples[5'000];
  }();
  return value;
}

struct Percentiles {
  double p50 = 0, p99 = 0;  // ns
};

// Runs before(i), which is not measured, then call(i), which is, for each i below `count`.
template <class Before, class Call>
Percentiles percentiles(std::size_t count, Before before, Call call) {
  std::vector<std::uint64_t> samples(count);
  const std::uint64_t nothing = ticks_of_nothing();
  for (std::size_t i = 0; i < count; ++i) {
    before(i);
    const std::uint64_t start = ticks_before();
    call(i);
    const std::uint64_t passed = ticks_after() - start;
    samples[i] = passed > nothing ? passed - nothing : 0;
  }
  const auto at = [&](double share) {
    const auto place = samples.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(count - 1));
    std::nth_element(samples.begin(), place, samples.end());
    return static_cast<double>(*place) * nanoseconds_per_tick();
  };
  return {at(0.50), at(0.99)};
}

// Pointers through `bytes` of memory in random order, one a cache line: each load waits for the one before it.
class Chase {
 public:
  explicit Chase(std::size_t bytes);
  // The line reached after `steps` loads.
  std::size_t walk(std::size_t steps);

 private:
  struct alignas(64) Line {
    std::uint32_t next;
  };
  std::vector<Line> lines_;
  std::uint32_t at_ = 0;
};

// Of one core, as the system tells it.
std::size_t level2_bytes();

// Pushes what was used before out of L1 and L2 by reading a larger block.
class Evict {
 public:
  Evict();
  void operator()();

 private:
  std::vector<std::uint64_t> block_;
};

}  // namespace zweck::bench
