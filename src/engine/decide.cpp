#include "engine/decide.hpp"

#include <algorithm>

#include "text/limits.hpp"

namespace zweck {
namespace {

Truth check(const Question& question, const LiteralRow& literal) {
  const Model& model = question.program.base();
  if (static_cast<Literal::Kind>(literal.kind) == Literal::Kind::test)
    return zweck::evaluate(model.vocabulary, model.tests[literal.index], question.point, question.facts.values);
  if (!question.subject.known) return Truth::unknown;
  const LedgerView ledger{model.vocabulary, question.subject.ledger, question.subject.now};
  switch (static_cast<Literal::Kind>(literal.kind)) {
    case Literal::Kind::consent: return truth(ledger.consent(model.consent_tests[literal.index], question.point));
    case Literal::Kind::objection: return truth(ledger.objection(question.point));
    default: return truth(ledger.shown(model.notice_tests[literal.index]));
  }
}

// By Kleene's logic.
Truth evaluate(const Question& question, std::uint32_t condition) {
  const Array<ConditionRow>& rows = question.program.index().conditions;
  const ConditionRow& row = rows[condition];
  const auto literal = [&](Literal::Kind kind) {
    return check(question, LiteralRow{static_cast<std::uint32_t>(kind), row.index, 0});
  };
  switch (static_cast<Condition::Kind>(row.kind)) {
    case Condition::Kind::all: {
      Truth result = Truth::yes;
      for (std::uint32_t part = condition + 1; part != row.end; part = rows[part].end)
        result = both(result, evaluate(question, part));
      return result;
    }
    case Condition::Kind::any: {
      Truth result = Truth::no;
      for (std::uint32_t part = condition + 1; part != row.end; part = rows[part].end)
        result = either(result, evaluate(question, part));
      return result;
    }
    case Condition::Kind::negation: return !evaluate(question, condition + 1);
    case Condition::Kind::consent: return literal(Literal::Kind::consent);
    case Condition::Kind::objection: return literal(Literal::Kind::objection);
    case Condition::Kind::notice: return literal(Literal::Kind::notice);
    case Condition::Kind::test: return literal(Literal::Kind::test);
  }
  return Truth::unknown;
}

bool covers(const Question& question, const ExceptRow& except) {
  const std::array leaves{question.point.data, question.point.purpose, question.point.partner};
  for (std::size_t d = 0; d < 3; ++d) {
    const auto nodes = question.program.index().except_nodes.slice(except.nodes[d], except.nodes_end[d]);
    if (nodes.empty()) continue;
    const auto above = question.program.vocabulary().taxonomies[d].above(leaves[d]);
    if (std::none_of(above.begin(), above.end(),
                     [&](NodeId node) { return std::binary_search(nodes.begin(), nodes.end(), node); }))
      return false;
  }
  return true;
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
      return truth(!covers(question, index.excepts[residual.index]));
    case Residual::Kind::condition: {
      const Truth truth = evaluate(question, residual.index);
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

namespace {

PointDecision decide_uncached(const Question& question) {
  PointDecision decision;
  decision.status = decide_point(question, [&](RuleId rule) {
    const RuleRow& row = question.program.index().rules[rule];
    decision.keep_seconds = std::min(decision.keep_seconds, row.keep_seconds);
    decision.obligations |= row.obligations;
  });
  if (decision.status != Status::allowed) decision = {INT64_MAX, 0, decision.status};
  return decision;
}

DecisionKey key_of(const Question& question) {
  const Point& point = question.point;
  return {std::uint64_t{point.data} | std::uint64_t{point.purpose} << 16 | std::uint64_t{point.partner} << 32 |
              std::uint64_t{question.subject.moment} << 48 | std::uint64_t{question.subject.known} << 63,
          question.facts.signature, question.ledger_bits};
}

PointDecision decide_at(const Question& question) {
  thread_local constinit CachePays cache_pays;
  DecisionCache& cache = question.program.cache();
  if (cache.off() || !cache_pays.look()) return decide_uncached(question);
  const DecisionKey key = key_of(question);
  PointDecision decision;
  const bool hit = cache.find(key, decision);
  cache_pays.found(hit);
  if (hit) return decision;
  decision = decide_uncached(question);
  cache.put(key, decision);
  return decision;
}

}  // namespace

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

  PointDecision worst{INT64_MAX, 0, Status::allowed};
  const auto ask = [&](NodeId data, NodeId purpose, NodeId partner) {
    const Point leaf{data, purpose, partner};
    const PointDecision at = decide_at({program, *facts.state_, *subject.state_, leaf,
                                        subject.state_->known ? ledger_bits(*subject.state_, leaf) : 0});
    worst.status = worse(worst.status, at.status);
    worst.keep_seconds = std::min(worst.keep_seconds, at.keep_seconds);
    worst.obligations |= at.obligations;
  };
  for (const NodeId data : taxonomies[0].leaves_below(point.data))
    for (const NodeId purpose : purposes)
      for (const NodeId partner : partners) {
        ask(data, purpose, partner);
        for (const NodeId source : taxonomies[0].sources(data)) ask(source, purpose, partner);
        if (worst.status == Status::forbidden) break;
      }
  decision.status_ = worst.status;
  if (worst.status != Status::allowed) return decision;
  decision.keep_seconds_ = worst.keep_seconds;
  decision.obligations_ = worst.obligations;
  return decision;
}

}  // namespace zweck
