// From files to a model, and the errors of many files together.
#include "model/load.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <ctime>
#include <functional>
#include <string>

#include "directory.hpp"
#include "model/dump.hpp"
#include "setup.hpp"
#include "text/limits.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

const char* const small = "data: {a: {}, b: {}}\npurposes: {p: {}}\npartners: {q: {}}\n";

std::string dumped(std::vector<Source> files) {
  const auto loaded = load_texts(std::move(files));
  if (!loaded) BOOST_FAIL(shown(loaded.diagnostics()));
  return dump(loaded->model);
}

// Of the processor, so that it is the same on a busy machine.
double seconds_of(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// How long good rules take here, the least of three times: 20,000 of them. Machines differ, and so do hours on one.
double good_seconds() {
  std::string rules;
  for (int i = 0; i < 20'000; ++i) rules += "rule r" + std::to_string(i) + " deny a for p by q\n";
  double least = 1e9;
  for (int time = 0; time < 3; ++time)
    least = std::min(least, seconds_of([&] { dumped({{"a.vocab.yaml", small}, {"b.zweck", rules}}); }));
  return least;
}

// What bad input may take, and reading a vocabulary of 60,000 nodes as well: a second, or what that is on a slower machine.
double most_seconds() {
#ifndef NDEBUG
  constexpr double usual = 15;  // with room for sanitizers, and for code that is not optimised
#else
  constexpr double usual = 1;
#endif
  static const double most = std::max(usual, 12 * good_seconds());
  return most;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(load)

BOOST_AUTO_TEST_CASE(a_set_from_a_directory) {
  const Directory set;
  set.write("v/a.vocab.yaml", small);
  set.write("r.zweck", "rule one deny a for p by q\n");
  set.write("s.zweck", "# nothing but a comment\n");
  set.write("t.test.yaml", "this: [is not read");
  const auto loaded = load_set(set.path());
  if (!loaded) BOOST_FAIL(shown(loaded.diagnostics()));
  BOOST_TEST(loaded->files.size() == 2);
  BOOST_TEST(loaded->test_files.size() == 1);
  BOOST_TEST(loaded->test_files[0] == "t.test.yaml");
  BOOST_TEST(loaded->model.rules.size() == 1);
  const Place place = loaded->model.sources.place(loaded->model.rules[0].name_span);
  BOOST_TEST(place.file == "r.zweck");
  BOOST_TEST(place.line == 1);
  BOOST_TEST(place.column == 6);
}

BOOST_AUTO_TEST_CASE(sets_of_one_kind_of_file) {
  BOOST_TEST(dumped({{"a.vocab.yaml", small}}).find("  a\n") != std::string::npos);
  BOOST_TEST(dumped({{"a.vocab.yaml", ""}}).starts_with("taxonomy data\n"));
  BOOST_TEST(dumped({{"a.zweck", "rule r deny any for any by any"}}).ends_with("rule r\n  deny any for any by any\n"));
  BOOST_TEST(load_errors({}) == "no policy set: no file ends in `.vocab.yaml` or `.zweck` [unreadable-file]\n");
  BOOST_TEST(load_errors({{"a.test.yaml", ""}}) ==
             "no policy set: no file ends in `.vocab.yaml` or `.zweck` [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(neither_order_nor_layout_matters) {
  const std::string rules = "rule one deny a for p by q\nrule two allow b for p by q basis contract keep 30 days\n";
  const std::string one = dumped({{"a.vocab.yaml", small}, {"b.zweck", rules}});
  BOOST_TEST(one == dumped({{"z.zweck",
                             "\xEF\xBB\xBF# two\r\nrule two allow b\r\n  for p by q\r\n  basis contract\r\n  "
                             "keep 1 month\r\n"},
                            {"x.vocab.yaml", "data: {b: }\n"},
                            {"m.vocab.yaml", "\xEF\xBB\xBFpartners: {q: {}}\r\npurposes:\r\n  p:\r\ndata: {a: {}}\r\n"},
                            {"d/a.zweck", "rule \"one\" deny a for p by q"}}));
}

BOOST_AUTO_TEST_CASE(names_of_texts) {
  BOOST_TEST(load_errors({{"a.vocab.yml", ""}, {"b.txt", ""}, {"c.zweck", ""}, {"c.zweck", ""}}) ==
             "a.vocab.yml: `a.vocab.yml` nearly belongs to the policy set, but is not read so [misnamed-file]; let its "
             "name end in `.vocab.yaml`, or differ more\n"
             "b.txt: `b.txt` is no file of a policy set [misnamed-file]; their names end in `.vocab.yaml`, `.zweck` or "
             "`.test.yaml`\n"
             "c.zweck: `c.zweck` is given twice [misnamed-file]\n");
  std::vector<Source> many;
  for (std::size_t i = 0; i <= limits::set_files; ++i) many.push_back({std::to_string(i) + ".zweck", ""});
  BOOST_TEST(load_errors(many) == "more than 10000 files in one policy set [unreadable-file]\n");
  many.pop_back();
  BOOST_TEST(load_errors(many) == "");
  BOOST_TEST(load_errors({{"a.zweck", std::string(limits::file_bytes, ' ')}}) == "");
  BOOST_TEST(load_errors({{"a.zweck", std::string(limits::file_bytes + 1, ' ')}}) ==
             "a.zweck: `a.zweck` is larger than 32 MiB [unreadable-file]; split it: the sections of several files are "
             "joined\n");
  std::vector<Source> large;
  for (std::size_t i = 0; i < limits::set_bytes / limits::file_bytes; ++i) {
    large.push_back({std::to_string(i) + ".zweck", std::string(limits::file_bytes, ' ')});
  }
  BOOST_TEST(load_errors(large) == "");
  large.push_back({"more.test.yaml", " "});
  BOOST_TEST(load_errors(large) == "the files of a policy set are at most 256 MiB together [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(errors_of_all_files_together_in_order) {
  const std::string errors = load_errors({{"a.vocab.yaml", small},
                                          {"b.zweck", "rule one deny nothing for p by q\n"},
                                          {"c.zweck", "\nrule two dney a for p by q\nrule three deny x for p by q\n"},
                                          {"d.zweck", "rule four deny a for p by q\nrule five deny y for p by a\n"},
                                          {"e.zweck", "rule \xFF"}});
  // Five files, four of them bad: c has an error of form, so that its names are not looked at.
  std::vector<std::string> places;
  for (std::size_t at = 0; at < errors.size(); at = errors.find('\n', at) + 1) {
    places.push_back(errors.substr(at, errors.find(": ", at) - at));
  }
  BOOST_TEST(places == (std::vector<std::string>{"b.zweck:1:15", "c.zweck:2:10", "d.zweck:2:16", "d.zweck:2:27",
                                                 "e.zweck:1:6"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_broken_vocabulary_hides_no_error_of_form_and_makes_up_none_of_names) {
  const std::string errors = load_errors(
      {{"a.vocab.yaml", "data: {a: {}"}, {"b.zweck", "rule one deny a for p by q\n"}, {"c.zweck", "rule two dney a"}});
  BOOST_TEST(errors.find("a.vocab.yaml:") == 0);
  BOOST_TEST(errors.find("b.zweck:") == std::string::npos);
  BOOST_TEST(errors.find("\nc.zweck:1:10:") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_name_defined_twice_anywhere_shows_both_places) {
  const auto loaded = load_texts({{"a.vocab.yaml", small},
                                  {"b.zweck", "rule one deny a for p by q"},
                                  {"c.zweck", "rule two deny a for p by q\nrule one deny b for p by q"}});
  BOOST_TEST_REQUIRE(!loaded);
  BOOST_TEST_REQUIRE(loaded.diagnostics().size() == 1);
  const Diagnostic& error = loaded.diagnostics()[0];
  BOOST_TEST(error.check == "duplicate-name");
  BOOST_TEST_REQUIRE(error.related.size() == 1);
  BOOST_TEST(error.place.file + " " + error.related[0].place.file == "c.zweck b.zweck");
}

BOOST_AUTO_TEST_CASE(errors_are_counted_from_a_bound_on) {
  const auto errors = [](std::size_t count) {
    std::string rules;
    for (std::size_t i = 0; i < count; ++i) rules += "rule r" + std::to_string(i) + " deny nothing for p by q\n";
    const auto loaded = load_texts({{"a.vocab.yaml", small}, {"b.zweck", rules}});
    BOOST_TEST_REQUIRE(!loaded);
    return loaded.diagnostics();
  };
  BOOST_TEST(errors(limits::diagnostics).size() == limits::diagnostics);
  BOOST_TEST(errors(limits::diagnostics).back().message == "there is no data node `nothing`");
  BOOST_TEST(errors(limits::diagnostics + 5).size() == limits::diagnostics);
  BOOST_TEST(errors(limits::diagnostics + 5).back().message == "and at least 6 more errors");
}

BOOST_AUTO_TEST_CASE(thousands_of_bad_files_end_in_some_errors) {
  std::string bad;
  for (int i = 0; i < 300; ++i) bad += "rule x dney\n";
  std::vector<Source> files;
  for (int i = 0; i < 1000; ++i) files.push_back({std::to_string(i) + ".zweck", bad});
  const auto loaded = load_texts(std::move(files));
  BOOST_TEST_REQUIRE(!loaded);
  BOOST_TEST(loaded.diagnostics().size() == limits::diagnostics);
}

BOOST_AUTO_TEST_CASE(any_bytes_end_in_an_error_within_a_second) {
  const std::string binary(
      "\x7f"
      "ELF\x02\x01\x01\0\0\0\0\0",
      12);
  const std::string line(limits::file_bytes, 'a');
  const auto repeated = [](std::string_view piece, std::size_t bytes) {
    std::string text;
    text.reserve(bytes);
    while (text.size() + piece.size() <= bytes) text += piece;
    return text;
  };
  struct Case {
    const char* what;
    const char* path;
    std::string text;
  };
  const std::vector<Case> cases{
      {"binary rules", "x.zweck", binary},
      {"binary vocabulary", "x.vocab.yaml", binary},
      {"no UTF-8", "x.zweck", "rule r deny \xC3\x28 for p by q"},
      {"a NUL", "x.zweck", std::string("rule r deny a\0b for p by q", 26)},
      {"a NUL in a vocabulary", "x.vocab.yaml", std::string("data: {x\0y: {}}", 15)},
      {"UTF-16", "x.zweck", std::string("\xFF\xFEr\0u\0l\0e\0", 10)},
      {"a bidirectional control in a name", "x.zweck", "rule r\u202E deny a for p by q"},
      {"cut off", "x.zweck", "rule r allow a for p by q when (not"},
      {"cut off in a string", "x.zweck", "rule r \"tit"},
      {"a million brackets", "x.zweck", "rule r deny a for p by q when " + std::string(1'000'000, '(')},
      {"a million `not`", "x.zweck",
       [] {
         std::string text = "rule r deny a for p by q when ";
         for (int i = 0; i < 1'000'000; ++i) text += "not ";
         return text;
       }()},
      {"a line of 32 MiB", "x.zweck", line},
      {"a line of 100 MB", "x.zweck", std::string(100'000'000, 'a')},
      {"nothing but signs", "x.zweck", std::string(limits::file_bytes, '!')},
      {"nothing but commas", "x.zweck", std::string(limits::file_bytes, ',')},
      {"nothing but quotes", "x.zweck", std::string(limits::file_bytes, '"')},
      {"nothing but names", "x.zweck", repeated("a ", limits::file_bytes)},
      {"nothing but `rule`", "x.zweck", repeated("rule\n", limits::file_bytes)},
      {"nothing but comments", "x.zweck", repeated("#\n", limits::file_bytes - 1) + "!"},
      {"nothing but empty lines", "x.zweck", std::string(limits::file_bytes - 1, '\n') + "!"},
      {"a line of 32 MiB in a vocabulary", "x.vocab.yaml", line},
      {"a million brackets in a vocabulary", "x.vocab.yaml", "data: " + std::string(1'000'000, '[')},
      {"an anchor", "x.vocab.yaml", "data: {c: &x {}}"},
      {"an alias", "x.vocab.yaml", "data: {c: *x}"},
      {"a tag", "x.vocab.yaml", "data: !!map {c: {}}"},
      {"a merge key", "x.vocab.yaml", "data: {<<: {c: {}}}"},
      {"a duplicate key", "x.vocab.yaml", "data: {c: {}, c: {}}"},
      {"a second document", "x.vocab.yaml", "data: {c: {}}\n---\ndata: {d: {}}\n"},
      {"trailing text", "x.vocab.yaml", "{data: {c: {}}} more"},
      {"`no` for false", "x.vocab.yaml", "data: {c: {special: no}}"},
      {"an octal number", "x.vocab.yaml", "notices: {n: {version: 010}}"},
      {"a cycle", "x.vocab.yaml", "data: {c: {in: d}, d: {in: c}}"},
      {"its own parent", "x.vocab.yaml", "data: {c: {in: c}}"},
      {"ten thousand levels", "x.vocab.yaml",
       [] {
         std::string text = "data:\n  n0: {}\n";
         for (int i = 1; i < 10'000; ++i) {
           text += "  n" + std::to_string(i) + ": {in: n" + std::to_string(i - 1) + "}\n";
         }
         return text;
       }()},
      {"too many nodes", "x.vocab.yaml",
       [] {
         std::string text = "partners:\n";
         for (std::size_t i = 0; i < limits::taxonomy_nodes; ++i) text += "  n" + std::to_string(i) + ":\n";
         return text;
       }()},
  };
  for (const Case& each : cases) {
    std::string errors;
    const double seconds = seconds_of([&] { errors = load_errors({{"a.vocab.yaml", small}, {each.path, each.text}}); });
    BOOST_TEST_MESSAGE(each.what << ": " << seconds << " s");
    BOOST_TEST_CONTEXT(each.what) {
      BOOST_TEST(errors.starts_with(each.path), errors.substr(0, 1000));
      BOOST_TEST(seconds < most_seconds());
    }
  }
}

// Each of them could be compared with each name there is.
BOOST_AUTO_TEST_CASE(names_that_are_not_there_without_end) {
  constexpr int many = 60'000;
  std::string vocabulary = "purposes: {p: {}}\npartners: {q: {}}\ndata:\n";
  std::string choices = "facts:\n  f: one of x";
  std::string names, values, rules;
  for (int i = 0; i < many; ++i) {
    const std::string number = std::to_string(i);
    vocabulary += "  node-" + number + ":\n";
    choices += ", value-" + number;
    names += (i == 0 ? "nodx-" : ", nodx-") + number;
    values += (i == 0 ? "valux-" : ", valux-") + number;
    rules += "rule r" + number + " deny nodx-" + number + " for p by q\n";
  }
  const std::string cases[] = {"rule r deny " + names + " for p by q",
                               "rule r deny any for any by any when data in {" + names + "}",
                               "rule r deny any for any by any when f in {" + values + "}", rules};
  for (const std::string& text : cases) {
    std::string errors;
    const double seconds =
        seconds_of([&] { errors = load_errors({{"a.vocab.yaml", vocabulary + choices}, {"b.zweck", text}}); });
    BOOST_TEST(errors.starts_with("b.zweck:1:"), errors.substr(0, 1000));
    BOOST_TEST(errors.size() < 100'000u);
    BOOST_TEST(seconds < 2 * most_seconds());
  }
}

BOOST_AUTO_TEST_CASE(rules_at_the_bound_and_one_past_it) {
  std::string rules;
  for (std::size_t i = 0; i < limits::rules; ++i) rules += "rule r" + std::to_string(i) + " deny a for p by q\n";
  BOOST_TEST(load_errors({{"a.vocab.yaml", small}, {"b.zweck", rules}}) == "");
  rules += "rule one-more deny a for p by q\n";
  BOOST_TEST(load_errors({{"a.vocab.yaml", small}, {"b.zweck", rules}}) ==
             "b.zweck:300001:6: more than 300000 rules in one policy set [invalid-vocabulary]\n");
}

BOOST_AUTO_TEST_SUITE_END()
