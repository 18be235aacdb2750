// What would help: small sets whose answers are plain to see. That nothing smaller would do is shown in tests/agree.
#include "engine/needs.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "engine/answer.hpp"
#include "zweck/engine.hpp"
#include "zweck/explain.hpp"

using namespace zweck;

namespace {

constexpr const char* vocabulary =
    "data:\n"
    "  all: {}\n"
    "  mail: {in: all}\n"
    "  orders: {in: all}\n"
    "  health: {special: true}\n"
    "  profile: {derived-from: [mail, orders]}\n"
    "purposes: {advice: {}, adverts: {}}\n"
    "partners: {firms: {}, shop: {in: firms, allowed-places: here}, agency: {in: firms}}\n"
    "taxonomies: {place: {near: {}, here: {in: near}, there: {in: near}, far: {}}}\n"
    "attributes: {partner: {allowed-places: place}}\n"
    "facts:\n"
    "  age: int\n"
    "  member: bool\n"
    "  place: place\n"
    "  places: set of place\n"
    "  since: date\n"
    "  channel: one of web, app, store\n"
    "  word: string\n"
    "notices: {hint: {version: 3}, other: {version: 1}}\n";

Engine engine_of(const std::string& rules) {
  auto engine = Engine::from_texts({{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}});
  if (!engine) BOOST_FAIL(render(engine.diagnostics()));
  return *engine;
}

// The needs of a request for mail for advice by the shop, or with other keys, as JSON.
std::string asked_for(const std::string& rules, const std::string& further,
                  const std::string& asked = R"("data": "mail", "purpose": "advice", "partner": "shop")") {
  const Answer answer = engine_of(rules).answer_json("{" + asked + R"(, "at": "2026-06-01T00:00:00Z")" +
                                                     (further.empty() ? "" : ", ") + further + "}");
  BOOST_TEST(!answer.needs_given_up);
  for (const std::string& problem : answer.problems) BOOST_ERROR(problem);
  const std::string json = to_json(answer);
  const std::size_t from = json.find("\"needs\": "), to = json.find(", \"revision\"");
  return from == json.npos ? std::string(name_of(answer.status)) : json.substr(from + 9, to - from - 9);
}

const std::string on_consent = "rule a allow mail for advice by shop basis consent\n";
const std::string empty = R"("ledger": [])";
const std::string of_mail = R"({"consent": {"data": "mail", "purpose": "advice", "partner": "shop")";

}  // namespace

BOOST_AUTO_TEST_SUITE(what_would_help)

BOOST_AUTO_TEST_CASE(a_consent_for_exactly_the_point) {
  BOOST_TEST(asked_for(on_consent, empty) == "[" + of_mail + "}}]");
  BOOST_TEST(asked_for("rule a allow all for any by firms basis consent\n", empty) == "[" + of_mail + "}}]");
  BOOST_TEST(asked_for("rule a allow all for any by firms basis consent within 1 minute\n", empty) == "[" + of_mail + "}}]");
  // Nothing is needed of what is allowed, and nothing helps what is forbidden.
  const std::string given = R"("ledger": [{"consent": "given", "data": "mail", "purpose": "any", "partner": "any",
                             "at": "2026-05-01T00:00:00Z"}])";
  BOOST_TEST(asked_for(on_consent, given) == "allowed");
  BOOST_TEST(asked_for(on_consent + "rule b deny mail for advice by shop unless consent\n", empty) == "forbidden");
  BOOST_TEST(asked_for("rule a allow orders for advice by shop basis consent\n", empty) == "not-permitted");
}

