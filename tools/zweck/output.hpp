// Where a command writes to: a buffered descriptor that remembers the first error instead of losing it.
#pragma once

#include <string>
#include <string_view>

namespace zweck::command {

// Not for several threads at once. Flushes itself when its buffer is full and when it goes.
class Output {
 public:
  Output(int descriptor, bool colour) : descriptor_(descriptor), colour_(colour) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { flush(); }

  void write(std::string_view text);
  void flush();

  // Whether something could not be written: who writes much may then stop. The reason is `error()`, an errno.
  bool failed() const { return error_ != 0; }
  int error() const { return error_; }

  // Whether to use colour: a terminal, and the user did not ask for none.
  bool colour() const { return colour_; }
  // How wide the terminal is; 0 if there is none.
  std::size_t columns() const;

 private:
  int descriptor_;
  bool colour_;
  int error_ = 0;
  std::string buffer_;
};

// A terminal, with NO_COLOR unset or empty and TERM not "dumb".
bool wants_colour(int descriptor);

// The lines of a text broken between words where they are wider than that, and the rest of each further in. 0 columns: the
// text as it is.
std::string wrapped(std::string_view text, std::size_t columns);

// The text between the escape sequences of a style, or as it is without colour.
enum class Style { bold, red, green, yellow, cyan, faint };
std::string styled(std::string_view text, Style style, bool colour);

}  // namespace zweck::command
