#include "text/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>

#include "text/limits.hpp"

namespace zweck {

namespace {

// Continuation bytes are counted once per block, so that a column far out in a line of 60 MB costs no walk along it.
constexpr std::size_t block = 4096;

// Lines longer than this are cut around the place; see Place::text_column.
constexpr std::size_t shown_line = 1024;
constexpr std::size_t shown_before = 256;

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::uint32_t continuation_bytes(const std::string& text, const std::vector<std::uint32_t>& blocks, std::size_t to) {
  const std::size_t from = to / block * block;
  return blocks[to / block] +
         static_cast<std::uint32_t>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(from),
                                                  text.begin() + static_cast<std::ptrdiff_t>(to), is_continuation));
}

}  // namespace

std::uint32_t Sources::add(Source source) {
  if (source.text.starts_with("\xEF\xBB\xBF")) source.text.erase(0, 3);
  const std::string& text = source.text;
  Index index;
  index.line_starts.push_back(0);
  std::uint32_t continuations = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at % block == 0) index.continuations.push_back(continuations);
    if (text[at] == '\n') index.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    continuations += is_continuation(text[at]);
  }
  if (text.size() % block == 0) index.continuations.push_back(continuations);
  indexes_.push_back(std::move(index));
  sources_.push_back(std::move(source));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

Place Sources::place(Span span) const {
  const Source& source = sources_[span.file];
  const Index& index = indexes_[span.file];
  const std::string& text = source.text;
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t begin = std::min(span.begin, size);
  const std::uint32_t end = std::clamp(span.end, begin, size);

  const auto line_of = [&](std::uint32_t at) {
    const auto after = std::upper_bound(index.line_starts.begin(), index.line_starts.end(), at);
    return static_cast<std::uint32_t>(after - index.line_starts.begin());
  };
  const auto column_of = [&](std::uint32_t line, std::uint32_t at) {
    const std::uint32_t start = index.line_starts[line - 1];
    return at - start + 1 -
           (continuation_bytes(text, index.continuations, at) - continuation_bytes(text, index.continuations, start));
  };

  Place place;
  place.file = source.path;
  place.line = line_of(begin);
  place.column = column_of(place.line, begin);
  place.end_line = line_of(end);
  place.end_column = column_of(place.end_line, end);

  std::uint32_t from = index.line_starts[place.line - 1];
  std::uint32_t to = place.line < index.line_starts.size() ? index.line_starts[place.line] - 1 : size;
  if (to > from && text[to - 1] == '\r') --to;
  if (to - from > shown_line) {
    if (begin - from > shown_before) {
      from = begin - static_cast<std::uint32_t>(shown_before);
      while (from < begin && is_continuation(text[from])) ++from;
      place.text_column = column_of(place.line, from);
    }
    if (to - from > shown_line) {
      to = from + static_cast<std::uint32_t>(shown_line);
      while (to > from && is_continuation(text[to])) --to;
    }
  }
  place.text = text.substr(from, to - from);
  return place;
}

std::string_view Sources::text(Span span) const {
  const std::string_view text = sources_[span.file].text;
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  return text.substr(begin, std::max(span.begin, span.end) - span.begin);
}

Result<std::string> read_file(const std::filesystem::path& path, const std::string& shown_as) {
  const auto error = [&](const std::string& message, std::string help = {}) {
    Diagnostic diagnostic{
        .check = "unreadable-file", .message = message, .help = std::move(help), .place = {}, .related = {}};
    diagnostic.place.file = shown_as;
    return diagnostic;
  };
  std::error_code code;
  const auto status = std::filesystem::status(path, code);
  if (code) return error(fmt::format("cannot read `{}`: {}", shown_as, code.message()));
  if (std::filesystem::is_directory(status)) return error(fmt::format("cannot read `{}`: it is a directory", shown_as));
  // A pipe or device could keep us waiting for ever.
  if (!std::filesystem::is_regular_file(status)) return error(fmt::format("cannot read `{}`: not a file", shown_as));

  const auto too_large = [&] {
    return error(fmt::format("`{}` is larger than {} MiB", shown_as, limits::file_bytes >> 20),
                 "split it: the sections of several files are joined");
  };
  const auto size = std::filesystem::file_size(path, code);
  if (code) return error(fmt::format("cannot read `{}`: {}", shown_as, code.message()));
  if (size > limits::file_bytes) return too_large();

  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return error(fmt::format("cannot read `{}`: {}", shown_as, std::strerror(errno)));
  // The size was a hint only: files under /proc say 0, and a file may grow while it is read.
  std::string text(size + 1, '\0');
  std::size_t length = 0;
  for (;;) {
    length += std::fread(text.data() + length, 1, text.size() - length, file.get());
    if (length < text.size()) break;
    if (length > limits::file_bytes) return too_large();
    text.resize(std::min(std::max<std::size_t>(text.size() * 2, 4096), limits::file_bytes + 1));
  }
  if (std::ferror(file.get())) return error(fmt::format("cannot read `{}`: {}", shown_as, std::strerror(errno)));
  text.resize(length);
  return text;
}

}  // namespace zweck
