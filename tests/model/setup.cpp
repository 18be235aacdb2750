#include "setup.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "model/vocabulary.hpp"

namespace zweck {

std::ostream& operator<<(std::ostream& out, Truth truth) {
  constexpr std::array<std::string_view, 3> names{"no", "unknown", "yes"};
  return out << names[static_cast<std::size_t>(truth)];
}

std::ostream& operator<<(std::ostream& out, Status status) { return out << name_of(status); }

}  // namespace zweck

namespace zweck::test {

namespace {

template <class T>
T checked(Result<T> result) {
  if (!result) BOOST_FAIL(shown(result.diagnostics()));
  return *std::move(result);
}

}  // namespace

Model model_of(const std::string& vocabulary, const std::string& rules) {
  return checked(load_texts({{"set.vocab.yaml", vocabulary}, {"set.zweck", rules}})).model;
}

Tree tree_of(const std::string& yaml) {
  Sources sources;
  sources.add({"test", yaml});
  return checked(read_yaml(sources, 0));
}

Tree json_tree(const std::string& json) { return checked(read_json(json)); }

Ledger ledger_of(const Model& model, const std::string& yaml) {
  Sources sources;
  sources.add({"ledger.yaml", yaml});
  return checked(read_ledger(model.vocabulary, checked(read_yaml(sources, 0)), sources));
}

std::vector<Value> facts_of(const Model& model, const std::string& yaml) {
  Sources sources;
  sources.add({"facts.yaml", yaml});
  std::vector<Value> facts;
  for (const Fact& fact : model.vocabulary.facts) facts.push_back(fact.fallback);
  for (const Tree& item : checked(read_yaml(sources, 0)).items) {
    const auto fact = model.vocabulary.find_fact(item.key);
    BOOST_TEST_REQUIRE(fact.has_value(), item.key);
    facts[*fact] = checked(read_value(model.vocabulary, model.vocabulary.facts[*fact].type, item, sources, item.key));
  }
  return facts;
}

Time time_of(std::string_view text) {
  const auto time = parse_time(text);
  BOOST_TEST_REQUIRE(time.has_value(), text);
  return *time;
}

Point point_of(const Model& model, std::string_view data, std::string_view purpose, std::string_view partner) {
  const auto find = [&](std::size_t dimension, std::string_view name) {
    const auto node = model.vocabulary.taxonomies[dimension].find(name);
    BOOST_TEST_REQUIRE(node.has_value(), name);
    return *node;
  };
  return {find(0, data), find(1, purpose), find(2, partner)};
}

std::string shown(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& each : diagnostics) {
    if (each.place.line > 0) {
      text += fmt::format("{}:{}:{}: ", each.place.file, each.place.line, each.place.column);
    } else if (!each.place.file.empty()) {
      text += each.place.file + ": ";
    }
    text += fmt::format("{} [{}]", each.message, each.check);
    if (!each.help.empty()) text += "; " + each.help;
    text += "\n";
  }
  return text;
}

std::string load_errors(std::vector<Source> files) {
  const auto loaded = load_texts(std::move(files));
  return loaded ? "" : shown(loaded.diagnostics());
}

const char* const reference_vocabulary = R"(
data:
  personal:          {label: {en: Personal data, de: Personenbezogene Daten}}
  address:           {in: personal}
  purchases:         {in: personal}
  body-measurements: {in: personal, volunteered: true}
  wardrobe:          {in: personal, volunteered: true}
  style-profile:     {in: personal, derived-from: [wardrobe, purchases]}
  health:            {in: personal, special: true, separate: true}
purposes:
  service:           {}
  delivery:          {in: service}
  recommendation:    {in: service}
  advertising:       {separate: true}
partners:
  shop:              {first-party: true, country: germany}
  carriers:          {}
  dhl:               {in: carriers, country: germany}
  ad-network:        {since: 2026-05-01, country: us, consent-purposes: [advertising]}
taxonomies:
  region:
    eea:             {}
    germany:         {in: eea}
    us:              {}
attributes:
  partner:
    country: region
    consent-purposes: set of purpose = {}
facts:
  age: int 0..150
  channel: one of web, app, store
  region: region
  logged-in: bool
notices:
  fit-advice: {version: 2, label: {en: How fit advice uses your data}}
obligations: [pseudonymise, log]
)";

}  // namespace zweck::test
