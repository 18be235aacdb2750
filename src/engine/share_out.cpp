#include "engine/share_out.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace zweck {

void share_out(std::size_t tasks, std::size_t threads, const std::function<void(std::size_t)>& task) {
  std::vector<std::exception_ptr> thrown(tasks);
  std::atomic<std::size_t> next{0};
  const auto work = [&]() noexcept {
    for (std::size_t i = next++; i < tasks; i = next++) {
      try {
        task(i);
      } catch (...) {
        thrown[i] = std::current_exception();
      }
    }
  };
  {
    threads = std::min({tasks, threads, std::size_t{std::thread::hardware_concurrency()}});
    std::vector<std::jthread> others;
    others.reserve(threads);
    try {
      while (others.size() + 1 < threads) others.emplace_back(work);
    } catch (const std::system_error&) {
      // No more threads are to be had: those there are do the rest.
    }
    work();
  }
  for (const std::exception_ptr& exception : thrown)
    if (exception) std::rethrow_exception(exception);
}

}  // namespace zweck
