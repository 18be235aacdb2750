#include "text/json_text.hpp"

#include <cstddef>

#include "text/source.hpp"

namespace zweck {

std::string json_quote(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  const auto is_plain = [](char c) { return c >= 0x20 && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\'; };
  std::string quoted = "\"";
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_plain(text[end])) ++end;
    quoted.append(text, i, end - i);
    i = end;
    if (i == text.size()) break;
    const char c = text[i];
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (c == '\r') {
      quoted += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += "\\u00";
      quoted += hex[static_cast<unsigned char>(c) >> 4];
      quoted += hex[static_cast<unsigned char>(c) & 15];
    } else {
      const CodePoint point = code_point(text, i);
      quoted += point.value == 0xFFFD ? "\xEF\xBF\xBD" : text.substr(i, point.bytes);
      i += point.bytes;
      continue;
    }
    ++i;
  }
  return quoted += '"';
}

}  // namespace zweck
