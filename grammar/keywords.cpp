#include "grammar/keywords.hpp"

#include <algorithm>

namespace zweck::grammar {

static_assert(std::is_sorted(keyword_spellings.begin(), keyword_spellings.end()));
static_assert(spelling(Keyword::years) == "years" && spelling(Keyword::not_personal) == "not-personal");

namespace {

// first_with[c - 'a']: the rank of the first keyword that begins with c or a later letter.
constexpr auto first_with = [] {
  std::array<std::uint8_t, 27> first{};
  for (std::size_t letter = 0; letter < first.size(); ++letter) {
    std::size_t rank = 0;
    while (rank < keyword_spellings.size() && keyword_spellings[rank][0] < static_cast<char>('a' + letter)) ++rank;
    first[letter] = static_cast<std::uint8_t>(rank);
  }
  return first;
}();

}  // namespace

Keyword find_keyword(std::string_view word) {
  if (word.empty() || word[0] < 'a' || word[0] > 'z') return Keyword::none;
  const std::size_t letter = static_cast<std::size_t>(word[0] - 'a');
  for (std::size_t rank = first_with[letter]; rank < first_with[letter + 1]; ++rank)
    if (keyword_spellings[rank] == word) return static_cast<Keyword>(rank);
  return Keyword::none;
}

bool is_unit(Keyword keyword) {
  switch (keyword) {
    case Keyword::minute:
    case Keyword::minutes:
    case Keyword::hour:
    case Keyword::hours:
    case Keyword::day:
    case Keyword::days:
    case Keyword::week:
    case Keyword::weeks:
    case Keyword::month:
    case Keyword::months:
    case Keyword::year:
    case Keyword::years:
      return true;
    default:
      return false;
  }
}

bool begins_clause(Keyword keyword) {
  switch (keyword) {
    case Keyword::except:
    case Keyword::when:
    case Keyword::unless:
    case Keyword::from:
    case Keyword::until:
    case Keyword::basis:
    case Keyword::benefit:
    case Keyword::keep:
    case Keyword::oblige:
    case Keyword::because:
      return true;
    default:
      return false;
  }
}

bool has_name_form(std::string_view word) {
  return !word.empty() && is_letter(word.front()) && word.back() != '.' && word.back() != '-' &&
         std::all_of(word.begin(), word.end(), is_name_char);
}

bool begins_with_dimension(std::string_view text) {
  return text.starts_with("data.") || text.starts_with("purpose.") || text.starts_with("partner.");
}

bool is_language_tag(std::string_view text) {
  for (bool first = true;; first = false) {
    const std::string_view part = text.substr(0, text.find('-'));
    const auto fits = [first](char c) { return is_letter(c) || (!first && is_digit(c)); };
    if (part.empty() || part.size() > 8 || !std::all_of(part.begin(), part.end(), fits)) return false;
    if (part.size() == text.size()) return true;
    text.remove_prefix(part.size() + 1);
  }
}

}  // namespace zweck::grammar
