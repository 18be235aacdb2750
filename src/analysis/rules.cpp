#include "analysis/rules.hpp"

#include <algorithm>
#include <map>

#include "model/evaluate.hpp"

namespace zweck {

namespace {

using analysis::Analysis;
using analysis::Answer;
using analysis::Bits;
using analysis::Question;
using analysis::Rank;
using analysis::RankedRule;

using Kind = RuleFinding::Kind;

class IdleRules {
 public:
  explicit IdleRules(Analysis& analysis) : analysis_(analysis), scopes_(analysis.scopes()) {}

  std::vector<RuleFinding> find() {
    std::vector<RuleFinding> findings;
    for (RuleId id = 0; id < analysis_.model().rules.size(); ++id) {
      rank_ = scopes_.rank(0, id);
      by_ = Bits(scopes_.rules().size());
      undecided_ = false;
      const std::optional<Kind> kind = rule().rule->effect == Effect::allow ? judge_allow() : judge_deny();
      if (!kind) continue;
      RuleFinding finding;
      finding.rule = id;
      finding.kind = *kind;
      by_.clear(rank_);
      by_.for_each([&](std::size_t rank) { finding.by.push_back(scopes_.rules()[rank].id); });
      std::sort(finding.by.begin(), finding.by.end());
      if (finding.kind != Kind::undecided) finding.example = example(finding);
      findings.push_back(std::move(finding));
    }
    return findings;
  }

 private:
  const RankedRule& rule() const { return scopes_.rules()[rank_]; }
  const Bits& all(Effect effect) const { return scopes_.with(0, effect); }

  Question where_it(bool known, bool incomplete) const {
    Question question = analysis_.question(rule().scope);
    question.excepts = rule().excepts;
    question.wants.push_back({rule().formula.root, false, known});
    question.incomplete = incomplete;
    return question;
  }

  // Whether it is found; what was not decided is kept in mind, and so is what a refutation rests on.
  bool found(const Question& question) {
    const Answer answer = analysis_.ask(question);
    if (answer == Answer::undecided) undecided_ = true;
    if (answer == Answer::none) by_ |= analysis_.finder().used();
    return answer == Answer::found;
  }

  std::optional<Kind> judge_allow() {
    if (allow_matters()) return std::nullopt;
    if (undecided_) return Kind::undecided;
    const Bits redundant_by = by_;
    by_ = Bits(scopes_.rules().size());
    if (!found(where_it(false, false))) return undecided_ ? Kind::undecided : Kind::never_applies;
    Question undisputed = where_it(false, false);
    undisputed.denies = all(Effect::deny);
    if (!found(undisputed)) return undecided_ ? Kind::undecided : Kind::overridden;
    by_ = redundant_by;
    return Kind::redundant;
  }

  // Whether it allows something, or an obligation, that no other rule does.
  bool allow_matters() {
    Question question = where_it(true, true);
    question.denies = all(Effect::deny);
    const auto without_it = [&](Bits others) {
      others.clear(rank_);
      question.allows = std::move(others);
      return found(question);
    };
    const Rule& allow = *rule().rule;
    if (!allow.keep && allow.oblige.empty()) return without_it(all(Effect::allow));
    if (allow.keep && without_it(keeping_as_short(*allow.keep))) return true;
    return std::any_of(allow.oblige.begin(), allow.oblige.end(),
                       [&](ObligationId obligation) { return without_it(obliging(obligation)); });
  }

  std::optional<Kind> judge_deny() {
    if (!found(where_it(false, false))) return undecided_ ? Kind::undecided : Kind::never_applies;
    by_ = Bits(scopes_.rules().size());
    if (deny_matters()) return std::nullopt;
    return undecided_ ? Kind::undecided : Kind::redundant;
  }

  // Whether something that a rule allows is not allowed because of it alone.
  bool deny_matters() {
    Question alone = where_it(false, true);
    alone.denies = all(Effect::deny);
    alone.denies.clear(rank_);
    if (!found(alone)) return false;
    Bits allows = scopes_.meeting(rule().scope);
    allows &= all(Effect::allow);
    bool matters = false;
    allows.for_each([&](std::size_t rank) {
      if (matters) return;
      const RankedRule& allow = scopes_.rules()[rank];
      Question question = alone;
      question.box &= allow.scope;
      question.excepts.insert(question.excepts.end(), allow.excepts.begin(), allow.excepts.end());
      question.wants.push_back({allow.formula.root, false, true});
      matters = found(question);
    });
    return matters;
  }

  const Bits& keeping_as_short(Duration keep) {
    const auto [it, added] = keeping_.try_emplace(keep, scopes_.rules().size());
    if (added) fill(it->second, [&](const Rule& rule) { return rule.keep && *rule.keep <= keep; });
    return it->second;
  }

  const Bits& obliging(ObligationId obligation) {
    const auto [it, added] = obliging_.try_emplace(obligation, scopes_.rules().size());
    if (added)
      fill(it->second, [&](const Rule& rule) {
        return std::binary_search(rule.oblige.begin(), rule.oblige.end(), obligation);
      });
    return it->second;
  }

  void fill(Bits& bits, auto&& fits) const {
    all(Effect::allow).for_each([&](std::size_t rank) {
      if (fits(*scopes_.rules()[rank].rule)) bits.set(rank);
    });
  }

  std::optional<ResolvedRequest> example(const RuleFinding& finding) {
    // For certain if that is possible; with a missing attribute it may be that it only may apply. Where it never applies
    // it may do so while something is left out: by a contradiction, of which each half may be true then.
    const bool never = finding.kind == Kind::never_applies;
    for (const bool known : {true, false}) {
      if (never && known) continue;
      const Question question = where_it(known, never);
      if (analysis_.ask(question) != Answer::found) continue;
      ResolvedRequest request = analysis_.witness(question);
      const Point point{request.data.front(), request.purpose, request.partner};
      const Situation situation{request.at, request.facts, request.ledger ? &*request.ledger : nullptr};
      if (applies(analysis_.model(), *rule().rule, point, situation) >= (known ? Truth::yes : Truth::unknown))
        return request;
    }
    return std::nullopt;
  }

  Analysis& analysis_;
  const analysis::Scopes& scopes_;
  Rank rank_ = 0;
  Bits by_;
  bool undecided_ = false;
  std::map<Duration, Bits> keeping_;
  std::map<ObligationId, Bits> obliging_;
};

}  // namespace

std::vector<RuleFinding> find_idle_rules(Analysis& analysis) { return IdleRules(analysis).find(); }

}  // namespace zweck
