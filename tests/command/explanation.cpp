// The explanation as a library gives it: by names, as JSON, and as data.
#include <boost/test/unit_test.hpp>

#include "zweck/engine.hpp"
#include "zweck/explain.hpp"

namespace zweck::test {

namespace {

Engine small_engine() {
  auto engine = Engine::from_texts({{"a.vocab.yaml",
                                     "data: {wardrobe: {}, photos: {}}\n"
                                     "purposes: {advice: {}}\n"
                                     "partners: {shop: {}}\n"
                                     "facts: {age: int 0..150, channel: string}\n"},
                                    {"a.zweck",
                                     "rule advice \"On what fits\"\n"
                                     "  allow wardrobe for advice by shop\n"
                                     "  when  age >= 18 and channel = \"web\"  # comment\n"
                                     "        or channel = \"store (\"\n"
                                     "  basis not-personal\n"
                                     "  because \"we said so\"\n"}});
  BOOST_REQUIRE(engine);
  return *engine;
}

Request asked() {
  Request request;
  request.data = {"wardrobe"};
  request.purpose = "advice";
  request.partner = "shop";
  request.at = parse_time("2026-06-01T12:00:00Z");
  request.facts = {{"age", std::int64_t{17}}, {"channel", std::string("web")}};
  return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(explanation)

BOOST_AUTO_TEST_CASE(as_data) {
  const Explanation explained = explain(small_engine(), asked());
  BOOST_TEST((explained.answer.status == Status::not_permitted));
  BOOST_REQUIRE(explained.points.size() == 1u);
  const PointReason& point = explained.points.front();
  BOOST_TEST(point.point.data == "wardrobe");
  BOOST_REQUIRE(point.rules.size() == 1u);
  const RuleReason& rule = point.rules.front();
  BOOST_TEST(rule.rule == "advice");
  BOOST_TEST(rule.title == "On what fits");
  BOOST_TEST((rule.outcome == RuleReason::Outcome::does_not_apply));
  BOOST_TEST(rule.clause == "when");
  BOOST_TEST(rule.condition == "age >= 18 and channel = \"web\" or channel = \"store (\"");
  BOOST_TEST(rule.why == "`age` is 17 and `channel` is \"web\"");
  BOOST_TEST(rule.rule_place.line == 1u);
  BOOST_TEST(rule.condition_place.line == 3u);
  BOOST_TEST(rule.because == std::vector<std::string>{"we said so"});
  BOOST_TEST(explained.missing.empty());
}

BOOST_AUTO_TEST_CASE(by_names_and_as_json_are_the_same) {
  const Engine engine = small_engine();
  BOOST_TEST(
      to_text(explain(engine, asked())) ==
      to_text(explain_json(engine, R"({"data": "wardrobe", "purpose": "advice", "partner": "shop",)"
                                   R"( "at": "2026-06-01T12:00:00Z", "facts": {"age": 17, "channel": "web"}})")));
}

// A text is shown as it was given, also where it is one of the many that no rule speaks of.
BOOST_AUTO_TEST_CASE(texts_as_they_were_given) {
  const Engine engine = small_engine();
  const auto why = [&](const std::string& channel) {
    Request request = asked();
    request.facts[1].second = channel;
    const Explanation explained = explain(engine, request);
    BOOST_TEST(to_text(explained).find("the facts age = 17 and channel = ") != std::string::npos);
    return explained.points.front().rules.front().why;
  };
  BOOST_TEST(why("letter") == "`age` is 17 and `channel` is \"letter\"");
  BOOST_TEST(why("a \"b\"") == "`age` is 17 and `channel` is \"a \\\"b\\\"\"");
  BOOST_TEST(why("\x1b[31m") == "`age` is 17 and `channel` is \"<U+001B>[31m\"");
  // 59 bytes and the beginning of a letter of two.
  const std::string most(59, 'x');
  BOOST_TEST(why(most + "ü and more") == "`age` is 17 and `channel` is \"" + most + "\"…");
}

BOOST_AUTO_TEST_CASE(sets_of_texts_as_they_were_given) {
  const auto engine = Engine::from_texts(
      {{"a.vocab.yaml", "data: {d: {}}\npurposes: {p: {}}\npartners: {q: {}}\nfacts: {roles: set of string}\n"},
       {"a.zweck", "rule r\n  allow d for p by q\n  when roles has \"nurse\"\n  basis not-personal\n"}});
  BOOST_REQUIRE(engine);
  const auto why = [&](const std::string& roles) {
    return explain_json(*engine, R"({"data": "d", "purpose": "p", "partner": "q", "facts": {"roles": )" + roles + "}}")
        .points.front()
        .rules.front()
        .why;
  };
  BOOST_TEST(why(R"(["doctor", "porter"])") == "`roles` is {\"doctor\", \"porter\"}");
  BOOST_TEST(why("[]") == "`roles` is empty");
}

// Conditions on `a`, `b` and `c`; what is told of them, and of which part.
BOOST_AUTO_TEST_CASE(only_the_parts_that_made_it_so_are_told) {
  const auto told = [](const std::string& condition, std::vector<std::pair<std::string, FactValue>> facts) {
    const auto engine = Engine::from_texts(
        {{"a.vocab.yaml",
          "data: {d: {}}\n"
          "purposes: {p: {}}\n"
          "partners: {q: {}}\n"
          "facts: {a: bool, b: bool, c: bool}\n"},
         {"a.zweck", "rule r\n  allow d for p by q\n  when " + condition + "\n  basis not-personal\n"}});
    BOOST_REQUIRE(engine);
    Request request{
        .id = {}, .data = {"d"}, .purpose = "p", .partner = "q", .at = {}, .facts = std::move(facts), .ledger = {}};
    const RuleReason reason = explain(*engine, request).points.front().rules.front();
    return reason.condition + ": " + reason.why;
  };
  BOOST_TEST(told("a and b and c", {{"a", true}, {"b", false}, {"c", false}}) == "b: `b` is false");
  BOOST_TEST(told("a or b and c", {{"a", false}, {"b", true}, {"c", false}}) ==
             "a or b and c: `a` is false and `c` is false");
  BOOST_TEST(told("a and (b or c)", {{"a", true}, {"b", false}, {"c", false}}) ==
             "b or c: `b` is false and `c` is false");
  BOOST_TEST(told("not (a or b)", {{"a", false}, {"b", true}}) == "not (a or b): `b` is true");
  BOOST_TEST(told("not (a and b)", {{"a", true}, {"b", true}}) == "not (a and b): `a` is true and `b` is true");
  BOOST_TEST(told("not (a or b and c)", {{"a", false}, {"b", true}, {"c", true}}) ==
             "not (a or b and c): `b` is true and `c` is true");
  BOOST_TEST(told("a and not b", {{"a", true}, {"b", true}}) == "not b: `b` is true");
  // What is not known matters where nothing known decides.
  BOOST_TEST(told("a and b", {{"a", true}}) == "b: `b` is not given");
  BOOST_TEST(told("a and b", {{"b", false}}) == "b: `b` is false");
  BOOST_TEST(told("a or b or c", {{"a", false}}) == "a or b or c: `b` and `c` are not given");
  BOOST_TEST(told("a or b or not c", {{"a", false}, {"b", false}}) == "not c: `c` is not given");
}

BOOST_AUTO_TEST_CASE(what_is_no_request) {
  const Engine engine = small_engine();
  Request request = asked();
  request.partner = "shops";
  const Explanation wrong = explain(engine, request);
  BOOST_TEST((wrong.answer.status == Status::invalid));
  BOOST_TEST(wrong.points.empty());
  BOOST_TEST(to_text(wrong) ==
             "Denied: this is no valid request, so nothing is allowed.\n"
             "  there is no partner `shops`; did you mean `shop`?\n");
  BOOST_TEST((explain_json(engine, "[").answer.status == Status::invalid));
  BOOST_TEST(to_json(wrong) == to_json(wrong.answer));
}

BOOST_AUTO_TEST_CASE(needs_in_words) {
  Need consent{.kind = Need::Kind::consent, .data = "a", .purpose = "b", .partner = "c", .name = ""};
  BOOST_TEST(to_text(consent) == "to ask the customer for consent to `a` for `b` by `c`");
  consent.is_explicit = true;
  consent.name = "n";
  consent.version = 2;
  BOOST_TEST(to_text(consent) ==
             "to ask the customer for explicit consent to `a` for `b` by `c`, under version 2 of the notice `n`");
  const Need notice{.kind = Need::Kind::notice, .data = "", .purpose = "", .partner = "", .name = "n", .version = 2};
  BOOST_TEST(to_text(notice) == "to show the customer the notice `n`, version 2");
  const Need fact{.kind = Need::Kind::fact, .data = "", .purpose = "", .partner = "", .name = "age"};
  BOOST_TEST(to_text(fact) == "to know the fact `age`");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
