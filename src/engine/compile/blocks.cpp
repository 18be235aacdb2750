#include "engine/compile/blocks.hpp"

#include <bit>
#include <span>

#include "engine/compile/rows.hpp"

namespace zweck {
namespace {

// The numbers of blocks in rows of a dimension, which stand one after the other: see Side::rows.
template <class Use>
void for_each_number(std::span<std::uint32_t> rows, std::size_t summary_words, Use use) {
  const std::size_t head = summary_words * Index::summary_size;
  for (std::size_t at = 0; at < rows.size();) {
    std::size_t count = 0;
    for (std::size_t word = at; word < at + head; word += Index::summary_size)
      count += static_cast<std::size_t>(std::popcount(rows[word]) + std::popcount(rows[word + 1]));
    at += head;
    for (const std::size_t end = at + count; at < end; ++at) use(rows[at]);
  }
}

}  // namespace

void join_pools(Compilation& compilation) {
  Index& index = compilation.index;
  // Facts have most of them.
  BlockPool pool = std::move(compilation.pools[3]);
  for (std::size_t d = 0; d < 3; ++d) {
    const BlockPool& blocks = compilation.pools[d];
    std::vector<std::uint32_t> numbers(blocks.size());
    for (std::uint32_t number = 0; number < numbers.size(); ++number) numbers[number] = pool.add(blocks[number]);
    auto& rows = compilation.side_rows[d];
    for_each_number(rows, index.summary_words, [&](std::uint32_t& number) { number = numbers[number]; });
    index.sides[d].rows = std::move(rows);
  }
  index.fact_rows = std::move(compilation.fact_rows);
  index.pool = pool.take();
}

}  // namespace zweck
