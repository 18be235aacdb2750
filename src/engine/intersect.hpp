// The innermost step: the terms of a few blocks that all rows have in common, as wide as the machine can.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/index.hpp"

namespace zweck {

// The rows of the three dimensions at a point of leaves.
struct PointRows {
  const Index& index;
  std::array<const std::uint32_t*, 3> rows;

  PointRows(const Index& index, const Point& point)
      : index(index),
        rows{index.sides[0].rows.data() + index.sides[0].row_of[point.data],
             index.sides[1].rows.data() + index.sides[1].row_of[point.purpose],
             index.sides[2].rows.data() + index.sides[2].row_of[point.partner]} {}

  std::uint64_t summary(std::size_t d, std::uint32_t word) const {
    const std::uint32_t* at = rows[d] + word * Index::summary_size;
    return at[0] | std::uint64_t{at[1]} << 32;
  }
  // Which of the 64 blocks from 64 * word on are empty in none of the three.
  std::uint64_t blocks(std::uint32_t word) const { return summary(0, word) & summary(1, word) & summary(2, word); }
};

// Where a block has its bits.
struct Candidate {
  std::uint32_t block;  // its place in a row
  std::array<const std::uint64_t*, 3> bits;
};
struct Candidates {
  static constexpr std::uint32_t capacity = 16;
  std::uint32_t count = 0;
  std::array<Candidate, capacity> at;
};

// Words of the intersection that are not 0.
struct SurvivingWords {
  static constexpr std::uint32_t capacity = Candidates::capacity * block_words;
  std::uint32_t count = 0;
  std::uint32_t word[capacity + block_words];  // its place in a row; what lies beyond `count` has no meaning
  std::uint64_t bits[capacity + block_words];
};

// Numbers of terms, ascending.
struct Terms {
  static constexpr std::uint32_t enough = 32;  // to be worth a look
  static constexpr std::uint32_t room = 4;     // written beyond the end
  std::uint32_t count = 0;
  std::uint32_t number[enough + 64 + room];
};

// The steps of an intersection. None of them branches on single bits, which no processor could foresee.
struct Kernel {
  std::string_view name;  // "plain", "avx2", "avx512"
  // Adds the first of these blocks, as many as there is room for, and sends for the memory they lie in; which are left.
  std::uint64_t (*gather)(const PointRows& rows, std::uint32_t word, std::uint64_t blocks, Candidates& out);
  // What the dimensions and the facts have in common; `facts` is a whole row, on cache lines.
  void (*intersect)(const Candidates& candidates, const std::uint64_t* facts, SurvivingWords& out);
  // The terms of the words from `from` on, until there are enough; the word to go on with.
  std::uint32_t (*expand)(const SurvivingWords& words, std::uint32_t from, Terms& out);
  bool supported;  // by this machine
};

// All there are, the widest last.
std::span<const Kernel> kernels();
// The one of that name, or the widest that this machine supports.
const Kernel& kernel_named(std::string_view name);

}  // namespace zweck
