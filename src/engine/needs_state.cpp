#include "engine/needs_state.hpp"

#include <algorithm>
#include <bit>
#include <span>

namespace zweck::needs {
namespace {

using Kind = Node::Kind;

std::size_t words_for(std::size_t bits) { return (bits + 63) / 64; }
bool has_bit(const State& state, std::size_t from, std::size_t bit) { return (state[from + bit / 64] >> (bit % 64) & 1) != 0; }
void set_bit(State& state, std::size_t from, std::size_t bit) { state[from + bit / 64] |= std::uint64_t{1} << (bit % 64); }

Cost cost_of(const Flavour& flavour) {
  return consent_cost + (flavour.is_explicit ? explicit_cost : 0) + (flavour.notice ? under_cost : 0);
}

}  // namespace

States::States(const Model& model, const Problem& problem) : model_(model), problem_(problem) {
  std::size_t at = 1 + words_for(problem.facts.size());
  notices_ = at;
  at += problem.slots.size();
  for (const OpenFact& fact : problem.facts) {
    facts_.push_back(at);
    at += fact.words;
    required_.push_back(at);
    if (fact.set) at += words_for(fact.literals.size());
  }
  unwanted_ = at;
  consents_ = at + words_for(problem.consents.size());
}

State States::first() const {
  State state(consents_);
  for (std::size_t i = 0; i < problem_.slots.size(); ++i)
    state[notices_ + i] = std::uint64_t{problem_.slots[i].thresholds.size() + 1} << 32;
  for (std::size_t i = 0; i < problem_.facts.size(); ++i)
    for (std::size_t cls = 0; cls < problem_.facts[i].classes.size(); ++cls) set_bit(state, facts_[i], cls);
  return state;
}

void States::ways(const State& state, const Node& literal, Cost consents_count, std::vector<Way>& into) {
  switch (literal.kind) {
    case Kind::fact: return fact_ways(state, literal, into);
    case Kind::member: return member_ways(state, literal, into);
    case Kind::consent: return consent_ways(state, literal, consents_count, into);
    case Kind::notice: return notice_ways(state, literal, into);
    case Kind::ledger:
      into.push_back({state, 0});
      into.back().state[0] |= wanted_ledger;
      return;
    case Kind::yes: into.push_back({state, 0}); return;
    default: return;
  }
}

bool States::holds(const State& state, const Shape& shape, const Node& node) const {
  const auto child_holds = [&](const Node& child) { return holds(state, shape, child); };
  const auto children = [&] { return std::span(shape.nodes).subspan(node.first, node.count); };
  const bool ledger = problem_.ledger_known || needs_ledger(state) || has_ledger(state);
  switch (node.kind) {
    case Kind::yes: return true;
    case Kind::no: return false;
    case Kind::all: {
      const auto all = children();
      return std::all_of(all.begin(), all.end(), child_holds);
    }
    case Kind::any: {
      const auto any = children();
      return std::any_of(any.begin(), any.end(), child_holds);
    }
    case Kind::ledger: return ledger;
    case Kind::consent:
      if (!node.wanted) return ledger && has_bit(state, unwanted_, node.first);
      return std::any_of(state.begin() + static_cast<std::ptrdiff_t>(consents_), state.end(),
                         [&](std::uint64_t id) { return meets(node.first, flavours_[id]); });
    case Kind::notice: {
      const NoticeLiteral& literal = problem_.notices[node.first];
      const std::uint64_t word = state[notices_ + literal.slot];
      return node.wanted ? least_of(word) >= literal.rank : ledger && below_of(word) <= literal.rank;
    }
    case Kind::fact:
    case Kind::member: break;
  }
  const FactLiteral& literal = problem_.literals[node.first];
  if (!touched(state, literal.fact)) return false;
  if (node.kind == Kind::member && node.wanted) return has_bit(state, required_[literal.fact], literal.bit);
  // None is left of the classes for which it comes out otherwise.
  const std::uint64_t* fits = mask(node.wanted ? literal.yes : literal.no);
  for (std::uint32_t i = 0; i < problem_.facts[literal.fact].words; ++i) {
    const std::uint64_t left = state[facts_[literal.fact] + i];
    if ((node.kind == Kind::member ? left & mask(literal.yes)[i] : left & ~fits[i]) != 0) return false;
  }
  return true;
}

void States::fact_ways(const State& state, const Node& node, std::vector<Way>& into) const {
  const FactLiteral& literal = problem_.literals[node.first];
  const std::uint64_t* fits = mask(node.wanted ? literal.yes : literal.no);
  const std::size_t at = facts_[literal.fact];
  std::uint64_t any = 0;
  for (std::uint32_t i = 0; i < problem_.facts[literal.fact].words; ++i) any |= state[at + i] & fits[i];
  if (any == 0) return;
  into.push_back({state, touched(state, literal.fact) ? 0 : fact_cost});
  State& next = into.back().state;
  for (std::uint32_t i = 0; i < problem_.facts[literal.fact].words; ++i) next[at + i] &= fits[i];
  set_bit(next, 1, literal.fact);
}

bool States::members_fit(const State& state, std::uint32_t fact) const {
  const OpenFact& open = problem_.facts[fact];
  for (std::size_t i = 0; i < open.literals.size(); ++i) {
    if (!has_bit(state, required_[fact], i)) continue;
    const std::uint64_t* has = mask(problem_.literals[open.literals[i]].yes);
    std::uint64_t any = 0;
    for (std::uint32_t w = 0; w < open.words; ++w) any |= state[facts_[fact] + w] & has[w];
    if (any == 0) return false;
  }
  return true;
}

void States::member_ways(const State& state, const Node& node, std::vector<Way>& into) const {
  const FactLiteral& literal = problem_.literals[node.first];
  Way way{state, touched(state, literal.fact) ? 0 : fact_cost};
  if (node.wanted) {
    set_bit(way.state, required_[literal.fact], literal.bit);
  } else {
    for (std::uint32_t i = 0; i < problem_.facts[literal.fact].words; ++i)
      way.state[facts_[literal.fact] + i] &= ~mask(literal.yes)[i];
  }
  set_bit(way.state, 1, literal.fact);
  if (members_fit(way.state, literal.fact)) into.push_back(std::move(way));
}

// --- Consents ---

bool States::meets(std::uint32_t test, const Flavour& flavour) const {
  const ConsentTest& wanted = model_.consent_tests[problem_.consents[test]];
  return (!wanted.explicit_ || flavour.is_explicit) &&
         (!wanted.under || (flavour.notice == wanted.under && flavour.version >= wanted.version));
}

bool States::unwanted(const State& state, const Flavour& flavour) const {
  for (std::uint32_t test = 0; test < problem_.consents.size(); ++test)
    if (has_bit(state, unwanted_, test) && meets(test, flavour)) return true;
  return false;
}

std::uint64_t States::id_of(const Flavour& flavour) {
  const auto place = std::find(flavours_.begin(), flavours_.end(), flavour);
  const auto id = static_cast<std::uint64_t>(place - flavours_.begin());
  if (place == flavours_.end()) flavours_.push_back(flavour);
  return id;
}

void States::consent_ways(const State& state, const Node& node, Cost count, std::vector<Way>& into) {
  if (!node.wanted) {
    for (std::size_t i = consents_; i < state.size(); ++i)
      if (meets(node.first, flavours_[state[i]])) return;
    into.push_back({state, 0});
    into.back().state[0] |= wanted_ledger;
    set_bit(into.back().state, unwanted_, node.first);
    return;
  }
  const ConsentTest& test = model_.consent_tests[problem_.consents[node.first]];
  const auto add = [&](const Flavour& flavour, std::size_t in_place_of, Cost cost) {
    if (unwanted(state, flavour)) return;
    Way way{state, cost};
    way.state[0] |= has_event;
    if (in_place_of < way.state.size()) way.state.erase(way.state.begin() + static_cast<std::ptrdiff_t>(in_place_of));
    way.state.push_back(id_of(flavour));
    std::sort(way.state.begin() + static_cast<std::ptrdiff_t>(consents_), way.state.end());
    into.push_back(std::move(way));
  };
  // One that is asked for already, if more is asked of it …
  for (std::size_t i = consents_; i < state.size(); ++i) {
    const Flavour before = flavours_[state[i]];
    if (meets(node.first, before)) {
      into.push_back({state, 0});
      return;
    }
    if (test.under && before.notice && before.notice != test.under) continue;
    Flavour more = before;
    more.is_explicit |= test.explicit_;
    if (test.under) {
      more.notice = test.under;
      more.version = std::max(more.version, test.version);
    }
    add(more, i, count * (cost_of(more) - cost_of(before)));
  }
  // … or one more.
  const Flavour fresh{test.explicit_, test.under, test.under ? test.version : 0};
  add(fresh, state.size(), count * cost_of(fresh));
}

std::optional<States::Way> States::any_consent(const State& state) const {
  if (unwanted(state, {})) return std::nullopt;
  Way way{state, consent_cost};
  way.state[0] |= has_event;
  return way;
}

std::vector<Flavour> States::consents(const State& state) const {
  std::vector<Flavour> all;
  for (std::size_t i = consents_; i < state.size(); ++i) {
    Flavour flavour = flavours_[state[i]];
    if (flavour.notice) {
      Flavour current = flavour;
      current.version = model_.vocabulary.notices[*flavour.notice].version;
      if (!unwanted(state, current)) flavour = current;
    }
    all.push_back(flavour);
  }
  std::sort(all.begin(), all.end());
  return all;
}

void States::leave_point(State& state) const {
  state.resize(consents_);
  std::fill(state.begin() + static_cast<std::ptrdiff_t>(unwanted_), state.end(), 0);
}

// --- Notices ---

void States::notice_ways(const State& state, const Node& node, std::vector<Way>& into) const {
  const NoticeLiteral& literal = problem_.notices[node.first];
  std::uint32_t least = least_of(state[notices_ + literal.slot]), below = below_of(state[notices_ + literal.slot]);
  const bool shown = least > 0;
  node.wanted ? least = std::max(least, literal.rank) : below = std::min(below, literal.rank);
  if (least >= below) return;
  into.push_back({state, node.wanted && !shown ? notice_cost : 0});
  into.back().state[notices_ + literal.slot] = std::uint64_t{below} << 32 | least;
  into.back().state[0] |= node.wanted ? has_event : wanted_ledger;
}

std::optional<States::Way> States::any_notice(const State& state, NoticeId& notice, std::int64_t& version) const {
  const auto& notices = model_.vocabulary.notices;
  for (notice = 0; notice < notices.size(); ++notice) {
    version = notices[notice].version;
    for (std::size_t i = 0; i < problem_.slots.size(); ++i) {
      const auto& thresholds = problem_.slots[i].thresholds;
      const std::uint32_t below = below_of(state[notices_ + i]);
      if (problem_.slots[i].notice == notice && below <= thresholds.size()) version = thresholds[below - 1] - 1;
    }
    if (version < 1) continue;
    Way way{state, other_notice_cost};
    way.state[0] |= has_event;
    return way;
  }
  return std::nullopt;
}

void States::read(const State& state, Solution& solution) const {
  for (std::size_t i = 0; i < problem_.slots.size(); ++i) {
    const NoticeSlot& slot = problem_.slots[i];
    const std::uint32_t least = least_of(state[notices_ + i]), below = below_of(state[notices_ + i]);
    if (least == 0) continue;
    // The current version, unless its being shown would be held against the use.
    const bool free = below > slot.thresholds.size();
    solution.notices.emplace_back(
        slot.notice, free ? model_.vocabulary.notices[slot.notice].version : slot.thresholds[least - 1]);
  }
  for (std::uint32_t i = 0; i < problem_.facts.size(); ++i) {
    if (!touched(state, i)) continue;
    const OpenFact& fact = problem_.facts[i];
    const auto first_of = [&](const std::uint64_t* fits) {
      for (std::uint32_t w = 0;; ++w) {
        const std::uint64_t left = state[facts_[i] + w] & (fits == nullptr ? ~std::uint64_t{0} : fits[w]);
        if (left != 0) return fact.classes[w * 64 + static_cast<std::size_t>(std::countr_zero(left))];
      }
    };
    if (!fact.set) {
      solution.facts.emplace_back(fact.id, Value::single(first_of(nullptr)));
      continue;
    }
    std::vector<std::int64_t> members;
    for (std::size_t bit = 0; bit < fact.literals.size(); ++bit)
      if (has_bit(state, required_[i], bit)) members.push_back(first_of(mask(problem_.literals[fact.literals[bit]].yes)));
    solution.facts.emplace_back(fact.id, Value::of_set(std::move(members)));
  }
}

}  // namespace zweck::needs
