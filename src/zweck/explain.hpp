// Why: a request answered rule by rule, as data and as text for a privacy officer.
#pragma once

#include <string>
#include <vector>

#include <zweck/diagnostic.hpp>
#include <zweck/engine.hpp>

namespace zweck {

// One rule at the points asked for.
struct RuleReason {
  enum class Outcome : std::uint8_t { applies, may_apply, does_not_apply };
  std::string rule;
  std::string title;
  bool allows = false;
  Outcome outcome = Outcome::does_not_apply;
  // What decided it: the one condition that failed or is unknown, in the author's words, with its place and why.
  std::string condition;   // "age >= 18"
  std::string why;         // "age is 15"
  Place rule_place;
  Place condition_place;
  std::vector<std::string> because;
};

// One point of the request with the rules that cover it: those that decided first.
struct PointReason {
  std::string data, purpose, partner;
  std::string source_of;  // the data node asked for, if this point is there only as a source of it
  Status status = Status::invalid;
  std::vector<RuleReason> rules;
};

struct Explanation {
  Answer answer;
  std::vector<PointReason> points;      // the worst first; at most 100
  std::size_t further_points = 0;       // how many more there are
  std::vector<std::string> missing;     // facts and attributes without a value that would matter, "the ledger"
};

Explanation explain(const Engine& engine, const Request& request);
std::string to_text(const Explanation& explanation, bool colour = false);

}  // namespace zweck
