#include "agree/small_worlds.hpp"

#include <functional>

#include "reference/calendar.hpp"

namespace agree {

using namespace reference;

const std::int64_t first_day = days_of(2026, 6, 1);
constexpr std::int64_t noon = 12 * hour_seconds * second;
const std::int64_t early = first_day * day + noon, late = early + day, now = late + day;
const Side any{"any"};

World small_vocabulary() {
  World world;
  Taxonomy& data = world.taxonomies["data"];
  data["all"];
  data["a"].in = {"all"};
  data["b"].in = {"all"};
  data["b"].attributes["special"] = true;
  Taxonomy& purpose = world.taxonomies["purpose"];
  purpose["serve"];
  purpose["sell"].separate = true;
  Taxonomy& partner = world.taxonomies["partner"];
  partner["firms"];
  partner["old"].in = {"firms"};
  partner["new"].in = {"firms"};
  partner["new"].since = first_day + 1;
  Taxonomy& place = world.taxonomies["place"];
  place["near"];
  place["here"].in = {"near"};
  place["there"].in = {"near"};
  place["far"];
  world.facts["place"].type.kind = Type::Kind::node;
  world.facts["place"].type.taxonomy = "place";
  world.notices["hint"] = 2;
  world.obligations = {"log"};
  return world;
}

Condition atom(Condition::Kind kind) {
  Condition result;
  result.kind = kind;
  result.notice = "hint";
  return result;
}

static Condition place_is(const std::string& op, const std::string& name) {
  Condition result = atom(Condition::Kind::test);
  result.test = {{false, "place", ""}, op, {}, {name}, false};
  return result;
}

// --- Rules -----------------------------------------------------------------------------------------------------------

std::vector<Rule> small_rules() {
  std::vector<Rule> kinds(1);
  for (const std::string basis : {"consent", "legitimate-interest", "contract"}) {
    Rule rule;
    rule.allow = true;
    rule.basis = basis;
    rule.keep = std::int64_t(kinds.size()) * day_seconds;
    if (basis == "consent") rule.oblige = {"log"};
    kinds.push_back(rule);
  }
  std::vector<std::function<void(Rule&)>> conditions{
      [](Rule&) {},
      [](Rule& rule) { rule.when = place_is("=", "here"); },
      [](Rule& rule) { rule.unless = place_is("in", "near"); },
      [](Rule& rule) { rule.when = atom(Condition::Kind::consent); },
      [](Rule& rule) { rule.unless = atom(Condition::Kind::objection); },
      [](Rule& rule) { rule.when = atom(Condition::Kind::notice); },
  };
  const auto box = [](const Side& data, const Side& purpose, const Side& partner) {
    return Box{Names{data}, Names{purpose}, Names{partner}};
  };
  const std::vector<Box> scopes{box({}, {}, {}), box({"a"}, {}, {}), box({}, {"sell"}, {"new"}),
                                box({"all"}, {"serve"}, {})};
  std::vector<Rule> result;
  for (const Rule& kind : kinds) {
    for (const auto& condition : conditions) {
      for (const Box& scope : scopes) {
        Rule rule = kind;
        rule.scope = scope;
        condition(rule);
        result.push_back(rule);
      }
    }
  }
  return result;
}

Event event(Event::Kind kind, const Side& data, const Side& purpose, const Side& partner, std::int64_t at) {
  Event result;
  result.kind = kind;
  if (kind != Event::Kind::notice) result.scope = {data, purpose, partner};
  if (kind == Event::Kind::notice) {
    result.notice = "hint";
    result.version = 2;
  }
  result.at = at;
  return result;
}

std::vector<Request> few_requests() {
  using Kind = Event::Kind;
  Event yes = event(Kind::given, any, any, {"new"}, early);
  yes.explicit_ = true;
  const Event own_question = event(Kind::given, any, {"sell"}, any, late);
  const std::vector<std::optional<Ledger>> ledgers{
      std::nullopt, Ledger{}, Ledger{yes, event(Kind::notice, {}, {}, {}, early)},
      Ledger{own_question, event(Kind::refused, {"a"}, any, any, early), event(Kind::raised, {"b"}, any, any, late)}};
  std::vector<Request> result;
  for (const auto& ledger : ledgers) {
    for (const std::string place : {"", "here", "there", "near", "far"}) {
      Request request;
      request.at = now;
      request.ledger = ledger;
      if (!place.empty()) request.facts = {{"place", place}};
      result.push_back(request);
    }
  }
  return result;
}

}  // namespace agree
