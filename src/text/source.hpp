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
  std::uint32_t add(Source source);
  const Source& operator[](std::uint32_t file) const { return sources_[file]; }
  std::size_t size() const { return sources_.size(); }

  Place place(Span span) const;
  std::string_view text(Span span) const;

 private:
  std::vector<Source> sources_;
  std::vector<std::vector<std::uint32_t>> line_starts_;
};

// Reads a file within limits::file_bytes; the error names the path and the reason of the system.
Result<std::string> read_file(const std::filesystem::path& path, const std::string& shown_as);

// Errors (`invalid-text`) for invalid UTF-8, NUL and other control characters. A byte order mark must be gone already.
// For .zweck files parse() adds those for bidirectional and invisible characters outside strings and comments.
Diagnostics check_text(const Sources& sources, std::uint32_t file);

// The code point at `at` of valid UTF-8, and its length in bytes.
struct CodePoint {
  char32_t value;
  std::uint32_t bytes;
};
CodePoint code_point(std::string_view text, std::size_t at);
// Characters that change how a line looks without being seen: bidirectional controls, zero width, soft hyphen, BOM.
bool is_invisible(char32_t c);

}  // namespace zweck
