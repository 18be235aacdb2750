#include "grammar/lex.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "zweck/time.hpp"

namespace zweck::grammar {

namespace {

constexpr bool is_foreign(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool is_typographic_quote(char32_t c) {
  return (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2039 || c == 0x203A;
}

class Lexer {
 public:
  Lexer(std::string_view text, std::uint32_t file) : text_(text), file_(file) {
    // As many as there can be: memory is only taken as it is used, and what would be copied while the list grows is spared.
    out_.tokens.reserve(text.size() + 1);
    out_.comments.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '#')));
  }

  Tokens run() {
    while (at_ < text_.size()) step();
    push(TokenKind::end, at_);
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void step() {
    const char c = text_[at_];
    switch (c) {
      case '\n':
        line_is_blank_ = true;
        ++at_;
        return;
      case ' ':
      case '\t':
        ++at_;
        return;
      case '\r':
        if (peek(1) != '\n') return push_bad(Flaw::stray, at_ + 1);
        ++at_;
        return;
      case '#':
        return comment();
      case '"':
        return push_quoted(at_, TokenKind::string);
      case ',':
        return push(TokenKind::comma, at_ + 1);
      case '(':
        return push(TokenKind::open, at_ + 1);
      case ')':
        return push(TokenKind::close, at_ + 1);
      case '{':
        return push(TokenKind::open_brace, at_ + 1);
      case '}':
        return push(TokenKind::close_brace, at_ + 1);
      case '=':
        if (peek(1) == '=' || peek(1) == '<' || peek(1) == '>') return push_bad(Flaw::other_sign, at_ + 2);
        return push(TokenKind::equal, at_ + 1);
      case '<':
        if (peek(1) == '=') return push(TokenKind::less_equal, at_ + 2);
        if (peek(1) == '>') return push_bad(Flaw::other_sign, at_ + 2);
        return push(TokenKind::less, at_ + 1);
      case '>':
        if (peek(1) == '=') return push(TokenKind::greater_equal, at_ + 2);
        return push(TokenKind::greater, at_ + 1);
      case '!':
        if (peek(1) == '=') return push(TokenKind::unequal, at_ + 2);
        return push_bad(Flaw::exclamation, at_ + 1);
      case '&':
      case '|':
        if (peek(1) == c) return push_bad(Flaw::other_sign, at_ + 2);
        return push_bad(Flaw::stray, at_ + 1);
      case '\'':
        return push_bad(Flaw::single_quote, at_ + 1);
      default:
        if (is_letter(c) || is_foreign(c)) return word();
        if (is_digit(c) || (c == '-' && is_digit(peek(1)))) return number();
        return push_bad(Flaw::stray, at_ + 1);
    }
  }

  void push(TokenKind kind, std::size_t end, Keyword keyword = Keyword::none, Flaw flaw = Flaw::none) {
    out_.tokens.push_back({.begin = static_cast<std::uint32_t>(at_),
                           .end = static_cast<std::uint32_t>(end),
                           .kind = kind,
                           .keyword = keyword,
                           .flaw = flaw,
                           .first_on_line = std::exchange(line_is_blank_, false)});
    at_ = end;
  }

  void push_bad(Flaw flaw, std::size_t end) { push(TokenKind::bad, end, Keyword::none, flaw); }

  void comment() {
    std::size_t end = std::min(text_.find('\n', at_), text_.size());
    if (end < text_.size() && text_[end - 1] == '\r') --end;
    out_.comments.push_back({.span = {file_, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)},
                             .own_line = line_is_blank_});
    at_ = end;
  }

