// Single tokens as Spirit parsers, and `need`, which turns "no way on" into a complaint. For statements.cpp alone.
#pragma once

#include <boost/spirit/home/x3.hpp>
#include <charconv>

#include "grammar/expected.hpp"
#include "grammar/statements.hpp"
#include "text/limits.hpp"
#include "zweck/time.hpp"

namespace zweck::grammar {

namespace x3 = boost::spirit::x3;

struct ReadingTag;

template <class Context>
Reading& reading_of(const Context& context) {
  return x3::get<ReadingTag>(context).get();
}

// A parser of one token without a value.
template <class Matches>
struct Plain : x3::parser<Plain<Matches>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  Matches matches;
  constexpr explicit Plain(Matches m) : matches(m) {}

  template <class Iterator, class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, const Iterator&, const Context&, RuleContext&, Attribute&) const {
    if (!matches(*first)) return false;
    ++first;
    return true;
  }
};

constexpr auto symbol(TokenKind kind) {
  return Plain([kind](const Token& token) { return token.kind == kind; });
}
constexpr auto kw(Keyword keyword) {
  return Plain([keyword](const Token& token) { return token.keyword == keyword; });
}

// A parser of one token with a value. `Read` gives an optional of it, and may throw a Failure.
template <class Value, class Read>
struct Valued : x3::parser<Valued<Value, Read>> {
  using attribute_type = Value;
  static constexpr bool has_attribute = true;
  Read read;
  constexpr explicit Valued(Read r) : read(r) {}

  template <class Iterator, class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, const Iterator&, const Context& context, RuleContext&, Attribute& attribute) const {
    std::optional<Value> value = read(first, reading_of(context));
    if (!value) return false;
    ++first;
    x3::traits::move_to(std::move(*value), attribute);
    return true;
  }
};

template <class Value, class Read>
constexpr auto valued(Read read) {
  return Valued<Value, Read>(read);
}

inline std::optional<syntax::Name> read_any_name(const Token* at, const Reading& reading) {
  if (at->kind != TokenKind::word && at->kind != TokenKind::string) return std::nullopt;
  const bool quoted = at->kind == TokenKind::string;
  const std::string_view text = reading.text_of(*at);
  return syntax::Name{
      .text = quoted ? unquote(text) : std::string(text), .span = reading.span_of(*at), .quoted = quoted};
}

inline constexpr auto name = valued<syntax::Name>([](const Token* at, const Reading& reading) {
  auto result = read_any_name(at, reading);
  if (!result) return result;
  if (result->text.empty()) throw Failure{at, &expected::empty_name};
  if (result->text == "any") throw Failure{at, &expected::any_as_name};
  if (result->text.size() > limits::name_bytes) throw Failure{at, &expected::long_name};
  return result;
});

// A quoted literal may be a string, which may say anything.
inline constexpr auto name_or_string = valued<syntax::Name>(read_any_name);

inline constexpr auto string = valued<syntax::Text>([](const Token* at, const Reading& reading) {
  if (at->kind != TokenKind::string) return std::optional<syntax::Text>();
  return std::optional(syntax::Text{unquote(reading.text_of(*at)), reading.span_of(*at)});
});

inline constexpr auto integer = valued<syntax::Integer>([](const Token* at, const Reading& reading) {
  if (at->kind != TokenKind::integer) return std::optional<syntax::Integer>();
  const std::string_view text = reading.text_of(*at);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::optional(syntax::Integer{value, reading.span_of(*at)});
});

inline constexpr auto date = valued<syntax::Date>([](const Token* at, const Reading& reading) {
  if (at->kind != TokenKind::date) return std::optional<syntax::Date>();
  return std::optional(syntax::Date{parse_date(reading.text_of(*at))->days, reading.span_of(*at)});
});

inline constexpr auto boolean = valued<syntax::Boolean>([](const Token* at, const Reading& reading) {
  if (at->keyword != Keyword::true_ && at->keyword != Keyword::false_) return std::optional<syntax::Boolean>();
  return std::optional(syntax::Boolean{at->keyword == Keyword::true_, reading.span_of(*at)});
});

