// The public doors to explanations: by names, and as JSON.
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
  return explain(model, *request, answer(engine.program(), *request));
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
