// Where memory comes from: decisions by ids take none, and where it runs out there is a value that says so.
#include <boost/test/unit_test.hpp>
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "zweck/zweck.hpp"

namespace {

// Of this thread: how often memory was asked for, and which of these times it is not given; 0: always.
thread_local std::size_t asked = 0, refused = 0;

void* give(std::size_t size, std::size_t alignment) {
  if (++asked == refused) return nullptr;
  return std::aligned_alloc(alignment, (std::max<std::size_t>(size, 1) + alignment - 1) / alignment * alignment);
}

void* give_or_throw(std::size_t size, std::size_t alignment) {
  if (void* const memory = give(size, alignment)) return memory;
  throw std::bad_alloc();
}

constexpr std::size_t usual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

}  // namespace

void* operator new(std::size_t size) { return give_or_throw(size, usual); }
void* operator new[](std::size_t size) { return give_or_throw(size, usual); }
void* operator new(std::size_t size, std::align_val_t alignment) { return give_or_throw(size, static_cast<std::size_t>(alignment)); }
void* operator new[](std::size_t size, std::align_val_t alignment) { return give_or_throw(size, static_cast<std::size_t>(alignment)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return give(size, usual); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return give(size, usual); }
// Not inline, or GCC sees memory of new given to free().
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace {

using namespace zweck;

// Rules whose conditions no bits settle, and more tests on the ledger than there are bits.
std::vector<std::pair<std::string, std::string>> files() {
  std::string vocabulary = R"(
data: {all: {}, d0: {in: all}, d1: {in: all, derived-from: d2}, d2: {special: true}}
purposes: {p: {}, ads: {in: p}, mail: {in: p}}
partners:
  shop: {}
  ads: {asked: [ads, mail], tier: 2, near: here}
  post: {asked: [p], near: all}
taxonomies: {place: {all: {}, here: {in: all}, there: {in: all}}}
attributes: {partner: {asked: set of purpose, tier: int 0..9, near: place}, data: {tier: int 0..9 = 2}}
facts: {age: int 0..150, place: place, been: set of place, words: set of string, word: string}
notices:
)";
  std::string rules = R"(
rule asked allow all for p by any when purpose in partner.asked or partner.asked has mail basis legitimate-interest
rule same deny any for any by any when data.tier > partner.tier or (place = partner.near and been has partner.near)
rule many allow any for any by any basis not-personal keep 3 days when (age > 1 or word = "a") and (age > 2 or word = "b") and
  (age > 3 or words has "c") and (age > 4 or place in {here, there}) and (age > 5 or been has here) and not word = "x"
)";
  for (int n = 0; n < 40; ++n) {
    const std::string number = std::to_string(n);
    vocabulary += "  n" + number + ": {version: 3}\n";
    rules += "rule c" + number + " allow d0 for ads by any basis consent under n" + number + " keep " + std::to_string(n + 10) +
             " days\nrule n" + number + " deny d0 for mail by shop when notice n" + number + " and not consent under n" + number +
             " version 2 or objection\n";
  }
  return {{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}};
}

Engine engine(std::size_t cached) {
  EngineOptions options;
  options.cached_decisions = cached;
  auto loaded = Engine::from_texts(files(), options);
  BOOST_REQUIRE_MESSAGE(static_cast<bool>(loaded), (loaded ? "" : render(loaded.diagnostics())));
  return *std::move(loaded);
}

const Time now{2'000'000'000'000};

std::vector<LedgerEvent> ledger(std::size_t length) {
  std::vector<LedgerEvent> events(length);
  for (std::size_t i = 0; i < length; ++i) {
    LedgerEvent& event = events[i];
    event.at = Time{static_cast<std::int64_t>(i) * 1'000'000};
    event.kind = i % 5 == 4 ? LedgerEvent::Kind::consent_withdrawn : i % 5 == 3 ? LedgerEvent::Kind::notice_shown : LedgerEvent::Kind::consent_given;
    if (i % 5 != 3) event.data = {i % 2 == 0 ? "all" : "any"}, event.purpose = {"ads"}, event.partner = {"any"};
    if (i % 5 != 4) event.notice = "n" + std::to_string(i % 40), event.version = 1 + static_cast<std::int64_t>(i % 3);
  }
  return events;
}

Request request() {
  Request request;
  request.data = {"d0"};
  request.purpose = "ads";
  request.partner = "ads";
  request.at = now;
  request.facts = {{"age", std::int64_t{30}}, {"place", std::string("here")}, {"been", std::vector<std::string>{"there"}},
                   {"word", std::string("a word that is longer than a few letters")}};
  request.ledger = ledger(20);
  return request;
}

