#include <set>

#include "lint/checks.hpp"

namespace zweck::lint {
namespace {

class Finder {
 public:
  Finder(const Context& context, Report& report) : context_(context), report_(report) {}

  void look(const Rule& rule) {
    of_ = rule.name;
    of_assertion_ = false;
    for (std::size_t d = 0; d < 3; ++d)
      for (const Span span : rule.node_spans[d]) {
        const Taxonomy& taxonomy = context_.model.vocabulary.taxonomies[d];
        look(taxonomy, *taxonomy.find(written_name(context_, span)), span);
      }
    look_besides(rule);
  }

  void look(const Assertion& assertion) {
    of_ = assertion.name;
    of_assertion_ = true;
    look(assertion.scope, assertion.scope.span);
    look_besides(assertion);
  }

 private:
  template <class Statement>
  void look_besides(const Statement& statement) {
    for (const Box& except : statement.excepts) look(except, except.span);
    if (statement.when) look(*statement.when);
    if (statement.unless) look(*statement.unless);
  }

  void look(const Box& box, Span span) {
    for (std::size_t d = 0; d < 3; ++d)
      for (const NodeId node : box.sides[d].nodes) look(context_.model.vocabulary.taxonomies[d], node, span);
  }

  void look(const Condition& condition) {
    for (const Condition& part : condition.parts) look(part);
    if (condition.kind != Condition::Kind::test) return;
    const Test& test = context_.model.tests[condition.index];
    const Vocabulary& vocabulary = context_.model.vocabulary;
    Type type;
    switch (test.left.kind) {
      case Operand::Kind::fact: type = vocabulary.facts[test.left.index].type; break;
      case Operand::Kind::attribute:
        type = vocabulary.attributes[static_cast<std::size_t>(test.left.dimension)][test.left.index].type;
        break;
      case Operand::Kind::node:
        type.kind = TypeKind::node;
        type.taxonomy = static_cast<std::uint32_t>(test.left.dimension);
        break;
    }
    if (type.kind != TypeKind::node) return;
    for (const std::int64_t node : test.literals)
      look(vocabulary.taxonomies[type.taxonomy], static_cast<NodeId>(node), condition.span);
  }

  void look(const Taxonomy& taxonomy, NodeId id, Span span) {
    const Node& node = taxonomy.nodes[id];
    if (!node.deprecated) return;
    Finding found =
        finding(context_, "deprecated-name", of_, span, "`" + node.name + "` is deprecated", *node.deprecated);
    found.of_assertion = of_assertion_;
    report_.add(std::move(found));
  }

  const Context& context_;
  Report& report_;
  std::string of_;
  bool of_assertion_ = false;
};

}  // namespace

void deprecated_name(const Context& context, Report& report) {
  Finder finder(context, report);
  for (const Rule& rule : context.model.rules) finder.look(rule);
  for (const Assertion& assertion : context.model.assertions) finder.look(assertion);
}

}  // namespace zweck::lint
