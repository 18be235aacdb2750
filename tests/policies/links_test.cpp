// Every link of a README.md to a place in this project leads somewhere.
#include <fmt/format.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace fs = std::filesystem;

BOOST_DATA_TEST_CASE(links_lead_somewhere,
                     boost::unit_test::data::make({"README.md", "grammar/README.md", "policies/README.md",
                                                   "src/README.md", "tests/bench/peers/README.md"}),
                     page) {
  const fs::path path = fs::path(ZWECK_SOURCE_DIR) / page;
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  BOOST_REQUIRE(!text.empty());
  const std::regex link(R"(\]\(([^)#]+)(#[^)]*)?\))");
  for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
    const std::string target = (*at)[1];
    if (target.find("://") != std::string::npos) continue;
    BOOST_TEST(fs::exists(path.parent_path() / target), fmt::format("{}: nothing is at {}", page, target));
  }
}
