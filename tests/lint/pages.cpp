// Every check has a page with a bad case that it finds and a good one in which it finds nothing.
#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "lint/lint.hpp"

using namespace zweck;

namespace {

const std::filesystem::path folder = std::filesystem::path(ZWECK_SOURCE_DIR) / "tests/lint";

std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> names() {
  std::vector<std::string> names;
  for (const lint::Check& check : lint::checks()) names.emplace_back(check.name);
  return names;
}

std::string section(const std::string& page, const std::string& title) {
  const std::size_t begin = page.find("\n## " + title + "\n");
  if (begin == std::string::npos) return {};
  const std::size_t from = begin + 5 + title.size();
  return page.substr(from, page.find("\n## ", from) - from);
}

// The fenced blocks of a section, as the files of a set in a directory of its own.
class Case {
 public:
  Case(const std::string& name, const std::string& text)
      : directory_(std::filesystem::temp_directory_path() / ("zweck-page-" + name + "-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directory(directory_);
    write("pages.vocab.yaml", slurp(folder / "pages.vocab.yaml"));
    std::size_t at = 0;
    while ((at = text.find("```", at)) != std::string::npos) {
      const std::size_t line = text.find('\n', at);
      const std::size_t end = text.find("\n```", line);
      const std::string language = text.substr(at + 3, line - at - 3);
      const std::string block = text.substr(line + 1, end - line);
      const std::string first = block.substr(0, block.find('\n'));
      write(language == "yaml" ? first.substr(2) : "rules.zweck", block);
      at = end + 4;
      ++blocks;
    }
  }
  ~Case() { std::filesystem::remove_all(directory_); }

  // The checks with findings.
  std::vector<std::string> found() const {
    std::vector<std::string> found;
    const auto set = load_set(directory_);
    if (!set) {
      for (const Diagnostic& diagnostic : set.diagnostics()) found.push_back(diagnostic.check);
      return found;
    }
    const lint::Options options{.now = *parse_time("2026-06-01T00:00:00Z"), .directory = directory_};
    for (const lint::Finding& finding : lint::lint(*set, options)) found.push_back(finding.diagnostic.check);
    return found;
  }

  int blocks = 0;

 private:
  void write(const std::string& name, const std::string& text) const { std::ofstream(directory_ / name) << text; }
  std::filesystem::path directory_;
};

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_DATA_TEST_CASE(every_check_has_a_page_with_a_bad_and_a_good_case, boost::unit_test::data::make(names()), name) {
  const std::string page(lint::page_of(name));
  BOOST_REQUIRE_MESSAGE(page.starts_with("# " + name + "\n"), "the page is missing or has another title");
  for (const char* title : {"Bad", "Good", "Why", "Exceptions"}) BOOST_TEST(!section(page, title).empty());
  if (name == "unreadable-file") return;  // about directories; tests/model has its cases

  const Case bad(name + "-bad", section(page, "Bad"));
  BOOST_TEST(bad.blocks > 0);
  BOOST_TEST(contains(bad.found(), name), "the bad case is not found");
  const Case good(name + "-good", section(page, "Good"));
  BOOST_TEST(good.blocks > 0);
  BOOST_TEST(!contains(good.found(), name), "the good case is found");
}

BOOST_AUTO_TEST_CASE(every_page_belongs_to_a_check) {
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(ZWECK_SOURCE_DIR) / "src/lint/checks"))
    if (entry.path().extension() == ".md") BOOST_TEST(lint::find_check(entry.path().stem().string()) != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
