// Cycles in a directed graph, one through each tangle.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace zweck {

// Each cycle as its vertices in the order of its edges, beginning with the smallest; no vertex is in two of them. Empty
// exactly if the graph has no cycle. Linear in the edges; the graph may be a chain of any length.
std::vector<std::vector<std::uint32_t>> find_cycles(std::size_t vertices,
                                                    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges);

}  // namespace zweck
