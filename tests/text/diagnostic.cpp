#include "zweck/diagnostic.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "text/limits.hpp"
#include "text/source.hpp"

using namespace zweck;

namespace {

Diagnostic at(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  Sources sources;
  sources.add({"shop.zweck", text});
  return {.check = "unknown-name",
          .message = "there is no purpose `advice`",
          .help = {},
          .place = sources.place({0, begin, end}),
          .related = {}};
}

std::string shown(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  const std::string all = render(at(text, begin, end));
  return all.substr(all.find('\n') + 1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(diagnostic)

BOOST_AUTO_TEST_CASE(the_line_a_caret_and_help) {
  Diagnostic diagnostic = at("rule r\n  allow x for advice by y\n", 21, 27);
  diagnostic.help = "did you mean `advise`?";
  BOOST_TEST(render(diagnostic) ==
             "shop.zweck:2:15: error: there is no purpose `advice` [unknown-name]\n"
             "  2 |   allow x for advice by y\n"
             "    |               ^~~~~~\n"
             "  help: did you mean `advise`?\n");
}

BOOST_AUTO_TEST_CASE(related_places) {
  Diagnostic diagnostic = at("a: {}\nb: {}\na: {}\n", 12, 13);
  diagnostic.related.push_back({"it is defined here first", at("a: {}\n", 0, 1).place});
  diagnostic.related.push_back({"without a place", {}});
  diagnostic.severity = Severity::warning;
  BOOST_TEST(render(diagnostic) ==
             "shop.zweck:3:1: warning: there is no purpose `advice` [unknown-name]\n"
             "  3 | a: {}\n"
             "    | ^\n"
             "shop.zweck:1:1: note: it is defined here first\n"
             "  1 | a: {}\n"
             "    | ^\n"
             "note: without a place\n");
}

BOOST_AUTO_TEST_CASE(a_file_as_a_whole_and_no_file_at_all) {
  Diagnostic diagnostic{
      .check = "unreadable-file", .message = "gone", .help = "look elsewhere", .place = {}, .related = {}};
  BOOST_TEST(render(diagnostic) == "error: gone [unreadable-file]\n  help: look elsewhere\n");
  diagnostic.place.file = "x";
  diagnostic.severity = Severity::info;
  BOOST_TEST(render(diagnostic) == "x: info: gone [unreadable-file]\n  help: look elsewhere\n");
}

BOOST_AUTO_TEST_CASE(the_caret_stands_below_its_place_whatever_is_before_it) {
  BOOST_TEST(shown("\tab\tcd", 4, 6) == "  1 |     ab  cd\n    |         ^~\n");
  BOOST_TEST(shown("ä€ x", 6, 7) == "  1 | ä€ x\n    |    ^\n");
  BOOST_TEST(shown("漢字 x", 7, 8) == "  1 | 漢字 x\n    |      ^\n");
  BOOST_TEST(shown("e\u0301 x", 4, 5) == "  1 | e\u0301 x\n    |   ^\n");
}

BOOST_AUTO_TEST_CASE(what_would_steer_the_terminal_is_written_out) {
  BOOST_TEST(shown("a\u202Eb c", 6, 7) == "  1 | a<U+202E>b c\n    |            ^\n");
  Diagnostic diagnostic = at("x", 0, 1);
  diagnostic.message = "there is no `\x1B[31m`";
  BOOST_TEST(render(diagnostic).starts_with("shop.zweck:1:1: error: there is no `<U+001B>[31m` [unknown-name]\n"));
}

BOOST_AUTO_TEST_CASE(ends_of_lines) {
  BOOST_TEST(shown("ab\ncd\n", 1, 5) == "  1 | ab\n    |  ^\n");  // goes on: underlined to the end of the line
  BOOST_TEST(shown("abc\ncd\n", 1, 6) == "  1 | abc\n    |  ^~\n");
  BOOST_TEST(shown("ab", 2, 2) == "  1 | ab\n    |   ^\n");
  BOOST_TEST(shown("", 0, 0) == "  1 |\n    | ^\n");
  BOOST_TEST(shown(std::string(9, '\n') + "x", 9, 10) == "  10 | x\n     | ^\n");
}

BOOST_AUTO_TEST_CASE(wide_lines_are_cut_around_the_caret) {
  const std::string left(200, 'l'), right(200, 'r');
  BOOST_TEST(shown(left + "!" + right, 200, 201) == "  1 | …" + std::string(33, 'l') + "!" + std::string(66, 'r') +
                                                        "…\n    | " + std::string(34, ' ') + "^\n");
  BOOST_TEST(shown("!" + right, 0, 1) == "  1 | !" + std::string(99, 'r') + "…\n    | ^\n");
  BOOST_TEST(shown(left + "!", 200, 201) ==
             "  1 | …" + std::string(33, 'l') + "!\n    | " + std::string(34, ' ') + "^\n");
  // Underlined as far as it is shown.
  BOOST_TEST(shown(right, 0, 200) == "  1 | " + std::string(100, 'r') + "…\n    | ^" + std::string(99, '~') + "\n");
  // A line so long that the place has only a part of it.
  const std::string huge(100'000, 'h');
  BOOST_TEST(shown(huge + "!" + huge, 100'000, 100'001) == "  1 | …" + std::string(33, 'h') + "!" +
                                                               std::string(66, 'h') + "…\n    | " +
                                                               std::string(34, ' ') + "^\n");
}

BOOST_AUTO_TEST_CASE(colour_only_where_asked_for) {
  const Diagnostic diagnostic = at("x", 0, 1);
  BOOST_TEST(render(diagnostic).find('\x1B') == std::string::npos);
  BOOST_TEST(
      render(diagnostic, true)
          .starts_with(
              "\x1B[1mshop.zweck:1:1: \x1B[0m\x1B[1;31merror:\x1B[0m \x1B[1mthere is no purpose `advice`\x1B[0m"));
}

BOOST_AUTO_TEST_CASE(many_are_counted) {
  Diagnostics many(limits::diagnostics,
                   Diagnostic{.check = "", .message = "m", .help = {}, .place = {}, .related = {}});
  BOOST_TEST(render(many).ends_with("\nerror: m\n"));
  many.resize(limits::diagnostics + 3, many.front());
  BOOST_TEST(render(many).ends_with("error: m\n\nand 3 more\n"));
  BOOST_TEST(render(Diagnostics{many[0], many[1]}) == "error: m\n\nerror: m\n");
  BOOST_TEST(render(Diagnostics{}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
