// The revision: the same for whatever means the same, another one for every change that can change an answer.
#include "model/revision.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "model/load.hpp"
#include "setup.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

const std::string vocabulary = R"(data:
  all:   {label: All}
  mail:  {in: all, separate: true, size: 1}
  log:   {in: [all], since: 2026-01-01, tags: [red, blue]}
  guess: {derived-from: mail, special: true}
purposes:
  use:   {}
  sell:  {in: use}
partners:
  firm:  {first-party: true}
taxonomies:
  place: {here: {}, there: {in: here}}
attributes:
  data:
    size: int 0..9
    tags: set of string = {}
facts:
  age: int 0..150 = 30
  way: one of web, app
  spot: place
notices: {hint: {version: 3}, other: {version: 1}}
obligations: [keep-safe, write-down]
)";

const std::string rules = R"(rule yes allow mail, log for use by firm
  except log for sell
  when age >= 18 and (way = web or spot in here) unless data.tags has "red"
  from 2026-01-01 until 2026-12-31
  basis consent within 30 days under hint version 2
  keep 90 days oblige keep-safe
rule no deny guess for any by any when objection or not notice hint version 2
rule fair allow all for sell by any basis legitimate-interest
)";

std::string revision(const std::string& vocabulary, const std::string& rules) {
  const auto loaded = load_texts({{"a.vocab.yaml", vocabulary}, {"a.zweck", rules}});
  if (!loaded) BOOST_FAIL(shown(loaded.diagnostics()));
  return loaded->model.revision;
}

struct Change {
  std::string from, to;
};

