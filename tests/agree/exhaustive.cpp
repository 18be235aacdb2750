// All small worlds: every pair of small rules with every fact and a few ledgers, and every ledger of up to three events
// with each test of a ledger. What is wrong with little does not hide behind dice here.
#include <boost/test/unit_test.hpp>
#include <functional>

#include "agree/compare.hpp"
#include "reference/calendar.hpp"

namespace agree {
namespace {

using namespace reference;
using Side = std::vector<std::string>;

const std::int64_t first_day = days_of(2026, 6, 1);
constexpr std::int64_t noon = 12 * hour_seconds * second;
// The three moments at which things happen: two for events, with a `since` between them, and that of the request.
const std::int64_t early = first_day * day + noon, late = early + day, now = late + day;

World vocabulary() {
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

Condition place_is(const std::string& op, const std::string& name) {
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

const Side any{"any"};

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

// Every leaf point of the world by the engine and by the reference.
class Points {
 public:
  Points(const World& world, const zweck::Engine& engine) : reference_(world), engine_(engine) {
    for (const std::string& data : reference_.all_leaves("data"))
      for (const std::string& purpose : reference_.all_leaves("purpose"))
        for (const std::string& partner : reference_.all_leaves("partner")) {
          names_.push_back({data, purpose, partner});
          ids_.push_back({*engine.data(data), *engine.purpose(purpose), *engine.partner(partner)});
        }
  }

  std::optional<std::string> difference(const Request& request, std::uint64_t& count) const {
    zweck::Facts facts = engine_.facts();
    for (const auto& [name, raw] : request.facts)
      if (!facts.set(name, zweck::FactValue(std::get<std::string>(raw)))) return "a fact is refused";
    zweck::Subject subject = engine_.unknown_subject({request.at});
    if (request.ledger) {
      auto bound = engine_.subject(events_of(*request.ledger), {request.at});
      if (!bound) return render(bound.diagnostics());
      subject = *bound;
    }
    const Situation situation = reference_.situation(request);
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const Answer expected = reference_.combine({reference_.decide(names_[i], situation)});
      const zweck::Decision decision = engine_.decide(ids_[i], facts, subject);
      ++count;
      std::optional<std::string> keep;
      if (decision.keep()) keep = to_string(*decision.keep());
      const auto oblige = engine_.obligations(decision);
      if (std::size_t(decision.status()) == std::size_t(expected.status) && keep == expected.keep &&
          Set(oblige.begin(), oblige.end()) == expected.oblige)
        continue;
      return names_[i][0] + " for " + names_[i][1] + " by " + names_[i][2] + ": the engine says " +
             std::string(name_of(decision.status())) + ", the reference " + name_of(expected.status);
    }
    return std::nullopt;
  }

 private:
  Reference reference_;
  const zweck::Engine& engine_;
  std::vector<Point> names_;
  std::vector<zweck::Point> ids_;
};

zweck::Engine loaded(const World& world) {
  auto engine = zweck::Engine::from_texts(files_of(world, Dice(0)));
  if (!engine) BOOST_FAIL(render(engine.diagnostics()));
  return *engine;
}

void fail(const World& world, const Request& request, const std::string& text) {
  Request whole = request;
  whole.data = {"all"};
  whole.purpose = "sell";
  whole.partner = "firms";
  BOOST_ERROR(report(files_of(world, Dice(0)), json_of(whole, Dice(0)), {"exhaustive", text}));
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_pair_of_small_rules) {
  const std::vector<Rule> rules = small_rules();
  const std::vector<Request> requests = few_requests();
  World world = vocabulary();
  std::uint64_t count = 0;
  int failures = 0;
  for (std::size_t i = 0; i < rules.size() && failures < 3; ++i) {
    for (std::size_t j = i; j < rules.size() && failures < 3; ++j) {
      world.rules = {rules[i]};
      if (j > i) world.rules.push_back(rules[j]);
      world.rules.front().name = "one";
      world.rules.back().name = j > i ? "two" : "one";
      const zweck::Engine engine = loaded(world);
      const Points points(world, engine);
      for (const Request& request : requests) {
        const auto different = points.difference(request, count);
        if (!different) continue;
        fail(world, request, *different);
        ++failures;
        break;
      }
    }
  }
  std::printf("every pair of %zu small rules: %llu decisions\n", rules.size(), static_cast<unsigned long long>(count));
}

BOOST_AUTO_TEST_CASE(every_small_ledger) {
  using Kind = Event::Kind;
  std::vector<Event> alphabet;
  for (const std::int64_t at : {early, late}) {
    const std::vector<std::array<Side, 3>> scopes{
        {any, any, any}, {Side{"a"}, any, any}, {any, Side{"sell"}, any}, {Side{"all"}, Side{"sell"}, Side{"new"}}};
    for (const auto& [data, purpose, partner] : scopes) {
      alphabet.push_back(event(Kind::given, data, purpose, partner, at));
      alphabet.push_back(event(Kind::refused, data, purpose, partner, at));
    }
    alphabet.push_back(event(Kind::given, {"all"}, {"serve"}, {"firms"}, at));
    alphabet.back().explicit_ = true;
    alphabet.push_back(event(Kind::given, {"b"}, {"sell"}, {"firms"}, at));
    alphabet.back().explicit_ = true;
    alphabet.back().notice = "hint";
    alphabet.back().version = at == early ? 1 : 2;
    alphabet.push_back(event(Kind::given, {"all"}, {"sell"}, {"new"}, at));
    alphabet.back().expires = at == early ? now : now + 1;
    alphabet.push_back(event(Kind::raised, any, any, any, at));
    alphabet.push_back(event(Kind::raised, {"a"}, {"sell"}, any, at));
    alphabet.push_back(event(Kind::objection_withdrawn, any, {"sell"}, any, at));
  }
  alphabet.push_back(event(Kind::notice, {}, {}, {}, late));

  std::vector<Condition> atoms{atom(Condition::Kind::consent),   atom(Condition::Kind::consent),
                               atom(Condition::Kind::consent),   atom(Condition::Kind::consent),
                               atom(Condition::Kind::objection), atom(Condition::Kind::notice)};
  atoms[1].consent.explicit_ = true;
  atoms[2].consent.under = "hint";
  atoms[3].consent.within = day_seconds;

  const std::vector<std::int64_t> moments{now, late};
  std::vector<World> worlds;
  for (const Condition& condition : atoms) {
    World world = vocabulary();
    Rule rule;
    rule.name = "only";
    rule.allow = true;
    rule.basis = "not-personal";
    rule.when = condition;
    world.rules = {rule};
    worlds.push_back(world);
  }
  std::vector<zweck::Engine> engines;
  std::vector<Points> points;
  engines.reserve(worlds.size());
  for (const World& world : worlds) {
    engines.push_back(loaded(world));
    points.emplace_back(world, engines.back());
  }

  std::uint64_t count = 0;
  int failures = 0;
  const auto check = [&](const Ledger& ledger) {
    for (const std::int64_t moment : ledger.size() < 3 ? moments : std::vector<std::int64_t>{now}) {
      Request request;
      request.at = moment;
      request.ledger = ledger;
      for (std::size_t i = 0; i < worlds.size() && failures < 3; ++i) {
        const auto different = points[i].difference(request, count);
        if (!different) continue;
        fail(worlds[i], request, *different);
        ++failures;
      }
    }
  };
  check({});
  for (std::size_t a = 0; a < alphabet.size(); ++a) {
    check({alphabet[a]});
    for (std::size_t b = a; b < alphabet.size(); ++b) {
      check({alphabet[a], alphabet[b]});
      for (std::size_t c = b; c < alphabet.size(); ++c) check({alphabet[c], alphabet[a], alphabet[b]});
    }
  }
  std::printf("every ledger of up to three of %zu events: %llu decisions\n", alphabet.size(),
              static_cast<unsigned long long>(count));
}

}  // namespace agree
