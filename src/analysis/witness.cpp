#include "analysis/witness.hpp"

#include <algorithm>

namespace zweck::analysis {

namespace {

constexpr std::int64_t day = seconds_per_day * microseconds_per_second;
constexpr std::int64_t first_time = -719'528 * day;       // 0000-01-01
constexpr std::int64_t last_time = 2'932'897 * day - 1;   // the end of 9999-12-31
constexpr std::int64_t usual_time = 20'454 * day;         // 2026-01-01, where any time will do

// The class of times that holds the usual one.
std::uint32_t usual_bit(const Variable& time) {
  const auto after = std::upper_bound(time.starts.begin(), time.starts.end(), usual_time);
  return static_cast<std::uint32_t>(after - time.starts.begin());
}

std::int64_t longest_within(const Formulas& formulas) {
  std::int64_t longest = 0;
  for (const GrantKind& grant : formulas.grants) {
    if (grant.within) longest = std::max(longest, grant.within->seconds);
  }
  return longest;
}

// How long before the request a grant of this kind was given: as long as it may be, so that it is no fresher than
// asked for.
std::int64_t age_of(const GrantKind& grant, std::int64_t longest) {
  if (grant.within) return grant.within->seconds * microseconds_per_second;
  return longest * microseconds_per_second + day;
}

std::int64_t time_of(const Formulas& formulas, const Found& found, std::int64_t oldest) {
  const Variable& time = formulas.variables[formulas.time];
  const std::uint32_t bit = found.assignment.bit[formulas.time];
  const std::int64_t start = time.starts[bit - 1];
  const std::int64_t last = bit < time.starts.size() ? time.starts[bit] - 1 : last_time;
  std::int64_t chosen = start;
  if (start <= usual_time && usual_time <= last)
    chosen = usual_time;
  else if (bit == 1)
    chosen = std::max(start, last + 1 - day);
  return chosen - oldest < first_time ? last / microseconds_per_second * microseconds_per_second : chosen;
}

}  // namespace

void simplify(const Formulas& formulas, Finder& finder, const Question& question, Found& found) {
  Bits rules = question.denies;
  rules |= question.allows;
  std::vector<Rank> covering;
  finder.covering(found.cell, rules, covering);
  simplify(formulas, found, [&](const Assignment& assignment, std::uint32_t) {
    const auto holds = [&](const Want& want) { return finder.solver().holds(want, found.cell, assignment); };
    return std::all_of(question.wants.begin(), question.wants.end(), holds) &&
           std::all_of(covering.begin(), covering.end(), [&](Rank rank) { return holds(finder.guard(rank)); });
  });
}

void simplify(const Formulas& formulas, Found& found, const Still& still) {
  const auto attempt = [&](std::uint32_t variable, auto&& change) {
    Assignment simpler = found.assignment;
    change(simpler);
    if (still(simpler, variable)) found.assignment = std::move(simpler);
  };
  for (std::uint32_t i = 0; i < formulas.variables.size(); ++i) {
    const Variable& variable = formulas.variables[i];
    if (variable.set) {
      if (found.assignment.missing[i]) continue;
      for (std::uint32_t bit = variable.bits; bit-- > 0;) {
        if (!test_bit(found.assignment.members.data() + variable.offset, bit)) continue;
        attempt(i, [&](Assignment& simpler) { clear_bit(simpler.members.data() + variable.offset, bit); });
      }
    } else if (variable.kind == Variable::Kind::time) {
      attempt(i, [&](Assignment& simpler) { simpler.bit[i] = usual_bit(variable); });
    } else if (variable.kind != Variable::Kind::fact && found.space != Space::no_ledger) {
      for (std::uint32_t bit = 1; bit < found.assignment.bit[i]; ++bit)
        attempt(i, [&](Assignment& simpler) { simpler.bit[i] = std::min(simpler.bit[i], bit); });
    }
  }
}

ResolvedRequest request_of(const Formulas& formulas, const Found& found, std::size_t side) {
  const Assignment& assignment = found.assignment;
  const Point point = formulas.point(found.cell, side);
  const std::array<NodeId, 3> own{point.data, point.purpose, point.partner};
  ResolvedRequest request;
  request.data = {point.data};
  request.purpose = point.purpose;
  request.partner = point.partner;
  request.facts.resize(formulas.sides[side]->vocabulary.facts.size());
  for (std::uint32_t i = 0; i < formulas.variables.size(); ++i) {
    const Variable& variable = formulas.variables[i];
    if (variable.kind != Variable::Kind::fact || !variable.id[side]) continue;
    Value& value = request.facts[*variable.id[side]];
    const FactDomain& domain = *formulas.facts[variable.domain];
    if (!variable.set) {
      value = domain.value(assignment.bit[i], side);
    } else if (!assignment.missing[i]) {
      std::vector<std::int64_t> members;
      for (std::uint32_t bit = 0; bit < variable.bits; ++bit) {
        if (test_bit(assignment.members.data() + variable.offset, bit)) members.push_back(domain.value(bit, side).one);
      }
      value = Value::of_set(std::move(members));
    }
  }

  const std::int64_t longest = longest_within(formulas);
  const Variable& consents = formulas.variables[formulas.consents];
  std::vector<std::uint32_t> given;
  for (std::uint32_t bit = 0; bit < consents.bits && found.space != Space::no_ledger; ++bit) {
    if (test_bit(assignment.members.data() + consents.offset, bit)) given.push_back(bit);
  }
  // What a stronger one brings about needs no grant of its own.
  std::erase_if(given, [&](std::uint32_t weaker) {
    return std::any_of(given.begin(), given.end(), [&](std::uint32_t stronger) {
      return stronger != weaker && formulas.grants[stronger].implies(formulas.grants[weaker]);
    });
  });
  std::int64_t oldest = 0;
  for (const std::uint32_t bit : given) oldest = std::max(oldest, age_of(formulas.grants[bit], longest));
  request.at = Time{time_of(formulas, found, oldest)};
  if (found.space == Space::no_ledger) return request;

  Ledger& ledger = request.ledger.emplace();
  for (std::uint32_t i = 0; i < formulas.variables.size(); ++i) {
    const Variable& variable = formulas.variables[i];
    if (variable.kind != Variable::Kind::notice || !variable.id[side] || assignment.bit[i] <= 1) continue;
    Event event;
    event.kind = Event::Kind::shown;
    event.at = request.at;
    event.notice = *variable.id[side];
    event.version = variable.starts[assignment.bit[i] - 1];
    ledger.push_back(event);
  }
  for (const std::uint32_t bit : given) {
    const GrantKind& grant = formulas.grants[bit];
    Event event;
    event.kind = Event::Kind::given;
    event.scope = own;
    event.at = Time{std::max(first_time, request.at.microseconds - age_of(grant, longest))};
    event.explicit_ = grant.explicit_;
    if (grant.notice && formulas.notices[*grant.notice].id[side]) {
      event.notice = *formulas.notices[*grant.notice].id[side];
      event.version = grant.version;
    }
    ledger.push_back(event);
  }
  if (assignment.bit[formulas.objection] == objection_yes) {
    Event event;
    event.kind = Event::Kind::raised;
    event.scope = own;
    event.at = request.at;
    ledger.push_back(event);
  }
  std::stable_sort(ledger.begin(), ledger.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
  return request;
}

}  // namespace zweck::analysis
