// The words of the language. All are reserved, in lower case.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace zweck::grammar {

// In byte order of the spelling, so that a word is found by its rank.
enum class Keyword : std::uint8_t {
  allow,
  always,
  and_,
  any,
  assert_,
  basis,
  because,
  benefit,
  by,
  consent,
  contract,
  data,
  day,
  days,
  deny,
  except,
  explicit_,
  false_,
  for_,
  from,
  has,
  hour,
  hours,
  in,
  keep,
  legal_obligation,
  legitimate_interest,
  minute,
  minutes,
  month,
  months,
  never,
  not_,
  not_personal,
  notice,
  objection,
  oblige,
  or_,
  partner,
  public_task,
  purpose,
  rule,
  true_,
  under,
  unless,
  until,
  version,
  vital_interest,
  week,
  weeks,
  when,
  within,
  year,
  years,
  none
};

constexpr std::array<std::string_view, static_cast<std::size_t>(Keyword::none)> keyword_spellings = {
    "allow",
    "always",
    "and",
    "any",
    "assert",
    "basis",
    "because",
    "benefit",
    "by",
    "consent",
    "contract",
    "data",
    "day",
    "days",
    "deny",
    "except",
    "explicit",
    "false",
    "for",
    "from",
    "has",
    "hour",
    "hours",
    "in",
    "keep",
    "legal-obligation",
    "legitimate-interest",
    "minute",
    "minutes",
    "month",
    "months",
    "never",
    "not",
    "not-personal",
    "notice",
    "objection",
    "oblige",
    "or",
    "partner",
    "public-task",
    "purpose",
    "rule",
    "true",
    "under",
    "unless",
    "until",
    "version",
    "vital-interest",
    "week",
    "weeks",
    "when",
    "within",
    "year",
    "years"};

// Keyword::none if the word is not reserved.
Keyword find_keyword(std::string_view word);

constexpr std::string_view spelling(Keyword keyword) {
  return keyword == Keyword::none ? std::string_view() : keyword_spellings[static_cast<std::size_t>(keyword)];
}

bool is_unit(Keyword keyword);
// `except`, `when` and the others that begin a clause.
bool begins_clause(Keyword keyword);

// What may stand in a rule as it is: letters, digits, `.`, `_` and `-`, a letter first, neither `.` nor `-` last.
// Says nothing about keywords.
bool has_name_form(std::string_view word);
// Whether the text begins with `data.`, `purpose.` or `partner.`.
bool begins_with_dimension(std::string_view text);
// `de`, `pt-BR`, `zh-Hans-CN`: parts of 1 to 8 letters and digits joined by `-`, the first of letters only.
bool is_language_tag(std::string_view text);

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_name_char(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; }

}  // namespace zweck::grammar
