// Names and types in rules and assertions: what fits is taken, and what does not is told at its place. The meaning of
// what is taken is tested elsewhere.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "model/load.hpp"
#include "setup.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

const char* const vocabulary = R"(
data: {personal: {}, a: {in: personal}, b: {in: personal}}
purposes: {p: {}, ads: {}, web-ads: {in: ads}}
partners: {q: {}, r: {}, "1&1": {}}
taxonomies:
  region: {eea: {}, germany: {in: eea}, us: {}}
  color: {red: {}, blue: {}}
attributes:
  data: {grade: int 5..20, listed: bool = true}
  partner:
    home: region
    offices: set of region = {}
    grade: int 0..9
    uses: set of purpose = {}
    via: one of web, app
    met: date
    span: duration
    slogan: string
    words: set of string
    sells: data
    open: bool = false
    color: color
    from: int
facts:
  age: int 0..150
  count: int
  via: one of web, app, "a b"
  vias: set of one of web, app
  home: region
  homes: set of region
  hue: color
  city: string
  cities: set of string
  born: date
  idle: duration
  member: bool
  about: data
  wants: purpose
  wishes: set of purpose
  who: partner
  when: bool
notices: {terms: {version: 2}}
obligations: [log]
)";

// Each mistake as "TEXT: MESSAGE [CHECK]; HELP", with the text that is underlined; empty if there is none.
std::string told(const std::string& rules) {
  const auto loaded = load_texts({{"v.vocab.yaml", vocabulary}, {"r.zweck", rules}});
  if (loaded) return {};
  std::string all;
  for (const Diagnostic& mistake : loaded.diagnostics()) {
    BOOST_TEST(mistake.place.file == "r.zweck");
    BOOST_TEST(mistake.place.line == 1u);
    const std::string under =
        rules.substr(mistake.place.column - 1, mistake.place.end_column - mistake.place.column);
    all += (all.empty() ? "" : "\n") + under + ": " + mistake.message + " [" + mistake.check + "]" +
           (mistake.help.empty() ? "" : "; " + mistake.help);
  }
  return all;
}

std::string told_of(const std::string& condition) { return told("rule x deny any for any by any when " + condition); }

