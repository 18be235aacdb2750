#include "engine/intersect.hpp"

#include <array>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace zweck {
namespace {

[[gnu::always_inline]] inline std::uint64_t gather(const PointRows& rows, std::uint32_t word, std::uint64_t blocks,
                                                   Candidates& out) {
  std::uint32_t count = out.count;
  for (; blocks != 0 && count < Candidates::capacity; blocks &= blocks - 1, ++count) {
    const std::uint64_t before = (blocks & -blocks) - 1;
    Candidate& candidate = out.at[count];
    candidate.block = word * 64 + static_cast<std::uint32_t>(std::countr_zero(blocks));
    for (std::size_t d = 0; d < 3; ++d) {
      const auto rank = static_cast<std::uint32_t>(std::popcount(rows.summary(d, word) & before));
      const std::uint32_t first = rows.rows[d][word * Index::summary_size + 2];
      candidate.bits[d] = rows.index.block(rows.rows[d][first + rank]);
      __builtin_prefetch(candidate.bits[d]);
    }
  }
  out.count = count;
  return blocks;
}

std::uint64_t gather_plain(const PointRows& rows, std::uint32_t word, std::uint64_t blocks, Candidates& out) {
  return gather(rows, word, blocks, out);
}

std::uint32_t expand_plain(const SurvivingWords& words, std::uint32_t from, Terms& out) {
  out.count = 0;
  for (; from < words.count && out.count < Terms::enough; ++from)
    for (std::uint64_t bits = words.bits[from]; bits != 0; bits &= bits - 1)
      out.number[out.count++] = words.word[from] * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
  return from;
}

void intersect_plain(const Candidates& candidates, const std::uint64_t* facts, SurvivingWords& out) {
  std::uint32_t count = 0;
  for (std::uint32_t c = 0; c < candidates.count; ++c) {
    const auto& [block, bits] = candidates.at[c];
    std::uint32_t word = block * block_words;
    for (std::uint32_t i = 0; i < block_words; ++i, ++word) {
      const std::uint64_t left = bits[0][i] & bits[1][i] & bits[2][i] & facts[word];
      out.word[count] = word;
      out.bits[count] = left;
      count += left != 0;
    }
  }
  out.count = count;
}

#if defined(__x86_64__)

__attribute__((target("popcnt,bmi"))) std::uint64_t gather_popcnt(const PointRows& rows, std::uint32_t word,
                                                                  std::uint64_t blocks, Candidates& out) {
  return gather(rows, word, blocks, out);
}

// Most words have a few bits at most: four are written whether they are there or not.
__attribute__((target("popcnt,bmi"))) std::uint32_t expand_popcnt(const SurvivingWords& words, std::uint32_t from, Terms& out) {
  std::uint32_t count = 0;
  for (; from < words.count && count < Terms::enough; ++from) {
    std::uint64_t bits = words.bits[from];
    const std::uint32_t first = words.word[from] * 64;
    std::uint32_t* number = out.number + count;
    count += static_cast<std::uint32_t>(_mm_popcnt_u64(bits));
    for (std::uint32_t i = 0; i < Terms::room; ++i, bits = _blsr_u64(bits))
      number[i] = first + static_cast<std::uint32_t>(_tzcnt_u64(bits));
    for (number += Terms::room; bits != 0; bits = _blsr_u64(bits))
      *number++ = first + static_cast<std::uint32_t>(_tzcnt_u64(bits));
  }
  out.count = count;
  return from;
}

__attribute__((target("avx2"))) inline __m256i load(const std::uint64_t* p) {
  return _mm256_load_si256(reinterpret_cast<const __m256i*>(p));
}

__attribute__((target("avx2"))) void intersect_avx2(const Candidates& candidates, const std::uint64_t* facts,
                                                    SurvivingWords& out) {
  std::uint32_t count = 0;
  for (std::uint32_t c = 0; c < candidates.count; ++c) {
    const auto& [block, bits] = candidates.at[c];
    for (std::uint32_t half = 0; half < block_words; half += 4) {
      const std::uint32_t word = block * block_words + half;
      alignas(32) std::uint64_t left[4];
      _mm256_store_si256(reinterpret_cast<__m256i*>(left),
                         _mm256_and_si256(_mm256_and_si256(load(bits[0] + half), load(bits[1] + half)),
                                          _mm256_and_si256(load(bits[2] + half), load(facts + word))));
      for (std::uint32_t i = 0; i < 4; ++i) {
        out.word[count] = word + i;
        out.bits[count] = left[i];
        count += left[i] != 0;
      }
    }
  }
  out.count = count;
}

__attribute__((target("avx512f,avx512vl,popcnt"))) void intersect_avx512(const Candidates& candidates,
                                                                         const std::uint64_t* facts, SurvivingWords& out) {
  std::uint32_t count = 0;
  const __m256i steps = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  for (std::uint32_t c = 0; c < candidates.count; ++c) {
    const auto& [block, bits] = candidates.at[c];
    const std::uint32_t word = block * block_words;
    const __m512i left = _mm512_and_si512(_mm512_and_si512(_mm512_load_si512(bits[0]), _mm512_load_si512(bits[1])),
                                          _mm512_and_si512(_mm512_load_si512(bits[2]), _mm512_load_si512(facts + word)));
    const __mmask8 some = _mm512_test_epi64_mask(left, left);
    _mm512_storeu_si512(out.bits + count, _mm512_maskz_compress_epi64(some, left));
    const __m256i words = _mm256_add_epi32(_mm256_set1_epi32(static_cast<int>(word)), steps);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out.word + count), _mm256_maskz_compress_epi32(some, words));
    count += static_cast<std::uint32_t>(std::popcount(static_cast<unsigned>(some)));
  }
  out.count = count;
}

const bool counts_bits = __builtin_cpu_supports("popcnt") != 0 && __builtin_cpu_supports("bmi") != 0;

const std::array<Kernel, 3> all{{
    {"plain", gather_plain, intersect_plain, expand_plain, true},
    {"avx2", gather_popcnt, intersect_avx2, expand_popcnt, counts_bits && __builtin_cpu_supports("avx2") != 0},
    {"avx512", gather_popcnt, intersect_avx512, expand_popcnt,
     counts_bits && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0},
}};

#else

const std::array<Kernel, 1> all{{{"plain", gather_plain, intersect_plain, expand_plain, true}}};

#endif

}  // namespace

std::span<const Kernel> kernels() { return all; }

const Kernel& kernel_named(std::string_view name) {
  const Kernel* widest = &all.front();
  for (const Kernel& kernel : all) {
    if (!kernel.supported) continue;
    if (kernel.name == name) return kernel;
    widest = &kernel;
  }
  return *widest;
}

}  // namespace zweck
