#include "zweck/live.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <utility>
#include <vector>

// The library itself, which stays loaded until all its threads have ended their keepers.
extern "C" [[gnu::visibility("hidden")]] void* __dso_handle;

namespace zweck {

namespace internal {
constinit thread_local LiveSlots live_slots;
}  // namespace internal

namespace {

using internal::live_slots;
using internal::LiveSlot;

std::uint64_t next_version() {
  static std::atomic<std::uint64_t> version{0};
  return ++version;
}

// Which indexes are taken by which handle; a handle's number is never used again, its index is.
struct Registry {
  std::mutex mutex;
  std::vector<std::uint64_t> owners;  // by index; 0: free
};

// Never destroyed, since handles and threads may outlive static objects.
Registry& registry() {
  static Registry* const registry = new Registry;
  return *registry;
}

std::uint32_t take_index() {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  const auto free = std::find(all.owners.begin(), all.owners.end(), 0);
  const auto index = static_cast<std::uint32_t>(free - all.owners.begin());
  if (free == all.owners.end()) all.owners.push_back(0);
  all.owners[index] = next_version();
  return index;
}

// What keeps the engines in live_slots alive.
struct Keeper {
  std::vector<LiveSlot> slots;
  std::vector<std::shared_ptr<const Engine>> engines;
  std::vector<std::uint64_t> owners;

  void keep(std::uint32_t index, std::uint64_t version, std::shared_ptr<const Engine> engine) {
    std::vector<std::shared_ptr<const Engine>> dropped;  // destroyed after the lock
    {
      Registry& all = registry();
      const std::lock_guard lock(all.mutex);
      const std::size_t size = std::max<std::size_t>(index + 1, slots.size());
      slots.resize(size);
      engines.resize(size);
      owners.resize(size);
      for (std::size_t i = 0; i < size; ++i) {
        if (owners[i] == all.owners[i]) continue;
        slots[i] = {};
        dropped.push_back(std::move(engines[i]));
        owners[i] = 0;
      }
      owners[index] = all.owners[index];
    }
    slots[index] = {version, engine.get()};
    dropped.push_back(std::exchange(engines[index], std::move(engine)));
    live_slots = {slots.data(), static_cast<std::uint32_t>(slots.size())};
  }
};

// A thread's keeper ends with the thread. Other thread-local objects may still get an engine in their destructors,
// after that: then a new one is made, and ended in its turn. No thread_local object could come back so; what it is made
// of can.
constinit thread_local Keeper* keeper = nullptr;

void end_keeper(void*) {
  live_slots = {};
  delete std::exchange(keeper, nullptr);
}

Keeper& this_keeper() {
  if (!keeper) {
    keeper = new Keeper;
    abi::__cxa_thread_atexit(end_keeper, nullptr, &__dso_handle);
  }
  return *keeper;
}

}  // namespace

Live::Live(Engine engine) noexcept
    : index_(take_index()), version_(next_version()), current_(std::make_shared<const Engine>(std::move(engine))) {}

Live::~Live() {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  all.owners[index_] = 0;
}

const Engine& Live::renew() const noexcept {
  std::shared_ptr<const Engine> engine;
  std::uint64_t version = 0;
  {
    const std::lock_guard lock(mutex_);
    engine = current_;
    version = version_.load(std::memory_order_relaxed);
  }
  const Engine& renewed = *engine;
  this_keeper().keep(index_, version, std::move(engine));
  return renewed;
}

Engine Live::snapshot() const noexcept {
  const std::lock_guard lock(mutex_);
  return *current_;
}

void Live::publish(Engine engine) noexcept {
  // The former engine is let go after the lock.
  auto next = std::make_shared<const Engine>(std::move(engine));
  const std::lock_guard lock(mutex_);
  std::swap(current_, next);
  version_.store(next_version(), std::memory_order_release);
}

Diagnostics Live::reload(const std::filesystem::path& path, const EngineOptions& options) noexcept {
  const std::lock_guard lock(reload_mutex_);
  auto loaded = Engine::load(path, options);
  if (!loaded) return std::move(loaded).diagnostics();
  publish(*std::move(loaded));
  return {};
}

}  // namespace zweck
