// Section 4: consent, objection, notice.
#include "reference/calendar.hpp"
#include "reference/reference.hpp"

namespace reference {

std::vector<Said> multiplied_out(const Ledger& ledger) {
  std::vector<Said> result;
  for (const Event& event : ledger) {
    std::vector<Point> scopes{{"any", "any", "any"}};
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      if (!event.scope[i]) continue;
      std::vector<Point> longer;
      for (const Point& scope : scopes) {
        for (const std::string& name : *event.scope[i]) {
          longer.push_back(scope);
          longer.back()[i] = name;
        }
      }
      scopes = longer;
    }
    for (const Point& scope : scopes) {
      result.push_back({event.kind, scope, event.at, event.expires, event.explicit_.value_or(false), event.notice,
                        event.version.value_or(0)});
    }
  }
  return result;
}

bool Reference::reaches(const Said& event, const Point& point) const {
  for (std::size_t i = 0; i < dimensions.size(); ++i)
    if (event.scope[i] != "any" && !at_or_below(dimensions[i], point[i], event.scope[i])) return false;
  return true;
}

bool Reference::grant_reaches(const Said& given, const Point& point) const {
  if (!reaches(given, point)) return false;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    for (const std::string& node : at_or_above(dimensions[i], point[i])) {
      if (given.scope[i] != "any" && at_or_above(dimensions[i], given.scope[i]).contains(node)) continue;
      const Node& content = world_.taxonomies.at(dimensions[i]).at(node);
      if (content.separate) return false;
      if (content.since && *content.since * day > given.at) return false;
    }
  }
  return true;
}

bool Reference::lies_within(const Point& scope, const Point& other) const {
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (other[i] == "any") continue;
    if (scope[i] == "any" || !at_or_below(dimensions[i], scope[i], other[i])) return false;
  }
  return true;
}

bool Reference::stands(const Said& given, const Point& point, const Situation& situation) const {
  if (given.kind != Event::Kind::given || given.at > situation.at) return false;
  if (given.expires && *given.expires <= situation.at) return false;
  if (!grant_reaches(given, point)) return false;
  for (const Said& no : *situation.ledger) {
    if (no.kind != Event::Kind::refused && no.kind != Event::Kind::withdrawn) continue;
    if (no.at > situation.at || !reaches(no, point)) continue;
    if (!(no.at < given.at && lies_within(given.scope, no.scope))) return false;
  }
  return true;
}

Truth Reference::consent(const Consent& consent, const Point& point, const Situation& situation) const {
  if (!situation.ledger) return Truth::unknown;
  for (const Said& given : *situation.ledger) {
    if (!stands(given, point, situation)) continue;
    if (consent.explicit_ && !given.explicit_) continue;
    // In 128 bits, since a duration may be far longer than all time.
    if (consent.within && Wide(situation.at) - given.at > Wide(*consent.within) * second) continue;
    if (!consent.under.empty()) {
      if (given.notice != consent.under) continue;
      if (given.version < consent.version.value_or(world_.notices.at(consent.under))) continue;
    }
    return Truth::yes;
  }
  return Truth::no;
}

Truth Reference::objection(const Point& point, const Situation& situation) const {
  if (!situation.ledger) return Truth::unknown;
  for (const Said& said : *situation.ledger) {
    const bool raised = said.kind == Event::Kind::raised;
    const bool no = said.kind == Event::Kind::refused || said.kind == Event::Kind::withdrawn;
    if (!(raised || no) || said.at > situation.at || !reaches(said, point)) continue;
    bool undone = false;
    for (const Said& later : *situation.ledger) {
      if (later.at > situation.at || later.at <= said.at) continue;
      if (stands(later, point, situation) && lies_within(later.scope, said.scope)) undone = true;
      if (raised && later.kind == Event::Kind::objection_withdrawn && lies_within(said.scope, later.scope))
        undone = true;
    }
    if (!undone) return Truth::yes;
  }
  return Truth::no;
}

Truth Reference::notice(const std::string& name, std::optional<std::int64_t> version,
                        const Situation& situation) const {
  if (!situation.ledger) return Truth::unknown;
  for (const Said& shown : *situation.ledger) {
    if (shown.kind != Event::Kind::notice || shown.at > situation.at || shown.notice != name) continue;
    if (shown.version >= version.value_or(world_.notices.at(name))) return Truth::yes;
  }
  return Truth::no;
}

}  // namespace reference
