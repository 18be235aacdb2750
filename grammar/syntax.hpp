// The syntax tree of a .zweck file: what was written, with where. No name has a meaning yet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "text/source.hpp"

namespace zweck::syntax {

struct Name {
  std::string text;  // without quotes and escapes
  Span span;         // quotes included
  bool quoted = false;
};

struct Text {
  std::string text;  // without quotes and escapes
  Span span;
};

// `any`, or at least one name.
struct Nodes {
  bool any = false;
  std::vector<Name> names;
  Span span;
};

struct Scope {
  Nodes data;
  Nodes purpose;
  Nodes partner;
  Span span;
};

struct Integer {
  std::int64_t value = 0;
  Span span;
};

struct Duration {
  std::int64_t seconds = 0;
  std::int64_t count = 0;
  std::string unit;  // as written: "day" or "days"
  Span span;
};

struct Date {
  std::int64_t days = 0;  // since 1970-01-01
  Span span;
};

struct Boolean {
  bool value = false;
  Span span;
};

// A quoted literal may be a string, a value of `one of` or a node: its Name is quoted. The type decides later.
using Literal = std::variant<Name, Integer, Date, Duration, Boolean>;
Span span_of(const Literal& literal);

enum class Dimension : std::uint8_t { data, purpose, partner };

// `data`, or `data.special`.
struct Own {
  Dimension dimension = Dimension::data;
  std::optional<Name> attribute;
  Span span;
};

enum class Operator : std::uint8_t { none, equal, unequal, less, less_equal, greater, greater_equal, in, has };

struct Test {
  std::variant<Name, Own> left;  // a fact, or what the point has
  Operator op = Operator::none;  // none: the left side alone, a bool
  // Right side: nothing for `none`; else one literal, an own, or (for `in` only) literals in braces.
  std::variant<std::monostate, Literal, Own, std::vector<Literal>> right;
  Span op_span;
};

struct Consent {
  bool explicit_ = false;
  std::optional<Duration> within;
  std::optional<Name> under;
  std::optional<Integer> version;
};

struct Objection {};

struct Notice {
  Name name;
  std::optional<Integer> version;
};

struct Condition;
struct Or {
  std::vector<Condition> parts;  // two or more
};
struct And {
  std::vector<Condition> parts;  // two or more
};
struct Not {
  std::vector<Condition> part;  // exactly one
};

// Brackets leave no node of their own; `bracketed` keeps them for what prints or measures the text.
struct Condition {
  std::variant<Or, And, Not, Consent, Objection, Notice, Test> node;
  Span span;
  bool bracketed = false;
};

enum class BasisKind : std::uint8_t {
  consent,
  contract,
  legal_obligation,
  vital_interest,
  public_task,
  legitimate_interest,
  not_personal
};

struct Basis {
  BasisKind kind = BasisKind::consent;
  Consent consent;  // for BasisKind::consent
  Span span;
};

// Clauses in the order in which they stand, each with its whole span.
struct Except {
  Nodes data{.any = true, .names = {}, .span = {}};
  Nodes purpose{.any = true, .names = {}, .span = {}};
  Nodes partner{.any = true, .names = {}, .span = {}};
  bool has_data = false, has_purpose = false, has_partner = false;  // which of the three are written
};
struct When {
  Condition condition;
};
struct Unless {
  Condition condition;
};
struct From {
  Date date;
};
struct Until {
  Date date;
};
struct Benefit {
  std::optional<Name> language;
  Text text;
};
struct Keep {
  Duration duration;
};
struct Oblige {
  Name name;
};
struct Because {
  Text text;
};
struct Clause {
  std::variant<Except, When, Unless, From, Until, Basis, Benefit, Keep, Oblige, Because> node;
  Span span;
};

enum class Effect : std::uint8_t { allow, deny };
enum class Quantifier : std::uint8_t { never, always };

struct Rule {
  Name name;
  std::optional<Text> title;
  Effect effect = Effect::deny;
  Scope scope;
  std::vector<Clause> clauses;
  Span keyword;  // `rule`
  Span span;     // from `rule` to the end of the last clause
};

struct Assertion {
  Name name;
  std::optional<Text> title;
  Quantifier quantifier = Quantifier::never;
  Scope scope;
  std::vector<Clause> clauses;  // Except, When, Unless, Because
  Span keyword;
  Span span;
};

struct Comment {
  Span span;              // from `#`, without the line end
  bool own_line = false;  // nothing but blanks before it on its line
};

struct File {
  std::uint32_t source = 0;
  std::vector<std::variant<Rule, Assertion>> statements;  // in the order of the file
  std::vector<Comment> comments;                          // in the order of the file
};

}  // namespace zweck::syntax
