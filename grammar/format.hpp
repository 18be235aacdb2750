// SYNTAX TREE -> TEXT in canonical form.
#pragma once

#include <string>

#include "grammar/syntax.hpp"
#include "text/source.hpp"

namespace zweck {

// The canonical text of a file: same meaning, same comments, same order of statements. format(parse(format(x))) is
// format(x).
std::string format(const Sources& sources, const syntax::File& file);

// One condition on one line, with the brackets it needs and no others.
std::string format(const syntax::Condition& condition);

// A name as it must stand in a rule: quoted if it is no plain name, a keyword, or begins like `data.`.
std::string quote_name(std::string_view name);
// A string in quotes with its escapes.
std::string quote_string(std::string_view text);
// Whether the word is reserved.
bool is_keyword(std::string_view word);

}  // namespace zweck
