// What the pages of policies/ show is what the command does: every line `$ …` of a console block is run in the root of
// the project, and what follows it is what is printed. With ZWECK_WRITE_PAGES=1 in the environment the pages are
// written anew with what is printed now, to be looked over.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "policies/sets.hpp"

#ifdef ZWECK_COMMAND

namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

namespace {

// A stretch of a page: text as it stands, and then perhaps a command with what it prints.
struct Part {
  int line = 0;         // of the command
  std::string text;     // up to and with the command
  std::string command;  // without `$ `; lines that end in a backslash go on. Empty: only text
  std::string output;
};

std::vector<Part> parts_of(const fs::path& page) {
  std::ifstream file(page);
  std::vector<Part> result(1);
  bool inside = false, going_on = false;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    const bool fence = line.starts_with("```");
    const bool command = inside && !going_on && line.starts_with("$ ");
    if ((fence && inside) || (command && !result.back().command.empty())) result.emplace_back();
    if (fence) inside = line == "```console";
    Part& part = result.back();
    if (command) {
      part.line = number;
      part.command = line.substr(2);
    } else if (inside && going_on) {
      part.command += "\n" + line;
    } else if (inside && !fence) {
      BOOST_REQUIRE_MESSAGE(!part.command.empty(), fmt::format("{}:{}: what prints this?", page.string(), number));
      part.output += line + "\n";
      continue;
    }
    going_on = inside && !fence && line.ends_with("\\");
    part.text += line + "\n";
  }
  return result;
}

// What the shell prints for the command, standard output and error as they come.
std::string run(const std::string& command) {
  const fs::path binary(ZWECK_COMMAND);
  const auto whole = fmt::format("cd '{}' && export NO_COLOR=1 LC_ALL=C.UTF-8 PATH='{}':\"$PATH\" && {{ {}\n}} 2>&1",
                                 ZWECK_SOURCE_DIR, binary.parent_path().string(), command);
  FILE* pipe = popen(whole.c_str(), "r");
  BOOST_REQUIRE(pipe);
  std::string output;
  for (int c; (c = std::fgetc(pipe)) != EOF;) output += static_cast<char>(c);
  pclose(pipe);
  return output;
}

std::vector<std::string> pages() {
  std::vector<std::string> result{"README.md"};
  for (const auto& name : policies::names()) result.push_back(name + "/README.md");
  return result;
}

}  // namespace

BOOST_DATA_TEST_CASE(pages_show_what_is_printed, data::make(pages()), page) {
  const fs::path path = fs::path(ZWECK_SOURCE_DIR) / "policies" / page;
  const bool write = std::getenv("ZWECK_WRITE_PAGES") != nullptr;
  std::string anew;
  const auto parts = parts_of(path);
  const auto shown = std::count_if(parts.begin(), parts.end(), [](const Part& part) { return !part.command.empty(); });
  if (page != "README.md") BOOST_TEST(shown > 1, fmt::format("policies/{} shows nothing", page));
  for (const auto& [line, text, command, output] : parts) {
    anew += text;
    if (command.empty()) continue;
    const std::string printed = run(command);
    anew += printed;
    if (write) continue;
    BOOST_TEST(printed == output, fmt::format("policies/{}:{}: $ {}\nprints\n{}\nbut the page shows\n{}", page, line,
                                              command, printed, output));
  }
  if (write) std::ofstream(path) << anew;
}

#endif
