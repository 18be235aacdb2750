// Vocabularies from text, and what is wrong with them as text.
#pragma once

#include <string>
#include <vector>

#include "model/vocabulary.hpp"

namespace zweck::test {

// The errors of one vocabulary called `v` as setup.hpp shows them, behind a line end; "" if there are none. A line end
// at the front of the text is taken off.
std::string errors(std::string text);
// The errors of several files as they are rendered for people.
std::string rendered_errors(std::vector<Source> files);
// A vocabulary without errors.
Vocabulary vocabulary_of(std::string text);
Vocabulary vocabulary_of(std::vector<Source> files);

}  // namespace zweck::test
