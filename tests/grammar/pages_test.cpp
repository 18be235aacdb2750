// What grammar/README.md and grammar/zweck.ebnf say is so: every block of the page is loaded or answered, and the
// grammar names the keywords there are.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>
#include <sstream>
#include <vector>

#include "grammar/keywords.hpp"
#include "grammar/support.hpp"
#include "model/load.hpp"
#include "model/request.hpp"
#include "text/tree.hpp"
#include "zweck/engine.hpp"

using namespace zweck;

namespace {

// Why there is nothing; messages are put together even where all is well.
template <class Value>
std::string why(const Result<Value>& result) {
  return result ? "" : render(result.diagnostics());
}

struct Block {
  std::string kind;  // what stands behind ```
  std::string text;
  std::string title;  // `studio.vocab.yaml` of a first line `# studio.vocab.yaml`
  int line = 0;       // of its first line
};

std::vector<Block> blocks(const std::string& page) {
  std::istringstream lines(page);
  std::vector<Block> found;
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) found.push_back({.kind = line.substr(3), .text = {}, .title = {}, .line = number + 1});
      continue;
    }
    if (!inside) continue;
    Block& block = found.back();
    if (block.text.empty() && block.kind == "yaml" && line.starts_with("# ")) block.title = line.substr(2);
    block.text += line + "\n";
  }
  BOOST_TEST(!inside);
  return found;
}

const std::vector<Block>& page() {
  static const std::vector<Block> found = blocks(test::file_text("grammar/README.md"));
  return found;
}

std::vector<Block> of_kind(const std::string& kind, const std::string& title = {}) {
  std::vector<Block> found;
  for (const Block& block : page())
    if (block.kind == kind && block.title.ends_with(title)) found.push_back(block);
  return found;
}

// All vocabularies and rules of the page: one set.
std::vector<std::pair<std::string, std::string>> files() {
  std::vector<std::pair<std::string, std::string>> files;
  for (const Block& block : of_kind("yaml", ".vocab.yaml")) files.emplace_back(block.title, block.text);
  for (const Block& block : of_kind("zweck"))
    files.emplace_back("line-" + std::to_string(block.line) + ".zweck", block.text);
  return files;
}

Vocabulary vocabulary() {
  std::vector<Source> sources;
  for (auto& [path, text] : files()) sources.push_back({path, text});
  auto loaded = load_texts(std::move(sources));
  BOOST_REQUIRE_MESSAGE(loaded, why(loaded));
  return loaded->model.vocabulary;
}

Engine engine() {
  auto loaded = Engine::from_texts(files());
  BOOST_REQUIRE_MESSAGE(loaded, why(loaded));
  return *loaded;
}

const Tree* member(const Tree& map, const std::string& key) {
  for (const Tree& item : map.items)
    if (item.key == key) return &item;
  return nullptr;
}

// A tree as text, whatever its layout; maps by key.
std::string plain(const Tree& tree) {
  if (tree.items.empty()) return tree.text;
  std::vector<std::string> items;
  for (const Tree& item : tree.items) items.push_back((item.key.empty() ? "" : item.key + ": ") + plain(item));
  if (tree.kind == Tree::Kind::map) std::sort(items.begin(), items.end());
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "[" : "; ") + item;
  return text + "]";
}

