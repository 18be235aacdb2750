// What the page's prose says of form and the grammar does not: which clauses a statement may have, and how often.
#pragma once

#include <functional>

#include "grammar/syntax.hpp"
#include "text/source.hpp"

namespace zweck::grammar {

using Complain = std::function<void(Diagnostic)>;

void check_form(const Sources& sources, const syntax::Rule& rule, const Complain& complain);
void check_form(const Sources& sources, const syntax::Assertion& assertion, const Complain& complain);

}  // namespace zweck::grammar
