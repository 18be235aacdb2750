// tests/grammar/cases: rule files with mistakes, and beside each what a person reads about them. To accept a change of
// wording, run with ZWECK_UPDATE_CASES=1 and look at the difference.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <vector>

#include "grammar/support.hpp"

namespace fs = std::filesystem;

BOOST_AUTO_TEST_CASE(cases_are_told_as_expected) {
  const fs::path folder = fs::path(ZWECK_SOURCE_DIR) / "tests/grammar/cases";
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".zweck") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  BOOST_TEST(names.size() > 20u);

  for (const std::string& name : names) {
    const std::string text = zweck::test::file_text("tests/grammar/cases/" + name + ".zweck");
    const zweck::test::Parsed parsed(text, name + ".zweck");
    BOOST_TEST(!parsed.result, name << " has no mistake");
    if (parsed.result) continue;
    const std::string told = render(parsed.result.diagnostics());
    if (std::getenv("ZWECK_UPDATE_CASES") != nullptr)
      std::ofstream(folder / (name + ".expected"), std::ios::binary) << told;
    const std::string expected = zweck::test::file_text("tests/grammar/cases/" + name + ".expected");
    BOOST_TEST(told == expected, name << " is told as\n" << told << "\nbut expected\n" << expected);
    for (const zweck::Diagnostic& mistake : parsed.result.diagnostics()) {
      BOOST_TEST(mistake.place.line > 0u);
      BOOST_TEST(!mistake.message.ends_with("."));
      BOOST_TEST((mistake.check == "syntax-error" || mistake.check == "invalid-text"));
    }
  }
}

BOOST_AUTO_TEST_CASE(every_expectation_has_its_case) {
  const fs::path folder = fs::path(ZWECK_SOURCE_DIR) / "tests/grammar/cases";
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".expected")
      BOOST_TEST(fs::exists(fs::path(entry.path()).replace_extension(".zweck")), entry.path().string());
}
