#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "testing/testing.hpp"
#include "text/limits.hpp"
#include "text/suggest.hpp"
#include "text/tree.hpp"

namespace zweck::testing {
namespace {

constexpr std::array<std::string_view, 6> test_keys{"name", "request", "ledger", "expect", "rules", "obligations"};
constexpr std::array<std::string_view, 7> expectations{"allow",         "deny",          "allowed", "forbidden",
                                                       "not-permitted", "indeterminate", "invalid"};

class TestReader {
 public:
  TestReader(const Model& model, const Sources& sources) : model_(model), sources_(sources) {}

  void read_file(const Tree& tree) {
    if (tree.kind == Tree::Kind::nothing) return;
    if (tree.kind != Tree::Kind::map) return problem(tree.span, "a test file begins with `tests:`");
    for (const Tree& item : tree.items) {
      if (item.key != "tests")
        problem(item.key_span, "unknown key `" + item.key + "`", "a test file has the key `tests` only");
      else if (item.kind != Tree::Kind::list)
        problem(item.key_span, "`tests` is a list of tests");
      else
        read_list(item);
    }
  }

  Result<std::vector<Test>> take() {
    if (diagnostics_.empty()) return std::move(tests_);
    // Files come in order; within one, what is wrong is told from top to bottom.
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
    });
    return std::move(diagnostics_);
  }

  Diagnostics& diagnostics() { return diagnostics_; }

 private:
  // So many mistakes are one that is repeated, and for each of them names are looked at for what was meant.
  bool full() const { return diagnostics_.size() >= limits::diagnostics; }

  void read_list(const Tree& list) {
    for (const Tree& test : list.items) {
      if (full())
        return problem(test.span, "after " + std::to_string(limits::diagnostics) + " mistakes no further test is read");
      read(test);
    }
  }

  void problem(Span span, std::string message, std::string help = "") {
    Diagnostic diagnostic;
    diagnostic.check = "invalid-vocabulary";
    diagnostic.message = std::move(message);
    diagnostic.help = std::move(help);
    diagnostic.place = sources_.place(span);
    diagnostics_.push_back(std::move(diagnostic));
  }

  void read(const Tree& tree) {
    if (tree.kind != Tree::Kind::map) return problem(tree.span, "a test is a map with `name`, `request` and `expect`");
    const std::size_t before = diagnostics_.size();
    Test test;
    const Tree* request = nullptr;
    const Tree* ledger = nullptr;
    for (const Tree& item : tree.items) {
      if (item.key == "name") read_name(item, test);
      else if (item.key == "request") request = &item;
      else if (item.key == "ledger") ledger = &item;
      else if (item.key == "expect") read_expect(item, test);
      else if (item.key == "rules") read_rules(item, test);
      else if (item.key == "obligations") read_obligations(item, test);
      else
        problem(item.key_span, "unknown key `" + item.key + "`",
                did_you_mean(item.key, {test_keys.begin(), test_keys.end()}));
    }
    if (test.name.empty() && diagnostics_.size() == before) problem(tree.span, "this test has no `name`");
    if (test.expect.empty() && diagnostics_.size() == before)
      problem(tree.span, "the test `" + test.name + "` does not say what to `expect`");
    if (request == nullptr) {
      if (diagnostics_.size() == before) problem(tree.span, "the test `" + test.name + "` has no `request`");
      return;
    }
    if (request->kind == Tree::Kind::map &&
        std::none_of(request->items.begin(), request->items.end(), [](const Tree& item) { return item.key == "at"; }))
      problem(request->key_span, "the test `" + test.name + "` does not state `at`",
              "without a time its answer would change with the day");
    auto resolved = read_request(model_.vocabulary, *request, ledger, Time{}, sources_);
    if (resolved) {
      test.request = *std::move(resolved);
    } else if (test.expect == name_of(Status::invalid)) {
      for (const Diagnostic& diagnostic : resolved.diagnostics()) test.problems.push_back(diagnostic.message);
    } else {
      for (const Diagnostic& diagnostic : resolved.diagnostics()) diagnostics_.push_back(diagnostic);
      return;
    }
    if (diagnostics_.size() == before) tests_.push_back(std::move(test));
  }

