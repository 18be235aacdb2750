// The clauses of rules: conditions that are always true or false, and exceptions that take nothing away.
#include <algorithm>

#include "analysis/rules.hpp"

namespace zweck {

namespace {

using analysis::Analysis;
using analysis::Question;
using analysis::RankedRule;
using analysis::Region;

class ConstantConditions {
 public:
  ConstantConditions(Analysis& analysis, std::vector<RuleId>* undecided)
      : analysis_(analysis), undecided_rules_(undecided) {}

  std::vector<ConstantCondition> find() {
    for (RuleId id = 0; id < analysis_.model().rules.size(); ++id) {
      const RankedRule& ranked = analysis_.scopes().rules()[analysis_.scopes().rank(0, id)];
      const Rule& rule = *ranked.rule;
      if (!rule.when && !rule.unless) continue;
      rule_ = id;
      undecided_ = false;
      question_ = analysis_.question(ranked.scope);
      question_.excepts = ranked.excepts;
      if (analysis_.ask(question_) != analysis::Answer::found) continue;  // it covers nothing
      if (rule.when) look(*rule.when, false, true, false);
      if (rule.unless) look(*rule.unless, true, true, false);
      if (undecided_ && undecided_rules_) undecided_rules_->push_back(id);
    }
    return std::move(found_);
  }

 private:
  void look(const Condition& condition, bool unless, bool whole, bool inside) {
    bool constant = inside;
    for (const bool value : {true, false}) {
      if (!is_always(condition, value, false)) continue;
      found_.push_back({rule_, unless, &condition, whole, inside, value, whole && is_always(condition, value, true)});
      constant = true;
    }
    look_inside(condition, unless, constant);
  }

  // The sides of `and` and `or`, in brackets and below `not` as well.
  void look_inside(const Condition& condition, bool unless, bool constant) {
    for (const Condition& part : condition.parts) {
      if (condition.kind == Condition::Kind::negation)
        look_inside(part, unless, constant);
      else
        look(part, unless, false, constant);
    }
  }

  bool is_always(const Condition& condition, bool value, bool incomplete) {
    Question otherwise = question_;
    otherwise.incomplete = incomplete;
    otherwise.wants.push_back({analysis_.formulas().compile(0, condition), value, false});
    const analysis::Answer answer = analysis_.ask(otherwise);
    if (answer == analysis::Answer::undecided) undecided_ = true;
    return answer == analysis::Answer::none;
  }

  Analysis& analysis_;
  std::vector<RuleId>* undecided_rules_;
  std::vector<ConstantCondition> found_;
  RuleId rule_ = 0;
  Question question_;
  bool undecided_ = false;
};

}  // namespace

std::vector<ConstantCondition> find_constant_conditions(Analysis& analysis, std::vector<RuleId>* undecided) {
  return ConstantConditions(analysis, undecided).find();
}

std::vector<DeadException> find_dead_exceptions(Analysis& analysis, std::vector<RuleId>* undecided) {
  std::vector<DeadException> found;
  for (RuleId id = 0; id < analysis.model().rules.size(); ++id) {
    const Rule& rule = analysis.model().rules[id];
    if (rule.excepts.empty()) continue;
    const RankedRule& ranked = analysis.scopes().rules()[analysis.scopes().rank(0, id)];
    std::vector<Region> taken;
    for (const Box& except : rule.excepts) {
      taken.push_back(analysis.scopes().region(0, except));
      taken.back() &= ranked.scope;
    }
    std::vector<bool> dead(taken.size(), false);
    bool decided = true;
    // The last one first: of two that are equal, the second is the one too many.
    for (std::size_t i = taken.size(); i-- > 0;) {
      Question left = analysis.question(taken[i]);
      for (std::size_t j = 0; j < taken.size(); ++j) {
        if (j != i && !dead[j]) left.excepts.push_back(taken[j]);
      }
      const analysis::Answer answer = analysis.ask(left);
      dead[i] = answer == analysis::Answer::none;
      decided = decided && answer != analysis::Answer::undecided;
    }
    for (std::uint32_t i = 0; i < taken.size(); ++i) {
      if (dead[i]) found.push_back({id, i, taken[i].empty()});
    }
    if (!decided && undecided) undecided->push_back(id);
  }
  return found;
}

}  // namespace zweck
