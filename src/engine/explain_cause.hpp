// A reason of a rule, put together from the rule and what was found of it.
#pragma once

#include <string>

#include "model/model.hpp"
#include "zweck/explain.hpp"

namespace zweck {

// A clause that is not as it would have to be (or, of a rule that applies, one worth telling), and why.
struct Cause {
  std::string clause;
  std::string condition;
  std::string why;
  Span span;
  bool has_span = false;
};

// The rule by its name, title, place and `because`.
RuleReason describe(const Model& model, const Rule& rule);
// What decided it.
void tell(RuleReason& reason, const Model& model, const Cause& cause);

}  // namespace zweck
