// TOKENS -> SYNTAX TREE: one statement after the other, and on to the next where one is broken.
#include "grammar/parse.hpp"

#include <fmt/format.h>

#include "grammar/expected.hpp"
#include "grammar/form.hpp"
#include "grammar/statements.hpp"
#include "text/limits.hpp"

namespace zweck::grammar {

namespace {

namespace s = syntax;

bool begins_statement(const Token& token) {
  return token.keyword == Keyword::rule || token.keyword == Keyword::assert_;
}

// The last part of the condition, or the brackets it ends in.
const s::Condition& last_part(const s::Condition& condition) {
  if (condition.bracketed) return condition;
  if (const auto* any = std::get_if<s::Or>(&condition.node)) return last_part(any->parts.back());
  if (const auto* all = std::get_if<s::And>(&condition.node)) return last_part(all->parts.back());
  if (const auto* negated = std::get_if<s::Not>(&condition.node)) return last_part(negated->part.front());
  return condition;
}

// Whether the condition could be lengthened by a comparison: `age` before `< 16`.
bool ends_in_bare_test(const s::Condition& condition) {
  const s::Condition& last = last_part(condition);
  const auto* test_node = std::get_if<s::Test>(&last.node);
  return !last.bracketed && test_node != nullptr && test_node->op == s::Operator::none;
}

bool ends_in_ledger_test(const s::Condition& condition) {
  const s::Condition& last = last_part(condition);
  return !last.bracketed && (std::holds_alternative<s::Consent>(last.node) ||
                             std::holds_alternative<s::Objection>(last.node) ||
                             std::holds_alternative<s::Notice>(last.node));
}

bool is_comparison(const Token& token) {
  switch (token.kind) {
    case TokenKind::equal:
    case TokenKind::unequal:
    case TokenKind::less:
    case TokenKind::less_equal:
    case TokenKind::greater:
    case TokenKind::greater_equal:
      return true;
    default:
      return token.keyword == Keyword::in || token.keyword == Keyword::has;
  }
}

// What could follow a statement that is complete as it stands.
const Complaint& after(const std::vector<s::Clause>& clauses, const Token& found) {
  if (found.keyword == Keyword::allow || found.keyword == Keyword::deny) return expected::second_effect;
  if (clauses.empty()) return expected::after_scope;
  if (std::holds_alternative<s::Except>(clauses.back().node)) return expected::after_except;
  const auto after_condition = [&](const s::Condition& read_condition) -> const Complaint& {
    if (found.keyword == Keyword::within || found.keyword == Keyword::under) return expected::after_consent;
    if (is_comparison(found) && ends_in_ledger_test(read_condition)) return expected::compared_condition;
    return ends_in_bare_test(read_condition) ? expected::after_test : expected::after_condition;
  };
  if (const auto* when = std::get_if<s::When>(&clauses.back().node)) return after_condition(when->condition);
  if (const auto* unless = std::get_if<s::Unless>(&clauses.back().node)) return after_condition(unless->condition);
  const bool joins = found.kind == TokenKind::comma || found.keyword == Keyword::and_ || found.keyword == Keyword::or_;
  if (joins && std::holds_alternative<s::Oblige>(clauses.back().node)) return expected::after_obligation;
  const auto* on_basis = std::get_if<s::Basis>(&clauses.back().node);
  if (joins && on_basis != nullptr) return expected::after_basis;
  return on_basis != nullptr && on_basis->kind == s::BasisKind::consent ? expected::after_consent
                                                                        : expected::after_clause;
}

// The `allow` of a rule or the quantifier of an assertion whose first word is at `at`, if what follows looks like that.
Keyword effect_after(const Token* at) {
  if (at->kind == TokenKind::end) return Keyword::none;
  if (at[1].kind != TokenKind::word && at[1].kind != TokenKind::string) return Keyword::none;
  return at[at[2].kind == TokenKind::string ? 3 : 2].keyword;
}

// Whether reading can begin anew here after a mistake: a `rule` or `assert` that is the first word of its line, or that
// is followed by what only follows these; any other may be part of the mistake. A misspelt one at the beginning of a
// line is a mistake of its own, and so is every character that is not seen.
bool is_fresh_start(const Token* at) {
  if (at->flaw == Flaw::invisible) return true;
  if (begins_statement(*at) && at->first_on_line) return true;
  const bool misspelt = at->kind == TokenKind::word && at->first_on_line;
  if (!begins_statement(*at) && !misspelt) return false;
  const Keyword next = effect_after(at);
  const bool of_rule = next == Keyword::allow || next == Keyword::deny;
  const bool of_assertion = next == Keyword::never || next == Keyword::always;
  if (misspelt) return of_rule || of_assertion;
  return at->keyword == Keyword::rule ? of_rule : of_assertion;
}

class Parser {
 public:
  Parser(const Sources& sources, std::uint32_t file, const Tokens& tokens)
      : sources_(sources),
        reading_{.text = sources[file].text, .file = file, .open = {}},
        first_(tokens.tokens.data()),
        last_(first_ + tokens.tokens.size() - 1) {
    file_.source = file;
  }

