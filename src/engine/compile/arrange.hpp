// TERMS -> SHARES: which bit of the index stands for which term, so that the terms of one point lie in few blocks.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/terms.hpp"
#include "model/ledger.hpp"
#include "model/model.hpp"

namespace zweck {

// Pre-order of a spanning tree of a taxonomy, by NodeId.
struct Walk {
  std::vector<std::uint32_t> position;
  std::vector<std::uint32_t> last;   // position of the last node of the subtree
  std::vector<NodeId> at;            // by position
  std::vector<NodeId> parent;        // in the spanning tree; any_node for roots
  // Whether what is at or below a node is exactly its subtree: not if other parents bring in more.
  std::vector<bool> is_tree;
  std::vector<std::uint32_t> leaves;  // how many stand before a position; one more than there are nodes
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
  std::vector<Share> denies, allows;  // in the order of the index
  std::vector<NodeId> nodes;
  std::uint32_t parts = 0;  // that hold terms
};

// Cuts the space along the taxonomies until a part has no more terms than `part_terms` (a kd-tree whose planes are the
// taxonomies' own groups; compare HiCuts, Gupta and McKeown, Hot Interconnects 1999); 0 never cuts it. A term that reaches
// into a few parts of a cut gets a share in each, else it stays above the cut.
Arrangement arrange(const Model& model, const std::vector<Term>& terms, const std::array<Walk, 3>& walks,
                    std::size_t part_terms);

}  // namespace zweck
