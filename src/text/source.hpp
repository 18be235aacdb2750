// The text of a file and the places in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <zweck/diagnostic.hpp>
#include <zweck/result.hpp>

namespace zweck {

// Bytes [begin, end) of the file with this index in Sources.
struct Span {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

struct Source {
  std::string path;  // as shown to people: relative to the directory of the set
  std::string text;  // without a byte order mark
};

// The files of one policy set; a Span means a place in one of them. Immutable once loaded.
class Sources {
 public:
  // Takes a byte order mark off. Line ends are LF and CRLF.
  std::uint32_t add(Source source);
  const Source& operator[](std::uint32_t file) const { return sources_[file]; }
  std::size_t size() const { return sources_.size(); }

  Place place(Span span) const;
  // The bytes of the span as they stand in the file.
  std::string_view text(Span span) const;

 private:
  struct Index {
    std::vector<std::uint32_t> line_starts;
    std::vector<std::uint32_t> continuations;  // UTF-8 continuation bytes before each block of 4096 bytes
  };
  std::vector<Source> sources_;
  std::vector<Index> indexes_;
};

// Reads a file within limits::file_bytes; the error (`unreadable-file`) names the path and the reason of the system.
Result<std::string> read_file(const std::filesystem::path& path, const std::string& shown_as);

// Errors (`invalid-text`) for invalid UTF-8, NUL and other control characters: of invalid UTF-8 the first only, since
// columns mean nothing behind it, otherwise at most limits::text_errors.
// For .zweck files parse() adds those for bidirectional and invisible characters outside strings and comments.
Diagnostics check_text(const Sources& sources, std::uint32_t file);

// The code point at `at`, and its length in bytes. A byte that is no UTF-8 counts as U+FFFD.
struct CodePoint {
  char32_t value;
  std::uint32_t bytes;
};
CodePoint code_point(std::string_view text, std::size_t at);
// C0, DEL and C1.
bool is_control(char32_t c);
// Characters that change how a line looks without being seen: bidirectional controls, zero width, soft hyphen, BOM.
bool is_invisible(char32_t c);
// The text as it can be shown on a terminal: what cannot be seen, or would steer it, is written out as <U+001B>.
std::string visible(std::string_view text);

}  // namespace zweck
