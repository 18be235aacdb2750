// A policy set made ready for questions: classes, formulas and rows of rules, built once and asked often. Not for use
// by several threads at once.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/find.hpp"
#include "analysis/formula.hpp"
#include "analysis/scopes.hpp"
#include "analysis/witness.hpp"
#include "model/model.hpp"
#include "text/limits.hpp"

namespace zweck::analysis {

class Analysis {
 public:
  // The set must outlive it.
  explicit Analysis(const Model& model, std::uint64_t steps_per_question = limits::analysis_steps);

  const Model& model() const { return model_; }
  Formulas& formulas() { return formulas_; }
  const Scopes& scopes() const { return scopes_; }
  Finder& finder() { return finder_; }

  // A question about this set: nothing blocks, no formula is wanted.
  Question question(Region box) const;
  Question question(const Box& box, const std::vector<Box>& excepts) const;
  // Asks within the bound of steps for one question, and within that for all together.
  Answer ask(const Question& question);
  // After `found`: the request, simplified.
  ResolvedRequest witness(const Question& question);

  std::uint64_t steps() const { return steps_.done; }

 private:
  const Model& model_;
  Formulas formulas_;
  Scopes scopes_;
  Steps steps_;
  std::uint64_t steps_per_question_;
  Finder finder_;
};

}  // namespace zweck::analysis
