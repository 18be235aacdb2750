// A policy set without one of its rules, or with one changed: its scope widened, its conditions and its basis weakened,
// a single test of them stuck, kept longer, obliging to less. What tests and assertions of a set are worth shows in how
// many of these they tell from the set.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"

namespace policies {

struct Mutant {
  std::string rule;
  std::string change;  // "data any", "without `unless`", "`when.2` always true", …
  zweck::Model model;
};

std::vector<Mutant> mutants(const zweck::Model& model);

// Whether the mutant means the same as the set, so that nobody can notice: no use is answered otherwise in any
// situation (section 7).
bool means_the_same(const zweck::Model& model, const Mutant& mutant);

}  // namespace policies
