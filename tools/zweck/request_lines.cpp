#include "request_lines.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "files.hpp"
#include "text/limits.hpp"

namespace zweck::command {

namespace {

// What a thread reads and answers at a time: large enough to make system calls and turns cheap, small enough for a cache.
constexpr std::size_t chunk_bytes = 256u << 10;
// Who reads this much at once has more to come, for which another thread is worth its start.
constexpr std::size_t much = 16u << 10;

// A file that closes itself, and that can be told to end.
class Input {
 public:
  explicit Input(const std::string& path)
      : standard_(path == "-"),
        descriptor_(standard_ ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
        stop_(::eventfd(0, EFD_CLOEXEC)) {}
  ~Input() {
    if (!standard_ && descriptor_ >= 0) ::close(descriptor_);
    if (stop_ >= 0) ::close(stop_);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  bool opened() const { return descriptor_ >= 0; }
  // Adds at most `most` bytes; 0 at the end, -1 on errors.
  ssize_t read(std::string& buffer, std::size_t most) {
    std::array<pollfd, 2> ready{{{descriptor_, POLLIN, 0}, {stop_, POLLIN, 0}}};
    while (::poll(ready.data(), ready.size(), -1) < 0 && errno == EINTR) {
    }
    if (ready[1].revents != 0) return 0;
    const std::size_t old = buffer.size();
    buffer.resize(old + most);
    ssize_t got;
    do got = ::read(descriptor_, buffer.data() + old, most);
    while (got < 0 && errno == EINTR);
    buffer.resize(old + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got;
  }
  // From any thread: who waits for more gets the end.
  void stop() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(stop_, &one, sizeof one);
  }

 private:
  bool standard_;
  int descriptor_;
  int stop_;
};

// Every thread does the same: it takes the next lines while nobody else reads, answers them, and writes when its turn
// comes. So one reads while others answer, and no more is held than a chunk and its answers for each.
class Pipeline {
 public:
  Pipeline(Input& input, Output& out, const AnswerLine& answer) : input_(input), out_(out), answer_(answer) {}

  // Returns why it could not read, or an empty text.
  std::string run() {
    work();
    // Threads start threads; none does once all has been read.
    for (std::size_t i = 0;; ++i) {
      std::unique_lock lock(reading_);
      if (i == threads_.size()) break;
      std::thread thread = std::move(threads_[i]);
      lock.unlock();
      thread.join();
    }
    if (failure_) std::rethrow_exception(failure_);
    return error_;
  }

 private:
  struct Lines {
    std::string text;
    std::vector<std::size_t> ends;  // of each line
    std::size_t turn = 0;
    std::size_t first_number = 0;
  };

  void work() {
    try {
      Lines lines;
      std::string answers;
      while (take(lines)) {
        answers.clear();
        try {
          answer_all(lines, answers);
        } catch (...) {
          stop(std::current_exception());
        }
        write(lines.turn, answers);
      }
    } catch (...) {
      stop(std::current_exception());
    }
  }

  // The next lines, all but perhaps the last one with its end. What has come in is answered before more is waited for.
  bool take(Lines& lines) {
    const std::lock_guard lock(reading_);
    lines.text.clear();
    lines.text.swap(rest_);
    while (!ended_) {
      const std::size_t searched = lines.text.size();
      const ssize_t got = input_.read(lines.text, chunk_bytes);
      if (got <= 0) {
        ended_ = true;
        if (got < 0) error_ = std::strerror(errno);
        break;
      }
      if (static_cast<std::size_t>(got) >= much) start_thread();
      if (skipping_) {
        const std::size_t end = lines.text.find('\n');
        skipping_ = end == std::string::npos;
        lines.text.erase(0, skipping_ ? lines.text.size() : end + 1);
        if (skipping_) continue;
      }
      // Only what came in now: a long line is not searched again with each piece of it.
      const std::size_t last = std::string_view(lines.text).substr(searched).rfind('\n');
      if (last != std::string_view::npos) {
        rest_.assign(lines.text, searched + last + 1);
        lines.text.resize(searched + last + 1);
        return number(lines);
      }
      if (lines.text.size() > limits::request_bytes) {
        // Answered by its beginning, which is refused for its length; the rest is passed over.
        skipping_ = true;
        return number(lines);
      }
    }
    return number(lines);
  }

  bool number(Lines& lines) {
    if (turns_ == 0 && lines.text.starts_with(byte_order_mark)) lines.text.erase(0, byte_order_mark.size());
    if (lines.text.empty()) return false;
    lines.ends.clear();
    for (std::size_t at = 0; at < lines.text.size(); at = lines.ends.back() + 1)
      lines.ends.push_back(std::min(lines.text.find('\n', at), lines.text.size()));
    lines.turn = turns_++;
    lines.first_number = next_number_;
    next_number_ += lines.ends.size();
    return true;
  }

  void start_thread() {
    static const std::size_t most = std::max(1u, std::thread::hardware_concurrency());
    if (threads_.size() + 1 < most) threads_.emplace_back([this] { work(); });
  }

  void answer_all(const Lines& lines, std::string& answers) const {
    std::size_t begin = 0, number = lines.first_number;
    for (const std::size_t end : lines.ends) {
      answer_(std::string_view(lines.text).substr(begin, end - begin), number++, answers);
      begin = end + 1;
    }
  }

  void write(std::size_t turn, const std::string& answers) {
    std::unique_lock lock(writing_);
    turned_.wait(lock, [&] { return turn == written_; });
    if (!out_.failed() && !stopped_) {
      out_.write(answers);
      out_.flush();
    }
    if (out_.failed()) input_.stop();
    ++written_;
    turned_.notify_all();
  }

  void stop(std::exception_ptr failure) {
    const std::lock_guard lock(writing_);
    if (!failure_) failure_ = failure;
    stopped_ = true;
    input_.stop();
  }

  Input& input_;
  Output& out_;
  const AnswerLine& answer_;

  std::mutex reading_;  // guards what follows
  std::string rest_;    // read, but no whole line
  bool skipping_ = false;  // within a line that is too long, and already answered
  bool ended_ = false;
  std::string error_;
  std::size_t turns_ = 0, next_number_ = 1;
  std::vector<std::thread> threads_;

  std::mutex writing_;  // guards what follows
  std::condition_variable turned_;
  std::size_t written_ = 0;  // turns
  bool stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace

std::string answer_lines(const std::string& path, Output& out, const AnswerLine& answer) {
  Input input(path);
  if (!input.opened()) return std::strerror(errno);
  return Pipeline(input, out, answer).run();
}

}  // namespace zweck::command