const std::string json = R"({"id": "r", "data": ["d0"], "purpose": "mail", "partner": "shop", "at": "1970-01-20T00:00:00Z",
  "facts": {"age": 3, "been": ["here"], "word": "a word that is longer than a few letters"}, "ledger": [{"notice": "n1", "version": 3,
  "at": "1970-01-02T00:00:00Z"}]})";

void must_say(const Diagnostics& diagnostics) {
  BOOST_TEST_REQUIRE(!diagnostics.empty());
  BOOST_TEST(!diagnostics.front().message.empty());
  BOOST_TEST(!diagnostics.front().check.empty());
}

// Checks what is returned with memory refused at the first, second, … time that it is asked for: all of them, or some if
// they are many. Before each run, prepare().
void without_memory(const std::string& what, const std::function<void()>& prepare, auto run, auto check) {
  prepare();
  asked = 0;
  static_cast<void>(run());
  const std::size_t all = asked;
  BOOST_TEST_REQUIRE(all > 0u, what);
  const std::size_t step = std::max<std::size_t>(1, all / 400);
  for (std::size_t at = 1; at <= all; at += step) {
    prepare();
    asked = 0;
    refused = at;
    const auto result = run();
    refused = 0;
    check(result);
  }
}

void nothing() {}

}  // namespace

BOOST_AUTO_TEST_SUITE(memory)

BOOST_AUTO_TEST_CASE(decisions_by_ids_take_none) {
  for (const std::size_t cached : {0u, 64u}) {
    const Engine set = engine(cached);
    std::vector<Subject> subjects{set.unknown_subject(now)};
    for (const std::size_t length : {0u, 10u, 64u, 200u}) subjects.push_back(*set.subject(ledger(length), now));
    std::vector<Facts> facts(4, set.facts());
    BOOST_REQUIRE(static_cast<bool>(facts[1].set("place", "all")));
    BOOST_REQUIRE(static_cast<bool>(facts[1].set("word", "else")));
    for (std::size_t i = 2; i < 4; ++i) {
      BOOST_REQUIRE(static_cast<bool>(facts[i].set("been", std::vector<std::string>{"there"})));
      BOOST_REQUIRE(static_cast<bool>(facts[i].set("words", std::vector<std::string>{})));
      BOOST_REQUIRE(static_cast<bool>(facts[i].set("place", "here")));
      BOOST_REQUIRE(static_cast<bool>(facts[i].set("age", 9)));
      BOOST_REQUIRE(static_cast<bool>(facts[i].set("word", i == 2 ? "else" : "x")));
    }
    std::vector<Decision> decisions(2);
    std::size_t statuses[5] = {};
    asked = 0;
    for (const Subject& subject : subjects)
      for (const Facts& of : facts)
        for (NodeId data = 0; data < 4; ++data)
          for (NodeId purpose = 0; purpose < 3; ++purpose)
            for (NodeId partner = 0; partner < 3; ++partner) {
              const Decision decision = set.decide({data, purpose, partner}, of, subject);
              ++statuses[static_cast<std::size_t>(decision.status())];
              const NodeId column[] = {partner, 0};
              set.decide(Batch{{&data, 1}, {&purpose, 1}, column, {&of, 1}, {&subject, 1}}, decisions);
            }
    BOOST_TEST(asked == 0u);
    for (std::size_t status = 0; status < 4; ++status) BOOST_TEST(statuses[status] > 0u, status);
  }
}

BOOST_AUTO_TEST_CASE(requests_by_names_take_none_after_a_few) {
  auto loaded = Engine::from_texts(
      {{"a.vocab.yaml", "data: {d: {}}\npurposes: {p: {}}\npartners: {q: {}}\nfacts: {age: int, tags: set of string}\n"},
       {"a.zweck", "rule r allow any for any by any when age > 3 and tags has \"x\" basis consent"}});
  BOOST_REQUIRE(static_cast<bool>(loaded));
  Request one;
  one.data = {"d"};
  one.purpose = "p";
  one.partner = "q";
  one.at = now;
  one.facts = {{"age", std::int64_t{30}}, {"tags", std::vector<std::string>{"y", "x"}}};
  one.ledger.emplace(10);
  for (LedgerEvent& event : *one.ledger) event.data = event.purpose = event.partner = {"any"};
  for (int i = 0; i < 3; ++i) BOOST_TEST(static_cast<bool>(loaded->decide(one)));
  asked = 0;
  for (int i = 0; i < 10; ++i) static_cast<void>(loaded->decide(one));
  BOOST_TEST(asked == 0u);
}

