// Decisions already made at points: a bounded, direct-mapped table shared by all threads without locks.
//
// A key holds everything a decision depends on, in full, so that a hit is exact: the point, what the policy can tell of the
// facts, the ledger bits at the point, and the class of the time. Each entry is one cache line under a sequence lock (odd
// while it is being written; Lameter, "Effective synchronization on Linux/NUMA systems", 2005): a reader that meets a
// writer takes it for a miss, a writer that meets another lets it be.
#pragma once

#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>

#include "zweck/request.hpp"

namespace zweck {

struct DecisionKey {
  std::uint64_t point = 0;   // 16 bits each of data, purpose, partner; 15 of the time; 1 whether there is a ledger
  std::uint64_t facts = 0;   // Facts::State::signature
  std::uint64_t ledger = 0;  // ledger bits
  friend bool operator==(const DecisionKey&, const DecisionKey&) = default;
};

// What is decided at one point of leaves.
struct PointDecision {
  std::int64_t keep_seconds = INT64_MAX;
  std::uint64_t obligations = 0;
  Status status = Status::invalid;
};

class DecisionCache {
 public:
  // `entries` is rounded up to a power of two; 0 turns the cache off.
  explicit DecisionCache(std::size_t entries) {
    if (entries == 0) return;
    mask_ = std::bit_ceil(entries) - 1;
    entries_ = std::make_unique<Entry[]>(mask_ + 1);
  }

  bool off() const { return entries_ == nullptr; }
  std::size_t bytes() const { return off() ? 0 : (mask_ + 1) * sizeof(Entry); }

  bool find(const DecisionKey& key, PointDecision& out) const {
    const Entry& entry = entries_[slot(key)];
    const std::uint64_t before = entry.sequence.load(std::memory_order_acquire);
    const DecisionKey stored{entry.point.load(std::memory_order_relaxed), entry.facts.load(std::memory_order_relaxed),
                             entry.ledger.load(std::memory_order_relaxed)};
    const std::uint64_t status = entry.status.load(std::memory_order_relaxed);
    const PointDecision decision{entry.keep_seconds.load(std::memory_order_relaxed),
                                 entry.obligations.load(std::memory_order_relaxed), static_cast<Status>(status)};
    std::atomic_thread_fence(std::memory_order_acquire);
    if ((before & 1) != 0 || before == 0 || entry.sequence.load(std::memory_order_relaxed) != before || !(stored == key))
      return false;
    out = decision;
    return true;
  }

  void put(const DecisionKey& key, const PointDecision& decision) {
    Entry& entry = entries_[slot(key)];
    std::uint64_t before = entry.sequence.load(std::memory_order_relaxed);
    if ((before & 1) != 0 || !entry.sequence.compare_exchange_strong(before, before + 1, std::memory_order_acquire,
                                                                     std::memory_order_relaxed))
      return;
    std::atomic_thread_fence(std::memory_order_release);
    entry.point.store(key.point, std::memory_order_relaxed);
    entry.facts.store(key.facts, std::memory_order_relaxed);
    entry.ledger.store(key.ledger, std::memory_order_relaxed);
    entry.keep_seconds.store(decision.keep_seconds, std::memory_order_relaxed);
    entry.obligations.store(decision.obligations, std::memory_order_relaxed);
    entry.status.store(static_cast<std::uint64_t>(decision.status), std::memory_order_relaxed);
    entry.sequence.store(before + 2, std::memory_order_release);
  }

  void prefetch(const DecisionKey& key) const { __builtin_prefetch(&entries_[slot(key)]); }

 private:
  struct alignas(64) Entry {
    std::atomic<std::uint64_t> sequence{0};  // 0: never written
    std::atomic<std::uint64_t> point{0}, facts{0}, ledger{0};
    std::atomic<std::int64_t> keep_seconds{0};
    std::atomic<std::uint64_t> obligations{0}, status{0};
  };

  std::size_t slot(const DecisionKey& key) const {
    std::uint64_t hash = (key.point ^ std::rotl(key.facts, 23)) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ (hash >> 32) ^ key.ledger) * 0xD6E8FEB86659FD93u;
    return static_cast<std::size_t>(hash >> 32) & mask_;
  }

  std::size_t mask_ = 0;
  std::unique_ptr<Entry[]> entries_;
};

// Whether looking at the cache pays at the moment, for one thread: where nearly nothing is found, most decisions go past
// it, so that requests made to miss cost a few percent at most.
class CachePays {
 public:
  bool look() {
    if (skip_ != 0) {
      --skip_;
      return false;
    }
    return true;
  }
  void found(bool hit) {
    hits_ += hit;
    if (++looks_ < window) return;
    if (hits_ * 16 < window) skip_ = 16 * window;
    looks_ = hits_ = 0;
  }

 private:
  static constexpr std::uint32_t window = 512;
  std::uint32_t looks_ = 0, hits_ = 0, skip_ = 0;
};

}  // namespace zweck
