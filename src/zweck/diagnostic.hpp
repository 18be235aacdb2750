// What is wrong, where, and what would be right. Values only; safe to copy and to share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zweck {

enum class Severity : std::uint8_t { error, warning, info };

// A stretch of one file. Lines and columns count from 1, columns in code points;
// `end_column` is the column after the last one. `line == 0`: the file as a whole.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  std::string text;  // the line the place begins on, for showing; a very long one is cut around the place
  std::uint32_t text_column = 1;  // the column at which `text` begins

  friend bool operator==(const Place&, const Place&) = default;
};

struct Related {
  std::string message;
  Place place;
};

struct Diagnostic {
  std::string check;  // a name from `zweck checks`, such as "unknown-name"
  Severity severity = Severity::error;
  std::string message;  // lower case, no full stop, the author's words in backticks
  std::string help;     // what would be right; may be empty
  Place place;
  std::vector<Related> related;
};

using Diagnostics = std::vector<Diagnostic>;

std::string_view name_of(Severity severity) noexcept;

// The text a person reads: `file:line:column: error: message [check]`, the line, a caret, the help.
std::string render(const Diagnostic& diagnostic, bool colour = false) noexcept;
std::string render(const Diagnostics& diagnostics, bool colour = false) noexcept;

}  // namespace zweck