BOOST_AUTO_TEST_CASE(no_more_of_a_consent_than_is_needed) {
  const std::string explicit_rule = "rule x allow mail for advice by shop basis explicit consent\n";
  const std::string under_rule = "rule y allow mail for advice by shop basis consent under hint version 2\n";
  BOOST_TEST(asked_for(explicit_rule, empty) == "[" + of_mail + R"(, "explicit": true}}])");
  // Under the notice as it stands today, though an older one would do.
  BOOST_TEST(asked_for(under_rule, empty) == "[" + of_mail + R"(, "under": {"notice": "hint", "version": 3}}}])");
  BOOST_TEST(asked_for(explicit_rule + on_consent + under_rule, empty) == "[" + of_mail + "}}]");
  // Unless that is held against it.
  BOOST_TEST(asked_for(under_rule + "rule z deny mail for advice by shop when consent under hint version 3\n", empty) ==
             "[" + of_mail + R"(, "under": {"notice": "hint", "version": 2}}}])");
  BOOST_TEST(asked_for("rule h allow health for advice by shop basis consent\n", empty,
                   R"("data": "health", "purpose": "advice", "partner": "shop")") ==
             R"([{"consent": {"data": "health", "purpose": "advice", "partner": "shop", "explicit": true}}])");
  // One that meets two tests rather than two that meet one each.
  BOOST_TEST(asked_for("rule a allow mail for advice by shop basis explicit consent when consent under hint\n", empty) ==
             "[" + of_mail + R"(, "explicit": true, "under": {"notice": "hint", "version": 3}}}])");
  // Two where one cannot meet both.
  BOOST_TEST(asked_for("rule a allow mail for advice by shop basis consent under hint when consent under other\n", empty) ==
             "[" + of_mail + R"(, "under": {"notice": "hint", "version": 3}}}, )" + of_mail +
                 R"(, "under": {"notice": "other", "version": 1}}}])");
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_again) {
  const auto with = [](const std::string& event) { return R"("ledger": [{)" + event + R"(, "at": "2026-05-01T00:00:00Z"}])"; };
  BOOST_TEST(asked_for(on_consent, with(R"("consent": "refused")")) == "not-permitted");
  BOOST_TEST(asked_for(on_consent, with(R"("consent": "withdrawn", "data": "mail")")) == "not-permitted");
  BOOST_TEST(asked_for(on_consent, with(R"("objection": "raised", "purpose": "advice")")) == "not-permitted");
  BOOST_TEST(asked_for(on_consent, with(R"("consent": "refused", "data": "orders")")) == "[" + of_mail + "}}]");
  BOOST_TEST(asked_for(on_consent, with(R"("objection": "withdrawn")")) == "[" + of_mail + "}}]");
  // A no that was followed by a yes to the same question stands in no way.
  BOOST_TEST(asked_for("rule a allow mail for advice by shop basis explicit consent\n",
                   R"("ledger": [{"consent": "refused", "data": "mail", "at": "2026-05-01T00:00:00Z"},
                      {"consent": "given", "data": "mail", "purpose": "any", "partner": "any", "at": "2026-05-02T00:00:00Z"}])") ==
             "[" + of_mail + R"(, "explicit": true}}])");
  // Another way may be open all the same.
  BOOST_TEST(asked_for(on_consent + "rule b allow mail for advice by shop basis contract when notice hint\n",
                   with(R"("consent": "refused")")) == R"([{"notice": "hint", "version": 3}])");
}

BOOST_AUTO_TEST_CASE(notices) {
  const std::string rules = "rule a allow mail for advice by shop basis legitimate-interest when notice hint version 2\n";
  BOOST_TEST(asked_for(rules, empty) == R"([{"notice": "hint", "version": 3}])");
  BOOST_TEST(asked_for(rules, R"("ledger": [{"notice": "hint", "version": 1, "at": "2026-05-01T00:00:00Z"}])") ==
             R"([{"notice": "hint", "version": 3}])");
  BOOST_TEST(asked_for(rules + "rule b deny any for any by any when notice hint\n", empty) ==
             R"([{"notice": "hint", "version": 2}])");
  BOOST_TEST(asked_for(rules + "rule b deny any for any by any when notice hint version 1\n", empty) == "not-permitted");
}

BOOST_AUTO_TEST_CASE(facts_that_are_missing_or_a_group) {
  const auto rule = [](const std::string& when) { return "rule a allow mail for advice by shop basis contract when " + when + "\n"; };
  BOOST_TEST(asked_for(rule("age >= 18"), empty) == R"([{"fact": "age"}])");
  BOOST_TEST(asked_for(rule("age >= 18 and member and channel = store"), empty) ==
             R"([{"fact": "age"}, {"fact": "channel"}, {"fact": "member"}])");
  BOOST_TEST(asked_for(rule("age >= 18 or member and channel = store"), empty) == R"([{"fact": "age"}])");
  BOOST_TEST(asked_for(rule("age >= 18 and age < 18"), empty) == "indeterminate");
  BOOST_TEST(asked_for(rule("age = 9223372036854775807"), empty) == R"([{"fact": "age"}])");
  BOOST_TEST(asked_for(rule("since >= 2026-01-01 and since < 2026-01-02"), empty) == R"([{"fact": "since"}])");
  BOOST_TEST(asked_for(rule("not word = \"x\""), empty) == R"([{"fact": "word"}])");
  // What is given stays as it is; a group may turn out to be any of its leaves, and nothing else.
  BOOST_TEST(asked_for(rule("age >= 18"), empty + R"(, "facts": {"age": 17})") == "not-permitted");
  BOOST_TEST(asked_for(rule("place = here"), empty + R"(, "facts": {"place": "near"})") == R"([{"fact": "place"}])");
  BOOST_TEST(asked_for(rule("place = far"), empty + R"(, "facts": {"place": "near"})") == "not-permitted");
  BOOST_TEST(asked_for(rule("place = far"), empty) == R"([{"fact": "place"}])");
  BOOST_TEST(asked_for(rule("place in near and not place = here and not place = there"), empty) == "indeterminate");
  BOOST_TEST(asked_for(rule("place = partner.allowed-places"), empty) == R"([{"fact": "place"}])");
  BOOST_TEST(asked_for(rule("place = partner.allowed-places"), empty,
                   R"("data": "mail", "purpose": "advice", "partner": "agency")") == "not-permitted");
  BOOST_TEST(asked_for("rule a allow any for any by any basis contract when place = partner.allowed-places\n", empty,
                   R"("data": "mail", "purpose": "advice", "partner": "agency")") == "indeterminate");
  // Sets.
  BOOST_TEST(asked_for(rule("places has near"), empty) == R"([{"fact": "places"}])");
  BOOST_TEST(asked_for(rule("places has near and not places has here"), empty) == R"([{"fact": "places"}])");
  BOOST_TEST(asked_for(rule("places has near and not places has here and not places has there"), empty) == "indeterminate");
  BOOST_TEST(asked_for(rule("not places has near"), empty) == R"([{"fact": "places"}])");
  BOOST_TEST(asked_for(rule("places has here and places has far"), empty + R"(, "facts": {"places": ["here"]})") ==
             "not-permitted");
}