// The token of the unit; the rule that has the number puts the two together.
inline constexpr auto unit = valued<const Token*>(
    [](const Token* at, const Reading&) { return is_unit(at->keyword) ? std::optional(at) : std::nullopt; });

inline constexpr auto own = valued<syntax::Own>([](const Token* at, const Reading& reading) {
  std::optional<syntax::Own> result;
  const bool alone = at->keyword == Keyword::data || at->keyword == Keyword::purpose || at->keyword == Keyword::partner;
  if (!alone && at->kind != TokenKind::own) return result;
  const std::string_view text = reading.text_of(*at);
  result.emplace();
  result->span = reading.span_of(*at);
  result->dimension = text.starts_with("data")      ? syntax::Dimension::data
                      : text.starts_with("purpose") ? syntax::Dimension::purpose
                                                    : syntax::Dimension::partner;
  if (alone) return result;
  const std::size_t dot = text.find('.');
  const std::string_view attribute = text.substr(dot + 1);
  const bool quoted = attribute.front() == '"';
  result->attribute = {.text = quoted ? unquote(attribute) : std::string(attribute),
                       .span = {reading.file, static_cast<std::uint32_t>(at->begin + dot + 1), at->end},
                       .quoted = quoted};
  if (result->attribute->text.empty()) throw Failure{at, &expected::empty_name};
  if (result->attribute->text.size() > limits::name_bytes) throw Failure{at, &expected::long_name};
  return result;
});

// A tag such as `de` or `pt-BR`, which may look like a keyword, but only before a text.
inline constexpr auto language = valued<syntax::Name>([](const Token* at, const Reading& reading) {
  std::optional<syntax::Name> result;
  if (at->kind != TokenKind::word && at->kind != TokenKind::keyword) return result;
  if (at[1].kind != TokenKind::string) return result;
  const std::string_view text = reading.text_of(*at);
  if (!is_language_tag(text)) throw Failure{at, &expected::language};
  result = syntax::Name{.text = std::string(text), .span = reading.span_of(*at), .quoted = false};
  return result;
});

// Looks at a token without taking it.
template <class Matches>
struct Ahead : x3::parser<Ahead<Matches>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  Matches matches;
  constexpr explicit Ahead(Matches m) : matches(m) {}

  template <class Iterator, class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, const Iterator&, const Context&, RuleContext&, Attribute&) const {
    return matches(*first);
  }
};

// `need(complaint)[parser]`: what `>` is in Spirit, with the author's words.
template <class Subject>
struct Need : x3::unary_parser<Subject, Need<Subject>> {
  static constexpr bool is_pass_through_unary = true;
  const Complaint* complaint;
  constexpr Need(const Subject& subject, const Complaint* c)
      : x3::unary_parser<Subject, Need<Subject>>(subject), complaint(c) {}

  template <class Iterator, class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, RuleContext& rule,
             Attribute& attribute) const {
    if (this->subject.parse(first, last, context, rule, attribute)) return true;
    throw Failure{first, complaint};
  }
};

struct NeedOf {
  const Complaint* complaint;
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return Need<Parser>(x3::as_parser(subject), complaint);
  }
};
constexpr NeedOf need(const Complaint& complaint) { return {&complaint}; }

// `spanned[parser]`, around the definition of a rule: gives what the rule has read its span.
template <class Subject>
struct Spanned : x3::unary_parser<Subject, Spanned<Subject>> {
  static constexpr bool is_pass_through_unary = true;
  constexpr explicit Spanned(const Subject& subject) : x3::unary_parser<Subject, Spanned<Subject>>(subject) {}

  template <class Iterator, class Context, class Value, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Value& value, Attribute& attribute) const {
    const Iterator begin = first;
    if (!this->subject.parse(first, last, context, value, attribute)) return false;
    value.span = {reading_of(context).file, begin->begin, first[-1].end};
    return true;
  }
};

struct SpannedOf {
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return Spanned<Parser>(x3::as_parser(subject));
  }
};
inline constexpr SpannedOf spanned;

}  // namespace zweck::grammar
