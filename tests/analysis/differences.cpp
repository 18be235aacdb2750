// Differences that were thought of: each with the whole of what is said about it.
#include "analysis/difference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/test/unit_test.hpp>

#include "analysis/setup.hpp"
#include "engine/program.hpp"

namespace analysis_test {
namespace {

constexpr std::array<std::string_view, 3> kinds{"allow", "deny", "obligations"};

const std::string small = "data: {a: , b: , z: }\npurposes: {p: }\npartners: {q: , r: }\n";

// One line per entry, sorted; then what is not decided. Every example is asked of both.
std::string told(const zweck::Engine& before, const zweck::Engine& after) {
  std::vector<std::string> lines;
  const auto difference = zweck::compare(before, after, [&](const zweck::DifferenceEntry& entry) {
    lines.push_back(fmt::format("{}: {} for {} by {}{}{}\n", kinds[std::size_t(entry.now)], fmt::join(entry.names[0], ", "),
                                fmt::join(entry.names[1], ", "), fmt::join(entry.names[2], ", "),
                                entry.when.empty() ? "" : " when ", entry.when));
    if (entry.example.empty()) {
      lines.back() += "  no example\n";
      return true;
    }
    const auto then = before.answer_json(entry.example), now = after.answer_json(entry.example);
    BOOST_TEST((then.allowed() != now.allowed() || then.obligations != now.obligations), entry.example);
    BOOST_TEST((entry.now != zweck::DifferenceEntry::Now::allow || now.allowed()));
    BOOST_TEST((entry.now != zweck::DifferenceEntry::Now::deny || then.allowed()));
    return true;
  });
  std::sort(lines.begin(), lines.end());
  std::string text = fmt::format("{}", fmt::join(lines, ""));
  if (!difference.undecided.empty()) text += fmt::format("undecided: {}\n", fmt::join(difference.undecided, ", "));
  BOOST_TEST(difference.equal() == text.empty());
  return text;
}

std::string told(const std::string& before, const std::string& after) {
  return told(engine_of(small, before), engine_of(small, after));
}

std::string example_of(const zweck::Engine& before, const zweck::Engine& after) {
  std::string example;
  zweck::compare(before, after, [&](const zweck::DifferenceEntry& entry) {
    example = entry.example;
    return false;
  });
  return example;
}

BOOST_AUTO_TEST_SUITE(differences)

BOOST_AUTO_TEST_CASE(a_denial_gone_shows_only_where_something_is_allowed) {
  // The first point that the denial covers is allowed by nobody: that must not be taken for all of them.
  const std::string allow = "rule plain\n  allow z for p by q\n  basis contract\n";
  BOOST_TEST(told(allow + "rule no deny any for any by any\n", allow) == "allow: z for p by q\n");
  const std::string keep = allow + "  keep 1 day\n", wide = "rule wide allow any for any by any basis contract keep 2 days\n";
  BOOST_TEST(told(keep, keep + wide) == "allow: a, b for p by q, r\nallow: z for p by r\n");
  BOOST_TEST(told(allow, allow + wide) ==
             "allow: a, b for p by q, r\nallow: z for p by r\nobligations: z for p by q\n");
}

// A rule that both have says nothing at the first partner and matters at the second: their entries are not one.
BOOST_AUTO_TEST_CASE(what_says_nothing_at_one_point_may_matter_at_another) {
  const std::string names =
      "data: {a: }\npurposes: {p: }\npartners: {q: , r: {closed: true}, s: {closed: true}}\n"
      "attributes: {partner: {closed: bool = false}}\nfacts: {open: bool = false}\n";
  const std::string allow = "rule plain\n  allow a for p by any\n  basis contract\n";
  const auto between = [&](const std::string& common) {
    return told(engine_of(names, common), engine_of(names, common + allow));
  };
  BOOST_TEST(between("rule shut deny any for any by any when partner.closed\n") == "allow: a for p by q\n");
  BOOST_TEST(between("rule shut deny any for any by any when partner.closed and not open\n") ==
             "allow: a for p by q\nallow: a for p by r, s when open\n");
  BOOST_TEST(between("rule shut allow any for any by any when partner.closed basis contract\n") == "allow: a for p by q\n");
}

// So may a changed rule, while others bring about the changes of the first partner.
BOOST_AUTO_TEST_CASE(a_changed_rule_may_say_something_else_at_another_point) {
  const std::string names =
      "data: {a: }\npurposes: {p: }\npartners: {q: , r: {closed: true}}\n"
      "attributes: {partner: {closed: bool = false}}\nfacts: {old: bool, new: bool}\n";
  const std::string shut = "rule shut allow a for p by any basis contract when ";
  BOOST_TEST(told(engine_of(names, shut + "partner.closed\nrule gone allow a for p by any basis contract when old"),
                  engine_of(names, shut + "new")) ==
             "allow: a for p by q when new and not old\n"
             "deny: a for p by q when not new and old\n"
             "deny: a for p by r when not new\n");
}

BOOST_AUTO_TEST_CASE(conditions_are_in_words) {
  const std::string facts = "facts: {age: int 0..150, channel: \"one of web, app, store\"}\nnotices: {n: {version: 2}}\n";
  const auto say = [&](const std::string& before, const std::string& after) {
    return told(engine_of(small + facts, before), engine_of(small + facts, after));
  };
  const std::string rule = "rule r allow a for p by q basis consent under n";
  BOOST_TEST(say("", rule + " unless age < 16") == "allow: a for p by q when age >= 16 and consent under n\n");
  BOOST_TEST(say(rule + " unless age < 16", rule + " unless age < 18") ==
             "deny: a for p by q when age >= 16 and age < 18 and consent under n\n");
  BOOST_TEST(say(rule, rule + " version 1") ==
             "allow: a for p by q when consent under n version 1 and not consent under n\n");
  BOOST_TEST(say(rule, rule + " when channel in {web, app}") ==
             "deny: a for p by q when channel = store and consent under n\n");
  BOOST_TEST(say(rule, rule + " until 2026-06-10") == "deny: a for p by q when consent under n from 2026-06-11\n");
  BOOST_TEST(say(rule, rule + " from 2026-01-01 until 2026-06-10") ==
             "deny: a for p by q when consent under n (until 2025-12-31 or from 2026-06-11)\n");
}

// A bound that an author would write, not the next minute.
BOOST_AUTO_TEST_CASE(durations_are_in_large_units) {
  const std::string facts = "facts: {idle: duration}\n";
  const std::string rule = "rule r allow a for p by q basis contract when idle ";
  const auto say = [&](const std::string& before, const std::string& after) {
    return told(engine_of(small + facts, rule + before), engine_of(small + facts, rule + after));
  };
  BOOST_TEST(say("> 5 days", "> 3 days") == "allow: a for p by q when idle > 3 days and idle <= 5 days\n");
  BOOST_TEST(say(">= 5 days", ">= 3 days") == "allow: a for p by q when idle >= 3 days and idle < 5 days\n");
  BOOST_TEST(say("<= 5 hours", "< 90 minutes") == "deny: a for p by q when idle >= 90 minutes and idle <= 5 hours\n");
}

BOOST_AUTO_TEST_CASE(only_points_that_both_know_count) {
  const std::string allow = "rule r allow any for any by any basis contract\n";
  const zweck::Engine before = engine_of("data: {a: , gone: }\npurposes: {p: }\npartners: {q: }\n", allow);
  const zweck::Engine after = engine_of("data: {a: , new: }\npurposes: {p: }\npartners: {q: }\n", allow);
  BOOST_TEST(told(before, after) == "");
  const auto vocabulary = zweck::compare_vocabularies(before.program()->vocabulary(), after.program()->vocabulary());
  BOOST_TEST(vocabulary.only_old.data == std::vector<std::string>{"gone"});
  BOOST_TEST(vocabulary.only_new.data == std::vector<std::string>{"new"});
  BOOST_TEST(!vocabulary.disjoint);
}

BOOST_AUTO_TEST_CASE(groups_stand_for_their_leaves_if_all_change) {
  const std::string groups = "data: {g: , a: {in: g}, b: {in: g}}\npurposes: {p: }\npartners: {q: }\n";
  const auto say = [&](const std::string& scope) {
    return told(engine_of(groups, ""), engine_of(groups, "rule r allow " + scope + " for p by q basis contract"));
  };
  BOOST_TEST(say("g") == "allow: g for p by q\n");
  BOOST_TEST(say("a, b") == "allow: g for p by q\n");
  BOOST_TEST(say("a") == "allow: a for p by q\n");
  // Not if the group is another one on the other side.
  const std::string more = "data: {g: , a: {in: g}, b: {in: g}, c: {in: g}}\npurposes: {p: }\npartners: {q: }\n";
  BOOST_TEST(told(engine_of(groups, ""), engine_of(more, "rule r allow g for p by q basis contract")) ==
             "allow: a, b for p by q\n");
}

// A group that has other leaves on the other side would be read as these.
BOOST_AUTO_TEST_CASE(a_group_that_means_something_else_is_not_named) {
  const std::string names = "data: {a: }\npurposes: {p: }\n";
  const std::string before = names + "partners: {g: , x: {in: g}, y: {in: g}, z: }\n";
  const std::string after = names + "partners: {g: , x: {in: g}, y: , z: {in: g}}\n";
  const std::string allow = "rule plain\n  allow a for p by x, z\n  basis contract\n";
  BOOST_TEST(told(engine_of(before, ""), engine_of(after, allow)) == "allow: a for p by x, z\n");
  BOOST_TEST(told(engine_of(after, ""), engine_of(after, allow)) == "allow: a for p by g\n");
}

BOOST_AUTO_TEST_CASE(facts_that_one_side_knows) {
  const std::string rule = "rule r allow a for p by q basis contract";
  const std::string vip = small + "facts: {vip: bool}\n", with_default = small + "facts: {vip: bool = false}\n";
  BOOST_TEST(told(engine_of(small, ""), engine_of(vip, rule + " when vip")) == "allow: a for p by q when vip\n");
  BOOST_TEST(told(engine_of(vip, rule + " unless vip"), engine_of(small, rule)) == "allow: a for p by q when vip\n");
  BOOST_TEST(told(engine_of(small, rule), engine_of(with_default, rule + " unless vip")) ==
             "deny: a for p by q when vip\n  no example\n");  // what gives it is no request before
  // What no rule asks for is not in the example, so that both can read it.
  BOOST_TEST(example_of(engine_of(small, ""), engine_of(vip, rule)) ==
             R"({"data": ["a"], "purpose": "p", "partner": "q", "at": "2026-01-01T00:00:00Z", "facts": {}, "ledger": []})");
}

BOOST_AUTO_TEST_CASE(texts_that_one_side_alone_mentions) {
  const std::string vocabulary = small + "facts: {city: string, tags: set of string}\n";
  const std::string allow = "rule r allow a for p by q basis contract\n";
  BOOST_TEST(told(engine_of(vocabulary, allow + "rule d deny a for p by q when city = \"other\""),
                  engine_of(vocabulary, allow)) == "allow: a for p by q when city = \"other\"\n");
  BOOST_TEST(told(engine_of(vocabulary, allow), engine_of(vocabulary, allow + "rule d deny a for p by q when city = \"Ulm\"")) ==
             "deny: a for p by q when city = \"Ulm\"\n");
  BOOST_TEST(told(engine_of(vocabulary, allow + "rule d deny a for p by q when tags has \"x\""),
                  engine_of(vocabulary, allow + "rule d deny a for p by q when tags has \"y\"")) ==
             "allow: a for p by q when tags has \"x\" and not tags has \"y\"\n"
             "deny: a for p by q when tags has \"y\" and not tags has \"x\"\n");
}

BOOST_AUTO_TEST_CASE(a_fact_of_another_type_is_another_fact) {
  const std::string rule = "rule r allow a for p by q basis contract when ";
  BOOST_TEST(told(engine_of(small + "facts: {level: int}\n", rule + "level = 1"),
                  engine_of(small + "facts: {level: string}\n", rule + "level = \"1\"")) ==
             "allow: a for p by q when level != 1 and level = \"1\"\n"
             "deny: a for p by q when level = 1 and level != \"1\"\n");
}

BOOST_AUTO_TEST_CASE(derived_data_opens_with_its_sources) {
  const std::string derived = "data: {x: , profile: {derived-from: x}}\npurposes: {p: }\npartners: {q: }\nfacts: {age: int 0..150}\n";
  const std::string profile = "rule profile allow profile for p by q basis consent\n";
  // The example has a consent for the source too.
  const std::string source = "rule x allow x for p by q basis explicit consent\n";
  BOOST_TEST(told(engine_of(derived, source), engine_of(derived, source + profile)) == "allow: profile for p by q when consent\n");
  // Where the source is denied by both, no request shows it, and none is shown.
  BOOST_TEST(told(engine_of(derived, ""), engine_of(derived, profile)) ==
             "allow: profile for p by q when consent\n  no example\n");
}

BOOST_AUTO_TEST_CASE(conditions_of_64_tests) {
  // As 32 pairs of which one each must hold: written out as alternatives these would be 2^32.
  std::string facts = "facts:\n", condition;
  for (int i = 0; i < 64; ++i) facts += fmt::format("  f{}: bool\n", i);
  for (int i = 0; i < 64; i += 2) condition += fmt::format("{}(f{} or f{})", i > 0 ? " and " : "", i, i + 1);
  const std::string rule = "rule r allow a for p by q basis contract when " + condition;
  const std::string other = "rule r allow a for p by q basis contract when " + condition + " and not f0";
  BOOST_TEST(told(engine_of(small + facts, ""), engine_of(small + facts, rule)) == "allow: a for p by q when " + condition + "\n");
  const std::string rest = condition.substr(condition.find(" and ") + 5);
  BOOST_TEST(told(engine_of(small + facts, rule), engine_of(small + facts, other)) ==
             "deny: a for p by q when f0 and " + rest + "\n");
}

BOOST_AUTO_TEST_CASE(a_type_of_ten_thousand_values) {
  std::string values, some;
  for (int i = 0; i < 10'000; ++i) values += fmt::format("{}v{}", i > 0 ? ", " : "", i);
  for (int i = 0; i < 10'000; i += 5'000) some += fmt::format("{}v{}", i > 0 ? ", " : "", i);
  const std::string vocabulary = small + "facts:\n  f: one of " + values + "\n";
  const std::string rule = "rule r allow a for p by q basis contract when ";
  BOOST_TEST(told(engine_of(vocabulary, rule + "f in {" + some + "}"), engine_of(vocabulary, rule + "f in {v0, v1}")) ==
             "allow: a for p by q when f = v1\ndeny: a for p by q when f = v5000\n");
  BOOST_TEST(told(engine_of(vocabulary, rule + "not f in {" + some + "}"), engine_of(vocabulary, rule + "not f = v0")) ==
             "allow: a for p by q when f = v5000\n");
}

// Whether ten pigeons fit into nine holes takes longer to find out than the bound of steps allows.
BOOST_AUTO_TEST_CASE(what_is_not_decided_is_named) {
  constexpr int pigeons = 10, holes = 9;
  std::string facts = "facts:\n", condition;
  const auto sits = [](int pigeon, int hole) { return fmt::format("in-{}-{}", pigeon, hole); };
  const auto add = [&](const std::string& part) { condition += (condition.empty() ? "" : " and ") + part; };
  for (int pigeon = 0; pigeon < pigeons; ++pigeon) {
    std::string somewhere;
    for (int hole = 0; hole < holes; ++hole) {
      facts += "  " + sits(pigeon, hole) + ": bool\n";
      somewhere += (hole > 0 ? " or " : "") + sits(pigeon, hole);
      for (int other = 0; other < pigeon; ++other)
        add("not (" + sits(pigeon, hole) + " and " + sits(other, hole) + ")");
    }
    add("(" + somewhere + ")");
  }
  const auto before = engine_of(small + facts, "");
  const auto after = [&](const std::string& data) {
    return engine_of(small + facts, "rule hard allow " + data + " for p by q basis contract when " + condition +
                                        "\nrule easy allow b for p by q basis contract");
  };
  BOOST_TEST(told(before, after("a")) == "allow: b for p by q\nundecided: hard\n");
  // Where what is not decided hides another change, that is named too.
  BOOST_TEST(told(before, after("a, b")).ends_with("undecided: easy, hard\n"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace analysis_test
