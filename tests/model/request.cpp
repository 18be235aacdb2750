// Requests as JSON and YAML: what is read, what is refused and how, and the points that are asked for.
#include "model/request.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "model/request_tree.hpp"
#include "setup.hpp"
#include "text/limits.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

const char* const extra = R"(
facts:
  gpc: bool = false
  city: string = Bonn
  day: date
  span: duration
  low: int -5..5
  words: set of string
  kinds: set of one of a, b
  places: set of region
)";

const Model& model() {
  static const Model model = [] {
    auto loaded = load_texts({{"a.vocab.yaml", reference_vocabulary}, {"b.vocab.yaml", extra}});
    if (!loaded) BOOST_FAIL(shown(loaded.diagnostics()));
    return std::move(loaded->model);
  }();
  return model;
}

const Time now = *parse_time("2026-06-01T12:00:00Z");

Result<ResolvedRequest> from_json(const std::string& json) {
  auto tree = read_json(json);
  if (!tree) return std::move(tree).diagnostics();
  return read_request(model().vocabulary, *tree, nullptr, now, {});
}

std::string problems(const std::string& json) {
  const auto request = from_json(json);
  return request ? "" : shown(request.diagnostics());
}

// A good request but for this.
std::string with(const std::string& members) {
  return R"({"data": "wardrobe", "purpose": "delivery", "partner": "shop", )" + members + "}";
}
std::string with_fact(const std::string& fact) { return with("\"facts\": {" + fact + "}"); }

ResolvedRequest good(const std::string& json) {
  auto request = from_json(json);
  if (!request) BOOST_FAIL(shown(request.diagnostics()));
  return *std::move(request);
}

std::string again(const std::string& json) { return to_json(model().vocabulary, good(json)); }

std::string points(const std::string& json) {
  std::string text;
  const auto points = points_of(model().vocabulary, good(json));
  for (const Point& point : points.value()) {
    text += model().vocabulary.taxonomies[0].nodes[point.data].name + "/" +
            model().vocabulary.taxonomies[1].nodes[point.purpose].name + "/" +
            model().vocabulary.taxonomies[2].nodes[point.partner].name + " ";
  }
  return text;
}

bool same(const ResolvedRequest& a, const ResolvedRequest& b) {
  return a.id == b.id && a.data == b.data && a.purpose == b.purpose && a.partner == b.partner && a.at == b.at &&
         a.facts == b.facts && a.ledger == b.ledger;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(request)

BOOST_AUTO_TEST_CASE(the_example_of_the_reference) {
  BOOST_TEST(
      again(R"({"id": "r1", "data": ["wardrobe"], "purpose": "recommendation", "partner": "shop",
 "at": "2026-06-01T12:00:00Z", "facts": {"age": 30, "region": "germany"},
 "ledger": [{"notice": "fit-advice", "version": 2, "at": "2026-02-01T10:00:00Z"}]})") ==
      R"({"id": "r1", "data": ["wardrobe"], "purpose": "recommendation", "partner": "shop", "at": "2026-06-01T12:00:00Z", )"
      R"("facts": {"age": 30, "city": "Bonn", "gpc": false, "region": "germany"}, )"
      R"("ledger": [{"notice": "fit-advice", "version": 2, "at": "2026-02-01T10:00:00Z"}]})");
}

BOOST_AUTO_TEST_CASE(what_is_left_out) {
  const ResolvedRequest request = good(R"({"data": "wardrobe", "purpose": "delivery", "partner": "shop"})");
  BOOST_TEST(!request.id);
  BOOST_TEST((request.at == now));
  BOOST_TEST(!request.ledger);
  BOOST_TEST(request.facts.size() == model().vocabulary.facts.size());
  BOOST_TEST(request.facts[*model().vocabulary.find_fact("age")].missing());
  BOOST_TEST((request.facts[*model().vocabulary.find_fact("gpc")] == Value::single(0)));
  BOOST_TEST(good(with("\"ledger\": []")).ledger.has_value());
}

