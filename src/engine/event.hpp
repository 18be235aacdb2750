// Events of a ledger at a point of leaves: what a ledger that is bound, and one that is asked once, have in common.
#pragma once

#include <array>

#include "engine/program.hpp"

namespace zweck {

// Nodes of the three dimensions; any_node where there is none in particular.
using Nodes = std::array<NodeId, 3>;

inline bool at_or_below(const Program& program, std::size_t d, NodeId lower, NodeId upper) {
  if (upper == any_node) return true;
  if (lower == any_node) return false;
  const Side& side = program.index().sides[d];
  if (side.below[upper] == not_a_tree) return program.vocabulary().taxonomies[d].at_or_below(lower, upper);
  return static_cast<std::uint16_t>(side.preorder[lower] - side.preorder[upper]) <= side.below[upper];
}

inline bool within(const Program& program, const Nodes& inner, const Nodes& outer) {
  return at_or_below(program, 0, inner[0], outer[0]) && at_or_below(program, 1, inner[1], outer[1]) &&
         at_or_below(program, 2, inner[2], outer[2]);
}

// Whether nothing that is separate, or joined after the grant was given, lies between its names and the leaves.
bool is_open(const Program& program, const Nodes& scope, Time given, const Nodes& leaves);

}  // namespace zweck
