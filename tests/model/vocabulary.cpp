#include "model/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <ctime>

#include "model/dump.hpp"
#include "setup.hpp"
#include "text/limits.hpp"
#include "vocabulary_setup.hpp"

using namespace zweck;
using namespace zweck::test;

namespace {

#ifndef NDEBUG
constexpr std::clock_t soon = 15 * CLOCKS_PER_SEC;  // with room for sanitizers, and for code that is not optimised
#else
constexpr std::clock_t soon = 5 * CLOCKS_PER_SEC;  // a second, with room for a busy machine
#endif

std::string names(const Taxonomy& taxonomy, std::span<const NodeId> nodes) {
  std::string text;
  for (const NodeId node : nodes) text += (text.empty() ? "" : " ") + taxonomy.nodes[node].name;
  return text;
}

std::string names(const Taxonomy& taxonomy, const std::vector<NodeId>& nodes) {
  return names(taxonomy, std::span<const NodeId>(nodes));
}

// The attribute's value at each node: "a=1 b=missing".
std::string values(const Vocabulary& vocabulary, Dimension dimension, std::string_view attribute) {
  const auto index = vocabulary.find_attribute(dimension, attribute);
  BOOST_REQUIRE(index);
  const Attribute& found = vocabulary.attributes[static_cast<std::size_t>(dimension)][*index];
  const Taxonomy& taxonomy = vocabulary.of(dimension);
  std::string text;
  for (NodeId node = 0; node < taxonomy.nodes.size(); ++node) {
    text += (text.empty() ? "" : " ") + taxonomy.nodes[node].name + "=" +
            to_string(vocabulary, found.type, found.values[node]);
  }
  return text;
}

std::string repeated(std::size_t count, const std::string& before, const auto& item, const std::string& after = "") {
  std::string text = before;
  for (std::size_t i = 0; i < count; ++i) text += item(i);
  return text + after;
}

// The first error alone, without its place.
std::string first_error(const std::string& text) {
  const std::string all = errors(text);
  const std::size_t begin = all.find(": ");
  return begin == std::string::npos ? all : all.substr(begin + 2, all.find('\n', 1) - begin - 2);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vocabulary)

BOOST_AUTO_TEST_CASE(the_vocabulary_of_the_reference) {
  const Vocabulary v = vocabulary_of(reference_vocabulary);
  const Taxonomy& data = v.of(Dimension::data);
  BOOST_TEST(names(data, data.leaves()) == "address body-measurements health purchases style-profile wardrobe");
  BOOST_TEST(names(data, data.above(*data.find("wardrobe"))) == "personal wardrobe");
  BOOST_TEST(names(data, data.sources(*data.find("style-profile"))) == "purchases wardrobe");
  BOOST_TEST(names(data, data.sources(*data.find("wardrobe"))) == "");
  BOOST_TEST(values(v, Dimension::partner, "country") == "ad-network=us carriers=missing dhl=germany shop=germany");
  BOOST_TEST(values(v, Dimension::partner, "consent-purposes") ==
             "ad-network={advertising} carriers={} dhl={} shop={}");
  BOOST_TEST(to_string(v, v.facts[*v.find_fact("channel")].type) == "one of web, app, store");
  BOOST_TEST(v.notices[*v.find_notice("fit-advice")].version == 2);
  BOOST_TEST(v.obligations[*v.find_obligation("log")].name == "log");
  BOOST_TEST(is_special(v, *data.find("health")));
  BOOST_TEST(!is_special(v, *data.find("wardrobe")));
}

BOOST_AUTO_TEST_CASE(nothing_at_all_is_a_vocabulary) {
  const Vocabulary v = vocabulary_of("");
  BOOST_TEST(v.taxonomies.size() == 3);
  BOOST_TEST(v.of(Dimension::partner).nodes.empty());
  BOOST_TEST(v.of(Dimension::partner).leaves().empty());
  BOOST_TEST(errors("{}") == "");
  BOOST_TEST(errors("data: {}\nobligations: []\nattributes: {}\ntaxonomies: {}\n") == "");
}

BOOST_AUTO_TEST_CASE(sections_of_several_files_are_joined_in_any_order) {
  const Source a{
      "a",
      "data: {x: {in: y}}\nattributes: {data: {n: int}}\ntaxonomies: {region: {de: {in: eu}}}\nobligations: [log]"};
  const Source b{
      "b",
      "data: {y: {n: 3}}\nattributes: {data: {m: region = de}}\ntaxonomies: {region: {eu: {}}}\nfacts: {f: region}"};
  const std::string there = dump(vocabulary_of({a, b}));
  BOOST_TEST(there == dump(vocabulary_of({b, a})));
  BOOST_TEST(there.find("log") != std::string::npos);
  BOOST_TEST(values(vocabulary_of({b, a}), Dimension::data, "n") == "x=3 y=3");
}

BOOST_AUTO_TEST_CASE(a_name_defined_in_two_files_shows_both_places) {
  BOOST_TEST(
      rendered_errors({{"b.vocab.yaml", "data:\n  y: {}\n  x: {}\n"}, {"a.vocab.yaml", "data:\n  \"x\": {}\n"}}) ==
      "b.vocab.yaml:3:3: error: data node `x` is defined twice [duplicate-name]\n"
      "  3 |   x: {}\n"
      "    |   ^\n"
      "  help: give one of the two another name\n"
      "a.vocab.yaml:2:3: note: it is defined here first\n"
      "  2 |   \"x\": {}\n"
      "    |   ^~~\n");
  const std::string all = rendered_errors(
      {{"a",
        "purposes: {p: {}}\npartners: {p: {}}\nfacts: {p: int}\nnotices: {p: {version: 1}}\nobligations: [p]\n"
        "taxonomies: {t: {p: {}}}\nattributes: {data: {p: int}}"},
       {"b",
        "purposes: {p: {}}\npartners: {p: {}}\nfacts: {p: int}\nnotices: {p: {version: 1}}\nobligations: [p]\n"
        "taxonomies: {t: {p: {}}}\nattributes: {data: {p: int}}"}});
  for (const char* kind : {"purpose `p`", "partner `p`", "fact `p`", "notice `p`", "obligation `p`", "node of `t` `p`",
                           "attribute of `data` `p`"})
    BOOST_TEST(all.find(fmt::format("error: {} is defined twice", kind)) != std::string::npos, kind << all);
}

BOOST_AUTO_TEST_CASE(the_same_name_as_different_kinds_of_things) {
  BOOST_TEST(errors("data: {x: {}}\npurposes: {x: {}}\npartners: {x: {}}\nfacts: {x: int}\nnotices: {x: {version: 1}}\n"
                    "obligations: [x]\ntaxonomies: {x: {x: {}}}\nattributes: {data: {x: int}, purpose: {x: int}}") ==
             "");
}

BOOST_AUTO_TEST_CASE(labels_descriptions_deprecation) {
  const Vocabulary v = vocabulary_of(
      "data:\n"
      "  a: {label: Text, description: {en: E, de: D}, deprecated: true}\n"
      "  b: {deprecated: use `a`}\n"
      "  c: {deprecated: false, label: 42}\n"
      "notices: {n: {version: 3, label: {no: norsk}, description: d, url: https://x.example/}}\n");
  const auto& nodes = v.of(Dimension::data).nodes;
  BOOST_TEST((nodes[0].label == Labels{{"", "Text"}}));
  BOOST_TEST((nodes[0].description == Labels{{"de", "D"}, {"en", "E"}}));
  BOOST_TEST((nodes[0].deprecated == std::optional<std::string>("")));
  BOOST_TEST((nodes[1].deprecated == std::optional<std::string>("use `a`")));
  BOOST_TEST((nodes[2].deprecated == std::nullopt));
  BOOST_TEST((nodes[2].label == Labels{{"", "42"}}));
  BOOST_TEST((v.notices[0].label == Labels{{"no", "norsk"}}));
  BOOST_TEST(v.notices[0].url == "https://x.example/");
}

BOOST_AUTO_TEST_CASE(any_text_can_be_a_name) {
  const Vocabulary v = vocabulary_of(
      "data: {\"Acme & Söhne\": {}, no: {}, 1st: {in: \"Acme & Söhne\"}, data.x: {}, when: {}, x-: {}, ' a ': {}}");
  BOOST_TEST(names(v.taxonomies[0], v.taxonomies[0].topological()) == " a  Acme & Söhne data.x no when x- 1st");
  BOOST_TEST(v.taxonomies[0].find("1st").has_value());
  BOOST_TEST(!v.taxonomies[0].find("1s").has_value());
  BOOST_TEST(!v.taxonomies[0].find("zzz").has_value());
}

BOOST_AUTO_TEST_CASE(several_parents) {
  const Vocabulary v =
      vocabulary_of("data: {top: {}, l: {in: top}, r: {in: top}, b: {in: [l, r]}, c: {in: b}, alone: {}}");
  const Taxonomy& data = v.of(Dimension::data);
  BOOST_TEST(names(data, data.above(*data.find("c"))) == "b c l r top");
  BOOST_TEST(names(data, data.leaves_below(*data.find("top"))) == "c");
  BOOST_TEST(names(data, data.leaves_below(*data.find("c"))) == "c");
  BOOST_TEST(names(data, data.leaves()) == "alone c");
  BOOST_TEST(data.at_or_below(*data.find("c"), *data.find("r")));
  BOOST_TEST(data.at_or_below(*data.find("c"), *data.find("c")));
  BOOST_TEST(!data.at_or_below(*data.find("r"), *data.find("c")));
  BOOST_TEST(!data.at_or_below(*data.find("alone"), *data.find("top")));
  const auto& order = data.topological();
  const auto position = [&](std::string_view name) { return std::find(order.begin(), order.end(), *data.find(name)); };
  BOOST_TEST((position("top") < position("l") && position("l") < position("b") && position("r") < position("b")));
}

BOOST_AUTO_TEST_CASE(sources_of_derived_data) {
  const Vocabulary v = vocabulary_of(
      "data:\n"
      "  raw: {}\n"
      "  a: {in: raw}\n"
      "  b: {in: raw}\n"
      "  profile: {derived-from: raw}\n"     // a group as a source: its leaves
      "  profiles: {derived-from: extra}\n"  // said of a group: so for all below it
      "  p1: {in: profiles, derived-from: profile}\n"
      "  p2: {in: profiles}\n"
      "  extra: {}\n");
  const Taxonomy& data = v.of(Dimension::data);
  BOOST_TEST(names(data, data.sources(*data.find("profile"))) == "a b");
  BOOST_TEST(names(data, data.sources(*data.find("p1"))) == "a b extra profile");
  BOOST_TEST(names(data, data.sources(*data.find("p2"))) == "extra");
  BOOST_TEST(names(data, data.sources(*data.find("a"))) == "");
  BOOST_TEST(names(data, data.sources(*data.find("profiles"))) == "");
}

BOOST_AUTO_TEST_CASE(inheritance_of_attributes) {
  const Vocabulary v = vocabulary_of(
      "attributes: {partner: {tier: int, rank: int 0..9 = 5, tags: \"set of string = {}\"}}\n"
      "partners:\n"
      "  a: {tier: 1, tags: [x, y]}\n"
      "  b: {}\n"
      "  c: {in: [a, b]}\n"  // a parent without a value has no say
      "  d: {tier: 1, tags: [y, x]}\n"
      "  e: {in: [a, d]}\n"  // parents that agree
      "  f: {in: [a, g]}\n"
      "  g: {in: h}\n"
      "  h: {}\n"
      "  i: {in: c, tier: 7, rank: 0}\n"  // its own value
      "  j: {in: i}\n");
  BOOST_TEST(values(v, Dimension::partner, "tier") == "a=1 b=missing c=1 d=1 e=1 f=1 g=missing h=missing i=7 j=7");
  BOOST_TEST(values(v, Dimension::partner, "rank") == "a=5 b=5 c=5 d=5 e=5 f=5 g=5 h=5 i=0 j=0");
  BOOST_TEST(values(v, Dimension::partner, "tags") ==
             "a={\"x\", \"y\"} b={} c={\"x\", \"y\"} d={\"x\", \"y\"} e={\"x\", \"y\"} f={\"x\", \"y\"} g={} h={} "
             "i={\"x\", \"y\"} j={\"x\", \"y\"}");
}

BOOST_AUTO_TEST_CASE(a_default_is_no_value_that_could_disagree) {
  const Vocabulary v = vocabulary_of(
      "attributes: {data: {n: int = 0}}\n"
      "data: {a: {n: 1}, b: {}, c: {in: [a, b]}, d: {in: b}}");
  BOOST_TEST(values(v, Dimension::data, "n") == "a=1 b=0 c=1 d=0");
}

BOOST_AUTO_TEST_CASE(built_in_attributes_are_inherited_and_can_be_taken_back) {
  const Vocabulary v = vocabulary_of(
      "data: {a: {special: true, volunteered: true}, b: {in: a}, c: {in: a, special: false}, d: {in: c}}\n"
      "partners: {us: {first-party: true}, shop: {in: us}}\n");
  BOOST_TEST(values(v, Dimension::data, "special") == "a=true b=true c=false d=false");
  BOOST_TEST(values(v, Dimension::data, "volunteered") == "a=true b=true c=true d=true");
  BOOST_TEST(values(v, Dimension::partner, "first-party") == "shop=true us=true");
  BOOST_TEST(*v.find_attribute(Dimension::data, "special") == attribute_special);
  BOOST_TEST(*v.find_attribute(Dimension::data, "volunteered") == attribute_volunteered);
  BOOST_TEST(*v.find_attribute(Dimension::partner, "first-party") == attribute_first_party);
  BOOST_TEST(!v.find_attribute(Dimension::purpose, "special"));
}

BOOST_AUTO_TEST_CASE(parents_that_disagree) {
  BOOST_TEST(rendered_errors({{"v",
                               "attributes: {partner: {tier: int}}\n"
                               "partners:\n"
                               "  a: {tier: 1}\n"
                               "  b: {tier: 2}\n"
                               "  via: {in: b}\n"
                               "  c: {in: [a, via]}\n"
                               "  d: {in: [a, via], tier: 3}\n"
                               "  e: {in: c}\n"
                               "  f: {in: [c, b]}\n"}}) ==
             "v:6:3: error: the parents of `c` disagree about `tier` [invalid-vocabulary]\n"
             "  6 |   c: {in: [a, via]}\n"
             "    |   ^\n"
             "  help: give `c` a value of its own\n"
             "v:3:13: note: `1` by way of `a`\n"
             "  3 |   a: {tier: 1}\n"
             "    |             ^\n"
             "v:4:13: note: `2` by way of `via`\n"
             "  4 |   b: {tier: 2}\n"
             "    |             ^\n");
}

BOOST_AUTO_TEST_CASE(parents_that_disagree_about_much_without_end) {
  constexpr std::size_t many = 30'000;
  const auto list = [](std::size_t count) {
    return repeated(count, "    uses:\n", [](std::size_t i) { return fmt::format("    - p{}\n", i); });
  };
  const std::string text =
      repeated(many, "purposes:\n", [](std::size_t i) { return fmt::format("  p{}:\n", i); }) +
      "attributes: {partner: {uses: set of purpose}}\npartners:\n  x:\n" + list(many) + "  y:\n" + list(many - 1) +
      repeated(many, "", [](std::size_t i) { return fmt::format("  n{}: {{in: [x, y]}}\n", i); });
  const std::clock_t begin = std::clock();
  const std::string all = rendered_errors({{"v", text}});
  BOOST_TEST((std::clock() - begin < soon));
  BOOST_TEST(all.find("note: `{p0, p1, p10, p100, p1000, p10000, p10001, p10002}` and 29992 more by way of `x`\n") !=
             std::string::npos);
  BOOST_TEST(all.find("and 29801 more errors [invalid-vocabulary]\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(types_and_values_come_back_as_written) {
  const Vocabulary v = vocabulary_of(
      "purposes: {p: {}}\n"
      "taxonomies: {\"my region\": {de: {}, \"New York\": {}}}\n"
      "facts:\n"
      "  a: bool = true\n"
      "  b: int\n"
      "  c: int -5..7 = -3\n"
      "  d: string = \"two \\\"words\\\"\"\n"
      "  e: date = 2026-06-01\n"
      "  f: duration = 36 hours\n"
      "  g: one of web, \"in the shop\", app = \"in the shop\"\n"
      "  h: \"\\\"my region\\\" = de\"\n"
      "  i: set of string = {x, \"y, z\"}\n"
      "  j: set of one of a, b = {}\n"
      "  k: set of \"my region\" = { \"New York\" , de }\n"
      "  l: 'set   of  purpose'\n"
      "  m: int -9223372036854775808..9223372036854775807\n"
      "  n: int 3..3\n"
      "  o: string = plain\n");
  std::string all;
  for (const Fact& fact : v.facts)
    all += fact.name + ": " + to_string(v, fact.type) + " = " + to_string(v, fact.type, fact.fallback) + "\n";
  BOOST_TEST(all ==
             "a: bool = true\n"
             "b: int = missing\n"
             "c: int -5..7 = -3\n"
             "d: string = \"two \\\"words\\\"\"\n"
             "e: date = 2026-06-01\n"
             "f: duration = 36 hours\n"
             "g: one of web, \"in the shop\", app = \"in the shop\"\n"
             "h: \"my region\" = de\n"
             "i: set of string = {\"x\", \"y, z\"}\n"
             "j: set of one of a, b = {}\n"
             "k: set of \"my region\" = {\"New York\", de}\n"
             "l: set of purpose = missing\n"
             "m: int = missing\n"
             "n: int 3..3 = missing\n"
             "o: string = \"plain\"\n");
}

BOOST_AUTO_TEST_CASE(values_of_requests) {
  const Vocabulary v = vocabulary_of("facts: {s: string = known, b: bool, n: int, t: set of string}");
  const auto read = [&](std::string_view fact, const Tree& tree) {
    const Type& type = v.facts[*v.find_fact(fact)].type;
    const auto value = read_value(v, type, tree, Sources{}, fmt::format("fact `{}`", fact));
    return value ? to_string(v, type, *value) : shown(value.diagnostics());
  };
  BOOST_TEST(read("s", json_tree("\"known\"")) == "\"known\"");
  BOOST_TEST(read("s", json_tree("\"never heard of\"")) == "another text");
  BOOST_TEST(read("t", json_tree("[\"never heard of\", \"known\", \"nor of\"]")) == "{\"known\", another text}");
  BOOST_TEST(read("n", json_tree("7")) == "7");
  BOOST_TEST(read("n", json_tree("-0")) == "0");
  BOOST_TEST(read("s", json_tree("7")) == "fact `s` takes `string`, not `7` [type-mismatch]; put it in quotes\n");
  BOOST_TEST(read("n", json_tree("\"7\"")) ==
             "fact `n` takes `int`, not the text `7` [type-mismatch]; write it without quotes\n");
  BOOST_TEST(read("n", json_tree("7.0")) == "fact `n` takes `int`, not `7.0` [type-mismatch]\n");
  BOOST_TEST(read("n", json_tree("1e3")) == "fact `n` takes `int`, not `1e3` [type-mismatch]\n");
  BOOST_TEST(read("b", json_tree("\"true\"")) ==
             "fact `b` takes `true` or `false`, not the text `true` [type-mismatch]; write it without quotes\n");
  BOOST_TEST(read("b", json_tree("null")) == "fact `b` takes one value, not `null` [type-mismatch]; it is `bool`\n");
  BOOST_TEST(read("t", json_tree("\"x\"")) == "fact `t` takes a list, not the text `x` [type-mismatch]; write `[x]`\n");
  BOOST_TEST(read("t", json_tree("[null]")) ==
             "fact `t` takes one value, not `null` [type-mismatch]; it is `string`\n");
}

// Each of them could be compared with each name there is.
BOOST_AUTO_TEST_CASE(values_that_are_not_there_without_end) {
  const Vocabulary v = vocabulary_of(
      repeated(60'000, "facts: {f: set of data}\ndata:\n", [](std::size_t i) { return fmt::format("  n{}:\n", i); }));
  const auto tree =
      read_json(repeated(100'000, "[", [](std::size_t i) { return fmt::format("\"m{}\",", i); }, "\"m\"]"));
  BOOST_TEST_REQUIRE(static_cast<bool>(tree));
  const std::clock_t begin = std::clock();
  BOOST_TEST(!read_value(v, v.facts[0].type, *tree, Sources(), "`f`"));
  BOOST_TEST((std::clock() - begin < soon));
}

BOOST_AUTO_TEST_CASE(a_type_that_cannot_be_read_is_no_fault_of_the_nodes) {
  BOOST_TEST(errors("attributes: {data: {n: nonsense}}\ndata: {a: {n: 3}}") ==
             "\nv:1:24: there is no type `nonsense` [unknown-name]; a type is `bool`, `int`, `int 0..150`, `string`, "
             "`date`, `duration`, `one of a, b`, a taxonomy, or `set of` one\n");
}

BOOST_AUTO_TEST_CASE(all_errors_are_shown_up_to_a_bound) {
  const std::string text =
      repeated(500, "data:\n", [](std::size_t i) { return fmt::format("  n{}: {{in: nowhere}}\n", i); });
  const std::string all = errors(text);
  BOOST_TEST(static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n')) == limits::diagnostics + 1);
  BOOST_TEST(all.ends_with("and 301 more errors [unknown-name]\n"));
}

// Each of them could be compared with each name there is.
BOOST_AUTO_TEST_CASE(parents_that_are_not_there_without_end) {
  const std::string text =
      repeated(60'000, "data:\n", [](std::size_t i) { return fmt::format("  n{}: {{in: m{}}}\n", i, i); });
  const std::clock_t begin = std::clock();
  BOOST_TEST(errors(text).ends_with("and 59801 more errors [unknown-name]\n"));
  BOOST_TEST((std::clock() - begin < soon));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(vocabulary_limits)

BOOST_AUTO_TEST_CASE(nodes_at_the_bound_and_one_past_it) {
  const auto nodes = [](std::size_t count) {
    return repeated(count, "data:\n", [](std::size_t i) { return fmt::format("  n{}:\n", i); });
  };
  const std::clock_t begin = std::clock();
  BOOST_TEST(vocabulary_of(nodes(limits::taxonomy_nodes)).of(Dimension::data).leaves().size() ==
             limits::taxonomy_nodes);
  BOOST_TEST(first_error(nodes(limits::taxonomy_nodes + 1)) == "more than 65535 data nodes [invalid-vocabulary]");
  BOOST_TEST((std::clock() - begin < soon));
}

BOOST_AUTO_TEST_CASE(levels_at_the_bound_and_far_past_it) {
  const auto chain = [](std::size_t levels) {
    return repeated(levels - 1, "purposes:\n  n0: {}\n",
                    [](std::size_t i) { return fmt::format("  n{}: {{in: n{}}}\n", i + 1, i); });
  };
  BOOST_TEST(vocabulary_of(chain(limits::taxonomy_levels)).of(Dimension::purpose).leaves().size() == 1);
  BOOST_TEST(errors(chain(limits::taxonomy_levels + 1)) ==
             "\nv:130:3: purpose `n128` stands more than 128 levels deep [invalid-vocabulary]\n");
  BOOST_TEST(errors(chain(10'000)) ==
             "\nv:130:3: purpose `n128` stands more than 128 levels deep [invalid-vocabulary]\n");
}

BOOST_AUTO_TEST_CASE(a_cycle_of_any_length) {
  const std::string text = repeated(
      10'000, "data:\n", [](std::size_t i) { return fmt::format("  n{:04}: {{in: n{:04}}}\n", i, (i + 1) % 10'000); });
  BOOST_TEST(
      errors(text) ==
      "\nv:2:15: a cycle: `n0000` in `n0001` in `n0002` in `n0003` in `n0004` in `n0005` in `n0006` in `n0007` in "
      "`n0008` in `n0009` in `n0010` in `n0011` in `n0012` and so on, 10000 steps back to `n0000` "
      "[cyclic-hierarchy]; one of these parents must go\n");
}

BOOST_AUTO_TEST_CASE(parents_at_the_bound_and_one_past_it) {
  const auto child_of = [](std::size_t parents) {
    return repeated(parents, "data:\n", [](std::size_t i) { return fmt::format("  n{}:\n", i); }) +
           repeated(
               parents, "  child: {in: [", [](std::size_t i) { return fmt::format("n{}, ", i); }, "]}\n");
  };
  BOOST_TEST(vocabulary_of(child_of(limits::node_parents)).of(Dimension::data).leaves().size() == 1);
  BOOST_TEST(first_error(child_of(limits::node_parents + 1)) == "`in` has more than 64 names [invalid-vocabulary]");
}

BOOST_AUTO_TEST_CASE(a_hierarchy_too_dense_to_be_closed) {
  // 127 levels of 500 nodes, each in 64 nodes of the level above: 32 million pairs.
  std::string text = "data:\n";
  for (int level = 0; level < 127; ++level) {
    for (int i = 0; i < 500; ++i) {
      text += fmt::format("  l{}n{}: {{", level, i);
      if (level > 0) text += "in: [";
      for (int parent = 0; level > 0 && parent < 64; parent += 21)
        text += fmt::format("l{}n{},", level - 1, (i * 7 + parent) % 500);
      text += level > 0 ? "]}\n" : "}\n";
    }
  }
  const std::clock_t begin = std::clock();
  BOOST_TEST(
      first_error(text) ==
      "the hierarchy of `data` has more than 4194304 pairs of nodes one above the other, or of data and its sources "
      "[invalid-vocabulary]");
  BOOST_TEST((std::clock() - begin < soon));
}

// Each node is reached by many ways, each of which has to be looked at.
BOOST_AUTO_TEST_CASE(many_ways_to_the_same_nodes) {
  const auto chain = [](std::size_t count, std::size_t ways, const char* key) {
    return repeated(count, "data:\n", [&](std::size_t i) {
      std::string text = fmt::format("  n{}:", i);
      for (std::size_t back = 1; back <= std::min(i, ways); ++back)
        text += fmt::format("{}n{}", back == 1 ? fmt::format(" {{{}: [", key) : ", ", i - back);
      return text + (i == 0 ? "\n" : "]}\n");
    });
  };
  const std::clock_t begin = std::clock();
  BOOST_TEST(
      first_error(chain(5'000, 60, "derived-from")).starts_with("the hierarchy of `data` has more than 4194304 pairs"));
  BOOST_TEST(errors(chain(limits::taxonomy_levels, limits::node_parents, "in")) == "");
  BOOST_TEST((std::clock() - begin < soon));
}

BOOST_AUTO_TEST_CASE(sources_too_many_to_be_followed) {
  const std::string text = repeated(5'000, "data:\n  from: {}\n  to: {derived-from: from}\n", [](std::size_t i) {
    return fmt::format("  f{}: {{in: from}}\n  t{}: {{in: to}}\n", i, i);
  });
  BOOST_TEST(first_error(text).starts_with("the hierarchy of `data` has more than 4194304 pairs"));
}

BOOST_AUTO_TEST_CASE(values_of_attributes_over_all_nodes) {
  const auto inherited = [](std::size_t members, std::size_t nodes) {
    return repeated(members, "purposes:\n", [](std::size_t i) { return fmt::format("  p{}:\n", i); }) +
           repeated(members, "attributes: {partner: {uses: set of purpose}}\npartners:\n  top:\n    uses:\n",
                    [](std::size_t i) { return fmt::format("    - p{}\n", i); }) +
           repeated(nodes, "", [](std::size_t i) { return fmt::format("  n{}: {{in: top}}\n", i); });
  };
  // A set of 2047 members, inherited 2047 times, makes 2048 * 2048 values.
  BOOST_TEST(errors(inherited(2'047, 2'047)) == "");
  BOOST_TEST(first_error(inherited(2'047, 2'048)) ==
             "attribute `uses` has more than 4194304 values over all nodes "
             "[invalid-vocabulary]; sets are inherited by every node below: "
             "state them lower down, or name groups in them");
}

BOOST_AUTO_TEST_CASE(numbers_of_things_at_the_bound_and_one_past_it) {
  const auto many = [](std::size_t count, const std::string& before, const std::string& after) {
    return repeated(count, before, [&](std::size_t i) { return fmt::format("  x{}{}\n", i, after); });
  };
  const auto check = [](const auto& text, std::size_t most, const std::string& error) {
    BOOST_TEST(errors(text(most)) == "");
    BOOST_TEST(first_error(text(most + 1)) == error + " [invalid-vocabulary]");
  };
  check([&](std::size_t n) { return many(n, "facts:\n", ": int"); }, limits::facts, "more than 1000 facts");
  check([&](std::size_t n) { return many(n, "notices:\n", ": {version: 1}"); }, limits::notices,
        "more than 10000 notices");
  check([&](std::size_t n) { return many(n, "taxonomies:\n", ": {}"); }, limits::taxonomies, "more than 64 taxonomies");
  check([&](std::size_t n) { return many(n, "attributes:\n data:\n", ": int"); }, limits::attributes,
        "more than 256 attributes of `data`");
  check(
      [&](std::size_t n) {
        return repeated(n, "obligations:\n", [](std::size_t i) { return fmt::format("- x{}\n", i); });
      },
      limits::obligations, fmt::format("more than {} obligations", limits::obligations));
  check(
      [&](std::size_t n) {
        return repeated(n - 1, "facts:\n  f: one of x", [](std::size_t i) { return fmt::format(", x{}", i); });
      },
      limits::choices, "more than 65535 values");
}

BOOST_AUTO_TEST_CASE(length_of_names_at_the_bound_and_one_past_it) {
  const std::string longest(limits::name_bytes, 'n');
  BOOST_TEST(errors("data: {" + longest + ": {}}") == "");
  BOOST_TEST(first_error("data: {" + longest + "n: {}}") ==
             "a name of more than 256 bytes [invalid-vocabulary]; put what it says into its `label` or `description`");
}

BOOST_AUTO_TEST_SUITE_END()
