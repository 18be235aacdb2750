// What the caller could go and ask for, so that a request that is denied would be allowed (section 5, needs).
//
// Found by exact search: whether a point is allowed is a formula over the few things that can be asked for, since facts
// that are given, and answers of the customer that stand, are settled. Work is bounded by limits::needs_steps.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/needs_problem.hpp"
#include "text/limits.hpp"

namespace zweck {

struct Needs {
  std::vector<Need> needs;  // consents by point, then notices, then facts, by name; empty if nothing helps
  bool given_up = false;    // too much to try: whether something helps is not known
};

// A smallest set, decided again with it. The request must not be forbidden.
Needs find_needs(const needs::Denied& denied, std::uint64_t steps = limits::needs_steps);

}  // namespace zweck
