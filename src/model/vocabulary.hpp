// TREES -> VOCABULARY.
#pragma once

#include <utility>
#include <vector>

#include "model/model.hpp"
#include "text/tree.hpp"

namespace zweck {

// The vocabulary of section 2, from the trees of all .vocab.yaml files (their sections are joined); every error with its
// place and the nearest known name.
Result<Vocabulary> read_vocabulary(const Sources& sources, const std::vector<Tree>& files);

// A value of a type as a scalar or list in a vocabulary, a request or a test; the error has the place of the tree.
// Strings that the vocabulary does not know become foreign_string. `what` names it in messages: "fact `age`".
Result<Value> read_value(const Vocabulary& vocabulary, const Type& type, const Tree& tree, const Sources& sources,
                         const std::string& what);

// The type as the language writes it: "int 0..150", "set of purpose".
std::string to_string(const Vocabulary& vocabulary, const Type& type);
// A value as people write it: "30", "germany", "{a, b}".
std::string to_string(const Vocabulary& vocabulary, const Type& type, const Value& value);

}  // namespace zweck