std::string plain(const Tree& map, const std::string& key) {
  const Tree* found = member(map, key);
  return found == nullptr ? "" : plain(*found);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(every_block_is_of_a_kind_that_is_tested) {
  for (const Block& block : page()) {
    const bool known = block.kind == "zweck" || block.kind == "json" || block.kind == "zweck mistake" ||
                       block.kind == "text" ||
                       (block.kind == "yaml" && (block.title == "ledger" || block.title.ends_with(".yaml")));
    BOOST_TEST(known, "grammar/README.md:" << block.line << ": nothing tests this block");
  }
}

BOOST_AUTO_TEST_CASE(rules_are_canonical) {
  BOOST_TEST(of_kind("zweck").size() >= 5u);
  for (const Block& block : of_kind("zweck"))
    BOOST_TEST(test::formatted(block.text) == block.text, "grammar/README.md:" << block.line << ":\n"
                                                                               << test::formatted(block.text));
}

BOOST_AUTO_TEST_CASE(the_page_is_one_set) { BOOST_TEST(!engine().revision().empty()); }

BOOST_AUTO_TEST_CASE(ledgers_are_ledgers) {
  const Vocabulary words = vocabulary();
  BOOST_TEST(of_kind("yaml", "ledger").size() == 1u);
  for (const Block& block : of_kind("yaml", "ledger")) {
    Sources sources;
    const auto tree = read_yaml(sources, sources.add({"ledger.yaml", block.text}));
    BOOST_REQUIRE_MESSAGE(tree, why(tree));
    const auto ledger = read_ledger(words, *tree, sources);
    BOOST_REQUIRE_MESSAGE(ledger, why(ledger));
    BOOST_TEST(ledger->size() == 8u);
  }
}

BOOST_AUTO_TEST_CASE(tests_pass) {
  const Vocabulary words = vocabulary();
  const Engine decides = engine();
  int run = 0;
  for (const Block& block : of_kind("yaml", ".test.yaml")) {
    Sources sources;
    const auto file = read_yaml(sources, sources.add({block.title, block.text}));
    BOOST_REQUIRE_MESSAGE(file, why(file));
    for (const Tree& one : member(*file, "tests")->items) {
      BOOST_TEST_CONTEXT(plain(one, "name")) {
        const auto request = read_request(words, *member(one, "request"), member(one, "ledger"), Time{}, sources);
        BOOST_REQUIRE_MESSAGE(request, why(request));
        const std::string json = to_json(decides.answer_json(to_json(words, *request)));
        const auto answer = read_json(json);
        BOOST_REQUIRE_MESSAGE(answer, json);
        const std::string expected = plain(one, "expect");
        const bool of_decision = expected == "allow" || expected == "deny";
        BOOST_TEST(plain(*answer, of_decision ? "decision" : "status") == expected, json);
        if (member(one, "rules") != nullptr) BOOST_TEST(plain(*answer, "rules") == plain(one, "rules"), json);
        if (member(one, "obligations") != nullptr)
          BOOST_TEST(plain(*answer, "obligations") == plain(one, "obligations"), json);
        ++run;
      }
    }
  }
  BOOST_TEST(run == 8);
}

BOOST_AUTO_TEST_CASE(requests_are_answered_as_shown) {
  const Engine decides = engine();
  const std::vector<Block> json = of_kind("json");
  BOOST_REQUIRE(json.size() == 6u);
  for (std::size_t i = 0; i < json.size(); i += 2) {
    const std::string given = to_json(decides.answer_json(json[i].text));
    std::string shown = json[i + 1].text;
    const std::string any = "sha256:…";
    BOOST_REQUIRE(shown.find(any) != std::string::npos);
    shown.replace(shown.find(any), any.size(), decides.revision());
    const auto expected = read_json(shown);
    const auto answer = read_json(given);
    BOOST_REQUIRE(expected);
    BOOST_REQUIRE(answer);
    BOOST_TEST(plain(*answer) == plain(*expected), "grammar/README.md:" << json[i + 1].line << ": " << given);
  }
}

BOOST_AUTO_TEST_CASE(mistakes_are_told_as_shown) {
  const std::vector<Block> mistakes = of_kind("zweck mistake"), told = of_kind("text");
  BOOST_REQUIRE(mistakes.size() == told.size());
  BOOST_REQUIRE(!mistakes.empty());
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    const test::Parsed parsed(mistakes[i].text, "example.zweck");
    BOOST_REQUIRE(!parsed.result);
    BOOST_TEST(render(parsed.result.diagnostics()) == told[i].text);
  }
}

BOOST_AUTO_TEST_CASE(the_page_lists_the_keywords) {
  const std::string text = test::file_text("grammar/README.md");
  const std::size_t begin = text.find("The keywords are\n"), end = text.find("## The vocabulary");
  BOOST_REQUIRE(begin < end);
  std::set<std::string> listed;
  std::string word;
  bool quoted = false;
  for (const char c : text.substr(begin, end - begin)) {
    if (c == '`' && quoted) listed.insert(std::exchange(word, {}));
    if (c == '`') {
      quoted = !quoted;
    } else if (quoted) {
      word += c;
    }
  }
  const std::set<std::string> known(grammar::keyword_spellings.begin(), grammar::keyword_spellings.end());
  BOOST_TEST(listed == known, boost::test_tools::per_element());
}

// Words in double quotes outside of comments, other than the characters of names.
BOOST_AUTO_TEST_CASE(the_grammar_names_the_keywords) {
  std::string text = test::file_text("grammar/zweck.ebnf");
  for (std::size_t at = text.find("(*"); at != std::string::npos; at = text.find("(*"))
    text.erase(at, text.find("*)", at) + 2 - at);
  text.resize(text.find("NAME          = PLAIN-NAME"));
  std::set<std::string> named{"data", "purpose", "partner"};
  for (std::size_t at = text.find('"'); at != std::string::npos;) {
    const std::size_t end = text.find('"', at + 1);
    const std::string word = text.substr(at + 1, end - at - 1);
    if (grammar::is_letter(word[0])) named.insert(word);
    at = text.find('"', end + 1);
  }
  const std::set<std::string> known(grammar::keyword_spellings.begin(), grammar::keyword_spellings.end());
  BOOST_TEST(named == known, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
