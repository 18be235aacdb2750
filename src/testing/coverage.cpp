#include <set>

#include "engine/explain_words.hpp"
#include "model/evaluate.hpp"
#include "testing/testing.hpp"

namespace zweck::testing {
namespace {

// One condition of a rule, or a part of one, and which outcomes were seen.
struct Outcomes {
  const Rule* rule;
  const Condition* condition;
  bool seen_true = false, seen_false = false;
};

void collect(const Rule& rule, const Condition& condition, std::vector<Outcomes>& into) {
  into.push_back({&rule, &condition});
  // `not x` has the outcomes of x, turned round.
  if (condition.kind == Condition::Kind::negation) into.pop_back();
  for (const Condition& part : condition.parts) collect(rule, part, into);
}

}  // namespace

double Coverage::percent() const {
  const std::size_t total = rules_total + outcomes_total;
  if (total == 0) return 100;
  return 100.0 * static_cast<double>(rules_covered + outcomes_covered) / static_cast<double>(total);
}

Coverage coverage_of(const Model& model, const std::vector<TestResult>& results) {
  std::vector<Outcomes> outcomes;
  for (const Rule& rule : model.rules) {
    if (rule.when) collect(rule, *rule.when, outcomes);
    if (rule.unless) collect(rule, *rule.unless, outcomes);
  }
  std::set<std::string> deciding;
  for (const TestResult& result : results) {
    deciding.insert(result.answer.rules.begin(), result.answer.rules.end());
    if (!result.test->problems.empty()) continue;
    const ResolvedRequest& request = result.test->request;
    const auto points = points_of(model.vocabulary, request);
    if (!points) continue;
    const Situation situation{request.at, request.facts, request.ledger ? &*request.ledger : nullptr};
    for (Outcomes& seen : outcomes) {
      if (seen.seen_true && seen.seen_false) continue;
      for (const Point& point : *points) {
        if (!covers(model.vocabulary, *seen.rule, point)) continue;
        const Truth truth = evaluate(model, *seen.condition, point, situation);
        seen.seen_true |= truth == Truth::yes;
        seen.seen_false |= truth == Truth::no;
      }
    }
  }

  Coverage coverage;
  coverage.rules_total = model.rules.size();
  for (const Rule& rule : model.rules) {
    if (deciding.contains(rule.name))
      ++coverage.rules_covered;
    else
      coverage.missed_rules.push_back({rule.name, "decides no test", model.sources.place(rule.name_span)});
  }
  coverage.outcomes_total = 2 * outcomes.size();
  for (const Outcomes& seen : outcomes) {
    coverage.outcomes_covered += std::size_t{seen.seen_true} + seen.seen_false;
    if (seen.seen_true && seen.seen_false) continue;
    const char* what = seen.seen_true ? "never false: " : seen.seen_false ? "never true: " : "never true, never false: ";
    coverage.missed_outcomes.push_back({seen.rule->name, what + source_text(model.sources, seen.condition->span),
                                        model.sources.place(seen.condition->span)});
  }
  return coverage;
}

}  // namespace zweck::testing
