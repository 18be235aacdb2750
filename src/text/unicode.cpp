// What is text: valid UTF-8 without control characters, and which characters cannot be seen.
#include <fmt/format.h>

#include <algorithm>

#include "text/limits.hpp"
#include "text/source.hpp"

namespace zweck {

namespace {

constexpr std::uint8_t byte_at(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

// The length of the well-formed sequence at `at` by the table of the Unicode standard (no overlong forms, no
// surrogates, nothing above U+10FFFF), or 0.
std::uint32_t sequence_length(std::string_view text, std::size_t at) {
  const std::uint8_t first = byte_at(text, at);
  if (first < 0x80) return 1;
  const auto within = [&](std::size_t offset, std::uint8_t low, std::uint8_t high) {
    return at + offset < text.size() && byte_at(text, at + offset) >= low && byte_at(text, at + offset) <= high;
  };
  if (first >= 0xC2 && first <= 0xDF) return within(1, 0x80, 0xBF) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const std::uint8_t low = first == 0xE0 ? 0xA0 : 0x80;
    const std::uint8_t high = first == 0xED ? 0x9F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const std::uint8_t low = first == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = first == 0xF4 ? 0x8F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

}  // namespace

CodePoint code_point(std::string_view text, std::size_t at) {
  const char32_t first = byte_at(text, at);
  const auto next = [&](std::size_t offset) { return static_cast<char32_t>(byte_at(text, at + offset) & 0x3F); };
  switch (sequence_length(text, at)) {
    case 1:
      return {first, 1};
    case 2:
      return {(first & 0x1F) << 6 | next(1), 2};
    case 3:
      return {(first & 0x0F) << 12 | next(1) << 6 | next(2), 3};
    case 4:
      return {(first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4};
    default:
      return {0xFFFD, 1};
  }
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x034F || c == 0x061C || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 ||
         (c >= 0x180B && c <= 0x180F) ||                                  // Mongolian variation selectors
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||  // zero width, marks, separators, embeddings
         (c >= 0x2060 && c <= 0x206F) ||                                  // joiners, isolates, deprecated controls
         c == 0x3164 || c == 0xFEFF || c == 0xFFA0 || (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0x1D173 && c <= 0x1D17A) ||
         (c >= 0xE0000 && c <= 0xE0FFF);  // musical controls, tags
}

Diagnostics check_text(const Sources& sources, std::uint32_t file) {
  const std::string_view text = sources[file].text;
  Diagnostics found;
  // True if it is enough: a binary file has thousands, which tell no more than the first few.
  const auto complain = [&](std::size_t at, std::size_t bytes, std::string message, std::string help) {
    const Span span{file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + bytes)};
    found.push_back({.check = "invalid-text",
                     .message = std::move(message),
                     .help = std::move(help),
                     .place = sources.place(span),
                     .related = {}});
    return found.size() == limits::text_errors;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::uint8_t first = byte_at(text, at);
    if (first >= 0x20 && first < 0x7F) {
      ++at;
      continue;
    }
    const std::uint32_t bytes = sequence_length(text, at);
    if (bytes == 0) {
      complain(at, 1, fmt::format("this is no UTF-8: the byte 0x{:02X} does not belong here", first),
               "save the file as UTF-8");
      // From here on columns mean nothing, and each further letter would be one more error.
      return found;
    }
    const char32_t c = code_point(text, at).value;
    const bool line_end = c == '\n' || (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n');
    if (is_control(c) && c != '\t' && !line_end) {
      const bool enough =
          c == '\r'
              ? complain(at, bytes, "a carriage return without a line feed", "end lines with a line feed, or with both")
              : complain(at, bytes, fmt::format("the control character U+{:04X}", std::uint32_t{c}), "take it out");
      if (enough) return found;
    }
    at += bytes;
  }
  return found;
}

}  // namespace zweck
