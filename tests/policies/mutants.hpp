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

}  // namespace policies
