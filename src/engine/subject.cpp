#include <algorithm>
#include <atomic>
#include <bit>
#include <bitset>
#include <cstring>
#include <span>

#include "engine/event.hpp"
#include "text/limits.hpp"

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

class AtPoint {
 public:
  AtPoint(const Subject::State& subject, const Point& point)
      : subject_(subject), program_(*subject.program), leaves_{point.data, point.purpose, point.partner} {}

  std::uint64_t bits() const {
    const Said said = all_said();
    const std::uint32_t objection = program_.index().objection_bit();
    return said.tests | (said.objection && objection < 64 ? std::uint64_t{1} << objection : 0);
  }

  bool has_objection() const { return all_said().objection; }

  bool has_consent(const ConsentTest& test) const {
    const auto meets_it = [&](const BoundEvent& grant) { return meets(subject_.ledger[grant.event], test, subject_.now); };
    if (!is_long()) {
      for (std::uint64_t left = standing(reaching_events()); left != 0; left &= left - 1)
        if (meets_it(event(static_cast<std::uint32_t>(std::countr_zero(left))))) return true;
      return false;
    }
    const NoesHere noes(*this, noes_of_many());
    return !for_each_reaching(grants_of_many(), [&](const BoundEvent& grant) {
      return !meets_it(grant) || !noes.answered_by(grant) || !open(grant);
    });
  }

 private:
  // The tests that are met, as ledger bits, and whether there is an objection.
  struct Said {
    std::uint64_t tests = 0;
    bool objection = false;
  };

  const BoundEvent& event(std::uint32_t i) const { return subject_.events[i]; }
  bool is_long() const { return subject_.events.size() > events_at_once; }
  Said all_said() const { return is_long() ? said_by_many() : said_at_once(); }

  // --- All events at once ---

  static std::uint64_t first_bits(std::uint32_t count) {
    return count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  }

  // Of the events that reach the point, the grants that stand.
  std::uint64_t standing(std::uint64_t reaching) const {
    const std::uint64_t grants = first_bits(subject_.grants);
    const std::uint64_t noes = reaching & first_bits(subject_.grants + subject_.noes) & ~grants;
    std::uint64_t standing = 0;
    for (std::uint64_t left = reaching & grants; left != 0; left &= left - 1) {
      const BoundEvent& grant = event(static_cast<std::uint32_t>(std::countr_zero(left)));
      bool stands = open(grant);
      for (std::uint64_t no = noes; no != 0 && stands; no &= no - 1)
        stands = undoes(grant, event(static_cast<std::uint32_t>(std::countr_zero(no))));
      if (stands) standing |= left & -left;
    }
    return standing;
  }