  void read_name(const Tree& tree, Test& test) {
    if (!tree.is_text() || tree.text.empty()) return problem(tree.key_span, "the `name` of a test is a text");
    test.name = tree.text;
    test.place = sources_.place(tree.span);
    const auto [first, added] = names_.emplace(test.name, test.place);
    if (added) return;
    Diagnostic twice;
    twice.check = "duplicate-name";
    twice.message = "the test `" + test.name + "` is defined twice";
    twice.help = "give one of the two another name";
    twice.place = test.place;
    twice.related.push_back({"it is defined here first", first->second});
    diagnostics_.push_back(std::move(twice));
  }

  void read_expect(const Tree& tree, Test& test) {
    if (tree.is_text() && std::find(expectations.begin(), expectations.end(), tree.text) != expectations.end()) {
      test.expect = tree.text;
      return;
    }
    std::string help = did_you_mean(tree.text, {expectations.begin(), expectations.end()});
    if (help.empty()) help = "expect `allow`, `deny`, or a status: `forbidden`, `not-permitted`, `indeterminate`, `allowed`";
    problem(tree.span, "`" + tree.text + "` is nothing to expect", help);
  }

  void read_rules(const Tree& tree, Test& test) {
    if (tree.kind != Tree::Kind::list) return problem(tree.key_span, "`rules` is a list of names of rules");
    test.rules.emplace();
    for (const Tree& item : tree.items) {
      const auto found = std::lower_bound(model_.rules.begin(), model_.rules.end(), item.text,
                                          [](const Rule& rule, const std::string& name) { return rule.name < name; });
      if (item.is_text() && found != model_.rules.end() && found->name == item.text) {
        test.rules->push_back(item.text);
        continue;
      }
      if (full()) break;
      std::vector<std::string_view> known;
      for (const Rule& rule : model_.rules) known.push_back(rule.name);
      Diagnostic unknown;
      unknown.check = "unknown-name";
      unknown.message = "there is no rule `" + item.text + "`";
      unknown.help = did_you_mean(item.text, known);
      unknown.place = sources_.place(item.span);
      diagnostics_.push_back(std::move(unknown));
    }
    std::sort(test.rules->begin(), test.rules->end());
  }

  void read_obligations(const Tree& tree, Test& test) {
    if (tree.kind != Tree::Kind::map) return problem(tree.key_span, "`obligations` is a map of `keep` and `oblige`");
    test.obligations.emplace();
    for (const Tree& item : tree.items) {
      if (item.key == "keep") {
        test.obligations->keep = item.is_text() ? parse_duration(item.text) : std::nullopt;
        if (!test.obligations->keep) problem(item.span, "`" + item.text + "` is no duration", "write it like `180 days`");
      } else if (item.key == "oblige") {
        if (item.kind != Tree::Kind::list) {
          problem(item.key_span, "`oblige` is a list of obligations");
          continue;
        }
        for (const Tree& name : item.items) {
          if (!name.is_text() || !model_.vocabulary.find_obligation(name.text))
            problem(name.span, "there is no obligation `" + name.text + "`");
          test.obligations->oblige.push_back(name.text);
        }
      } else {
        problem(item.key_span, "unknown key `" + item.key + "`", did_you_mean(item.key, {"keep", "oblige"}));
      }
    }
    std::sort(test.obligations->oblige.begin(), test.obligations->oblige.end());
  }

  const Model& model_;
  const Sources& sources_;
  std::vector<Test> tests_;
  Diagnostics diagnostics_;
  std::map<std::string, Place> names_;
};

}  // namespace

Result<std::vector<Test>> read_tests(const Model& model, const std::filesystem::path& directory,
                                     const std::vector<std::string>& files) {
  Sources sources;
  TestReader reader(model, sources);
  for (const std::string& file : files) {
    auto text = read_file(directory / file, file);
    if (!text) {
      for (const Diagnostic& diagnostic : text.diagnostics()) reader.diagnostics().push_back(diagnostic);
      continue;
    }
    const std::uint32_t source = sources.add({file, *std::move(text)});
    Diagnostics invalid = check_text(sources, source);
    if (invalid.empty()) {
      const auto tree = read_yaml(sources, source);
      if (tree) {
        reader.read_file(*tree);
        continue;
      }
      invalid = tree.diagnostics();
    }
    for (const Diagnostic& diagnostic : invalid) reader.diagnostics().push_back(diagnostic);
  }
  return reader.take();
}

}  // namespace zweck::testing
