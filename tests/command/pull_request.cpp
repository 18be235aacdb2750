// The check of a pull request as the README shows it: its commands print what the page shows, and its workflow runs them
// and fails where it should. With ZWECK_WRITE_PAGES=1 in the environment the page is written anew with what is printed.
#include <sys/wait.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "command/run.hpp"

namespace zweck::test {

namespace {

const std::string readme = std::string(ZWECK_SOURCE_DIR) + "/README.md";

std::string shell(const Workspace& workspace, const std::string& command, int* code = nullptr) {
  const std::string binaries = std::filesystem::path(ZWECK_COMMAND).parent_path().string();
  const std::string whole = "cd '" + workspace.path().string() + "' && export NO_COLOR=1 GITHUB_STEP_SUMMARY=summary.md PATH='" +
                            binaries + "':\"$PATH\" && { " + command + "\n} 2>&1";
  FILE* pipe = ::popen(whole.c_str(), "r");
  BOOST_REQUIRE(pipe);
  std::string output;
  for (int c; (c = std::fgetc(pipe)) != EOF;) output += static_cast<char>(c);
  const int status = ::pclose(pipe);
  if (code) *code = WEXITSTATUS(status);
  return output;
}

std::vector<std::string> lines_of_page() {
  std::ifstream file(readme);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// Of the section of the page the first block of a kind, without its fences.
struct Range {
  std::size_t first = 0, last = 0;
};
Range block(const std::vector<std::string>& lines, const std::string& kind) {
  const auto section = std::find(lines.begin(), lines.end(), "## Check a pull request");
  const auto begin = std::find(section, lines.end(), "```" + kind);
  const auto end = std::find(begin, lines.end(), "```");
  BOOST_REQUIRE(end != lines.end());
  return {std::size_t(begin - lines.begin()) + 1, std::size_t(end - lines.begin())};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pull_request)

BOOST_AUTO_TEST_CASE(the_page_shows_what_is_printed_and_the_workflow_fails) {
  const Workspace workspace;
  std::vector<std::string> lines = lines_of_page();
  const Range console = block(lines, "console");
  std::string shown, printed;
  std::vector<std::string> commands;
  for (std::size_t i = console.first; i < console.last; ++i) {
    shown += lines[i] + "\n";
    if (!lines[i].starts_with("$ ")) continue;
    commands.push_back(lines[i].substr(2));
    printed += lines[i] + "\n" + shell(workspace, commands.back());
  }
  if (std::getenv("ZWECK_WRITE_PAGES") != nullptr) {
    std::ofstream file(readme);
    for (std::size_t i = 0; i < console.first; ++i) file << lines[i] << "\n";
    file << printed;
    for (std::size_t i = console.last; i < lines.size(); ++i) file << lines[i] << "\n";
  } else {
    BOOST_TEST(printed == shown);
  }

  // The steps of the workflow, on the same change: lint and test pass, diff does not, and says so in the summary.
  const Range workflow = block(lines, "yaml");
  std::vector<int> codes;
  for (std::size_t i = workflow.first; i < workflow.last; ++i) {
    const std::size_t run = lines[i].find("- run: ");
    if (run == std::string::npos) continue;
    shell(workspace, lines[i].substr(run + 7), &codes.emplace_back());
  }
  BOOST_TEST((codes == std::vector<int>{0, 0, 1}));
  BOOST_TEST(workspace.read("lint.sarif").find("\"version\": \"2.1.0\"") != std::string::npos);
  BOOST_TEST(workspace.read("summary.md").find("**1 change allows more") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
