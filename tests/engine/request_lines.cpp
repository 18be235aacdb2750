// Requests as JSON lines: the quick way and the exact one give the same bytes, whatever the line.
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "engine/request_line.hpp"
#include "zweck/engine.hpp"

using namespace zweck;

namespace {

const char* const vocabulary = R"(
data:
  personal: {}
  address: {in: personal}
  wardrobe: {in: personal}
  purchases: {in: personal}
  style-profile: {in: personal, derived-from: [wardrobe, purchases]}
  health: {in: personal, special: true, separate: true}
  'a "b" ü': {}
purposes:
  service: {}
  delivery: {in: service}
  recommendation: {in: service}
  advertising: {separate: true}
partners:
  shop: {first-party: true}
  carriers: {}
  dhl: {in: carriers}
taxonomies:
  region: {eea: {}, germany: {in: eea}, us: {}}
facts:
  age: int 0..150
  channel: one of web, app, store
  region: region
  logged-in: bool
  gpc: bool = false
  born: date
  idle: duration
  word: string
  words: set of string
  regions: set of region
notices: {fit-advice: {version: 2}}
obligations: [pseudonymise, log]
)";

const char* const rules = R"(
rule fit-advice allow wardrobe, style-profile for recommendation by shop basis consent under fit-advice
  unless age < 16 benefit "Clothes that fit" keep 180 days oblige log
rule buys allow purchases for recommendation, delivery by any basis legitimate-interest when notice fit-advice
rule delivery allow address for delivery by carriers basis contract keep 36 hours oblige log oblige pseudonymise
rule all allow any for service by shop basis public-task
  when region in {eea} or regions has us or words has "x" or word = "y" or idle > 30 days or born < 2008-01-01
rule "n \"q\" ü" allow "a \"b\" ü" for service by any basis not-personal
rule no-health deny health for advertising by any when not consent
rule no-gpc deny any for advertising by any when gpc or objection or channel = store
)";

const Engine& engine() {
  static const auto loaded = Engine::from_texts({{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}});
  BOOST_REQUIRE_MESSAGE(static_cast<bool>(loaded), (loaded ? std::string() : render(loaded.diagnostics())));
  return *loaded;
}

std::string quick(const std::string& line) {
  // Exactly as long as the line, so that a look beyond its end is seen by a sanitizer.
  const std::vector<char> bytes(line.begin(), line.end());
  std::string out = "before ";
  engine().answer_json(std::string_view(bytes.data(), bytes.size()), out);
  BOOST_REQUIRE(out.starts_with("before "));
  return out.substr(7);
}

std::string exact(const std::string& line) { return to_json(engine().answer_json(line)); }

bool taken(const std::string& line) {
  static RequestLine reader;
  static QuickRequest request;
  std::optional<std::string_view> id;
  return reader.read(line, *engine().program(), request, id);
}

const std::string start = R"({"data": "wardrobe", "purpose": "recommendation", "partner": "shop", "at": "2026-06-01T12:00:00Z")";

const std::vector<std::string> plain{
    start + "}",
    R"({"id":"r ü 1","data":["wardrobe","purchases"],"purpose":"service","partner":"shop","at":"2026-06-01T12:00:00.5+02:00"})",
    start + R"(, "facts": {"age": 30, "channel": "web", "region": "germany", "logged-in": true, "gpc": false,)"
            R"( "born": "2000-01-31", "idle": "31 days", "word": "foreign", "words": ["x", "y", "x"], "regions": ["us"]}})",
    start + R"(, "facts": {}, "ledger": []})",
    start + R"( , "ledger" : [ {"consent": "given", "data": ["wardrobe", "purchases"], "purpose": "any", "partner": "shop",
              "explicit": true, "under": {"notice": "fit-advice", "version": 2}, "at": "2026-02-01T10:00:00Z",
              "expires": "2027-02-01T00:00:00Z"}, {"notice": "fit-advice", "version": 2, "at": "2026-02-01T10:00:00Z"} ] } )",
    start + R"(,"ledger":[{"consent":"withdrawn","data":"wardrobe","at":"2026-03-01T09:30:00Z"},{"objection":"raised",)"
            R"("purpose":"advertising","at":"2026-03-02T00:00:00Z"},{"objection":"withdrawn","at":"2026-03-03T00:00:00Z"},)"
            R"({"consent":"refused","at":"2026-03-01T09:30:00Z","partner":["dhl","shop"]}]})",
    R"({"data":"address","purpose":"delivery","partner":"dhl","at":"2026-06-01T12:00:00Z","ledger":[]})",
    R"({"data":"address","purpose":"advertising","partner":"dhl","at":"2026-06-01T12:00:00Z","facts":{"channel":"store"}})",
    R"({"data":"health","purpose":"advertising","partner":"dhl","at":"2026-06-01T12:00:00Z","ledger":[]})",
    R"({"data":"style-profile","purpose":"recommendation","partner":"shop","at":"2026-06-01T12:00:00Z","facts":{"age":0}})",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(request_lines)

