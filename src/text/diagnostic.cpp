#include "zweck/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "text/limits.hpp"
#include "text/paint.hpp"
#include "text/source.hpp"

namespace zweck {

namespace {

// Columns of a terminal that the shown part of a line may take.
constexpr std::size_t line_width = 100;
constexpr std::size_t tab_width = 4;

constexpr std::string_view bold = "1";
constexpr std::string_view faint = "2";
constexpr std::string_view green = "32";
constexpr std::string_view cyan = "36";

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "1;31";
    case Severity::warning:
      return "1;33";
    case Severity::info:
      return "1;34";
  }
  return bold;
}

std::size_t width_of(char32_t c) {
  const auto within = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  if (within(0x0300, 0x036F) || within(0x1AB0, 0x1AFF) || within(0x20D0, 0x20FF) || within(0xFE00, 0xFE0F)) return 0;
  if (within(0x1100, 0x115F) || within(0x2E80, 0xA4CF) || within(0xAC00, 0xD7A3) || within(0xF900, 0xFAFF) ||
      within(0xFE30, 0xFE6F) || within(0xFF00, 0xFF60) || within(0xFFE0, 0xFFE6) || within(0x1F300, 0x1F64F) ||
      within(0x1F900, 0x1F9FF) || within(0x20000, 0x3FFFD))
    return 2;
  return 1;
}

// One character as it is shown, and its width on the terminal. What cannot be seen, or would steer the terminal, is
// written out.
struct Glyph {
  std::string text;
  std::size_t width;
};

Glyph glyph(std::string_view text, std::size_t at, CodePoint c) {
  if (is_control(c.value) || is_invisible(c.value)) {
    std::string written = fmt::format("<U+{:04X}>", std::uint32_t{c.value});
    const std::size_t width = written.size();
    return {std::move(written), width};
  }
  // U+FFFD of one byte stands for a byte that is no UTF-8.
  if (c.value == 0xFFFD && c.bytes == 1) return {"\xEF\xBF\xBD", 1};
  return {std::string(text.substr(at, c.bytes)), width_of(c.value)};
}

// The line with the place underlined, cut to the width of a terminal around the beginning of the place.
void show_line(std::string& out, const Place& place, const Paint& paint, std::string_view colour) {
  std::vector<Glyph> glyphs;
  std::size_t width = 0;
  const auto push = [&](Glyph g) {
    width += g.width;
    glyphs.push_back(std::move(g));
  };
  for (std::size_t at = 0; at < place.text.size();) {
    const CodePoint c = code_point(place.text, at);
    push(c.value == '\t' ? Glyph{std::string(tab_width - width % tab_width, ' '), tab_width - width % tab_width}
                         : glyph(place.text, at, c));
    at += c.bytes;
  }
  const std::size_t size = glyphs.size();
  const auto index_of = [&](std::uint32_t column) {
    return column < place.text_column ? 0 : std::min<std::size_t>(column - place.text_column, size);
  };
  const std::size_t begin = index_of(place.column);
  const std::size_t end = std::max(begin, place.end_line == place.line ? index_of(place.end_column) : size);

  const auto width_between = [&](std::size_t from, std::size_t to) {
    std::size_t sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += glyphs[i].width;
    return sum;
  };
  std::size_t first = 0;
  if (width_between(0, end) > line_width) {
    // The beginning of the place stands in the first third.
    first = begin;
    std::size_t room = line_width / 3;
    while (first > 0 && glyphs[first - 1].width <= room) room -= glyphs[--first].width;
  }
  std::size_t last = first;
  std::size_t room = line_width;
  while (last < size && glyphs[last].width <= room) room -= glyphs[last++].width;

  const bool cut_left = first > 0 || place.text_column > 1;
  std::string line = cut_left ? "…" : "";
  for (std::size_t i = first; i < last; ++i) line += glyphs[i].text;
  if (last < size) line += "…";
  while (line.ends_with(' ')) line.pop_back();

  const std::string number = std::to_string(place.line);
  const std::string before(width_between(first, begin) + cut_left, ' ');
  const std::size_t length = std::max<std::size_t>(1, width_between(begin, std::min(end, last)));
  out += paint(faint, fmt::format("  {} |", number)) + (line.empty() ? "" : " ") + line + '\n';
  out += paint(faint, fmt::format("  {:{}} |", "", number.size())) + ' ' + before +
         paint(colour, '^' + std::string(length - 1, '~')) + '\n';
}

std::string where(const Place& place) {
  if (place.file.empty()) return {};
  if (place.line == 0) return visible(place.file) + ": ";
  return fmt::format("{}:{}:{}: ", visible(place.file), place.line, place.column);
}

void render_to(std::string& out, const Diagnostic& diagnostic, const Paint& paint) {
  const std::string_view colour = colour_of(diagnostic.severity);
  out += paint(bold, where(diagnostic.place)) + paint(colour, fmt::format("{}:", name_of(diagnostic.severity))) + ' ' +
         paint(bold, visible(diagnostic.message));
  if (!diagnostic.check.empty()) out += paint(faint, fmt::format(" [{}]", diagnostic.check));
  out += '\n';
  if (diagnostic.place.line != 0) show_line(out, diagnostic.place, paint, colour);
  if (!diagnostic.help.empty()) out += "  " + paint(green, "help:") + ' ' + visible(diagnostic.help) + '\n';
  for (const Related& related : diagnostic.related) {
    out += paint(bold, where(related.place)) + paint(cyan, "note:") + ' ' + visible(related.message) + '\n';
    if (related.place.line != 0) show_line(out, related.place, paint, cyan);
  }
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point(text, at);
    out += glyph(text, at, c).text;
    at += c.bytes;
  }
  return out;
}

std::string_view name_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "info";
  }
  return "error";
}

std::string render(const Diagnostic& diagnostic, bool colour) noexcept {
  std::string out;
  render_to(out, diagnostic, {colour});
  return out;
}

std::string render(const Diagnostics& diagnostics, bool colour) noexcept {
  std::string out;
  const std::size_t shown_count = std::min(diagnostics.size(), limits::diagnostics);
  for (std::size_t i = 0; i < shown_count; ++i) {
    if (i > 0) out += '\n';
    render_to(out, diagnostics[i], {colour});
  }
  if (const std::size_t rest = diagnostics.size() - shown_count; rest > 0) out += fmt::format("\nand {} more\n", rest);
  return out;
}

}  // namespace zweck
