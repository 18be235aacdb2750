#include "grammar/format.hpp"
#include "grammar/keywords.hpp"

namespace zweck {

bool is_keyword(std::string_view word) { return grammar::find_keyword(word) != grammar::Keyword::none; }

std::string quote_string(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
  return out;
}

std::string quote_name(std::string_view name) {
  const bool plain = grammar::has_name_form(name) && !is_keyword(name) && !grammar::begins_with_dimension(name);
  return plain ? std::string(name) : quote_string(name);
}

}  // namespace zweck
