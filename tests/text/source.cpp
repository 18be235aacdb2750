#include "text/source.hpp"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "text/limits.hpp"

using namespace zweck;

namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("zweck-source-" + std::to_string(getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return path / name;
  }
};

Place place_in(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  Sources sources;
  sources.add({"f", text});
  return sources.place({0, begin, end});
}

std::string where(const Place& p) {
  return std::to_string(p.line) + ":" + std::to_string(p.column) + "-" + std::to_string(p.end_line) + ":" +
         std::to_string(p.end_column) + " " + p.text;
}

std::string refusal(const Result<std::string>& result) {
  BOOST_REQUIRE(!result);
  return render(result.diagnostics());
}

std::string check(const std::string& text) {
  Sources sources;
  const auto file = sources.add({"f", text});
  return render(check_text(sources, file));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(source)

BOOST_AUTO_TEST_CASE(columns_count_code_points) {
  BOOST_TEST(where(place_in("abc\ndef\n", 4, 6)) == "2:1-2:3 def");
  BOOST_TEST(where(place_in("äöü x", 7, 8)) == "1:5-1:6 äöü x");
  BOOST_TEST(where(place_in("😀x", 4, 5)) == "1:2-1:3 😀x");
}

BOOST_AUTO_TEST_CASE(line_ends_are_no_part_of_the_line) {
  BOOST_TEST(where(place_in("ab\r\ncd\r\n", 4, 6)) == "2:1-2:3 cd");
  BOOST_TEST(where(place_in("ab\r\ncd\r\n", 0, 6)) == "1:1-2:3 ab");
}

BOOST_AUTO_TEST_CASE(places_at_and_behind_the_end) {
  BOOST_TEST(where(place_in("", 0, 0)) == "1:1-1:1 ");
  BOOST_TEST(where(place_in("ab", 2, 2)) == "1:3-1:3 ab");
  BOOST_TEST(where(place_in("ab\n", 3, 3)) == "2:1-2:1 ");
  BOOST_TEST(where(place_in("ab", 7, 9)) == "1:3-1:3 ab");
  BOOST_TEST(where(place_in("abc", 2, 1)) == "1:3-1:3 abc");
}

BOOST_AUTO_TEST_CASE(columns_across_blocks_of_counting) {
  // Continuation bytes are counted by blocks of 4096 bytes; every place near their bounds must come out the same.
  std::string text;
  for (int i = 0; i < 5'000; ++i) text += i % 3 == 0 ? "ä" : i % 50 == 7 ? "\n" : "x";
  Sources sources;
  sources.add({"f", text});
  std::uint32_t line = 1, column = 1;
  for (std::uint32_t at = 0; at < text.size(); at += code_point(text, at).bytes) {
    const Place place = sources.place({0, at, at});
    BOOST_REQUIRE(place.line == line);
    BOOST_REQUIRE(place.column == column);
    ++column;
    if (text[at] == '\n') {
      ++line;
      column = 1;
    }
  }
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_skipped) {
  Sources sources;
  sources.add({"f",
               "\xEF\xBB\xBF"
               "abc"});
  BOOST_TEST(sources[0].text == "abc");
  BOOST_TEST(where(sources.place({0, 0, 1})) == "1:1-1:2 abc");
}

BOOST_AUTO_TEST_CASE(a_very_long_line_is_cut_around_the_place) {
  const Place place = place_in(std::string(50'000, 'x') + "!" + std::string(50'000, 'y'), 50'000, 50'001);
  BOOST_TEST(place.column == 50'001);
  BOOST_TEST(place.text.size() == 1024);
  BOOST_TEST(place.text[place.column - place.text_column] == '!');
  // Cut between characters, never within one.
  std::string umlauts;
  for (int i = 0; i < 3'000; ++i) umlauts += "ä";
  for (const std::uint32_t at : {0u, 2'000u, 2'002u, 5'998u}) {
    const Place cut = place_in(umlauts, at, at + 2);
    BOOST_TEST(cut.column == at / 2 + 1);
    BOOST_TEST(cut.text.starts_with("ä"));
    BOOST_TEST(cut.text.ends_with("ä"));
  }
}

BOOST_AUTO_TEST_CASE(text_of_a_span) {
  Sources sources;
  sources.add({"f", "abc"});
  BOOST_TEST(sources.text({0, 1, 3}) == "bc");
  BOOST_TEST(sources.text({0, 3, 9}) == "");
  BOOST_TEST(sources.text({0, 2, 1}) == "");
}

BOOST_AUTO_TEST_CASE(files_are_read_whole) {
  const Folder folder;
  const std::string text("a\0b\r\n", 5);
  BOOST_TEST(*read_file(folder.write("x", text), "x") == text);
  BOOST_TEST(*read_file(folder.write("empty", ""), "empty") == "");
  // The kernel says 0 bytes for these.
  BOOST_TEST(!(*read_file("/proc/self/status", "status")).empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_refused) {
  const Folder folder;
  BOOST_TEST(refusal(read_file(folder.path / "gone", "gone")) ==
             "gone: error: cannot read `gone`: No such file or directory [unreadable-file]\n");
  BOOST_TEST(refusal(read_file(folder.path, "dir")) ==
             "dir: error: cannot read `dir`: it is a directory [unreadable-file]\n");
  mkfifo((folder.path / "pipe").c_str(), 0600);
  BOOST_TEST(refusal(read_file(folder.path / "pipe", "pipe")) ==
             "pipe: error: cannot read `pipe`: not a file [unreadable-file]\n");
  std::filesystem::create_symlink("loop", folder.path / "loop");
  BOOST_TEST(refusal(read_file(folder.path / "loop", "loop")) ==
             "loop: error: cannot read `loop`: Too many levels of symbolic links [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(the_size_is_bounded_before_reading) {
  const Folder folder;
  const auto path = folder.write("big", "");
  std::filesystem::resize_file(path, limits::file_bytes);
  BOOST_TEST(read_file(path, "big")->size() == limits::file_bytes);
  std::filesystem::resize_file(path, limits::file_bytes + 1);
  BOOST_TEST(refusal(read_file(path, "big")) ==
             "big: error: `big` is larger than 32 MiB [unreadable-file]\n"
             "  help: split it: the sections of several files are joined\n");
}

BOOST_AUTO_TEST_CASE(text_that_is_fine) {
  BOOST_TEST(check("") == "");
  BOOST_TEST(check("a\tb\r\nc\n") == "");
  BOOST_TEST(check("ä€😀\xF4\x8F\xBF\xBF") == "");
}

BOOST_AUTO_TEST_CASE(invalid_utf8_at_its_line_and_column) {
  BOOST_TEST(check("ok\nä\xFFx\n\xFE") ==
             "f:2:2: error: this is no UTF-8: the byte 0xFF does not belong here [invalid-text]\n"
             "  2 | ä\xEF\xBF\xBDx\n"
             "    |  ^\n"
             "  help: save the file as UTF-8\n");
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80", "\xED\xA0\x80", "\xE2\x82",
                          "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF0\x9F\x98"})
    BOOST_TEST(check(bad).find("this is no UTF-8") != std::string::npos, bad);
}

BOOST_AUTO_TEST_CASE(control_characters) {
  BOOST_TEST(check(std::string("a\0b\x1B", 4)) ==
             "f:1:2: error: the control character U+0000 [invalid-text]\n"
             "  1 | a<U+0000>b<U+001B>\n"
             "    |  ^~~~~~~~\n"
             "  help: take it out\n"
             "\n"
             "f:1:4: error: the control character U+001B [invalid-text]\n"
             "  1 | a<U+0000>b<U+001B>\n"
             "    |           ^~~~~~~~\n"
             "  help: take it out\n");
  BOOST_TEST(check("a\rb") ==
             "f:1:2: error: a carriage return without a line feed [invalid-text]\n"
             "  1 | a<U+000D>b\n"
             "    |  ^~~~~~~~\n"
             "  help: end lines with a line feed, or with both\n");
  BOOST_TEST(check("\x7F").find("U+007F") != std::string::npos);
  BOOST_TEST(check("\xC2\x85").find("U+0085") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_binary_file_is_not_listed_byte_by_byte) {
  Sources sources;
  sources.add({"f", std::string(100'000, '\x01')});
  BOOST_TEST(check_text(sources, 0).size() == limits::text_errors);
}

BOOST_AUTO_TEST_CASE(code_points) {
  BOOST_TEST((code_point("a", 0).value == U'a'));
  BOOST_TEST((code_point("xä", 1).value == U'ä'));
  BOOST_TEST(code_point("€", 0).bytes == 3);
  BOOST_TEST((code_point("😀", 0).value == U'😀'));
  BOOST_TEST((code_point("\xFF", 0).value == char32_t{0xFFFD}));
  BOOST_TEST(code_point("\xC3", 0).bytes == 1);
}

BOOST_AUTO_TEST_CASE(invisible_characters) {
  for (const char32_t c : {0x00ADu, 0x061Cu, 0x200Bu, 0x200Du, 0x200Eu, 0x202Au, 0x202Eu, 0x2028u, 0x2060u, 0x2066u,
                           0x2069u, 0xFEFFu, 0xE0041u})
    BOOST_TEST(is_invisible(c));
  for (const char32_t c : {U'a', U' ', U'ä', U'€', char32_t{0x200A}, char32_t{0x2010}, char32_t{0x0301}})
    BOOST_TEST(!is_invisible(c));
}

BOOST_AUTO_TEST_SUITE_END()
