// FINDINGS -> TEXT for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "lint/lint.hpp"

namespace zweck::lint {

struct Summary {
  std::size_t errors = 0, warnings = 0, infos = 0, files = 0, rules = 0, assertions = 0;
  void count(const Finding& finding);
  std::size_t findings() const { return errors + warnings + infos; }
};

// What was found in the set of one directory. Places are relative to it.
struct SetFindings {
  std::string directory;
  std::vector<Finding> findings;
  // For examples: the vocabulary of the set; null if it has none because it could not be loaded.
  const Vocabulary* vocabulary = nullptr;
};

// A place's file as seen from where the command was called: what concerns the directory as a whole has its path already.
std::string path_of(const SetFindings& set, const Place& place);

// A sentence such as "2 errors, 1 warning in 3 files (40 rules, 2 assertions)".
std::string to_sentence(const Summary& summary);

std::string to_text(const std::vector<SetFindings>& sets, const Summary& summary, bool colour);
std::string to_json(const std::vector<SetFindings>& sets, const Summary& summary);
// SARIF 2.1.0: every check declared, fingerprints that do not change when lines move.
std::string to_sarif(const std::vector<SetFindings>& sets, std::string_view version);
// Workflow commands that GitHub shows beside the lines of a pull request.
std::string to_github(const std::vector<SetFindings>& sets);
// One test suite for each set, one failed case for each finding, a passed one for a set without any.
std::string to_junit(const std::vector<SetFindings>& sets);

}  // namespace zweck::lint