  Said said_at_once() const {
    Said said{subject_.always, false};
    const std::uint64_t reaching = reaching_events();
    if (reaching == 0) return said;
    const std::uint64_t standing = this->standing(reaching);
    for (std::uint64_t left = standing; left != 0; left &= left - 1)
      said.tests |= event(static_cast<std::uint32_t>(std::countr_zero(left))).tests;
    for (std::uint64_t left = reaching & ~first_bits(subject_.grants); left != 0 && !said.objection; left &= left - 1) {
      const BoundEvent& objection = event(static_cast<std::uint32_t>(std::countr_zero(left)));
      said.objection = true;
      for (std::uint64_t grants = standing; grants != 0 && said.objection; grants &= grants - 1)
        said.objection = !undoes(event(static_cast<std::uint32_t>(std::countr_zero(grants))), objection);
    }
    return said;
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

  bool open(const BoundEvent& grant) const { return is_open(program_, grant.scope, grant.at, leaves_); }

  // --- More events than that ---

  using Events = std::span<const BoundEvent>;

  Events grants_of_many() const { return Events(subject_.events).first(subject_.grants); }
  Events noes_of_many() const { return Events(subject_.events).subspan(subject_.grants, subject_.noes); }

  Said said_by_many() const {
    const Events grants = grants_of_many(), noes = noes_of_many();
    const Events raised = Events(subject_.events).subspan(grants.size() + noes.size(), subject_.raised);
    const Events cleared = Events(subject_.events).subspan(grants.size() + noes.size() + raised.size());
    Said said{subject_.always, false};
    const NoesHere noes_here(*this, noes);
    bool any_stands = false;
    for_each_reaching(grants, [&](const BoundEvent& grant) {
      if (!noes_here.answered_by(grant) || !open(grant)) return true;
      any_stands = true;
      said.tests |= grant.tests;
      return true;
    });
    // What stands has answered every no that reaches the point.
    said.objection = noes_here.any() && !any_stands;
    if (said.objection) return said;
    const bool all_undone = for_each_reaching(raised, [&](const BoundEvent& objection) {
      const auto withdraws = [&](const BoundEvent& later) {
        return later.at > objection.at && within(program_, objection.scope, later.scope);
      };
      const auto overcomes = [&](const BoundEvent& grant) {
        return undoes(grant, objection) && noes_here.answered_by(grant) && open(grant);
      };
      return !for_each_reaching(cleared, [&](const BoundEvent& later) { return !withdraws(later); }) ||
             !for_each_reaching(grants, [&](const BoundEvent& grant) { return !overcomes(grant); });
    });
    said.objection = !all_undone;
    return said;
  }

  // The noes that reach the point, so that a grant is held against all of them at once: it answers them if it is later
  // than the latest, and in each dimension at or below every name that one of them has there.
  class NoesHere {
   public:
    NoesHere(const AtPoint& at, Events noes) : at_(at) {
      at.for_each_reaching(noes, [&](const BoundEvent& no) {
        latest_ = any_ ? std::max(latest_, no.at) : no.at;
        any_ = true;
        for (std::size_t d = 0; d < 3; ++d)
          if (no.scope[d] != any_node) names_[d].set(no.scope[d]);
        return true;
      });
    }
    bool any() const { return any_; }
    bool answered_by(const BoundEvent& grant) const {
      if (!any_) return true;
      if (grant.at <= latest_) return false;
      for (std::size_t d = 0; d < 3; ++d)
        for (const NodeId name : at_.above(d))
          if (names_[d].test(name) && !at_or_below(at_.program_, d, grant.scope[d], name)) return false;
      return true;
    }

   private:
    const AtPoint& at_;
    bool any_ = false;
    Time latest_;
    std::array<std::bitset<limits::taxonomy_nodes>, 3> names_;
  };

  std::span<const NodeId> above(std::size_t d) const { return program_.vocabulary().taxonomies[d].above(leaves_[d]); }

  struct ByName {
    std::size_t d;
    bool operator()(const BoundEvent& event, NodeId name) const { return event.scope[d] < name; }
    bool operator()(NodeId name, const BoundEvent& event) const { return name < event.scope[d]; }
  };

  // Calls use(event) for those that reach the point, out of events sorted by scope, until it returns false; then false.
  template <class Use>
  bool for_each_reaching(Events events, Use use, std::size_t d = 0) const {
    if (events.empty()) return true;
    if (d == 3) return std::all_of(events.begin(), events.end(), use);
    const auto named = [&](NodeId name) {
      const auto those = std::equal_range(events.begin(), events.end(), name, ByName{d});
      return for_each_reaching(Events(those.first, those.second), use, d + 1);
    };
    const auto names = above(d);
    return std::all_of(names.begin(), names.end(), named) && named(any_node);
  }

  const Subject::State& subject_;
  const Program& program_;
  Nodes leaves_;
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

// Leaves of events of one kind and scope the latest, and grants that meet tests which no later one meets: an earlier
// one is no harder to overcome or undo, and stands only where a later one does. Sorts them by scope, the latest first.
// Where some tests have no bits, so that it does not show which of them a grant meets, all are left.
void keep_latest(std::vector<BoundEvent>& events, bool tests_have_bits) {
  std::sort(events.begin(), events.end(), [](const BoundEvent& a, const BoundEvent& b) {
    return a.scope != b.scope ? a.scope < b.scope : a.at > b.at;
  });
  if (!tests_have_bits) return;
  std::uint64_t met = 0;
  std::size_t kept = 0;
  for (const BoundEvent& event : events) {
    const bool latest = kept == 0 || events[kept - 1].scope != event.scope;
    if (latest) met = 0;
    if (!latest && (event.tests & ~met) == 0) continue;
    met |= event.tests;
    events[kept++] = event;
  }
  events.resize(kept);
}

}  // namespace

std::shared_ptr<const Subject::State> bind(std::shared_ptr<const Program> program, std::optional<Ledger> given, Time now) {
  const Model& model = program->base();
  const Index& index = program->index();
  auto state = std::make_shared<Subject::State>();
  state->now = now;
  state->known = given.has_value();
  if (given) state->ledger = *std::move(given);
  std::vector<BoundEvent> grants, noes, raised, cleared;
  for (const Event& event : state->ledger) {
    if (event.at > now) continue;
    BoundEvent bound{event.scope, static_cast<std::uint32_t>(&event - state->ledger.data()), event.at, 0};
    switch (event.kind) {
      case Event::Kind::given:
        if (event.expires && *event.expires <= now) break;
        for (std::uint32_t test = 0; test < model.consent_tests.size() && test < 64; ++test)
          if (meets(event, model.consent_tests[test], now)) bound.tests |= std::uint64_t{1} << test;
        // A grant that meets no test still undoes an objection, so it stays.
        grants.push_back(bound);
        break;
      case Event::Kind::refused: noes.push_back(bound); break;
      case Event::Kind::raised: raised.push_back(bound); break;
      case Event::Kind::cleared: cleared.push_back(bound); break;
      case Event::Kind::shown:
        for (std::uint32_t test = 0; test < model.notice_tests.size() && index.notice_bit(test) < 64; ++test)
          if (event.notice == model.notice_tests[test].notice && event.version >= model.notice_tests[test].version)
            state->always |= std::uint64_t{1} << index.notice_bit(test);
        break;
    }
  }
  const auto count = [&] { return grants.size() + noes.size() + raised.size() + cleared.size(); };
  if (count() > events_at_once)
    for (auto* const events : {&grants, &noes, &raised, &cleared}) keep_latest(*events, index.all_tests_have_bits());
  if (count() <= events_at_once) {
    std::erase_if(raised, [&](const BoundEvent& objection) {
      return std::any_of(cleared.begin(), cleared.end(), [&](const BoundEvent& later) {
        return later.at > objection.at && within(*program, objection.scope, later.scope);
      });
    });
    cleared.clear();
  }
  state->grants = static_cast<std::uint32_t>(grants.size());
  state->noes = static_cast<std::uint32_t>(noes.size());
  state->raised = static_cast<std::uint32_t>(raised.size());
  for (const auto* const events : {&grants, &noes, &raised, &cleared})
    state->events.insert(state->events.end(), events->begin(), events->end());
  static std::atomic<std::uint64_t> bindings{1};
  state->serial = scattered(bindings.fetch_add(1, std::memory_order_relaxed));
  state->reach = reach_of(*program, state->events);
  state->program = std::move(program);
  return state;
}

Subject::Subject(std::shared_ptr<const State> state) : state_(std::move(state)), serial_(state_->serial) {}

Time Subject::now() const noexcept { return state_ ? state_->now : Time{}; }

std::uint64_t ledger_bits(const Subject::State& subject, const Point& point) { return AtPoint(subject, point).bits(); }

bool has_consent(const Subject::State& subject, const ConsentTest& test, const Point& point) {
  return AtPoint(subject, point).has_consent(test);
}

bool has_objection(const Subject::State& subject, const Point& point) { return AtPoint(subject, point).has_objection(); }

bool was_shown(const Subject::State& subject, const NoticeTest& test) {
  return std::any_of(subject.ledger.begin(), subject.ledger.end(), [&](const Event& event) {
    return event.kind == Event::Kind::shown && event.at <= subject.now && event.notice == test.notice &&
           event.version >= test.version;
  });
}

}  // namespace zweck