BOOST_AUTO_TEST_CASE(values_of_every_type_come_back_as_they_were) {
  const std::string request =
      R"({"id": "a \"quoted\" \u0001 id", "data": ["personal", "wardrobe"], "purpose": "service", "partner": "carriers", )"
      R"("at": "2026-06-01T12:00:00.000001Z", "facts": {"age": 150, "channel": "web", "city": "other", )"
      R"("day": "2026-02-28", "gpc": true, "kinds": ["b"], "logged-in": false, "low": -5, "places": ["eea", "us"], )"
      R"("region": "eea", "span": "36 hours", "words": []}, "ledger": [)"
      R"({"consent": "given", "data": "any", "purpose": "delivery", "partner": "any", "explicit": true, )"
      R"("under": {"notice": "fit-advice", "version": 1}, "at": "2026-01-01T00:00:00Z", "expires": "2027-01-01T00:00:00Z"}, )"
      R"({"consent": "refused", "partner": "shop", "at": "2026-01-01T00:00:00Z"}, )"
      R"({"objection": "raised", "at": "2026-01-01T00:00:00Z"}, )"
      R"({"objection": "withdrawn", "data": "health", "at": "2026-01-01T00:00:00Z"}, )"
      R"({"notice": "fit-advice", "version": 2, "at": "2026-01-01T00:00:00Z"}]})";
  BOOST_TEST(again(request) == request);
  BOOST_TEST(same(good(request), good(again(request))));
  // A text that the policies never mention is as good as any other of them.
  const std::string foreign = again(with_fact(R"("city": "Timbuktu", "words": ["x", "y"])"));
  BOOST_TEST(foreign.find(R"("city": "other")") != std::string::npos);
  BOOST_TEST(foreign.find(R"("words": ["other"])") != std::string::npos);
  BOOST_TEST(same(good(with_fact(R"("city": "Timbuktu", "words": ["x", "y"])")), good(foreign)));
}

BOOST_AUTO_TEST_CASE(names_in_requests) {
  BOOST_TEST(problems("{}") ==
             "`data` is missing [invalid-request]; a request names data, a purpose and a partner\n"
             "`purpose` is missing [invalid-request]; a request names data, a purpose and a partner\n"
             "`partner` is missing [invalid-request]; a request names data, a purpose and a partner\n");
  BOOST_TEST(problems(R"({"data": [], "purpose": ["delivery"], "partner": null})") ==
             "`data` is an empty list [invalid-request]; name at least one data node\n"
             "`purpose` takes one name, not a list [invalid-request]\n"
             "`partner` has no value [invalid-request]\n");
  BOOST_TEST(problems(R"({"data": ["wardrobe", "helth", null], "purpose": "shop", "partner": "any"})") ==
             "there is no data node `helth` [unknown-name]; did you mean `health`?\n"
             "`data` has no value [invalid-request]\n"
             "there is no purpose `shop` [unknown-name]; `shop` is a partner\n"
             "there is no partner `any` [unknown-name]\n");
  BOOST_TEST(problems(R"({"data": {"a": 1}, "purpose": true, "partner": 1.5})") ==
             "`data` takes one name, not a map [invalid-request]\n"
             "`purpose` takes one name, not a bool [invalid-request]\n"
             "`partner` takes one name, not a number [invalid-request]\n");
  BOOST_TEST(problems(R"({"data": "Wardrobe", "purpose": "delivery", "partner": "shop"})") ==
             "there is no data node `Wardrobe` [unknown-name]; did you mean `wardrobe`?\n");
}

BOOST_AUTO_TEST_CASE(what_is_too_long_is_cut) {
  std::string name(79, 'n');
  name += "\u00e4" + std::string(1'000'000, 'n');
  BOOST_TEST(problems(R"({"data": ")" + name + R"(", "purpose": "delivery", "partner": "shop"})") ==
             "there is no data node `" + std::string(79, 'n') + "…` [unknown-name]\n");
  BOOST_TEST(problems(with("\"" + name + "\": 1")) ==
             "unknown key `" + std::string(79, 'n') +
                 "…` [unknown-name]; the keys are `id`, `data`, `purpose`, `partner`, `at`, `facts`, `ledger`\n");
}

BOOST_AUTO_TEST_CASE(problems_are_counted_from_a_bound_on) {
  std::string facts;
  for (int i = 0; i < 1000; ++i) facts += (i > 0 ? ", \"x" : "\"x") + std::to_string(i) + "\": 1";
  const auto request = from_json(with_fact(facts + R"(, "age": 151)"));
  BOOST_TEST_REQUIRE(!request);
  BOOST_TEST(request.diagnostics().size() == limits::diagnostics);
  BOOST_TEST(request.diagnostics().back().message == "and 802 more problems");
}

