// Every kernel that this machine has finds the terms that all rows have in common, as a loop over single bits does.
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

#include "engine/intersect.hpp"

namespace {

using namespace zweck;

// Three rows of `blocks` blocks each and one of facts. Of `per_mille` 1000 all bits are set.
struct Rows {
  Index index;
  std::array<std::vector<bool>, 3> bits;  // of the rows, by term
  Array<std::uint64_t>::Own facts;

  Rows(std::uint32_t blocks, unsigned block_per_mille, unsigned bit_per_mille, unsigned seed) {
    std::mt19937 random(seed);
    const auto happens = [&](unsigned per_mille) { return random() % 1000 < per_mille; };
    index.blocks = blocks;
    index.summary_words = (blocks + 63) / 64;
    Array<std::uint64_t>::Own pool(block_words, ~std::uint64_t{0});
    for (std::size_t d = 0; d < 3; ++d) {
      bits[d].assign(std::size_t{blocks} * block_words * 64, false);
      Array<std::uint32_t>::Own row(std::size_t{index.summary_words} * Index::summary_size);
      for (std::uint32_t word = 0; word < index.summary_words; ++word) {
        row[word * Index::summary_size + 2] = static_cast<std::uint32_t>(row.size());
        for (std::uint32_t bit = 0; bit < 64 && word * 64 + bit < blocks; ++bit) {
          if (!happens(block_per_mille)) continue;
          row[word * Index::summary_size + bit / 32] |= std::uint32_t{1} << (bit % 32);
          row.push_back(static_cast<std::uint32_t>(pool.size() / block_words));
          for (std::uint32_t i = 0; i < block_words * 64; ++i) {
            if (i % 64 == 0) pool.push_back(0);
            if (!happens(bit_per_mille)) continue;
            pool.back() |= std::uint64_t{1} << (i % 64);
            bits[d][(word * 64 + bit) * block_words * 64 + i] = true;
          }
        }
      }
      index.sides[d].rows = std::move(row);
      index.sides[d].row_of = Array<std::uint32_t>::Own{0};
    }
    index.pool = std::move(pool);
    for (std::uint32_t word = 0; word < index.words(); ++word) facts.push_back(happens(300) ? ~std::uint64_t{0} : random() | std::uint64_t{random()} << 32);
  }

  std::vector<std::uint32_t> expected() const {
    std::vector<std::uint32_t> terms;
    for (std::uint32_t term = 0; term < bits[0].size(); ++term)
      if (bits[0][term] && bits[1][term] && bits[2][term] && (facts[term / 64] >> (term % 64) & 1) != 0) terms.push_back(term);
    return terms;
  }

  std::vector<std::uint32_t> found_by(const Kernel& kernel) const {
    std::vector<std::uint32_t> found;
    const PointRows rows(index, {0, 0, 0});
    for (std::uint32_t word = 0; word < index.summary_words; ++word) {
      std::uint64_t blocks = rows.blocks(word);
      while (blocks != 0) {
        Candidates candidates;
        SurvivingWords words;
        blocks = kernel.gather(rows, word, blocks, candidates);
        kernel.intersect(candidates, facts.data(), words);
        for (std::uint32_t from = 0; from < words.count;) {
          Terms terms;
          from = kernel.expand(words, from, terms);
          found.insert(found.end(), terms.number, terms.number + terms.count);
        }
      }
    }
    return found;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(kernel)

BOOST_AUTO_TEST_CASE(all_find_the_same) {
  std::size_t supported = 0;
  for (const Kernel& each : kernels()) supported += each.supported;
  BOOST_TEST_MESSAGE(supported << " kernels on this machine");
  BOOST_TEST(kernels().front().supported);
  unsigned seed = 0;
  std::size_t terms = 0;
  for (const std::uint32_t blocks : {0u, 1u, 2u, 63u, 64u, 65u, 200u})
    for (const unsigned block_per_mille : {50u, 500u, 1000u})
      for (const unsigned bit_per_mille : {2u, 100u, 500u, 1000u}) {
        const Rows rows(blocks, block_per_mille, bit_per_mille, ++seed);
        const std::vector<std::uint32_t> expected = rows.expected();
        terms += expected.size();
        for (const Kernel& each : kernels())
          if (each.supported) BOOST_TEST((rows.found_by(each) == expected), each.name << " " << blocks << " " << bit_per_mille);
      }
  BOOST_TEST(terms > 100'000u);
}

BOOST_AUTO_TEST_CASE(a_name_that_there_is_not_means_the_widest) {
  BOOST_TEST(kernel_named("plain").name == "plain");
  BOOST_TEST(kernel_named("").supported);
  BOOST_TEST(kernel_named("none such").name == kernel_named("").name);
  for (const Kernel& each : kernels()) BOOST_TEST(kernel_named(each.name).supported);
}

BOOST_AUTO_TEST_SUITE_END()
