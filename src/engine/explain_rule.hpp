// Why one rule applies, may apply or does not apply at one point.
#pragma once

#include <set>
#include <string>

#include "model/evaluate.hpp"
#include "model/model.hpp"
#include "zweck/explain.hpp"

namespace zweck {

// What is asked of all rules at a point. `whole` is the ledger as given, to find words in; the situation's ledger may
// be condensed.
struct Asked {
  const Model& model;
  Situation situation;
  const Ledger* whole = nullptr;
  const std::vector<std::string>& texts;  // by FactId, as in AsWritten
};

// The reason of a rule that covers the point. What it would need to know is added to `missing`: "the fact `age`".
RuleReason reason_of(const Asked& asked, const Rule& rule, const Point& point, std::set<std::string>& missing);

// How near a rule comes that does not cover the point; less is nearer.
enum class Distance : std::uint8_t {
  excepted,       // its scope covers the point, an `except` takes it out
  other_partner,  // all but the partner
  other_purpose,
  other_data,
  far
};
Distance distance_of(const Model& model, const Rule& rule, const Point& point);
RuleReason reason_elsewhere(const Model& model, const Rule& rule, const Point& point, Distance distance);

}  // namespace zweck
