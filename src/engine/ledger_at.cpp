#include "engine/ledger_at.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "engine/event.hpp"

namespace zweck {

namespace {

constexpr std::uint64_t bit(std::uint32_t at) { return at < 64 ? std::uint64_t{1} << at : 0; }

// Events that reach the point: no other one matters there, since what answers an event that reaches a point, and holds
// its scope within its own, reaches the point too.
class Events {
 public:
  static constexpr std::size_t most = 32;

  bool add(const Event& event) {
    if (size_ == most) return false;
    events_[size_++] = &event;
    return true;
  }
  const Event* const* begin() const { return events_.data(); }
  const Event* const* end() const { return events_.data() + size_; }
  void clear() { size_ = 0; }

 private:
  std::array<const Event*, most> events_;
  std::size_t size_ = 0;
};

class AtPoint {
 public:
  AtPoint(const Program& program, Time now, const Point& point)
      : program_(program), index_(program.index()), now_(now), leaves_{point.data, point.purpose, point.partner} {
    for (std::size_t d = 0; d < 3; ++d) numbers_[d] = index_.sides[d].preorder[leaves_[d]];
  }

  std::optional<std::uint64_t> bits(const Ledger& ledger) {
    const EventMasks& masks = program_.masks();
    std::uint64_t bits = 0;
    bool few = true;
    for (const Event& event : ledger) {
      if (event.at > now_) continue;
      if (event.kind == Event::Kind::shown) {
        bits |= shown(event, masks.shown[*event.notice]);
        continue;
      }
      if (!reaches(event.scope)) continue;
      switch (event.kind) {
        case Event::Kind::given:
          if (!event.expires || *event.expires > now_) few &= grants_.add(event);
          break;
        case Event::Kind::refused: few &= noes_.add(event); break;
        case Event::Kind::raised: few &= raised_.add(event); break;
        default: few &= cleared_.add(event);
      }
    }
    if (!few) return std::nullopt;
    Events standing;
    for (const Event* grant : grants_) {
      if (!is_open(program_, grant->scope, grant->at, leaves_)) continue;
      if (!std::all_of(noes_.begin(), noes_.end(), [&](const Event* no) { return answers(*grant, *no); })) continue;
      standing.add(*grant);
      bits |= met_by(*grant, masks);
    }
    const auto undone = [&](const Event& objection) {
      return std::any_of(standing.begin(), standing.end(), [&](const Event* grant) { return answers(*grant, objection); });
    };
    for (const Event* no : noes_)
      if (!undone(*no)) return bits | bit(index_.objection_bit());
    for (const Event* objection : raised_) {
      const bool cleared =
          std::any_of(cleared_.begin(), cleared_.end(), [&](const Event* clears) {
            return clears->at > objection->at && within(program_, objection->scope, clears->scope);
          });
      if (!cleared && !undone(*objection)) return bits | bit(index_.objection_bit());
    }
    return bits;
  }

 private:
  bool reaches(const Nodes& scope) const {
    for (std::size_t d = 0; d < 3; ++d) {
      if (scope[d] == any_node) continue;
      const Side& side = index_.sides[d];
      const std::uint32_t below = side.below[scope[d]];
      if (below == not_a_tree ? !program_.vocabulary().taxonomies[d].at_or_below(leaves_[d], scope[d])
                              : static_cast<std::uint16_t>(numbers_[d] - side.preorder[scope[d]]) > below)
        return false;
    }
    return true;
  }

  // Whether the grant answers this no or objection: later, and to the same question or a narrower one.
  bool answers(const Event& grant, const Event& no) const {
    return no.at < grant.at && within(program_, grant.scope, no.scope);
  }

  std::uint64_t met_by(const Event& grant, const EventMasks& masks) const {
    const std::vector<ConsentTest>& tests = program_.base().consent_tests;
    std::uint64_t met = masks.under_any;
    if (grant.notice)
      for (std::uint64_t left = masks.under[*grant.notice]; left != 0; left &= left - 1)
        if (grant.version >= tests[static_cast<std::size_t>(std::countr_zero(left))].version) met |= left & -left;
    if (!grant.explicit_) met &= masks.ordinary;
    for (std::uint64_t left = met & masks.within; left != 0; left &= left - 1)
      if (!is_recent(grant.at, *tests[static_cast<std::size_t>(std::countr_zero(left))].within, now_)) met &= ~(left & -left);
    return met;
  }

  std::uint64_t shown(const Event& event, std::uint64_t tests) const {
    std::uint64_t met = 0;
    for (; tests != 0; tests &= tests - 1) {
      const auto test = static_cast<std::uint32_t>(std::countr_zero(tests)) - index_.notice_bit(0);
      if (event.version >= program_.base().notice_tests[test].version) met |= tests & -tests;
    }
    return met;
  }

  const Program& program_;
  const Index& index_;
  Time now_;
  Nodes leaves_;
  std::array<std::uint16_t, 3> numbers_;
  Events grants_, noes_, raised_, cleared_;
};

}  // namespace

EventMasks event_masks(const Model& model, const Index& index) {
  EventMasks masks;
  masks.under.resize(model.vocabulary.notices.size());
  masks.shown.resize(model.vocabulary.notices.size());
  for (std::uint32_t i = 0; i < model.consent_tests.size(); ++i) {
    const ConsentTest& test = model.consent_tests[i];
    if (!test.explicit_) masks.ordinary |= bit(i);
    if (test.within) masks.within |= bit(i);
    (test.under ? masks.under[*test.under] : masks.under_any) |= bit(i);
  }
  for (std::uint32_t i = 0; i < model.notice_tests.size(); ++i)
    masks.shown[model.notice_tests[i].notice] |= bit(index.notice_bit(i));
  return masks;
}

std::optional<std::uint64_t> ledger_at(const Program& program, const Ledger& ledger, Time now, const Point& point) {
  return AtPoint(program, now, point).bits(ledger);
}

}  // namespace zweck
