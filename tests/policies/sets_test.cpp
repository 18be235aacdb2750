// Every set of policies/ loads, is complete in both languages, and its tests say what is so.
#include "policies/sets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <set>

#include "analysis/assertions.hpp"
#include "testing/testing.hpp"
#include "zweck/engine.hpp"

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(sets)

BOOST_AUTO_TEST_CASE(those_that_are_promised_are_there) {
  const auto names = policies::names();
  for (const std::string name : {"newsletter", "shop", "shop-opt-out", "tcf"}) {
    BOOST_TEST(std::count(names.begin(), names.end(), name) == 1, name);
  }
}

BOOST_DATA_TEST_CASE(each_has_a_page_assertions_and_tests, data::make(policies::names()), name) {
  const auto set = policies::load(name);
  BOOST_TEST(std::filesystem::exists(set.directory / "README.md"));
  BOOST_TEST(!set.loaded.model.assertions.empty());
  BOOST_TEST(!set.tests.empty());
}

BOOST_DATA_TEST_CASE(its_page_counts_right, data::make({"newsletter", "shop"}), name) {
  const auto set = policies::load(name);
  const auto& model = set.loaded.model;
  const auto leaves = [&](std::size_t dimension) { return model.vocabulary.taxonomies[dimension].leaves().size(); };
  auto page = *zweck::read_file(set.directory / "README.md", "README.md");
  std::replace(page.begin(), page.end(), '\n', ' ');
  const auto counts = fmt::format("{} kinds of data, {} purposes, {} partners, {} rules", leaves(0), leaves(1),
                                  leaves(2), model.rules.size());
  BOOST_TEST((page.find(counts) != std::string::npos), fmt::format("{} does not say: {}", name, counts));
}

BOOST_DATA_TEST_CASE(its_tests_hold_by_the_definition, data::make(policies::names()), name) {
  const auto set = policies::load(name);
  for (const auto& test : set.tests) {
    const auto difference = policies::difference(test, policies::answer(set.loaded.model, test.request));
    BOOST_TEST(difference.empty(), fmt::format("{}/{}: {}: {}", name, test.file, test.name, difference));
  }
}

BOOST_DATA_TEST_CASE(its_tests_hold_by_the_engine, data::make(policies::names()), name) {
  const auto set = policies::load(name);
  const auto engine = zweck::Engine::load(set.directory);
  BOOST_REQUIRE(engine);
  for (const auto& test : set.tests) {
    const auto request = zweck::to_json(set.loaded.model.vocabulary, test.request);
    const auto difference = policies::difference(test, engine->answer_json(request));
    BOOST_TEST(difference.empty(), fmt::format("{}/{}: {}: {}", name, test.file, test.name, difference));
  }
}

BOOST_DATA_TEST_CASE(its_promises_hold, data::make({"newsletter", "shop", "tcf"}), name) {
  const auto set = policies::load(name);
  for (const auto& result : zweck::decide_assertions(set.loaded.model)) {
    const auto& assertion = set.loaded.model.assertions[result.assertion];
    BOOST_TEST(
        (result.outcome == zweck::AssertionResult::Outcome::holds && !result.vacuous),
        fmt::format("{}: {} {}", name, assertion.name,
                    result.counterexample ? zweck::to_json(set.loaded.model.vocabulary, *result.counterexample)
                                          : std::string(result.vacuous ? "speaks of nothing" : "is not decided")));
  }
}

BOOST_AUTO_TEST_CASE(the_shop_that_does_not_ask_is_caught) {
  const auto set = policies::load("shop-opt-out");
  const auto results = zweck::decide_assertions(set.loaded.model);
  BOOST_REQUIRE(results.size() == 1);
  BOOST_TEST((results[0].outcome == zweck::AssertionResult::Outcome::fails));
  BOOST_REQUIRE(results[0].counterexample);
  // Somebody who was told something and said nothing: no consent and no objection in the ledger.
  BOOST_REQUIRE(results[0].counterexample->ledger);
  for (const auto& event : *results[0].counterexample->ledger) {
    BOOST_TEST((event.kind == zweck::Event::Kind::shown));
  }
  BOOST_TEST(policies::answer(set.loaded.model, *results[0].counterexample).allowed());
}

BOOST_DATA_TEST_CASE(its_tests_have_names_of_their_own, data::make(policies::names()), name) {
  std::set<std::string> seen;
  for (const auto& test : policies::load(name).tests) {
    BOOST_TEST(seen.insert(test.name).second, fmt::format("{}: `{}` twice", name, test.name));
  }
}

// Every rule decides some test, and every part of its conditions is true in one and false in another.
BOOST_DATA_TEST_CASE(its_tests_cover_everything, data::make({"newsletter", "shop", "tcf"}), name) {
  const auto set = policies::load(name);
  const auto& model = set.loaded.model;
  const auto engine = zweck::Engine::load(set.directory);
  BOOST_REQUIRE(engine);
  const auto tests = zweck::testing::read_tests(model, set.directory, set.loaded.test_files);
  BOOST_REQUIRE(tests);
  const auto results = zweck::testing::run_tests(engine->program(), *tests);
  BOOST_TEST(results.size() == set.tests.size());
  for (const auto& result : results) {
    BOOST_TEST(result.passed(),
               fmt::format("{}: {}: {}", name, result.test->name, fmt::join(result.differences, "; ")));
  }
  const auto coverage = zweck::testing::coverage_of(model, results);
  BOOST_TEST(coverage.rules_total == model.rules.size());
  for (const auto& missed : coverage.missed_rules)
    BOOST_ERROR(fmt::format("{}: no test decides by `{}`", name, missed.rule));
  for (const auto& missed : coverage.missed_outcomes)
    BOOST_ERROR(fmt::format("{}: `{}`: {}", name, missed.rule, missed.what));
}

BOOST_DATA_TEST_CASE(everything_is_labelled_in_english_and_german, data::make(policies::names()), name) {
  const auto set = policies::load(name);
  const auto& vocabulary = set.loaded.model.vocabulary;
  const auto has = [](const zweck::Labels& labels, std::string_view language) {
    return std::any_of(labels.begin(), labels.end(),
                       [&](const auto& label) { return label.first == language && !label.second.empty(); });
  };
  for (const auto& taxonomy : vocabulary.taxonomies) {
    for (const auto& node : taxonomy.nodes) {
      BOOST_TEST((has(node.label, "en") && has(node.label, "de")), fmt::format("{}: {}", name, node.name));
    }
  }
  for (const auto& notice : vocabulary.notices) {
    BOOST_TEST((has(notice.label, "en") && has(notice.label, "de")), fmt::format("{}: {}", name, notice.name));
  }
  for (const auto& rule : set.loaded.model.rules) {
    BOOST_TEST(!rule.title.empty(), fmt::format("{}: {} has no title", name, rule.name));
    BOOST_TEST(has(rule.benefit, "") == has(rule.benefit, "de"), fmt::format("{}: benefit of {}", name, rule.name));
  }
  for (const auto& assertion : set.loaded.model.assertions) {
    BOOST_TEST(!assertion.title.empty(), fmt::format("{}: {} has no title", name, assertion.name));
  }
}

BOOST_AUTO_TEST_SUITE_END()