  Result<s::File> run() {
    while (at_->kind != TokenKind::end && mistakes_.size() < limits::diagnostics) {
      const Token* start = at_;
      if (is_too_long()) {
        mistakes_.push_back(too_long());
        at_ = next_;
        continue;
      }
      try {
        read_statement();
      } catch (const Failure& failure) {
        mistakes_.push_back(explain(sources_, reading_.file, first_, failure));
        // Past what was complained of, but not past the statement that the one before runs into.
        if (at_ = failure.at; at_->kind != TokenKind::end && (at_ == start || !begins_statement(*at_))) ++at_;
        while (at_->kind != TokenKind::end && !is_fresh_start(at_)) ++at_;
      }
    }
    if (mistakes_.empty()) return std::move(file_);
    if (mistakes_.size() >= limits::diagnostics) mistakes_.push_back(unread());
    return std::move(mistakes_);
  }

 private:
  void read_statement() {
    if (at_->keyword == Keyword::rule) {
      keep(read_rule(at_, last_, reading_));
    } else if (at_->keyword == Keyword::assert_) {
      keep(read_assertion(at_, last_, reading_));
    } else {
      throw Failure{at_, &expected::statement};
    }
  }

  // Whether the words of the statement that begins here are more than it may have; `next_` is where it ends then.
  bool is_too_long() {
    if (at_ < next_ || !begins_statement(*at_)) return false;  // the rest of one that was looked at, or none
    std::size_t bytes = 0;
    next_ = at_;
    do {
      bytes += next_->end - next_->begin;
      ++next_;
    } while (next_->kind != TokenKind::end && !begins_statement(*next_));
    return bytes > limits::statement_bytes;
  }

  Diagnostic too_long() const {
    Diagnostic diagnostic{
        .check = "syntax-error",
        .message = fmt::format("the words of one rule or assertion are at most {} MiB", limits::statement_bytes >> 20),
        .help = "split it: what one allows or denies, several can",
        .place = sources_.place(reading_.span_of(*at_)),
        .related = {}};
    return diagnostic;
  }

  template <class Statement>
  void keep(Statement statement) {
    if (at_->kind != TokenKind::end && !begins_statement(*at_)) throw Failure{at_, &after(statement.clauses, *at_)};
    check_form(sources_, statement, mistakes_);
    if (mistakes_.empty()) file_.statements.emplace_back(std::move(statement));
  }

  // So many mistakes mean that this is no file of rules, or that one mistake is repeated.
  Diagnostic unread() const {
    Diagnostic diagnostic{
        .check = "syntax-error",
        .message = fmt::format("after {} mistakes the rest of the file is not read", limits::diagnostics),
        .help = {},
        .place = sources_.place(reading_.span_of(*at_)),
        .related = {}};
    return diagnostic;
  }

  const Sources& sources_;
  Reading reading_;
  const Token* first_;
  const Token* last_;  // the end token, so that one token of lookahead is always there
  const Token* at_ = first_;
  const Token* next_ = first_;  // where the statement ends whose length was looked at
  s::File file_;
  Diagnostics mistakes_;
};

}  // namespace

}  // namespace zweck::grammar

namespace zweck {

Result<syntax::File> parse(const Sources& sources, std::uint32_t file) {
  // Files of a set are refused by their size before they are read; texts given in memory come here as they are.
  if (sources[file].text.size() > limits::file_bytes) {
    Diagnostic too_large{.check = "syntax-error",
                         .message = fmt::format("the file is larger than {} MiB", limits::file_bytes >> 20),
                         .help = "split it: rules may stand in several files",
                         .place = {},
                         .related = {}};
    too_large.place.file = sources[file].path;
    return too_large;
  }
  if (Diagnostics flaws = check_text(sources, file); !flaws.empty()) return flaws;
  grammar::Tokens tokens = grammar::lex(sources, file);
  Result<syntax::File> result = grammar::Parser(sources, file, tokens).run();
  if (result) result->comments = std::move(tokens.comments);
  return result;
}

}  // namespace zweck
