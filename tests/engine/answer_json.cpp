// Answers as JSON, to the letter of the reference.
#include <boost/test/unit_test.hpp>
#include <string>

#include "zweck/request.hpp"

using namespace zweck;

BOOST_AUTO_TEST_SUITE(answer_json)

BOOST_AUTO_TEST_CASE(not_permitted_with_needs) {
  Answer answer;
  answer.id = "r1";
  answer.status = Status::not_permitted;
  answer.needs.push_back({.kind = Need::Kind::consent,
                          .data = "wardrobe",
                          .purpose = "recommendation",
                          .partner = "shop",
                          .is_explicit = false,
                          .name = "fit-advice",
                          .version = 2});
  answer.revision = "sha256:00";
  BOOST_TEST(to_json(answer) ==
             R"({"id": "r1", "decision": "deny", "status": "not-permitted", "rules": [], )"
             R"("needs": [{"consent": {"data": "wardrobe", "purpose": "recommendation", "partner": "shop", )"
             R"("under": {"notice": "fit-advice", "version": 2}}}], "revision": "sha256:00"})");
}

BOOST_AUTO_TEST_CASE(allowed_with_obligations_and_without) {
  Answer answer;
  answer.id = "r2";
  answer.status = Status::allowed;
  answer.rules = {"fit-advice"};
  answer.obligations.keep = Duration{180 * seconds_per_day};
  answer.obligations.oblige = {"log"};
  answer.revision = "sha256:00";
  BOOST_TEST(to_json(answer) == R"({"id": "r2", "decision": "allow", "status": "allowed", "rules": ["fit-advice"], )"
                                R"("obligations": {"keep": "180 days", "oblige": ["log"]}, "revision": "sha256:00"})");
  answer.id.reset();
  answer.obligations = {};
  BOOST_TEST(to_json(answer) ==
             R"({"decision": "allow", "status": "allowed", "rules": ["fit-advice"], "obligations": {}, )"
             R"("revision": "sha256:00"})");
  answer.obligations.keep = Duration{36 * 3600};
  BOOST_TEST(
      to_json(answer) ==
      R"({"decision": "allow", "status": "allowed", "rules": ["fit-advice"], "obligations": {"keep": "36 hours"}, )"
      R"("revision": "sha256:00"})");
  // What is not allowed has no obligations.
  answer.status = Status::forbidden;
  BOOST_TEST(to_json(answer) ==
             R"({"decision": "deny", "status": "forbidden", "rules": ["fit-advice"], "revision": "sha256:00"})");
}

BOOST_AUTO_TEST_CASE(invalid_with_problems) {
  Answer answer;
  answer.problems = {"there is no data node `\"x\"\n\t\r\\`", "\x01\xFF\xC3\xA4"};
  BOOST_TEST(to_json(answer) ==
             "{\"decision\": \"deny\", \"status\": \"invalid\", \"rules\": [], \"problems\": "
             "[\"there is no data node `\\\"x\\\"\\n\\t\\r\\\\`\", \"\\u0001\xEF\xBF\xBD\xC3\xA4\"]}");
}

BOOST_AUTO_TEST_CASE(every_kind_of_need) {
  Answer answer;
  answer.status = Status::indeterminate;
  answer.rules = {"a", "b"};
  Need consent;
  consent.data = "d";
  consent.purpose = "p";
  consent.partner = "q";
  consent.is_explicit = true;
  Need notice;
  notice.kind = Need::Kind::notice;
  notice.name = "n";
  notice.version = 3;
  Need fact;
  fact.kind = Need::Kind::fact;
  fact.name = "age";
  answer.needs = {consent, notice, fact};
  BOOST_TEST(to_json(answer) == R"({"decision": "deny", "status": "indeterminate", "rules": ["a", "b"], "needs": [)"
                                R"({"consent": {"data": "d", "purpose": "p", "partner": "q", "explicit": true}}, )"
                                R"({"notice": "n", "version": 3}, {"fact": "age"}]})");
}

BOOST_AUTO_TEST_CASE(names_of_statuses) {
  BOOST_TEST(name_of(Status::forbidden) == "forbidden");
  BOOST_TEST(name_of(Status::not_permitted) == "not-permitted");
  BOOST_TEST(name_of(Status::indeterminate) == "indeterminate");
  BOOST_TEST(name_of(Status::allowed) == "allowed");
  BOOST_TEST(name_of(Status::invalid) == "invalid");
}

BOOST_AUTO_TEST_SUITE_END()
