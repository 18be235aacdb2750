// Random ledgers and requests.
#include <algorithm>

#include "reference/calendar.hpp"
#include "reference/random.hpp"

namespace reference {
namespace {

const std::int64_t noon = days_of(2026, 6, 10) * day + 12 * 3'600 * second;
constexpr std::int64_t step = 6 * 3'600 * second;

std::string any_node(const World& world, const std::string& taxonomy, Dice& dice) {
  return dice.pick(world.taxonomies.at(taxonomy)).first;
}

std::vector<std::string> some_nodes(const World& world, const std::string& taxonomy, Dice& dice) {
  std::vector<std::string> result;
  for (std::size_t i = dice.chance(80) ? 1 : 2; i > 0; --i) {
    const std::string one = any_node(world, taxonomy, dice);
    if (std::ranges::find(result, one) == result.end()) result.push_back(one);
  }
  return result;
}

Raw raw_value(const World& world, const Type& type, Dice& dice) {
  const auto text = [&]() -> std::string {
    if (type.kind == Type::Kind::string)
      return dice.pick(std::vector<std::string>{"red", "blue", "Green", "other", "strange \"one\"", ""});
    if (type.kind == Type::Kind::choice) return dice.pick(type.choices);
    return any_node(world, type.taxonomy, dice);
  };
  if (type.set) {
    Set texts;
    for (std::size_t i = dice.below(4); i > 0; --i) texts.insert(text());
    return std::vector<std::string>(texts.begin(), texts.end());
  }
  switch (type.kind) {
    case Type::Kind::boolean:
      return dice.chance(50);
    case Type::Kind::integer:
      if (!type.min) return dice.pick(std::vector<std::int64_t>{INT64_MIN, -2, -1, 0, 1, 2, 3, INT64_MAX});
      return dice.between(*type.min, *type.max);
    case Type::Kind::date:
      return date_text(days_of(2026, 6, 10) + dice.between(-2, 2));
    case Type::Kind::duration:
      return duration_text(dice.between(1, 6) * 12 * hour_seconds + (dice.chance(20) ? minute_seconds : 0));
    default:
      return text();
  }
}

}  // namespace

std::int64_t random_time(Dice& dice) {
  const std::int64_t tick = noon + dice.between(-10, 8) * step;
  return dice.chance(20) ? tick + dice.between(-1, 1) : tick;
}

Ledger random_ledger(const World& world, Dice& dice, const Taste& taste) {
  // A handful of instants, so that many events coincide.
  std::vector<std::int64_t> instants;
  for (std::size_t i = 1 + dice.below(5); i > 0; --i) instants.push_back(random_time(dice));
  const auto instant = [&] { return dice.chance(90) ? dice.pick(instants) : random_time(dice); };

  Ledger ledger;
  for (std::size_t count = dice.chance(8) ? 0 : 1 + dice.below(taste.events); count > 0; --count) {
    Event event;
    event.kind = dice.pick(std::vector<Event::Kind>{Event::Kind::given, Event::Kind::given, Event::Kind::given,
                                                    Event::Kind::given, Event::Kind::given, Event::Kind::refused,
                                                    Event::Kind::withdrawn, Event::Kind::raised,
                                                    Event::Kind::objection_withdrawn, Event::Kind::notice});
    if (event.kind == Event::Kind::notice && world.notices.empty()) event.kind = Event::Kind::given;
    const bool given = event.kind == Event::Kind::given;
    event.at = instant();
    if (event.kind != Event::Kind::notice) {
      for (std::size_t i = 0; i < dimensions.size(); ++i) {
        if (!given && dice.chance(30)) continue;
        event.scope[i] = dice.chance(25) ? std::vector<std::string>{"any"} : some_nodes(world, dimensions[i], dice);
      }
    }
    if (given && dice.chance(30)) event.expires = instant();
    if (given && dice.chance(45)) event.explicit_ = dice.chance(85);
    if (event.kind == Event::Kind::notice || (given && !world.notices.empty() && dice.chance(50))) {
      const auto [notice, current] = dice.pick(world.notices);
      event.notice = notice;
      event.version = dice.chance(60) ? current : dice.between(1, current);
    }
    ledger.push_back(event);
  }
  return ledger;
}

Request random_request(const World& world, Dice& dice, const Taste& taste) {
  Request request;
  request.data = some_nodes(world, "data", dice);
  request.purpose = any_node(world, "purpose", dice);
  request.partner = any_node(world, "partner", dice);
  // Rather late, so that most events count.
  request.at = std::max(random_time(dice), random_time(dice));
  if (dice.chance(10)) request.at = days_of(2026, 6, 10) * day + dice.between(-1, 2) * day - dice.between(0, 1);
  for (const auto& [name, declared] : world.facts)
    if (dice.chance(80)) request.facts.emplace_back(name, raw_value(world, declared.type, dice));
  if (dice.chance(82)) request.ledger = random_ledger(world, dice, taste);
  return request;
}

void spoil(Request& request, const World& world, Dice& dice) {
  const std::string nobody = "nobody-knows";
  switch (dice.below(18)) {
    case 0:
      request.data.clear();
      return;
    case 1:
      request.data.push_back(nobody);
      return;
    case 2:
      request.purpose = dice.chance(50) ? std::optional<std::string>() : nobody;
      return;
    case 3:
      request.partner = dice.chance(50) ? std::optional<std::string>() : "any";
      return;
    case 4:
      request.malformed_at = dice.pick(
          std::vector<std::string>{"2026-06-10", "2026-06-10T12:00:00", "2026-02-30T12:00:00Z", "soon",
                                   "2026-06-10T12:00:00.1234567Z", "2026-06-10T25:00:00Z", "2026-06-10 12:00:00Zx"});
      return;
    case 5:
      request.facts.emplace_back(nobody, true);
      return;
    case 6:
      request.further.emplace_back("ledgers", std::vector<std::string>{});
      return;
    case 7:
      request.further.emplace_back("Data", dice.pick(world.taxonomies.at("data")).first);
      return;
    case 8:  // a fact twice
      if (!request.facts.empty()) request.facts.push_back(request.facts.front());
      return;
    case 9:
    case 10:  // a fact with what may not be its value
      if (!request.facts.empty()) {
        request.facts[dice.below(request.facts.size())].second = dice.pick(std::vector<Raw>{
            Raw(), true, std::int64_t{7'000}, 1.5, nobody, std::string("2026-13-01"), std::string("0 days"),
            std::string("5 moons"), std::vector<std::string>{nobody}, std::vector<std::string>{}});
      }
      return;
    default:
      break;
  }
  if (!request.ledger || request.ledger->empty()) return;
  Event& event = (*request.ledger)[dice.below(request.ledger->size())];
  switch (dice.below(6)) {
    case 0:
      event.scope[dice.below(3)] = std::vector<std::string>{};
      return;
    case 1:
      event.scope[dice.below(3)] = std::vector<std::string>{nobody};
      return;
    case 2:
      event.scope[dice.below(3)].reset();
      return;
    case 3:
      event.notice = dice.chance(30) || world.notices.empty() ? nobody : dice.pick(world.notices).first;
      if (event.kind != Event::Kind::given && event.kind != Event::Kind::notice && dice.chance(70))
        event.kind = Event::Kind::given;
      event.version = dice.pick(std::vector<std::int64_t>{0, 0, -1, 1, 2, 3, 4, 100});
      return;
    case 4:
      event.version.reset();
      return;
    default:
      event.explicit_ = true;
      return;
  }
}

}  // namespace reference
