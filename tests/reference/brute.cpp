#include "reference/brute.hpp"

#include <algorithm>

namespace reference {
namespace {

bool may_be(Truth truth) { return truth != Truth::no; }

// Whether C of the assertion is true or unknown.
bool in_question(const Reference& reference, const Assertion& assertion, const Point& point, const Situation& now) {
  if (assertion.when && !may_be(reference.truth(*assertion.when, point, now))) return false;
  return !assertion.unless || reference.truth(*assertion.unless, point, now) != Truth::yes;
}

std::tuple<bool, std::optional<std::string>, Set> decision(const Reference& reference, const Point& point,
                                                           const Situation& now) {
  const Answer answer = reference.combine({reference.decide(point, now)});
  return {answer.status == Status::allowed, answer.keep, answer.oblige};
}

void look(const Reference& reference, const Condition& condition, const std::string& path, const Point& point,
          const Situation& now, std::vector<Outcome>& outcomes) {
  auto found = std::ranges::find(outcomes, path, &Outcome::path);
  if (found == outcomes.end()) {
    outcomes.push_back({path});
    found = outcomes.end() - 1;
  }
  const Truth truth = reference.truth(condition, point, now);
  (truth == Truth::yes ? found->yes : truth == Truth::no ? found->no : found->unknown) = true;
  for (std::size_t i = 0; i < condition.parts.size(); ++i)
    look(reference, condition.parts[i], path + "." + std::to_string(i), point, now, outcomes);
}

}  // namespace

std::vector<Point> all_points(const Reference& reference) {
  std::vector<Point> result;
  for (const std::string& data : reference.all_leaves("data"))
    for (const std::string& purpose : reference.all_leaves("purpose"))
      for (const std::string& partner : reference.all_leaves("partner")) result.push_back({data, purpose, partner});
  return result;
}

std::optional<Witness> refutation(const Reference& reference, const Assertion& assertion) {
  for (const Point& point : all_points(reference)) {
    if (!reference.covers(assertion.scope, assertion.excepts, point)) continue;
    Asked asked;
    asked.add_rules(reference, point);
    if (assertion.when) asked.add(reference, *assertion.when);
    if (assertion.unless) asked.add(reference, *assertion.unless);
    for (const Situation& now : situations(asked, point, Facts::all_given, Ledgers::given)) {
      if (!in_question(reference, assertion, point, now)) continue;
      const bool allowed = reference.decide(point, now).status == Status::allowed;
      if (allowed != assertion.always) return Witness{point, now};
    }
  }
  return std::nullopt;
}

Changes changes(const Reference& old_set, const Reference& new_set) {
  Changes result;
  const std::vector<Point> known = all_points(new_set);
  for (const Point& point : all_points(old_set)) {
    if (std::ranges::find(known, point) == known.end()) continue;
    Asked asked;
    asked.add_rules(old_set, point);
    asked.add_rules(new_set, point);
    for (const Situation& now : situations(asked, point, Facts::all_given, Ledgers::given)) {
      const auto before = decision(old_set, point, now), after = decision(new_set, point, now);
      if (before == after) continue;
      const std::string kind = std::get<0>(before) == std::get<0>(after) ? "obligations"
                               : std::get<0>(after)                      ? "allow"
                                                                         : "deny";
      result.emplace(std::pair(point, kind), now);
    }
  }
  return result;
}

RuleFindings rule_findings(const Reference& reference, const Rule& rule, bool incomplete) {
  World without = reference.world();
  std::erase_if(without.rules, [&](const Rule& other) { return other.name == rule.name; });
  const Reference rest(without);
  bool somewhere = false, undisputed = false, matters = false;
  for (const Point& point : all_points(reference)) {
    if (!reference.covers(rule.scope, rule.excepts, point)) continue;
    Asked asked;
    asked.add_rules(reference, point);
    for (const Situation& now : situations(asked, point, incomplete ? Facts::any : Facts::all_given,
                                           incomplete ? Ledgers::any : Ledgers::given)) {
      if (!may_be(reference.applies(rule, point, now))) continue;
      somewhere = true;
      const PointAnswer answer = reference.decide(point, now);
      if (answer.deny_applies.empty() && answer.deny_may.empty()) undisputed = true;
      if (decision(reference, point, now) != decision(rest, point, now)) matters = true;
    }
  }
  RuleFindings result;
  result.never_applies = !somewhere;
  result.overridden = rule.allow && somewhere && !undisputed;
  result.changes_nothing = !matters;
  result.redundant = somewhere && !result.overridden && !matters;
  return result;
}

std::vector<Outcome> outcomes(const Reference& reference, const Rule& rule, bool incomplete) {
  std::vector<Outcome> result;
  for (const Point& point : all_points(reference)) {
    if (!reference.covers(rule.scope, rule.excepts, point)) continue;
    Asked asked;
    asked.add(reference, rule, point);
    for (const Situation& now : situations(asked, point, incomplete ? Facts::any : Facts::all_given,
                                           incomplete ? Ledgers::any : Ledgers::given)) {
      if (rule.when) look(reference, *rule.when, "when", point, now, result);
      if (rule.unless) look(reference, *rule.unless, "unless", point, now, result);
    }
  }
  return result;
}

std::vector<std::size_t> dead_exceptions(const Reference& reference, const Rule& rule) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < rule.excepts.size(); ++i) {
    const auto takes = [&](const Point& point) {
      return reference.covers(rule.scope, point) && reference.covers(rule.excepts[i], point);
    };
    if (std::ranges::none_of(all_points(reference), takes)) result.push_back(i);
  }
  return result;
}

std::vector<std::size_t> needless_exceptions(const Reference& reference, const Rule& rule) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < rule.excepts.size(); ++i) {
    std::vector<Box> others = rule.excepts;
    others.erase(others.begin() + std::ptrdiff_t(i));
    const auto same = [&](const Point& point) {
      return reference.covers(rule.scope, rule.excepts, point) == reference.covers(rule.scope, others, point);
    };
    if (std::ranges::all_of(all_points(reference), same)) result.push_back(i);
  }
  return result;
}

}  // namespace reference
