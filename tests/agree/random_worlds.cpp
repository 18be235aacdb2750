// Random policy sets, ledgers and requests: everyone who decides must say the same.
// ZWECK_SEED and ZWECK_COUNT (of sets) explore further, ZWECK_LARGE=1 makes them all large.
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <set>

#include "agree/compare.hpp"
#include "agree/shrink.hpp"
#include "reference/random.hpp"

namespace agree {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

constexpr int requests_per_world = 8;

// Mostly small worlds, some with more in them, few that are large.
reference::Taste taste_of(std::uint64_t seed) {
  reference::Taste taste;
  if (seed % 4 == 1) taste = reference::small_taste;
  if (seed % 16 == 2) taste = {9, 40, 6, 3, 20, 3, 2};
  if (seed % 16 == 6) taste.events = 300;
  if (seed % 128 == 3 || setting("ZWECK_LARGE", 0) != 0) taste = reference::large_taste;
  return taste;
}

// Every way to build an engine takes its turn.
zweck::EngineOptions options_of(std::uint64_t seed) {
  static const std::array<std::size_t, 4> cached{16'384, 0, 1, 64};
  static const std::array<std::string, 4> kernels{"", "plain", "avx2", "avx512"};
  static const std::array<std::size_t, 5> part_terms{512, 1, 0, 2, 5};
  const zweck::EngineOptions standard;
  return {cached[seed / 4 % 4], kernels[seed / 2 % 4], part_terms[seed % 5], standard.table_bytes,
          seed % 7 == 0 ? 20 : standard.table_steps};
}

bool bundled(std::uint64_t seed) { return seed % 3 == 0; }

// The first difference of the world and requests of a seed, shrunk, as text.
std::optional<std::string> run(std::uint64_t seed, Tally& tally) {
  reference::Dice dice(seed);
  const reference::Taste taste = taste_of(seed);
  reference::World world = random_world(dice, taste);
  const reference::Dice layout(seed);
  ++tally.worlds;
  const zweck::EngineOptions options = options_of(seed);
  const auto describe_smaller = [&](reference::Request request, const Difference& first) {
    shrink(world, request, [&](const reference::World& smaller, const reference::Request& asked) {
      const Compared compared(smaller, files_of(smaller, layout), options, bundled(seed));
      Tally ignored;
      if (compared.unloaded()) return compared.unloaded()->kind == first.kind;
      const auto different = compared.compare(asked, json_of(asked, layout), ignored);
      return different && different->kind == first.kind;
    });
    const auto files = files_of(world, layout);
    const Compared compared(world, files, options, bundled(seed));
    Tally ignored;
    const auto left =
        compared.unloaded() ? compared.unloaded() : compared.compare(request, json_of(request, layout), ignored);
    return "seed " + std::to_string(seed) + "\n" + report(files, json_of(request, layout), left.value_or(first));
  };
  const auto files = files_of(world, layout);
  const Compared compared(world, files, options, bundled(seed));
  if (compared.unloaded()) return describe_smaller({}, *compared.unloaded());
  for (int i = 0; i < requests_per_world; ++i) {
    reference::Request request = random_request(world, dice, taste);
    if (dice.chance(8)) spoil(request, world, dice);
    const auto different = compared.compare(request, json_of(request, layout), tally, taste.rules > 100 ? 25 : 150);
    if (different) return describe_smaller(request, *different);
  }
  return std::nullopt;
}

}  // namespace

BOOST_AUTO_TEST_CASE(random_worlds_are_decided_alike) {
  const std::uint64_t first = setting("ZWECK_SEED", 1), count = setting("ZWECK_COUNT", 3'000);
  Tally tally;
  std::size_t shown = 0;
  for (std::uint64_t seed = first; seed < first + count && shown < 5; ++seed) {
    if (const auto different = run(seed, tally)) {
      ++shown;
      BOOST_ERROR(*different);
    }
  }
  std::printf("counted: %s\n", tally.text().c_str());
  // Every outcome is well represented, or this shows little.
  if (shown > 0 || count < 100 || setting("ZWECK_LARGE", 0) != 0) return;
  for (std::size_t status = 0; status < 5; ++status) BOOST_CHECK_GT(tally.requests[status], tally.by_json / 50);
  for (std::size_t status = 0; status < 4; ++status) BOOST_CHECK_GT(tally.decisions[status], tally.by_ids / 20);
  BOOST_CHECK_GT(tally.conditional, tally.by_ids / 20);
  BOOST_CHECK_GT(tally.without_ledger, tally.by_json / 20);
  BOOST_CHECK_GT(tally.quick, tally.by_json / 2);
  BOOST_CHECK_GT(tally.long_ledgers, tally.by_json / 50);
  if (count >= 2'000) BOOST_CHECK_GT(tally.total(), 200'000);
}

}  // namespace agree