BOOST_AUTO_TEST_CASE(keys_of_requests) {
  BOOST_TEST(problems(with(R"("fact": {}, "subject": "anna")")) ==
             "unknown key `fact` [unknown-name]; did you mean `facts`?\n"
             "unknown key `subject` [unknown-name]; the keys are `id`, `data`, `purpose`, `partner`, `at`, `facts`, "
             "`ledger`\n");
  BOOST_TEST(
      problems(with(R"("id": 5, "at": "yesterday", "facts": [], "ledger": null)")) ==
      "`id` takes one text, not a number [invalid-request]\n"
      "`yesterday` is no time [invalid-request]; write `at` like `2026-06-01T12:00:00Z`\n"
      "`facts` holds values by the names of facts, not a list [invalid-request]\n"
      "a ledger is a list of events [invalid-request]; write `[]` for a customer of whom nothing is known yet, or "
      "leave the ledger out if it is not known\n");
  BOOST_TEST(problems(with(R"("id": null, "at": null, "facts": null)")) ==
             "`id` has no value [invalid-request]\n"
             "`at` has no value [invalid-request]\n"
             "`facts` holds values by the names of facts, not nothing [invalid-request]\n");
  for (const char* const no_request : {"[]", "5", "null", "\"data\"", "true"}) {
    BOOST_TEST(problems(no_request).starts_with("a request is a map, not "), no_request);
  }
}

BOOST_AUTO_TEST_CASE(json_that_means_two_things_is_refused) {
  for (const std::string& bad :
       {with(R"("data": "health")"), with_fact(R"("age": 1, "age": 2)"), with_fact(R"("age": 1e400)"),
        with(R"("id": "\ud800")"), with(R"("id": "\udc00\ud800")"), std::string(1000, '[') + std::string(1000, ']'),
        std::string(1'000'000, '['), std::string("{\"data\""), std::string(""), with("\"id\": \"a\"") + " {}",
        with("\"id\": \"a\xff\""), std::string("{\"id\": \"a\0b\"}", 13),
        std::string("\x7f"
                    "ELF\x02\x01\x01",
                    7),
        std::string("{'data': 'wardrobe'}"), with("\"id\": NaN")}) {
    BOOST_TEST(problems(bad) != "", bad.substr(0, 100));
  }
}

BOOST_AUTO_TEST_CASE(facts_by_their_types) {
  BOOST_TEST(problems(with_fact(R"("aeg": 5)")) == "there is no fact `aeg` [unknown-name]; did you mean `age`?\n");
  BOOST_TEST(problems(with_fact(R"("age": null)")) ==
             "fact `age` has no value [invalid-request]; leave out what is not known\n");
  for (const char* const good_fact :
       {R"("age": 0)", R"("age": 150)", R"("low": -5)", R"("gpc": true)", R"("city": "")", R"("channel": "store")",
        R"("region": "eea")", R"("day": "2024-02-29")", R"("span": "1 minute")", R"("words": ["a", "b"])",
        R"("kinds": [])", R"("places": ["us"])"}) {
    BOOST_TEST(problems(with_fact(good_fact)) == "", good_fact);
  }
  for (const char* const bad : {R"("age": 151)",         R"("age": -1)",           R"("age": 1.0)",
                                R"("age": "30")",        R"("age": 1e1)",          R"("age": true)",
                                R"("age": [30])",        R"("age": {})",           R"("age": 99999999999999999999)",

                                R"("low": -6)",          R"("gpc": "true")",       R"("gpc": 1)",
                                R"("gpc": 0)",           R"("city": 5)",           R"("city": true)",
                                R"("city": ["a"])",      R"("channel": "Web")",    R"("channel": "tv")",
                                R"("channel": true)",    R"("region": "mars")",    R"("region": 1)",
                                R"("region": ["us"])",   R"("day": "2026-02-29")", R"("day": "2026-2-1")",
                                R"("day": 20260101)",    R"("span": "0 days")",    R"("span": "1 fortnight")",
                                R"("span": "01 day")",   R"("span": 30)",          R"("words": "a")",
                                R"("words": [1])",       R"("words": [null])",     R"("kinds": ["c"])",
                                R"("places": ["mars"])", R"("places": "us")",      R"("places": [["us"]])"}) {
    BOOST_TEST(problems(with_fact(bad)) != "", bad);
  }
  BOOST_TEST(problems(with_fact(R"("region": "germny")")).find("did you mean `germany`?") != std::string::npos);
  // All of them at once.
  const auto two = from_json(with_fact(R"("age": 200, "gpc": "no", "nothing": 1)"));
  BOOST_TEST_REQUIRE(!two);
  BOOST_TEST(two.diagnostics().size() == 3);
}

