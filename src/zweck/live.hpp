// The engine in use, exchanged for a reloaded one while other threads decide.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <zweck/diagnostic.hpp>
#include <zweck/engine.hpp>

namespace zweck {

namespace internal {

// What this thread last got from each handle, by the handle's index. Versions are unique among all handles, and 0 is
// none.
struct LiveSlot {
  std::uint64_t version = 0;
  const Engine* engine = nullptr;
};
struct LiveSlots {
  const LiveSlot* slots = nullptr;
  std::uint32_t size = 0;
};
extern constinit thread_local LiveSlots live_slots;

}  // namespace internal

// A handle to the current engine. All members may be called from any threads at the same time; only the destructor must
// be alone. Getting the engine costs a few nanoseconds and takes no lock; the first get() of a thread after a publish()
// takes one for as long as it takes to copy a pointer. Loading never holds it.
//
// A thread keeps the engine it got last alive, until it gets a newer one or ends. So facts and subjects made from one
// get() must be decided by the same reference; with a later engine they would be answered `invalid`.
//
// After a fork(), the child may use the handles as long as no other thread was within a call of them (get() that found
// the engine it had before does not count), as with all that has locks.
class Live {
 public:
  explicit Live(Engine engine) noexcept;
  ~Live();
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  // The current engine. The reference stays valid until this thread's next get() on this handle, whatever is published
  // meanwhile. If the handle is destroyed, it stays valid until this thread's next get() on any other handle. It is for
  // this thread; another gets its own.
  const Engine& get() const noexcept {
    const std::uint64_t version = version_.load(std::memory_order_acquire);
    const internal::LiveSlots& mine = internal::live_slots;
    if (index_ < mine.size && mine.slots[index_].version == version) [[likely]]
      return *mine.slots[index_].engine;
    return renew();
  }

  // A copy to keep for as long as one likes, and to hand to other threads. Takes the lock.
  Engine snapshot() const noexcept;

  // From now on get() gives this engine. Readers go on with the former one until they ask again.
  void publish(Engine engine) noexcept;

  // Loads a policy set and publishes it, in the thread that calls. If it has errors, they are returned and the former
  // engine stays; without errors the list is empty. Two reloads at the same time go one after the other. The options are
  // those of the new engine.
  [[nodiscard]] Diagnostics reload(const std::filesystem::path& path, const EngineOptions& options = {}) noexcept;

 private:
  const Engine& renew() const noexcept;

  std::uint32_t index_;                 // among the handles there are now
  std::atomic<std::uint64_t> version_;  // changes with current_, under mutex_
  mutable std::mutex mutex_;
  std::shared_ptr<const Engine> current_;
  std::mutex reload_mutex_;
};

}  // namespace zweck
