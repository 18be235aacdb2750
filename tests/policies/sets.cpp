#include "policies/sets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "model/evaluate.hpp"

namespace policies {

namespace fs = std::filesystem;

namespace {

fs::path root() { return fs::path(ZWECK_SOURCE_DIR) / "policies"; }

template <class Value>
Value must(zweck::Result<Value> result) {
  if (!result) throw std::runtime_error(zweck::render(result.diagnostics()));
  return std::move(*result);
}

const zweck::Tree* member(const zweck::Tree& map, std::string_view key) {
  const auto found =
      std::find_if(map.items.begin(), map.items.end(), [&](const auto& item) { return item.key == key; });
  return found == map.items.end() ? nullptr : &*found;
}

std::vector<std::string> texts(const zweck::Tree& list) {
  std::vector<std::string> result;
  for (const auto& item : list.items) result.push_back(item.text);
  return result;
}

Expectation read_test(const zweck::Vocabulary& vocabulary, const zweck::Sources& sources, const zweck::Tree& tree,
                      const std::string& file) {
  static const std::set<std::string> known{"name", "request", "ledger", "expect", "rules", "obligations"};
  for (const auto& item : tree.items) {
    if (!known.contains(item.key)) throw std::runtime_error(fmt::format("{}: a test has no key `{}`", file, item.key));
  }
  const zweck::Tree* name = member(tree, "name");
  const zweck::Tree* request = member(tree, "request");
  const zweck::Tree* expect = member(tree, "expect");
  if (!name || !request || !expect) throw std::runtime_error(file + ": a test lacks its name, request or expect");
  if (!member(*request, "at")) throw std::runtime_error(fmt::format("{}: `{}` states no time", file, name->text));

  Expectation test;
  test.name = name->text;
  test.file = file;
  test.expect = expect->text;
  test.request = must(zweck::read_request(vocabulary, *request, member(tree, "ledger"), zweck::Time{}, sources));
  if (const auto* rules = member(tree, "rules")) test.rules = texts(*rules);
  if (const auto* obligations = member(tree, "obligations")) {
    test.obligations.emplace();
    if (const auto* keep = member(*obligations, "keep")) {
      test.obligations->keep = zweck::parse_duration(keep->text);
      if (!test.obligations->keep) throw std::runtime_error(fmt::format("{}: `{}` is no duration", file, keep->text));
    }
    if (const auto* oblige = member(*obligations, "oblige")) test.obligations->oblige = texts(*oblige);
  }
  return test;
}

}  // namespace

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const auto& entry : fs::directory_iterator(root())) {
    if (entry.is_directory()) result.push_back(entry.path().filename());
  }
  std::sort(result.begin(), result.end());
  return result;
}

Set load(const std::string& name) {
  Set set{name, root() / name, must(zweck::load_set(root() / name)), {}};
  for (const auto& file : set.loaded.test_files) {
    zweck::Sources sources;
    const auto id = sources.add({file, must(zweck::read_file(set.directory / file, file))});
    const zweck::Tree tree = must(zweck::read_yaml(sources, id));
    const zweck::Tree* tests = member(tree, "tests");
    if (!tests || tree.items.size() != 1) throw std::runtime_error(file + ": nothing but `tests` is expected");
    for (const auto& item : tests->items)
      set.tests.push_back(read_test(set.loaded.model.vocabulary, sources, item, file));
  }
  return set;
}

zweck::Answer answer(const zweck::Model& model, const zweck::ResolvedRequest& request) {
  const zweck::Situation situation{request.at, request.facts, request.ledger ? &*request.ledger : nullptr};
  const auto points = zweck::points_of(model.vocabulary, request);
  zweck::Answer result;
  result.status = zweck::Status::allowed;
  for (const auto& point : points.value()) {
    result.status = std::min(result.status, zweck::status_of(model, point, situation));
  }
  if (result.status == zweck::Status::not_permitted) return result;
  for (const auto& rule : model.rules) {
    const bool speaks = std::any_of(points->begin(), points->end(), [&](const zweck::Point& point) {
      if (!zweck::covers(model.vocabulary, rule, point)) return false;
      const zweck::Truth applies = zweck::applies(model, rule, point, situation);
      switch (result.status) {
        case zweck::Status::allowed:
          return rule.effect == zweck::Effect::allow && applies == zweck::Truth::yes;
        case zweck::Status::forbidden:
          return rule.effect == zweck::Effect::deny && applies == zweck::Truth::yes;
        default:
          return applies == zweck::Truth::unknown &&
                 zweck::status_of(model, point, situation) == zweck::Status::indeterminate;
      }
    });
    if (!speaks) continue;
    result.rules.push_back(rule.name);
    if (result.status != zweck::Status::allowed) continue;
    auto& [keep, oblige] = result.obligations;
    if (rule.keep) keep = keep ? std::min(*keep, *rule.keep) : *rule.keep;
    for (const auto id : rule.oblige) oblige.push_back(model.vocabulary.obligations[id].name);
  }
  auto& oblige = result.obligations.oblige;
  std::sort(oblige.begin(), oblige.end());
  oblige.erase(std::unique(oblige.begin(), oblige.end()), oblige.end());
  return result;
}

std::string difference(const Expectation& expectation, const zweck::Answer& answer) {
  const std::string status(zweck::name_of(answer.status));
  const std::string decision = answer.allowed() ? "allow" : "deny";
  const auto text = [](const zweck::Obligations& obligations) {
    return fmt::format("keep {}, oblige {}", obligations.keep ? zweck::to_string(*obligations.keep) : "for ever",
                       fmt::join(obligations.oblige, ", "));
  };
  if (expectation.expect != status && expectation.expect != decision)
    return fmt::format("expected {}, is {} by {}", expectation.expect, status, fmt::join(answer.rules, ", "));
  if (expectation.rules && *expectation.rules != answer.rules)
    return fmt::format("expected rules {}, are {}", fmt::join(*expectation.rules, ", "), fmt::join(answer.rules, ", "));
  if (expectation.obligations && *expectation.obligations != answer.obligations)
    return fmt::format("expected {}, is {}", text(*expectation.obligations), text(answer.obligations));
  return {};
}

}  // namespace policies
