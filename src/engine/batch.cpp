// Many decisions in one call: rows are taken by words of 64, and while one is decided, memory for the next is sent for.
#include <algorithm>
#include <array>
#include <bit>

#include "engine/decide.hpp"
#include "engine/decision_cache.hpp"
#include "engine/program.hpp"

namespace zweck {
namespace {

// Questions of up to a word of rows that were put to the cache, whose answers are on their way from memory.
struct Asked {
  static constexpr std::size_t most = 64;
  std::size_t count = 0;
  bool look = false;  // whether the cache is asked at all
  std::array<std::size_t, most> rows;
  std::array<DecisionKey, most> keys;
  std::array<std::size_t, most> slots;
  std::array<bool, most> may;  // be kept
};

// Element i of a column that may have a single one for all rows.
template <class T>
const T& at(std::span<const T> column, std::size_t i) {
  return column[column.size() == 1 ? 0 : i];
}

bool fits(const Batch& batch, std::size_t rows) {
  const auto column_fits = [&](const auto& column) { return column.size() == rows || column.size() == 1; };
  return column_fits(batch.data) && column_fits(batch.purpose) && column_fits(batch.partner) && column_fits(batch.facts) &&
         column_fits(batch.subjects);
}

}  // namespace

template <class Use>
void Engine::decide_rows(const Batch& batch, std::size_t rows, std::span<const std::uint64_t> selected, Use use) const {
  DecisionCache& cache = program_->cache();
  const auto point_of = [&](std::size_t row) {
    return Point{at(batch.data, row), at(batch.purpose, row), at(batch.partner, row)};
  };
  const auto ask = [&](std::size_t word, Asked& asked) {
    const std::size_t first = word * 64, end = std::min(first + 64, rows);
    asked.count = 0;
    asked.look = !cache.off() && cache_pays.look(static_cast<std::uint32_t>(end - first));
    const auto add = [&](std::size_t row) {
      const std::size_t i = asked.count++;
      asked.rows[i] = row;
      if (!asked.look) return;
      const Point point = point_of(row);
      const Facts& facts = at(batch.facts, row);
      asked.may[i] = may_be_cached(point, facts);
      asked.keys[i] = key_of(point, facts, at(batch.subjects, row));
      asked.slots[i] = cache.slot_of(asked.keys[i]);
      cache.prefetch(asked.slots[i]);
    };
    if (selected.empty()) {
      for (std::size_t row = first; row < end; ++row) add(row);
    } else {
      for (std::uint64_t left = selected[word]; left != 0; left &= left - 1) {
        const std::size_t row = first + static_cast<std::size_t>(std::countr_zero(left));
        if (row < end) add(row);
      }
    }
  };
  const auto answer = [&](const Asked& asked) {
    std::uint32_t hits = 0;
    for (std::size_t i = 0; i < asked.count; ++i) {
      const bool may = asked.look && asked.may[i];
      CachedDecision decision;
      if (may && cache.find(asked.slots[i], asked.keys[i], decision)) [[likely]] {
        ++hits;
      } else {
        const std::size_t row = asked.rows[i];
        decision = decide_anew(point_of(row), at(batch.facts, row), at(batch.subjects, row));
        if (may && decision.status != Status::invalid) cache.put(asked.keys[i], decision);
      }
      use(asked.rows[i], decision);
    }
    cache_pays.hit(hits);
    if (asked.look && hits < asked.count) cache_pays.miss(static_cast<std::uint32_t>(asked.count) - hits);
  };

  // While one word is answered, memory for the next one is on its way.
  const std::size_t words = words_for(rows);
  std::array<Asked, 2> asked;
  if (words != 0) ask(0, asked[0]);
  for (std::size_t word = 0; word < words; ++word) {
    if (word + 1 < words) ask(word + 1, asked[(word + 1) % 2]);
    answer(asked[word % 2]);
  }
}

void Engine::decide(const Batch& batch, std::span<Decision> decisions) const noexcept {
  std::fill(decisions.begin(), decisions.end(), Decision());
  if (!fits(batch, decisions.size())) return;
  decide_rows(batch, decisions.size(), {},
              [&](std::size_t row, const CachedDecision& decision) { decisions[row] = decision_of(decision); });
}

void Engine::decide(const Batch& batch, std::size_t rows, std::span<const std::uint64_t> selected,
                    std::span<std::uint64_t> allowed) const noexcept {
  std::fill(allowed.begin(), allowed.end(), 0);
  if (!fits(batch, rows) || allowed.size() != words_for(rows) || (!selected.empty() && selected.size() != words_for(rows)))
    return;
  decide_rows(batch, rows, selected, [&](std::size_t row, const CachedDecision& decision) {
    allowed[row / 64] |= std::uint64_t{decision.status == Status::allowed} << (row % 64);
  });
}

}  // namespace zweck
