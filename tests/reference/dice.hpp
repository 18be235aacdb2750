// Random choices that are the same on every machine for the same seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

namespace reference {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  // 0 … count - 1
  std::size_t below(std::size_t count) { return engine_() % count; }
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + std::int64_t(below(high - low + 1)); }
  bool chance(unsigned percent) { return below(100) < percent; }

  template <class Range>
  auto pick(const Range& range) {
    return *std::next(std::begin(range), below(std::size(range)));
  }

  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace reference
