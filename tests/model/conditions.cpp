// Kleene's logic, bases, time windows and the status of a point.
#include <array>
#include <boost/test/unit_test.hpp>
#include <string>

#include "setup.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

constexpr Truth no = Truth::no, unknown = Truth::unknown, yes = Truth::yes;

const char* const vocabulary = R"(
data: {plain: {}, health: {special: true, separate: true}, other: {}}
purposes: {service: {}, advertising: {}}
partners: {shop: {}, dhl: {}}
facts: {a: bool, b: bool}
notices: {hint: {version: 2}}
)";

std::string fact(const std::string& name, Truth value) {
  return value == unknown ? "" : name + ": " + (value == yes ? "true" : "false") + ", ";
}

Truth when(const std::string& condition, const std::string& facts, const Ledger* ledger = nullptr) {
  const Model model = model_of(vocabulary, "rule r deny any for any by any when " + condition);
  const auto values = facts_of(model, facts);
  return evaluate(model, *model.rules[0].when, point_of(model, "plain", "service", "shop"),
                  {time_of("2026-06-01T12:00:00Z"), values, ledger});
}

// Whether the rule of the set applies at a point, without a ledger if there is no text for it.
Truth applies_at(const std::string& rule, const char* data, const char* ledger, const char* at = "2026-06-01T12:00:00Z",
                 const char* facts = "{}") {
  const Model model = model_of(vocabulary, rule);
  const auto values = facts_of(model, facts);
  const Ledger events = ledger ? ledger_of(model, ledger) : Ledger{};
  return applies(model, model.rules[0], point_of(model, data, "service", "shop"),
                 {time_of(at), values, ledger ? &events : nullptr});
}

