// RULES -> WHAT EACH OF THEM BRINGS ABOUT: the logic checks, exact.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/analysis.hpp"
#include "model/model.hpp"
#include "model/request.hpp"

namespace zweck {

// A rule that changes nothing, or of which that could not be decided within the bound. At most one per rule.
struct RuleFinding {
  enum class Kind : std::uint8_t {
    never_applies,  // no point and situation (section 6) in which it applies or may apply
    overridden,     // an allow rule; wherever it applies or may, a deny rule does or may, too
    redundant,      // without it every decision and all obligations are the same, for incomplete requests as well
    undecided
  };
  RuleId rule = 0;
  Kind kind = Kind::undecided;
  // Other rules without which the finding would not be proven: the denies that override it, the rules that do the same.
  // Sorted; not always the fewest.
  std::vector<RuleId> by;
  // Overridden and redundant: a complete request for one point at which the rule applies or may apply. Never applies: an
  // incomplete one at which it may all the same, if there is one. Checked by evaluating it.
  std::optional<ResolvedRequest> example;
};
std::vector<RuleFinding> find_idle_rules(analysis::Analysis& analysis);

// A `when` or `unless` of a rule, or one side of an `and` or `or` in it, that comes out the same at every point of the
// rule in every situation. Rules that cover no point are left out.
struct ConstantCondition {
  RuleId rule = 0;
  bool unless = false;                  // else `when`
  const Condition* condition = nullptr;  // the whole or the part; belongs to the model
  bool whole = false;
  bool inside_constant = false;  // a part of something that is constant itself
  bool value = false;            // always true, or always false …
  bool certain = false;          // … and known to be, even if facts are missing; asked of the whole only
};
// What was not decided within the bound is named in `undecided`, if that is given.
std::vector<ConstantCondition> find_constant_conditions(analysis::Analysis& analysis,
                                                        std::vector<RuleId>* undecided = nullptr);

// An `except` that takes nothing away from its rule, or nothing that another one does not. All that are named can go
// together.
struct DeadException {
  RuleId rule = 0;
  std::uint32_t except = 0;  // into Rule::excepts
  bool outside = false;      // it lies outside of the rule's scope, whatever the others are
};
std::vector<DeadException> find_dead_exceptions(analysis::Analysis& analysis, std::vector<RuleId>* undecided = nullptr);

}  // namespace zweck
