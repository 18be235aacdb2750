// What is explained must be what was decided: each point with its status, each rule with what became of it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "agree/compare.hpp"
#include "zweck/explain.hpp"

namespace agree {
namespace {

using reference::Point;
using reference::Truth;
using Outcome = zweck::RuleReason::Outcome;

Point names_of(const zweck::PointName& point) { return {point.data, point.purpose, point.partner}; }

// The status as the point says, and each rule that covers it with what became of it. A deny rule that does not apply
// has no part in an answer, and may be left out.
std::string told(const zweck::PointReason& reason) {
  std::map<std::string, Outcome> rules;
  for (const zweck::RuleReason& rule : reason.rules)
    if (rule.outcome != Outcome::elsewhere && (rule.allows || rule.outcome != Outcome::does_not_apply))
      rules[rule.rule] = rule.outcome;
  std::string result(name_of(reason.status));
  for (const auto& [name, outcome] : rules) result += fmt::format(" {}={}", name, int(outcome));
  return result;
}

}  // namespace

std::optional<Difference> Compared::compare_explained(const reference::Request& request, const std::string& json,
                                                      Tally& tally) const {
  const zweck::Explanation explanation = zweck::explain_json(*engine_, json);
  const bool valid = reference_.problems(request).empty();
  const auto different = [](const std::string& text) { return Difference{"explained", text}; };
  if (zweck::to_text(explanation).empty()) return different("no text\n");
  if (zweck::to_json(explanation.answer) != zweck::to_json(engine_->answer_json(json)))
    return different("explained another answer: " + zweck::to_json(explanation.answer));
  if (!valid) return std::nullopt;

  const reference::Situation situation = reference_.situation(request);
  const auto expected = [&](const Point& point) {
    std::string result = name_of(reference_.decide(point, situation).status);
    std::map<std::string, Outcome> rules;
    for (const reference::Rule& rule : world_.rules) {
      if (!reference_.covers(rule.scope, rule.excepts, point)) continue;
      const Truth applies = reference_.applies(rule, point, situation);
      if (!rule.allow && applies == Truth::no) continue;
      rules[rule.name] = applies == Truth::yes       ? Outcome::applies
                         : applies == Truth::unknown ? Outcome::may_apply
                                                     : Outcome::does_not_apply;
    }
    for (const auto& [name, outcome] : rules) result += fmt::format(" {}={}", name, int(outcome));
    return result;
  };
  const auto points = reference_.points(request.data, *request.purpose, *request.partner);
  std::size_t explained = 0;
  for (const zweck::PointReason& reason : explanation.points) {
    std::vector<zweck::PointName> all = reason.same;
    all.push_back(reason.point);
    for (const zweck::PointName& name : all) {
      ++explained;
      if (std::ranges::find(points, names_of(name)) == points.end()) return different("explains another point\n");
      if (told(reason) == expected(names_of(name))) continue;
      return different(fmt::format("at {}\nreference: {}\nexplained: {}\n", fmt::join(names_of(name), ", "),
                                   expected(names_of(name)), told(reason)));
    }
  }
  tally.explained += explained;
  if (explanation.point_count != points.size() || explained + explanation.further_points != points.size())
    return different(fmt::format("{} points, explained as {}: {} and {} more\n", points.size(), explanation.point_count,
                                 explained, explanation.further_points));
  return std::nullopt;
}

}  // namespace agree
