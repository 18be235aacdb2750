// Every operator of section 3 with every kind of value: known, missing, a group.
#include <boost/test/unit_test.hpp>
#include <string>

#include "setup.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

const char* const vocabulary = R"(
data:
  name:   {level: 2, kind: plain, start: 2026-01-01, hold: 30 days, code: x1, uses: [advertising, service], low: 2}
  mail:   {level: 5, kind: rich, uses: []}
  photo:  {}
  health: {special: true}
purposes:
  service: {}
  delivery: {in: service}
  returns: {in: service}
  advertising: {}
partners:
  shop: {first-party: true, home: germany, second-home: germany, markets: [europe]}
  dhl:  {home: europe, second-home: europe, markets: [us], words: [red, x1], grades: [a]}
  acme: {second-home: us}
  gls:  {home: us, second-home: europe, markets: [germany]}
taxonomies:
  region:
    world: {}
    europe: {in: world}
    germany: {in: europe}
    france: {in: europe}
    us: {in: world}
attributes:
  data:
    level: int 0..9
    low: int 0..9
    kind: one of plain, rich
    start: date
    hold: duration
    code: string
    uses: set of purpose
  partner:
    home: region
    second-home: region
    markets: set of region = {}
    words: set of string = {}
    grades: set of one of a, b
facts:
  age: int 0..150
  flag: bool
  gpc: bool = false
  city: string
  channel: one of plain, web
  birthday: date
  span: duration
  place: region
  aim: purpose
  places: set of region
  aims: set of purpose
  words: set of string
  low-number: int -5..5
)";

struct Case {
  const char* condition;
  const char* facts;
  Truth expected;
  const char* data = "name";
  const char* purpose = "delivery";
  const char* partner = "shop";
};

void check(const Case& each) {
  const Model model = model_of(vocabulary, std::string("rule r deny any for any by any when ") + each.condition);
  const auto facts = facts_of(model, each.facts);
  const Situation situation{Time{}, facts, nullptr};
  const Point point = point_of(model, each.data, each.purpose, each.partner);
  BOOST_TEST_CONTEXT(each.condition << " with " << each.facts << " at " << each.data << ", " << each.purpose << ", "
                                    << each.partner) {
    const Truth found = evaluate(model, *model.rules[0].when, point, situation);
    BOOST_TEST(found == each.expected);
  }
}

constexpr Truth no = Truth::no, unknown = Truth::unknown, yes = Truth::yes;

}  // namespace

BOOST_AUTO_TEST_SUITE(tests)

BOOST_AUTO_TEST_CASE(bools_stand_alone_or_are_compared) {
  for (const Case& each : std::initializer_list<Case>{{"flag", "{flag: true}", yes},
                                                      {"flag", "{flag: false}", no},
                                                      {"flag", "{}", unknown},
                                                      {"gpc", "{}", no},
                                                      {"gpc", "{gpc: true}", yes},
                                                      {"flag = true", "{flag: true}", yes},
                                                      {"flag = false", "{flag: true}", no},
                                                      {"flag != false", "{flag: true}", yes},
                                                      {"flag != false", "{}", unknown},
                                                      {"data.special", "{}", no},
                                                      {"data.special", "{}", yes, "health"},
                                                      {"partner.first-party", "{}", yes},
                                                      {"partner.first-party", "{}", no, "name", "delivery", "dhl"},
                                                      {"flag = partner.first-party", "{flag: true}", yes},
                                                      {"flag != partner.first-party", "{flag: true}", no}}) {
    check(each);
  }
}

