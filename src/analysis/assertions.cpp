#include "analysis/assertions.hpp"

#include <algorithm>

#include "analysis/replay.hpp"
#include "model/evaluate.hpp"

namespace zweck {

namespace {

using analysis::Analysis;
using analysis::Answer;
using analysis::Question;
using analysis::Rank;
using analysis::Want;

using Outcome = AssertionResult::Outcome;

class Decider {
 public:
  explicit Decider(Analysis& analysis) : analysis_(analysis), model_(analysis.model()) {}

  AssertionResult decide(std::uint32_t index) {
    assertion_ = &model_.assertions[index];
    result_ = {};
    result_.assertion = index;
    scope_ = analysis_.question(assertion_->scope, assertion_->excepts);
    // The condition is true or unknown.
    if (assertion_->when) want(*assertion_->when, false);
    if (assertion_->unless) want(*assertion_->unless, true);
    const Answer any = analysis_.ask(scope_);
    result_.vacuous = any == Answer::none;
    if (any == Answer::none)
      result_.outcome = Outcome::holds;
    else if (assertion_->quantifier == Quantifier::never)
      never();
    else
      always();
    return std::move(result_);
  }

 private:
  void want(const Condition& condition, bool negated) {
    scope_.wants.push_back({analysis_.formulas().compile(0, condition), negated, false});
  }

  // Whether to go on asking: nothing was found yet.
  bool ask(const Question& question, bool& decided) {
    const Answer answer = analysis_.ask(question);
    if (answer == Answer::undecided) decided = false;
    if (answer != Answer::found) return true;
    if (accept(question)) return false;
    decided = false;
    return true;
  }

  void never() {
    bool decided = true;
    for (const Rank rank : meeting(Effect::allow)) {
      Question question = narrowed(rank, true);
      question.denies = analysis_.scopes().with(0, Effect::deny);
      if (!ask(question, decided)) return;
    }
    result_.outcome = decided ? Outcome::holds : Outcome::undecided;
  }

  void always() {
    bool decided = true;
    Question uncovered = scope_;
    uncovered.allows = analysis_.scopes().with(0, Effect::allow);
    if (!ask(uncovered, decided)) return;
    for (const Rank rank : meeting(Effect::deny)) {
      if (!ask(narrowed(rank, false), decided)) return;
    }
    result_.outcome = decided ? Outcome::holds : Outcome::undecided;
  }

  std::vector<Rank> meeting(Effect effect) const {
    analysis::Bits rules = analysis_.scopes().meeting(scope_.box);
    rules &= analysis_.scopes().with(0, effect);
    std::vector<Rank> ranks;
    rules.for_each([&](std::size_t rank) { ranks.push_back(static_cast<Rank>(rank)); });
    return ranks;
  }

  // The question where a rule covers, and applies for certain or possibly.
  Question narrowed(Rank rank, bool known) const {
    const analysis::RankedRule& rule = analysis_.scopes().rules()[rank];
    Question question = scope_;
    question.box &= rule.scope;
    question.excepts.insert(question.excepts.end(), rule.excepts.begin(), rule.excepts.end());
    question.wants.push_back({rule.formula.root, false, known});
    return question;
  }

  // Nothing is given out that the evaluator does not confirm.
  bool accept(const Question& question) {
    ResolvedRequest request = analysis_.witness(question);
    const Point point{request.data.front(), request.purpose, request.partner};
    const Situation situation{request.at, request.facts, &*request.ledger};
    const std::vector<Applying> applying = rules_at(point, situation);
    const Status status = status_by(applying);
    const bool never = assertion_->quantifier == Quantifier::never;
    if ((status == Status::allowed) != never || !covers(point) || !meets(point, situation)) return false;
    result_.outcome = Outcome::fails;
    result_.point = point;
    result_.status = status;
    find_rules(applying);
    if (never) analysis::grant_sources_if_that_allows(model_, request);
    result_.replays = replays(request, never);
    result_.counterexample = std::move(request);
    return true;
  }

  bool covers(const Point& point) const {
    return zweck::covers(model_.vocabulary, assertion_->scope, point) &&
           std::none_of(assertion_->excepts.begin(), assertion_->excepts.end(),
                        [&](const Box& except) { return zweck::covers(model_.vocabulary, except, point); });
  }

  bool meets(const Point& point, const Situation& situation) const {
    Truth truth = Truth::yes;
    if (assertion_->when) truth = both(truth, evaluate(model_, *assertion_->when, point, situation));
    if (assertion_->unless) truth = both(truth, !evaluate(model_, *assertion_->unless, point, situation));
    return truth != Truth::no;
  }

  // The rules that apply or may apply, by the evaluator.
  struct Applying {
    RuleId rule;
    Truth truth;
  };
  std::vector<Applying> rules_at(const Point& point, const Situation& situation) const {
    std::vector<Applying> found;
    for (RuleId id = 0; id < model_.rules.size(); ++id) {
      const Truth truth = applies(model_, model_.rules[id], point, situation);
      if (truth != Truth::no) found.push_back({id, truth});
    }
    return found;
  }

  Status status_by(const std::vector<Applying>& rules) const {
    Truth allowed = Truth::no, denied = Truth::no;
    for (const auto& [rule, truth] : rules) {
      Truth& sum = model_.rules[rule].effect == Effect::allow ? allowed : denied;
      sum = either(sum, truth);
    }
    return status_of(allowed, denied);
  }

  void find_rules(const std::vector<Applying>& applying) {
    const auto collect = [&](Effect effect, Truth least) {
      for (const auto& [rule, truth] : applying) {
        if (model_.rules[rule].effect == effect && truth >= least) result_.rules.push_back(rule);
      }
    };
    if (assertion_->quantifier == Quantifier::never) return collect(Effect::allow, Truth::yes);
    collect(Effect::deny, Truth::unknown);
    if (result_.rules.empty()) collect(Effect::allow, Truth::unknown);
  }

  bool replays(const ResolvedRequest& request, bool allowed) const {
    const auto points = points_of(model_.vocabulary, request);
    if (!points) return false;
    if (points->size() == 1) return true;
    const Situation situation{request.at, request.facts, &*request.ledger};
    return std::all_of(points->begin(), points->end(), [&](const Point& point) {
             return status_of(model_, point, situation) == Status::allowed;
           }) == allowed;
  }

  Analysis& analysis_;
  const Model& model_;
  const Assertion* assertion_ = nullptr;
  AssertionResult result_;
  Question scope_;
};

}  // namespace

std::vector<AssertionResult> decide_assertions(Analysis& analysis) {
  Decider decider(analysis);
  std::vector<AssertionResult> results;
  for (std::uint32_t i = 0; i < analysis.model().assertions.size(); ++i) results.push_back(decider.decide(i));
  return results;
}

std::vector<AssertionResult> decide_assertions(const Model& model) {
  if (model.assertions.empty()) return {};
  Analysis analysis(model);
  return decide_assertions(analysis);
}

}  // namespace zweck
