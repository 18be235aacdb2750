// How far something has got, for what takes longer than a second: one line on stderr, on a terminal only, that goes when
// it is done.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace zweck::command {

// To be told by any thread. It costs nothing to speak of, and nothing at all where stderr is no terminal.
class Progress {
 public:
  Progress();
  ~Progress();  // takes the line away
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // What is being done; `done` of `all` of it, if that is known (`all` > 0).
  void at(std::string_view what, std::size_t done = 0, std::size_t all = 0);

  // The line is gone as long as this is held: for writing anything to a terminal meanwhile.
  [[nodiscard]] std::unique_lock<std::mutex> aside();

 private:
  void show();
  void erase();

  const bool on_;
  const std::chrono::steady_clock::time_point start_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool ended_ = false;
  bool shown_ = false;
  std::string what_;
  std::size_t done_ = 0, all_ = 0;
  std::thread thread_;  // draws, so that a long step without a word is seen to go on
};

// "deciding rules: 1200 of 10000, 3 s", cut at so many columns.
std::string progress_line(std::string_view what, std::size_t done, std::size_t all, std::chrono::seconds passed,
                          std::size_t columns);

}  // namespace zweck::command
