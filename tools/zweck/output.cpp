#include "output.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

namespace zweck::command {

namespace {

constexpr std::size_t buffer_bytes = 64u << 10;

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

void Output::write(std::string_view text) {
  if (failed()) return;
  buffer_.append(text);
  if (buffer_.size() >= buffer_bytes) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && !failed()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  buffer_.clear();
}

bool wants_colour(int descriptor) {
  if (is_set("NO_COLOR") || !isatty(descriptor)) return false;
  const char* terminal = std::getenv("TERM");
  return terminal == nullptr || std::string_view(terminal) != "dumb";
}

std::string styled(std::string_view text, Style style, bool colour) {
  static constexpr std::array<std::string_view, 6> codes{"1", "1;31", "32", "33", "36", "2"};
  if (!colour || text.empty()) return std::string(text);
  std::string out = "\x1b[";
  out += codes[static_cast<std::size_t>(style)];
  out += 'm';
  out += text;
  out += "\x1b[0m";
  return out;
}

}  // namespace zweck::command
