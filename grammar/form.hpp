// What the page's prose says of form and the grammar does not: which clauses a statement may have, and how often.
#pragma once

#include "grammar/syntax.hpp"
#include "text/source.hpp"

namespace zweck::grammar {

void check_form(const Sources& sources, const syntax::Rule& rule, Diagnostics& mistakes);
void check_form(const Sources& sources, const syntax::Assertion& assertion, Diagnostics& mistakes);

}  // namespace zweck::grammar