BOOST_AUTO_TEST_CASE(ints_dates_and_durations_are_ordered) {
  for (const Case& each : std::initializer_list<Case>{{"age < 16", "{age: 15}", yes},
                                                      {"age < 16", "{age: 16}", no},
                                                      {"age <= 16", "{age: 16}", yes},
                                                      {"age <= 16", "{age: 17}", no},
                                                      {"age > 16", "{age: 16}", no},
                                                      {"age > 16", "{age: 17}", yes},
                                                      {"age >= 16", "{age: 15}", no},
                                                      {"age >= 16", "{age: 16}", yes},
                                                      {"age = 16", "{age: 16}", yes},
                                                      {"age != 16", "{age: 16}", no},
                                                      {"age >= 16", "{}", unknown},
                                                      // -1 is no special number.
                                                      {"low-number = -1", "{low-number: -1}", yes},
                                                      {"low-number in {-1, 3}", "{low-number: -1}", yes},
                                                      {"low-number < 0", "{low-number: -1}", yes},
                                                      {"age in {1, 2, 16}", "{age: 16}", yes},
                                                      {"age in {1, 2, 16}", "{age: 3}", no},
                                                      {"age in {1, 2, 16}", "{}", unknown},
                                                      {"age > data.level", "{age: 3}", yes},
                                                      {"age > data.level", "{age: 2}", no},
                                                      {"age > data.level", "{age: 2}", unknown, "photo"},
                                                      {"data.level = data.low", "{}", yes},
                                                      {"data.level = data.low", "{}", unknown, "mail"},
                                                      {"birthday < 2026-01-02", "{birthday: 2026-01-01}", yes},
                                                      {"birthday = data.start", "{birthday: 2026-01-01}", yes},
                                                      {"birthday > data.start", "{birthday: 2026-01-01}", no},
                                                      {"span >= 1 month", "{span: 30 days}", yes},
                                                      {"span = data.hold", "{span: 720 hours}", yes},
                                                      {"span < 30 days", "{span: 719 hours}", yes}}) {
    check(each);
  }
}

BOOST_AUTO_TEST_CASE(strings_and_choices_are_equal_or_not) {
  for (const Case& each : std::initializer_list<Case>{{"city = \"Bonn\"", "{city: Bonn}", yes},
                                                      {"city = \"Bonn\"", "{city: bonn}", no},
                                                      {"city != \"Bonn\"", "{city: Nowhere}", yes},
                                                      {"city = \"Bonn\"", "{city: Nowhere}", no},
                                                      {"city = \"Bonn\"", "{}", unknown},
                                                      {"city in {\"Bonn\", \"Ulm\"}", "{city: Ulm}", yes},
                                                      {"city in {\"Bonn\", \"Ulm\"}", "{city: Nowhere}", no},
                                                      {"city = data.code", "{city: x1}", yes},
                                                      {"city = data.code", "{city: Nowhere}", no},
                                                      {"city != data.code", "{city: Nowhere}", yes},
                                                      {"city = data.code", "{city: Nowhere}", unknown, "mail"},
                                                      {"city in partner.words", "{city: Nowhere}", no},
                                                      {"channel = plain", "{channel: plain}", yes},
                                                      {"channel = plain", "{channel: web}", no},
                                                      {"channel in {web, plain}", "{channel: web}", yes},
                                                      {"channel in {web, \"plain\"}", "{}", unknown}}) {
    check(each);
  }
}

BOOST_AUTO_TEST_CASE(a_group_as_single_value_is_one_of_its_leaves) {
  for (const Case& each : std::initializer_list<Case>{{"place = germany", "{place: germany}", yes},
                                                      {"place = germany", "{place: us}", no},
                                                      {"place = germany", "{place: europe}", unknown},
                                                      {"place != germany", "{place: europe}", unknown},
                                                      {"place != germany", "{place: us}", yes},
                                                      {"place = us", "{place: europe}", no},
                                                      {"place != us", "{place: europe}", yes},
                                                      {"place in europe", "{place: europe}", yes},
                                                      {"place in europe", "{place: world}", unknown},
                                                      {"place in europe", "{place: us}", no},
                                                      {"place in {germany, france}", "{place: europe}", yes},
                                                      {"place in {germany, us}", "{place: europe}", unknown},
                                                      {"place in {us}", "{place: europe}", no},
                                                      {"place in world", "{}", unknown}}) {
    check(each);
  }
  // The two sides are independent of each other, even where they are the same.
  for (const Case& each :
       std::initializer_list<Case>{{"place = partner.home", "{place: germany}", yes},
                                   {"place = partner.home", "{place: germany}", unknown, "name", "delivery", "dhl"},
                                   {"place = partner.home", "{place: europe}", unknown, "name", "delivery", "dhl"},
                                   {"place = partner.home", "{place: us}", no, "name", "delivery", "dhl"},
                                   {"place != partner.home", "{place: us}", yes, "name", "delivery", "dhl"},
                                   {"place = partner.home", "{place: europe}", no, "name", "delivery", "gls"},
                                   {"place = partner.home", "{place: us}", unknown, "name", "delivery", "acme"},
                                   {"partner.home = partner.second-home", "{}", yes},
                                   {"partner.home = partner.second-home", "{}", unknown, "name", "delivery", "dhl"},
                                   {"partner.home = partner.second-home", "{}", no, "name", "delivery", "gls"},
                                   {"partner.home = partner.home", "{}", unknown, "name", "delivery", "dhl"},
                                   {"partner.home = partner.home", "{}", yes}}) {
    check(each);
  }
}

