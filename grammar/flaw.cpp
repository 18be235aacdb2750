#include "grammar/flaw.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "grammar/format.hpp"

namespace zweck::grammar {

namespace {

// Longer words are cut where a message repeats them.
constexpr std::size_t repeated_bytes = 60;

// The first character of the token that `is_bad` holds of.
template <class Predicate>
Span narrow(std::string_view text, Span span, Predicate is_bad) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point(text, at);
    const auto begin = static_cast<std::uint32_t>(span.begin + at);
    if (is_bad(c.value)) return {span.file, begin, begin + c.bytes};
    at += c.bytes;
  }
  return span;
}

Finding invisible(std::string_view text, Span span) {
  Finding finding{.check = "invalid-text", .message = {}, .help = {}, .span = span};
  finding.span = narrow(text, span, [](char32_t c) { return is_invisible(c) || is_odd_blank(c); });
  const char32_t c = code_point(text, finding.span.begin - span.begin).value;
  const bool blank = is_odd_blank(c);
  finding.message = fmt::format("the {} character U+{:04X} outside strings and comments", blank ? "blank" : "invisible",
                                static_cast<std::uint32_t>(c));
  finding.help =
      blank ? "only spaces, tabs and line ends separate words" : "take it out: what is not seen cannot be reviewed";
  return finding;
}

Finding bad_escape(std::string_view text, Span span) {
  Finding finding;
  std::size_t at = 0;
  while (text[at] != '\\' || text[at + 1] == '"' || text[at + 1] == '\\') at += text[at] == '\\' ? 2 : 1;
  const CodePoint c = code_point(text, at + 1);
  finding.span = {span.file, static_cast<std::uint32_t>(span.begin + at),
                  static_cast<std::uint32_t>(span.begin + at + 1 + c.bytes)};
  finding.message = fmt::format("`{}` means nothing in a string", text.substr(at, 1 + c.bytes));
  finding.help = "write `\\\"` for a quote and `\\\\` for a backslash";
  return finding;
}

Finding own_attribute(std::string_view text, Span span) {
  Finding finding{.message = {}, .help = {}, .span = span};
  const std::size_t dot = text.find('.');
  const std::string_view dimension = text.substr(0, dot);
  const std::string_view attribute = text.substr(dot + 1);
  if (attribute.empty()) {
    finding.message = fmt::format("expected the name of an attribute after `{}`", text);
    finding.help = fmt::format("write `{0}.NAME` without blanks, or `{0}` alone", dimension);
    return finding;
  }
  const bool reserved = find_keyword(attribute) != Keyword::none;
  finding.message = reserved ? fmt::format("`{}` is a word of the language", attribute)
                             : fmt::format("`{}` is no plain name of an attribute", shortened(attribute));
  finding.help = fmt::format("write `{}.{}` for the attribute", dimension, shortened(quote_string(attribute)));
  return finding;
}

struct Sign {
  std::string_view other;
  std::string_view ours;
};
// As other languages write them; the last are single characters beyond ASCII.
constexpr Sign signs[] = {{"==", "="},  {"=>", ">="}, {"=<", "<="}, {"<>", "!="}, {"&&", "and"},
                          {"||", "or"}, {"≥", ">="},  {"≤", "<="},  {"≠", "!="}};

Finding other_sign(const Sign& sign, Span span) {
  return {.message = fmt::format("`{}` has no meaning here", sign.other),
          .help = fmt::format("write `{}`", sign.ours),
          .span = span};
}

Finding foreign_letters(std::string_view text, Span span) {
  for (const Sign& sign : signs) {
    const std::size_t at = text.find(sign.other);
    if (at == std::string_view::npos) continue;
    const auto begin = static_cast<std::uint32_t>(span.begin + at);
    return other_sign(sign, {span.file, begin, begin + static_cast<std::uint32_t>(sign.other.size())});
  }
  return {.message = fmt::format("`{}` is no plain name", shortened(text)),
          .help = fmt::format("write it in quotes: `{}`", shortened(quote_string(text))),
          .span = span};
}

