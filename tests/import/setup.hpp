// Imports from texts and from the real files, where they are.
#pragma once

#include <string>
#include <vector>

#include "import/import.hpp"
#include "model/model.hpp"

namespace zweck::test {

using Import = Result<Imported> (*)(const Sources& files);

// The vocabulary and, behind "--", the remarks; or the errors as they are shown to people.
std::string imported(Import import, std::vector<Source> files);
// The errors alone.
std::string refused(Import import, std::vector<Source> files);
// The vocabulary that comes of it, read back.
Vocabulary vocabulary_of(const Imported& imported);

// Files of `../shared/data` beside the sources. Empty, with a message that the case is skipped, if any is missing.
std::vector<Source> real_files(const std::vector<std::string>& paths);
Sources sources_of(std::vector<Source> files);
bool has_remark(const Imported& imported, const std::string& begin);

}  // namespace zweck::test
