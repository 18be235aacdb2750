// Rules of very many conditions: as exact as short ones, and no slower than they are long.
#include <boost/test/unit_test.hpp>
#include <ctime>
#include <string>

#include "zweck/zweck.hpp"

namespace {

using namespace zweck;

Engine engine(const std::string& vocabulary, const std::string& rules) {
  auto loaded = Engine::from_texts(
      {{"a.vocab.yaml", "data: {d: {}}\npurposes: {p: {}}\npartners: {q: {}}\n" + vocabulary}, {"a.zweck", rules}});
  BOOST_REQUIRE_MESSAGE(static_cast<bool>(loaded), (loaded ? "" : render(loaded.diagnostics()).substr(0, 2000)));
  return *std::move(loaded);
}

Status status(const Engine& engine, std::int64_t value) {
  Facts facts = engine.facts();
  BOOST_REQUIRE(static_cast<bool>(facts.set("f", value)));
  return engine.decide({0, 0, 0}, facts, engine.unknown_subject(Time{})).status();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(many_literals)

// More of them are false at once than sixteen bits count.
BOOST_AUTO_TEST_CASE(seventy_thousand_on_one_fact) {
  constexpr std::int64_t count = 70'000;
  std::string condition = "f > 1";
  for (std::int64_t i = 2; i <= count; ++i) condition += " and f > " + std::to_string(i);
  const std::clock_t start = std::clock();
  const Engine decides = engine("facts: {f: int 0..100000}\n", "rule r allow d for p by q when " + condition + " basis not-personal");
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  BOOST_TEST_MESSAGE(seconds << " s");
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, count - 65'537, count - 65'536, count - 65'535, count})
    BOOST_TEST((status(decides, value) == Status::not_permitted), value);
  BOOST_TEST((status(decides, count + 1) == Status::allowed));
#ifdef NDEBUG
  BOOST_TEST(seconds < 3.0);  // not what the square of their number takes
#endif
}

// What alternatives have in common is in each of them.
BOOST_AUTO_TEST_CASE(alternatives_among_many) {
  std::string condition = "(f = 7 or f = 9 or f = 3)";
  for (int i = 0; i < 500; ++i) condition += " and not f = " + std::to_string(1'000 + i) + " and (f > 4 or f > 5)";
  const Engine decides = engine("facts: {f: int 0..100000}\n", "rule r allow d for p by q when " + condition + " basis not-personal");
  for (int value = 0; value < 12; ++value)
    BOOST_TEST((status(decides, value) == (value == 7 || value == 9 ? Status::allowed : Status::not_permitted)), value);
}

BOOST_AUTO_TEST_SUITE_END()
