#include "engine/decide.hpp"

#include <algorithm>

#include "text/limits.hpp"

namespace zweck {
namespace {

Situation situation_of(const Question& question) {
  return {question.subject.now, question.facts.values, question.subject.known ? &question.subject.ledger : nullptr};
}

Condition leaf_of(const Literal& literal) {
  Condition condition;
  condition.index = literal.index;
  switch (literal.kind) {
    case Literal::Kind::test: condition.kind = Condition::Kind::test; break;
    case Literal::Kind::consent: condition.kind = Condition::Kind::consent; break;
    case Literal::Kind::objection: condition.kind = Condition::Kind::objection; break;
    case Literal::Kind::notice: condition.kind = Condition::Kind::notice; break;
  }
  return condition;
}

bool one_sided(const Box& box) {
  return std::count_if(box.sides.begin(), box.sides.end(), [](const NodeSet& side) { return !side.any; }) == 1;
}

Truth check(const Question& question, const Residual& residual, const Rule& rule) {
  const Model& model = question.program.model;
  switch (residual.kind) {
    case Residual::Kind::literal: {
      const Literal& literal = question.program.index.literals[residual.index];
      const Truth truth = literal.kind == Literal::Kind::test
                              ? evaluate(model.vocabulary, model.tests[literal.index], question.point, question.facts.values)
                              : evaluate(model, leaf_of(literal), question.point, situation_of(question));
      return literal.negated ? !truth : truth;
    }
    case Residual::Kind::window:
      return truth((!rule.from || question.subject.now >= start_of(*rule.from)) &&
                   (!rule.until || question.subject.now <= end_of(*rule.until)));
    case Residual::Kind::excepts:
      return truth(std::none_of(rule.excepts.begin(), rule.excepts.end(), [&](const Box& except) {
        return !one_sided(except) && covers(model.vocabulary, except, question.point);
      }));
    case Residual::Kind::whole_condition: {
      const Situation situation = situation_of(question);
      const Truth when = rule.when ? evaluate(model, *rule.when, question.point, situation) : Truth::yes;
      return rule.unless ? both(when, !evaluate(model, *rule.unless, question.point, situation)) : when;
    }
  }
  return Truth::unknown;
}

// Worse statuses come first.
Status worse(Status a, Status b) { return std::min(a, b); }

}  // namespace

Truth check(const Question& question, std::uint32_t term) {
  const Index& index = question.program.index;
  const TermRow& row = index.terms[term];
  Truth truth = Truth::yes;
  if ((question.facts.known[term / 64] >> (term % 64) & 1) == 0) truth = Truth::unknown;
  if (!question.subject.known) {
    if ((row.ledger_true | row.ledger_false) != 0) truth = Truth::unknown;
  } else if ((row.ledger_true & ~question.ledger_bits) != 0 || (row.ledger_false & question.ledger_bits) != 0) {
    return Truth::no;
  }
  const Rule& rule = question.program.model.rules[row.rule];
  for (std::uint32_t r = row.residual; r != row.residual_end && truth != Truth::no; ++r)
    truth = both(truth, check(question, index.residuals[r], rule));
  return truth;
}

Decision Engine::decide(const Point& point, const Facts& facts, const Subject& subject) const noexcept {
  Decision decision;
  const Program& program = *program_;
  if (!facts.state_ || !subject.state_ || facts.state_->program != &program || subject.state_->program != &program)
    return decision;
  const auto& taxonomies = program.model.vocabulary.taxonomies;
  if (point.data >= taxonomies[0].nodes.size() || point.purpose >= taxonomies[1].nodes.size() ||
      point.partner >= taxonomies[2].nodes.size())
    return decision;
  const auto purposes = taxonomies[1].leaves_below(point.purpose);
  const auto partners = taxonomies[2].leaves_below(point.partner);
  if (std::uint64_t{program.data_points[point.data]} * purposes.size() * partners.size() > limits::request_points)
    return decision;

  Status status = Status::allowed;
  const auto ask = [&](NodeId data, NodeId purpose, NodeId partner) {
    const Point leaf{data, purpose, partner};
    const Question question{program, *facts.state_, *subject.state_, leaf,
                            subject.state_->known ? ledger_bits(*subject.state_, leaf) : 0};
    const Status at = decide_point(question, [&](RuleId rule) {
      const RuleRow& row = program.index.rules[rule];
      decision.keep_seconds_ = std::min(decision.keep_seconds_, row.keep_seconds);
      decision.obligations_ |= row.obligations;
    });
    status = worse(status, at);
  };
  for (const NodeId data : taxonomies[0].leaves_below(point.data))
    for (const NodeId purpose : purposes)
      for (const NodeId partner : partners) {
        ask(data, purpose, partner);
        for (const NodeId source : taxonomies[0].sources(data)) ask(source, purpose, partner);
        if (status == Status::forbidden) {
          decision = Decision();
          decision.status_ = status;
          return decision;
        }
      }
  if (status != Status::allowed) decision = Decision();
  decision.status_ = status;
  return decision;
}

}  // namespace zweck
