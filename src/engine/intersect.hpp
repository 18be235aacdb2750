// The innermost step: the intersection of four rows of bits, block by block, as wide as the machine can.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace zweck {

// Blocks to look at, at most 64: their places in a row, and where each dimension has its bits.
struct Candidates {
  static constexpr std::uint32_t capacity = 64;
  std::uint32_t count = 0;
  std::uint32_t block[capacity];
  const std::uint64_t* bits[3][capacity];
};

// Words of terms that are left after the intersection.
struct Survivors {
  static constexpr std::uint32_t capacity = Candidates::capacity * 8;
  std::uint32_t count = 0;
  std::uint32_t word[capacity];  // its place in the row
  std::uint64_t bits[capacity];  // never 0
};

// `facts` is a whole row; every block lies on a cache line.
using Intersect = void (*)(const Candidates& candidates, const std::uint64_t* facts, Survivors& out);

struct Kernel {
  std::string_view name;  // "plain", "avx2", "avx512"
  Intersect run;
  bool supported;  // by this machine
};

// All there are, the widest last.
std::span<const Kernel> kernels();
// The one of that name, or the widest that this machine supports.
Intersect kernel_named(std::string_view name);

}  // namespace zweck
