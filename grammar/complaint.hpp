// MISTAKE -> DIAGNOSTIC: what was expected and what stands there, in the author's words.
#pragma once

#include <span>
#include <string_view>

#include "grammar/lex.hpp"
#include "text/source.hpp"

namespace zweck::grammar {

// What is wrong where a rule of the grammar finds no way on.
struct Complaint {
  // "expected …"; `{}` stands for the token before, as written.
  std::string_view message;
  std::string_view help = {};
  // The keywords that could stand there: the nearest is offered for a word that stands there instead.
  std::span<const Keyword> keywords = {};
  // Whether a name could stand there, so that a keyword in its place was perhaps meant as one.
  bool name = false;
};

// Thrown within parse() and caught there.
struct Failure {
  const Token* at;
  const Complaint* complaint;
  const Token* opened = nullptr;  // a bracket that is still open
};

// `first` is the first token of the file. A bad token at the place of the failure is the mistake itself.
Diagnostic explain(const Sources& sources, std::uint32_t file, const Token* first, const Failure& failure);

}  // namespace zweck::grammar