BOOST_AUTO_TEST_CASE(a_ledger_beside_the_request) {
  Sources sources;
  sources.add({"t.yaml", "{data: wardrobe, purpose: delivery, partner: shop, ledger: []}"});
  const auto tree = read_yaml(sources, 0);
  BOOST_TEST_REQUIRE(static_cast<bool>(tree));
  const Tree ledger = tree_of("[{objection: raised, at: 2026-01-01T00:00:00Z}]");
  const auto twice = read_request(model().vocabulary, *tree, &ledger, now, sources);
  BOOST_TEST_REQUIRE(!twice);
  BOOST_TEST(
      shown(twice.diagnostics()) ==
      "t.yaml:1:52: the ledger is given twice [invalid-request]; leave it out of the request, or out of what stands "
      "beside it\n");
  const auto beside = read_request(model().vocabulary, tree_of("{data: wardrobe, purpose: delivery, partner: shop}"),
                                   &ledger, now, sources);
  BOOST_TEST_REQUIRE(static_cast<bool>(beside));
  BOOST_TEST(beside->ledger->size() == 1);
}

BOOST_AUTO_TEST_CASE(points_are_leaves_and_their_sources) {
  BOOST_TEST(points(with("\"id\": \"a\"")) == "wardrobe/delivery/shop ");
  BOOST_TEST(points(R"({"data": ["wardrobe", "health", "wardrobe"], "purpose": "service", "partner": "carriers"})") ==
             "health/delivery/dhl health/recommendation/dhl wardrobe/delivery/dhl wardrobe/recommendation/dhl ");
  BOOST_TEST(points(R"({"data": "style-profile", "purpose": "delivery", "partner": "shop"})") ==
             "purchases/delivery/shop style-profile/delivery/shop wardrobe/delivery/shop ");
}

BOOST_AUTO_TEST_CASE(at_most_so_many_points) {
  const auto taxonomy = [](const std::string& section, int leaves) {
    std::string text = section + ":\n  all: {}\n  more: {}\n";
    for (int i = 0; i < leaves; ++i) text += "  n" + std::to_string(i) + ": {in: all}\n";
    return text;
  };
  const Model wide = model_of(taxonomy("data", 100) + "  derived: {in: all, derived-from: more}\n" +
                              taxonomy("purposes", 10) + taxonomy("partners", 1000));
  const auto ask = [&](const char* data, const char* purpose, const char* partner) {
    return read_request(wide.vocabulary,
                        json_tree(std::string(R"({"data": [)") + data + R"(], "purpose": ")" + purpose +
                                  R"(", "partner": ")" + partner + "\"}"),
                        nullptr, now, {});
  };
  // 102 leaves, of which one only as a source.
  const auto many = ask(R"("all")", "n1", "all");
  BOOST_TEST_REQUIRE(!many);
  BOOST_TEST(shown(many.diagnostics()) ==
             "this asks for more than 100000 points at once [invalid-request]; ask for narrower groups, one after the "
             "other\n");
  std::string names;
  for (int i = 0; i < 100; ++i) names += (i > 0 ? ", \"n" : "\"n") + std::to_string(i) + "\"";
  const auto most = ask(names.c_str(), "n1", "all");
  BOOST_TEST_REQUIRE(static_cast<bool>(most));
  BOOST_TEST(points_of(wide.vocabulary, *most)->size() == limits::request_points);
  // Far more, counted without being built.
  const auto million = ask(R"("all")", "all", "all");
  BOOST_TEST_REQUIRE(!million);
  ResolvedRequest all = *most;
  all.data = {*wide.vocabulary.taxonomies[0].find("all")};
  BOOST_TEST(count_points(wide.vocabulary, all) == 102'000);
  BOOST_TEST(!points_of(wide.vocabulary, all));
}

BOOST_AUTO_TEST_CASE(the_id_of_a_bad_request) {
  BOOST_TEST(id_of(json_tree(R"({"data": 5, "id": "x"})")).value() == "x");
  BOOST_TEST(!id_of(json_tree(R"({"id": 5})")));
  BOOST_TEST(!id_of(json_tree(R"(["id"])")));
}

