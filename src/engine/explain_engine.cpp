// The public doors to explanations: by names, and as JSON.
#include <algorithm>

#include "engine/answer.hpp"
#include "engine/explain_model.hpp"
#include "engine/without_exceptions.hpp"
#include "grammar/format.hpp"
#include "model/request_tree.hpp"
#include "text/source.hpp"
#include "zweck/explain.hpp"

namespace zweck {

namespace {

// Of a text that somebody gave: enough to know it by.
constexpr std::size_t shown_bytes = 60;

std::string shown(std::string_view text) {
  std::size_t end = std::min(text.size(), shown_bytes);
  while (end < text.size() && (text[end] & 0xC0) == 0x80) --end;  // not within a code point
  return visible(quote_string(text.substr(0, end))) + (end < text.size() ? "…" : "");
}

const Tree* member(const Tree& map, std::string_view key) {
  const auto found = std::find_if(map.items.begin(), map.items.end(), [&](const Tree& item) { return item.key == key; });
  return found == map.items.end() ? nullptr : &*found;
}

Explanation explain(const Engine& engine, const Tree& tree) {
  const Model& model = engine.program()->model();
  const auto request = read_request(model.vocabulary, tree, nullptr, Time::now(), {});
  Explanation explanation;
  if (!request) {
    explanation.answer = answer(engine.program(), tree);
    return explanation;
  }
  return explain(model, *request, answer(engine.program(), *request), as_written(model.vocabulary, tree));
}

template <class Use>
Explanation or_unexplained(Use use) noexcept {
  return without_exceptions(std::move(use), [](std::string_view why) {
    Explanation explanation;
    explanation.answer.problems.emplace_back(why);
    return explanation;
  });
}

}  // namespace

AsWritten as_written(const Vocabulary& vocabulary, const Tree& request) {
  AsWritten written;
  if (const Tree* ledger = member(request, "ledger")) written.events = ledger->items.size();
  written.texts.resize(vocabulary.facts.size());
  const Tree* facts = member(request, "facts");
  if (facts == nullptr) return written;
  for (const Tree& fact : facts->items) {
    const std::optional<FactId> id = vocabulary.find_fact(fact.key);
    if (!id || vocabulary.facts[*id].type.kind != TypeKind::string) continue;
    std::string& text = written.texts[*id];
    if (vocabulary.facts[*id].type.set) {
      for (const Tree& item : fact.items) text += (text.empty() ? "" : ", ") + shown(item.text);
      if (!text.empty()) text = "{" + text + "}";
    } else {
      text = shown(fact.text);
    }
  }
  return written;
}

Explanation explain(const Engine& engine, const Request& request) noexcept {
  return or_unexplained([&] { return explain(engine, to_tree(request)); });
}

Explanation explain_json(const Engine& engine, std::string_view json) noexcept {
  return or_unexplained([&] {
    const auto tree = read_json(json);
    if (tree) return explain(engine, *tree);
    Explanation explanation;
    explanation.answer = engine.answer_json(json);
    return explanation;
  });
}

}  // namespace zweck
