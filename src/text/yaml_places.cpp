#include "text/yaml_places.hpp"

#include <algorithm>

namespace zweck {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view white_space = " \t\r\n";

bool is_white(char c) { return white_space.find(c) != std::string_view::npos; }

std::size_t end_of_line(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

// Behind the closing quote, or nothing if there is none.
std::size_t behind_quote(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 == text.size() || text[at + 1] != quote) return at + 1;
      ++at;  // '' stands for one
    }
  }
  return std::string_view::npos;
}

std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  return std::min(behind_quote(text, begin), text.size());
}

// All lines indented deeper than the line on which the block scalar is announced, less the empty ones at its end.
std::size_t end_of_block(std::string_view text, std::size_t begin) {
  const std::size_t line_start = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;
  const std::size_t indent = text.find_first_not_of(' ', line_start) - line_start;
  std::size_t end = end_of_line(text, begin);
  for (std::size_t next = end + 1; next < text.size();) {
    const std::size_t line_end = end_of_line(text, next);
    const std::string_view line = text.substr(next, line_end - next);
    const std::size_t first = next + std::min(line.find_first_not_of(white_space), line.size());
    if (first < line_end) {
      if (first - next <= indent) break;
      end = line_end;
    }
    next = line_end + 1;
  }
  if (text[end - 1] == '\r') --end;
  return end;
}

// Line ends and the blanks around them were folded: white space stands for any white space, the rest for itself.
std::size_t end_of_plain(std::string_view text, std::size_t begin, std::string_view value) {
  std::size_t at = begin;
  for (std::size_t i = 0; i < value.size() && at < text.size();) {
    if (is_white(value[i])) {
      while (i < value.size() && is_white(value[i])) ++i;
      while (at < text.size() && is_white(text[at])) ++at;
    } else {
      ++i;
      ++at;
    }
  }
  return at;
}

}  // namespace

std::size_t end_of_scalar(std::string_view text, std::size_t begin, std::string_view value) {
  if (begin >= text.size()) return text.size();
  switch (text[begin]) {
    case '"':
    case '\'':
      return end_of_quoted(text, begin);
    case '|':
    case '>':
      return end_of_block(text, begin);
    default:
      return end_of_plain(text, begin, value);
  }
}

bool is_closed_quote(std::string_view scalar) { return behind_quote(scalar, 0) != std::string_view::npos; }

std::size_t end_of_collection(std::string_view text, std::size_t begin, std::size_t last) {
  if (begin >= text.size() || (text[begin] != '[' && text[begin] != '{')) return last;
  const char close = text[begin] == '[' ? ']' : '}';
  for (std::size_t at = std::max(last, begin + 1); at < text.size(); ++at) {
    if (text[at] == close) return at + 1;
    if (text[at] == '#') {
      at = end_of_line(text, at);
    } else if (!is_white(text[at]) && text[at] != ',' && text[at] != ':') {
      break;
    }
  }
  return last;
}

bool closes(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text[at] == '"' || text[at] == '\'') {
      at = end_of_quoted(text, at) - 1;
    } else if (text[at] == '[' || text[at] == '{') {
      ++depth;
    } else if (text[at] == ']' || text[at] == '}') {
      if (--depth == 0) return true;
    }
  }
  return false;
}

std::string_view written_null(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
    if (text.substr(at, word.size()) != word) continue;
    const std::size_t after = at + word.size();
    const std::size_t next = text.find_first_not_of(blanks, after);
    const bool is_key = next < text.size() && text[next] == ':' &&
                        (next + 1 == text.size() || is_white(text[next + 1]) || text[next + 1] == ',' ||
                         text[next + 1] == '}' || text[next + 1] == ']');
    if (is_key) return {};
    if (after == text.size() || is_white(text[after]) || text[after] == ',' || text[after] == ']' || text[after] == '}')
      return text.substr(at, word.size());
  }
  return {};
}

}  // namespace zweck
