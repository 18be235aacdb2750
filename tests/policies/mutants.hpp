// A policy set with one rule changed so that more is allowed, kept longer, asked for less, or (a denial) more is
// refused; and the set without the rule. What tests and assertions of a set are worth shows in how many of these they
// tell from the set.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"

namespace policies {

struct Mutant {
  std::string rule;
  std::string change;  // "data any", "without `unless`", …
  zweck::Model model;
};

std::vector<Mutant> mutants(const zweck::Model& model);

// Whether the mutant certainly means the same as the set, so that nobody can notice: where only one of the two rules
// covers a point, it cannot apply there whatever is known (or, a denial, nothing else allows anything there); and where
// both do, they differ at most in asking for explicit consent, which special data asks for anyway.
bool means_the_same(const zweck::Model& model, const Mutant& mutant);

}  // namespace policies