Status status_at(const std::string& rules, const char* facts) {
  const Model model = model_of(vocabulary, rules);
  const auto values = facts_of(model, facts);
  return status_of(model, point_of(model, "plain", "service", "shop"), {Time{}, values, nullptr});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(conditions)

BOOST_AUTO_TEST_CASE(not_and_or_follow_kleene) {
  const std::array<Truth, 3> all{no, unknown, yes};
  const std::array<std::array<Truth, 3>, 3> conjunction{{{no, no, no}, {no, unknown, unknown}, {no, unknown, yes}}};
  const std::array<std::array<Truth, 3>, 3> disjunction{{{no, unknown, yes}, {unknown, unknown, yes}, {yes, yes, yes}}};
  for (std::size_t a = 0; a < 3; ++a) {
    BOOST_TEST(when("not a", "{" + fact("a", all[a]) + "}") == all[2 - a]);
    for (std::size_t b = 0; b < 3; ++b) {
      const std::string facts = "{" + fact("a", all[a]) + fact("b", all[b]) + "}";
      BOOST_TEST_CONTEXT(facts) {
        BOOST_TEST(when("a and b", facts) == conjunction[a][b]);
        BOOST_TEST(when("a or b", facts) == disjunction[a][b]);
        BOOST_TEST(when("not (a and b)", facts) == when("not a or not b", facts));
        BOOST_TEST(when("not (a or b)", facts) == when("not a and not b", facts));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(not_binds_tighter_than_and_and_tighter_than_or) {
  BOOST_TEST(when("a or b and not a", "{a: true, b: false}") == yes);
  BOOST_TEST(when("(a or b) and not a", "{a: true, b: false}") == no);
  BOOST_TEST(when("not a and b", "{a: true, b: false}") == no);
  BOOST_TEST(when("not (a and b)", "{a: true, b: false}") == yes);
}

BOOST_AUTO_TEST_CASE(without_a_ledger_what_the_customer_said_is_unknown) {
  const Ledger empty;
  for (const char* const condition :
       {"consent", "explicit consent", "consent under hint", "objection", "notice hint"}) {
    BOOST_TEST_CONTEXT(condition) {
      BOOST_TEST(when(condition, "{}") == unknown);
      BOOST_TEST(when(std::string("not ") + condition, "{}") == unknown);
      BOOST_TEST(when(condition, "{}", &empty) == no);
    }
  }
  BOOST_TEST(when("consent or a", "{a: true}") == yes);
  BOOST_TEST(when("consent and a", "{a: false}") == no);
}

BOOST_AUTO_TEST_CASE(each_basis_at_ordinary_and_special_data) {
  struct Case {
    const char* basis;
    const char* ledger;
    Truth plain, health;
  };
  constexpr const char* consent =
      "[{consent: given, data: any, purpose: any, partner: any, at: 2026-01-01T00:00:00Z},"
      "{consent: given, data: health, purpose: any, partner: any, at: 2026-01-01T00:00:00Z}]";
  constexpr const char* explicit_consent =
      "[{consent: given, data: [plain, health], purpose: any, partner: any, explicit: true, at: 2026-01-01T00:00:00Z}]";
  constexpr const char* objection = "[{objection: raised, at: 2026-01-01T00:00:00Z}]";
  constexpr const char* refusal = "[{consent: refused, at: 2026-01-01T00:00:00Z}]";
  for (const Case& each : std::initializer_list<Case>{{"consent", nullptr, unknown, unknown},
                                                      {"consent", "[]", no, no},
                                                      {"consent", consent, yes, no},
                                                      {"consent", explicit_consent, yes, yes},
                                                      {"explicit consent", consent, no, no},
                                                      {"explicit consent", explicit_consent, yes, yes},
                                                      {"contract", nullptr, yes, no},
                                                      {"contract", explicit_consent, yes, no},
                                                      {"legitimate-interest", nullptr, unknown, no},
                                                      {"legitimate-interest", "[]", yes, no},
                                                      {"legitimate-interest", objection, no, no},
                                                      {"legitimate-interest", refusal, no, no},
                                                      {"legitimate-interest", explicit_consent, yes, no},
                                                      {"public-task", nullptr, unknown, unknown},
                                                      {"public-task", "[]", yes, yes},
                                                      {"public-task", objection, no, no},
                                                      {"public-task", refusal, no, no},
                                                      {"legal-obligation", nullptr, yes, yes},
                                                      {"legal-obligation", refusal, yes, yes},
                                                      {"vital-interest", refusal, yes, yes},
                                                      {"not-personal", refusal, yes, yes}}) {
    const std::string rule = std::string("rule r allow any for any by any basis ") + each.basis;
    BOOST_TEST_CONTEXT(each.basis << " with " << (each.ledger ? each.ledger : "no ledger")) {
      BOOST_TEST(applies_at(rule, "plain", each.ledger) == each.plain);
      BOOST_TEST(applies_at(rule, "health", each.ledger) == each.health);
    }
  }
}

BOOST_AUTO_TEST_CASE(from_and_until_to_the_microsecond) {
  const std::string rule = "rule r deny any for any by any from 2026-03-01 until 2026-03-31";
  BOOST_TEST(applies_at(rule, "plain", nullptr, "2026-02-28T23:59:59.999999Z") == no);
  BOOST_TEST(applies_at(rule, "plain", nullptr, "2026-03-01T00:00:00Z") == yes);
  BOOST_TEST(applies_at(rule, "plain", nullptr, "2026-03-31T23:59:59.999999Z") == yes);
  BOOST_TEST(applies_at(rule, "plain", nullptr, "2026-04-01T00:00:00Z") == no);
  // Midnight is that of UTC.
  BOOST_TEST(applies_at(rule, "plain", nullptr, "2026-03-01T00:30:00+01:00") == no);
  BOOST_TEST(applies_at(rule, "plain", nullptr, "2026-03-31T23:30:00-01:00") == no);
  const std::string forever = "rule r deny any for any by any from 0000-01-01 until 9999-12-31";
  BOOST_TEST(applies_at(forever, "plain", nullptr, "9999-12-31T23:59:59.999999Z") == yes);
  BOOST_TEST(applies_at(forever, "plain", nullptr, "0000-01-01T00:00:00Z") == yes);
}

BOOST_AUTO_TEST_CASE(a_rule_applies_if_all_of_it_holds) {
  const std::string rule = "rule r allow any for service by any except other when a unless b basis contract";
  const char* const at = "2026-06-01T12:00:00Z";
  BOOST_TEST(applies_at(rule, "plain", nullptr, at, "{a: true, b: false}") == yes);
  BOOST_TEST(applies_at(rule, "plain", nullptr, at, "{a: true, b: true}") == no);
  BOOST_TEST(applies_at(rule, "plain", nullptr, at, "{a: false, b: false}") == no);
  BOOST_TEST(applies_at(rule, "plain", nullptr, at, "{a: true}") == unknown);
  BOOST_TEST(applies_at(rule, "plain", nullptr, at, "{b: false}") == unknown);
  BOOST_TEST(applies_at(rule, "plain", nullptr, at, "{b: true}") == no);
  BOOST_TEST(applies_at(rule, "plain", nullptr, at, "{a: false}") == no);
  BOOST_TEST(applies_at(rule, "other", nullptr, at, "{a: true, b: false}") == no);
  // What is known decides: contract never holds at special data.
  BOOST_TEST(applies_at(rule, "health", nullptr, at, "{}") == no);
}

BOOST_AUTO_TEST_CASE(the_status_of_a_point) {
  const std::string allow_a = "rule allow-a allow any for any by any when a basis contract\n";
  const std::string deny_b = "rule deny-b deny any for any by any when b\n";
  struct Case {
    const char* facts;
    Status expected;
  };
  for (const Case& each : std::initializer_list<Case>{{"{a: true, b: true}", Status::forbidden},
                                                      {"{a: false, b: true}", Status::forbidden},
                                                      {"{b: true}", Status::forbidden},
                                                      {"{a: true, b: false}", Status::allowed},
                                                      {"{a: false, b: false}", Status::not_permitted},
                                                      {"{b: false}", Status::indeterminate},
                                                      {"{a: true}", Status::indeterminate},
                                                      {"{a: false}", Status::not_permitted},
                                                      {"{}", Status::indeterminate}}) {
    BOOST_TEST_CONTEXT(each.facts) { BOOST_TEST(status_at(allow_a + deny_b, each.facts) == each.expected); }
  }
  BOOST_TEST(status_at("", "{}") == Status::not_permitted);
  BOOST_TEST(status_at(deny_b, "{}") == Status::not_permitted);
}

BOOST_AUTO_TEST_SUITE_END()
