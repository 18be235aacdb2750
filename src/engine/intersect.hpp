// The innermost step: the intersection of four rows of bits, block by block, as wide as the machine can.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace zweck {

// Words of terms that are left after the intersection, for at most 64 blocks at a time.
struct Survivors {
  static constexpr std::uint32_t capacity = 64 * 8;
  std::uint32_t count = 0;
  std::uint32_t word[capacity];  // index of the word, relative to the first of the rows given
  std::uint64_t bits[capacity];  // never 0
};

// Four rows of 64 blocks of 8 words, each block on a cache line; `blocks` says which of them to look at.
using Intersect = void (*)(const std::uint64_t* a, const std::uint64_t* b, const std::uint64_t* c, const std::uint64_t* d,
                           std::uint64_t blocks, Survivors& out);

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
