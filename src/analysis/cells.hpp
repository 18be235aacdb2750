// Sets of cells: boxes with parts cut out of them, and what is left of a box.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/scopes.hpp"

namespace zweck::analysis {

// A box less some parts of it.
struct Part {
  struct Cut {
    Region box;
    std::span<const Region> kept;  // of the box
  };
  Region box;
  std::vector<Cut> cuts;

  Part(Region of, std::vector<Cut> without) : box(std::move(of)), cuts(std::move(without)) {}
  explicit Part(const RankedRule& rule) : box(rule.scope) { narrow_to_covered(rule); }  // what it covers
  void narrow_to_covered(const RankedRule& rule);
  void narrow_to_uncovered(const RankedRule& rule);
};

// Bit by bit: rows of the classes of one dimension, for each pair of classes of the other two.
class Cells {
 public:
  // All of the box.
  explicit Cells(const Region& box);
  static std::size_t words(const Region& box);  // that it takes

  std::optional<Cell> first();
  // Takes the part out, and returns what was still there as few boxes, disjoint.
  std::vector<Region> take(const Part& part);

 private:
  std::array<std::size_t, 3> dimensions_{};  // of rows the outer and the inner one, of columns
  std::array<std::vector<std::uint32_t>, 2> classes_;  // of the rows
  std::vector<Bits> rows_;
  std::size_t first_ = 0;  // row that may have something left
};

}  // namespace zweck::analysis
