#include "output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
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

// Below this many columns text is left to the terminal.
constexpr std::size_t narrowest = 40;

// Columns of a word: its code points, without escape sequences.
std::size_t width_of(std::string_view word) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] == '\x1b') {
      i = std::min(word.find('m', i), word.size());
    } else {
      width += (static_cast<unsigned char>(word[i]) & 0xC0) != 0x80;
    }
  }
  return width;
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

std::size_t Output::columns() const {
  winsize size{};
  return isatty(descriptor_) && ioctl(descriptor_, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::string wrapped(std::string_view text, std::size_t columns) {
  if (columns < narrowest) return std::string(text);
  std::string out;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    const bool ended = line.size() < text.size();
    text.remove_prefix(line.size() + std::size_t{ended});
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string further(std::min(indent, columns / 2) + 2, ' ');
    out += line.substr(0, indent);
    line.remove_prefix(indent);
    std::size_t column = indent;
    bool first = true;
    while (!line.empty()) {
      const std::size_t spaces = std::min(line.find_first_not_of(' '), line.size());
      const std::string_view word = line.substr(spaces, line.substr(spaces).find(' '));
      line.remove_prefix(spaces + word.size());
      if (!first && column + spaces + width_of(word) > columns) {
        out += '\n' + further;
        column = further.size();
      } else {
        out.append(spaces, ' ');
        column += spaces;
      }
      out += word;
      column += width_of(word);
      first = false;
    }
    if (ended) out += '\n';
  }
  return out;
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
