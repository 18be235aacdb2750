// Each fills in its part of the index. `bits[i]` is the bit of shares[i].
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/compile/blocks.hpp"
#include "engine/compile/literals.hpp"
#include "engine/compile/arrange.hpp"
#include "engine/index.hpp"
#include "engine/terms.hpp"
#include "model/model.hpp"

namespace zweck {

struct Compilation {
  const Model& model;
  Terms terms;
  std::array<Walk, 3> walks;
  std::vector<NodeId> nodes;   // of the shares
  std::vector<Share> shares;
  std::vector<std::uint32_t> bits;  // by share
  LiteralLists literals;
  BlockPool pool;
  Index index;
};

// Dimension d: for every leaf the bits of the terms that cover it.
void build_side(Compilation& compilation, std::size_t d);
// For every class of values of every fact the bits of the terms whose literals on it hold.
void build_facts(Compilation& compilation);
// What is left to check of every term, and what every rule obliges to; after the others.
void build_terms(Compilation& compilation);

inline std::uint32_t narrow(std::size_t n) { return static_cast<std::uint32_t>(n); }

// An `except` that speaks of one dimension only is settled by that dimension's bits.
bool one_sided(const Box& box);

}  // namespace zweck