BOOST_AUTO_TEST_CASE(loading_says_that_it_ran_out) {
  std::size_t failed = 0;
  const auto all = files();
  without_memory("loading", nothing, [&] { return Engine::from_texts(all); }, [&](const Result<Engine>& loaded) {
    failed += !loaded;
    if (!loaded) must_say(loaded.diagnostics());
  });
  BOOST_TEST(failed > 100u);
}

BOOST_AUTO_TEST_CASE(binding_says_that_it_ran_out) {
  const Engine set = engine(0);
  const Subject nobody = set.unknown_subject(now);
  const Point point{*set.data("d0"), *set.purpose("ads"), *set.partner("shop")};
  const auto events = ledger(30);
  const auto says = [](const auto& result) {
    if (!result) must_say(result.diagnostics());
  };
  const auto invalid_or_not_known = [&](const Decision& decision) {
    BOOST_TEST((decision.status() == Status::invalid || decision.status() == Status::indeterminate));
  };
  Facts facts;
  without_memory("facts", [&] { facts = set.facts(); },
                 [&] { return facts.set("word", "a word that is longer than a few letters"); }, says);
  without_memory("subject", nothing, [&] { return set.subject(events, now); }, says);
  without_memory("facts of nobody", nothing, [&] { return set.decide(point, set.facts(), nobody); }, invalid_or_not_known);
  without_memory("unknown subject", nothing, [&] { return set.decide(point, facts, set.unknown_subject(now)); },
                 invalid_or_not_known);
}

BOOST_AUTO_TEST_CASE(answers_are_invalid_or_what_they_should_be) {
  const Engine set = engine(0), other = engine(0);
  const Request one = request();
  const Answer named = set.answer(one), denied = set.answer_json(json);
  BOOST_TEST((named.status == Status::allowed));
  BOOST_TEST((denied.status == Status::forbidden));
  std::size_t invalid = 0;
  const auto like = [&](Status expected) {
    return [&invalid, expected](Status status) {
      invalid += status == Status::invalid;
      BOOST_TEST((status == Status::invalid || status == expected));
    };
  };
  without_memory("answer", nothing, [&] { return set.answer(one).status; }, like(named.status));
  without_memory("answer to JSON", nothing, [&] { return set.answer_json(json).status; }, like(denied.status));
  without_memory("decision", [&] { static_cast<void>(other.decide(one)); }, [&] { return set.decide(one).status(); },
                 like(named.status));
  without_memory("explanation", nothing, [&] { return explain(set, one).answer.status; }, like(named.status));
  without_memory("explanation of JSON", nothing, [&] { return explain_json(set, json).answer.status; }, like(denied.status));
  BOOST_TEST(invalid > 100u);
  // A line is whole, and what stood before it is left.
  const std::string right = to_json(denied);
  std::string out;
  without_memory("line", [&] { out = std::string("before "); },
                 [&] {
                   set.answer_json(json, out);
                   return out.size();
                 },
                 [&](std::size_t) {
                   BOOST_TEST_REQUIRE(out.starts_with("before {"));
                   const std::string line = out.substr(7);
                   BOOST_TEST((line == right || (line.find("\"invalid\"") != std::string::npos && line.ends_with("}"))), line);
                   out.clear();
                   out.shrink_to_fit();
                 });
  // Nothing is left half done in what each thread keeps.
  BOOST_TEST((set.decide(one).status() == named.status));
  BOOST_TEST(to_json(set.answer_json(json)) == right);
}

// Where there is no memory for a long line, the lines behind it are answered all the same. A thread has a reader of its own.
BOOST_AUTO_TEST_CASE(lines_after_one_that_memory_was_missing_for) {
  const Engine set = engine(0);
  std::string longer = json;
  longer.insert(longer.size() - 1, 20'000, ' ');
  const std::string expected = to_json(set.answer_json(json));
  bool any_refused = true, alike = true;
  for (std::size_t n = 1; any_refused; ++n) {
    std::thread([&] {
      std::string out;
      set.answer_json(json, out);
      alike = alike && out == expected;
      asked = 0;
      refused = n;
      set.answer_json(longer, out);
      any_refused = asked >= n;
      refused = 0;
      for (int i = 0; i < 4; ++i) {
        out.clear();
        set.answer_json(json, out);
        alike = alike && out == expected;
      }
    }).join();
  }
  BOOST_TEST(alike);
}

BOOST_AUTO_TEST_SUITE_END()
