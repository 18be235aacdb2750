// Places in a few bytes each.
#include <boost/test/unit_test.hpp>
#include <random>

#include "bundle/places.hpp"

namespace zweck::test {

using namespace bundle;

BOOST_AUTO_TEST_SUITE(places)

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  std::mt19937_64 random(1);
  const auto number = [&] { return static_cast<std::uint32_t>(random() >> (32 + random() % 33 % 32)); };
  for (int round = 0; round < 10'000; ++round) {
    const Span whole{number(), number(), number()};
    std::vector<Span> spans(random() % 6), list(random() % 4);
    for (auto* const all : {&spans, &list})
      for (Span& span : *all)
        if (all == &list || random() % 4 != 0) span = {whole.file, 1 + number() / 2, 0}, span.end = span.begin + number() / 2;
    Array<PlaceByte>::Own bytes;
    PlaceWriter write(whole, bytes);
    for (const Span& span : spans) write(span);
    write(list);
    PlaceReader read(whole, bytes);
    for (const Span& span : spans) {
      Span again;
      read(again);
      BOOST_REQUIRE(bool(again == span));
    }
    std::vector<Span> again;
    read(again);
    BOOST_REQUIRE(bool(again == list));
  }
}

BOOST_AUTO_TEST_CASE(a_rule_takes_few_bytes) {
  Array<PlaceByte>::Own bytes;
  PlaceWriter write({3, 1'000'000, 1'000'200}, bytes);
  for (std::uint32_t i = 0; i < 10; ++i) write(Span{3, 1'000'000 + 20 * i, 1'000'010 + 20 * i});
  BOOST_TEST(bytes.size() == 20);
}

BOOST_AUTO_TEST_CASE(bytes_that_end_early) {
  PlaceReader read({0, 7, 9}, {});
  Span span;
  read(span);
  BOOST_TEST(bool(span == Span()));
  const Array<PlaceByte>::Own none{{5}, {0}, {0}, {0}, {0}, {0}};  // five places that are nowhere
  std::vector<Span> nowhere;
  PlaceReader({0, 100, 200}, none)(nowhere);
  BOOST_TEST(nowhere.empty());
  const Array<PlaceByte>::Own huge(3, PlaceByte{0x7F});  // 127 places, of which one is there, with a distance of -64
  std::vector<Span> spans;
  PlaceReader({0, 100, 200}, huge)(spans);
  BOOST_REQUIRE(spans.size() == 1);
  BOOST_TEST(bool(spans[0] == Span{0, 36, 36 + 126}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