BOOST_AUTO_TEST_CASE(a_request_of_the_api_means_the_same) {
  Request request;
  request.id = "r";
  request.data = {"wardrobe"};
  request.purpose = "delivery";
  request.partner = "shop";
  request.at = now;
  request.facts = {{"age", std::int64_t{30}},
                   {"gpc", true},
                   {"day", std::string("2026-01-01")},
                   {"words", std::vector<std::string>{"x"}}};
  using Kind = LedgerEvent::Kind;
  LedgerEvent given;
  given.data = {"any"};
  given.purpose = {"delivery", "recommendation"};
  given.partner = {"shop"};
  given.at = now;
  given.expires = time_of("2027-01-01T00:00:00Z");
  given.is_explicit = true;
  given.notice = "fit-advice";
  given.version = 2;
  request.ledger.emplace();
  request.ledger->push_back(given);
  for (const Kind kind :
       {Kind::consent_refused, Kind::consent_withdrawn, Kind::objection_raised, Kind::objection_withdrawn}) {
    LedgerEvent event;
    event.kind = kind;
    event.at = now;
    request.ledger->push_back(event);
  }
  LedgerEvent notice;
  notice.kind = Kind::notice_shown;
  notice.notice = "fit-advice";
  notice.version = 1;
  notice.at = now;
  request.ledger->push_back(notice);
  const auto read = read_request(model().vocabulary, to_tree(request), nullptr, Time{}, {});
  if (!read) BOOST_FAIL(shown(read.diagnostics()));
  BOOST_TEST(
      to_json(model().vocabulary, *read) ==
      R"({"id": "r", "data": ["wardrobe"], "purpose": "delivery", "partner": "shop", "at": "2026-06-01T12:00:00Z", )"
      R"("facts": {"age": 30, "city": "Bonn", "day": "2026-01-01", "gpc": true, "words": ["other"]}, "ledger": [)"
      R"({"consent": "given", "data": "any", "purpose": "delivery", "partner": "shop", "explicit": true, "under": {"notice": "fit-advice", "version": 2}, "at": "2026-06-01T12:00:00Z", "expires": "2027-01-01T00:00:00Z"}, )"
      R"({"consent": "given", "data": "any", "purpose": "recommendation", "partner": "shop", "explicit": true, "under": {"notice": "fit-advice", "version": 2}, "at": "2026-06-01T12:00:00Z", "expires": "2027-01-01T00:00:00Z"}, )"
      R"({"consent": "refused", "at": "2026-06-01T12:00:00Z"}, {"consent": "refused", "at": "2026-06-01T12:00:00Z"}, )"
      R"({"objection": "raised", "at": "2026-06-01T12:00:00Z"}, {"objection": "withdrawn", "at": "2026-06-01T12:00:00Z"}, )"
      R"({"notice": "fit-advice", "version": 1, "at": "2026-06-01T12:00:00Z"}]})");
}

BOOST_AUTO_TEST_CASE(what_does_not_belong_together_in_the_api_is_refused) {
  const auto problems_of = [](const LedgerEvent& event) {
    const auto ledger = read_ledger(model().vocabulary, to_tree(std::vector{event}), {});
    return ledger ? "" : shown(ledger.diagnostics());
  };
  LedgerEvent notice;
  notice.kind = LedgerEvent::Kind::notice_shown;
  notice.notice = "fit-advice";
  notice.version = 1;
  notice.at = now;
  BOOST_TEST(problems_of(notice) == "");
  notice.data = {"wardrobe"};
  BOOST_TEST(problems_of(notice) ==
             "unknown key `data` (event 1 of the ledger) [unknown-name]; the keys are `notice`, `version`, `at`\n");
  LedgerEvent refused;
  refused.kind = LedgerEvent::Kind::consent_refused;
  refused.at = now;
  refused.is_explicit = true;
  BOOST_TEST(problems_of(refused) ==
             "`explicit` belongs to a consent that is `given` (event 1 of the ledger) [invalid-request]\n");
  LedgerEvent given;
  given.at = now;
  given.data = given.purpose = given.partner = {"any"};
  BOOST_TEST(problems_of(given) == "");
  given.version = 1;
  BOOST_TEST(problems_of(given) ==
             "`notice` is missing (event 1 of the ledger) [invalid-request]; say which notice the consent was given "
             "under\n");
  given.version = 0;
  given.data = {"any", "wardrobe"};
  BOOST_TEST(problems_of(given) ==
             "`any` stands alone, not in a list (event 1 of the ledger) [invalid-request]; write `data: any`\n");
  given.data = {};
  BOOST_TEST(
      problems_of(given) ==
      "`data` is missing (event 1 of the ledger) [invalid-request]; a consent that was given states data, purpose "
      "and partner; `any` takes in all\n");
  given.data = {"any"};
  given.at = Time{INT64_MAX};
  BOOST_TEST(problems_of(given).find("is no time") != std::string::npos);
  Request request;
  request.facts = {{"age", std::int64_t{1}}, {"age", std::int64_t{2}}};
  const auto read = read_request(model().vocabulary, to_tree(request), nullptr, now, {});
  BOOST_TEST_REQUIRE(!read);
  BOOST_TEST(shown(read.diagnostics()) ==
             "`data` is an empty list [invalid-request]; name at least one data node\n"
             "fact `age` is given twice [invalid-request]\n"
             "`purpose` is missing [invalid-request]; a request names data, a purpose and a partner\n"
             "`partner` is missing [invalid-request]; a request names data, a purpose and a partner\n");
}

BOOST_AUTO_TEST_SUITE_END()
