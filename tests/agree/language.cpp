// The reference itself, against the examples of the language's definition and what follows from its sentences, worked
// out by hand. What is wrong here is wrong everywhere.
#include <boost/test/unit_test.hpp>
#include <functional>

#include "reference/calendar.hpp"
#include "reference/reference.hpp"

namespace agree {
namespace {

using namespace reference;

Condition test(Operand left, std::string op = "", std::vector<Value> literals = {},
               std::optional<Operand> right = std::nullopt) {
  Condition result;
  result.kind = Condition::Kind::test;
  result.test = {left, op, right, literals, false};
  return result;
}

Operand fact(const std::string& name) { return {false, name, ""}; }
Operand own(const std::string& dimension, const std::string& attribute = "") { return {true, attribute, dimension}; }

Type type_of(Type::Kind kind, const std::string& taxonomy = "", bool set = false) {
  Type type;
  type.kind = kind;
  type.taxonomy = taxonomy;
  type.set = set;
  return type;
}

Box box(std::vector<std::string> data, std::vector<std::string> purpose, std::vector<std::string> partner) {
  return {Names{data}, Names{purpose}, Names{partner}};
}

Rule allow(const std::string& name, const Box& scope, const std::string& basis) {
  Rule rule;
  rule.name = name;
  rule.allow = true;
  rule.scope = scope;
  rule.basis = basis;
  return rule;
}

// Sections 2 and 3 of the definition.
World shop() {
  World world;
  Taxonomy& data = world.taxonomies["data"];
  data["personal"];
  data["address"].in = {"personal"};
  data["purchases"].in = {"personal"};
  data["body-measurements"].in = {"personal"};
  data["body-measurements"].attributes["volunteered"] = true;
  data["wardrobe"].in = {"personal"};
  data["wardrobe"].attributes["volunteered"] = true;
  data["style-profile"].in = {"personal"};
  data["style-profile"].derived_from = {"wardrobe", "purchases"};
  data["health"].in = {"personal"};
  data["health"].separate = true;
  data["health"].attributes["special"] = true;
  Taxonomy& purpose = world.taxonomies["purpose"];
  purpose["service"];
  purpose["delivery"].in = {"service"};
  purpose["recommendation"].in = {"service"};
  purpose["advertising"].separate = true;
  Taxonomy& partner = world.taxonomies["partner"];
  partner["shop"].attributes = {{"first-party", true}, {"country", "germany"}};
  partner["carriers"];
  partner["dhl"].in = {"carriers"};
  partner["dhl"].attributes["country"] = "germany";
  partner["ad-network"].since = days_of(2026, 5, 1);
  partner["ad-network"].attributes["country"] = "us";
  partner["ad-network"].attributes["consent-purposes"] = Set{"advertising"};
  Taxonomy& region = world.taxonomies["region"];
  region["eea"];
  region["germany"].in = {"eea"};
  region["us"];
  world.attributes["partner"]["country"] = {type_of(Type::Kind::node, "region"), std::nullopt};
  world.attributes["partner"]["consent-purposes"] = {type_of(Type::Kind::node, "purpose", true), Value(Set{})};
  Type age = type_of(Type::Kind::integer), channel = type_of(Type::Kind::choice);
  age.min = 0;
  age.max = 150;
  channel.choices = {"web", "app", "store"};
  world.facts["age"] = {age, std::nullopt};
  world.facts["channel"] = {channel, std::nullopt};
  world.facts["region"] = {type_of(Type::Kind::node, "region"), std::nullopt};
  world.facts["logged-in"] = {type_of(Type::Kind::boolean), std::nullopt};
  world.notices["fit-advice"] = 2;
  world.obligations = {"pseudonymise", "log"};

  Rule advice = allow("fit-advice", box({"body-measurements", "wardrobe"}, {"recommendation"}, {"shop"}), "consent");
  advice.consent.under = "fit-advice";
  advice.unless = test(fact("age"), "<", {std::int64_t{16}});
  advice.keep = 180 * day_seconds;
  advice.oblige = {"log"};
  Rule delivery = allow("delivery", box({"address"}, {"delivery"}, {"carriers"}), "contract");
  delivery.keep = 30 * day_seconds;
  Rule declared = allow("declared-partners", box({"purchases"}, {"advertising"}, {}), "consent");
  declared.when = test(own("purpose"), "in", {}, own("partner", "consent-purposes"));
  declared.consent.explicit_ = true;
  declared.consent.within = 13 * 30 * day_seconds;
  declared.keep = 90 * day_seconds;
  Rule no_ads;
  no_ads.name = "no-ads-on-health";
  no_ads.scope = box({"health"}, {"advertising"}, {});
  world.rules = {advice, delivery, declared, no_ads};
  return world;
}

std::int64_t on(int year, unsigned month, unsigned day_of_month, int hour = 0, int minute = 0) {
  return days_of(year, month, day_of_month) * day + (hour * 3600 + minute * 60) * second;
}

using Side = std::optional<std::vector<std::string>>;

Event event(Event::Kind kind, Side data, Side purpose, Side partner, std::int64_t at) {
  Event result;
  result.kind = kind;
  result.scope = {data, purpose, partner};
  result.at = at;
  return result;
}

Event given(Side data, Side purpose, Side partner, std::int64_t at) {
  return event(Event::Kind::given, data, purpose, partner, at);
}

Event shown(const std::string& notice, std::int64_t version, std::int64_t at) {
  Event result = event(Event::Kind::notice, {}, {}, {}, at);
  result.notice = notice;
  result.version = version;
  return result;
}

const Side any = std::vector<std::string>{"any"};
Side one(const std::string& name) { return std::vector<std::string>{name}; }

Request request(const std::string& data, const std::string& purpose, const std::string& partner, std::int64_t at,
                std::optional<Ledger> ledger) {
  Request result;
  result.data = {data};
  result.purpose = purpose;
  result.partner = partner;
  result.at = at;
  result.facts = {{"age", std::int64_t{30}}};
  result.ledger = ledger;
  return result;
}

// "allowed [fit-advice] keep 180 days oblige log"
std::string text(const Answer& answer) {
  std::string result = name_of(answer.status) + " [";
  for (const std::string& rule : answer.rules) result += (result.back() == '[' ? "" : " ") + rule;
  result += "]";
  if (answer.keep) result += " keep " + *answer.keep;
  for (const std::string& name : answer.oblige) result += " oblige " + name;
  return result;
}

std::string ask(const World& world, const Request& request) { return text(Reference(world).answer(request)); }

const std::string advised = "allowed [fit-advice] keep 180 days oblige log";
const std::string nothing = "not-permitted []";
const std::int64_t june = on(2026, 6, 1, 12);

// The ledger of section 4, event by event.
Ledger ledger_of_section_4() {
  Event yes = given(std::vector<std::string>{"wardrobe", "body-measurements"}, one("recommendation"), one("shop"),
                    on(2026, 2, 1, 10));
  yes.explicit_ = true;
  yes.notice = "fit-advice";
  yes.version = 2;
  yes.expires = on(2027, 2, 1);
  return {yes, event(Event::Kind::withdrawn, one("wardrobe"), {}, {}, on(2026, 3, 1, 9, 30)),
          event(Event::Kind::raised, {}, one("advertising"), {}, on(2026, 3, 2)),
          shown("fit-advice", 2, on(2026, 2, 1, 9, 59))};
}

Event advice_given(std::int64_t version, std::int64_t at) {
  Event yes = given(one("wardrobe"), one("recommendation"), one("shop"), at);
  yes.notice = "fit-advice";
  yes.version = version;
  return yes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_reference)

BOOST_AUTO_TEST_CASE(answers_the_requests_of_section_8_and_9) {
  const World world = shop();
  Request asked =
      request("wardrobe", "recommendation", "shop", june, Ledger{shown("fit-advice", 2, on(2026, 2, 1, 10))});
  asked.facts.emplace_back("region", "germany");
  BOOST_TEST(ask(world, asked) == nothing);
  asked.ledger = Ledger{advice_given(2, on(2026, 2, 1, 10))};
  BOOST_TEST(ask(world, asked) == advised);
  asked.ledger = Ledger{advice_given(1, on(2026, 2, 1, 10))};  // under an old version
  BOOST_TEST(ask(world, asked) == nothing);
  asked.ledger = Ledger{given(one("wardrobe"), one("recommendation"), one("shop"), on(2026, 2, 1, 10))};
  BOOST_TEST(ask(world, asked) == nothing);
  asked.ledger.reset();
  BOOST_TEST(ask(world, asked) == "indeterminate [fit-advice]");
  asked.facts = {{"age", std::int64_t{15}}};
  BOOST_TEST(ask(world, asked) == nothing);
  asked.ledger = Ledger{advice_given(2, on(2026, 2, 1, 10))};
  BOOST_TEST(ask(world, asked) == nothing);
  asked.facts = {{"age", std::int64_t{16}}};
  BOOST_TEST(ask(world, asked) == advised);
  asked.facts = {};
  BOOST_TEST(ask(world, asked) == "indeterminate [fit-advice]");
}

BOOST_AUTO_TEST_CASE(reads_the_ledger_of_section_4) {
  const World world = shop();
  const auto asked = [&](const std::string& data, std::int64_t at) {
    return ask(world, request(data, "recommendation", "shop", at, ledger_of_section_4()));
  };
  BOOST_TEST(asked("wardrobe", on(2026, 2, 1, 10) - 1) == nothing);  // not yet said
  BOOST_TEST(asked("wardrobe", on(2026, 2, 1, 10)) == advised);
  BOOST_TEST(asked("wardrobe", on(2026, 3, 1, 9, 30) - 1) == advised);
  BOOST_TEST(asked("wardrobe", on(2026, 3, 1, 9, 30)) == nothing);
  BOOST_TEST(asked("body-measurements", on(2026, 3, 1, 9, 30)) == advised);
  BOOST_TEST(asked("body-measurements", on(2027, 2, 1) - 1) == advised);
  BOOST_TEST(asked("body-measurements", on(2027, 2, 1)) == nothing);  // expired
  const Reference reference(world);
  const Situation now = reference.situation(request("address", "delivery", "dhl", june, ledger_of_section_4()));
  BOOST_TEST((reference.objection({"address", "advertising", "dhl"}, now) == Truth::yes));
  BOOST_TEST((reference.objection({"address", "delivery", "dhl"}, now) == Truth::no));
  BOOST_TEST((reference.objection({"wardrobe", "delivery", "dhl"}, now) == Truth::yes));  // a no counts as one
  BOOST_TEST((reference.notice("fit-advice", {}, now) == Truth::yes));
}

BOOST_AUTO_TEST_CASE(lets_no_broad_yes_undo_a_narrow_no) {
  const World world = shop();
  const auto asked = [&](Event later) {
    Ledger ledger = ledger_of_section_4();
    later.notice = "fit-advice";
    later.version = 2;
    ledger.push_back(later);
    return ask(world, request("wardrobe", "recommendation", "shop", june, ledger));
  };
  const Side wardrobe = one("wardrobe");
  BOOST_TEST(asked(given(any, any, any, on(2026, 4, 1))) == nothing);
  BOOST_TEST(asked(given(one("personal"), any, any, on(2026, 4, 1))) == nothing);
  BOOST_TEST(asked(given(wardrobe, any, any, on(2026, 4, 1))) == advised);                     // the same question
  BOOST_TEST(asked(given(wardrobe, one("service"), one("shop"), on(2026, 4, 1))) == advised);  // a narrower one
  BOOST_TEST(asked(given(wardrobe, any, any, on(2026, 3, 1, 9, 30))) == nothing);              // not strictly later
  BOOST_TEST(asked(given(wardrobe, any, any, june + 1)) == nothing);                           // not yet
}

BOOST_AUTO_TEST_CASE(asks_apart_for_what_is_separate_or_joined_later) {
  const World world = shop();
  const auto asked = [&](Side data, Side purpose, Side partner, std::int64_t at, std::int64_t now = june) {
    Event yes = given(data, purpose, partner, at);
    yes.explicit_ = true;
    return ask(world, request("purchases", "advertising", "ad-network", now, Ledger{yes}));
  };
  const std::string ads = "allowed [declared-partners] keep 90 days", advertising = "advertising";
  BOOST_TEST(asked(any, one(advertising), any, on(2026, 5, 1)) == ads);
  BOOST_TEST(asked(any, one(advertising), any, on(2026, 5, 1) - 1) == nothing);
  BOOST_TEST(asked(any, one(advertising), one("ad-network"), on(2026, 4, 1)) == ads);
  BOOST_TEST(asked(any, any, one("ad-network"), on(2026, 5, 1)) == nothing);
  BOOST_TEST(asked(one("personal"), one(advertising), any, on(2026, 5, 2)) == ads);
  // Thirteen months are 390 days, the last of them included.
  const std::int64_t may = on(2026, 5, 2);
  BOOST_TEST(asked(any, one(advertising), any, may, may + 390 * day) == ads);
  BOOST_TEST(asked(any, one(advertising), any, may, may + 390 * day + 1) == nothing);
}

BOOST_AUTO_TEST_CASE(forbids_and_protects_special_data) {
  World world = shop();
  BOOST_TEST(ask(world, request("health", "advertising", "shop", june, std::nullopt)) ==
             "forbidden [no-ads-on-health]");
  world.rules = {allow("a", box({}, {}, {}), "contract")};
  const auto asked = [&](const std::string& basis, std::optional<Ledger> ledger, const std::string& data = "health") {
    world.rules.front().basis = basis;
    return ask(world, request(data, "delivery", "shop", june, ledger));
  };
  BOOST_TEST(asked("contract", Ledger{}) == nothing);
  BOOST_TEST(asked("contract", Ledger{}, "address") == "allowed [a]");
  BOOST_TEST(asked("legitimate-interest", Ledger{}) == nothing);
  BOOST_TEST(asked("legitimate-interest", std::nullopt) == nothing);
  BOOST_TEST(asked("legitimate-interest", std::nullopt, "address") == "indeterminate [a]");
  BOOST_TEST(asked("legitimate-interest", Ledger{}, "address") == "allowed [a]");
  BOOST_TEST(asked("public-task", Ledger{}) == "allowed [a]");
  BOOST_TEST(asked("public-task", std::nullopt) == "indeterminate [a]");
  BOOST_TEST(asked("vital-interest", std::nullopt) == "allowed [a]");
  Event yes = given(one("health"), any, any, on(2026, 1, 1));
  BOOST_TEST(asked("consent", Ledger{yes}) == nothing);
  yes.explicit_ = true;
  BOOST_TEST(asked("consent", Ledger{yes}) == "allowed [a]");
  yes.scope[0] = any;  // health is separate
  BOOST_TEST(asked("consent", Ledger{yes}) == nothing);
  BOOST_TEST(asked("consent", Ledger{yes}, "address") == "allowed [a]");
}

BOOST_AUTO_TEST_CASE(undoes_objections_only_by_what_answers_them) {
  World world = shop();
  world.rules = {allow("a", box({}, {}, {}), "public-task")};
  const auto asked = [&](std::vector<Event> ledger) {
    return ask(world, request("address", "delivery", "dhl", june, ledger));
  };
  const std::string yes = "allowed [a]";
  const auto event = [](Event::Kind kind, Side data, Side purpose, Side partner, int hour) {
    return agree::event(kind, data, purpose, partner, on(2026, 5, 1, hour));
  };
  using Kind = Event::Kind;
  const Event raised = event(Kind::raised, one("address"), {}, {}, 1);
  const Event no = event(Kind::refused, one("address"), {}, {}, 1);
  BOOST_TEST(asked({raised}) == nothing);
  BOOST_TEST(asked({no}) == nothing);
  BOOST_TEST(asked({event(Kind::raised, {}, {}, one("shop"), 1)}) == yes);  // reaches another point
  BOOST_TEST(asked({raised, event(Kind::objection_withdrawn, {}, {}, {}, 2)}) == yes);
  BOOST_TEST(asked({raised, event(Kind::objection_withdrawn, {}, {}, {}, 1)}) == nothing);
  BOOST_TEST(asked({raised, event(Kind::objection_withdrawn, {}, one("delivery"), {}, 2)}) == nothing);
  BOOST_TEST(asked({no, event(Kind::objection_withdrawn, {}, {}, {}, 2)}) == nothing);
  BOOST_TEST(asked({raised, event(Kind::given, one("address"), one("service"), any, 2)}) == yes);
  BOOST_TEST(asked({raised, event(Kind::given, one("personal"), any, any, 2)}) == nothing);  // not within its scope
  BOOST_TEST(asked({no, event(Kind::given, one("address"), any, any, 2)}) == yes);
  BOOST_TEST(asked({raised, event(Kind::given, one("address"), any, any, 1)}) == nothing);
  // A grant that stands no longer undoes nothing.
  BOOST_TEST(asked({raised, event(Kind::given, one("address"), any, any, 2), event(Kind::withdrawn, {}, {}, {}, 3)}) ==
             nothing);
}

BOOST_AUTO_TEST_CASE(asks_for_groups_and_sources) {
  World world = shop();
  BOOST_TEST(ask(world, request("address", "delivery", "dhl", june, Ledger{})) == "allowed [delivery] keep 30 days");
  BOOST_TEST(ask(world, request("address", "delivery", "carriers", june, std::nullopt)) ==
             "allowed [delivery] keep 30 days");
  BOOST_TEST(ask(world, request("address", "service", "carriers", june, Ledger{})) == nothing);
  BOOST_TEST(ask(world, request("personal", "advertising", "dhl", june, Ledger{})) == "forbidden [no-ads-on-health]");
  BOOST_TEST((Reference(world).sources("style-profile") == Set{"purchases", "wardrobe"}));
  world.rules.push_back(allow("profile", box({"style-profile"}, {"recommendation"}, {}), "contract"));
  BOOST_TEST(ask(world, request("style-profile", "recommendation", "shop", june, Ledger{})) == nothing);
  world.rules.push_back(allow("bought", box({"purchases"}, {"recommendation"}, {}), "contract"));
  world.rules.back().keep = 36 * hour_seconds;
  BOOST_TEST(ask(world, request("style-profile", "recommendation", "shop", june, Ledger{})) == nothing);
  BOOST_TEST(ask(world, request("style-profile", "recommendation", "shop", june, std::nullopt)) ==
             "indeterminate [fit-advice]");
  BOOST_TEST(
      ask(world, request("style-profile", "recommendation", "shop", june, Ledger{advice_given(2, on(2026, 5, 1))})) ==
      "allowed [bought fit-advice profile] keep 36 hours oblige log");
}

BOOST_AUTO_TEST_CASE(compares_groups_and_missing_values) {
  World world = shop();
  world.taxonomies["region"]["france"].in = {"eea"};
  world.taxonomies["partner"]["post"].in = {"carriers"};  // without a country
  world.taxonomies["partner"]["club"].attributes["country"] = "eea";
  world.taxonomies["partner"]["club"].attributes["consent-purposes"] = Set{"service"};
  const Reference reference(world);
  const auto truth = [&](const Condition& condition, const std::string& partner, std::optional<Value> region = {},
                         const std::string& purpose = "delivery") {
    Situation now;
    now.at = june;
    if (region) now.facts["region"] = *region;
    switch (reference.truth(condition, {"address", purpose, partner}, now)) {
      case Truth::yes:
        return "yes";
      case Truth::no:
        return "no";
      default:
        return "unknown";
    }
  };
  const Operand region = fact("region"), country = own("partner", "country");
  BOOST_TEST(truth(test(region, "=", {"germany"}), "shop", "eea") == "unknown");
  BOOST_TEST(truth(test(region, "!=", {"us"}), "shop", "eea") == "yes");
  BOOST_TEST(truth(test(region, "=", {"us"}), "shop", "eea") == "no");
  BOOST_TEST(truth(test(region, "in", {"eea"}), "shop", "eea") == "yes");
  BOOST_TEST(truth(test(region, "in", {"germany", "us"}), "shop", "eea") == "unknown");
  BOOST_TEST(truth(test(region, "in", {"eea"}), "shop") == "unknown");
  BOOST_TEST(truth(test(region, "=", {}, country), "shop", "germany") == "yes");
  BOOST_TEST(truth(test(region, "=", {}, country), "club", "germany") == "unknown");
  BOOST_TEST(truth(test(region, "=", {}, country), "club", "us") == "no");
  BOOST_TEST(truth(test(region, "=", {}, country), "post", "us") == "unknown");
  BOOST_TEST(truth(test(own("partner", "first-party")), "post") == "no");
  BOOST_TEST(truth(test(own("partner", "first-party")), "shop") == "yes");
  const Operand purposes = own("partner", "consent-purposes");
  BOOST_TEST(truth(test(own("purpose"), "in", {}, purposes), "club") == "yes");  // a group in a set means all of it
  BOOST_TEST(truth(test(own("purpose"), "in", {}, purposes), "club", {}, "advertising") == "no");
  BOOST_TEST(truth(test(own("purpose"), "in", {}, purposes), "shop") == "no");  // empty
  BOOST_TEST(truth(test(purposes, "has", {"service"}), "club") == "yes");
  BOOST_TEST(truth(test(purposes, "has", {"advertising"}), "club") == "no");
  BOOST_TEST(truth(test(purposes, "has", {}, own("purpose")), "club") == "yes");
}

BOOST_AUTO_TEST_CASE(opens_and_closes_windows_by_days) {
  World world = shop();
  world.rules = {allow("a", box({}, {}, {}), "contract")};
  world.rules.front().from = days_of(2026, 6, 1);
  world.rules.front().until = days_of(2026, 6, 2);
  const auto asked = [&](std::int64_t at) { return ask(world, request("address", "delivery", "dhl", at, Ledger{})); };
  BOOST_TEST(asked(on(2026, 6, 1) - 1) == nothing);
  BOOST_TEST(asked(on(2026, 6, 1)) == "allowed [a]");
  BOOST_TEST(asked(on(2026, 6, 3) - 1) == "allowed [a]");
  BOOST_TEST(asked(on(2026, 6, 3)) == nothing);
}

BOOST_AUTO_TEST_CASE(names_the_rules_of_an_answer) {
  World world = shop();
  world.rules = {allow("a", box({}, {}, {}), "contract"), allow("b", box({"address"}, {}, {}), "consent"), Rule()};
  world.rules[2].name = "c";
  world.rules[2].scope = box({"purchases"}, {}, {});
  world.rules[2].when = test(fact("logged-in"));
  const auto asked = [&](std::vector<std::string> data, std::optional<bool> logged_in, std::optional<Ledger> ledger) {
    Request all = request("address", "delivery", "dhl", june, ledger);
    all.data = data;
    if (logged_in) all.facts.emplace_back("logged-in", *logged_in);
    return ask(world, all);
  };
  BOOST_TEST(asked({"address"}, {}, {}) == "allowed [a]");  // b may apply, but that decides nothing
  BOOST_TEST(asked({"address"}, {}, Ledger{given(any, any, any, june)}) == "allowed [a b]");
  // At purchases c may apply; what may apply at the address, which is allowed, is no reason.
  BOOST_TEST(asked({"address", "purchases"}, {}, {}) == "indeterminate [c]");
  BOOST_TEST(asked({"address", "purchases"}, true, {}) == "forbidden [c]");
  BOOST_TEST(asked({"address", "purchases"}, false, {}) == "allowed [a]");
  BOOST_TEST(asked({"address", "purchases", "health"}, {}, {}) == nothing);
  BOOST_TEST(asked({"address", "purchases", "health"}, true, {}) == "forbidden [c]");
  world.rules.erase(world.rules.begin());
  BOOST_TEST(asked({"address"}, {}, {}) == "indeterminate [b]");
  BOOST_TEST(asked({"purchases"}, {}, {}) == nothing);  // a deny that may apply allows nothing
}

BOOST_AUTO_TEST_CASE(follows_sources_through_groups_and_sources) {
  World world = shop();
  Taxonomy& data = world.taxonomies["data"];
  data["profiles"].derived_from = {"style-profile"};
  data["taste"].in = {"profiles"};
  data["body"];
  data["body-measurements"].in = {"body"};
  data["size"].in = {"profiles"};
  data["size"].derived_from = {"body"};
  BOOST_TEST((Reference(world).sources("taste") == Set{"purchases", "style-profile", "wardrobe"}));
  BOOST_TEST((Reference(world).sources("size") == Set{"body-measurements", "purchases", "style-profile", "wardrobe"}));
  BOOST_TEST(Reference(world).sources("wardrobe").empty());
}

BOOST_AUTO_TEST_CASE(counts_nothing_that_is_yet_to_come) {
  const World world = shop();
  const Reference reference(world);
  Situation now;
  now.at = june;
  const auto seen = [&](Ledger ledger) {
    now.ledger = multiplied_out(ledger);
    return std::pair(reference.notice("fit-advice", {}, now), reference.objection({"address", "delivery", "dhl"}, now));
  };
  using Kind = Event::Kind;
  const Event raised = event(Kind::raised, {}, {}, {}, june - 1);
  BOOST_TEST((seen({shown("fit-advice", 2, june)}) == std::pair(Truth::yes, Truth::no)));
  BOOST_TEST((seen({shown("fit-advice", 1, june)}) == std::pair(Truth::no, Truth::no)));
  BOOST_TEST((seen({shown("fit-advice", 2, june + 1)}) == std::pair(Truth::no, Truth::no)));
  BOOST_TEST((seen({event(Kind::raised, {}, {}, {}, june + 1)}) == std::pair(Truth::no, Truth::no)));
  BOOST_TEST((seen({raised, event(Kind::objection_withdrawn, {}, {}, {}, june)}) == std::pair(Truth::no, Truth::no)));
  BOOST_TEST(
      (seen({raised, event(Kind::objection_withdrawn, {}, {}, {}, june + 1)}) == std::pair(Truth::no, Truth::yes)));
  BOOST_TEST((seen({advice_given(2, june)}) == std::pair(Truth::no, Truth::no)));  // a consent shows no notice
}

BOOST_AUTO_TEST_CASE(refuses_bad_requests) {
  const World world = shop();
  const auto problems = [&](const std::function<void(Request&)>& change) {
    Request asked = request("wardrobe", "recommendation", "shop", june, ledger_of_section_4());
    change(asked);
    return Reference(world).problems(asked).size();
  };
  BOOST_TEST(problems([](Request&) {}) == 0);
  BOOST_TEST(problems([](Request& r) { r.data.clear(); }) == 1);
  BOOST_TEST(problems([](Request& r) { r.purpose.reset(); }) == 1);
  BOOST_TEST(problems([](Request& r) { r.partner = "any"; }) == 1);
  BOOST_TEST(problems([](Request& r) { r.facts.emplace_back("age", std::int64_t{30}); }) == 1);
  BOOST_TEST(problems([](Request& r) { r.facts = {{"age", std::int64_t{151}}}; }) == 1);
  BOOST_TEST(problems([](Request& r) { r.facts = {{"age", Raw()}}; }) == 1);
  BOOST_TEST(problems([](Request& r) { r.facts = {{"channel", "radio"}}; }) == 1);
  BOOST_TEST(problems([](Request& r) { r.facts = {{"region", "eea"}}; }) == 0);
  BOOST_TEST(problems([](Request& r) { r.ledger->front().version = 3; }) == 1);
  BOOST_TEST(problems([](Request& r) { r.ledger->front().version = 0; }) == 1);
  BOOST_TEST(problems([](Request& r) { r.ledger->back().version = 0; }) == 1);
  BOOST_TEST(problems([](Request& r) { r.ledger->back().version = 1; }) == 0);
  BOOST_TEST(problems([](Request& r) { r.ledger->front().scope[1].reset(); }) == 1);
  BOOST_TEST(problems([](Request& r) { (*r.ledger)[1].scope[1] = one("x"); }) == 1);
  BOOST_TEST(problems([](Request& r) { (*r.ledger)[1].expires = june; }) == 1);
}

BOOST_AUTO_TEST_CASE(writes_dates_times_and_durations) {
  BOOST_TEST(date_text(days_of(2026, 2, 28) + 1) == "2026-03-01");
  BOOST_TEST(time_text(june) == "2026-06-01T12:00:00Z");
  BOOST_TEST(time_text(june + 1) == "2026-06-01T12:00:00.000001Z");
  BOOST_TEST(time_text(-1) == "1969-12-31T23:59:59.999999Z");
  BOOST_TEST(duration_text(day_seconds) == "1 day");
  BOOST_TEST(duration_text(36 * hour_seconds) == "36 hours");
  BOOST_TEST(duration_text(90 * minute_seconds) == "90 minutes");
  BOOST_TEST(read_date("2026-02-29").has_value() == false);
  BOOST_TEST(*read_duration("13 months") == 390 * day_seconds);
  BOOST_TEST(read_duration("0 days").has_value() == false);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace agree
