#include "model/ledger.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace zweck {

namespace {

using Scope = std::array<NodeId, 3>;

Scope nodes_of(const Point& point) { return {point.data, point.purpose, point.partner}; }

bool lies_within(const Vocabulary& vocabulary, const Scope& inner, const Scope& outer) {
  for (std::size_t d = 0; d < 3; ++d) {
    if (outer[d] == any_node) continue;
    if (inner[d] == any_node || !vocabulary.taxonomies[d].at_or_below(inner[d], outer[d])) return false;
  }
  return true;
}

// The time of the latest event by scope, among events of one kind that reach a point. An earlier one of the same scope
// never matters: what overcomes or undoes the latest does so to it. Few scopes reach a point, however long the ledger.
using Latest = std::map<Scope, Time>;

void add(Latest& latest, const Event& event) {
  const auto [place, added] = latest.emplace(event.scope, event.at);
  if (!added) place->second = std::max(place->second, event.at);
}

Latest latest_at(const LedgerView& view, Event::Kind kind, const Point& point) {
  Latest latest;
  for (const Event& event : view.ledger) {
    if (event.kind == kind && view.reaches(event, point)) add(latest, event);
  }
  return latest;
}

// The noes that reach a point, so that a grant is held against all of them at once.
struct Noes {
  std::optional<Time> latest;
  std::array<std::set<NodeId>, 3> names;  // but for `any`, which holds every name
};

Noes noes_at(const LedgerView& view, const Point& point) {
  Noes noes;
  for (const Event& event : view.ledger) {
    if (event.kind != Event::Kind::refused || !view.reaches(event, point)) continue;
    noes.latest = noes.latest ? std::max(*noes.latest, event.at) : event.at;
    for (std::size_t d = 0; d < 3; ++d)
      if (event.scope[d] != any_node) noes.names[d].insert(event.scope[d]);
  }
  return noes;
}

// Whether the grant is later than each no, and its scope lies within that of each.
bool answers(const Vocabulary& vocabulary, const Event& given, const Noes& noes) {
  if (!noes.latest) return true;
  if (given.at <= *noes.latest) return false;
  for (std::size_t d = 0; d < 3; ++d)
    for (const NodeId name : noes.names[d])
      if (given.scope[d] == any_node || !vocabulary.taxonomies[d].at_or_below(given.scope[d], name)) return false;
  return true;
}

}  // namespace

// In seconds, rounded up, since a duration may be too long for 64 bits of microseconds.
bool is_recent(Time given, Duration age, Time now) {
  const std::int64_t passed = now.microseconds - given.microseconds;
  return (passed + microseconds_per_second - 1) / microseconds_per_second <= age.seconds;
}

bool meets(const Event& given, const ConsentTest& test, Time now) {
  if (test.explicit_ && !given.explicit_) return false;
  if (test.under && (given.notice != test.under || given.version < test.version)) return false;
  return !test.within || is_recent(given.at, *test.within, now);
}

bool LedgerView::reaches(const Event& event, const Point& point) const {
  return event.at <= now && lies_within(vocabulary, nodes_of(point), event.scope);
}

bool LedgerView::grant_reaches(const Event& given, const Point& point) const {
  if (given.kind != Event::Kind::given || (given.expires && *given.expires <= now)) return false;
  if (!reaches(given, point)) return false;
  const Scope nodes = nodes_of(point);
  for (std::size_t d = 0; d < 3; ++d) {
    const Taxonomy& taxonomy = vocabulary.taxonomies[d];
    for (const NodeId above : taxonomy.above(nodes[d])) {
      if (given.scope[d] != any_node && taxonomy.at_or_below(given.scope[d], above)) continue;
      const Node& node = taxonomy.nodes[above];
      if (node.separate || (node.since && start_of(*node.since) > given.at)) return false;
    }
  }
  return true;
}

bool LedgerView::within(const Event& inner, const Event& outer) const {
  return lies_within(vocabulary, inner.scope, outer.scope);
}

bool LedgerView::stands(const Event& given, const Point& point) const {
  return grant_reaches(given, point) && answers(vocabulary, given, noes_at(*this, point));
}

bool LedgerView::consent(const ConsentTest& test, const Point& point) const {
  const Noes noes = noes_at(*this, point);
  return std::any_of(ledger.begin(), ledger.end(), [&](const Event& event) {
    return grant_reaches(event, point) && meets(event, test, now) && answers(vocabulary, event, noes);
  });
}

bool LedgerView::objection(const Point& point) const {
  const Noes noes = noes_at(*this, point);
  const Latest raised = latest_at(*this, Event::Kind::raised, point);
  // One that does not reach the point holds no scope that does.
  const Latest cleared = latest_at(*this, Event::Kind::cleared, point);
  Latest standing;
  for (const Event& event : ledger) {
    if (grant_reaches(event, point) && answers(vocabulary, event, noes)) add(standing, event);
  }
  // What stands has answered every no that reaches the point.
  if (noes.latest && standing.empty()) return true;
  const auto granted = [&](const auto& objection) {
    return std::any_of(standing.begin(), standing.end(), [&](const auto& given) {
      return given.second > objection.second && lies_within(vocabulary, given.first, objection.first);
    });
  };
  const auto withdrawn = [&](const auto& objection) {
    return std::any_of(cleared.begin(), cleared.end(), [&](const auto& clear) {
      return clear.second > objection.second && lies_within(vocabulary, objection.first, clear.first);
    });
  };
  return !std::all_of(raised.begin(), raised.end(),
                      [&](const auto& objection) { return granted(objection) || withdrawn(objection); });
}

bool LedgerView::shown(const NoticeTest& test) const {
  return std::any_of(ledger.begin(), ledger.end(), [&](const Event& event) {
    return event.kind == Event::Kind::shown && event.at <= now && event.notice == test.notice &&
           event.version >= test.version;
  });
}

}  // namespace zweck