std::string changed(std::string text, const Change& change) {
  const std::size_t at = text.find(change.from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, change.from);
  return text.replace(at, change.from.size(), change.to);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(revisions)

BOOST_AUTO_TEST_CASE(every_change_of_meaning_is_another_one) {
  std::set<std::string> seen{revision(vocabulary, rules)};
  const auto is_new = [&](const std::string& revision, const Change& change) {
    BOOST_TEST(seen.insert(revision).second, change.from << " -> " << change.to);
  };
  const std::vector<Change> in_vocabulary{
      {"mail:  {in: all, ", "mail:  {"},
      {"in: [all], since", "in: [all, mail], since"},
      {", separate: true", ""},
      {"since: 2026-01-01", "since: 2026-01-02"},
      {"since: 2026-01-01, ", ""},
      {"derived-from: mail, ", ""},
      {"derived-from: mail", "derived-from: log"},
      {"derived-from: mail", "derived-from: all"},
      {", special: true", ""},
      {"in: all, separate", "in: all, special: true, separate"},
      {"in: all, separate", "in: all, volunteered: true, separate"},
      {"first-party: true", ""},
      {"size: 1", "size: 2"},
      {", size: 1", ""},
      {"size: int 0..9", "size: int 0..9 = 0"},
      {"size: int 0..9", "size: int 0..10"},
      {"size: int 0..9", "size: int"},
      {"tags: [red, blue]", "tags: [red]"},
      {"tags: set of string = {}", "tags: set of string = {green}"},
      {"tags: set of string = {}", "tags: set of string"},
      {"sell:  {in: use}", "sell:  {in: use}\n  buy: {}"},
      {"firm:  {", "firm2: {}\n  firm:  {"},
      {"there: {in: here}", "there: {}"},
      {"there: {in: here}", "there: {in: here}, far: {}"},
      {"age: int 0..150 = 30", "age: int 0..150 = 31"},
      {"age: int 0..150 = 30", "age: int 0..150"},
      {"age: int 0..150 = 30", "age: int 0..151 = 30"},
      {"way: one of web, app", "way: one of web, app, store"},
      {"spot: place", "spot: place = here"},
      {"spot: place", "spot: place\n  odd: bool"},
      {"hint: {version: 3}", "hint: {version: 4}"},
      {"other: {version: 1}", "others: {version: 1}"},
      {"write-down]", "write-up]"},
      {", write-down]", "]"}};
  for (const Change& change : in_vocabulary) is_new(revision(changed(vocabulary, change), rules), change);

  const std::vector<Change> in_rules{
      {"rule yes", "rule yes2"},
      {"deny guess", "allow guess"},
      {"allow mail, log", "allow mail"},
      {"allow mail, log", "allow any"},
      {"for use by firm", "for sell by firm"},
      {"by firm", "by any"},
      {"  except log for sell\n", ""},
      {"except log for sell", "except log"},
      {"except log for sell", "except mail for sell"},
      {"except log for sell", "except log except for sell"},
      {"age >= 18", "age > 18"},
      {"age >= 18", "age >= 19"},
      {"and (way", "or (way"},
      {"way = web", "way != web"},
      {"way = web", "not way = web"},
      {"way = web", "way = app"},
      {"way = web", "consent"},
      {"spot in here", "spot in there"},
      {"spot in here", "spot in {here, there}"},
      {"unless data.tags", "when_data.tags"},
      {"data.tags has \"red\"", "data.tags has \"blue\""},
      {"data.tags has \"red\"", "data.size > 3"},
      {"data.tags has \"red\"", "data.special"},
      {"from 2026-01-01 ", "from 2026-01-02 "},
      {"from 2026-01-01 ", ""},
      {"until 2026-12-31", "until 2026-12-30"},
      {" until 2026-12-31", ""},
      {"basis consent", "basis explicit consent"},
      {"within 30 days", "within 31 days"},
      {"within 30 days ", ""},
      {"under hint version 2\n", "under hint version 1\n"},
      {"under hint version 2\n", "under hint\n"},
      {"under hint version 2\n", "\n"},
      {"under hint version 2\n", "under other\n"},
      {"keep 90 days", "keep 91 days"},
      {"keep 90 days ", ""},
      {"oblige keep-safe", "oblige write-down"},
      {"oblige keep-safe", "oblige keep-safe oblige write-down"},
      {" oblige keep-safe", ""},
      {"objection or", "objection and"},
      {"objection or not", "objection or"},
      {"notice hint version 2", "notice hint"},
      {"notice hint version 2", "notice other"},
      {"rule no deny", "rule more deny any for any by any\nrule no deny"},
      {"basis legitimate-interest", "basis public-task"},
      {"basis legitimate-interest", "basis contract"},
      {"basis legitimate-interest", "basis legal-obligation"},
      {"basis legitimate-interest", "basis vital-interest"},
      {"basis legitimate-interest", "basis not-personal"},
      {"basis legitimate-interest", "basis consent"}};
  for (Change change : in_rules) {
    if (change.to == "allow guess") change = {"deny guess for any by any", "allow guess for any by any basis not-personal"};
    if (change.to == "when_data.tags") change = {"unless data.tags", "and data.tags"};
    is_new(revision(vocabulary, changed(rules, change)), change);
  }
}

BOOST_AUTO_TEST_CASE(what_means_the_same_has_the_same) {
  const std::string first = revision(vocabulary, rules);
  const std::vector<Change> in_vocabulary{{"{label: All}", ""},
                                          {"{label: All}", "{description: {en: Everything}, deprecated: true}"},
                                          {"in: [all], since", "in: all, since"},
                                          {"mail:  {in: all, separate: true", "mail:  {separate: true, in: all"},
                                          {"mail:  {in: all, separate: true", "mail:  {in: [all], separate: true, special: false"},
                                          {"tags: [red, blue]", "tags: [blue, red]"},
                                          {"way: one of web, app", "way: one of app, web"},
                                          {"hint: {version: 3}", "hint: {version: 3, label: Hint, url: x}"},
                                          {"[keep-safe, write-down]", "[write-down, keep-safe]"},
                                          {"data:\n", "# a comment\ndata:\n"}};
  for (const Change& change : in_vocabulary)
    BOOST_TEST(revision(changed(vocabulary, change), rules) == first, change.from << " -> " << change.to);
  const std::vector<Change> in_rules{{"rule yes allow mail, log", "# a comment\nrule yes\n\n  allow log , \"mail\""},
                                     {"rule yes", "rule yes \"A title\""},
                                     {"keep 90 days", "keep 2160 hours"},
                                     {"within 30 days", "within 1 month"},
                                     {"age >= 18 and (way", "((age >= 18)) and (way"},
                                     {"oblige keep-safe", "because \"so\" oblige keep-safe"},
                                     {"way = web or spot in here", "spot in {here} or way = \"web\""},
                                     {"  from 2026-01-01 until 2026-12-31\n", "  until 2026-12-31\n  from 2026-01-01\n"}};
  for (const Change& change : in_rules)
    BOOST_TEST(revision(vocabulary, changed(rules, change)) == first, change.from << " -> " << change.to);

  // In other files, in another order.
  const std::size_t purposes = vocabulary.find("purposes:"), second = rules.find("rule no");
  const auto loaded = load_texts({{"z.zweck", rules.substr(0, second)},
                                  {"y/b.vocab.yaml", vocabulary.substr(purposes)},
                                  {"x.zweck", "\xEF\xBB\xBF" + rules.substr(second)},
                                  {"w.vocab.yaml", vocabulary.substr(0, purposes)}});
  if (!loaded) BOOST_FAIL(shown(loaded.diagnostics()));
  BOOST_TEST(loaded->model.revision == first);
}

BOOST_AUTO_TEST_SUITE_END()
