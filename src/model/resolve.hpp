// SYNTAX TREES + VOCABULARY -> MODEL. Behind this there are only small ids.
#pragma once

#include <vector>

#include "grammar/syntax.hpp"
#include "model/model.hpp"

namespace zweck {

// Looks up every name, checks the types of every test, and sorts rules and assertions by name. The revision is set.
Result<Model> resolve(Sources sources, Vocabulary vocabulary, const std::vector<syntax::File>& files);

}  // namespace zweck