BOOST_AUTO_TEST_CASE(in_a_set_a_group_holds_everything_below_it) {
  for (const Case& each :
       std::initializer_list<Case>{{"place in partner.markets", "{place: france}", yes},
                                   {"place in partner.markets", "{place: europe}", yes},
                                   {"place in partner.markets", "{place: world}", unknown},
                                   {"place in partner.markets", "{place: us}", no},
                                   {"place in partner.markets", "{place: us}", no, "name", "delivery", "acme"},
                                   {"place in partner.markets", "{place: europe}", unknown, "name", "delivery", "gls"},
                                   {"purpose in data.uses", "{}", yes},
                                   {"purpose in data.uses", "{}", no, "mail"},
                                   {"purpose in data.uses", "{}", unknown, "photo"},
                                   {"purpose in service", "{}", yes},
                                   {"purpose in service", "{}", no, "name", "advertising"},
                                   {"purpose = delivery", "{}", yes},
                                   {"data in {name, mail}", "{}", yes, "mail"}}) {
    check(each);
  }
}

BOOST_AUTO_TEST_CASE(a_set_has_a_group_with_any_leaf_of_it) {
  for (const Case& each : std::initializer_list<Case>{
           {"places has germany", "{places: [germany]}", yes},
           {"places has germany", "{places: [europe]}", yes},
           {"places has germany", "{places: [us, france]}", no},
           {"places has germany", "{places: []}", no},
           {"places has germany", "{}", unknown},
           {"places has europe", "{places: [us, france]}", yes},
           {"places has europe", "{places: [world]}", yes},
           {"places has europe", "{places: [us]}", no},
           // An own value that is a group is one of its leaves: here it is leaf by leaf.
           {"places has partner.home", "{places: [germany]}", yes},
           {"places has partner.home", "{places: [us]}", no},
           {"places has partner.home", "{places: [germany]}", unknown, "name", "delivery", "dhl"},
           {"places has partner.home", "{places: [europe]}", yes, "name", "delivery", "dhl"},
           {"places has partner.home", "{places: [germany, france]}", yes, "name", "delivery", "dhl"},
           {"places has partner.home", "{places: [us]}", no, "name", "delivery", "dhl"},
           {"places has partner.home", "{places: []}", unknown, "name", "delivery", "acme"},
           {"aims has purpose", "{aims: [service]}", yes},
           {"aims has purpose", "{aims: [advertising]}", no},
           {"aims has service", "{aims: [returns]}", yes},
           {"data.uses has purpose", "{}", yes},
           {"data.uses has purpose", "{}", unknown, "photo"},
           {"partner.words has \"red\"", "{}", yes, "name", "delivery", "dhl"},
           {"partner.words has \"red\"", "{}", no},
           {"partner.words has data.code", "{}", yes, "name", "delivery", "dhl"},
           {"partner.words has data.code", "{}", no},
           {"partner.words has data.code", "{}", unknown, "mail"},
           {"words has \"red\"", "{words: [blue, red]}", yes},
           {"words has \"red\"", "{words: [blue, green]}", no},
           {"partner.grades has a", "{}", yes, "name", "delivery", "dhl"},
           {"partner.grades has b", "{}", no, "name", "delivery", "dhl"},
           {"partner.grades has b", "{}", unknown}}) {
    check(each);
  }
}

BOOST_AUTO_TEST_SUITE_END()
