#include "engine/intersect.hpp"

#include <array>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace zweck {
namespace {

void intersect_plain(const Candidates& candidates, const std::uint64_t* facts, Survivors& out) {
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < candidates.count; ++i) {
    const std::uint32_t first = candidates.block[i] * 8;
    for (std::uint32_t word = 0; word < 8; ++word) {
      const std::uint64_t bits =
          candidates.bits[0][i][word] & candidates.bits[1][i][word] & candidates.bits[2][i][word] & facts[first + word];
      out.word[count] = first + word;
      out.bits[count] = bits;
      count += bits != 0;
    }
  }
  out.count = count;
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) inline __m256i load(const std::uint64_t* p) {
  return _mm256_load_si256(reinterpret_cast<const __m256i*>(p));
}

__attribute__((target("avx2"))) void intersect_avx2(const Candidates& candidates, const std::uint64_t* facts,
                                                    Survivors& out) {
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < candidates.count; ++i) {
    const std::uint32_t first = candidates.block[i] * 8;
    for (std::uint32_t half = 0; half < 8; half += 4) {
      const __m256i left = _mm256_and_si256(
          _mm256_and_si256(load(candidates.bits[0][i] + half), load(candidates.bits[1][i] + half)),
          _mm256_and_si256(load(candidates.bits[2][i] + half), load(facts + first + half)));
      if (_mm256_testz_si256(left, left)) continue;
      alignas(32) std::uint64_t words[4];
      _mm256_store_si256(reinterpret_cast<__m256i*>(words), left);
      for (std::uint32_t word = 0; word < 4; ++word) {
        out.word[count] = first + half + word;
        out.bits[count] = words[word];
        count += words[word] != 0;
      }
    }
  }
  out.count = count;
}

__attribute__((target("avx512f,avx512vl"))) void intersect_avx512(const Candidates& candidates, const std::uint64_t* facts,
                                                                  Survivors& out) {
  std::uint32_t count = 0;
  const __m256i steps = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  for (std::uint32_t i = 0; i < candidates.count; ++i) {
    const std::uint32_t first = candidates.block[i] * 8;
    const __m512i left = _mm512_and_si512(
        _mm512_and_si512(_mm512_load_si512(candidates.bits[0][i]), _mm512_load_si512(candidates.bits[1][i])),
        _mm512_and_si512(_mm512_load_si512(candidates.bits[2][i]), _mm512_load_si512(facts + first)));
    const __mmask8 some = _mm512_test_epi64_mask(left, left);
    if (some == 0) continue;
    _mm512_mask_compressstoreu_epi64(out.bits + count, some, left);
    const __m256i words = _mm256_add_epi32(_mm256_set1_epi32(static_cast<int>(first)), steps);
    _mm256_mask_compressstoreu_epi32(out.word + count, some, words);
    count += static_cast<std::uint32_t>(std::popcount(static_cast<unsigned>(some)));
  }
  out.count = count;
}

const std::array<Kernel, 3> all{{
    {"plain", intersect_plain, true},
    {"avx2", intersect_avx2, __builtin_cpu_supports("avx2") != 0},
    {"avx512", intersect_avx512, __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0},
}};

#else

const std::array<Kernel, 1> all{{{"plain", intersect_plain, true}}};

#endif

}  // namespace

std::span<const Kernel> kernels() { return all; }

Intersect kernel_named(std::string_view name) {
  Intersect widest = intersect_plain;
  for (const Kernel& kernel : all) {
    if (!kernel.supported) continue;
    if (kernel.name == name) return kernel.run;
    widest = kernel.run;
  }
  return widest;
}

}  // namespace zweck
