#include <algorithm>

#include "engine/program.hpp"

namespace zweck {
namespace {

bool meets(const Event& given, const ConsentTest& test, Time now) {
  if (test.explicit_ && !given.explicit_) return false;
  if (test.within) {
    // In whole seconds upwards, since a duration below 2^63 seconds does not fit in microseconds.
    const std::int64_t age = now.microseconds - given.at.microseconds;
    const std::int64_t seconds = age / microseconds_per_second + (age % microseconds_per_second != 0);
    if (seconds > test.within->seconds) return false;
  }
  return !test.under || (given.notice == test.under && given.version >= test.version);
}

class AtPoint {
 public:
  AtPoint(const Subject::State& subject, const Point& point)
      : subject_(subject),
        taxonomies_(subject.program->vocabulary().taxonomies),
        leaves_{point.data, point.purpose, point.partner} {}

  std::uint64_t bits() const {
    std::uint64_t bits = subject_.always;
    for (const BoundEvent& grant : subject_.grants)
      if ((grant.tests & ~bits) != 0 && stands(grant)) bits |= grant.tests;
    const std::uint32_t objection = subject_.program->index().objection_bit();
    if (objection < 64 && objects()) bits |= std::uint64_t{1} << objection;
    return bits;
  }

 private:
  bool at_or_below(std::size_t d, NodeId lower, NodeId upper) const {
    return upper == any_node || (lower != any_node && taxonomies_[d].at_or_below(lower, upper));
  }

  bool reaches(const BoundEvent& event) const {
    for (std::size_t d = 0; d < 3; ++d)
      if (!at_or_below(d, leaves_[d], event.scope[d])) return false;
    return true;
  }

  bool within(const BoundEvent& inner, const BoundEvent& outer) const {
    for (std::size_t d = 0; d < 3; ++d)
      if (!at_or_below(d, inner.scope[d], outer.scope[d])) return false;
    return true;
  }

  // Whether nothing that is separate, or joined later, lies between the grant's names and the point.
  bool open_to(const BoundEvent& grant) const {
    for (std::size_t d = 0; d < 3; ++d) {
      if (grant.scope[d] == leaves_[d]) continue;
      for (const NodeId node : taxonomies_[d].above(leaves_[d])) {
        const Node& barrier = taxonomies_[d].nodes[node];
        if (!barrier.separate && !(barrier.since && start_of(*barrier.since) > grant.at)) continue;
        if (grant.scope[d] == any_node || !taxonomies_[d].at_or_below(grant.scope[d], node)) return false;
      }
    }
    return true;
  }

  bool stands(const BoundEvent& grant) const {
    return reaches(grant) && open_to(grant) && std::none_of(subject_.noes.begin(), subject_.noes.end(), [&](auto& no) {
      return reaches(no) && !(no.at < grant.at && within(grant, no));
    });
  }

  bool objects() const {
    const auto stays = [&](const BoundEvent& objection) {
      return reaches(objection) &&
             std::none_of(subject_.grants.begin(), subject_.grants.end(), [&](const BoundEvent& grant) {
               return grant.at > objection.at && within(grant, objection) && stands(grant);
             });
    };
    return std::any_of(subject_.noes.begin(), subject_.noes.end(), stays) ||
           std::any_of(subject_.raised.begin(), subject_.raised.end(), stays);
  }

  const Subject::State& subject_;
  const std::vector<Taxonomy>& taxonomies_;
  std::array<NodeId, 3> leaves_;
};

bool within(const std::vector<Taxonomy>& taxonomies, const Event& inner, const Event& outer) {
  for (std::size_t d = 0; d < 3; ++d) {
    if (outer.scope[d] == any_node) continue;
    if (inner.scope[d] == any_node || !taxonomies[d].at_or_below(inner.scope[d], outer.scope[d])) return false;
  }
  return true;
}

}  // namespace

std::shared_ptr<const Subject::State> bind(std::shared_ptr<const Program> program, std::optional<Ledger> given, Time now) {
  const Model& model = program->base();
  const Index& index = program->index();
  auto state = std::make_shared<Subject::State>();
  state->now = now;
  state->known = given.has_value();
  if (given) state->ledger = *std::move(given);
  const Ledger& ledger = state->ledger;
  for (const Event& event : ledger) {
    if (event.at > now) continue;
    BoundEvent bound{event.scope, event.at, 0};
    switch (event.kind) {
      case Event::Kind::given:
        if (event.expires && *event.expires <= now) break;
        for (std::uint32_t test = 0; test < model.consent_tests.size() && test < 64; ++test)
          if (meets(event, model.consent_tests[test], now)) bound.tests |= std::uint64_t{1} << test;
        // A grant that meets no test still undoes an objection, so it stays.
        state->grants.push_back(bound);
        break;
      case Event::Kind::refused: state->noes.push_back(bound); break;
      case Event::Kind::raised:
        if (std::none_of(ledger.begin(), ledger.end(), [&](const Event& later) {
              return later.kind == Event::Kind::cleared && later.at <= now && later.at > event.at &&
                     within(model.vocabulary.taxonomies, event, later);
            }))
          state->raised.push_back(bound);
        break;
      case Event::Kind::cleared: break;
      case Event::Kind::shown:
        for (std::uint32_t test = 0; test < model.notice_tests.size() && index.notice_bit(test) < 64; ++test)
          if (event.notice == model.notice_tests[test].notice && event.version >= model.notice_tests[test].version)
            state->always |= std::uint64_t{1} << index.notice_bit(test);
        break;
    }
  }
  state->program = std::move(program);
  return state;
}

Time Subject::now() const { return state_ ? state_->now : Time{}; }

std::uint64_t ledger_bits(const Subject::State& subject, const Point& point) { return AtPoint(subject, point).bits(); }

}  // namespace zweck
