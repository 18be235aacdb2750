// Why: a request answered rule by rule, as data, as text for a privacy officer, and as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <zweck/diagnostic.hpp>
#include <zweck/engine.hpp>

namespace zweck {

// One rule at one point.
struct RuleReason {
  enum class Outcome : std::uint8_t {
    applies,
    may_apply,       // something is missing that decides it
    does_not_apply,  // it covers the point, and one thing failed
    elsewhere        // it does not cover the point, but comes near
  };
  std::string rule;
  std::string title;  // may be empty
  bool allows = false;
  Outcome outcome = Outcome::does_not_apply;
  // The one thing that decided it, as small as can be: a clause ("when", "unless", "basis", "from", "until", "except",
  // "allow", "deny", or "data", "for", "by" of its scope), the part of it in the author's words, and what was found.
  std::string clause;
  std::string condition;  // age >= 18
  std::string why;        // `age` is 15
  // What would stand in the way after that.
  std::vector<std::string> also;
  Place rule_place;       // of its name
  Place condition_place;  // of the condition or clause; may be none
  std::vector<std::string> because;
};

struct PointName {
  std::string data, purpose, partner;
  std::string source_of;  // the data asked for, if this point is there only as a source of it; else empty
};

// One point of the request, or several that are answered for the same reasons.
struct PointReason {
  PointName point;
  Status status = Status::invalid;
  // Those that decided first, then the rest that cover the point, the nearest first; if no allow rule covers it, and
  // the points are few, the nearest that do not.
  std::vector<RuleReason> rules;
  std::vector<PointName> same;  // further points with exactly these reasons
};

struct Explanation {
  Answer answer;

  // What was asked, as it was understood; empty for an invalid request.
  std::vector<std::string> data;
  std::string purpose, partner;
  Time at;
  std::vector<std::pair<std::string, std::string>> facts;  // those with a value, defaults included
  std::optional<std::size_t> ledger_events;                // as the customer's file has them; none: the ledger is not known

  std::size_t point_count = 0;
  std::vector<std::pair<Status, std::size_t>> statuses;  // how many points have which status, the worst first
  std::vector<PointReason> points;                       // the worst first; at most 100
  std::size_t further_points = 0;                        // points that none of these stands for
  std::vector<std::string> missing;  // what would decide a rule and is not known: "the fact `age`", "the ledger"
};

// Any number of threads may ask for explanations at the same time. Takes microseconds and memory, unlike deciding.
Explanation explain(const Engine& engine, const Request& request) noexcept;
// The same with a request as JSON; what is no request is explained as `invalid`.
Explanation explain_json(const Engine& engine, std::string_view json) noexcept;

// "to ask the customer for consent to `wardrobe` for `recommendation` by `shop`".
std::string to_text(const Need& need) noexcept;
// Text for people; ends with a line end. `colour` adds escape sequences of a terminal.
std::string to_text(const Explanation& explanation, bool colour = false) noexcept;
// One line of JSON: the members of the answer, and `points` and `missing` beside them.
std::string to_json(const Explanation& explanation) noexcept;

}  // namespace zweck
