// What a caller could go and ask for, found by trying sets of everything that could be asked, smallest first.
#include <algorithm>
#include <functional>

#include "reference/brute.hpp"
#include "reference/calendar.hpp"

namespace reference {
namespace {

// Bounds the search; requests that need more are no case.
constexpr std::size_t most_tries = 200'000;

// What the value of the fact may turn out to be: leaves below a group, anything if it is missing, else nothing.
std::vector<Value> open_values(const Reference& reference, const Request& request, const std::string& fact,
                               const std::vector<Point>& points) {
  const Situation now = reference.situation(request);
  const Declared& declared = reference.world().facts.at(fact);
  const std::optional<Value> value = now.facts.contains(fact) ? now.facts.at(fact) : declared.fallback;
  if (value) {
    if (declared.type.kind != Type::Kind::node || declared.type.set) return {};
    const Set& leaves = reference.leaves(declared.type.taxonomy, std::get<std::string>(*value));
    if (leaves.contains(std::get<std::string>(*value))) return {};
    return {leaves.begin(), leaves.end()};
  }
  Asked asked;
  for (const Point& point : points) asked.add_rules(reference, point);
  return values_of(asked, fact);
}

}  // namespace

bool may_ask(const Reference& reference, const Request& request, const Point& point) {
  return !request.ledger || reference.objection(point, reference.situation(request)) == Truth::no;
}

bool helps(const Reference& reference, const Request& request, const std::vector<Need>& needs) {
  const std::vector<Point> points = reference.points(request.data, *request.purpose, *request.partner);
  Situation now = reference.situation(request);
  std::vector<std::pair<std::string, std::vector<Value>>> facts;
  for (const Need& need : needs) {
    if (need.kind == Need::Kind::fact) {
      facts.emplace_back(need.name, open_values(reference, request, need.name, points));
      continue;
    }
    if (!now.ledger) now.ledger.emplace();
    Said said;
    said.kind = need.kind == Need::Kind::consent ? Event::Kind::given : Event::Kind::notice;
    if (need.kind == Need::Kind::consent) said.scope = need.point;
    said.at = now.at;
    said.explicit_ = need.explicit_;
    said.notice = need.name;
    said.version = need.version;
    now.ledger->push_back(said);
  }
  const std::function<bool(std::size_t)> some_values = [&](std::size_t next) {
    if (next == facts.size()) {
      return std::ranges::all_of(
          points, [&](const Point& point) { return reference.decide(point, now).status == Status::allowed; });
    }
    for (const Value& value : facts[next].second) {
      now.facts[facts[next].first] = value;
      if (some_values(next + 1)) return true;
    }
    return false;
  };
  return some_values(0);
}

std::optional<std::vector<Need>> smallest_needs(const Reference& reference, const Request& request, std::size_t most) {
  const World& world = reference.world();
  const std::vector<Point> points = reference.points(request.data, *request.purpose, *request.partner);
  std::vector<Need> all;
  for (const auto& [fact, declared] : world.facts)
    if (!open_values(reference, request, fact, points).empty()) all.push_back({Need::Kind::fact, {}, false, fact, 0});
  for (const auto& [notice, current] : world.notices) all.push_back({Need::Kind::notice, {}, false, notice, current});
  for (const Point& point : points) {
    if (!may_ask(reference, request, point)) continue;
    for (const bool is_explicit : {false, true}) {
      all.push_back({Need::Kind::consent, point, is_explicit, "", 0});
      for (const auto& [notice, current] : world.notices)
        for (std::int64_t version = 1; version <= current; ++version)
          all.push_back({Need::Kind::consent, point, is_explicit, notice, version});
    }
  }
  // An older notice than the current one may matter where its being shown is held against a use.
  for (const auto& [notice, current] : world.notices)
    for (std::int64_t version = 1; version < current; ++version)
      all.push_back({Need::Kind::notice, {}, false, notice, version});

  std::size_t tries = 0;
  std::vector<Need> chosen;
  const std::function<bool(std::size_t, std::size_t)> search = [&](std::size_t from, std::size_t left) {
    if (++tries > most_tries) throw TooMany();
    if (left == 0) return helps(reference, request, chosen);
    for (std::size_t i = from; i + left <= all.size(); ++i) {
      chosen.push_back(all[i]);
      if (search(i + 1, left - 1)) return true;
      chosen.pop_back();
    }
    return false;
  };
  for (std::size_t size = 0; size <= most; ++size)
    if (search(0, size)) return chosen;
  return std::nullopt;
}

}  // namespace reference
