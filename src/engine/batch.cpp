// Many decisions in one call: rows are taken in groups, and the memory for all of a group is sent for before any is decided.
#include <algorithm>
#include <array>
#include <bit>

#include "engine/decide.hpp"
#include "engine/decision_cache.hpp"
#include "engine/program.hpp"

namespace zweck {
namespace {

constexpr std::size_t group = 16;

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
void Engine::decide_rows(const Batch& batch, std::size_t rows, Use use) const {
  DecisionCache& cache = program_->cache();
  const auto point_of = [&](std::size_t i) { return Point{at(batch.data, i), at(batch.purpose, i), at(batch.partner, i)}; };
  for (std::size_t first = 0; first < rows; first += group) {
    const std::size_t count = std::min(group, rows - first);
    const bool look = !cache.off() && cache_pays.look();
    std::array<DecisionKey, group> keys;
    std::array<std::size_t, group> slots;
    for (std::size_t i = 0; look && i < count; ++i) {
      keys[i] = key_of(point_of(first + i), at(batch.facts, first + i), at(batch.subjects, first + i));
      slots[i] = cache.slot_of(keys[i]);
      cache.prefetch(slots[i]);
    }
    std::uint32_t hits = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const Point point = point_of(first + i);
      const Facts& facts = at(batch.facts, first + i);
      const bool may = look && may_be_cached(point, facts);
      CachedDecision decision;
      if (may && cache.find(slots[i], keys[i], decision)) {
        ++hits;
      } else {
        decision = decide_anew(point, facts, at(batch.subjects, first + i));
        if (may && decision.status != Status::invalid) cache.put(keys[i], decision);
      }
      use(first + i, decision);
    }
    cache_pays.hit(hits);
    if (look && hits < count) cache_pays.miss(static_cast<std::uint32_t>(count) - hits);
  }
}

void Engine::decide(const Batch& batch, std::span<Decision> decisions) const noexcept {
  std::fill(decisions.begin(), decisions.end(), Decision());
  if (!fits(batch, decisions.size())) return;
  decide_rows(batch, decisions.size(),
              [&](std::size_t row, const CachedDecision& decision) { decisions[row] = decision_of(decision); });
}

void Engine::decide(const Batch& batch, std::size_t rows, std::span<const std::uint64_t> selected,
                    std::span<std::uint64_t> allowed) const noexcept {
  std::fill(allowed.begin(), allowed.end(), 0);
  if (!fits(batch, rows) || allowed.size() != words_for(rows) || (!selected.empty() && selected.size() != words_for(rows)))
    return;
  const auto set = [&](std::size_t row, const CachedDecision& decision) {
    allowed[row / 64] |= std::uint64_t{decision.status == Status::allowed} << (row % 64);
  };
  if (selected.empty()) return decide_rows(batch, rows, set);
  // One by one: none is decided that nobody asks for.
  for (std::size_t word = 0; word < selected.size(); ++word) {
    for (std::uint64_t left = selected[word]; left != 0; left &= left - 1) {
      const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
      if (row >= rows) break;
      const Point point{at(batch.data, row), at(batch.purpose, row), at(batch.partner, row)};
      const bool yes = static_cast<bool>(decide(point, at(batch.facts, row), at(batch.subjects, row)));
      allowed[word] |= std::uint64_t{yes} << (row % 64);
    }
  }
}

}  // namespace zweck
