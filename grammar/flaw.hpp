// BAD TOKEN -> what is wrong with it.
#pragma once

#include <string>
#include <string_view>

#include "grammar/lex.hpp"
#include "text/source.hpp"

namespace zweck::grammar {

// A diagnostic before its place is looked up.
struct Finding {
  std::string check = "syntax-error";
  std::string message;
  std::string help;
  Span span;
};

Finding describe(const Sources& sources, const Token& token, Span span);

// A word as messages repeat it: its beginning, if it is long.
std::string shortened(std::string_view text);

}  // namespace zweck::grammar
