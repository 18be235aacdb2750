#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>

#include "engine/program.hpp"

namespace zweck {
namespace {

// Eight numbers compared at once (every 64-bit machine has vectors of this size).
constexpr std::uint32_t lane_group = 8;
using Lanes = std::uint16_t __attribute__((vector_size(2 * lane_group)));

Lanes lanes_at(const std::uint16_t* numbers) {
  Lanes lanes;
  std::memcpy(&lanes, numbers, sizeof lanes);
  return lanes;
}

// A bit for every lane that is all ones; the others are zero.
std::uint8_t one_bit_each(Lanes lanes) {
  constexpr Lanes bit{1, 2, 4, 8, 16, 32, 64, 128};
  lanes &= bit;
  std::uint64_t halves[2];
  std::memcpy(halves, &lanes, sizeof lanes);
  std::uint64_t sum = halves[0] | halves[1];
  sum |= sum >> 32;
  return static_cast<std::uint8_t>(sum | sum >> 16);
}

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

bool at_or_below(const Program& program, std::size_t d, NodeId lower, NodeId upper) {
  if (upper == any_node) return true;
  if (lower == any_node) return false;
  const Side& side = program.index().sides[d];
  if (side.below[upper] == not_a_tree) return program.vocabulary().taxonomies[d].at_or_below(lower, upper);
  return static_cast<std::uint16_t>(side.preorder[lower] - side.preorder[upper]) <= side.below[upper];
}

bool within(const Program& program, const std::array<NodeId, 3>& inner, const std::array<NodeId, 3>& outer) {
  return at_or_below(program, 0, inner[0], outer[0]) && at_or_below(program, 1, inner[1], outer[1]) &&
         at_or_below(program, 2, inner[2], outer[2]);
}

class AtPoint {
 public:
  AtPoint(const Subject::State& subject, const Point& point)
      : subject_(subject), program_(*subject.program), leaves_{point.data, point.purpose, point.partner} {}

  std::uint64_t bits() const {
    const std::uint32_t objection = program_.index().objection_bit();
    const std::uint64_t objection_bit = objection < 64 ? std::uint64_t{1} << objection : 0;
    if (subject_.events.size() <= events_at_once) return bits_at_once(objection_bit);
    std::uint64_t bits = subject_.always;
    for (std::uint32_t grant = 0; grant < subject_.grants; ++grant)
      if ((event(grant).tests & ~bits) != 0 && stands(grant)) bits |= event(grant).tests;
    for (std::uint32_t no = subject_.grants; no < subject_.events.size(); ++no)
      if (reaches(no) && !undone(no)) return bits | objection_bit;
    return bits;
  }

 private:
  const BoundEvent& event(std::uint32_t i) const { return subject_.events[i]; }

  // --- All events at once ---

  std::uint64_t bits_at_once(std::uint64_t objection_bit) const {
    std::uint64_t bits = subject_.always;
    const std::uint64_t reaching = reaching_events();
    if (reaching == 0) return bits;
    const std::uint64_t all_grants = subject_.grants == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << subject_.grants) - 1;
    const std::uint32_t up_to_noes = subject_.grants + subject_.noes;
    const std::uint64_t before_raised = up_to_noes == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << up_to_noes) - 1;
    const std::uint64_t noes = reaching & before_raised & ~all_grants;
    std::uint64_t standing = 0;
    for (std::uint64_t grants = reaching & all_grants; grants != 0; grants &= grants - 1) {
      const auto grant = static_cast<std::uint32_t>(std::countr_zero(grants));
      bool stands = open(event(grant));
      for (std::uint64_t left = noes; left != 0 && stands; left &= left - 1)
        stands = undoes(event(grant), event(static_cast<std::uint32_t>(std::countr_zero(left))));
      if (!stands) continue;
      standing |= std::uint64_t{1} << grant;
      bits |= event(grant).tests;
    }
    for (std::uint64_t left = reaching & ~all_grants; left != 0; left &= left - 1) {
      const BoundEvent& objection = event(static_cast<std::uint32_t>(std::countr_zero(left)));
      bool undone = false;
      for (std::uint64_t grants = standing; grants != 0 && !undone; grants &= grants - 1)
        undone = undoes(event(static_cast<std::uint32_t>(std::countr_zero(grants))), objection);
      if (!undone) return bits | objection_bit;
    }
    return bits;
  }

  std::uint64_t reaching_events() const {
    const Reach& reach = subject_.reach;
    const std::uint32_t lanes = reach.lanes;
    const auto& sides = program_.index().sides;
    const std::uint16_t data = sides[0].preorder[leaves_[0]];
    const std::uint16_t purpose = sides[1].preorder[leaves_[1]];
    const std::uint16_t partner = sides[2].preorder[leaves_[2]];
    const std::uint16_t* stretch = reach.stretches.data();
    std::uint64_t reaching = 0;
    const auto lies_in = [&](std::uint16_t at, std::uint32_t first, std::uint32_t more) {
      return static_cast<Lanes>((at - lanes_at(stretch + first)) <= lanes_at(stretch + more));
    };
    for (std::uint32_t group = 0; group < lanes; group += lane_group) {
      const Lanes hit = lies_in(data, group, lanes + group) & lies_in(purpose, 2 * lanes + group, 3 * lanes + group) &
                        lies_in(partner, 4 * lanes + group, 5 * lanes + group);
      reaching |= std::uint64_t{one_bit_each(hit)} << group;
    }
    // Padding reaches everything or nothing, whatever it holds: it is cut off here.
    if (subject_.events.size() < 64) reaching &= (std::uint64_t{1} << subject_.events.size()) - 1;
    for (std::uint64_t left = reach.irregular; left != 0; left &= left - 1) {
      const auto i = static_cast<std::uint32_t>(std::countr_zero(left));
      const std::uint64_t bit = std::uint64_t{1} << i;
      reaching = reaches(i) ? reaching | bit : reaching & ~bit;
    }
    return reaching;
  }

