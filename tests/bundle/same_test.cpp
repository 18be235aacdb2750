// A bundle says what the directory says, and is the same to the byte wherever it is made.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "bundle/setup.hpp"

namespace zweck::test {

namespace {

Engine engine_of(const Files& files) {
  auto engine = Engine::from_texts(files);
  BOOST_REQUIRE(bool(engine));
  return *std::move(engine);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(same)

BOOST_AUTO_TEST_CASE(the_same_answers_and_reasons) {
  const Engine files = engine_of(small_files());
  const auto bundle = open(small_bundle());
  BOOST_REQUIRE(bool(bundle));
  BOOST_TEST(bundle->revision() == files.revision());
  for (const std::string& request : small_requests()) {
    BOOST_TEST(to_json(bundle->answer_json(request)) == to_json(files.answer_json(request)));
    const Explanation theirs = explain_json(*bundle, request), ours = explain_json(files, request);
    BOOST_TEST(to_text(theirs) == to_text(ours));
    BOOST_TEST(to_json(theirs) == to_json(ours));
  }
  BOOST_TEST(to_text(explain_json(*bundle, small_requests()[0])).find("s.zweck:3") != std::string::npos);
  BOOST_TEST(to_text(explain_json(*bundle, small_requests()[0])).find("Art. 6(1)(a)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_of_the_model_is_lost) {
  const LoadedSet set = load(small_files());
  const auto bundle = open(small_bundle());
  BOOST_REQUIRE(bool(bundle));
  const Model& read = bundle->program()->model();
  BOOST_TEST(dump(read) == dump(set.model));
  BOOST_TEST(canonical_text(read) == canonical_text(set.model));
  BOOST_REQUIRE(read.sources.size() == set.model.sources.size());
  for (std::uint32_t i = 0; i < read.sources.size(); ++i) {
    BOOST_TEST(read.sources[i].path == set.model.sources[i].path);
    BOOST_TEST(read.sources[i].text == set.model.sources[i].text);
  }
  const Node& node = read.vocabulary.taxonomies[0].nodes[2];
  BOOST_TEST(node.name == "personal");
  BOOST_TEST(bool(node.label == set.model.vocabulary.taxonomies[0].nodes[2].label));
  for (std::size_t i = 0; i < read.rules.size(); ++i) {
    const Rule &a = read.rules[i], &b = set.model.rules[i];
    BOOST_TEST(bool(a.benefit == b.benefit));
    BOOST_TEST(bool(a.because == b.because));
    BOOST_TEST(bool(a.node_spans == b.node_spans));
    for (const auto span : {&Rule::span, &Rule::name_span, &Rule::scope_span, &Rule::basis_span, &Rule::keep_span,
                            &Rule::from_span, &Rule::until_span, &Rule::when_span, &Rule::unless_span})
      BOOST_TEST(bool(a.*span == b.*span));
  }
  // And what is written of it again is the same.
  BOOST_TEST(bool(*write_bundle(read, compile(read, EngineOptions().part_terms)) == small_bundle()));
}

// An engine of files puts the rules away in the same form.
BOOST_AUTO_TEST_CASE(nothing_of_what_is_put_away_is_lost) {
  const LoadedSet set = load(small_files());
  const Engine engine = engine_of(small_files());
  BOOST_TEST(engine.program()->base().rules.empty());
  const Model& again = engine.program()->model();
  BOOST_TEST(dump(again) == dump(set.model));
  BOOST_TEST(bool(*write_bundle(again, engine.program()->index()) == small_bundle()));
}

BOOST_AUTO_TEST_CASE(the_same_bytes_every_time) {
  BOOST_TEST(bool(bundle_of(small_files()) == small_bundle()));
  Files turned = small_files();
  std::swap(turned[0], turned[1]);
  BOOST_TEST(bool(bundle_of(turned) == small_bundle()));
}

BOOST_AUTO_TEST_CASE(a_set_without_rules) {
  const Files files{{"only.vocab.yaml", "data: {a: {}}\npurposes: {b: {}}\npartners: {c: {}}\n"}};
  const auto bundle = open(bundle_of(files));
  BOOST_REQUIRE(bool(bundle));
  const std::string request = R"({"data":["a"],"purpose":"b","partner":"c","ledger":[],"at":"2026-01-01T00:00:00Z"})";
  BOOST_TEST(to_json(bundle->answer_json(request)) == to_json(engine_of(files).answer_json(request)));
}

BOOST_AUTO_TEST_CASE(a_set_without_a_vocabulary) {
  const Files files{{"only.zweck", "rule r allow any for any by any basis contract\n"}};
  const auto bundle = open(bundle_of(files));
  BOOST_REQUIRE(bool(bundle));
  BOOST_TEST(bundle->revision() == engine_of(files).revision());
}

// The rules are read by whoever first asks for them; the others wait.
BOOST_AUTO_TEST_CASE(first_asked_by_several_threads) {
  const auto bundle = open(small_bundle());
  BOOST_REQUIRE(bool(bundle));
  const std::string expected = to_text(explain_json(engine_of(small_files()), small_requests()[1]));
  std::array<std::string, 4> said;
  {
    std::vector<std::jthread> threads;
    for (std::string& text : said)
      threads.emplace_back([&] { text = to_text(explain_json(*bundle, small_requests()[1])); });
  }
  for (const std::string& text : said) BOOST_TEST(text == expected);
}

BOOST_AUTO_TEST_CASE(deciding_needs_no_rules_and_outlives_the_first_engine) {
  std::optional<Engine> copy;
  {
    const auto bundle = open(small_bundle());
    BOOST_REQUIRE(bool(bundle));
    copy = *bundle;
  }
  exercise(*copy);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