  // A token that ends in a quoted text whose opening quote is at `quote`.
  void push_quoted(std::size_t quote, TokenKind kind) {
    Flaw flaw = Flaw::none;
    std::size_t at = quote + 1;
    for (; at < text_.size() && text_[at] != '\n'; ++at) {
      if (text_[at] == '"') return push(flaw == Flaw::none ? kind : TokenKind::bad, at + 1, Keyword::none, flaw);
      if (text_[at] != '\\') continue;
      const char next = at + 1 < text_.size() ? text_[at + 1] : '\0';
      if (next == '"' || next == '\\') {
        ++at;
      } else {
        flaw = Flaw::bad_escape;
      }
    }
    if (at < text_.size() && text_[at - 1] == '\r') --at;
    push_bad(Flaw::unclosed_string, at);
  }

  void word() {
    std::size_t end = at_;
    bool foreign = false;
    Flaw flaw = Flaw::none;
    while (end < text_.size()) {
      if (is_name_char(text_[end])) {
        ++end;
        continue;
      }
      if (!is_foreign(text_[end])) break;
      const CodePoint c = code_point(text_, end);
      if (is_invisible(c.value) || is_odd_blank(c.value)) flaw = Flaw::invisible;
      if (flaw == Flaw::none && is_typographic_quote(c.value)) flaw = Flaw::typographic_quote;
      foreign = true;
      end += c.bytes;
    }
    if (foreign) return push_bad(flaw == Flaw::none ? Flaw::foreign_letters : flaw, end);

    const std::string_view word = text_.substr(at_, end - at_);
    if (begins_with_dimension(word)) return own(word, end);
    if (word.back() == '.' || word.back() == '-') return push_bad(Flaw::name_end, end);
    const Keyword keyword = find_keyword(word);
    push(keyword == Keyword::none ? TokenKind::word : TokenKind::keyword, end, keyword);
  }

  void own(std::string_view word, std::size_t end) {
    const std::string_view attribute = word.substr(word.find('.') + 1);
    if (attribute.empty() && end < text_.size() && text_[end] == '"') return push_quoted(end, TokenKind::own);
    if (!has_name_form(attribute) || find_keyword(attribute) != Keyword::none || begins_with_dimension(attribute))
      return push_bad(Flaw::own_attribute, end);
    push(TokenKind::own, end);
  }

  void number() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_name_char(text_[end])) ++end;
    const std::string_view written = text_.substr(at_, end - at_);
    const std::string_view unsigned_part = written.substr(written[0] == '-');
    const std::size_t digits = std::min(unsigned_part.find_first_not_of("0123456789"), unsigned_part.size());
    if (digits == unsigned_part.size()) {
      if (digits > 1 && unsigned_part[0] == '0') return push_bad(Flaw::leading_zero, end);
      std::int64_t value = 0;
      const auto read = std::from_chars(written.data(), written.data() + written.size(), value);
      if (read.ec != std::errc()) return push_bad(Flaw::integer_range, end);
      return push(TokenKind::integer, end);
    }
    if (parse_date(written)) return push(TokenKind::date, end);
    if (is_unit(find_keyword(unsigned_part.substr(digits)))) return push_bad(Flaw::no_blank, end);
    const auto digit_or_dash = [](char c) { return is_digit(c) || c == '-'; };
    const bool date_form = written.size() == 10 && written[4] == '-' && written[7] == '-' &&
                           std::count(written.begin(), written.end(), '-') == 2 &&
                           std::all_of(written.begin(), written.end(), digit_or_dash);
    push_bad(date_form ? Flaw::no_such_date : Flaw::number, end);
  }

  std::string_view text_;
  std::uint32_t file_;
  std::size_t at_ = 0;
  bool line_is_blank_ = true;
  Tokens out_;
};

}  // namespace

Tokens lex(const Sources& sources, std::uint32_t file) { return Lexer(sources[file].text, file).run(); }

std::string unquote(std::string_view quoted) {
  quoted = quoted.substr(1, quoted.size() - 2);
  std::string text;
  text.reserve(quoted.size());
  for (std::size_t at = 0; at < quoted.size(); ++at) {
    if (quoted[at] == '\\') ++at;
    text += quoted[at];
  }
  return text;
}

bool is_odd_blank(char32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

}  // namespace zweck::grammar
