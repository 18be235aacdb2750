// What has been chosen so far in the search for needs: packed into words, so that states can be told apart quickly.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/needs_problem.hpp"
#include "engine/needs_search.hpp"

namespace zweck::needs {

// The number of things in the upper half, and below it what decides between equally many: what bothers the customer least.
using Cost = std::uint64_t;
constexpr Cost one_thing = Cost{1} << 32;
constexpr Cost fact_cost = one_thing, notice_cost = one_thing;
constexpr Cost consent_cost = one_thing + 8;
constexpr Cost explicit_cost = 1, under_cost = 1;
// A notice that no rule asks for, only so that there is a ledger: if nothing else is.
constexpr Cost other_notice_cost = one_thing + 64;

// Flags; which facts are asked for; for each notice which thresholds it must reach and must not; for each fact the classes
// that are left and, of a set, the literals that need a member; the consent tests that must not be met at the point at
// hand; and the consents asked for there.
using State = std::vector<std::uint64_t>;

class States {
 public:
  States(const Model& model, const Problem& problem);

  State first() const;
  // Tries to make a literal true: each way is a state of its own with what it costs. None if it cannot be.
  struct Way {
    State state;
    Cost cost = 0;
  };
  void ways(const State& state, const Node& literal, Cost consents_count, std::vector<Way>& into);
  // Whether the formula is true already, whatever else is chosen. False where that is not plain.
  bool holds(const State& state, const Shape& shape, const Node& node) const;

  // To ask for a consent at one point only so that there is a ledger.
  std::optional<Way> any_consent(const State& state) const;
  // The same with a notice; the state of the whole request is final then.
  std::optional<Way> any_notice(const State& state, NoticeId& notice, std::int64_t& version) const;
  bool needs_ledger(const State& state) const { return (state[0] & wanted_ledger) != 0; }
  bool has_ledger(const State& state) const { return problem_.ledger_known || (state[0] & has_event) != 0; }

  // The consents asked for at the point at hand, under the current version of a notice where that does no harm.
  std::vector<Flavour> consents(const State& state) const;
  // Goes on to the next point.
  void leave_point(State& state) const;
  // The notices and facts chosen.
  void read(const State& state, Solution& solution) const;

 private:
  static constexpr std::uint64_t wanted_ledger = 1, has_event = 2;
  static constexpr std::uint32_t least_of(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
  static constexpr std::uint32_t below_of(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

  bool touched(const State& state, std::uint32_t fact) const { return (state[1 + fact / 64] >> (fact % 64) & 1) != 0; }
  bool meets(std::uint32_t test, const Flavour& flavour) const;
  bool unwanted(const State& state, const Flavour& flavour) const;
  std::uint64_t id_of(const Flavour& flavour);
  const std::uint64_t* mask(std::uint32_t at) const { return problem_.masks.data() + at; }

  void fact_ways(const State& state, const Node& literal, std::vector<Way>& into) const;
  void member_ways(const State& state, const Node& literal, std::vector<Way>& into) const;
  void consent_ways(const State& state, const Node& literal, Cost count, std::vector<Way>& into);
  void notice_ways(const State& state, const Node& literal, std::vector<Way>& into) const;
  bool members_fit(const State& state, std::uint32_t fact) const;

  const Model& model_;
  const Problem& problem_;
  std::vector<Flavour> flavours_;      // by the ids in states
  std::size_t notices_ = 0;            // where in a state they begin
  std::vector<std::size_t> facts_;     // where the classes of a fact begin
  std::vector<std::size_t> required_;  // where the literals of a set begin that need a member
  std::size_t unwanted_ = 0, consents_ = 0;
};

}  // namespace zweck::needs
