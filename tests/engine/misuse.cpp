// What a program can get wrong is denied, and never more than that.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "zweck/zweck.hpp"

namespace {

using namespace zweck;

Engine engine(const EngineOptions& options = {}) {
  auto loaded = Engine::from_texts(
      {{"a.vocab.yaml",
        "data: {all: {}, d: {in: all}, e: {in: all}}\npurposes: {p: {}}\npartners: {q: {}}\nfacts: {age: int, tags: set of string}\n"
        "taxonomies: {region: {here: {}}}\nnotices: {n: {version: 2}}\nobligations: [log]\n"},
       {"a.zweck", "rule r allow any for any by any basis consent oblige log\nrule s deny e for any by any when age < 3"}},
      options);
  BOOST_REQUIRE_MESSAGE(static_cast<bool>(loaded), (loaded ? "" : render(loaded.diagnostics())));
  return *std::move(loaded);
}

const Time now{1'000'000'000};
constexpr Time too_early{INT64_MIN}, too_late{INT64_MAX};
// A time of a year that, counted in 16 bits, is 2026 again.
constexpr Time wrapped{(std::int64_t{20'454} + 23'936'532) * seconds_per_day * microseconds_per_second};

LedgerEvent yes() {
  LedgerEvent event;
  event.data = event.purpose = event.partner = {"any"};
  event.at = Time{0};
  return event;
}

Request request() {
  Request request;
  request.data = {"d"};
  request.purpose = "p";
  request.partner = "q";
  request.at = now;
  request.ledger = {yes()};
  return request;
}

bool is_invalid(const Engine& engine, const Request& request) {
  const Answer answer = engine.answer(request);
  BOOST_TEST((engine.decide(request).status() == answer.status));
  BOOST_TEST((explain(engine, request).answer.status == answer.status));
  return answer.status == Status::invalid && !answer.problems.empty();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(misuse)

BOOST_AUTO_TEST_CASE(what_belongs_to_no_engine) {
  const Engine set = engine();
  const Subject anna = *set.subject({yes()}, now);
  const Point point{*set.data("d"), 0, 0};
  BOOST_TEST(static_cast<bool>(set.decide(point, set.facts(), anna)));
  BOOST_TEST((set.decide(point, Facts(), anna).status() == Status::invalid));
  BOOST_TEST((set.decide(point, set.facts(), Subject()).status() == Status::invalid));
  BOOST_TEST((set.decide(point, Facts(), Subject()).status() == Status::invalid));
  BOOST_TEST((Subject().now() == Time{}));
  Facts none;
  BOOST_TEST(!none.set("age", 3));
  BOOST_TEST(!none.set("age", "3"));
  BOOST_TEST(!none.clear("age"));
  BOOST_TEST((Decision().status() == Status::invalid));
  BOOST_TEST(!Decision());
  BOOST_TEST(set.obligations(Decision()).empty());
}

BOOST_AUTO_TEST_CASE(ids_that_nobody_gave_out) {
  const Engine set = engine();
  const Subject anna = *set.subject({yes()}, now);
  for (const NodeId id : {NodeId{3}, NodeId{65'535}, NodeId{65'536}, UINT32_MAX}) {
    BOOST_TEST((set.decide({id, 0, 0}, set.facts(), anna).status() == Status::invalid));
    BOOST_TEST((set.decide({0, id, 0}, set.facts(), anna).status() == Status::invalid));
    BOOST_TEST((set.decide({0, 0, id}, set.facts(), anna).status() == Status::invalid));
    BOOST_TEST(set.name_of(Dimension::data, id).empty());
  }
  BOOST_TEST(!set.find(static_cast<Dimension>(3), "here"));  // taxonomies of facts are nobody's business
  BOOST_TEST(!set.find(static_cast<Dimension>(255), "d"));
  BOOST_TEST(set.name_of(static_cast<Dimension>(3), 0).empty());
  BOOST_TEST(!Decision().obliges(UINT32_MAX));
}

// Moving leaves nothing behind that is half there: decisions that were kept must not be found by it either.
BOOST_AUTO_TEST_CASE(what_was_moved_from) {
  const Engine set = engine();
  Facts facts = set.facts();
  Subject anna = *set.subject({yes()}, now);
  const Point point{*set.data("d"), 0, 0};
  for (int i = 0; i < 3; ++i) BOOST_TEST(static_cast<bool>(set.decide(point, facts, anna)));
  const Facts to = std::move(facts);
  const Subject her = std::move(anna);
  BOOST_TEST((set.decide(point, to, her) == set.decide(point, facts, anna)));
  Subject ben = std::move(anna);
  BOOST_TEST((ben.now() == anna.now()));
  BOOST_TEST(static_cast<bool>(facts.set("age", 5)));
  BOOST_TEST(static_cast<bool>(set.decide(point, facts, ben)));
  Engine one = engine();
  const Engine other = std::move(one);
  BOOST_TEST(one.revision() == other.revision());
  BOOST_TEST((one.answer(request()).status == Status::allowed));
  BOOST_TEST(one.statistics().rules == 2u);
}

BOOST_AUTO_TEST_CASE(times_beyond_the_calendar) {
  const Engine set = engine();
  for (const Time time : {too_early, too_late, wrapped, Time{start_of({-719'528}).microseconds - 1}, Time{end_of({2'932'896}).microseconds + 1}}) {
    BOOST_TEST(!in_bounds(time));
    BOOST_TEST(!parse_time(to_string(time)));
    BOOST_TEST(!set.subject({yes()}, time));
    BOOST_TEST((set.decide({0, 0, 0}, set.facts(), set.unknown_subject(time)).status() == Status::invalid));
    Request asked = request();
    asked.at = time;
    BOOST_TEST(is_invalid(set, asked));
    asked = request();
    asked.ledger->front().at = time;
    BOOST_TEST(is_invalid(set, asked));
    BOOST_TEST(!set.subject(*asked.ledger, now));
    asked = request();
    asked.ledger->front().expires = time;
    BOOST_TEST(is_invalid(set, asked));
  }
  for (const Time time : {start_of({-719'528}), end_of({2'932'896})}) {
    BOOST_TEST(in_bounds(time));
    BOOST_TEST((parse_time(to_string(time)) == time));
    BOOST_TEST(static_cast<bool>(set.subject({yes()}, time)));
  }
}

BOOST_AUTO_TEST_CASE(requests_that_are_half_filled_in) {
  const Engine set = engine();
  BOOST_TEST((set.decide(request()).status() == Status::allowed));
  BOOST_TEST(is_invalid(set, Request()));
  Request asked = request();
  asked.data.clear();
  BOOST_TEST(is_invalid(set, asked));
  asked = request();
  asked.data = {"d", ""};
  BOOST_TEST(is_invalid(set, asked));
  asked = request();
  asked.purpose = std::string("p\0", 2);
  BOOST_TEST(is_invalid(set, asked));
  asked = request();
  asked.facts = {{"age", std::int64_t{1}}, {"age", std::int64_t{1}}};
  BOOST_TEST(is_invalid(set, asked));
  asked.facts = {{"age", true}};
  BOOST_TEST(is_invalid(set, asked));
  asked.facts = {{"age", std::vector<std::string>{}}};
  BOOST_TEST(is_invalid(set, asked));
  asked.facts = {{"tags", std::vector<std::string>{}}, {"age", std::int64_t{4}}};
  BOOST_TEST((set.decide(asked).status() == Status::allowed));
  const auto with = [&](auto change) {
    Request changed = request();
    change(changed.ledger->front());
    return is_invalid(set, changed) && !set.subject(*changed.ledger, now);
  };
  BOOST_TEST(with([](LedgerEvent& event) { event.kind = static_cast<LedgerEvent::Kind>(99); }));
  BOOST_TEST(with([](LedgerEvent& event) { event.data.clear(); }));
  BOOST_TEST(with([](LedgerEvent& event) { event.data = {"any", "d"}; }));
  BOOST_TEST(with([](LedgerEvent& event) { event.data = {"nothing"}; }));
  BOOST_TEST(with([](LedgerEvent& event) { event.version = 1; }));
  BOOST_TEST(with([](LedgerEvent& event) { event.notice = "n"; }));
  BOOST_TEST(with([](LedgerEvent& event) { event.notice = "n", event.version = 3; }));
  BOOST_TEST(with([](LedgerEvent& event) { event.notice = "n", event.version = INT64_MIN; }));
  BOOST_TEST(with([](LedgerEvent& event) {
    event.kind = LedgerEvent::Kind::consent_withdrawn;
    event.is_explicit = true;
  }));
  BOOST_TEST(with([](LedgerEvent& event) {
    event.kind = LedgerEvent::Kind::notice_shown;
    event.notice = "n";
    event.version = 2;
  }));
}

// Each node is derived from the one before it, so that all of them have three million sources, but only 100,000 points.
BOOST_AUTO_TEST_CASE(sources_in_common_are_asked_for_once) {
  std::string vocabulary = "data:\n  all: {}\n  d0: {in: all}\n";
  for (int i = 1; i < 2'500; ++i) vocabulary += "  d" + std::to_string(i) + ": {in: all, derived-from: d" + std::to_string(i - 1) + "}\n";
  vocabulary += "purposes:\n  any-of: {}\n";
  for (int i = 0; i < 40; ++i) vocabulary += "  p" + std::to_string(i) + ": {in: any-of}\n";
  const auto set = Engine::from_texts({{"a.vocab.yaml", vocabulary + "partners: {q: {}}\n"},
                                       {"a.zweck", "rule r allow any for any by any basis not-personal"}});
  BOOST_REQUIRE_MESSAGE(static_cast<bool>(set), (set ? "" : render(set.diagnostics())));
  Request asked;
  asked.data = {"all"};
  asked.purpose = "any-of";
  asked.partner = "q";
  asked.at = now;
  const auto start = std::chrono::steady_clock::now();
  const Decision decision = set->decide({*set->data("all"), *set->purpose("any-of"), 0}, set->facts(), set->unknown_subject(now));
  BOOST_TEST((decision.status() == Status::allowed));
  BOOST_TEST((set->decide(asked).status() == Status::allowed));
  BOOST_TEST(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 5.0);  // else minutes
}

BOOST_AUTO_TEST_CASE(sets_that_are_none) {
  BOOST_TEST(!Engine::from_texts({}));
  BOOST_TEST(!Engine::from_texts({{"", ""}}));
  BOOST_TEST(!Engine::from_texts({{"readme.txt", "data: {}"}}));
  BOOST_TEST(!Engine::from_texts({{"a.vocab.yml", "data: {}"}}));
  BOOST_TEST(!Engine::load(""));
  BOOST_TEST(!Engine::load(std::string("\0", 1)));
  BOOST_TEST(!Engine::load(std::string(100'000, 'x')));
  BOOST_TEST(!Engine::load("/dev/null"));
}

BOOST_AUTO_TEST_CASE(options_out_of_all_bounds) {
  EngineOptions options;
  options.cached_decisions = SIZE_MAX;
  options.part_terms = SIZE_MAX;
  options.table_bytes = SIZE_MAX;
  options.kernel = "none such";
  BOOST_TEST((engine(options).decide(request()).status() == Status::allowed));
  options.cached_decisions = options.part_terms = 1;
  options.table_bytes = 0;
  BOOST_TEST((engine(options).decide(request()).status() == Status::allowed));
}

BOOST_AUTO_TEST_SUITE_END()
