// Small ids that stand for names. An id means something only to the engine (or model) that gave it out.
#pragma once

#include <cstdint>

namespace zweck {

enum class Dimension : std::uint8_t { data, purpose, partner };

using NodeId = std::uint32_t;  // rank of the name within its taxonomy
using FactId = std::uint32_t;
using NoticeId = std::uint32_t;
using ObligationId = std::uint32_t;
using RuleId = std::uint32_t;

// One node of each of the three taxonomies. A point in the sense of the language if all three are leaves; decide()
// takes groups too and asks for every leaf below them.
struct Point {
  NodeId data = 0;
  NodeId purpose = 0;
  NodeId partner = 0;
  friend auto operator<=>(const Point&, const Point&) = default;
};

}  // namespace zweck
