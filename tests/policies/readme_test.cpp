// What the pages of policies/ show is what the command does: every line `$ …` of a console block is run in the root of
// the project, and what follows it is what is printed.
#include <fmt/format.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>
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

struct Shown {
  int line = 0;
  std::string command;  // without `$ `; lines that end in a backslash go on
  std::string output;
};

std::vector<Shown> console_blocks(const fs::path& page) {
  std::ifstream file(page);
  std::vector<Shown> result;
  bool inside = false, going_on = false;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with("```")) {
      inside = line == "```console";
      going_on = false;
    } else if (inside && (going_on || line.starts_with("$ "))) {
      if (going_on) {
        result.back().command += "\n" + line;
      } else {
        result.push_back({number, line.substr(2), ""});
      }
      going_on = line.ends_with("\\");
    } else if (inside) {
      BOOST_REQUIRE_MESSAGE(!result.empty(), fmt::format("{}:{}: output before any command", page.string(), number));
      result.back().output += line + "\n";
    }
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
  for (const auto& [line, command, output] : console_blocks(fs::path(ZWECK_SOURCE_DIR) / "policies" / page)) {
    const std::string printed = run(command);
    BOOST_TEST(printed == output, fmt::format("policies/{}:{}: $ {}\nprints\n{}\nbut the page shows\n{}", page, line,
                                              command, printed, output));
  }
}

#endif
