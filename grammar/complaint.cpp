#include "grammar/complaint.hpp"

#include <fmt/format.h>

#include <vector>

#include "grammar/flaw.hpp"
#include "text/suggest.hpp"

namespace zweck::grammar {

namespace {

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

// What the author perhaps meant by the token that stands in the way.
std::string advice(std::string_view text, const Token* at, const Token* previous, const Complaint& complaint) {
  const Token& found = *at;
  const std::string word = shortened(text);
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
  if (found.kind == TokenKind::word && !complaint.keywords.empty()) {
    std::vector<std::string_view> known;
    for (const Keyword keyword : complaint.keywords) known.push_back(spelling(keyword));
    if (std::string meant = did_you_mean(text, known); !meant.empty()) return meant;
  }
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
    const std::string_view text = sources.text(finding.span);
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
    finding.help = advice(text, failure.at, failure.at == first ? nullptr : failure.at - 1, *failure.complaint);
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
