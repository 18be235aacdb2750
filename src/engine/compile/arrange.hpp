// TERMS -> SHARES: which bit of the index stands for which term, so that the terms of one point lie in few blocks.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/terms.hpp"
#include "model/ledger.hpp"
#include "model/model.hpp"

namespace zweck {

// Pre-order of a spanning tree of a taxonomy.
struct Walk {
  struct Place {
    std::uint32_t position = UINT32_MAX;
    std::uint32_t last = 0;    // position of the last node of the subtree
    NodeId parent = any_node;  // in the spanning tree; any_node for roots
    std::uint32_t depth = 0;   // of roots 0
    std::uint32_t way = 0;     // into `ways`
    // Whether what is at or below the node is exactly its subtree: not if other parents bring in more.
    bool is_tree = true;
  };
  std::vector<Place> of;              // by NodeId
  std::vector<NodeId> at;             // by position
  std::vector<std::uint32_t> leaves;  // how many stand before a position; one more than there are nodes
  // How each node is reached: which of the roots, which child of that, and so on down to the node itself, depth + 1 numbers.
  std::vector<std::uint16_t> ways;
};
Walk walk(const Taxonomy& taxonomy);

// One bit of the index: a term, or its share in a part of the space. In each dimension the nodes that it covers there.
struct Share {
  std::uint32_t term = 0;
  struct Slice {
    std::uint32_t from = 0, to = 0;  // into Arrangement::nodes; empty: any
  };
  std::array<Slice, 3> nodes;
};

struct Arrangement {
  std::vector<Share> shares;  // in the order of the index
  std::vector<NodeId> nodes;
  std::uint32_t parts = 0;   // that hold terms
  bool over_budget = false;  // it would have been cut further
};

// How far the space is cut. Work is counted, not timed, so that it ends alike on every machine.
struct Cutting {
  std::size_t part_terms = 0;              // until a part has no more terms; 0 never cuts it
  std::uint64_t most_shares = UINT64_MAX;  // no further once there are so many,
  std::uint64_t most_steps = UINT64_MAX;   // or after so many looks at a node of a share
};

// Cuts the space along the taxonomies (a kd-tree whose planes are the taxonomies' own groups; compare HiCuts, Gupta and
// McKeown, Hot Interconnects 1999), for the terms of rules of one effect. A term that reaches into a few parts of a cut gets
// a share in each, else it stays above the cut. A part may spend of `most_shares` and `most_steps` what its shares are of
// all, so that it ends alike in whichever order parts are cut.
Arrangement arrange(const Model& model, const TermList& terms, Effect effect, const std::array<Walk, 3>& walks,
                    const Cutting& cutting);
// The shares of both, one after the other.
void append(Arrangement& arrangement, Arrangement&& other);

}  // namespace zweck
