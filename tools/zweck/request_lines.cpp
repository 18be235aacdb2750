#include "request_lines.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <exception>
#include <thread>
#include <vector>

#include "text/limits.hpp"

namespace zweck::command {

namespace {

constexpr std::size_t chunk_bytes = 1u << 20;
// Lines that a thread takes at a time; fewer lines than two of these are not worth a thread.
constexpr std::size_t batch_lines = 64;

using Answer = std::function<std::string(std::string_view, std::size_t)>;

std::string answer_batch(const std::vector<std::string_view>& lines, std::size_t from, std::size_t to,
                         std::size_t first_number, const Answer& answer) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += answer(lines[i], first_number + i);
  return out;
}

void answer_all(const std::vector<std::string_view>& lines, std::size_t first_number, const Answer& answer,
                Output& out) {
  const std::size_t batches = (lines.size() + batch_lines - 1) / batch_lines;
  const std::size_t workers = std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), batches / 2);
  if (workers < 2) {
    for (std::size_t i = 0; i < lines.size() && !out.failed(); ++i) out.write(answer(lines[i], first_number + i));
    return;
  }
  std::vector<std::string> answers(batches);
  std::vector<std::exception_ptr> failures(workers);
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t worker = 0; worker < workers; ++worker) {
      threads.emplace_back([&, worker] {
        try {
          for (std::size_t batch = next++; batch < batches; batch = next++) {
            const std::size_t from = batch * batch_lines;
            answers[batch] =
                answer_batch(lines, from, std::min(lines.size(), from + batch_lines), first_number, answer);
          }
        } catch (...) {
          failures[worker] = std::current_exception();
        }
      });
    }
  }
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  for (const std::string& text : answers) out.write(text);
}

// A file that closes itself.
class Input {
 public:
  explicit Input(const std::string& path)
      : standard_(path == "-"), descriptor_(standard_ ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Input() {
    if (!standard_ && descriptor_ >= 0) ::close(descriptor_);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  bool opened() const { return descriptor_ >= 0; }
  // Adds at most `most` bytes; 0 at the end, -1 on errors.
  ssize_t read(std::string& buffer, std::size_t most) {
    const std::size_t old = buffer.size();
    buffer.resize(old + most);
    ssize_t got;
    do got = ::read(descriptor_, buffer.data() + old, most);
    while (got < 0 && errno == EINTR);
    buffer.resize(old + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got;
  }

 private:
  bool standard_;
  int descriptor_;
};

}  // namespace

std::string answer_lines(const std::string& path, Output& out, const Answer& answer) {
  Input input(path);
  if (!input.opened()) return std::strerror(errno);
  std::string buffer;
  std::size_t number = 1;
  bool skipping = false;  // within a line that is too long, and already answered
  for (;;) {
    const std::size_t searched = buffer.size();
    const ssize_t got = input.read(buffer, chunk_bytes);
    if (got < 0) return std::strerror(errno);
    std::vector<std::string_view> lines;
    std::string_view rest = buffer;
    std::size_t from = searched;
    for (std::size_t end; (end = rest.find('\n', from)) != rest.npos; from = 0) {
      if (!skipping) lines.push_back(rest.substr(0, end));
      skipping = false;
      rest.remove_prefix(end + 1);
    }
    // A line that is too long is answered by its beginning, which is refused for its length, and the rest is passed
    // over.
    const bool too_long = rest.size() > limits::request_bytes;
    const bool ended = got == 0 && !rest.empty();
    if ((too_long || ended) && !skipping) lines.push_back(rest);
    answer_all(lines, number, answer, out);
    number += lines.size();
    skipping = skipping || too_long;
    buffer.erase(0, skipping ? buffer.size() : buffer.size() - rest.size());
    out.flush();
    if (got == 0 || out.failed()) return {};
  }
}

}  // namespace zweck::command
