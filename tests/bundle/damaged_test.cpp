// Bundles that were cut off, altered, made by others, or are none.
#include <boost/test/unit_test.hpp>

#include "bundle/setup.hpp"

namespace zweck::test {

namespace {

const std::string again = " (compile it again from the directory of the policy set)";
const std::string altered = "the bundle `x.bundle` was altered or damaged: its checksum is wrong" + again;

std::string with_header(auto change) {
  std::string bytes = small_bundle();
  bundle::Header header = header_of(bytes);
  change(header);
  set_header(bytes, header);
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(damaged)

BOOST_AUTO_TEST_CASE(cut_off_at_every_length) {
  const std::string& whole = small_bundle();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const std::string expected =
        size < sizeof(bundle::Header)
            ? "the bundle `x.bundle` is cut off after " + std::to_string(size) + " bytes" + again
            : "the bundle `x.bundle` is cut off: " + std::to_string(size) + " of " + std::to_string(whole.size()) +
                  " bytes are there" + again;
    if (refusal(whole.substr(0, size)) != expected) BOOST_TEST(refusal(whole.substr(0, size)) == expected);
  }
}

BOOST_AUTO_TEST_CASE(longer_than_it_should_be) {
  BOOST_TEST(refusal(small_bundle() + "more") == "the bundle `x.bundle` has 4 bytes too many at its end" + again);
}

BOOST_AUTO_TEST_CASE(every_byte_altered) {
  const std::string& whole = small_bundle();
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const unsigned change : {0x01u, 0x80u, 0xFFu}) {
      if (at > 4096 && at % 3 != change % 3) continue;  // every byte in one way, the first in all three
      std::string bytes = whole;
      bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ change);
      const std::string why = refusal(bytes);
      // In the header other things are noticed first.
      if (at < sizeof(bundle::Header) ? why.empty() : why != altered) BOOST_TEST(why == altered, "at byte " << at);
    }
}

// Whatever a byte is changed to, with the right checksum: refused, or harmless.
BOOST_AUTO_TEST_CASE(every_byte_forged) {
  const std::string& whole = small_bundle();
  std::size_t taken = 0, refused = 0;
  for (std::size_t at = sizeof(bundle::Header); at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ (at % 3 == 0 ? 0xFF : 0x01));
    seal(bytes);
    const auto engine = open(bytes);
    ++(engine ? taken : refused);
    if (engine && at % 16 == 5) exercise(*engine);
  }
  BOOST_TEST(taken > 1000);    // texts, bits, and what fills up rows
  BOOST_TEST(refused > 1000);  // numbers that refer to something
}

BOOST_AUTO_TEST_CASE(of_another_version) {
  const std::string next = std::to_string(bundle::format_version + 1), ours = std::to_string(bundle::format_version);
  const std::string expected = "the bundle `x.bundle` is of format " + next +
                               ", and this version of zweck reads format " + ours +
                               " (compile it again with this version)";
  std::string bytes = with_header([](bundle::Header& header) { ++header.version; });
  BOOST_TEST(refusal(bytes) == expected);
  seal(bytes);
  BOOST_TEST(refusal(bytes) == expected);
  BOOST_TEST(refusal(bytes.substr(0, 100)) == expected);
}

BOOST_AUTO_TEST_CASE(with_rows_of_another_shape) {
  const std::string expected =
      "the bundle `x.bundle` was made by another version of zweck (compile it again with this version)";
  std::string bytes = with_header([](bundle::Header& header) { ++header.shape; });
  seal(bytes);
  BOOST_TEST(refusal(bytes) == expected);
  bytes = with_header([](bundle::Header& header) { ++header.sections; });
  seal(bytes);
  BOOST_TEST(refusal(bytes) == expected);
}

BOOST_AUTO_TEST_CASE(of_the_other_byte_order) {
  const std::string expected =
      "the bundle `x.bundle` is of a machine with the other byte order (compile it again on a machine like this one)";
  std::string bytes = with_header([](bundle::Header& header) { header.byte_order = 0x04030201; });
  BOOST_TEST(refusal(bytes) == expected);
  seal(bytes);
  BOOST_TEST(refusal(bytes) == expected);
  bytes = with_header([](bundle::Header& header) { header.byte_order = 7; });
  seal(bytes);
  BOOST_TEST(refusal(bytes) == altered);
}

BOOST_AUTO_TEST_CASE(no_bundle_at_all) {
  const std::string expected =
      "`x.bundle` is neither a directory nor a bundle (`zweck compile DIR -o FILE` makes a "
      "bundle of the directory of a policy set)";
  BOOST_TEST(refusal("rule all allow any for any by any basis contract\n") == expected);
  BOOST_TEST(refusal(std::string(100, '\0')) == expected);
  // As a transfer of text leaves it.
  std::string bytes = small_bundle();
  bytes.erase(6, 1);
  BOOST_TEST(refusal(bytes) == expected);
}

BOOST_AUTO_TEST_CASE(sections_that_do_not_fit_the_file) {
  const std::string expected = "the bundle `x.bundle` contradicts itself: its sections have the wrong sizes" + again;
  for (std::size_t section = 0; section < bundle::count_sections(); ++section)
    for (const std::uint64_t change : {std::uint64_t{1} << 10, std::uint64_t{1} << 33, ~std::uint64_t{0} >> 4}) {
      std::string bytes = small_bundle();
      std::uint64_t count = 0;
      std::memcpy(&count, bytes.data() + sizeof(bundle::Header) + section * 8, 8);
      count += change;
      std::memcpy(bytes.data() + sizeof(bundle::Header) + section * 8, &count, 8);
      seal(bytes);
      BOOST_TEST(refusal(bytes) == expected);
    }
  // A header that is a file of its own.
  std::string bytes = small_bundle().substr(0, sizeof(bundle::Header));
  bundle::Header header = header_of(bytes);
  header.size = bytes.size();
  set_header(bytes, header);
  seal(bytes);
  BOOST_TEST(refusal(bytes) == expected);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
