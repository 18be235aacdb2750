// Conditions in pre-order, as the archive and the index have them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/model.hpp"
#include "text/limits.hpp"

namespace zweck::bundle {

// How many there are of what conditions name.
struct Tests {
  std::size_t consents = 0, notices = 0, others = 0;
};

// Whether they lie within one another as they should, and what they name is there. Rows have `kind`, `index` and `end`.
template <class Rows>
bool well_nested(const Rows& rows, const Tests& tests) {
  // A bracket of a rule is at most `any` of `all` of `not`; what walks a condition recurses.
  constexpr std::size_t deepest = 4 * limits::condition_nesting;
  std::vector<std::uint32_t> ends;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    while (!ends.empty() && ends.back() == i) ends.pop_back();
    if (row.end <= i || row.end > (ends.empty() ? rows.size() : ends.back()) || ends.size() >= deepest) return false;
    const bool alone = row.end == i + 1;
    switch (row.kind) {
      case static_cast<std::uint32_t>(Condition::Kind::all):
      case static_cast<std::uint32_t>(Condition::Kind::any):
        if (alone) return false;
        break;
      case static_cast<std::uint32_t>(Condition::Kind::negation):
        if (alone || rows[i + 1].end != row.end) return false;
        break;
      case static_cast<std::uint32_t>(Condition::Kind::consent):
        if (!alone || row.index >= tests.consents) return false;
        break;
      case static_cast<std::uint32_t>(Condition::Kind::objection):
        if (!alone) return false;
        break;
      case static_cast<std::uint32_t>(Condition::Kind::notice):
        if (!alone || row.index >= tests.notices) return false;
        break;
      case static_cast<std::uint32_t>(Condition::Kind::test):
        if (!alone || row.index >= tests.others) return false;
        break;
      default:
        return false;
    }
    if (!alone) ends.push_back(row.end);
  }
  return true;
}

}  // namespace zweck::bundle
