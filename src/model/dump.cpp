#include "model/dump.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/vocabulary.hpp"
#include "text/json_text.hpp"

namespace zweck {

namespace {

constexpr std::array<std::string_view, 3> dimension_names{"data", "purpose", "partner"};
constexpr std::array<std::string_view, 9> operators{"", "=", "!=", "<", "<=", ">", ">=", "in", "has"};
constexpr std::array<std::string_view, 7> bases{
    "consent", "contract", "legal-obligation", "vital-interest", "public-task", "legitimate-interest", "not-personal"};

template <class Items, class ToText>
std::string joined(const Items& items, ToText to_text) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ", ") + to_text(item);
  return text;
}

std::string names(const Taxonomy& taxonomy, const std::vector<NodeId>& nodes) {
  return joined(nodes, [&](NodeId node) { return taxonomy.nodes[node].name; });
}

std::string labels(std::string_view key, const Labels& labels) {
  std::string text;
  for (const auto& [language, label] : labels) {
    text += fmt::format(" {}{}{}={}", key, language.empty() ? "" : ".", language, json_quote(label));
  }
  return text;
}

std::string line(const Vocabulary& vocabulary, const Taxonomy& taxonomy, const Node& node) {
  std::string text = "  " + node.name;
  if (!node.parents.empty()) text += " in " + names(taxonomy, node.parents);
  if (node.separate) text += " separate";
  if (node.since) text += " since " + to_string(*node.since);
  if (!node.derived_from.empty()) text += " derived-from " + names(vocabulary.taxonomies[0], node.derived_from);
  if (node.deprecated) text += " deprecated " + json_quote(*node.deprecated);
  return text + labels("label", node.label) + labels("description", node.description) + "\n";
}

std::string shown(const Vocabulary& vocabulary, const Type& type, const Value& value) {
  return value.missing() ? "missing" : to_string(vocabulary, type, value);
}

std::string dump_attribute(const Vocabulary& vocabulary, std::size_t dimension, const Attribute& attribute) {
  const Taxonomy& taxonomy = vocabulary.taxonomies[dimension];
  std::string text =
      fmt::format("attribute {}.{}: {} = {}\n", dimension_names[dimension], attribute.name,
                  to_string(vocabulary, attribute.type), shown(vocabulary, attribute.type, attribute.fallback));
  for (std::size_t node = 0; node < taxonomy.nodes.size(); ++node) {
    if (attribute.values[node] == attribute.fallback) continue;
    text +=
        fmt::format("  {}: {}\n", taxonomy.nodes[node].name, shown(vocabulary, attribute.type, attribute.values[node]));
  }
  return text;
}

std::string dump_operand(const Vocabulary& vocabulary, const Operand& operand) {
  if (operand.kind == Operand::Kind::fact) return vocabulary.facts[operand.index].name;
  const auto dimension = static_cast<std::size_t>(operand.dimension);
  std::string text(dimension_names[dimension]);
  if (operand.kind == Operand::Kind::node) return text;
  return text + "." + vocabulary.attributes[dimension][operand.index].name;
}

Type type_of(const Vocabulary& vocabulary, const Operand& operand) {
  Type type;
  if (operand.kind == Operand::Kind::fact) {
    type = vocabulary.facts[operand.index].type;
  } else if (operand.kind == Operand::Kind::node) {
    type.kind = TypeKind::node;
    type.taxonomy = static_cast<std::uint32_t>(operand.dimension);
  } else {
    type = vocabulary.attributes[static_cast<std::size_t>(operand.dimension)][operand.index].type;
  }
  return type;
}

std::string dump_test(const Vocabulary& vocabulary, const Test& test) {
  std::string text = dump_operand(vocabulary, test.left);
  if (test.op == TestOp::is_true) return text;
  text += fmt::format(" {} ", operators[static_cast<std::size_t>(test.op)]);
  if (test.own) return text + dump_operand(vocabulary, *test.own);
  Type type = type_of(vocabulary, test.left);
  type.set = false;
  const auto literal = [&](std::int64_t value) { return to_string(vocabulary, type, Value::single(value)); };
  if (test.op != TestOp::in) return text + literal(test.literals.front());
  std::vector<std::string> literals;
  for (const std::int64_t value : test.literals) literals.push_back(literal(value));
  // The ids of strings depend on which was read first.
  if (type.kind == TypeKind::string || type.kind == TypeKind::choice) std::sort(literals.begin(), literals.end());
  return text + "{" + joined(literals, [](const std::string& each) { return each; }) + "}";
}

std::string dump_consent(const Vocabulary& vocabulary, const ConsentTest& test) {
  std::string text = test.explicit_ ? "explicit consent" : "consent";
  if (test.within) text += " within " + to_string(*test.within);
  if (test.under) text += fmt::format(" under {} version {}", vocabulary.notices[*test.under].name, test.version);
  return text;
}

