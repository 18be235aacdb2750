#include "engine/decide.hpp"

#include <algorithm>
#include <bitset>

#include "text/limits.hpp"

namespace zweck {
namespace {

Truth check(const Question& question, const LiteralRow& literal) {
  const Model& model = question.program.base();
  if (static_cast<Literal::Kind>(literal.kind) == Literal::Kind::test)
    return zweck::evaluate(model.vocabulary, model.tests[literal.index], question.point, question.facts.values);
  if (!question.subject.known) return Truth::unknown;
  if (!question.subject.program) {  // not bound, since it is asked once
    const LedgerView ledger{model.vocabulary, question.subject.ledger, question.subject.now};
    switch (static_cast<Literal::Kind>(literal.kind)) {
      case Literal::Kind::consent: return truth(ledger.consent(model.consent_tests[literal.index], question.point));
      case Literal::Kind::objection: return truth(ledger.objection(question.point));
      default: return truth(ledger.shown(model.notice_tests[literal.index]));
    }
  }
  switch (static_cast<Literal::Kind>(literal.kind)) {
    case Literal::Kind::consent:
      return truth(has_consent(question.subject, model.consent_tests[literal.index], question.point));
    case Literal::Kind::objection: return truth(has_objection(question.subject, question.point));
    default: return truth(was_shown(question.subject, model.notice_tests[literal.index]));
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

}  // namespace

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

Truth check_further(const Question& question, std::uint32_t term) {
  const Index& index = question.program.index();
  const LedgerMask& mask = index.ledger_masks[index.terms[term].ledger];
  const TermDetail& detail = index.details[term];
  Truth truth = Truth::yes;
  if ((question.facts.known[term / 64] >> (term % 64) & 1) == 0) truth = Truth::unknown;
  if (!question.subject.known && (mask.needed | mask.excluded) != 0) truth = Truth::unknown;
  for (std::uint32_t r = detail.residual; r != detail.residual_end && truth != Truth::no; ++r)
    truth = both(truth, check(question, index.residuals[r]));
  return truth;
}

namespace {

// Worse statuses come first.
Status worse(Status a, Status b) { return std::min(a, b); }

class Decider {
 public:
  Decider(const Program& program, const Facts::State& facts, const Subject::State& subject)
      : program_(program), facts_(facts), subject_(subject) {}

  // A request with groups or derived data is allowed as a whole or not at all.
  CachedDecision decide(const Point& point) {
    const Index& index = program_.index();
    if (index.data_points[point.data] == 1 && is_leaf(1, point.purpose) && is_leaf(2, point.partner) && is_leaf(0, point.data)) {
      ask(point);
      return settled();
    }
    const auto& taxonomies = program_.vocabulary().taxonomies;
    const auto purposes = taxonomies[1].leaves_below(point.purpose);
    const auto partners = taxonomies[2].leaves_below(point.partner);
    if (std::uint64_t{index.data_points[point.data]} * purposes.size() * partners.size() > limits::request_points)
      return {INT64_MAX, 0, Status::invalid};
    // Leaves have sources in common, and each is asked for once.
    std::bitset<limits::taxonomy_nodes> asked;
    for (const NodeId leaf : taxonomies[0].leaves_below(point.data)) {
      if (!ask_once(asked, leaf, purposes, partners)) return settled();
      for (const NodeId source : taxonomies[0].sources(leaf))
        if (!ask_once(asked, source, purposes, partners)) return settled();
    }
    return settled();
  }

 private:
  // Asks for data that was not asked for, with every purpose and partner. False once it is settled.
  bool ask_once(std::bitset<limits::taxonomy_nodes>& asked, NodeId data, std::span<const NodeId> purposes,
                std::span<const NodeId> partners) {
    if (asked[data]) return true;
    asked[data] = true;
    for (const NodeId purpose : purposes)
      for (const NodeId partner : partners) {
        ask({data, purpose, partner});
        if (status_ == Status::forbidden) return false;
      }
    return true;
  }

  // Only what is allowed obliges.
  CachedDecision settled() const {
    return status_ == Status::allowed ? CachedDecision{duty_.keep_seconds, duty_.obligations, status_}
                                      : CachedDecision{INT64_MAX, 0, status_};
  }

  bool is_leaf(std::size_t d, NodeId node) const { return program_.index().sides[d].row_of[node] != no_row; }

  void ask(const Point& leaf) {
    const Index& index = program_.index();
    const PointRows rows(index, leaf);
    for (const std::uint32_t* row : rows.rows) __builtin_prefetch(row);
    const Question question{program_, facts_, subject_, leaf, subject_.known ? ledger_bits(subject_, leaf) : 0};
    const Tally tally = decide_point(question, rows);
    status_ = worse(status_, tally.status());
    duty_.join(tally.duty());
  }

  const Program& program_;
  const Facts::State& facts_;
  const Subject::State& subject_;
  Status status_ = Status::allowed;
  Duty duty_;
};

}  // namespace

constinit thread_local CachePays cache_pays;

CachedDecision Engine::decide_anew(const Point& point, const Facts& facts, const Subject& subject) const noexcept {
  const auto& taxonomies = program_->vocabulary().taxonomies;
  if (!facts.state_ || !subject.state_ || facts.program_ != program_.get() || subject.state_->program != program_ ||
      point.data >= taxonomies[0].nodes.size() || point.purpose >= taxonomies[1].nodes.size() ||
      point.partner >= taxonomies[2].nodes.size())
    return {};
  return Decider(*program_, *facts.state_, *subject.state_).decide(point);
}

Decision Engine::decide(const Point& point, const Facts& facts, const Subject& subject) const noexcept {
  DecisionCache& cache = program_->cache();
  if (!cache.off() && may_be_cached(point, facts) && cache_pays.look()) [[likely]] {
    CachedDecision decision;
    if (cache.find(key_of(point, facts, subject), decision)) [[likely]] {
      cache_pays.hit();
      return decision_of(decision);
    }
    return decide_and_keep(point, facts, subject);
  }
  return decision_of(decide_anew(point, facts, subject));
}

// Apart, so that the way of what is found stays short.
[[gnu::noinline]] Decision Engine::decide_and_keep(const Point& point, const Facts& facts, const Subject& subject) const {
  cache_pays.miss();
  const CachedDecision decision = decide_anew(point, facts, subject);
  if (decision.status != Status::invalid) program_->cache().put(key_of(point, facts, subject), decision);
  return decision_of(decision);
}

}  // namespace zweck
