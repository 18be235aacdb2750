// TEXT -> SYNTAX TREE. The only gate to the parser; nothing of Boost.Spirit is seen outside.
#pragma once

#include "grammar/syntax.hpp"
#include "text/source.hpp"

namespace zweck {

// The syntax tree of a .zweck file, or its mistakes, up to limits::diagnostics: one error per mistake, going on at the
// next `rule` or `assert`. No tree once there is an error. Errors are `syntax-error` and `invalid-text`.
// Checks all that the grammar and the page's prose say of form: which clauses a rule or assertion may have and how
// often, that an allow rule has exactly one basis, that dates exist, integers and durations are within bounds.
Result<syntax::File> parse(const Sources& sources, std::uint32_t file);

}  // namespace zweck
