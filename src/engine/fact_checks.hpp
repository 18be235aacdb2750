// What terms ask of facts, as plain comparisons: for a request that is asked once, a few of these cost less than rows of
// bits over all terms. Flat arrays of plain data, so that a bundle can be used where it lies.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/array.hpp"
#include "engine/terms.hpp"
#include "model/evaluate.hpp"
#include "model/model.hpp"

namespace zweck {

// One literal on a fact. Unknown if the fact is missing; else what it says, the other way round if `negated`.
struct FactCheck {
  enum class Kind : std::uint8_t {
    range,     // the value is one of the `width` + 1 from `low` on
    among,     // bit `value - low` of `width` is set
    nodes,     // of a taxonomy: rows of `width` words in FactChecks::bits from `index` on, by NodeId: known, then possible
    has,       // a set has the member `low`
    has_nodes, // a set has a member that is possible in such rows
    test       // Model::tests[index], as it stands
  };
  std::uint16_t fact = 0;
  Kind kind = Kind::range;
  std::uint8_t negated = 0;
  std::uint32_t index = 0;
  std::int64_t low = 0;
  std::uint64_t width = 0;
};

struct FactChecks {
  Array<std::uint32_t> first;  // by TermDetail::checks, and one behind the last: into `checks`
  Array<FactCheck> checks;
  Array<std::uint64_t> bits;
};

FactChecks fact_checks(const Model& model, const TermList& terms);

// Whether a check can be used with the vocabulary and tests of a model: no index leads anywhere else.
bool fits(const FactCheck& check, const FactChecks& all, const Model& model);

inline Truth evaluate(const Model& model, const FactChecks& all, const FactCheck& check, const std::vector<Value>& facts) {
  const Value& value = facts[check.fact];
  if (value.missing()) return Truth::unknown;
  const auto possible = [&](std::int64_t node) {
    const std::uint64_t* row = all.bits.data() + check.index + check.width;
    return (row[static_cast<std::uint64_t>(node) / 64] >> (static_cast<std::uint64_t>(node) % 64) & 1) != 0;
  };
  bool holds = false;
  const std::uint64_t offset = static_cast<std::uint64_t>(value.one) - static_cast<std::uint64_t>(check.low);
  switch (check.kind) {
    case FactCheck::Kind::range: holds = offset <= check.width; break;
    case FactCheck::Kind::among: holds = offset < 64 && (check.width >> offset & 1) != 0; break;
    case FactCheck::Kind::nodes: {
      const std::uint64_t* row = all.bits.data() + check.index;
      const auto node = static_cast<std::uint64_t>(value.one);
      holds = (row[node / 64] >> (node % 64) & 1) != 0;
      if (!holds && possible(value.one)) return Truth::unknown;
      break;
    }
    case FactCheck::Kind::has:
      holds = std::binary_search(value.members.begin(), value.members.end(), check.low);
      break;
    case FactCheck::Kind::has_nodes:
      for (const std::int64_t member : value.members) holds |= possible(member);
      break;
    case FactCheck::Kind::test: {
      const Truth truth = evaluate(model.vocabulary, model.tests[check.index], {}, facts);
      return check.negated != 0 ? !truth : truth;
    }
  }
  return truth(holds != (check.negated != 0));
}

}  // namespace zweck
