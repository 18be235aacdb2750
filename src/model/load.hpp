// DIRECTORY -> MODEL: which files belong to a set, and all stages in a row.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grammar/syntax.hpp"
#include "model/model.hpp"

namespace zweck {

// The files of a policy set (section 1), sorted by path, paths relative to the directory.
struct SetFiles {
  std::vector<std::string> vocabularies;
  std::vector<std::string> rules;
  std::vector<std::string> tests;
};
// Errors: no directory, unreadable, no policy set, near-miss endings (`.yml`, other case), limits.
Result<SetFiles> find_files(const std::filesystem::path& directory);

// A loaded set with the syntax trees it came from, for fmt, lint and coverage.
struct LoadedSet {
  Model model;
  std::vector<syntax::File> files;
  std::vector<std::string> test_files;  // relative paths
};
Result<LoadedSet> load_set(const std::filesystem::path& directory);

// The same from texts in memory (path, text); the endings decide what each is.
Result<LoadedSet> load_texts(std::vector<Source> files);

}  // namespace zweck
