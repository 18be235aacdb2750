// What may stand in a ledger, and what is said of everything else.
#include <boost/test/unit_test.hpp>
#include <string>

#include "model/dump.hpp"
#include "model/ledger.hpp"
#include "setup.hpp"
#include "text/limits.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

const Model& model() {
  static const Model model = model_of(reference_vocabulary);
  return model;
}

// The problems of a ledger as YAML.
std::string problems(const std::string& yaml) {
  Sources sources;
  sources.add({"l.yaml", yaml});
  const auto tree = read_yaml(sources, 0);
  if (!tree) return shown(tree.diagnostics());
  const auto ledger = read_ledger(model().vocabulary, *tree, sources);
  return ledger ? "" : shown(ledger.diagnostics());
}

std::string json_problems(const std::string& json) {
  const auto tree = read_json(json);
  if (!tree) return shown(tree.diagnostics());
  const auto ledger = read_ledger(model().vocabulary, *tree, {});
  return ledger ? "" : shown(ledger.diagnostics());
}

NodeId node(std::size_t dimension, std::string_view name) {
  return *model().vocabulary.taxonomies[dimension].find(name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(read_ledger_)

BOOST_AUTO_TEST_CASE(all_forms_of_events) {
  const Ledger events = ledger_of(model(), R"(
- {consent: given, data: wardrobe, purpose: any, partner: [shop], explicit: true,
   under: {notice: fit-advice, version: 1}, at: "2026-02-01T10:00:00.5+01:00", expires: 2027-02-01T00:00:00Z}
- {consent: given, data: any, purpose: any, partner: any, explicit: false, at: 2026-02-01T10:00:00Z}
- {consent: refused, data: any, at: 2026-02-01T10:00:00Z}
- {consent: withdrawn, purpose: advertising, partner: carriers, at: 2026-02-01T10:00:00Z}
- {objection: raised, at: 2026-02-01T10:00:00Z}
- {objection: withdrawn, data: personal, at: 2026-02-01T10:00:00Z}
- {notice: fit-advice, version: 2, at: 2026-02-01T10:00:00Z}
)");
  const Time at = time_of("2026-02-01T10:00:00Z");
  using Kind = Event::Kind;
  const auto event = [&](Kind kind, NodeId data, NodeId purpose, NodeId partner) {
    return Event{kind, {data, purpose, partner}, at, {}, false, {}, 0};
  };
  Event first = event(Kind::given, node(0, "wardrobe"), any_node, node(2, "shop"));
  first.at = time_of("2026-02-01T09:00:00.5Z");
  first.expires = time_of("2027-02-01T00:00:00Z");
  first.explicit_ = true;
  first.notice = 0;
  first.version = 1;
  Event last = event(Kind::shown, any_node, any_node, any_node);
  last.notice = 0;
  last.version = 2;
  BOOST_TEST_REQUIRE(events.size() == 7);
  BOOST_TEST((events[0] == first));
  BOOST_TEST((events[1] == event(Kind::given, any_node, any_node, any_node)));
  BOOST_TEST((events[2] == event(Kind::refused, any_node, any_node, any_node)));
  BOOST_TEST((events[3] == event(Kind::refused, any_node, node(1, "advertising"), node(2, "carriers"))));
  BOOST_TEST((events[4] == event(Kind::raised, any_node, any_node, any_node)));
  BOOST_TEST((events[5] == event(Kind::cleared, node(0, "personal"), any_node, any_node)));
  BOOST_TEST((events[6] == last));
}

BOOST_AUTO_TEST_CASE(lists_are_multiplied_out) {
  const Ledger events = ledger_of(model(),
                                  "[{consent: refused, data: [wardrobe, health, wardrobe], purpose: [delivery, "
                                  "advertising], partner: shop, at: 2026-02-01T10:00:00Z}]");
  std::string scopes;
  for (const Event& event : events) {
    scopes += model().vocabulary.taxonomies[0].nodes[event.scope[0]].name + "/" +
              model().vocabulary.taxonomies[1].nodes[event.scope[1]].name + " ";
  }
  BOOST_TEST(scopes == "health/advertising health/delivery wardrobe/advertising wardrobe/delivery ");
}

BOOST_AUTO_TEST_CASE(an_empty_ledger_is_known_but_nothing_is_no_ledger) {
  BOOST_TEST(ledger_of(model(), "[]").empty());
  const std::string hint =
      "write `[]` for a customer of whom nothing is known yet, or leave the ledger out if it is not known\n";
  BOOST_TEST(json_problems("null") == "a ledger is a list of events [invalid-request]; " + hint);
  BOOST_TEST(problems("").ends_with("a ledger is a list of events [invalid-request]; " + hint));
  BOOST_TEST(json_problems("{}") == "a ledger is a list of events [invalid-request]\n");
}

BOOST_AUTO_TEST_CASE(what_kind_of_event) {
  BOOST_TEST(problems("- {at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:3: an event has one of `consent`, `objection` and `notice` (event 1 of the ledger) "
             "[invalid-request]\n");
  BOOST_TEST(problems("- {consent: given, notice: fit-advice, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:3: an event has one of `consent`, `objection` and `notice` (event 1 of the ledger) "
             "[invalid-request]\n");
  BOOST_TEST(problems("- {consnt: given, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:4: unknown key `consnt` (event 1 of the ledger) [unknown-name]; did you mean `consent`?\n");
  BOOST_TEST(problems("- wardrobe\n") ==
             "l.yaml:1:3: an event of the ledger is a map, not `wardrobe` (event 1 of the ledger) [invalid-request]\n");
  BOOST_TEST(problems("- {consent: givn, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:13: there is no consent `givn` (event 1 of the ledger) [unknown-name]; a consent is `given`, "
             "`refused` or `withdrawn`\n");
  BOOST_TEST(problems("- {objection: refused, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:15: there is no objection `refused` (event 1 of the ledger) [unknown-name]; an objection is "
             "`raised` or `withdrawn`\n");
  BOOST_TEST(json_problems(R"([{"consent": null}])") ==
             "`consent` has no value (event 1 of the ledger) [invalid-request]\n");
  BOOST_TEST(json_problems(R"([null])") ==
             "an event of the ledger is a map, not nothing (event 1 of the ledger) [invalid-request]\n");
}

BOOST_AUTO_TEST_CASE(each_kind_has_its_own_keys) {
  BOOST_TEST(
      problems("- {consent: refused, explicit: true, at: 2026-02-01T10:00:00Z}\n") ==
      "l.yaml:1:22: `explicit` belongs to a consent that is `given` (event 1 of the ledger) [invalid-request]\n");
  BOOST_TEST(problems("- {objection: raised, expires: 2027-01-01T00:00:00Z, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:23: `expires` belongs to a consent that is `given` (event 1 of the ledger) [invalid-request]\n");
  BOOST_TEST(problems("- {consent: withdrawn, under: {notice: fit-advice, version: 1}, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:24: `under` belongs to a consent that is `given` (event 1 of the ledger) [invalid-request]\n");
  BOOST_TEST(
      problems("- {notice: fit-advice, version: 1, data: wardrobe, at: 2026-02-01T10:00:00Z}\n") ==
      "l.yaml:1:36: unknown key `data` (event 1 of the ledger) [unknown-name]; the keys are `notice`, `version`, "
      "`at`\n");
  BOOST_TEST(problems("- {objection: raised, version: 1, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:23: unknown key `version` (event 1 of the ledger) [unknown-name]; the keys are `objection`, "
             "`data`, `purpose`, `partner`, `at`\n");
  BOOST_TEST(problems("- {consent: refused, prupose: advertising, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:22: unknown key `prupose` (event 1 of the ledger) [unknown-name]; did you mean `purpose`?\n");
}

BOOST_AUTO_TEST_CASE(keys_of_a_consent_that_was_given) {
  const std::string any = "- {consent: given, data: any, purpose: any, partner: any, at: 2026-02-01T10:00:00Z, ";
  BOOST_TEST(problems(any + "expire: 2027-02-01T10:00:00Z}\n") ==
             "l.yaml:1:85: unknown key `expire` (event 1 of the ledger) [unknown-name]; did you mean `expires`?\n");
  BOOST_TEST(
      problems(any + "under: {notice: fit-advice, version: 1, at: x}}\n") ==
      "l.yaml:1:125: unknown key `at` (event 1 of the ledger) [unknown-name]; the keys are `notice`, `version`\n");
  BOOST_TEST(problems(any + "under: fit-advice}\n") ==
             "l.yaml:1:92: `under` holds a notice and its version, not `fit-advice` (event 1 of the ledger) "
             "[invalid-request]\n");
}

BOOST_AUTO_TEST_CASE(what_is_missing) {
  BOOST_TEST(
      problems("- {consent: given, data: wardrobe}\n") ==
      "l.yaml:1:3: `purpose` is missing (event 1 of the ledger) [invalid-request]; a consent that was given states "
      "data, purpose and partner; `any` takes in all\n"
      "l.yaml:1:3: `partner` is missing (event 1 of the ledger) [invalid-request]; a consent that was given states "
      "data, purpose and partner; `any` takes in all\n"
      "l.yaml:1:3: `at` is missing (event 1 of the ledger) [invalid-request]; say when it was, like `at: "
      "2026-06-01T12:00:00Z`\n");
  BOOST_TEST(
      problems("- {notice: fit-advice, at: 2026-02-01T10:00:00Z}\n") ==
      "l.yaml:1:3: `version` is missing (event 1 of the ledger) [invalid-request]; say which version of the notice "
      "was shown\n");
  BOOST_TEST(
      problems("- {consent: given, data: any, purpose: any, partner: any, under: {}, at: 2026-02-01T10:00:00Z}\n") ==
      "l.yaml:1:66: `notice` is missing (event 1 of the ledger) [invalid-request]; say which notice the consent was "
      "given under\n"
      "l.yaml:1:66: `version` is missing (event 1 of the ledger) [invalid-request]; say which version of the notice "
      "the consent was given under\n");
}

BOOST_AUTO_TEST_CASE(names) {
  BOOST_TEST(problems("- {consent: refused, data: wardrob, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:28: there is no data node `wardrob` (event 1 of the ledger) [unknown-name]; did you mean "
             "`wardrobe`?\n");
  BOOST_TEST(problems("- {consent: refused, data: [wardrobe, shop], at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:39: there is no data node `shop` (event 1 of the ledger) [unknown-name]; `shop` is a partner\n");
  BOOST_TEST(problems("- {consent: refused, data: [], at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:28: `data` is an empty list (event 1 of the ledger) [invalid-request]; name at least one data "
             "node\n");
  BOOST_TEST(
      problems("- {consent: refused, purpose: [any], at: 2026-02-01T10:00:00Z}\n") ==
      "l.yaml:1:31: `any` stands alone, not in a list (event 1 of the ledger) [invalid-request]; write `purpose: "
      "any`\n");
  BOOST_TEST(json_problems(R"([{"consent": "refused", "partner": 5, "at": "2026-02-01T10:00:00Z"}])") ==
             "`partner` takes one name, not a number (event 1 of the ledger) [invalid-request]\n");
  BOOST_TEST(json_problems(R"([{"consent": "refused", "partner": [["shop"]], "at": "2026-02-01T10:00:00Z"}])") ==
             "`partner` takes one name, not a list (event 1 of the ledger) [invalid-request]\n");
  BOOST_TEST(json_problems(R"([{"consent": "refused", "data": null, "at": "2026-02-01T10:00:00Z"}])") ==
             "`data` has no value (event 1 of the ledger) [invalid-request]\n");
  BOOST_TEST(problems("- {notice: fit-advce, version: 1, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:12: there is no notice `fit-advce` (event 1 of the ledger) [unknown-name]; did you mean "
             "`fit-advice`?\n");
}

BOOST_AUTO_TEST_CASE(versions_of_notices) {
  const auto of = [](const std::string& version) {
    return problems("- {notice: fit-advice, at: 2026-02-01T10:00:00Z, version: " + version + "}\n");
  };
  BOOST_TEST(of("1") == "");
  BOOST_TEST(of("2") == "");
  BOOST_TEST(of("3") ==
             "l.yaml:1:59: there is no version 3 of notice `fit-advice`: the current one is 2 (event 1 of the ledger) "
             "[invalid-request]\n");
  const std::string from_one = ": versions count from 1 (event 1 of the ledger) [invalid-request]\n";
  BOOST_TEST(of("0") == "l.yaml:1:59: there is no version 0" + from_one);
  BOOST_TEST(of("-1") == "l.yaml:1:59: there is no version -1" + from_one);
  for (const char* const bad : {"1.0", "01", "'1'", "one", "1e0", "99999999999999999999", "[1]", "+1", "0x1"}) {
    BOOST_TEST(of(bad) == "l.yaml:1:59: `version` is an integer from 1 (event 1 of the ledger) [invalid-request]\n");
  }
}

BOOST_AUTO_TEST_CASE(times_and_bools) {
  BOOST_TEST(
      problems("- {objection: raised, at: 2026-02-30T10:00:00Z}\n") ==
      "l.yaml:1:27: `2026-02-30T10:00:00Z` is no time (event 1 of the ledger) [invalid-request]; write `at` like "
      "`2026-06-01T12:00:00Z`\n");
  BOOST_TEST(problems("- {objection: raised, at: 2026-02-01}\n") ==
             "l.yaml:1:27: `2026-02-01` is no time (event 1 of the ledger) [invalid-request]; write `at` like "
             "`2026-06-01T12:00:00Z`\n");
  BOOST_TEST(json_problems(R"([{"objection": "raised", "at": 1767225600}])") ==
             "`at` takes one time, not a number (event 1 of the ledger) [invalid-request]\n");
  for (const char* const bad : {"yes", "'true'", "1", "True"}) {
    BOOST_TEST(
        problems("- {consent: given, data: any, purpose: any, partner: any, at: 2026-02-01T10:00:00Z, explicit: " +
                 std::string(bad) + "}\n") ==
        "l.yaml:1:95: `explicit` is `true` or `false` (event 1 of the ledger) [invalid-request]\n");
  }
}

BOOST_AUTO_TEST_CASE(every_problem_is_reported_up_to_a_bound) {
  BOOST_TEST(problems("- {objection: raised, data: wardrob, purpose: adverts, at: today}\n"
                      "- {consent: refused, at: 2026-02-01T10:00:00Z}\n"
                      "- {objection: rised, at: 2026-02-01T10:00:00Z}\n") ==
             "l.yaml:1:29: there is no data node `wardrob` (event 1 of the ledger) [unknown-name]; did you mean "
             "`wardrobe`?\n"
             "l.yaml:1:47: there is no purpose `adverts` (event 1 of the ledger) [unknown-name]\n"
             "l.yaml:1:60: `today` is no time (event 1 of the ledger) [invalid-request]; write `at` like "
             "`2026-06-01T12:00:00Z`\n"
             "l.yaml:3:15: there is no objection `rised` (event 3 of the ledger) [unknown-name]; an objection is "
             "`raised` or `withdrawn`\n");
  std::string many = "[";
  for (int i = 0; i < 100'000; ++i) {
    many += R"({"objection": "raised", "data": "wardrob)" + std::to_string(i) + R"(", "at": "2026-02-01T10:00:00Z"},)";
  }
  many.back() = ']';
  const auto result = read_ledger(model().vocabulary, json_tree(many), {});
  BOOST_TEST_REQUIRE(!result);
  BOOST_TEST(result.diagnostics().size() == limits::diagnostics);
  BOOST_TEST(result.diagnostics().back().message == "and 99801 more problems");
}

BOOST_AUTO_TEST_CASE(at_most_so_many_events) {
  // 100 × 100 × 100, by names of a vocabulary made for it.
  std::string vocabulary;
  std::string names;
  for (const char* const section : {"data", "purposes", "partners"}) {
    vocabulary += std::string(section) + ":\n";
    for (int i = 0; i < 101; ++i) vocabulary += "  n" + std::to_string(i) + ": {}\n";
  }
  for (int i = 0; i < 100; ++i) names += (i > 0 ? ", n" : "n") + std::to_string(i);
  const Model wide = model_of(vocabulary);
  const std::string most = "[{objection: raised, at: 2026-02-01T10:00:00Z, data: [" + names + "], purpose: [" + names +
                           "], partner: [" + names + "]}";
  BOOST_TEST(ledger_of(wide, most + "]").size() == limits::ledger_events);
  const std::string one_more = ", {objection: raised, at: 2026-02-01T10:00:00Z}";
  const auto result = read_ledger(wide.vocabulary, tree_of(most + one_more + one_more + "]"), {});
  BOOST_TEST_REQUIRE(!result);
  BOOST_TEST(
      shown(result.diagnostics()) ==
      "the ledger has more than 1000000 events (event 2 of the ledger) [invalid-request]; each combination of the "
      "names in the lists of an event counts as one\n");
}

BOOST_AUTO_TEST_SUITE_END()
