// However long a ledger is, and however its events answer each other, it is looked at about once.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "zweck/zweck.hpp"

namespace {

using namespace zweck;
using Kind = LedgerEvent::Kind;

// So many that a look at every pair of them would take half a minute, each time.
constexpr std::int64_t many = 40'000;

const Engine& engine() {
  static const auto loaded = Engine::from_texts(
      {{"a.vocab.yaml", "data: {all: {}, d: {in: all}}\npurposes: {p: {}}\npartners: {q: {}}\n"},
       {"a.zweck", "rule yes allow d for p by q basis consent\n"},
       {"b.vocab.yaml", "data: {e: {in: all}}\n"},
       {"b.zweck", "rule task allow e for p by q basis public-task\n"}});
  BOOST_REQUIRE_MESSAGE(static_cast<bool>(loaded), (loaded ? "" : render(loaded.diagnostics())));
  return *loaded;
}

std::vector<LedgerEvent> times(Kind kind, const std::string& data, std::int64_t first) {
  LedgerEvent event;
  event.kind = kind;
  event.data = {data};
  if (kind == Kind::consent_given) event.purpose = event.partner = {"any"};
  std::vector<LedgerEvent> events;
  for (std::int64_t i = 0; i < many; ++i) {
    event.at = Time{first + i};
    events.push_back(event);
  }
  return events;
}

std::vector<LedgerEvent> operator+(std::vector<LedgerEvent> events, const std::vector<LedgerEvent>& more) {
  events.insert(events.end(), more.begin(), more.end());
  return events;
}

// Bound, asked by names, and explained: the same status.
Status asked(const std::string& data, const std::vector<LedgerEvent>& ledger) {
  Request request;
  request.data = {data};
  request.purpose = "p";
  request.partner = "q";
  request.at = Time{4 * many};
  request.ledger = ledger;
  const auto subject = engine().subject(ledger, *request.at);
  BOOST_REQUIRE(static_cast<bool>(subject));
  const Point point{*engine().data(data), *engine().purpose("p"), *engine().partner("q")};
  const Status status = engine().decide(point, engine().facts(), *subject).status();
  BOOST_TEST(name_of(engine().decide(request).status()) == name_of(status));
  const Explanation explanation = explain(engine(), request);
  BOOST_TEST(name_of(explanation.answer.status) == name_of(status));
  BOOST_TEST(!to_text(explanation).empty());
  return status;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(long_ledgers)

BOOST_AUTO_TEST_CASE(of_grants_and_noes) {
  const auto yes = times(Kind::consent_given, "d", many), earlier = times(Kind::consent_withdrawn, "all", 0),
             later = times(Kind::consent_refused, "any", 2 * many);
  BOOST_TEST((asked("d", yes + earlier) == Status::allowed));
  BOOST_TEST((asked("d", yes + later) == Status::not_permitted));
  BOOST_TEST((asked("d", later + yes) == Status::not_permitted));
  // At the same instants: a no is no earlier than the grant beside it.
  BOOST_TEST((asked("d", yes + times(Kind::consent_withdrawn, "d", many)) == Status::not_permitted));
  BOOST_TEST((asked("d", yes + times(Kind::consent_withdrawn, "d", many - 1)) == Status::allowed));
}

BOOST_AUTO_TEST_CASE(of_objections_and_what_undoes_them) {
  const auto raised = times(Kind::objection_raised, "all", many);
  BOOST_TEST((asked("e", raised) == Status::not_permitted));
  BOOST_TEST((asked("e", raised + times(Kind::objection_withdrawn, "any", many + 1)) == Status::allowed));
  BOOST_TEST((asked("e", raised + times(Kind::objection_withdrawn, "any", many)) == Status::not_permitted));
  BOOST_TEST((asked("e", raised + times(Kind::objection_withdrawn, "e", many + 1)) == Status::not_permitted));
  BOOST_TEST((asked("e", raised + times(Kind::consent_given, "e", many + 1)) == Status::allowed));
  BOOST_TEST((asked("e", raised + times(Kind::consent_given, "e", many)) == Status::not_permitted));
}

// Every combination of the names is an event of its own, and reaches no further than that.
BOOST_AUTO_TEST_CASE(of_lists_of_names) {
  std::vector<LedgerEvent> ledger;
  for (std::int64_t i = 0; i < many; ++i) {
    LedgerEvent event;
    event.kind = i % 2 == 0 ? Kind::consent_given : Kind::consent_refused;
    event.data = {i % 2 == 0 ? "d" : "e", i % 3 == 0 ? "d" : "e"};
    event.purpose = event.partner = {"any"};
    event.at = Time{i};
    ledger.push_back(event);
  }
  BOOST_TEST((asked("d", ledger) == Status::not_permitted));
  BOOST_TEST((asked("e", ledger) == Status::not_permitted));
  ledger.back().kind = Kind::consent_given;
  ledger.back().data = {"d"};
  BOOST_TEST((asked("d", ledger) == Status::allowed));
  BOOST_TEST((asked("e", ledger) == Status::allowed));
}

BOOST_AUTO_TEST_SUITE_END()
