// RESULTS OF TESTS -> TEXT for people and for programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "testing/testing.hpp"

namespace zweck::testing {

struct SetResults {
  std::string directory;
  std::string revision;
  std::vector<Test> tests;
  std::vector<TestResult> results;  // of `tests`, which must not move
  std::optional<Coverage> coverage;
};

std::string to_text(const std::vector<SetResults>& sets, bool colour);
std::string to_json(const std::vector<SetResults>& sets);
std::string to_junit(const std::vector<SetResults>& sets);

}  // namespace zweck::testing
