#include "vocabulary_setup.hpp"

#include <boost/test/unit_test.hpp>

#include "setup.hpp"

namespace zweck::test {

namespace {

Result<Vocabulary> read(std::vector<Source> files) {
  Sources sources;
  std::vector<Tree> trees;
  for (Source& source : files) {
    const auto file = sources.add(std::move(source));
    auto tree = read_yaml(sources, file);
    if (!tree) return std::move(tree).diagnostics();
    trees.push_back(*std::move(tree));
  }
  return read_vocabulary(sources, trees);
}

}  // namespace

std::string errors(std::string text) {
  if (text.starts_with('\n')) text.erase(0, 1);
  const auto vocabulary = read({{"v", std::move(text)}});
  return vocabulary ? "" : "\n" + shown(vocabulary.diagnostics());
}

std::string rendered_errors(std::vector<Source> files) {
  const auto vocabulary = read(std::move(files));
  return vocabulary ? "" : render(vocabulary.diagnostics());
}

Vocabulary vocabulary_of(std::string text) { return vocabulary_of({{"v", std::move(text)}}); }

Vocabulary vocabulary_of(std::vector<Source> files) {
  auto vocabulary = read(std::move(files));
  if (!vocabulary) BOOST_FAIL(render(vocabulary.diagnostics()));
  return *std::move(vocabulary);
}

}  // namespace zweck::test
