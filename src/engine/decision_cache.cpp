#include "engine/decision_cache.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <memory>

#include "text/limits.hpp"

namespace zweck {

constexpr std::size_t large_page = std::size_t{2} << 20;

DecisionCache::DecisionCache(std::size_t entries) {
  if (entries == 0) return;
  const std::size_t mask = std::bit_ceil(std::clamp(entries, ways, limits::cached_decisions)) - 1;
  // Pages straight from the system are zero, and cost nothing until they are touched; large ones spare address lookups.
  const std::size_t bytes = (mask + 1) * sizeof(Entry);
  void* pages = mmap(nullptr, bytes + large_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return;
  mask_ = mask;
  void* first = pages;
  std::size_t room = bytes + large_page;
  std::align(large_page, bytes, first, room);
  madvise(first, bytes, MADV_HUGEPAGE);
  entries_ = {static_cast<Entry*>(first), Unmap{pages, bytes + large_page}};
}

void DecisionCache::Unmap::operator()(Entry*) const { munmap(pages, bytes); }

void DecisionCache::put(const DecisionKey& key, const CachedDecision& decision) {
  const std::size_t slot = slot_of(key);
  std::size_t at = slot;  // if there is no better one, what lies where the key is looked for first makes room
  for (std::size_t way = 0; way < ways; ++way) {
    const Entry& entry = entries_[slot ^ way];
    const DecisionKey stored{load(entry.key.point), load(entry.key.facts), load(entry.key.subject)};
    if (load(entry.sequence) != 0 && !(stored == key)) continue;
    at = slot ^ way;
    break;
  }
  Entry& entry = entries_[at];
  const auto store = [](auto& field, auto value, std::memory_order order = std::memory_order_relaxed) {
    std::atomic_ref(field).store(value, order);
  };
  std::uint64_t before = load(entry.sequence);
  if ((before & 1) != 0 || !std::atomic_ref(entry.sequence)
                                .compare_exchange_strong(before, before + 1, std::memory_order_acquire,
                                                         std::memory_order_relaxed))
    return;
  std::atomic_thread_fence(std::memory_order_release);
  store(entry.key.point, key.point);
  store(entry.key.facts, key.facts);
  store(entry.key.subject, key.subject);
  store(entry.keep_seconds, decision.keep_seconds);
  store(entry.obligations, decision.obligations);
  store(entry.status, static_cast<std::uint64_t>(decision.status));
  store(entry.sequence, before + 2, std::memory_order_release);
}

}  // namespace zweck
