// TEXT -> TOKENS and comments. What the grammar reads instead of characters, so that a word is a keyword or a name
// before any rule of the grammar looks at it.
#pragma once

#include <cstdint>
#include <vector>

#include "grammar/keywords.hpp"
#include "grammar/syntax.hpp"
#include "text/source.hpp"

namespace zweck::grammar {

enum class TokenKind : std::uint8_t {
  end,      // of the file; always the last token
  word,     // a plain name
  keyword,  // also `data`, `purpose`, `partner` standing alone
  own,      // `data.special`, `data."odd attribute"`
  string,   // quotes included; its escapes are good
  integer,  // within 64 bits
  date,     // one that exists
  comma,
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  open,
  close,
  open_brace,
  close_brace,
  bad  // see Flaw
};

// Why a token is bad.
enum class Flaw : std::uint8_t {
  none,
  invisible,        // bidirectional or invisible characters, blanks other than space and tab
  foreign_letters,  // a word with letters beyond a to z
  typographic_quote,
  unclosed_string,
  bad_escape,
  name_end,       // a word that ends in `.` or `-`
  own_attribute,  // `data.` followed by no attribute name
  number,         // begins like a number and is none
  no_blank,       // `30days`
  leading_zero,
  integer_range,
  no_such_date,
  other_sign,  // `==`, `=>`, `<>`, `&&`, … as other languages have them
  exclamation,
  single_quote,
  stray  // any other character
};

struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::end;
  Keyword keyword = Keyword::none;
  Flaw flaw = Flaw::none;
  bool first_on_line = false;
};

struct Tokens {
  std::vector<Token> tokens;
  std::vector<syntax::Comment> comments;
};

// Linear in the text, whatever it is. The text must be valid UTF-8.
Tokens lex(const Sources& sources, std::uint32_t file);

// A quoted text without its quotes and escapes.
std::string unquote(std::string_view quoted);

// Whether the character looks like a blank and is none.
bool is_odd_blank(char32_t c);

}  // namespace zweck::grammar
