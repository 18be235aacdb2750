#include "engine/decide.hpp"

#include <algorithm>

#include "text/limits.hpp"

namespace zweck {
namespace {

Situation situation_of(const Question& question) {
  return {question.subject.now, question.facts.values, question.subject.known ? &question.subject.ledger : nullptr};
}

Truth check(const Question& question, const LiteralRow& literal) {
  const Model& model = question.program.base();
  if (static_cast<Literal::Kind>(literal.kind) == Literal::Kind::test)
    return evaluate(model.vocabulary, model.tests[literal.index], question.point, question.facts.values);
  if (!question.subject.known) return Truth::unknown;
  const LedgerView ledger{model.vocabulary, question.subject.ledger, question.subject.now};
  switch (static_cast<Literal::Kind>(literal.kind)) {
    case Literal::Kind::consent: return truth(ledger.consent(model.consent_tests[literal.index], question.point));
    case Literal::Kind::objection: return truth(ledger.objection(question.point));
    default: return truth(ledger.shown(model.notice_tests[literal.index]));
  }
}

Truth check(const Question& question, const Residual& residual) {
  const Index& index = question.program.index();
  switch (residual.kind) {
    case Residual::Kind::literal: {
      const LiteralRow& literal = index.literals[residual.index];
      const Truth truth = check(question, literal);
      return literal.negated != 0 ? !truth : truth;
    }
    case Residual::Kind::window: {
      const Window& window = index.windows[residual.index];
      const std::int64_t now = question.subject.now.microseconds;
      return truth(window.first <= now && now <= window.last);
    }
    case Residual::Kind::except:
      return truth(!covers(question.program.vocabulary(), question.program.excepts()[residual.index], question.point));
    case Residual::Kind::condition: {
      const Truth truth = evaluate(question.program.base(), question.program.conditions()[residual.index], question.point,
                                   situation_of(question));
      return residual.negated != 0 ? !truth : truth;
    }
  }
  return Truth::unknown;
}

// Worse statuses come first.
Status worse(Status a, Status b) { return std::min(a, b); }

}  // namespace

Truth check(const Question& question, std::uint32_t term) {
  const Index& index = question.program.index();
  const TermRow& row = index.terms[term];
  Truth truth = Truth::yes;
  if ((question.facts.known[term / 64] >> (term % 64) & 1) == 0) truth = Truth::unknown;
  if (!question.subject.known) {
    if ((row.ledger_true | row.ledger_false) != 0) truth = Truth::unknown;
  } else if ((row.ledger_true & ~question.ledger_bits) != 0 || (row.ledger_false & question.ledger_bits) != 0) {
    return Truth::no;
  }
  for (std::uint32_t r = row.residual; r != row.residual_end && truth != Truth::no; ++r)
    truth = both(truth, check(question, index.residuals[r]));
  return truth;
}

Decision Engine::decide(const Point& point, const Facts& facts, const Subject& subject) const noexcept {
  Decision decision;
  const Program& program = *program_;
  if (!facts.state_ || !subject.state_ || facts.state_->program != program_ || subject.state_->program != program_)
    return decision;
  const auto& taxonomies = program.vocabulary().taxonomies;
  if (point.data >= taxonomies[0].nodes.size() || point.purpose >= taxonomies[1].nodes.size() ||
      point.partner >= taxonomies[2].nodes.size())
    return decision;
  const auto purposes = taxonomies[1].leaves_below(point.purpose);
  const auto partners = taxonomies[2].leaves_below(point.partner);
  if (std::uint64_t{program.index().data_points[point.data]} * purposes.size() * partners.size() > limits::request_points)
    return decision;

  Status status = Status::allowed;
  const auto ask = [&](NodeId data, NodeId purpose, NodeId partner) {
    const Point leaf{data, purpose, partner};
    const Question question{program, *facts.state_, *subject.state_, leaf,
                            subject.state_->known ? ledger_bits(*subject.state_, leaf) : 0};
    const Status at = decide_point(question, [&](RuleId rule) {
      const RuleRow& row = program.index().rules[rule];
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
