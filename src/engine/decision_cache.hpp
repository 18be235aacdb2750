// Decisions already made: a bounded, set-associative table shared by all threads without locks.
//
// A key holds everything a decision depends on, in full, so that a hit is exact: the point as it was asked for, what the
// policy can tell of the facts, and which binding of a ledger. Each entry is one cache line under a sequence lock (odd
// while it is being written; Lameter, "Effective synchronization on Linux/NUMA systems", 2005): a reader that meets a
// writer takes it for a miss, a writer that meets another lets it be.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "zweck/request.hpp"

namespace zweck {

// Small numbers spread over all bits; no two become the same, since the factor is odd.
constexpr std::uint64_t scattered(std::uint64_t number) { return number * 0xD6E8FEB86659FD93u; }

// Without initial values: a batch makes room for many that it may not need.
struct DecisionKey {
  std::uint64_t point;    // 16 bits each of data, purpose, partner
  std::uint64_t facts;    // Facts::State::signature, scattered
  std::uint64_t subject;  // Subject::State::serial, scattered
  friend bool operator==(const DecisionKey&, const DecisionKey&) = default;
};

struct CachedDecision {
  std::int64_t keep_seconds = INT64_MAX;
  std::uint64_t obligations = 0;
  Status status = Status::invalid;
};

class DecisionCache {
 public:
  // `entries` is rounded up to a power of two, at least one set and at most limits::cached_decisions; 0 turns the cache off,
  // and it is off where the system has no such memory. Memory is touched as it is used.
  explicit DecisionCache(std::size_t entries);

  bool off() const { return entries_ == nullptr; }
  std::size_t bytes() const { return off() ? 0 : (mask_ + 1) * sizeof(Entry); }

  // Where a key is looked for first. Facts and subject come scattered, so that one product will do.
  std::size_t slot_of(const DecisionKey& key) const {
    const std::uint64_t hash = (key.point ^ key.facts ^ key.subject) * 0x9E3779B97F4A7C15u;
    return static_cast<std::size_t>(hash >> 32) & mask_;
  }
  // Sends for that memory.
  void prefetch(std::size_t slot) const { __builtin_prefetch(&entries_[slot]); }

  bool find(const DecisionKey& key, CachedDecision& out) const { return find(slot_of(key), key, out); }
  bool find(std::size_t slot, const DecisionKey& key, CachedDecision& out) const {
    for (std::size_t way = 0; way < ways; ++way) {
      if (read(entries_[slot ^ way], key, out)) return true;
    }
    return false;
  }
  void put(const DecisionKey& key, const CachedDecision& decision);

 private:
  // Neighbouring lines in which a key may lie; the first one looked at depends on the key.
  static constexpr std::size_t ways = 4;

  // Accessed by std::atomic_ref only.
  struct alignas(64) Entry {
    std::uint64_t sequence;  // 0: never written
    DecisionKey key;
    std::int64_t keep_seconds;
    std::uint64_t obligations, status;
  };
  struct Unmap {
    void* pages;
    std::size_t bytes;
    void operator()(Entry* entries) const;
  };

  template <class T>
  static T load(const T& value, std::memory_order order = std::memory_order_relaxed) {
    return std::atomic_ref<T>(const_cast<T&>(value)).load(order);
  }

  static bool read(const Entry& entry, const DecisionKey& key, CachedDecision& out) {
    const std::uint64_t before = load(entry.sequence, std::memory_order_acquire);
    const DecisionKey stored{load(entry.key.point), load(entry.key.facts), load(entry.key.subject)};
    if (before == 0 || (before & 1) != 0 || !(stored == key)) return false;
    const CachedDecision decision{load(entry.keep_seconds), load(entry.obligations), static_cast<Status>(load(entry.status))};
    std::atomic_thread_fence(std::memory_order_acquire);
    if (load(entry.sequence) != before) return false;
    out = decision;
    return true;
  }

  std::size_t mask_ = 0;
  std::unique_ptr<Entry[], Unmap> entries_{nullptr, Unmap{}};
};

// Whether looking at the cache pays at the moment, for one thread: where less than a quarter is found, which is what looking
// and keeping cost, most decisions go past it, so that requests made to miss cost a few percent at most.
class CachePays {
 public:
  bool look(std::uint32_t decisions = 1) {
    if (skip_ != 0) {
      skip_ -= std::min(skip_, decisions);
      return false;
    }
    return true;
  }
  // Hits cost next to nothing to count; the rest is for misses.
  void hit(std::uint32_t hits = 1) { hits_ += hits; }
  void miss(std::uint32_t misses = 1) {
    misses_ += misses;
    if (hits_ + misses_ >= window) judge();
  }

 private:
  static constexpr std::uint32_t window = 512;

  [[gnu::noinline]] void judge() {
    // Each time in a row that it did not pay, longer: a thread that has just begun finds little at first.
    poor_ = hits_ < window / 4 ? std::min(poor_ + 1, 4u) : 0;
    skip_ = poor_ == 0 ? 0 : window << poor_;
    hits_ = misses_ = 0;
  }

  std::uint32_t hits_ = 0, misses_ = 0, skip_ = 0, poor_ = 0;
};

// Of this thread, for all engines. A shared library reads it without a call: 16 bytes of what each thread keeps for that.
extern constinit thread_local CachePays cache_pays [[gnu::tls_model("initial-exec")]];

}  // namespace zweck
