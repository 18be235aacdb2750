#include "bench/clock.hpp"

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <numeric>

#include "bench/random.hpp"

namespace zweck::bench {

Chase::Chase(std::size_t bytes) : lines_(bytes / sizeof(Line)) {
  // One cycle through all lines (Sattolo), so that no walk is caught in a small one.
  std::vector<std::uint32_t> order(lines_.size());
  std::iota(order.begin(), order.end(), 0);
  Random random(1);
  for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[random.below(i)]);
  for (std::size_t i = 0; i < order.size(); ++i) lines_[order[i]].next = order[(i + 1) % order.size()];
}

std::size_t Chase::walk(std::size_t steps) {
  std::uint32_t at = at_;
  for (std::size_t i = 0; i < steps; ++i) at = lines_[at].next;
  return at_ = at;
}

std::size_t level2_bytes() {
  const long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE);
  return bytes > 0 ? static_cast<std::size_t>(bytes) : 2u << 20;
}

Evict::Evict() { block_.assign(level2_bytes() * 2 / 8, 1); }

void Evict::operator()() {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < block_.size(); i += 8) sum += block_[i];
  benchmark::DoNotOptimize(sum);
}

}  // namespace zweck::bench