struct Case {
  const char* condition;
  const char* mistake;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(rule_errors)

BOOST_AUTO_TEST_CASE(tests_whose_sides_fit) {
  for (const char* const condition :
       {"member", "not member", "member = true", "member != partner.open", "partner.open = data.listed", "\"when\"",
        "partner.\"from\" > 0", "age < 16", "age <= 150", "age >= 0", "age != partner.grade", "age in {1, 2, 150}",
        "partner.grade < data.grade", "count > -9223372036854775808", "via = web", "via = \"a b\"", "via != \"web\"",
        "via in {web, \"a b\"}", "via = partner.via", "vias has web", "vias has partner.via", "home = germany",
        "home != us", "home in eea", "home in germany", "home in {eea, us}", "home in partner.offices",
        "home = partner.home", "partner.home in eea", "partner.offices has eea", "partner.offices has partner.home",
        "homes has us", "city = \"x\"", "city in {\"a\", \"b\"}", "city in partner.words", "city = partner.slogan",
        "cities has \"x\"", "cities has partner.slogan", "born < 2020-01-01", "born in {2020-01-01}",
        "born >= partner.met", "idle > 3 days", "idle in {1 day, 2 days}", "idle <= partner.span", "about = data",
        "data = a", "data in personal", "data in {a, personal}", "data = partner.sells", "purpose = p",
        "purpose in ads", "purpose in partner.uses", "partner.uses has purpose", "partner.uses has ads",
        "wishes has purpose", "wants = purpose", "partner = \"1&1\"", "partner in {q, \"1&1\"}", "who != partner",
        "data.special", "data.special = false", "partner.first-party", "notice terms", "notice terms version 1",
        "consent under terms version 2"})
    BOOST_TEST(told_of(condition) == "", condition);
}

BOOST_AUTO_TEST_CASE(tests_whose_sides_do_not_fit) {
  const std::vector<Case> cases{
      {"age",
       "age: `age` is no bool, so it cannot stand alone [type-mismatch]; it is of type `int 0..150`; compare it "
       "with something"},
      {"partner.home",
       "partner.home: `partner.home` is no bool, so it cannot stand alone [type-mismatch]; it is of type `region`; "
       "compare it with something"},
      {"data",
       "data: `data` is no bool, so it cannot stand alone [type-mismatch]; it is of type `data`; compare it with "
       "something"},
      {"member > true",
       "member > true: `>` orders ints, dates and durations, and `member` is of type `bool` [type-mismatch]"},
      {"member in {true}",
       "member in {true}: `member` is a bool, which stands alone or is compared by `=` or `!=` [type-mismatch]"},
      {"member = 1",
       "1: `1` does not fit `member` [type-mismatch]; `member` is of type `bool`"},
      {"member = yes",
       "yes: `yes` does not fit `member` [type-mismatch]; `member` is of type `bool`"},
      {"member has true",
       "member has true: `has` asks a set, and `member` is a single value [type-mismatch]; write `=` or `in` "
       "instead"},
      {"age = \"5\"",
       "\"5\": `\"5\"` does not fit `age` [type-mismatch]; `age` is of type `int 0..150`"},
      {"age = web",
       "web: `web` does not fit `age` [type-mismatch]; `age` is of type `int 0..150`"},
      {"age = true",
       "true: `true` does not fit `age` [type-mismatch]; `age` is of type `int 0..150`"},
      {"age = 151",
       "151: `age` is never 151 [type-mismatch]; it is of type `int 0..150`"},
      {"age < -1",
       "-1: `age` is never -1 [type-mismatch]; it is of type `int 0..150`"},
      {"age in {1, 151}",
       "151: `age` is never 151 [type-mismatch]; it is of type `int 0..150`"},
      {"age in 5",
       "5: `in` needs a set on its right [type-mismatch]; write the values in braces, `{a, b}`, or `=` for a "
       "single one"},
      {"age in partner.uses",
       "partner.uses: `age` and `partner.uses` cannot be compared [type-mismatch]; `age` is of type `int 0..150`, "
       "`partner.uses` of type `set of purpose`"},
      {"age = 2020-01-01",
       "2020-01-01: `2020-01-01` does not fit `age` [type-mismatch]; `age` is of type `int 0..150`"},
      {"age = 5 days",
       "5 days: `5 days` does not fit `age` [type-mismatch]; `age` is of type `int 0..150`"},
      {"age = partner.home",
       "partner.home: `age` and `partner.home` cannot be compared [type-mismatch]; `age` is of type `int 0..150`, "
       "`partner.home` of type `region`"},
      {"age = count",
       "count: `count` does not fit `age` [type-mismatch]; `age` is of type `int 0..150`; the right side cannot be "
       "a fact"},
      {"age in data.grade",
       "data.grade: `in` needs a set on its right, and `data.grade` is a single value [type-mismatch]; write `=` "
       "instead"},
      {"age has 5",
       "age has 5: `has` asks a set, and `age` is a single value [type-mismatch]; write `=` or `in` instead"},
      {"via < web",
       "via < web: `<` orders ints, dates and durations, and `via` is of type `one of web, app, \"a b\"` "
       "[type-mismatch]"},
      {"via = store",
       "store: `via` is never `store` [type-mismatch]; it is of type `one of web, app, \"a b\"`"},
      {"via = weeb",
       "weeb: `via` is never `weeb` [type-mismatch]; did you mean `web`?"},
      {"via = city",
       "city: `via` is never `city` [type-mismatch]; it is of type `one of web, app, \"a b\"`"},
      {"via in web",
       "web: `in` needs a set on its right [type-mismatch]; write the values in braces, `{a, b}`, or `=` for a "
       "single one"},
      {"via = true",
       "true: `true` does not fit `via` [type-mismatch]; `via` is of type `one of web, app, \"a b\"`"},
      {"via = partner.slogan",
       "partner.slogan: `via` and `partner.slogan` cannot be compared [type-mismatch]; `via` is of type `one of "
       "web, app, \"a b\"`, `partner.slogan` of type `string`"},
      {"vias = web",
       "vias = web: `vias` is a set, and `=` takes a single value [type-mismatch]; write `vias has …`"},
      {"vias in {web}",
       "vias in {web}: `vias` is a set, and `in` takes a single value [type-mismatch]; write `vias has …`"},
      {"vias has store",
       "store: `vias` never holds `store` [type-mismatch]; it is of type `set of one of web, app`"},
      {"vias has 1",
       "1: `1` does not fit `vias` [type-mismatch]; `vias` is of type `set of one of web, app`"},
      {"home = eea",
       "eea: `eea` is a group, and `=` compares single values [type-mismatch]; write `home in eea` for everything "
       "below it"},
      {"home != eea",
       "eea: `eea` is a group, and `!=` compares single values [type-mismatch]; write `not (home in eea)` for "
       "everything below it"},
      {"home < germany",
       "home < germany: `<` orders ints, dates and durations, and `home` is of type `region` [type-mismatch]"},
      {"home = red",
       "red: there is no region `red` [unknown-name]; `red` is a node of `color`"},
      {"home = a",
       "a: there is no region `a` [unknown-name]; `a` is a data node"},
      {"home = homes",
       "homes: there is no region `homes` [unknown-name]; `homes` is a fact, and the right side cannot be one"},
      {"home in homes",
       "homes: there is no region `homes` [unknown-name]; `homes` is a fact, and the right side cannot be one"},
      {"home in wherever",
       "wherever: there is no region `wherever` [unknown-name]"},
      {"home = partner.color",
       "partner.color: `home` and `partner.color` cannot be compared [type-mismatch]; `home` is of type `region`, "
       "`partner.color` of type `color`"},
      {"home in partner.uses",
       "partner.uses: `home` and `partner.uses` cannot be compared [type-mismatch]; `home` is of type `region`, "
       "`partner.uses` of type `set of purpose`"},
      {"home in {germany, red}",
       "red: there is no region `red` [unknown-name]; `red` is a node of `color`"},
      {"home = 5",
       "5: `5` does not fit `home` [type-mismatch]; `home` is of type `region`"},
      {"partner.offices = germany",
       "partner.offices = germany: `partner.offices` is a set, and `=` takes a single value [type-mismatch]; write "
       "`partner.offices has …`"},
      {"partner.offices has red",
       "red: there is no region `red` [unknown-name]; `red` is a node of `color`"},
      {"partner.offices has p",
       "p: there is no region `p` [unknown-name]; `p` is a purpose"},
      {"homes has homes",
       "homes: there is no region `homes` [unknown-name]; `homes` is a fact, and the right side cannot be one"},
      {"city = x",
       "x: `city` is a string, and strings are written in quotes [type-mismatch]; write `\"x\"`"},
      {"city < \"x\"",
       "city < \"x\": `<` orders ints, dates and durations, and `city` is of type `string` [type-mismatch]"},
      {"city in \"x\"",
       "\"x\": `in` needs a set on its right [type-mismatch]; write the values in braces, `{a, b}`, or `=` for a "
       "single one"},
      {"city in {\"x\", y}",
       "y: `city` is a string, and strings are written in quotes [type-mismatch]; write `\"y\"`"},
      {"city = partner.via",
       "partner.via: `city` and `partner.via` cannot be compared [type-mismatch]; `city` is of type `string`, "
       "`partner.via` of type `one of web, app`"},
      {"city = 5",
       "5: `5` does not fit `city` [type-mismatch]; `city` is of type `string`"},
      {"cities = \"x\"",
       "cities = \"x\": `cities` is a set, and `=` takes a single value [type-mismatch]; write `cities has …`"},
      {"cities has x",
       "x: `cities` holds strings, and strings are written in quotes [type-mismatch]; write `\"x\"`"},
      {"cities has partner.words",
       "partner.words: `partner.words` is a set, and `has` needs a single value on its right [type-mismatch]"},
      {"born < 5",
       "5: `5` does not fit `born` [type-mismatch]; `born` is of type `date`, written like `2026-05-01`"},
      {"born = \"2020-01-01\"",
       "\"2020-01-01\": `\"2020-01-01\"` does not fit `born` [type-mismatch]; `born` is of type `date`, written "
       "like `2026-05-01`"},
      {"born in 2020-01-01",
       "2020-01-01: `in` needs a set on its right [type-mismatch]; write the values in braces, `{a, b}`, or `=` "
       "for a single one"},
      {"born < 3 days",
       "3 days: `3 days` does not fit `born` [type-mismatch]; `born` is of type `date`, written like `2026-05-01`"},
      {"idle > 3",
       "3: `3` does not fit `idle` [type-mismatch]; `idle` is of type `duration`, written like `30 days`"},
      {"idle = \"3 days\"",
       "\"3 days\": `\"3 days\"` does not fit `idle` [type-mismatch]; `idle` is of type `duration`, written like "
       "`30 days`"},
      {"data = personal",
       "personal: `personal` is a group, and `=` compares single values [type-mismatch]; write `data in personal` "
       "for everything below it"},
      {"data = p",
       "p: there is no data node `p` [unknown-name]; `p` is a purpose"},
      {"data < a",
       "data < a: `<` orders ints, dates and durations, and `data` is of type `data` [type-mismatch]"},
      {"data in purpose",
       "purpose: `in` needs a set on its right, and `purpose` is a single value [type-mismatch]; write `=` instead"},
      {"data = purpose",
       "purpose: `data` and `purpose` cannot be compared [type-mismatch]; `data` is of type `data`, `purpose` of "
       "type `purpose`"},
      {"purpose in nowhere",
       "nowhere: there is no purpose `nowhere` [unknown-name]"},
      {"purpose = ads",
       "ads: `ads` is a group, and `=` compares single values [type-mismatch]; write `purpose in ads` for "
       "everything below it"},
      {"purpose = partner.home",
       "partner.home: `purpose` and `partner.home` cannot be compared [type-mismatch]; `purpose` is of type "
       "`purpose`, `partner.home` of type `region`"},
      {"partner.uses has a",
       "a: there is no purpose `a` [unknown-name]; `a` is a data node"},
      {"partner.uses in {p}",
       "partner.uses in {p}: `partner.uses` is a set, and `in` takes a single value [type-mismatch]; write "
       "`partner.uses has …`"},
      {"partner.uses has partner.uses",
       "partner.uses: `partner.uses` is a set, and `has` needs a single value on its right [type-mismatch]"},
      {"partner = a",
       "a: there is no partner `a` [unknown-name]; `a` is a data node"},
      {"who = purpose",
       "purpose: `who` and `purpose` cannot be compared [type-mismatch]; `who` is of type `partner`, `purpose` of "
       "type `purpose`"},
      {"wishes = wishes",
       "wishes = wishes: `wishes` is a set, and `=` takes a single value [type-mismatch]; write `wishes has …`"},
      {"partner.since",
       "since: there is no attribute of partner `since` [unknown-name]; `attributes` in the vocabulary lists those "
       "there are"},
      {"partner.special",
       "special: there is no attribute of partner `special` [unknown-name]; `attributes` in the vocabulary lists "
       "those there are"},
      {"partner.hom = germany",
       "hom: there is no attribute of partner `hom` [unknown-name]; did you mean `home`?"},
      {"data.first-party",
       "first-party: there is no attribute of data `first-party` [unknown-name]; `attributes` in the vocabulary "
       "lists those there are"},
      {"data.derived-from",
       "derived-from: there is no attribute of data `derived-from` [unknown-name]; `attributes` in the vocabulary "
       "lists those there are"},
      {"nothing",
       "nothing: there is no fact `nothing` [unknown-name]; `facts` in the vocabulary lists those there are"},
      {"agee = 1",
       "agee: there is no fact `agee` [unknown-name]; did you mean `age`?"},
      {"grade = 1",
       "grade: there is no fact `grade` [unknown-name]; did you mean `partner.grade`?"},
      {"notice term",
       "term: there is no notice `term` [unknown-name]; did you mean `terms`?"},
      {"notice nothing",
       "nothing: there is no notice `nothing` [unknown-name]; `notices` in the vocabulary lists those there are"},
      {"notice terms version 3",
       "3: the notice `terms` has no version 3 yet [type-mismatch]; its current version is 2"},
      {"notice terms version 0",
       "0: versions of a notice count from 1 [type-mismatch]"},
      {"consent under term",
       "term: there is no notice `term` [unknown-name]; did you mean `terms`?"},
      {"explicit consent under terms version -1",
       "-1: versions of a notice count from 1 [type-mismatch]"},
      {"age = 200 and home = mars or not (via = tv)",
       "200: `age` is never 200 [type-mismatch]; it is of type `int 0..150`\n"
       "mars: there is no region `mars` [unknown-name]\n"
       "tv: `via` is never `tv` [type-mismatch]; it is of type `one of web, app, \"a b\"`"},
  };
  for (const Case& each : cases) {
    const std::string mistake = told_of(each.condition);
    BOOST_TEST(mistake == each.mistake, each.condition << "\n  is told as " << mistake);
  }
}

BOOST_AUTO_TEST_CASE(names_in_the_wrong_place) {
  BOOST_TEST(told("rule x deny p for a by ads") ==
             "p: there is no data node `p` [unknown-name]; `p` is a purpose; a rule reads `allow DATA for PURPOSE "
             "by PARTNER`\n"
             "a: there is no purpose `a` [unknown-name]; `a` is a data node; a rule reads `allow DATA for PURPOSE "
             "by PARTNER`\n"
             "ads: there is no partner `ads` [unknown-name]; `ads` is a purpose; a rule reads `allow DATA for "
             "PURPOSE by PARTNER`");
  BOOST_TEST(told("rule x deny a for p by q except r for a by p") ==
             "r: there is no data node `r` [unknown-name]; `r` is a partner; a rule reads `allow DATA for PURPOSE "
             "by PARTNER`\n"
             "a: there is no purpose `a` [unknown-name]; `a` is a data node; a rule reads `allow DATA for PURPOSE "
             "by PARTNER`\n"
             "p: there is no partner `p` [unknown-name]; `p` is a purpose; a rule reads `allow DATA for PURPOSE by "
             "PARTNER`");
  BOOST_TEST(told("assert x never allow q for any by any except for r") ==
             "q: there is no data node `q` [unknown-name]; `q` is a partner; a rule reads `allow DATA for PURPOSE "
             "by PARTNER`\n"
             "r: there is no purpose `r` [unknown-name]; `r` is a partner; a rule reads `allow DATA for PURPOSE by "
             "PARTNER`");
  BOOST_TEST(told("rule x deny personl for web-add by \"1 & 1\"") ==
             "personl: there is no data node `personl` [unknown-name]; did you mean `personal`?\n"
             "web-add: there is no purpose `web-add` [unknown-name]; did you mean `web-ads`?\n"
             "\"1 & 1\": there is no partner `1 & 1` [unknown-name]");
  BOOST_TEST(told("rule x allow a for p by q basis consent under term oblige logg") ==
             "term: there is no notice `term` [unknown-name]; did you mean `terms`?\n"
             "logg: there is no obligation `logg` [unknown-name]; did you mean `log`?");
  BOOST_TEST(told("rule x allow a for p by q basis consent under terms version 3") ==
             "3: the notice `terms` has no version 3 yet [type-mismatch]; its current version is 2");
  BOOST_TEST(told("rule x deny any for any by any rule x deny a for p by q") ==
             "x: the rule `x` is defined twice [duplicate-name]; give one of the two another name");
  BOOST_TEST(told("assert x never allow any for any by any assert x never allow any for any by any") ==
             "x: the assertion `x` is defined twice [duplicate-name]; give one of the two another name");
}

BOOST_AUTO_TEST_SUITE_END()
