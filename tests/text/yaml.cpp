#include <boost/test/unit_test.hpp>
#include <ctime>
#include <string>

#include "text/limits.hpp"
#include "text/tree.hpp"

using namespace zweck;

namespace {

// The tree in one line: quoted texts in quotes, lists in [], maps in {}, nothing as _.
std::string dump(const Tree& tree) {
  std::string text;
  switch (tree.kind) {
    case Tree::Kind::nothing:
      return "_" + tree.text;
    case Tree::Kind::plain:
      return tree.text;
    case Tree::Kind::quoted:
      return '"' + tree.text + '"';
    case Tree::Kind::list:
      for (const Tree& item : tree.items) text += (text.empty() ? "" : ", ") + dump(item);
      return "[" + text + "]";
    case Tree::Kind::map:
      for (const Tree& item : tree.items)
        text += (text.empty() ? "" : ", ") + (item.key_quoted ? '"' + item.key + '"' : item.key) + ": " + dump(item);
      return "{" + text + "}";
  }
  return text;
}

std::string read(const std::string& text) {
  Sources sources;
  sources.add({"f.yaml", text});
  const auto tree = read_yaml(sources, 0);
  return tree ? dump(*tree) : render(tree.diagnostics());
}

// The text of every span, keys first, depth first.
void add_spans(const Sources& sources, const Tree& tree, std::string& out) {
  if (tree.key_span != Span{}) out += std::string(sources.text(tree.key_span)) + "|";
  out += std::string(sources.text(tree.span)) + "|";
  for (const Tree& item : tree.items) add_spans(sources, item, out);
}

std::string spans(const std::string& text) {
  Sources sources;
  sources.add({"f.yaml", text});
  const auto tree = read_yaml(sources, 0);
  BOOST_REQUIRE(tree);
  std::string out;
  add_spans(sources, *tree, out);
  return out;
}

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

// Refused, and within a second. Processor time is taken and the bound is wide: the machine may be busy, or
// instrumented.
std::string quickly(const std::string& text) {
  const std::clock_t begin = std::clock();
  const std::string said = read(text);
  BOOST_TEST((std::clock() - begin < 10 * CLOCKS_PER_SEC));
  return said.substr(0, said.find('\n'));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yaml)

BOOST_AUTO_TEST_CASE(everything_that_is_read) {
  BOOST_TEST(read("a: b\n\"c\": 'd'\ne: [f, \"g\", [], {}]\nh: {i: j, k}\n") ==
             "{a: b, \"c\": \"d\", e: [f, \"g\", [], {}], h: {i: j, k: _}}");
  BOOST_TEST(read("a:\n- b\n- c: d\n  e: f\ng:\n  - [h]\n") == "{a: [b, {c: d, e: f}], g: [[h]]}");
  BOOST_TEST(read("a: |\n  x\n   y\nb: >-\n  x\n  y\nc: p\n  q\nd: \"x\n  y\"\n") ==
             "{a: \"x\n y\n\", b: \"x y\", c: p q, d: \"x y\"}");
  BOOST_TEST(read("--- # begin\na: b # c\n...\n# end\n") == "{a: b}");
  BOOST_TEST(read("a: b\r\nc: d\r\n") == "{a: b, c: d}");
  BOOST_TEST(read("\xEF\xBB\xBF"
                  "a: b") == "{a: b}");
  BOOST_TEST(read("{\"a\":1,\"b\":[true,\"x\"]}") == "{\"a\": 1, \"b\": [true, \"x\"]}");
  BOOST_TEST(read("? a\n: b\n") == "{a: b}");
  BOOST_TEST(read("just text") == "just text");
}

BOOST_AUTO_TEST_CASE(texts_stay_as_they_are_written) {
  BOOST_TEST(read("[no, yes, 010, 0x1F, 1e3, 2026-01-01, True, .5, 1_000]") ==
             "[no, yes, 010, 0x1F, 1e3, 2026-01-01, True, .5, 1_000]");
  BOOST_TEST(read("[\"tab\\there\", 'it''s', \"\\u00e4 \\\"q\\\" \\\\\"]") ==
             "[\"tab\there\", \"it's\", \"ä \"q\" \\\"]");
  BOOST_TEST(read("\"<<\": x") == "{\"<<\": x}");
}

BOOST_AUTO_TEST_CASE(nothing_is_told_from_a_written_null) {
  BOOST_TEST(read("") == "_");
  BOOST_TEST(read("# c\n") == "_");
  BOOST_TEST(read("---\n") == "_");
  BOOST_TEST(read("null") == "_null");
  BOOST_TEST(read("a:\nb: null\nc: ~\nd: Null\ne: NULL\nf: nULL\ng:") ==
             "{a: _, b: _null, c: _~, d: _Null, e: _NULL, f: nULL, g: _}");
  BOOST_TEST(read("[null, ~, nullx, \"null\"]") == "[_null, _~, nullx, \"null\"]");
  BOOST_TEST(read("- \n- null\n-\n") == "[_, _null, _]");
  BOOST_TEST(read("{a: , b: null, c}") == "{a: _, b: _null, c: _}");
  // The value left out has the place of the key that follows it, which is called null.
  BOOST_TEST(read("a:\n\"null\": x\n") == "{a: _, \"null\": x}");
}

BOOST_AUTO_TEST_CASE(spans_are_exact) {
  BOOST_TEST(spans("key: value # c") == "key: value|key|value|");
  BOOST_TEST(spans("\"k\": 'it''s' \n") == "\"k\": 'it''s'|\"k\"|'it''s'|");
  BOOST_TEST(spans("a: \"x\\\"y\" # \"") == "a: \"x\\\"y\"|a|\"x\\\"y\"|");
  BOOST_TEST(spans("a: [b, {c: d} ] # x") == "a: [b, {c: d} ]|a|[b, {c: d} ]|b|{c: d}|c|d|");
  BOOST_TEST(spans("a: {b: c,\n  d } # e") == "a: {b: c,\n  d }|a|{b: c,\n  d }|b|c|d|d|");
  BOOST_TEST(spans("a: two words\n  more # c\nb: x") == "a: two words\n  more # c\nb: x|a|two words\n  more|b|x|");
  BOOST_TEST(spans("a: |\n   x\n\n   y\n\nb: z") == "a: |\n   x\n\n   y\n\nb: z|a||\n   x\n\n   y|b|z|");
  BOOST_TEST(spans("ä: ü") == "ä: ü|ä|ü|");
  BOOST_TEST(spans("a: b\r\nc: d\r\n") == "a: b\r\nc: d|a|b|c|d|");
  BOOST_TEST(spans("a:\n- b\n") == "a:\n- b|a|- b|b|");
}

BOOST_AUTO_TEST_CASE(anchors_and_aliases) {
  BOOST_TEST(read("a: &x b\nc: *x\n") ==
             "f.yaml:1:4: error: the anchor `&x`: anchors are not read [invalid-vocabulary]\n"
             "  1 | a: &x b\n"
             "    |    ^~\n"
             "  help: write the value out where it is needed\n"
             "\n"
             "f.yaml:2:4: error: the alias `*x`: aliases are not read [invalid-vocabulary]\n"
             "  2 | c: *x\n"
             "    |    ^~\n"
             "  help: write the value out\n");
  BOOST_TEST(read("a: *x\n") ==
             "f.yaml:1:4: error: aliases are not read [syntax-error]\n"
             "  1 | a: *x\n"
             "    |    ^\n"
             "  help: quote text that begins with `*`\n");
  for (const char* text : {"&x a: b", "a: &x", "a: &x [b]", "a: &x {b: c}", "&x\na: b", "- &x\n- b"})
    BOOST_TEST(read(text).find("anchors are not read") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(tags) {
  BOOST_TEST(read("a: !!str b\n") ==
             "f.yaml:1:4: error: the tag `!!str`: tags are not read [invalid-vocabulary]\n"
             "  1 | a: !!str b\n"
             "    |    ^~~~~\n"
             "  help: leave it out: the type is known from where the value stands\n");
  for (const char* text : {"a: !x b", "a: ! b", "a: ! \"b\"", "a: !x \"b\"", "a: !!null", "a: !!map {b: c}",
                           "!!map\na: b", "a: ! [b]", "!!str a: b", "a: !<tag:x> b"})
    BOOST_TEST(read(text).find("tags are not read") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(merge_keys) {
  BOOST_TEST(read("a:\n  <<: {b: c}\n") ==
             "f.yaml:2:3: error: the merge key `<<`: merge keys are not read [invalid-vocabulary]\n"
             "  2 |   <<: {b: c}\n"
             "    |   ^~\n"
             "  help: write the keys out\n");
}

BOOST_AUTO_TEST_CASE(duplicate_keys_at_both_places) {
  BOOST_TEST(read("a: 1\nb: {x: , \"x\": }\na: 2\n") ==
             "f.yaml:2:10: error: the key `x` stands here twice [duplicate-name]\n"
             "  2 | b: {x: , \"x\": }\n"
             "    |          ^~~\n"
             "f.yaml:2:5: note: first here\n"
             "  2 | b: {x: , \"x\": }\n"
             "    |     ^\n"
             "\n"
             "f.yaml:3:1: error: the key `a` stands here twice [duplicate-name]\n"
             "  3 | a: 2\n"
             "    | ^\n"
             "f.yaml:1:1: note: first here\n"
             "  1 | a: 1\n"
             "    | ^\n");
  BOOST_TEST(read("a: {x: 1}\nb: {x: 1}") == "{a: {x: 1}, b: {x: 1}}");
}

BOOST_AUTO_TEST_CASE(keys_that_are_no_names) {
  BOOST_TEST(read("? [a]\n: b\n") ==
             "f.yaml:1:3: error: a list or map as a key [invalid-vocabulary]\n"
             "  1 | ? [a]\n"
             "    |   ^\n"
             "  help: a key is a name\n");
  BOOST_TEST(read("null: a\n") ==
             "f.yaml:1:1: error: a key without a name [invalid-vocabulary]\n"
             "  1 | null: a\n"
             "    | ^~~~~\n"
             "  help: write a name before the `:`, in quotes if it is `null` or `~`\n");
  for (const char* text : {": a", "{: a}", "{a: 1,, b: 2}", "~: a", "a:\n  null: x"})
    BOOST_TEST(read(text).find("a key without a name") != std::string::npos, text);
  BOOST_TEST(read("{{a: b}: c}").find("error") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_document_only) {
  BOOST_TEST(read("a: b\n---\nc: d\n") ==
             "f.yaml:2:1: error: a second document in one file [invalid-vocabulary]\n"
             "  2 | ---\n"
             "    | ^~~\n"
             "  help: put it into a file of its own\n");
  BOOST_TEST(read("a: b\n...\nc: d\n") ==
             "f.yaml:3:1: error: this does not belong to what stands before it [syntax-error]\n"
             "  3 | c: d\n"
             "    | ^~\n"
             "  help: check the indentation: keys of one map begin in the same column\n");
  for (const char* text :
       {"---\n---\n", "a: b\n---\n", "\"a\" b", "[a] b", "- a\nb: c", "  a: b\n c: d", ",", "a: b\n... c"})
    BOOST_TEST(read(text).find("error") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(directives) {
  BOOST_TEST(read("%YAML 1.2\n---\na: b\n") ==
             "f.yaml:1:1: error: a directive: directives are not read [invalid-vocabulary]\n"
             "  1 | %YAML 1.2\n"
             "    | ^\n"
             "  help: leave it out, or indent or quote text that begins with `%`\n");
  BOOST_TEST(read("a: b\n%FOO\n").find("f.yaml:2:1: error: a directive") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(malformed_text_in_the_authors_words) {
  BOOST_TEST(read("a: [b, c\n") ==
             "f.yaml:2:1: error: a `,` or `]` is missing here [syntax-error]\n"
             "  2 |\n"
             "    | ^\n"
             "f.yaml:1:4: note: the `[` is here\n"
             "  1 | a: [b, c\n"
             "    |    ^\n");
  BOOST_TEST(read("a: {b: c\n  d: e}") ==
             "f.yaml:2:4: error: a `,` or `}` is missing here [syntax-error]\n"
             "  2 |   d: e}\n"
             "    |    ^\n"
             "f.yaml:1:4: note: the `{` is here\n"
             "  1 | a: {b: c\n"
             "    |    ^\n");
  BOOST_TEST(read("x: y\na: \"b\nc: d\n") ==
             "f.yaml:2:4: error: a quoted text without an end [syntax-error]\n"
             "  2 | a: \"b\n"
             "    |    ^\n"
             "  help: close the quotes\n");
  BOOST_TEST(read("a:\n\tb: c\n") ==
             "f.yaml:2:1: error: a tab in the indentation [syntax-error]\n"
             "  2 |     b: c\n"
             "    | ^~~~\n"
             "  help: indent by blanks\n");
  BOOST_TEST(read("a:\n    b: {}\n  c: {}\n") ==
             "f.yaml:3:3: error: this does not fit into the map around it [syntax-error]\n"
             "  3 |   c: {}\n"
             "    |   ^\n"
             "  help: check the indentation, and quote text that holds `: ` or begins with a sign\n");
  BOOST_TEST(read("a: b: c\n") ==
             "f.yaml:1:5: error: a `:` where no key can stand [syntax-error]\n"
             "  1 | a: b: c\n"
             "    |     ^\n"
             "  help: check the indentation, and quote text that holds `: ` or begins with a sign\n");
  BOOST_TEST(read("a: @b\n") ==
             "f.yaml:1:4: error: no text can begin like this [syntax-error]\n"
             "  1 | a: @b\n"
             "    |    ^\n"
             "  help: put it in quotes\n");
  BOOST_TEST(read("a: \"\\q\"\n").find("an escape that does not exist") != std::string::npos);
  BOOST_TEST(read("a: \"\\ud800\"\n").find("an escape for a character that does not exist") != std::string::npos);
  BOOST_TEST(read("a: b}\nc: ]\n").find("nothing is open that could be closed here") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(quotes_that_are_not_closed_swallow_nothing) {
  BOOST_TEST(read("a: \"b") ==
             "f.yaml:1:4: error: a quoted text without an end [syntax-error]\n"
             "  1 | a: \"b\n"
             "    |    ^\n"
             "  help: close the quotes\n");
  BOOST_TEST(read("a: b # don't\nc: \"d").find("f.yaml:2:4: error: a quoted text without an end") == 0);
  BOOST_TEST(read("a: 'b\n").find("f.yaml:1:4: error: a quoted text without an end") == 0);
  BOOST_TEST(read("a: {label: \"x}\nb: {separate: true}\nc: {label: y\"}\n") ==
             "f.yaml:2:1: error: this line goes on with a text, but is not indented [syntax-error]\n"
             "  2 | b: {separate: true}\n"
             "    | ^\n"
             "  help: close the quotes, or indent the line\n"
             "f.yaml:1:12: note: the text begins here\n"
             "  1 | a: {label: \"x}\n"
             "    |            ^\n");
  BOOST_TEST(read("a:\n  b: \"x\n  y\"").find("f.yaml:3:3: error: this line goes on") == 0);
  BOOST_TEST(read("a:\n  b: \"x\n\n   y\"") == "{a: {b: \"x\ny\"}}");
  BOOST_TEST(read("a: {b: \"x\n y\"}") == "{a: {b: \"x y\"}}");
  BOOST_TEST(read("a:\n  \"x\n  y\"") == "{a: \"x y\"}");
  BOOST_TEST(read("a: [b\nc]").find("f.yaml:2:1: error: this line goes on") == 0);
}

BOOST_AUTO_TEST_CASE(characters_that_do_not_belong) {
  BOOST_TEST(read("a: sh\u200Bop\n") ==
             "f.yaml:1:6: error: the invisible character U+200B [invalid-text]\n"
             "  1 | a: sh<U+200B>op\n"
             "    |      ^~~~~~~~\n"
             "  help: take it out, or put the text in quotes\n");
  BOOST_TEST(read("sh\u202Eop: a").find("f.yaml:1:3: error: the invisible character U+202E") != std::string::npos);
  BOOST_TEST(read("a: \"sh\u200Dop\" # \u202E") == "{a: \"sh\u200Dop\"}");
  BOOST_TEST(read("a: \"\\u0007\"").find("the control character U+0007") != std::string::npos);
  BOOST_TEST(read("a: \"\\0\"").find("the control character U+0000") != std::string::npos);
  BOOST_TEST(read(std::string("a: b\0c", 6)).find("f.yaml:1:5: error: the control character U+0000") == 0);
  BOOST_TEST(read("a: \xFF").find("f.yaml:1:4: error: this is no UTF-8") == 0);
  // A parser takes this byte for the end of its input.
  BOOST_TEST(read("a: b\n\x04"
                  "c: d")
                 .find("f.yaml:2:1: error: the control character U+0004") == 0);
}

BOOST_AUTO_TEST_CASE(all_mistakes_are_reported_up_to_a_bound) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "a" + std::to_string(i) + ": !x b\n";
  Sources sources;
  sources.add({"f.yaml", text});
  const auto tree = read_yaml(sources, 0);
  BOOST_REQUIRE(!tree);
  BOOST_TEST(tree.diagnostics().size() == limits::diagnostics);
}

BOOST_AUTO_TEST_CASE(nesting_at_the_bound_and_one_past_it) {
  const std::size_t most = limits::tree_nesting;
  BOOST_TEST(read(times(most, "[") + times(most, "]")) == times(most, "[") + times(most, "]"));
  BOOST_TEST(read("a: " + times(most, "[") + times(most, "]")) ==
             "f.yaml:1:35: error: more than 32 lists and maps within one another [invalid-vocabulary]\n"
             "  1 | a: " +
                 times(most, "[") + times(most, "]") +
                 "\n"
                 "    | " +
                 times(34, " ") + "^\n");
  BOOST_TEST(read(times(most + 1, "- ") + "a").find("more than 32") != std::string::npos);
  BOOST_TEST(read(times(most, "- ") + "a") == times(most, "[") + "a" + times(most, "]"));
}

BOOST_AUTO_TEST_CASE(input_made_to_exhaust_is_refused_soon) {
  BOOST_TEST(quickly(times(1'000'000, "[")) == "f.yaml:1:1: error: this is never closed [syntax-error]");
  BOOST_TEST(quickly(times(1'000'000, "{")) == "f.yaml:1:1: error: this is never closed [syntax-error]");
  BOOST_TEST(quickly(times(400'000, "[") + times(400'000, "]")).find("more than 32") != std::string::npos);
  BOOST_TEST(quickly(times(1'000'000, "[\n")) ==
             "f.yaml:1:1: error: a value that goes on for more than 1 MiB [invalid-vocabulary]");
  BOOST_TEST(quickly(times(1'000'000, "- ")).find("more than 32") != std::string::npos);
  BOOST_TEST(quickly(times(1'000'000, "? ")).find("a list or map as a key") != std::string::npos);
  BOOST_TEST(quickly(times(100'000, "a: &a [*a, *a]\n")).find("anchors are not read") != std::string::npos);
  BOOST_TEST(quickly("a: |\n" + times(1'000'000, "\n")) == "{a: \"\"}");
  BOOST_TEST(quickly(times(1'000'000, "!")).find("tags are not read") != std::string::npos);
  BOOST_TEST(quickly("a: " + std::string(60'000'000, 'x')) ==
             "f.yaml: error: a file of more than 8 MiB [invalid-vocabulary]");
  BOOST_TEST(quickly("a: " + std::string(2'000'000, 'x')) ==
             "f.yaml:1:1: error: a line that goes on for more than 1 MiB [invalid-vocabulary]");
  std::string binary;
  for (unsigned i = 0; i < 1'000'000; ++i) binary += static_cast<char>(i * 7919u >> 5);
  BOOST_TEST(quickly(binary).find("[invalid-text]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(size_at_the_bound_and_one_past_it) {
  const std::string line = "# " + std::string(61, 'x') + "\n" + "";
  std::string text = "a: b\n";
  // Comments between keys, so that no single value goes on for too long.
  for (std::size_t i = 0; text.size() + 64 * 1000 + 32 < limits::yaml_bytes; ++i)
    text += times(1000, line) + "k" + std::to_string(i) + ": v\n";
  text += "#" + std::string(limits::yaml_bytes - text.size() - 1, 'x');
  BOOST_REQUIRE(text.size() == limits::yaml_bytes);
  BOOST_TEST(read(text).starts_with("{a: b, k0: v"));
  BOOST_TEST(read(text + "x") ==
             "f.yaml: error: a file of more than 8 MiB [invalid-vocabulary]\n"
             "  help: split it: the sections of several files are joined\n");
}

BOOST_AUTO_TEST_CASE(number_of_values_at_the_bound_and_one_past_it) {
  BOOST_TEST(read(times(limits::yaml_items, "- a\n")).size() == 3 * limits::yaml_items);
  BOOST_TEST(quickly(times(limits::yaml_items + 1, "- a\n")) ==
             "f.yaml:500001:3: error: more than 500000 values in one file [invalid-vocabulary]");
}

BOOST_AUTO_TEST_CASE(cut_off_anywhere_it_ends_in_a_tree_or_an_error) {
  const std::string text =
      "data:\n  a: {label: {en: \"A \\\"b\\\"\", de: 'x'}}\n  \"c d\": [e, {f: g}]\nnotes: |\n  text\n  more\nlast: "
      ">-\n x\n";
  for (std::size_t length = 0; length <= text.size(); ++length) BOOST_TEST(!read(text.substr(0, length)).empty());
}

BOOST_AUTO_TEST_SUITE_END()
