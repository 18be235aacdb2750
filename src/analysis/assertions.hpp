// ASSERTIONS -> PROVEN OR REFUTED (section 6).
#pragma once

#include <optional>
#include <vector>

#include "analysis/analysis.hpp"
#include "model/model.hpp"
#include "model/request.hpp"

namespace zweck {

struct AssertionResult {
  enum class Outcome : std::uint8_t { holds, fails, undecided };
  std::uint32_t assertion = 0;  // into Model::assertions
  Outcome outcome = Outcome::undecided;
  // It holds because no point of its scope meets its condition in any situation.
  bool vacuous = false;
  // Where it fails: a complete request for one point, checked by evaluating it …
  std::optional<ResolvedRequest> counterexample;
  Point point;
  Status status = Status::invalid;  // … the status of that point …
  // … the rules that bring it about: for `never` those that allow it; for `always` the denies that apply or may apply,
  // else the allow rules that may apply (none: no rule allows it) …
  std::vector<RuleId> rules;
  // … and whether the request as a whole, its sources included, is answered as the point is.
  bool replays = false;
};

// One result per assertion, in their order.
std::vector<AssertionResult> decide_assertions(const Model& model);
std::vector<AssertionResult> decide_assertions(analysis::Analysis& analysis);

}  // namespace zweck
