#include "grammar/complaint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "grammar/expected.hpp"
#include "grammar/flaw.hpp"
#include "grammar/format.hpp"
#include "text/limits.hpp"
#include "text/suggest.hpp"

namespace zweck::grammar {

namespace {

struct Text {
  const Sources& sources;
  std::uint32_t file;
  std::string_view of(const Token& token) const { return sources.text({file, token.begin, token.end}); }
};

bool is_value(const Token& token) {
  switch (token.kind) {
    case TokenKind::word:
    case TokenKind::own:
    case TokenKind::string:
    case TokenKind::integer:
    case TokenKind::date:
      return true;
    default:
      return false;
  }
}

// Whether a keyword where a name should stand is rather what it looks like, and the name is missing.
bool stands_as_keyword(const Token* at) {
  switch (at->keyword) {
    case Keyword::for_:
    case Keyword::by:
    case Keyword::and_:
    case Keyword::or_:
    case Keyword::not_:
      return true;
    case Keyword::never:
    case Keyword::always:
      return at[1].keyword == Keyword::allow;
    case Keyword::rule:
    case Keyword::assert_:
    case Keyword::allow:
    case Keyword::deny:
      return at->first_on_line || is_value(at[1]);
    default:
      return begins_clause(at->keyword) && (at->first_on_line || is_value(at[1]));
  }
}

bool can_stand(const Complaint& complaint, Keyword keyword) {
  return std::find(complaint.keywords.begin(), complaint.keywords.end(), keyword) != complaint.keywords.end();
}

// Words that other languages have for ours, too far from them to be taken for misspelt.
constexpr std::pair<std::string_view, Keyword> other_words[] = {
    {"if", Keyword::when},     {"where", Keyword::when},    {"permit", Keyword::allow}, {"grant", Keyword::allow},
    {"forbid", Keyword::deny}, {"prohibit", Keyword::deny}, {"to", Keyword::for_},      {"from", Keyword::by}};

// The word of the language that is perhaps meant by the one at `at`, or nothing.
std::string meant_keyword(const Text& text, const Token* at, const Complaint& complaint) {
  const std::string_view word = text.of(*at);
  if (word.size() > limits::name_bytes) return {};
  if (at->kind != TokenKind::end && at[1].kind == TokenKind::word) {
    const std::string joined = fmt::format("{}-{}", word, shortened(text.of(at[1])));
    if (can_stand(complaint, find_keyword(joined))) return fmt::format("did you mean `{}`?", joined);
  }
  const bool is_window = at->keyword == Keyword::from && at[1].kind == TokenKind::date;
  for (const auto& [other, ours] : other_words)
    if (word == other && can_stand(complaint, ours) && !is_window) return fmt::format("did you mean `{}`?", spelling(ours));
  if (word == "is" && can_stand(complaint, Keyword::in)) return "did you mean `=`?";
  if (at->kind != TokenKind::word || complaint.keywords.empty()) return {};
  std::vector<std::string_view> known;
  for (const Keyword keyword : complaint.keywords) known.push_back(spelling(keyword));
  return did_you_mean(word, known);
}

// Of a rule or assertion whose name was perhaps written in several words: the name in quotes.
std::string name_of_words(const Text& text, const Token* at, const Complaint& complaint) {
  if (&complaint != &expected::effect && &complaint != &expected::quantifier) return {};
  if (at[0].kind != TokenKind::word || at[-1].kind != TokenKind::word) return {};
  constexpr std::ptrdiff_t most_words = 8;
  const Token* behind = at;
  while (behind->kind == TokenKind::word && behind - at < most_words) ++behind;
  if (!can_stand(complaint, behind->keyword) && behind->kind != TokenKind::string) return {};
  std::string name;
  for (const Token* word = at - 1; word < behind; ++word)
    name += (name.empty() ? "" : " ") + std::string(text.of(*word));
  return fmt::format("a name of several words is written in quotes: `{}`", shortened(quote_string(name)));
}

// What the author perhaps meant by the token that stands in the way.
std::string advice(const Text& text, const Token* at, const Token* previous, const Complaint& complaint) {
  const Token& found = *at;
  const std::string word = shortened(text.of(found));
  const TokenKind before = previous == nullptr ? TokenKind::end : previous->kind;
  if (found.kind == TokenKind::comma && previous != nullptr && previous->keyword == Keyword::any)
    return "`any` stands alone";
  if (found.kind == TokenKind::open_brace) return "only `in` takes values in braces";
  if (found.kind == TokenKind::close && complaint.help.empty()) return "no `(` is open here";
  const bool truth = found.keyword == Keyword::true_ || found.keyword == Keyword::false_;
  if (complaint.name && !(truth && !complaint.help.empty())) {
    if (found.keyword == Keyword::any)
      return before == TokenKind::comma ? "`any` stands alone" : "`any` is nobody's name";
    if (found.kind == TokenKind::own)
      return fmt::format("`{0}` is an attribute of the point; as a name it is written in quotes: `\"{0}\"`", word);
    if (found.kind == TokenKind::keyword && !stands_as_keyword(at))
      return fmt::format("`{0}` is a word of the language; as a name it is written in quotes: `\"{0}\"`", word);
  }
  if (&complaint == &expected::condition && (found.kind == TokenKind::integer || found.kind == TokenKind::date))
    return "what is compared stands on the left, the value on the right: `age >= 16`";
  if (&complaint == &expected::notice_name && found.kind == TokenKind::equal)
    return "the name follows without a sign: `notice NAME`";
  if (std::string name = name_of_words(text, at, complaint); !name.empty()) return name;
  if (std::string meant = meant_keyword(text, at, complaint); !meant.empty()) return meant;
  return std::string(complaint.help);
}

}  // namespace

Diagnostic explain(const Sources& sources, std::uint32_t file, const Token* first, const Failure& failure) {
  const Token& found = *failure.at;
  Finding finding;
  finding.span = {file, found.begin, found.end};
  if (found.kind == TokenKind::bad) {
    finding = describe(sources, found, finding.span);
  } else {
    std::string before = "the beginning";
    if (failure.at != first) {
      const Token& previous = failure.at[-1];
      before = fmt::format("`{}`", shortened(sources.text({file, previous.begin, previous.end})));
      // What is missing is missing there, not where the next rule begins.
      const bool next_statement =
          found.first_on_line && (found.keyword == Keyword::rule || found.keyword == Keyword::assert_);
      if (found.kind == TokenKind::end || next_statement) finding.span = {file, previous.end, previous.end};
    }
    finding.message = failure.complaint->message;
    if (const std::size_t gap = finding.message.find("{}"); gap != std::string::npos)
      finding.message.replace(gap, 2, before);
    const Token* const previous = failure.at == first ? nullptr : failure.at - 1;
    finding.help = advice({sources, file}, failure.at, previous, *failure.complaint);
  }
  Diagnostic diagnostic{.check = std::move(finding.check),
                        .message = std::move(finding.message),
                        .help = std::move(finding.help),
                        .place = sources.place(finding.span),
                        .related = {}};
  if (failure.opened != nullptr)
    diagnostic.related.push_back(
        {.message = "opened here", .place = sources.place({file, failure.opened->begin, failure.opened->end})});
  return diagnostic;
}

}  // namespace zweck::grammar
