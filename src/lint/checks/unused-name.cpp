#include <algorithm>
#include <array>
#include <vector>

#include "lint/checks.hpp"

namespace zweck::lint {
namespace {

// What the conditions and clauses of rules and assertions mention.
struct Used {
  explicit Used(const Model& model)
      : model(model), facts(model.vocabulary.facts.size()), notices(model.vocabulary.notices.size()),
        obligations(model.vocabulary.obligations.size()) {
    for (std::size_t d = 0; d < 3; ++d) attributes[d].resize(model.vocabulary.attributes[d].size());
    for (const Rule& rule : model.rules) {
      see(rule.when);
      see(rule.unless);
      if (rule.effect == Effect::allow && rule.basis == Basis::consent) see(model.consent_tests[rule.consent]);
      for (const ObligationId id : rule.oblige) obligations[id] = true;
    }
    for (const Assertion& assertion : model.assertions) {
      see(assertion.when);
      see(assertion.unless);
    }
  }

  const Model& model;
  std::vector<bool> facts, notices, obligations;
  std::array<std::vector<bool>, 3> attributes;

 private:
  void see(const std::optional<Condition>& condition) {
    if (condition) see(*condition);
  }
  void see(const Condition& condition) {
    for (const Condition& part : condition.parts) see(part);
    if (condition.kind == Condition::Kind::consent) see(model.consent_tests[condition.index]);
    if (condition.kind == Condition::Kind::notice) notices[model.notice_tests[condition.index].notice] = true;
    if (condition.kind != Condition::Kind::test) return;
    const Test& test = model.tests[condition.index];
    see(test.left);
    if (test.own) see(*test.own);
  }
  void see(const ConsentTest& test) {
    if (test.under) notices[*test.under] = true;
  }
  void see(const Operand& operand) {
    if (operand.kind == Operand::Kind::fact) facts[operand.index] = true;
    if (operand.kind == Operand::Kind::attribute)
      attributes[static_cast<std::size_t>(operand.dimension)][operand.index] = true;
  }
};

// Whether some node has another value than the default: then it tells readers something, whatever rules there are.
bool is_stated(const Attribute& attribute) {
  return std::any_of(attribute.values.begin(), attribute.values.end(),
                     [&](const Value& value) { return value != attribute.fallback; });
}

}  // namespace

void unused_name(const Context& context, Report& report) {
  const Vocabulary& vocabulary = context.model.vocabulary;
  const Used used(context.model);
  const auto unused = [&](const std::string& kind, const std::string& name, Span span) {
    report.add(finding(context, "unused-name", "", span, "no rule and no assertion uses the " + kind + " `" + name + "`",
                       "take it away, or write the rule that was meant to use it"));
  };
  for (FactId id = 0; id < vocabulary.facts.size(); ++id)
    if (!used.facts[id]) unused("fact", vocabulary.facts[id].name, vocabulary.facts[id].span);
  for (NoticeId id = 0; id < vocabulary.notices.size(); ++id)
    if (!used.notices[id]) unused("notice", vocabulary.notices[id].name, vocabulary.notices[id].span);
  for (ObligationId id = 0; id < vocabulary.obligations.size(); ++id)
    if (!used.obligations[id]) unused("obligation", vocabulary.obligations[id].name, vocabulary.obligations[id].span);
  for (std::size_t d = 0; d < 3; ++d)
    for (std::size_t id = 0; id < vocabulary.attributes[d].size(); ++id) {
      const Attribute& attribute = vocabulary.attributes[d][id];
      if (!attribute.builtin && !used.attributes[d][id] && !is_stated(attribute)) unused("attribute", attribute.name, attribute.span);
    }

  std::vector<bool> typed(vocabulary.taxonomies.size());
  for (const Fact& fact : vocabulary.facts) typed[fact.type.taxonomy] = true;
  for (const auto& attributes : vocabulary.attributes)
    for (const Attribute& attribute : attributes) typed[attribute.type.taxonomy] = true;
  for (std::size_t id = 3; id < vocabulary.taxonomies.size(); ++id) {
    const Taxonomy& taxonomy = vocabulary.taxonomies[id];
    if (!typed[id] && !taxonomy.nodes.empty()) unused("taxonomy", taxonomy.name, taxonomy.nodes.front().span);
  }
}

}  // namespace zweck::lint
