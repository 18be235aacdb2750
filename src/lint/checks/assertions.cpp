#include "analysis/assertions.hpp"

#include "lint/checks.hpp"

namespace zweck::lint {
namespace {

std::string names_of(const Model& model, const std::vector<RuleId>& rules) {
  std::string names;
  for (const RuleId rule : rules) names += (names.empty() ? "`" : ", `") + model.rules[rule].name + "`";
  return names;
}

std::string name(const Model& model, Dimension dimension, NodeId node) {
  return "`" + model.vocabulary.of(dimension).nodes[node].name + "`";
}

Finding failed(const Context& context, const Assertion& assertion, const AssertionResult& result) {
  const Model& model = context.model;
  const bool never = assertion.quantifier == Quantifier::never;
  const std::string point = name(model, Dimension::data, result.point.data) + " for " +
                            name(model, Dimension::purpose, result.point.purpose) + " by " +
                            name(model, Dimension::partner, result.point.partner);
  std::string help;
  if (never)
    help = "allowed by " + names_of(model, result.rules);
  else if (result.rules.empty())
    help = "no rule allows it";
  else
    help = (model.rules[result.rules.front()].effect == Effect::deny ? "in the way: " : "not known to apply: ") +
           names_of(model, result.rules);
  Finding finding = lint::finding(context, "failed-assertion", assertion.name, assertion.name_span,
                                  "the assertion `" + assertion.name + "` does not hold: " + point + " is " +
                                      (never ? "allowed" : std::string(name_of(result.status))) + " in the example",
                                  help);
  for (const RuleId rule : result.rules)
    finding.diagnostic.related.push_back(
        {"the rule `" + model.rules[rule].name + "`", model.sources.place(model.rules[rule].name_span)});
  if (!result.replays)
    finding.diagnostic.help += "; a request for " + name(model, Dimension::data, result.point.data) +
                               " asks for its sources too, so its answer as a whole may differ";
  finding.example = result.counterexample;
  return finding;
}

}  // namespace

void assertions(const Context& context, Report& report) {
  const auto add = [&](Finding finding) {
    finding.of_assertion = true;
    report.add(std::move(finding));
  };
  for (const AssertionResult& result : decide_assertions(context.analysis)) {
    const Assertion& assertion = context.model.assertions[result.assertion];
    if (result.outcome == AssertionResult::Outcome::fails) add(failed(context, assertion, result));
    if (result.outcome == AssertionResult::Outcome::undecided)
      add(finding(context, "failed-assertion", assertion.name, assertion.name_span,
                  "the assertion `" + assertion.name + "` could not be decided within bounds",
                  "narrow its scope or split it; until then it does not count as proven"));
    if (result.vacuous)
      add(finding(context, "vacuous-assertion", assertion.name, assertion.name_span,
                  "the assertion `" + assertion.name + "` holds only because its scope or condition is never met",
                  "widen it, or take it away"));
  }
}

}  // namespace zweck::lint
