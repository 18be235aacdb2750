// DIRECTORY -> MODEL: which files belong to a set, and all stages in a row.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
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

// The same, with what could be found in spite of errors; nothing of it is worth reading if `refused`.
struct FoundFiles {
  SetFiles files;
  Diagnostics errors;
  bool refused = false;
};
FoundFiles look_for_files(const std::filesystem::path& directory);

// What a file is by the ending of its name.
struct Ending {
  enum class Kind : std::uint8_t { vocabulary, rules, tests, near_miss, none };
  Kind kind = Kind::none;
  std::string_view text;  // the right ending; empty for none
};
Ending ending_of(std::string_view path);
// The error that a near miss is, since ignoring the file could lose a rule.
Diagnostic near_miss(const std::string& path, const Ending& ending);

// A loaded set with the syntax trees it came from, for fmt, lint and coverage.
struct LoadedSet {
  Model model;
  std::vector<syntax::File> files;
  std::vector<std::string> test_files;  // relative paths
};
// Errors of all files together, sorted by file and line; from limits::diagnostics on they are counted.
Result<LoadedSet> load_set(const std::filesystem::path& directory);

// The same from texts in memory (path, text); the endings decide what each is.
Result<LoadedSet> load_texts(std::vector<Source> files);

}  // namespace zweck
