// Each fills in its part of the index, so that several can at once. `bits[i]` is the bit of shares[i].
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
  const TermList& terms;
  const std::array<Walk, 3>& walks;
  std::vector<NodeId> nodes{};             // of the shares
  std::vector<Share> shares{};
  std::vector<std::uint32_t> bits{};       // by share
  std::vector<std::uint32_t> excepting{};  // shares of rules with an `except`
  LiteralLists literals{};
  // Each task has its own blocks, those of dimensions first, then those of facts, and rows that refer to them.
  std::array<BlockPool, 4> pools{};
  std::array<Array<std::uint32_t>::Own, 3> side_rows{};
  Array<std::uint32_t>::Own fact_rows{};
  Index index{};
};

// Dimension d: for every leaf the bits of the terms that cover it.
void build_side(Compilation& compilation, std::size_t d);
// For every class of values of every fact the bits of the terms whose literals on it hold.
void build_facts(Compilation& compilation);
// After these: the blocks of all of them, each once …
void join_pools(Compilation& compilation);
// … and what is left to check of every term, and what every rule obliges to.
void build_terms(Compilation& compilation);

inline std::uint32_t narrow(std::size_t n) { return static_cast<std::uint32_t>(n); }

// An `except` that speaks of one dimension only is settled by that dimension's bits.
bool one_sided(const Box& box);

}  // namespace zweck
