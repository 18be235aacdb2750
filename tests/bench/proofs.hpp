// What analysis is asked to prove: assertions over a workload, and rules made up of others.
#pragma once

#include <string>

#include "bench/setup.hpp"
#include "model/load.hpp"

namespace zweck::bench {

LoadedSet load(const Texts& texts);  // ends the program with the reason if it does not load

// So many assertions that hold and that fail over the rules of the model, none of them vacuous: `never` over the scope
// and condition of a deny rule, over random groups, and `always` at single points, with all that stands in the way ruled
// out.
std::string assertions_text(const Model& model, std::size_t holding, std::size_t failing);

enum class Tiling : std::uint8_t {
  plain,     // one rule in so many boxes, each with a rule that allows the same
  gap,       // the same but for one point of the last box
  denied,    // each box with a rule that denies
  pairs,     // each box with two rules whose conditions complement one another, different ones in each
  minterms   // all rules over the scope of the one, with all combinations of as many facts as that takes
};
const char* name_of(Tiling tiling);
// The one rule, and `tiles` boxes of all sizes that are disjoint and together its scope: 256 × 128 × 1,024 leaves.
Texts tiled(Tiling tiling, std::size_t tiles);

}  // namespace zweck::bench
