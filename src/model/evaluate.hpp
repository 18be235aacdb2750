// Conditions and rules at a point in a situation, straight from the definition, by Kleene's logic. Plain and slow:
// explain, analysis, coverage and the check of witnesses use it; the engine has its own way.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/ledger.hpp"
#include "model/model.hpp"
#include "zweck/request.hpp"

namespace zweck {

enum class Truth : std::uint8_t { no, unknown, yes };
constexpr Truth operator!(Truth t) { return static_cast<Truth>(2 - static_cast<int>(t)); }
constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }
constexpr Truth truth(bool b) { return b ? Truth::yes : Truth::no; }

// Time, facts by FactId, and a ledger or none.
struct Situation {
  Time at;
  const std::vector<Value>& facts;
  const Ledger* ledger = nullptr;  // none: not known
};

Truth evaluate(const Vocabulary& vocabulary, const Test& test, const Point& point, const std::vector<Value>& facts);
Truth evaluate(const Model& model, const Condition& condition, const Point& point, const Situation& situation);
// The basis of an allow rule alone.
Truth basis_holds(const Model& model, const Rule& rule, const Point& point, const Situation& situation);
// Whether the rule applies (section 3): yes, no, or may.
Truth applies(const Model& model, const Rule& rule, const Point& point, const Situation& situation);

// A point's status from all rules of the model, one after the other.
Status status_of(const Model& model, const Point& point, const Situation& situation);
// From whether an allow rule applies, and whether a deny rule does (section 5).
Status status_of(Truth allowed, Truth denied);

}  // namespace zweck
