// Oracles for analysis: the same questions, answered by going through every situation at every point of a small world.
// All of them may throw TooMany; a world that is too large is then no case.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "reference/reference.hpp"
#include "reference/situations.hpp"

namespace reference {

struct Witness {
  Point point;
  Situation situation;
};

// Every leaf point of the world.
std::vector<Point> all_points(const Reference& reference);

// Section 6: the situation that refutes the assertion, or nothing if it holds.
std::optional<Witness> refutation(const Reference& reference, const Assertion& assertion);

// Section 7: what changed at which point ("allow": now allowed; "deny": no longer; "obligations"), for points that both
// sides know, each with a situation.
using Changes = std::map<std::pair<Point, std::string>, Situation>;
Changes changes(const Reference& old_set, const Reference& new_set);

// The rule checks, exact, incomplete requests included (missing facts, groups, no ledger) or not.
struct RuleFindings {
  bool never_applies = false;    // nor may apply
  bool overridden = false;       // an allow rule; wherever it applies or may, a deny rule does or may
  bool changes_nothing = false;  // without it every decision and its obligations are the same
  bool redundant = false;        // that, and none of the above
};
RuleFindings rule_findings(const Reference& reference, const Rule& rule, bool incomplete);

// What a condition and each of its parts came out as, at the points the rule covers. The path is "when" or "unless",
// then the index of each part on the way.
struct Outcome {
  std::string path;
  bool yes = false, no = false, unknown = false;
};
std::vector<Outcome> outcomes(const Reference& reference, const Rule& rule, bool incomplete);

// Indices of excepts that no point of the rule's scope is in; and of those that could go without the rule covering
// more (because another one takes the same away).
std::vector<std::size_t> dead_exceptions(const Reference& reference, const Rule& rule);
std::vector<std::size_t> needless_exceptions(const Reference& reference, const Rule& rule);

// Section 5, needs.
struct Need {
  enum class Kind { consent, notice, fact };
  Kind kind = Kind::consent;
  Point point;             // consent
  bool explicit_ = false;  // consent
  std::string name;        // notice, fact; consent: under which notice, or empty
  std::int64_t version = 0;
  friend auto operator<=>(const Need&, const Need&) = default;
};
// Whether the request is allowed with these, for some values of the facts among them.
bool helps(const Reference& reference, const Request& request, const std::vector<Need>& needs);
// Whether a consent may be proposed at all: nobody who said no, or objects, is asked again.
bool may_ask(const Reference& reference, const Request& request, const Point& point);
// A smallest set that helps, if there is one of at most `most`.
std::optional<std::vector<Need>> smallest_needs(const Reference& reference, const Request& request, std::size_t most);

}  // namespace reference
