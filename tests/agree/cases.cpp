// Kept cases: bounds that random worlds are too small for, and requests on the edge of being none, each decided by
// everyone alike.
#include <boost/test/unit_test.hpp>

#include "agree/compare.hpp"
#include "reference/calendar.hpp"

namespace agree {
namespace {

using namespace reference;

// `leaves` data leaves below `group`, all but the first derived from the first; `partners` partners below `firms`.
World wide(std::size_t leaves, std::size_t partners) {
  World world;
  world.taxonomies["data"]["group"];
  world.taxonomies["purpose"]["use"];
  world.taxonomies["partner"]["firms"];
  for (std::size_t i = 0; i < leaves; ++i) {
    Node& node = world.taxonomies["data"]["leaf" + std::to_string(i)];
    node.in = {"group"};
    if (i > 0) node.derived_from = {"leaf0"};
  }
  for (std::size_t i = 0; i < partners; ++i) world.taxonomies["partner"]["firm" + std::to_string(i)].in = {"firms"};
  Rule rule;
  rule.name = "all";
  rule.allow = true;
  rule.basis = "not-personal";
  world.rules = {rule};
  return world;
}

void check_wide(std::size_t leaves, std::size_t partners, Status expected) {
  const World world = wide(leaves, partners);
  auto engine = zweck::Engine::from_texts(files_of(world, Dice(1)));
  BOOST_REQUIRE_MESSAGE(engine, "does not load");
  const auto text = [](zweck::Status status) { return std::string(zweck::name_of(status)); };
  BOOST_TEST(text(engine->answer_json(R"({"data": "group", "purpose": "use", "partner": "firms"})").status) ==
             name_of(expected));
  const zweck::Point point{*engine->data("group"), *engine->purpose("use"), *engine->partner("firms")};
  const zweck::Decision decision = engine->decide(point, engine->facts(), engine->unknown_subject({0}));
  BOOST_TEST(text(decision.status()) == name_of(expected));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kept_cases)

// Sources that are asked for anyway do not count twice.
BOOST_AUTO_TEST_CASE(as_many_points_as_a_request_may_have) {
  check_wide(400, 250, Status::allowed);
  check_wide(400, 251, Status::invalid);
}

BOOST_AUTO_TEST_CASE(requests_on_the_edge) {
  World world;
  world.taxonomies["data"]["a"];
  world.taxonomies["data"]["b"];
  world.taxonomies["purpose"]["p"];
  world.taxonomies["partner"]["q"];
  const auto fact = [&](const std::string& name, Type::Kind kind, bool set = false) {
    world.facts[name].type.kind = kind;
    world.facts[name].type.set = set;
  };
  fact("n", Type::Kind::integer);
  fact("d", Type::Kind::date);
  fact("u", Type::Kind::duration);
  fact("s", Type::Kind::string, true);
  world.notices["h"] = 2;
  Rule rule;
  rule.name = "r";
  rule.allow = true;
  rule.basis = "public-task";
  world.rules = {rule};
  auto engine = zweck::Engine::from_texts(files_of(world, Dice(1)));
  BOOST_REQUIRE_MESSAGE(engine, "does not load");
  const auto ask = [&](const std::string& data, const std::string& further) {
    const auto answer =
        engine->answer_json("{\"data\": " + data + R"(, "purpose": "p", "partner": "q")" + further + "}");
    return std::string(zweck::name_of(answer.status));
  };
  const std::string a = R"("a")";
  BOOST_TEST(ask(a, R"(, "ledger": [])") == "allowed");
  BOOST_TEST(ask(a, "") == "indeterminate");
  BOOST_TEST(ask(R"(["a", "a"])", R"(, "ledger": [])") == "allowed");
  for (const std::string data :
       {"[]", "null", "5", "[null]", R"("any")", R"(["any"])", R"("A")", R"("a ")", "[[\"a\"]]", "{}"})
    BOOST_TEST(ask(data, R"(, "ledger": [])") == "invalid", data);

  const std::vector<std::pair<std::string, std::string>> facts{{R"("n": 3)", "allowed"},
                                                               {R"("n": -0)", "allowed"},
                                                               {R"("n": 3.0)", "invalid"},
                                                               {R"("n": 3e1)", "invalid"},
                                                               {R"("n": "3")", "invalid"},
                                                               {R"("n": 9223372036854775807)", "allowed"},
                                                               {R"("n": true)", "invalid"},
                                                               {R"("n": null)", "invalid"},
                                                               {R"("n": 9223372036854775808)", "invalid"},
                                                               {R"("n": [3])", "invalid"},
                                                               {R"("n": 1, "n": 1)", "invalid"},
                                                               {R"("d": "2026-02-28")", "allowed"},
                                                               {R"("d": "2026-02-29")", "invalid"},
                                                               {R"("d": "2026-2-28")", "invalid"},
                                                               {R"("u": "5 days")", "allowed"},
                                                               {R"("u": "0 days")", "invalid"},
                                                               {R"("u": "05 days")", "invalid"},
                                                               {R"("u": "-5 days")", "invalid"},
                                                               {R"("u": 5)", "invalid"},
                                                               {R"("s": [])", "allowed"},
                                                               {R"("s": ["x", "x"])", "allowed"},
                                                               {R"("s": "x")", "invalid"},
                                                               {R"("s": [null])", "invalid"},
                                                               {R"("m": 1)", "invalid"},
                                                               {R"("N": 1)", "invalid"}};
  for (const auto& [text, expected] : facts)
    BOOST_TEST(ask(a, R"(, "ledger": [], "facts": {)" + text + "}") == expected, text);
  for (const std::string text : {"[]", "null", "1"}) BOOST_TEST(ask(a, R"(, "facts": )" + text) == "invalid", text);

  const std::string at = R"("at": "2026-01-01T00:00:00Z")";
  const std::vector<std::pair<std::string, std::string>> events{
      {R"("consent": "refused", )" + at, "not-permitted"},
      {R"("consent": "refused", "data": "b", )" + at, "allowed"},
      {R"("consent": "refused", "data": ["b", "a"], )" + at, "not-permitted"},
      {R"("consent": "refused", "data": "any", )" + at, "not-permitted"},
      {R"("consent": "refused", "data": ["any"], )" + at, "invalid"},
      {R"("consent": "refused", "data": [], )" + at, "invalid"},
      {R"("consent": "refused", "data": null, )" + at, "invalid"},
      {R"("consent": "refused", "explicit": true, )" + at, "invalid"},
      {R"("consent": "refused")", "invalid"},
      {R"("consent": "Refused", )" + at, "invalid"},
      {at, "invalid"},
      {R"("consent": "refused", "objection": "raised", )" + at, "invalid"},
      {R"("objection": "given", )" + at, "invalid"},
      {R"("objection": "raised", "at": "9999-12-31T23:59:59Z")", "allowed"},
      {R"("notice": "h", "version": 2, )" + at, "allowed"},
      {R"("notice": "h", "version": 3, )" + at, "invalid"},
      {R"("notice": "h", "version": 0, )" + at, "invalid"},
      {R"("notice": "h", )" + at, "invalid"},
      {R"("notice": "g", "version": 1, )" + at, "invalid"},
      {R"("notice": "h", "version": 1, "data": "a", )" + at, "invalid"},
      {R"("consent": "given", "data": "a", "purpose": "p", "partner": "q", )" + at, "allowed"},
      {R"("consent": "given", "data": "a", "purpose": "p", )" + at, "invalid"},
      {R"("consent": "given", "data": "a", "purpose": "p", "partner": "q", "under": "h", )" + at, "invalid"},
      {R"("consent": "given", "data": "a", "purpose": "p", "partner": "q", "under": {"notice": "h"}, )" + at,
       "invalid"}};
  for (const auto& [text, expected] : events) BOOST_TEST(ask(a, R"(, "ledger": [{)" + text + "}]") == expected, text);

  const std::vector<std::pair<std::string, std::string>> times{{R"("2026-06-30T23:59:59.999999Z")", "allowed"},
                                                               {R"("2026-06-30T23:59:59.9999999Z")", "invalid"},
                                                               {R"("2026-06-30T23:59:60Z")", "invalid"},
                                                               {R"("2026-06-30T24:00:00Z")", "invalid"},
                                                               {R"("2026-06-31T00:00:00Z")", "invalid"},
                                                               {R"("2026-06-30T00:00:00")", "invalid"},
                                                               {R"("2026-06-30")", "invalid"},
                                                               {R"("2026-06-30T00:00:00+02:00")", "allowed"},
                                                               {R"("2026-06-30T00:00:00+24:00")", "invalid"},
                                                               {R"("0000-01-01T00:00:00+01:00")", "invalid"},
                                                               {"1782864000", "invalid"},
                                                               {"null", "invalid"}};
  for (const auto& [text, expected] : times) BOOST_TEST(ask(a, R"(, "ledger": [], "at": )" + text) == expected, text);
}

// An offset moves the moment: what was said at noon two hours east of Greenwich is seen at ten, not a moment before.
BOOST_AUTO_TEST_CASE(moments_have_offsets) {
  World world;
  for (const std::string& dimension : dimensions) world.taxonomies[dimension]["x"];
  Rule rule;
  rule.name = "r";
  rule.allow = true;
  rule.basis = "consent";
  world.rules = {rule};
  auto engine = zweck::Engine::from_texts(files_of(world, Dice(1)));
  BOOST_REQUIRE_MESSAGE(engine, "does not load");
  const auto at = [&](const std::string& time) {
    return engine
        ->answer_json(R"({"data": "x", "purpose": "x", "partner": "x", "at": ")" + time +
                      R"(", "ledger": [{"consent": "given", "data": "x", "purpose": "x", "partner": "x",
                                   "at": "2026-06-01T12:00:00+02:00"}]})")
        .allowed();
  };
  BOOST_TEST(at("2026-06-01T10:00:00Z"));
  BOOST_TEST(at("2026-06-01T04:30:00-05:30"));
  BOOST_TEST(!at("2026-06-01T09:59:59.999999Z"));
}

// Bindings of one engine say nothing to another one, even of the same set.
BOOST_AUTO_TEST_CASE(bindings_of_another_engine) {
  const World world = wide(2, 2);
  auto one = zweck::Engine::from_texts(files_of(world, Dice(1))),
       other = zweck::Engine::from_texts(files_of(world, Dice(1)));
  BOOST_REQUIRE(one && other);
  const zweck::Point point{*one->data("leaf0"), *one->purpose("use"), *one->partner("firm0")};
  const auto allowed = [&](const zweck::Facts& facts, const zweck::Subject& subject) {
    return one->decide(point, facts, subject).status() == zweck::Status::allowed;
  };
  BOOST_TEST(allowed(one->facts(), one->unknown_subject({0})));
  BOOST_TEST(!allowed(other->facts(), one->unknown_subject({0})));
  BOOST_TEST(!allowed(one->facts(), other->unknown_subject({0})));
  BOOST_TEST(!allowed(zweck::Facts(), one->unknown_subject({0})));
  BOOST_TEST(!allowed(one->facts(), zweck::Subject()));
  BOOST_TEST((one->decide({99, 0, 0}, one->facts(), one->unknown_subject({0})).status() == zweck::Status::invalid));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace agree
