#include "engine/needs.hpp"

#include <algorithm>

#include "engine/needs_search.hpp"
#include "model/vocabulary.hpp"

namespace zweck {
namespace {

using needs::Denied;
using needs::Outcome;
using needs::Solution;

Event event_of(const Solution::Asked& asked, Time now) {
  Event event;
  event.kind = Event::Kind::given;
  event.scope = {asked.point.data, asked.point.purpose, asked.point.partner};
  event.at = now;
  event.explicit_ = asked.flavour.is_explicit;
  event.notice = asked.flavour.notice;
  event.version = asked.flavour.version;
  return event;
}

Event event_of(const std::pair<NoticeId, std::int64_t>& shown, Time now) {
  Event event;
  event.kind = Event::Kind::shown;
  event.at = now;
  event.notice = shown.first;
  event.version = shown.second;
  return event;
}

// Whether the request is allowed with all of it. Consents are each for one point and reach no other: few at a time are
// added to the ledger, since the time of a decision grows with it.
bool works(const Denied& denied, const std::shared_ptr<const Program>& program, const Solution& solution) {
  const Facts::State* facts = &denied.facts;
  Facts::State with;
  if (!solution.facts.empty()) {
    with.program = program;
    with.values = denied.facts.values;
    for (const auto& [fact, value] : solution.facts) with.values[fact] = value;
    bind(with);
    facts = &with;
  }
  std::optional<Ledger> common = denied.request.ledger;
  if (!common && (!solution.consents.empty() || !solution.notices.empty())) common.emplace();
  for (const auto& notice : solution.notices) common->push_back(event_of(notice, denied.request.at));
  const std::size_t at_once = std::max<std::size_t>(32, common ? common->size() : 0);

  std::size_t next = 0;
  for (std::size_t from = 0; from < denied.points.size(); from += at_once) {
    const std::size_t to = std::min(denied.points.size(), from + at_once);
    std::optional<Ledger> ledger = common;
    for (; next < solution.consents.size() && solution.consents[next].point <= denied.points[to - 1]; ++next)
      ledger->push_back(event_of(solution.consents[next], denied.request.at));
    const auto subject = bind(program, std::move(ledger), denied.request.at);
    for (std::size_t i = from; i < to; ++i) {
      const Point& point = denied.points[i];
      const Question question{*program, *facts, *subject, point, subject->known ? ledger_bits(*subject, point) : 0};
      if (status_of_point(question) != Status::allowed) return false;
    }
  }
  return true;
}

std::vector<Need> in_words(const Vocabulary& vocabulary, const Solution& solution) {
  std::vector<Need> needs;
  for (const auto& [point, flavour] : solution.consents) {
    Need need;
    need.data = vocabulary.taxonomies[0].nodes[point.data].name;
    need.purpose = vocabulary.taxonomies[1].nodes[point.purpose].name;
    need.partner = vocabulary.taxonomies[2].nodes[point.partner].name;
    need.is_explicit = flavour.is_explicit;
    if (flavour.notice) {
      need.name = vocabulary.notices[*flavour.notice].name;
      need.version = flavour.version;
    }
    needs.push_back(std::move(need));
  }
  for (const auto& [notice, version] : solution.notices) {
    Need need;
    need.kind = Need::Kind::notice;
    need.name = vocabulary.notices[notice].name;
    need.version = version;
    needs.push_back(std::move(need));
  }
  for (const auto& [fact, value] : solution.facts) {
    Need need;
    need.kind = Need::Kind::fact;
    need.name = vocabulary.facts[fact].name;
    const Type& type = vocabulary.facts[fact].type;
    // Of a text that no rule names there is nothing to show.
    const bool shown = type.kind != TypeKind::string || type.set || value.one != foreign_string;
    if (shown) need.example = to_string(vocabulary, type, value);
    needs.push_back(std::move(need));
  }
  return needs;
}

}  // namespace

Needs find_needs(const Denied& denied, std::uint64_t steps) {
  needs::Steps left{steps};
  needs::Problem problem;
  Solution solution;
  Outcome outcome = state_problem(denied, left, problem);
  if (outcome == Outcome::found) outcome = search(denied.program.model(), problem, left, solution);
  if (outcome != Outcome::found) return {{}, outcome == Outcome::given_up};
  const auto by_point = [](const Solution::Asked& a, const Solution::Asked& b) {
    return std::tie(a.point, a.flavour) < std::tie(b.point, b.flavour);
  };
  std::sort(solution.consents.begin(), solution.consents.end(), by_point);
  std::sort(solution.notices.begin(), solution.notices.end());
  std::sort(solution.facts.begin(), solution.facts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  // It must: this keeps a mistake in the search from being told to a customer.
  if (!works(denied, denied.facts.program, solution)) return {};
  return {in_words(denied.program.vocabulary(), solution), false};
}

}  // namespace zweck