BOOST_AUTO_TEST_CASE(plain_requests_are_taken_and_answered_alike) {
  for (const std::string& line : plain) {
    BOOST_TEST(taken(line), line);
    BOOST_TEST(quick(line) == exact(line), line);
  }
}

// Each of these is either answered without being taken, or refused; never taken for something else.
BOOST_AUTO_TEST_CASE(what_is_not_plain_is_left_to_the_exact_way) {
  const std::vector<std::string> odd{
      "", " ", "{", "}", "[]", "{}", "null", "\"a\"", "1", start, start + "}}", start + "} x", start + "} {}", start + ",}",
      start + R"(, "purpose": "service"})",  // twice
      start + R"(, "facts": {"age": 1, "age": 1}})",
      start + R"(, "facts": {"gpc": true}, "facts": {"gpc": true}})",
      start + R"(, "ledger": [{"notice": "fit-advice", "version": 2, "version": 2, "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "facts": {"age": null}})", start + R"(, "facts": {"age": 1.0}})", start + R"(, "facts": {"age": 1e1}})",
      start + R"(, "facts": {"age": 01}})", start + R"(, "facts": {"age": -0}})", start + R"(, "facts": {"age": 151}})",
      start + R"(, "facts": {"age": 1e400}})", start + R"(, "facts": {"age": 99999999999999999999}})",
      start + R"(, "facts": {"age": "1"}})", start + R"(, "facts": {"age": 1"2"}})", start + R"(, "facts": {"age": 1 2}})",
      start + R"(, "facts": {"word": "a"b}})", start + R"(, "facts": {"word": "\ud800"}})",
      start + R"(, "facts": {"word": "\u0041"}})", start + ", \"facts\": {\"word\": \"\x80\"}}",
      start + ", \"facts\": {\"word\": \"a\tb\"}}", start + R"(, "facts": {"gpc": tru}})",
      start + R"(, "facts": {"gpc": truefalse}})", start + R"(, "facts": {"words": "x"}})",
      start + R"(, "facts": {"words": ["x",]}})", start + R"(, "facts": {"channel": "x"}})",
      start + R"(, "facts": {"born": "2000-02-30"}})", start + R"(, "facts": {"idle": "0 days"}})",
      start + R"(, "unknown": 1})", start + R"(, "id": 1})", start + R"(, "ledger": null})", start + R"(, "ledger": {}})",
      start + R"(, "ledger": [[]]})",
      start + R"(, "ledger": [{"consent": "given", "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"consent": "refused", "explicit": true, "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"consent": "refused", "version": 1, "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"consent": "refused", "objection": "raised", "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"consent": "refused", "data": ["any"], "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"consent": "refused", "data": [], "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"notice": "fit-advice", "version": 3, "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"notice": "fit-advice", "version": 0, "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"notice": "fit-advice", "version": 1, "data": "any", "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"notice": "fit-advice", "version": 1}]})",
      start + R"(, "ledger": [{"objection": "gone", "at": "2026-02-01T10:00:00Z"}]})",
      start + R"(, "ledger": [{"at": "2026-02-01T10:00:00Z"}]})", std::string(100'000, '['),
      R"({"data": [], "purpose": "service", "partner": "shop"})", R"({"data": "any", "purpose": "service", "partner": "shop"})",
      R"({"purpose": "service", "partner": "shop"})", R"({"data": "address", "purpose": ["service"], "partner": "shop"})",
      R"({"data": "address", "purpose": "service", "partner": "shop", "at": "today"})"};
  for (const std::string& line : odd) {
    BOOST_TEST(!taken(line), line);
    BOOST_TEST(quick(line) == exact(line), line);
  }
}

// A ledger that was read before is not read again, so what stands before it is all that may be wrong.
BOOST_AUTO_TEST_CASE(known_ledgers) {
  const std::string ledger = R"([{"consent": "given", "data": "wardrobe", "purpose": "any", "partner": "shop", )"
                             R"("under": {"notice": "fit-advice", "version": 2}, "at": "2026-02-01T10:00:00Z"}])";
  const std::string good = start + R"(, "facts": {"age": 30}, "ledger": )" + ledger + "}";
  for (int time = 0; time < 4; ++time) {
    BOOST_TEST(taken(good));
    BOOST_TEST(quick(good) == exact(good));
  }
  BOOST_TEST(quick(good).find(R"("decision": "allow")") != std::string::npos);
  for (const char* const before : {R"(, "facts": {"age": 15}, "ledger": )", R"(, "facts": {"gpc": true} , "ledger" :)",
                                   ", \"id\": \"1\",\t\"ledger\":\n"}) {
    const std::string line = start + before + ledger + "}";
    BOOST_TEST(taken(line), line);
    BOOST_TEST(quick(line) == exact(line), line);
  }
  for (const char* const before :
       {"", ",", ", \"ledger\"", ", \"ledger\" ", ", \"ledger\":,", ", \"ledger\"::", ", \"ledger\": 1 ", ", \"ledger\": [",
        ", \"ledger\": [],", ", \"ledger\": [], \"ledger\": ", ", \"facts\": ", ", \"facts\": {\"ledger\": ",
        ", \"facts\": {\"age\": 1, \"ledger\": ", ", \"id\": ", ", \"id\": \"", ", \"id\": \"1\", \"ledger: ", ", ledger: ", ", \"x\": ",
        ", \"purpose\": \"service\", \"ledger\": ", "}, \"ledger\": ", "\xff, \"ledger\": ", ", \"ledger\": \xff"}) {
    const std::string line = start + before + ledger + "}";
    BOOST_TEST(!taken(line), line);
    BOOST_TEST(quick(line) == exact(line), line);
  }
  for (const std::string& line :
       {ledger + "}", "{" + ledger + "}", R"({"ledger": )" + ledger + "}", R"({"data": "wardrobe", "ledger": )" + ledger + "}"}) {
    BOOST_TEST(!taken(line), line);
    BOOST_TEST(quick(line) == exact(line), line);
  }
}

