// The public doors to explanations: by names, and as JSON.
#include <algorithm>

#include "engine/answer.hpp"
#include "engine/explain_model.hpp"
#include "model/request_tree.hpp"
#include "zweck/explain.hpp"

namespace zweck {

namespace {

Explanation explain(const Engine& engine, const Tree& tree) {
  const Model& model = engine.program()->model();
  const auto request = read_request(model.vocabulary, tree, nullptr, Time::now(), {});
  Explanation explanation;
  if (!request) {
    explanation.answer = answer(engine.program(), tree);
    return explanation;
  }
  const auto ledger = std::find_if(tree.items.begin(), tree.items.end(), [](const Tree& item) { return item.key == "ledger"; });
  const auto entries = ledger == tree.items.end() ? std::nullopt : std::optional(ledger->items.size());
  return explain(model, *request, answer(engine.program(), *request), entries);
}

}  // namespace

Explanation explain(const Engine& engine, const Request& request) { return explain(engine, to_tree(request)); }

Explanation explain_json(const Engine& engine, std::string_view json) {
  const auto tree = read_json(json);
  if (tree) return explain(engine, *tree);
  Explanation explanation;
  explanation.answer = engine.answer_json(json);
  return explanation;
}

}  // namespace zweck
