#include "progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "text/source.hpp"

namespace zweck::command {

namespace {

constexpr std::chrono::seconds patience{1};
constexpr std::chrono::milliseconds pause{200};
constexpr std::string_view back_and_erase = "\r\x1b[K";

bool is_drawn_on() {
  const char* terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

std::size_t columns_of_terminal() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

// What cannot be drawn is no loss.
void draw(std::string_view text) { [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size()); }

}  // namespace

std::string progress_line(std::string_view what, std::size_t done, std::size_t all, std::chrono::seconds passed,
                          std::size_t columns) {
  const std::string end = all > 0 ? fmt::format(": {} of {}, {} s", done, all, passed.count())
                                  : fmt::format(", {} s", passed.count());
  // A name that is too long loses its end, not the numbers.
  const std::string text = visible(what);
  const std::size_t room = columns > end.size() + 1 ? columns - end.size() - 1 : 0;
  std::string line;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size() && used < room; ++used) {
    const std::size_t bytes = code_point(text, at).bytes;
    line.append(text, at, bytes);
    at += bytes;
  }
  return line + end.substr(0, columns);
}

Progress::Progress() : on_(is_drawn_on()), start_(std::chrono::steady_clock::now()) {
  if (!on_) return;
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    end_.wait_for(lock, patience, [&] { return ended_; });
    while (!ended_) {
      show();
      end_.wait_for(lock, pause, [&] { return ended_; });
    }
    erase();
  });
}

Progress::~Progress() {
  if (!on_) return;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  end_.notify_all();
  thread_.join();
}

void Progress::at(std::string_view what, std::size_t done, std::size_t all) {
  if (!on_) return;
  const std::lock_guard lock(mutex_);
  what_ = what;
  done_ = done;
  all_ = all;
}

std::unique_lock<std::mutex> Progress::aside() {
  std::unique_lock lock(mutex_);
  erase();
  return lock;
}

void Progress::show() {
  if (what_.empty()) return;
  const auto passed = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start_);
  draw(std::string(back_and_erase) + progress_line(what_, done_, all_, passed, columns_of_terminal()));
  shown_ = true;
}

void Progress::erase() {
  if (shown_) draw(back_and_erase);
  shown_ = false;
}

}  // namespace zweck::command