BOOST_AUTO_TEST_CASE(denies_that_may_apply) {
  const std::string rule = "rule a allow mail for advice by shop basis not-personal\n";
  BOOST_TEST(asked_for(rule + "rule b deny any for any by any when member\n", "") == R"([{"fact": "member"}])");
  BOOST_TEST(asked_for(rule + "rule b deny any for any by any when member and age < 18\n", "") == R"([{"fact": "age"}])");
  BOOST_TEST(asked_for(rule + "rule b deny any for any by any when member and age < 18\n"
                          "rule c deny any for any by any when member and place = far\n", "") == R"([{"fact": "member"}])");
  // One value must do for all of them, at every point.
  BOOST_TEST(asked_for("rule a allow any for any by any basis not-personal\n"
                   "rule b deny mail for any by any when age in {0, 7}\nrule c deny orders for any by any when age in {1, 8}\n",
                   "", R"("data": "all", "purpose": "advice", "partner": "shop")") == R"([{"fact": "age"}])");
  BOOST_TEST(asked_for("rule a allow any for any by any basis not-personal\n"
                   "rule b deny mail for any by any when age < 7\nrule c deny orders for any by any when age >= 7\n",
                   "", R"("data": "all", "purpose": "advice", "partner": "shop")") == "indeterminate");
  // An attribute that is missing stays so.
  BOOST_TEST(asked_for("rule a allow any for any by any basis not-personal\n"
                   "rule b deny any for any by any when place = partner.allowed-places\n",
                   "", R"("data": "mail", "purpose": "advice", "partner": "agency")") == "indeterminate");
}

BOOST_AUTO_TEST_CASE(a_ledger_that_is_not_known_becomes_what_is_asked_for) {
  BOOST_TEST(asked_for(on_consent, "") == "[" + of_mail + "}}]");
  BOOST_TEST(asked_for("rule a allow mail for advice by shop basis legitimate-interest when notice hint\n", "") ==
             R"([{"notice": "hint", "version": 3}])");
  // Only so that there is one: the consent answers any objection there may be.
  BOOST_TEST(asked_for("rule a allow mail for advice by shop basis legitimate-interest\n", "") == "[" + of_mail + "}}]");
  BOOST_TEST(asked_for("rule a allow mail for advice by shop basis legitimate-interest unless consent\n", "") ==
             R"([{"notice": "hint", "version": 3}])");
  BOOST_TEST(asked_for("rule a allow mail for advice by shop basis legitimate-interest unless consent or notice hint\n", "") ==
             R"([{"notice": "hint", "version": 2}])");
  // Facts alone leave it unknown.
  BOOST_TEST(asked_for("rule a allow mail for advice by shop basis not-personal when member\n", "") == R"([{"fact": "member"}])");
}

