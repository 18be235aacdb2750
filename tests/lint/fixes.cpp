// What `--fix` makes of a set: nothing but what keeps every decision.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <iostream>

#include "lint/setup.hpp"
#include "reference/random.hpp"
#include "reference/write.hpp"
#include "zweck/engine.hpp"

namespace lint_test {

using namespace zweck;

BOOST_AUTO_TEST_SUITE(fixes)

BOOST_AUTO_TEST_CASE(clauses_that_say_nothing_go) {
  BOOST_TEST(fixed(R"(rule a
  allow   address for delivery by carriers
  except  by shop
  except  by dhl
  except  by dhl
  when    score >= 0
  unless  score > 9
  basis   contract
  keep    30 days
)") == R"(rule a
  allow   address for delivery by carriers
  except  by dhl
  basis   contract
  keep    30 days
)");
}

BOOST_AUTO_TEST_CASE(a_part_of_a_condition_and_a_whole_rule_stay) {
  const std::string rules = R"(rule a
  allow   address for delivery by carriers
  when    score >= 0 and gpc
  basis   contract
  keep    30 days

rule same
  deny    address for delivery by carriers
  when    partner.first-party and not partner.first-party
)";
  BOOST_TEST(!text_of(findings_of(set_of(rules)), "constant-condition").empty());
  BOOST_TEST(!text_of(findings_of(set_of(rules)), "rule-never-applies").empty());
  BOOST_TEST(fixed(rules) == rules);
}

// A fact that is not given makes the condition unknown: without it, the rule would allow what it did not.
BOOST_AUTO_TEST_CASE(what_asks_that_a_fact_is_given_stays) {
  for (const std::string clause : {"  when    age < 16 or age >= 16\n", "  unless  age < 16 and age >= 16\n",
                                   "  when    consent or not consent\n"}) {
    const std::string rules = "rule a\n  allow   address for delivery by carriers\n" + clause + "  basis   contract\n  keep    30 days\n";
    const auto findings = findings_of(set_of(rules));
    BOOST_TEST(text_of(findings, "constant-condition").starts_with("3:"));
    BOOST_TEST(std::ranges::none_of(findings, [](const auto& each) { return each.fix.has_value(); }));
    BOOST_TEST(fixed(rules) == rules);
  }
}

BOOST_AUTO_TEST_CASE(comments_stay_comments_and_nothing_becomes_one) {
  BOOST_TEST(fixed(R"(rule a
  deny    address for delivery by carriers  # note
  when    score >= 0 unless gpc
)") == R"(rule a
  deny    address for delivery by carriers  # note
  unless  gpc
)");
  BOOST_TEST(fixed(R"(rule a
  deny    address for delivery by carriers
  when    score >= 0  # because of something
  unless  gpc
)") == R"(rule a
  deny    address for delivery by carriers
  # because of something
  unless  gpc
)");
  BOOST_TEST(fixed("rule a deny address for delivery by carriers when score >= 0") ==
             "rule a\n  deny    address for delivery by carriers\n");
}

BOOST_AUTO_TEST_CASE(line_ends_and_marks_of_other_systems) {
  const std::string rules =
      "\xef\xbb\xbfrule a\r\n  deny address for delivery by carriers\r\n  when score >= 0\r\n  unless gpc\r\n";
  const std::string after = fixed(rules);
  BOOST_TEST(after == "rule a\n  deny    address for delivery by carriers\n  unless  gpc\n");
}

BOOST_AUTO_TEST_CASE(what_is_silenced_is_not_fixed) {
  const std::string rules = R"(# zweck:ignore dead-exception because the shop may become a carrier
rule a
  deny    address for delivery by carriers
  except  by shop
)";
  BOOST_TEST(fixed(rules) == rules);
}

BOOST_AUTO_TEST_CASE(edits_that_overlap_are_not_both_made) {
  const auto edit = [](std::uint32_t from, std::uint32_t to, const char* text) {
    lint::Edit edit;
    edit.place.line = edit.place.end_line = 1;
    edit.place.column = from;
    edit.place.end_column = to;
    edit.text = text;
    return edit;
  };
  BOOST_TEST(lint::apply("äbcdef", {edit(4, 6, "X"), edit(2, 4, "Y"), edit(3, 5, "Z")}) == "äYXf");
  BOOST_TEST(lint::apply("abc", {edit(2, 2, "-"), edit(4, 4, "!")}) == "a-bc!");
  BOOST_TEST(lint::apply("", {edit(1, 1, "a")}) == "a");
}

// Random sets: every answer stays what it was, whatever the request leaves out, and nothing is left to fix.
BOOST_AUTO_TEST_CASE(every_answer_stays) {
  std::size_t sets = 0, answers = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    reference::Dice dice(seed);
    const reference::World world = reference::random_world(dice, reference::small_taste);
    std::vector<Source> before;
    for (auto& [path, text] : reference::files_of(world, reference::Dice(seed))) before.push_back({path, text});
    const auto set = load_texts(before);
    BOOST_REQUIRE(set);
    const lint::Options options{.now = *parse_time("2026-06-01T00:00:00Z"), .directory = {}};
    // Of files that are only laid out anew there are enough in the tests of the form.
    const auto findings = lint::lint(*set, options);
    if (std::ranges::none_of(findings, [](const lint::Finding& each) {
          return each.fix && each.fix->safe && each.diagnostic.check != "unformatted";
        }))
      continue;
    const auto changed = lint::fix_all(*set, options);
    BOOST_REQUIRE(changed);
    reference::Files old_files, new_files;
    for (const auto& [path, text] : before) {
      old_files.emplace_back(path, text);
      new_files.emplace_back(path, changed->contains(path) ? changed->at(path) : text);
    }
    const auto old_engine = Engine::from_texts(old_files), new_engine = Engine::from_texts(new_files);
    BOOST_REQUIRE(old_engine);
    BOOST_REQUIRE_MESSAGE(new_engine, "seed " << seed << ": the set does not load once it is fixed");
    for (int i = 0; i < 40; ++i) {
      const std::string request = reference::json_of(reference::random_request(world, dice), reference::Dice(seed + 1));
      Answer was = old_engine->answer_json(request), is = new_engine->answer_json(request);
      // What could be asked for may be found on another way, and the rules are written otherwise.
      was.revision = is.revision = "";
      was.needs.clear();
      is.needs.clear();
      if (to_json(was) != to_json(is)) {
        BOOST_ERROR("seed " << seed << ": " << request << "\n  was " << to_json(was) << "\n  is  " << to_json(is));
        return;
      }
      ++answers;
    }
    std::vector<Source> after;
    for (const auto& [path, text] : new_files) after.push_back({path, text});
    const auto again = load_texts(after);
    const auto left = lint::lint(*again, options);
    BOOST_TEST(std::ranges::none_of(left, [](const lint::Finding& each) { return each.fix && each.fix->safe; }));
    ++sets;
  }
  std::cout << "counted: " << sets << " random sets fixed, " << answers << " answers compared\n";
  BOOST_TEST(sets > 100);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lint_test
