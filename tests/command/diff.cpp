// `zweck diff`: as text, JSON and Markdown, what it exits with, and what cannot be compared.
#include <boost/test/unit_test.hpp>

#include "command/run.hpp"

namespace zweck::test {

namespace {

void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
}

// The small set, and as a review would find it: more allowed, less allowed, other obligations, other names.
struct Review : Workspace {
  Review() {
    write_small_set(*this);
    vocabulary = read("small/small.vocab.yaml");
    rules = read("small/small.zweck");
    std::string changed = rules;
    replace(changed, "unless  age < 16", "unless  age < 14");
    replace(changed, "keep    30 days", "keep    14 days");
    replace(changed, "by shop, carrier", "by shop");
    replace(changed, "  except  address\n", "");
    std::string names = vocabulary;
    replace(names, "carrier:    {country: germany}", "carrier:    {country: germany, separate: true}\n  returns-desk: {country: us}");
    replace(names, "  tags: set of string\n", "  tags: set of string\n  vip: bool = false\n");
    write("new/small.vocab.yaml", names);
    write("new/small.zweck", changed);
  }
  std::string vocabulary, rules;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(diff, Review)

BOOST_AUTO_TEST_CASE(as_text) {
  const Ran ran = run({"diff", "small", "new"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.out == golden("diff.txt", ran.out));
}

BOOST_AUTO_TEST_CASE(as_json) {
  const Ran ran = run({"diff", "--format", "json", "small", "new"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.out == golden("diff.json", ran.out));
}

BOOST_AUTO_TEST_CASE(as_markdown) {
  const Ran ran = run({"diff", "--format", "markdown", "small", "new"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.out == golden("diff.md", ran.out));
}

BOOST_AUTO_TEST_CASE(every_example_is_answered_differently) {
  const std::string out = run({"diff", "small", "new"}).out;
  std::size_t examples = 0;
  const std::string mark = "\n    example: ";
  for (std::size_t at = 0; (at = out.find(mark, at)) != std::string::npos; ++at, ++examples) {
    const std::size_t begin = at + mark.size();
    const std::string request = out.substr(begin, out.find('\n', begin) - begin);
    const Ran before = run({"explain", "small", "--request", request}), after = run({"explain", "new", "--request", request});
    BOOST_TEST(before.code < 2);
    BOOST_TEST(after.code < 2);
    BOOST_TEST(before.out != after.out);
  }
  BOOST_TEST(examples > 3);
}

BOOST_AUTO_TEST_CASE(widening_can_fail) {
  const Ran wider = run({"diff", "--fail-on-widening", "small", "new"});
  BOOST_TEST(wider.code == 1);
  BOOST_TEST(wider.err == "zweck: fails on widening: more is allowed\n");
  write("narrow/small.vocab.yaml", vocabulary);
  std::string narrower = rules;
  replace(narrower, "unless  age < 16", "unless  age < 18");
  write("narrow/small.zweck", narrower);
  const Ran narrow = run({"diff", "--fail-on-widening", "small", "narrow"});
  BOOST_TEST(narrow.code == 0);
  BOOST_TEST(narrow.err == "");
  BOOST_TEST(run({"diff", "--fail-on-widening", "narrow", "small"}).code == 1);
}

BOOST_AUTO_TEST_CASE(old_answers_that_allow_more_fail_too) {
  std::string names = vocabulary;
  replace(names, "  health:  ", "  shoe-size: {in: personal}\n  health:  ");
  write("more/small.vocab.yaml", names);
  write("more/small.zweck", rules);
  const Ran ran = run({"diff", "--fail-on-widening", "small", "more"});
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.out ==
             "only in more\n"
             "  data: shoe-size\n"
             "\n"
             "what customers said means something else\n"
             "  data `shoe-size` is new in `personal`, without `since`: older consents to that reach it\n"
             "\n"
             "no difference at uses that both know: there they allow the same, with the same obligations\n");
  BOOST_TEST(ran.err == "zweck: fails on widening: what customers said before may allow more\n");
  replace(names, "{in: personal}\n  health:", "{in: personal, since: 2026-06-01}\n  health:");
  write("more/small.vocab.yaml", names);
  BOOST_TEST(run({"diff", "--fail-on-widening", "small", "more"}).code == 0);
}

// What a value allows that the old set refuses as unknown is no difference in a situation of both.
BOOST_AUTO_TEST_CASE(more_values_of_a_fact_fail_too) {
  const std::string before = "data: {d: }\npurposes: {p: }\npartners: {q: }\nfacts: {channel: \"one of web, app\"}\n";
  write("few/a.vocab.yaml", before);
  write("few/a.zweck", "rule a\n  allow   d for p by q\n  when    channel = web\n  basis   contract\n");
  std::string after = before;
  replace(after, "web, app", "web, app, kiosk");
  write("many/a.vocab.yaml", after);
  write("many/a.zweck", "rule a\n  allow   d for p by q\n  when    channel in {web, kiosk}\n  basis   contract\n");
  const Ran ran = run({"diff", "--fail-on-widening", "few", "many"});
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.out ==
             "what customers said means something else\n"
             "  fact `channel` had the type `one of web, app` and has `one of web, app, kiosk` now\n"
             "\n"
             "no difference, but in values of facts that only one of the two can read, which are not compared\n");
  BOOST_TEST(ran.err == "zweck: fails on widening: a fact has values now that only the second can read\n");
  BOOST_TEST(run({"diff", "--fail-on-widening", "many", "few"}).code == 0);
}

BOOST_AUTO_TEST_CASE(no_difference) {
  const Ran same = run({"diff", "--fail-on-widening", "small", "small"});
  BOOST_TEST(same.code == 0);
  BOOST_TEST(same.out == "no difference: the two mean the same, to the last rule\n");
  // Another layout is no difference; nor is another way to say the same.
  write("split/names.vocab.yaml", vocabulary);
  write("split/sub/all.zweck", "# moved\n" + rules);
  BOOST_TEST(run({"diff", "small", "split"}).out == same.out);
  std::string said = rules;
  replace(said, "unless  age < 16", "when    age >= 16");
  write("split/sub/all.zweck", said);
  BOOST_TEST(run({"diff", "small", "split"}).out == "no difference: both allow the same, with the same obligations\n");
  BOOST_TEST(run({"diff", "--format", "json", "small", "split"}).out ==
             "{\"changes\": [],\n"
             " \"equal\": true, \"widened\": 0, \"narrowed\": 0, \"obligations\": 0,\n"
             " \"vocabulary\": {\"only_old\": {\"data\": [], \"purpose\": [], \"partner\": [], \"facts\": [], \"notices\": []},\n"
             "  \"only_new\": {\"data\": [], \"purpose\": [], \"partner\": [], \"facts\": [], \"notices\": []},\n"
             "  \"reinterprets\": []}}\n");
}

BOOST_AUTO_TEST_CASE(sets_that_have_nothing_to_do_with_one_another) {
  write("other/o.vocab.yaml", "data: {x: }\npurposes: {p: }\npartners: {q: }\n");
  const Ran ran = run({"diff", "small", "other"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.out.ends_with("\nnothing to compare: there is no use that both know\n"));
  BOOST_TEST(ran.err ==
             "zweck: `small` and `other` know no use in common\n"
             "  help: are these two versions of one policy set?\n");
  BOOST_TEST(run({"diff", "--fail-on-widening", "small", "other"}).code == 1);
  // Nor is there a use that both know where one dimension has nothing in common, whatever the rules ask of the others.
  for (const std::string partner : {"one", "two"}) {
    write(partner + "/a.vocab.yaml", "data: {x: , y: {special: true}}\npurposes: {p: }\npartners: {" + partner + ": }\n");
    write(partner + "/a.zweck", "rule a\n  deny    any for any by any\n  when    data.special or data = x\n");
  }
  BOOST_TEST(run({"diff", "one", "two"}).code == 0);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_loaded) {
  const auto complaint = [&](const std::string& before, const std::string& after) {
    const Ran ran = run({"diff", before, after});
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.out == "");
    return ran.err;
  };
  BOOST_TEST(complaint("small", "nwe") == "nwe: error: there is no directory `nwe` [unreadable-file]\n");
  BOOST_TEST(complaint("smal", "new") == "smal: error: there is no directory `smal` [unreadable-file]\n");
  std::string broken = rules;
  replace(broken, "allow   address for delivery", "allow   adress for delivery");
  write("broken/small.vocab.yaml", vocabulary);
  write("broken/small.zweck", broken);
  for (const bool first : {true, false}) {
    const std::string said = complaint(first ? "broken" : "small", first ? "small" : "broken");
    BOOST_TEST(said.starts_with("broken/small.zweck:11:11: error: there is no data node `adress` [unknown-name]\n"));
    BOOST_TEST(said.find("  help: did you mean `address`?\n") != std::string::npos);
    BOOST_TEST(said.ends_with("zweck: `broken` has errors, so nothing is decided by it\n"));
  }
}

BOOST_AUTO_TEST_CASE(bad_usage) {
  const auto complaint = [&](const std::vector<std::string>& words) {
    const Ran ran = run(words);
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.out == "");
    return ran.err;
  };
  BOOST_TEST(complaint({"diff", "small"}) == "zweck: diff: NEW is missing\n  help: `zweck diff --help` shows how it is used\n");
  BOOST_TEST(complaint({"diff", "small", "new", "more"}) ==
             "zweck: diff: `more` is one argument too many\n  help: `zweck diff --help` shows how it is used\n");
  BOOST_TEST(complaint({"diff", "small", "new", "--fail-on-widenin"}) ==
             "zweck: diff: unknown option `--fail-on-widenin`\n  help: did you mean `--fail-on-widening`?\n");
  BOOST_TEST(complaint({"diff", "small", "new", "--format", "markdwon"}) ==
             "zweck: diff: --format: `markdwon` is not known here; did you mean `markdown`?\n"
             "  help: `zweck diff --help` shows how it is used\n");
}

BOOST_AUTO_TEST_CASE(nobody_reads_it) {
  const Ran ran = run({"diff", "small", "new"}, {.input = {}, .environment = {}, .out = Standard::broken_pipe});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.err == "zweck: cannot write the output: Broken pipe\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