std::string dump_box(const Vocabulary& vocabulary, const Box& box) {
  const auto side = [&](std::size_t d) {
    return box.sides[d].any ? "any" : names(vocabulary.taxonomies[d], box.sides[d].nodes);
  };
  return fmt::format("{} for {} by {}", side(0), side(1), side(2));
}

// What rules and assertions have in common.
std::string dump_body(const Model& model, const auto& item) {
  std::string text;
  for (const Box& except : item.excepts) text += "  except " + dump_box(model.vocabulary, except) + "\n";
  if (item.when) text += "  when " + dump(model, *item.when) + "\n";
  if (item.unless) text += "  unless " + dump(model, *item.unless) + "\n";
  for (const std::string& because : item.because) text += "  because " + json_quote(because) + "\n";
  return text;
}

std::string dump_rule(const Model& model, const Rule& rule) {
  std::string text = "rule " + rule.name;
  if (!rule.title.empty()) text += " " + json_quote(rule.title);
  text += rule.effect == Effect::allow ? "\n  allow " : "\n  deny ";
  text += dump_box(model.vocabulary, rule.scope) + "\n" + dump_body(model, rule);
  if (rule.from) text += "  from " + to_string(*rule.from) + "\n";
  if (rule.until) text += "  until " + to_string(*rule.until) + "\n";
  if (rule.effect == Effect::allow) {
    const std::string basis = rule.basis == Basis::consent
                                  ? dump_consent(model.vocabulary, model.consent_tests[rule.consent])
                                  : std::string(bases[static_cast<std::size_t>(rule.basis)]);
    text += "  basis " + basis + "\n";
  }
  for (const auto& [language, benefit] : rule.benefit) {
    text += fmt::format("  benefit {}{}{}\n", language, language.empty() ? "" : " ", json_quote(benefit));
  }
  if (rule.keep) text += "  keep " + to_string(*rule.keep) + "\n";
  for (const ObligationId each : rule.oblige) text += "  oblige " + model.vocabulary.obligations[each].name + "\n";
  return text;
}

std::string dump_assertion(const Model& model, const Assertion& assertion) {
  std::string text = "assert " + assertion.name;
  if (!assertion.title.empty()) text += " " + json_quote(assertion.title);
  text += assertion.quantifier == Quantifier::never ? "\n  never allow " : "\n  always allow ";
  return text + dump_box(model.vocabulary, assertion.scope) + "\n" + dump_body(model, assertion);
}

}  // namespace

std::string dump(const Vocabulary& vocabulary) {
  std::string text;
  for (const Taxonomy& taxonomy : vocabulary.taxonomies) {
    text += "taxonomy " + taxonomy.name + "\n";
    for (const Node& node : taxonomy.nodes) text += line(vocabulary, taxonomy, node);
  }
  for (std::size_t d = 0; d < 3; ++d) {
    for (const Attribute& attribute : vocabulary.attributes[d]) text += dump_attribute(vocabulary, d, attribute);
  }
  for (const Fact& fact : vocabulary.facts) {
    text += fmt::format("fact {}: {} = {}\n", fact.name, to_string(vocabulary, fact.type),
                        shown(vocabulary, fact.type, fact.fallback));
  }
  for (const Notice& notice : vocabulary.notices) {
    text += fmt::format("notice {} version {}{}{}{}\n", notice.name, notice.version, labels("label", notice.label),
                        labels("description", notice.description),
                        notice.url.empty() ? "" : " url=" + json_quote(notice.url));
  }
  for (const Obligation& obligation : vocabulary.obligations) text += "obligation " + obligation.name + "\n";
  return text;
}

std::string dump(const Model& model) {
  std::string text = dump(model.vocabulary);
  for (const Rule& rule : model.rules) text += dump_rule(model, rule);
  for (const Assertion& assertion : model.assertions) text += dump_assertion(model, assertion);
  return text;
}

std::string dump(const Model& model, const Condition& condition) {
  const auto parts = [&] {
    return "(" + joined(condition.parts, [&](const Condition& part) { return dump(model, part); }) + ")";
  };
  switch (condition.kind) {
    case Condition::Kind::all:
      return "all" + parts();
    case Condition::Kind::any:
      return "any" + parts();
    case Condition::Kind::negation:
      return "not" + parts();
    case Condition::Kind::consent:
      return dump_consent(model.vocabulary, model.consent_tests[condition.index]);
    case Condition::Kind::objection:
      return "objection";
    case Condition::Kind::notice: {
      const NoticeTest& test = model.notice_tests[condition.index];
      return fmt::format("notice {} version {}", model.vocabulary.notices[test.notice].name, test.version);
    }
    case Condition::Kind::test:
      break;
  }
  return dump_test(model.vocabulary, model.tests[condition.index]);
}

}  // namespace zweck