BOOST_AUTO_TEST_CASE(ledgers_are_known_from_the_second_time_on) {
  const Program& program = *engine().program();
  LedgerMemo memo;
  memo.start(program);
  Ledger ledger(2);
  ledger[1].version = 7;
  const auto known = [&](const std::string& text) {
    const Ledger* const found = memo.find(text, LedgerMemo::hash(text));
    return found != nullptr && *found == ledger;
  };
  const auto add = [&](const std::string& text) { memo.add(text, LedgerMemo::hash(text), ledger); };
  BOOST_TEST(!known("[]"));
  add("[]");
  BOOST_TEST(!known("[]"));
  add("[]");
  BOOST_TEST(known("[]"));
  memo.start(program);
  BOOST_TEST(known("[]"));
  BOOST_TEST(!known("[ ]"));
  // Texts that only their middle tells apart have one hash.
  std::string one(1'000, 'x'), other = one;
  other[500] = 'y';
  BOOST_TEST(LedgerMemo::hash(one) == LedgerMemo::hash(other));
  add(one);
  add(one);
  BOOST_TEST(known(one));
  BOOST_TEST(!known(other));
  for (int i = 0; i < 3'000; ++i) {  // more than there is room for
    add(std::to_string(i % 1'500));
    add(std::to_string(i % 1'500));
    BOOST_TEST(known(std::to_string(i % 1'500)));
  }
  const auto twin = Engine::from_texts({{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}});
  memo.start(*twin->program());
  for (int i = 0; i < 1'500; ++i) BOOST_TEST(!known(std::to_string(i)));
}

// The same text means other events where names have other numbers.
BOOST_AUTO_TEST_CASE(known_ledgers_of_two_engines) {
  const auto other = Engine::from_texts(
      {{"a.vocab.yaml", "data: {a: {}, wardrobe: {}}\npurposes: {a: {}, b: {}, recommendation: {}}\npartners: {a: {}, shop: {}}\n"},
       {"a.zweck", "rule all allow any for any by any basis consent\n"}});
  BOOST_REQUIRE(bool(other));
  const std::string line = start + R"(, "ledger": [{"consent": "given", "data": "wardrobe", "purpose": "recommendation", )"
                                   R"("partner": "shop", "at": "2026-02-01T10:00:00Z"}]})";
  for (int time = 0; time < 8; ++time)
    for (const Engine* const asked : {&engine(), &*other, &*other, &*other}) {
      std::string answer;
      asked->answer_json(line, answer);
      BOOST_TEST(answer == to_json(asked->answer_json(line)));
    }
}

// Bytes changed, cut, repeated and exchanged between lines.
BOOST_AUTO_TEST_CASE(mutated_lines_are_answered_alike) {
  std::mt19937_64 random(1);
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
  const std::string bytes = "{}[]:,\"\\ \t\n0123456789-+.eEtfn\x80\xC3\xBC" + std::string(1, '\0');
  std::size_t count_taken = 0;
  constexpr std::size_t count = 20'000;
  for (std::size_t i = 0; i < count; ++i) {
    std::string line = plain[below(plain.size())];
    for (std::size_t changes = 1 + below(3); changes > 0 && !line.empty(); --changes) {
      const std::size_t at = below(line.size());
      switch (below(6)) {
        case 0: line[at] = bytes[below(bytes.size())]; break;
        case 1: line.erase(at, 1 + below(4)); break;
        case 2: line.insert(at, 1, bytes[below(bytes.size())]); break;
        case 3: line.insert(at, line.substr(below(line.size()), below(40))); break;
        case 4: {
          const std::string& other = plain[below(plain.size())];
          line.insert(at, other.substr(below(other.size()), below(60)));
          break;
        }
        default: line.resize(at);
      }
    }
    // Where no time is given, the two may be asked at different ones; nothing here depends on it.
    count_taken += taken(line);
    BOOST_REQUIRE_MESSAGE(quick(line) == exact(line), line);
  }
  BOOST_TEST(count_taken > count / 200);
  BOOST_TEST(count_taken < count / 2);
}

BOOST_AUTO_TEST_SUITE_END()
