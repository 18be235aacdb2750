// One rule tiled exactly by others.
#include <fmt/format.h>

#include <array>
#include <bit>
#include <vector>

#include "bench/proofs.hpp"
#include "bench/random.hpp"

namespace zweck::bench {
namespace {

constexpr std::array<std::size_t, 3> leaves{256, 128, 1024};
constexpr std::array<const char*, 3> kinds{"data", "purpose", "partner"};

struct Tile {
  std::array<std::size_t, 3> first{}, last = leaves;  // leaves from `first` to before `last`
};

// Cut in two again and again, at random places.
std::vector<Tile> make_tiles(std::size_t count) {
  Random random(5);
  std::vector<Tile> tiles{Tile{}};
  while (tiles.size() < count) {
    Tile& tile = tiles[random.below(tiles.size())];
    const std::size_t d = random.below(3);
    if (tile.last[d] - tile.first[d] < 2) continue;
    const std::size_t cut = tile.first[d] + 1 + random.below(tile.last[d] - tile.first[d] - 1);
    Tile rest = tile;
    tile.last[d] = rest.first[d] = cut;
    tiles.push_back(rest);
  }
  return tiles;
}

std::string scope_of(const Tile& tile) {
  constexpr std::array<const char*, 3> before{"", " for ", " by "};
  std::string text;
  for (std::size_t d = 0; d < 3; ++d) {
    text += before[d];
    for (std::size_t i = tile.first[d]; i < tile.last[d]; ++i)
      text += fmt::format("{}{}-{}", i == tile.first[d] ? "" : ", ", kinds[d], i);
  }
  return text;
}

std::string vocabulary(std::size_t facts) {
  std::string text;
  for (std::size_t d = 0; d < 3; ++d) {
    text += fmt::format("{}{}:\n  {}-all: {{}}\n", kinds[d], d == 0 ? "" : "s", kinds[d]);
    for (std::size_t i = 0; i < leaves[d]; ++i) text += fmt::format("  {}-{}: {{in: {}-all}}\n", kinds[d], i, kinds[d]);
  }
  text += "facts:\n  score: int 0..1000000 = 0\n";
  for (std::size_t i = 0; i < facts; ++i) text += fmt::format("  fact-{}: bool = false\n", i);
  return text;
}

}  // namespace

const char* name_of(Tiling tiling) {
  constexpr std::array<const char*, 5> names{"boxes", "boxes, one point left", "boxes that deny", "complementary pairs",
                                             "combinations of facts"};
  return names[static_cast<std::size_t>(tiling)];
}

Texts tiled(Tiling tiling, std::size_t tiles) {
  const std::string whole = "data-all for purpose-all by partner-all";
  std::string rules = fmt::format("rule whole\n  allow {}\n  basis contract\n", whole);
  std::size_t number = 0;
  const auto add = [&](const std::string& effect, const std::string& scope, const std::string& clauses) {
    rules += fmt::format("rule tile-{}\n  {} {}\n{}{}", number++, effect, scope, clauses,
                         effect == "allow" ? "  basis contract\n" : "");
  };
  std::size_t facts = 0;
  if (tiling == Tiling::minterms) {
    facts = std::bit_width(tiles - 1);
    for (std::size_t i = 0; i < std::size_t{1} << facts; ++i) {
      std::string when = "  when ";
      for (std::size_t f = 0; f < facts; ++f)
        when += fmt::format("{}{}fact-{}", f == 0 ? "" : " and ", i >> f & 1 ? "" : "not ", f);
      add("allow", whole, when + "\n");
    }
    return {{"tiles.vocab.yaml", vocabulary(facts)}, {"tiles.zweck", rules}};
  }
  const std::vector<Tile> boxes = make_tiles(tiles);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const std::string scope = scope_of(boxes[i]);
    switch (tiling) {
      case Tiling::denied:
        add("deny", scope, "");
        break;
      case Tiling::pairs:
        add("allow", scope, fmt::format("  when score < {}\n", 1 + i));
        add("allow", scope, fmt::format("  when score >= {}\n", 1 + i));
        break;
      default: {
        Tile left;
        for (std::size_t d = 0; d < 3; ++d) {
          left.first[d] = boxes[i].last[d] - 1;
          left.last[d] = boxes[i].last[d];
        }
        const bool gap = tiling == Tiling::gap && i + 1 == boxes.size();
        add("allow", scope, gap ? "  except " + scope_of(left) + "\n" : "");
      }
    }
  }
  return {{"tiles.vocab.yaml", vocabulary(0)}, {"tiles.zweck", rules}};
}

}  // namespace zweck::bench
