// The identity of what a policy set means.
#pragma once

#include <string>

#include "model/model.hpp"

namespace zweck {

// "sha256:" and the SHA-256 of everything that can change an answer: names, hierarchies, types, values, rules. Equal for
// equal rules and vocabulary, whatever their files, order, layout and comments. Texts that only people read (labels,
// titles, `because`, `benefit`) and assertions do not count.
std::string revision_of(const Model& model);

// The text that is hashed; stable, for tests.
std::string canonical_text(const Model& model);

}  // namespace zweck