BOOST_AUTO_TEST_CASE(every_point_and_its_sources) {
  BOOST_TEST(asked_for("rule a allow any for any by any basis consent\n", empty,
                   R"("data": "profile", "purpose": "advice", "partner": "shop")") ==
             "[" + of_mail + R"(}}, {"consent": {"data": "orders", "purpose": "advice", "partner": "shop"}}, )" +
                 R"({"consent": {"data": "profile", "purpose": "advice", "partner": "shop"}}])");
  // One thing for all rather than one for each.
  BOOST_TEST(asked_for("rule a allow any for any by any basis consent\nrule b allow any for any by any basis contract when member\n",
                   empty, R"("data": "all", "purpose": "advice", "partner": "shop")") == R"([{"fact": "member"}])");
  BOOST_TEST(asked_for("rule a allow mail, orders for any by any basis consent\n"
                   "rule b allow mail for any by any basis contract when member\n",
                   empty, R"("data": "all", "purpose": "advice", "partner": "shop")") ==
             R"([{"consent": {"data": "orders", "purpose": "advice", "partner": "shop"}}, {"fact": "member"}])");
  // Where one point is beyond help, nothing helps.
  BOOST_TEST(asked_for(on_consent, empty, R"("data": "all", "purpose": "advice", "partner": "shop")") == "not-permitted");
}

BOOST_AUTO_TEST_CASE(examples_of_facts) {
  const auto text = [](const std::string& when, const std::string& facts) {
    const Answer answer = engine_of("rule a allow mail for advice by shop basis contract when " + when + "\n")
                              .answer_json(R"({"data": "mail", "purpose": "advice", "partner": "shop", "facts": {)" + facts + "}}");
    return answer.needs.size() == 1 ? to_text(answer.needs.front()) : "several";
  };
  BOOST_TEST(text("age >= 18", "") == "to know the fact `age` (allowed if it is 18, for example)");
  BOOST_TEST(text("age < 18", "") == "to know the fact `age` (allowed if it is 17, for example)");
  BOOST_TEST(text("not member", "") == "to know the fact `member` (allowed if it is false)");
  BOOST_TEST(text("place = there", R"("place": "near")") == "to know the fact `place` (allowed if it is there, for example)");
  BOOST_TEST(text("places has here and places has far", "") ==
             "to know the fact `places` (allowed if it is {far, here}, for example)");
  BOOST_TEST(text("not word = \"x\"", "") == "to know the fact `word`");
  BOOST_TEST(text("since < 2026-01-01", "") == "to know the fact `since` (allowed if it is 2025-12-31, for example)");
}

namespace {

// What is found with so many steps.
Needs with_steps(const Engine& engine, const ResolvedRequest& request, std::uint64_t steps) {
  Facts::State facts;
  facts.program = engine.program();
  facts.values = request.facts;
  bind(facts);
  const auto subject = bind(engine.program(), request.ledger, request.at);
  const auto points = points_of(engine.program()->vocabulary(), request);
  return find_needs({*engine.program(), request, facts, *subject, *points}, steps);
}

}  // namespace

BOOST_AUTO_TEST_CASE(work_is_bounded) {
  const Engine engine = engine_of("rule a allow any for any by any basis consent when age >= 18 and (member or place = far)\n");
  const auto tree = read_json(R"({"data": "profile", "purpose": "advice", "partner": "shop", "ledger": []})");
  const auto request = read_request(engine.program()->vocabulary(), *tree, nullptr, Time{0}, {});
  const Needs all = with_steps(engine, *request, limits::needs_steps);
  BOOST_TEST(all.needs.size() == 5u);
  BOOST_TEST(!all.given_up);
  // The fewest steps that are enough, and one less.
  std::uint64_t enough = 1;
  while (with_steps(engine, *request, enough).given_up) ++enough;
  BOOST_TEST(enough < 400u);
  BOOST_TEST((with_steps(engine, *request, enough).needs == all.needs));
  for (std::uint64_t steps = 0; steps < enough; ++steps) {
    const Needs needs = with_steps(engine, *request, steps);
    BOOST_TEST(needs.given_up, steps);
    BOOST_TEST(needs.needs.empty());
  }
}

BOOST_AUTO_TEST_CASE(many_points) {
  std::string partners = "partners:\n  firms: {}\n";
  for (int i = 0; i < 3'000; ++i) partners += "  firm" + std::to_string(i) + ": {in: firms}\n";
  const auto engine = Engine::from_texts({{"a.vocab.yaml", "data: {mail: {}}\npurposes: {advice: {}}\n" + partners +
                                                               "facts: {member: bool, age: int}\n"},
                                          {"a.zweck",
                                           "rule a allow mail for advice by any basis consent\n"
                                           "rule b allow mail for advice by firm0, firm1, firm2 basis contract when member\n"
                                           "rule c deny any for any by any unless age > 3\n"}});
  BOOST_REQUIRE(engine);
  const Answer answer =
      engine->answer_json(R"({"data": "mail", "purpose": "advice", "partner": "firms", "ledger": []})");
  BOOST_TEST(!answer.needs_given_up);
  BOOST_TEST(answer.needs.size() == 2'999u);  // member and age, and consent for all but three
  const Answer three = engine->answer_json(R"({"data": "mail", "purpose": "advice", "partner": "firm1", "ledger": []})");
  BOOST_TEST(three.needs.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
