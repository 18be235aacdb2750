#include "setup.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "model/vocabulary.hpp"

namespace zweck::test {

Sources sources_of(std::vector<Source> files) {
  Sources sources;
  for (Source& file : files) sources.add(std::move(file));
  return sources;
}

std::string imported(Import import, std::vector<Source> files) {
  const auto result = import(sources_of(std::move(files)));
  if (!result) return render(result.diagnostics());
  std::string text = result->vocabulary + "--\n";
  for (const std::string& remark : result->remarks) text += remark + "\n";
  return text;
}

std::string refused(Import import, std::vector<Source> files) {
  const auto result = import(sources_of(std::move(files)));
  return result ? "imported" : render(result.diagnostics());
}

Vocabulary vocabulary_of(const Imported& imported) {
  const Sources sources = sources_of({{"imported.vocab.yaml", imported.vocabulary}});
  const auto tree = read_yaml(sources, 0);
  BOOST_REQUIRE(tree);
  auto vocabulary = read_vocabulary(sources, {*tree});
  BOOST_REQUIRE_MESSAGE(vocabulary, (vocabulary ? "" : render(vocabulary.diagnostics())));
  return *std::move(vocabulary);
}

std::vector<Source> real_files(const std::vector<std::string>& paths) {
  std::vector<Source> files;
  for (const std::string& path : paths) {
    const auto full = std::filesystem::path(ZWECK_SOURCE_DIR).parent_path() / "shared" / "data" / path;
    auto text = read_file(full, path);
    if (!text) {
      BOOST_TEST_MESSAGE("skipped: there is no " << full);
      BOOST_WARN_MESSAGE(false, "skipped: there is no " << full);
      return {};
    }
    files.push_back({path, *std::move(text)});
  }
  return files;
}

bool has_remark(const Imported& imported, const std::string& begin) {
  for (const std::string& remark : imported.remarks)
    if (remark.starts_with(begin)) return true;
  return false;
}

}  // namespace zweck::test