  // --- One by one ---

  bool reaches(std::uint32_t i) const { return within(program_, leaves_, event(i).scope); }

  // Whether the grant answers this no or objection: later, and to the same question or a narrower one.
  bool undoes(const BoundEvent& grant, const BoundEvent& no) const {
    return no.at < grant.at && within(program_, grant.scope, no.scope);
  }

  // Whether nothing that is separate, or joined later, lies between the grant's names and the point.
  bool open(const BoundEvent& grant) const {
    for (std::size_t d = 0; d < 3; ++d) {
      if (grant.scope[d] == leaves_[d] || program_.index().sides[d].guarded[leaves_[d]] == 0) continue;
      const Taxonomy& taxonomy = program_.vocabulary().taxonomies[d];
      for (const NodeId above : taxonomy.above(leaves_[d])) {
        const Node& node = taxonomy.nodes[above];
        if (!node.separate && !(node.since && start_of(*node.since) > grant.at)) continue;
        if (grant.scope[d] == any_node || !taxonomy.at_or_below(grant.scope[d], above)) return false;
      }
    }
    return true;
  }

  bool stands(std::uint32_t grant) const {
    if (!reaches(grant) || !open(event(grant))) return false;
    for (std::uint32_t no = subject_.grants; no < subject_.grants + subject_.noes; ++no)
      if (reaches(no) && !undoes(event(grant), event(no))) return false;
    return true;
  }

  bool undone(std::uint32_t objection) const {
    for (std::uint32_t grant = 0; grant < subject_.grants; ++grant)
      if (undoes(event(grant), event(objection)) && stands(grant)) return true;
    return false;
  }

  const Subject::State& subject_;
  const Program& program_;
  std::array<NodeId, 3> leaves_;
};

Reach reach_of(const Program& program, const std::vector<BoundEvent>& events) {
  Reach reach;
  if (events.empty() || events.size() > events_at_once) return reach;
  const auto count = static_cast<std::uint32_t>(events.size());
  reach.lanes = (count + lane_group - 1) / lane_group * lane_group;
  reach.stretches.assign(std::size_t{6} * reach.lanes, 0);
  for (std::uint32_t i = 0; i < count; ++i)
    for (std::size_t d = 0; d < 3; ++d) {
      std::uint16_t& first = reach.stretches[2 * d * reach.lanes + i];
      std::uint16_t& more = reach.stretches[(2 * d + 1) * reach.lanes + i];
      const NodeId name = events[i].scope[d];
      const Side& side = program.index().sides[d];
      if (name == any_node) {
        more = UINT16_MAX;
      } else if (side.below[name] == not_a_tree) {
        reach.irregular |= std::uint64_t{1} << i;
      } else {
        first = side.preorder[name];
        more = static_cast<std::uint16_t>(side.below[name]);
      }
    }
  return reach;
}

}  // namespace

std::shared_ptr<const Subject::State> bind(std::shared_ptr<const Program> program, std::optional<Ledger> given, Time now) {
  const Model& model = program->base();
  const Index& index = program->index();
  auto state = std::make_shared<Subject::State>();
  state->now = now;
  state->known = given.has_value();
  if (given) state->ledger = *std::move(given);
  std::vector<BoundEvent> noes, raised;
  for (const Event& event : state->ledger) {
    if (event.at > now) continue;
    BoundEvent bound{event.scope, event.at, 0};
    switch (event.kind) {
      case Event::Kind::given:
        if (event.expires && *event.expires <= now) break;
        for (std::uint32_t test = 0; test < model.consent_tests.size() && test < 64; ++test)
          if (meets(event, model.consent_tests[test], now)) bound.tests |= std::uint64_t{1} << test;
        // A grant that meets no test still undoes an objection, so it stays.
        state->events.push_back(bound);
        break;
      case Event::Kind::refused: noes.push_back(bound); break;
      case Event::Kind::raised:
        if (std::none_of(state->ledger.begin(), state->ledger.end(), [&](const Event& later) {
              return later.kind == Event::Kind::cleared && later.at <= now && later.at > event.at &&
                     within(*program, event.scope, later.scope);
            }))
          raised.push_back(bound);
        break;
      case Event::Kind::cleared: break;
      case Event::Kind::shown:
        for (std::uint32_t test = 0; test < model.notice_tests.size() && index.notice_bit(test) < 64; ++test)
          if (event.notice == model.notice_tests[test].notice && event.version >= model.notice_tests[test].version)
            state->always |= std::uint64_t{1} << index.notice_bit(test);
        break;
    }
  }
  state->grants = static_cast<std::uint32_t>(state->events.size());
  state->noes = static_cast<std::uint32_t>(noes.size());
  state->events.insert(state->events.end(), noes.begin(), noes.end());
  state->events.insert(state->events.end(), raised.begin(), raised.end());
  static std::atomic<std::uint64_t> bindings{1};
  state->serial = scattered(bindings.fetch_add(1, std::memory_order_relaxed));
  state->reach = reach_of(*program, state->events);
  state->program = std::move(program);
  return state;
}

Subject::Subject(std::shared_ptr<const State> state) : state_(std::move(state)), serial_(state_->serial) {}

Time Subject::now() const { return state_ ? state_->now : Time{}; }

std::uint64_t ledger_bits(const Subject::State& subject, const Point& point) { return AtPoint(subject, point).bits(); }

}  // namespace zweck