std::string help_for_number(std::string_view text) {
  if (text.find_first_not_of("0123456789.-") == std::string_view::npos) {
    const auto separators = std::count_if(text.begin() + 1, text.end(), [](char c) { return c == '.' || c == '-'; });
    if (separators == 2) return "dates are written as year, month and day: `2026-05-01`";
    if (separators == 1 && text.find('.') != std::string_view::npos) return "numbers are whole: `16`";
  }
  return fmt::format(
      "numbers look like `16`, dates like `2026-05-01`; a name that begins with no letter is written in quotes: `{}`",
      shortened(quote_string(text)));
}

std::string_view help_for_stray(char sign) {
  switch (sign) {
    case '-':
      return "a negative number is written without a blank: `-5`";
    case '|':
      return "write `or`";
    case '&':
      return "write `and`";
    case '.':
      return "an attribute is written without blanks: `partner.country`";
    case '*':
      return "write `any` for everything";
    case '/':
      return "a comment begins with `#`";
    case '[':
    case ']':
      return "several values stand in `{` and `}`";
    case ';':
    case ':':
      return "leave it out: the words alone say where a clause begins";
    default:
      return {};
  }
}

}  // namespace

std::string shortened(std::string_view text) {
  if (text.size() <= repeated_bytes) return std::string(text);
  std::size_t end = 0;
  while (end < repeated_bytes) end += code_point(text, end).bytes;
  return std::string(text.substr(0, end)) + "…";
}

Finding describe(const Sources& sources, const Token& token, Span span) {
  const std::string_view text = sources.text(span);
  const std::string word = shortened(text);
  Finding finding{.message = {}, .help = {}, .span = span};
  switch (token.flaw) {
    case Flaw::invisible:
      return invisible(text, span);
    case Flaw::foreign_letters:
      return foreign_letters(text, span);
    case Flaw::typographic_quote:
      finding.span =
          narrow(text, span, [](char32_t c) { return c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x203A); });
      finding.message = fmt::format("`{}` is no quote of the language", sources.text(finding.span));
      finding.help = "write names and texts in straight quotes: `\"`";
      return finding;
    case Flaw::unclosed_string:
      finding.message = "this text is not closed on its line";
      finding.help = "end it with `\"`; write `\\\"` for a quote within it";
      return finding;
    case Flaw::bad_escape:
      return bad_escape(text.substr(text.find('"')),
                        {span.file, span.begin + static_cast<std::uint32_t>(text.find('"')), span.end});
    case Flaw::name_end:
      finding.message = fmt::format("the name `{}` ends in `{}`", word, text.back());
      finding.help = fmt::format("write `{}`, or put the name in quotes",
                                 shortened(text.substr(0, text.find_last_not_of(".-") + 1)));
      return finding;
    case Flaw::own_attribute:
      return own_attribute(text, span);
    case Flaw::number:
      finding.message = fmt::format("`{}` is neither a whole number nor a date nor a plain name", word);
      finding.help = help_for_number(text);
      return finding;
    case Flaw::no_blank: {
      const std::size_t unit = text.find_first_not_of("-0123456789");
      finding.message = fmt::format("expected a blank between the number and `{}`", text.substr(unit));
      finding.help = fmt::format("write `{} {}`", shortened(text.substr(0, unit)), text.substr(unit));
      return finding;
    }
    case Flaw::leading_zero:
      finding.message = fmt::format("the number `{}` begins with a zero", word);
      finding.help = "write it without leading zeros";
      return finding;
    case Flaw::integer_range:
      finding.message = fmt::format("the number `{}` is out of range", word);
      finding.help = fmt::format("numbers lie between {} and {}", INT64_MIN, INT64_MAX);
      return finding;
    case Flaw::no_such_date:
      finding.message = fmt::format("there is no date `{}`", word);
      finding.help = "dates are written as year, month and day: `2026-05-01`";
      return finding;
    case Flaw::other_sign: {
      const auto is_it = [&](const Sign& sign) { return sign.other == text; };
      return other_sign(*std::find_if(std::begin(signs), std::end(signs), is_it), span);
    }
    case Flaw::exclamation:
      finding.message = "`!` has no meaning here";
      finding.help = "write `not` before a condition, `!=` between two values";
      return finding;
    case Flaw::single_quote:
      finding.message = "`'` has no meaning here";
      finding.help = "write names and texts in double quotes: `\"`";
      return finding;
    default:
      finding.message = fmt::format("`{}` has no meaning here", word);
      finding.help = help_for_stray(text.front());
      return finding;
  }
}

}  // namespace zweck::grammar
