// All small worlds: every pair of small rules with every fact and a few ledgers, and every ledger of up to three events
// with each test of a ledger. What is wrong with little does not hide behind dice here.
#include <boost/test/unit_test.hpp>

#include "agree/compare.hpp"
#include "agree/small_worlds.hpp"
#include "reference/calendar.hpp"

namespace agree {
namespace {

using namespace reference;

// Data that is there to make ledgers long: events on it reach no point that is asked for.
constexpr int spare_nodes = 70;
bool is_spare(const std::string& data) { return data.starts_with("spare"); }

Ledger lengthened(Ledger ledger) {
  for (int i = 0; i < spare_nodes; ++i) {
    const Side data = std::vector<std::string>{"spare" + std::to_string(i)};
    ledger.push_back(event(Event::Kind::given, data, any, any, early));
  }
  return ledger;
}

// Every leaf point of the world by the engine and by the reference.
class Points {
 public:
  Points(const World& world, const zweck::Engine& engine) : reference_(world), engine_(engine) {
    for (const std::string& data : reference_.all_leaves("data")) {
      if (is_spare(data)) continue;
      for (const std::string& purpose : reference_.all_leaves("purpose"))
        for (const std::string& partner : reference_.all_leaves("partner")) {
          names_.push_back({data, purpose, partner});
          ids_.push_back({*engine.data(data), *engine.purpose(purpose), *engine.partner(partner)});
        }
    }
  }

  std::optional<std::string> difference(const Request& request, std::uint64_t& count) const {
    zweck::Facts facts = engine_.facts();
    for (const auto& [name, raw] : request.facts)
      if (!facts.set(name, zweck::FactValue(std::get<std::string>(raw)))) return "a fact is refused";
    std::vector<zweck::Subject> subjects{engine_.unknown_subject({request.at})};
    if (request.ledger) {
      subjects.clear();
      // By all ways to look at a ledger: those for a few events, and those for many.
      std::vector<Ledger> ledgers{*request.ledger};
      if (engine_.data("spare0")) ledgers.push_back(lengthened(*request.ledger));
      for (const Ledger& ledger : ledgers) {
        auto bound = engine_.subject(events_of(ledger), {request.at});
        if (!bound) return render(bound.diagnostics());
        subjects.push_back(*bound);
      }
    }
    zweck::Request named;
    named.at = zweck::Time{request.at};
    for (const auto& [name, raw] : request.facts) named.facts.emplace_back(name, std::get<std::string>(raw));
    if (request.ledger) named.ledger = events_of(*request.ledger);
    const Situation situation = reference_.situation(request);
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const Answer expected = reference_.combine({reference_.decide(names_[i], situation)});
      const auto differs = [&](const zweck::Decision& decision) {
        ++count;
        std::optional<std::string> keep;
        if (decision.keep()) keep = to_string(*decision.keep());
        const auto oblige = engine_.obligations(decision);
        return std::size_t(decision.status()) != std::size_t(expected.status) || keep != expected.keep ||
               Set(oblige.begin(), oblige.end()) != expected.oblige;
      };
      const auto said = [&](const std::string& how, const zweck::Decision& decision) {
        return names_[i][0] + " for " + names_[i][1] + " by " + names_[i][2] + ": the engine says " + how +
               std::string(name_of(decision.status())) + ", the reference " + name_of(expected.status);
      };
      for (const zweck::Subject& subject : subjects) {
        const zweck::Decision decision = engine_.decide(ids_[i], facts, subject);
        if (differs(decision)) return said(&subject == &subjects[0] ? "" : "with a long ledger ", decision);
      }
      named.data = {names_[i][0]};
      named.purpose = names_[i][1];
      named.partner = names_[i][2];
      const zweck::Decision decision = engine_.decide(named);
      if (differs(decision)) return said("by names ", decision);
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
  World world = small_vocabulary();
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
  std::printf("counted: every pair of %zu small rules: %llu decisions\n", rules.size(),
              static_cast<unsigned long long>(count));
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
    World world = small_vocabulary();
    for (int i = 0; i < spare_nodes; ++i) world.taxonomies["data"]["spare" + std::to_string(i)];
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
  std::printf("counted: every ledger of up to three of %zu events: %llu decisions\n", alphabet.size(),
              static_cast<unsigned long long>(count));
}

}  // namespace agree
