#include <boost/test/unit_test.hpp>
#include <string>

#include "text/limits.hpp"
#include "text/tree.hpp"

using namespace zweck;

namespace {

std::string dump(const Tree& tree) {
  std::string text;
  switch (tree.kind) {
    case Tree::Kind::nothing:
      return "_" + tree.text;
    case Tree::Kind::plain:
      return tree.text + (tree.literal ? "" : "?");
    case Tree::Kind::quoted:
      return "'" + tree.text + "'";
    case Tree::Kind::list:
      for (const Tree& item : tree.items) text += (text.empty() ? "" : ",") + dump(item);
      return "[" + text + "]";
    case Tree::Kind::map:
      for (const Tree& item : tree.items) text += (text.empty() ? "" : ",") + item.key + ":" + dump(item);
      return "{" + text + "}";
  }
  return text;
}

std::string read(const std::string& text) {
  const auto tree = read_json(text);
  return tree ? dump(*tree) : render(tree.diagnostics());
}

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(values) {
  BOOST_TEST(read(R"({"a": [1, "x", true, false, null, {}], "b": {"c": []}})") ==
             "{a:[1,'x',true,false,_null,{}],b:{c:[]}}");
  BOOST_TEST(read(" 7 ") == "7");
  BOOST_TEST(read("\t\"x\"\r\n") == "'x'");
  BOOST_TEST(read("null") == "_null");
  BOOST_TEST(read("[]") == "[]");
  BOOST_TEST(read(R"(["\u00e4\ud83d\ude00\n\"\\\/"])") == "['ä😀\n\"\\/']");
  BOOST_TEST(read(R"({"\u0061": 1})") == "{a:1}");
}

BOOST_AUTO_TEST_CASE(numbers_keep_their_text) {
  BOOST_TEST(read("[0, -0, 10, 9223372036854775807, -9223372036854775808, 123456789012345678901234567890, 1.50, 1E+2, "
                  "1e308]") ==
             "[0,-0,10,9223372036854775807,-9223372036854775808,123456789012345678901234567890,1.50,1E+2,1e308]");
}

BOOST_AUTO_TEST_CASE(numbers_beyond_all_bounds) {
  BOOST_TEST(read("{\"a\": 1e400}") == "error: the number `1e400` is out of all bounds [syntax-error]\n");
  BOOST_TEST(read("[-1e400]").find("out of all bounds") != std::string::npos);
  BOOST_TEST(read("[1e-400]").find("out of all bounds") != std::string::npos);
  BOOST_TEST(read("[" + std::string(400, '9') + "]").find("out of all bounds") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_json) {
  BOOST_TEST(read("{\"a\": tru}") == "error: this is no JSON: `tru` is no value [syntax-error]\n");
  BOOST_TEST(read("{} {}") == "error: this is no JSON: something follows the value [syntax-error]\n");
  for (const char* text : {"[1]x", "{\"a\": 1} x", "{\"a\": \"}\\\"\"} and so on", "[[]], 1", "[1]]x"})
    BOOST_TEST(read(text) == "error: this is no JSON: something follows the value [syntax-error]\n", text);
  for (const char* text : {"[1", "{\"a\": [1, 2]", "[\"]\""})
    BOOST_TEST(read(text) == "error: this is no JSON: it ends too early [syntax-error]\n", text);
  BOOST_TEST(read("") == "error: this is no JSON: nothing stands here [syntax-error]\n");
  BOOST_TEST(read("{\"a\"") == "error: this is no JSON: it ends too early [syntax-error]\n");
  BOOST_TEST(read("[\"a") == "error: this is no JSON: a string without an end [syntax-error]\n");
  BOOST_TEST(read("[\"\n\"]") ==
             "error: this is no JSON: a string with a control character that is not escaped [syntax-error]\n");
  BOOST_TEST(read("[\"\\q\"]") ==
             "error: this is no JSON: a string with an escape that does not exist [syntax-error]\n");
  BOOST_TEST(read("[\"\xFF\"]") == "error: this is no UTF-8 [syntax-error]\n");
  for (const char* text :
       {" ",        "{",           "[",          "]",          "}",       "[1,]",    "[,1]",        "{,}",
        "{\"a\":}", "{\"a\" 1}",   "{\"a\":1,}", "{a:1}",      "{'a':1}", "[1 2]",   "[1,2",        "{\"a\":1",
        "[1}",      "{\"a\":1]",   "01",         "[01]",       "[1.]",    "[.5]",    "[+1]",        "[1e]",
        "[-]",      "[0x1]",       "[NaN]",      "[Infinity]", "nul",     "[nulll]", "[truefalse]", "1 2",
        "1,",       "\"a\" \"b\"", "\"a\",",     "[1]x",       "{}]",     "// c\n1", "[/**/]",      "\xEF\xBB\xBF{",
        "True"})
    BOOST_TEST(read(text).starts_with("error: "), text << " gives " << read(text));
}

BOOST_AUTO_TEST_CASE(duplicate_keys) {
  BOOST_TEST(read(R"({"a": 1, "b": 2, "a": 3})") == "error: the key `a` stands here twice [syntax-error]\n");
  BOOST_TEST(read(R"([{"x": {"a": 1, "\u0061": 3}}])") == "error: the key `a` stands here twice [syntax-error]\n");
  BOOST_TEST(read(R"([{"a": 1}, {"a": {"a": 2}}])") == "[{a:1},{a:{a:2}}]");
}

BOOST_AUTO_TEST_CASE(half_a_pair_of_surrogates) {
  for (const char* text : {R"(["\ud800"])", R"(["\udc00"])", R"(["\ud800x"])", R"(["\ud800\ud800"])",
                           R"(["\ude00\ud83d"])", R"({"\udc00": 1})", R"("\udfff")"})
    BOOST_TEST(read(text).starts_with("error: "), text);
  BOOST_TEST(read(R"(["\udc00"])") ==
             "error: this is no JSON: a string with an escape that does not exist [syntax-error]\n");
  BOOST_TEST(read("[\"\uD7FF\uE000\"]") == "['\uD7FF\uE000']");  // their neighbours are fine
}

BOOST_AUTO_TEST_CASE(nesting_at_the_bound_and_far_past_it) {
  const std::size_t most = limits::tree_nesting;
  const std::string lists = times(most, "[") + times(most, "]");
  BOOST_TEST(read(lists) == lists);
  BOOST_TEST(read("[" + lists + "]") == "error: more than 32 lists and maps within one another [syntax-error]\n");
  BOOST_TEST(read(times(most, "{\"a\":") + "1" + times(most, "}")) == times(most, "{a:") + "1" + times(most, "}"));
  BOOST_TEST(read(times(most + 1, "{\"a\":") + "1" + times(most + 1, "}")).starts_with("error: more than 32"));
  BOOST_TEST(read(times(1'000, "[") + times(1'000, "]")).starts_with("error: "));
  BOOST_TEST(read(times(1'000'000, "[")).starts_with("error: "));
  BOOST_TEST(read(times(1'000'000, "{\"a\":")).starts_with("error: "));
}

BOOST_AUTO_TEST_CASE(size_and_number_of_values) {
  const std::string text = "\"" + std::string(limits::request_bytes - 2, 'x') + "\"";
  BOOST_TEST(read(text).size() == text.size());
  BOOST_TEST(read(text + " ") == "error: more than 32 MiB [syntax-error]\n");
  BOOST_TEST(read("[1" + times(limits::tree_items - 1, ",1") + "]").size() == 2 * limits::tree_items + 1);
  BOOST_TEST(read("[1" + times(limits::tree_items, ",1") + "]") == "error: more than 2000000 values [syntax-error]\n");
}

BOOST_AUTO_TEST_CASE(cut_off_anywhere_it_is_refused) {
  const std::string text = R"({"id": "r1", "data": ["a", "\u00e4"], "facts": {"age": 30, "x": true, "y": -1.5e3}})";
  for (std::size_t length = 0; length < text.size(); ++length)
    BOOST_TEST(read(text.substr(0, length)).starts_with("error: "), length);
  BOOST_TEST(read(text) == "{id:'r1',data:['a','ä'],facts:{age:30,x:true,y:-1.5e3}}");
}

BOOST_AUTO_TEST_SUITE_END()
