// TOKENS -> one statement of the syntax tree.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/complaint.hpp"
#include "grammar/lex.hpp"
#include "grammar/syntax.hpp"

namespace zweck::grammar {

// The file that is read, and the brackets of the current statement that are not yet closed.
struct Reading {
  std::string_view text;
  std::uint32_t file = 0;
  std::vector<const Token*> open;

  std::string_view text_of(const Token& token) const { return text.substr(token.begin, token.end - token.begin); }
  Span span_of(const Token& token) const { return {file, token.begin, token.end}; }
};

// The statement whose `rule` or `assert` is at `at`, with all clauses that follow, whatever their kind and number; `at`
// moves behind them. Throws a Failure where there is no way on; `at` is of no use then. `last` is the end token.
syntax::Rule read_rule(const Token*& at, const Token* last, Reading& reading);
syntax::Assertion read_assertion(const Token*& at, const Token* last, Reading& reading);

}  // namespace zweck::grammar
