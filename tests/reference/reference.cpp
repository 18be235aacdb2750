// Sections 3 and 5: rules at a point, and the answer to a request.
#include "reference/reference.hpp"

#include <algorithm>

#include "reference/calendar.hpp"

namespace reference {

std::string name_of(Status status) {
  switch (status) {
    case Status::forbidden:
      return "forbidden";
    case Status::not_permitted:
      return "not-permitted";
    case Status::indeterminate:
      return "indeterminate";
    case Status::allowed:
      return "allowed";
    case Status::invalid:
      return "invalid";
  }
  return "";
}

bool Reference::covers(const Box& box, const Point& point) const {
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (box[i].names.empty()) continue;
    bool below_one = false;
    for (const std::string& name : box[i].names) below_one = below_one || at_or_below(dimensions[i], point[i], name);
    if (!below_one) return false;
  }
  return true;
}

bool Reference::covers(const Box& scope, const std::vector<Box>& excepts, const Point& point) const {
  for (const Box& except : excepts)
    if (covers(except, point)) return false;
  return covers(scope, point);
}

Truth Reference::basis_holds(const Rule& rule, const Point& point, const Situation& situation) const {
  const auto no_objection = [&] {
    const Truth objects = objection(point, situation);
    return objects == Truth::yes ? Truth::no : objects == Truth::no ? Truth::yes : Truth::unknown;
  };
  const bool is_special = special(point[0]);
  if (rule.basis == "consent") {
    Consent wanted = rule.consent;
    if (is_special) wanted.explicit_ = true;
    return consent(wanted, point, situation);
  }
  if (rule.basis == "legitimate-interest") return is_special ? Truth::no : no_objection();
  if (rule.basis == "public-task") return no_objection();
  if (rule.basis == "contract") return is_special ? Truth::no : Truth::yes;
  return Truth::yes;  // legal-obligation, vital-interest, not-personal
}

Truth Reference::applies(const Rule& rule, const Point& point, const Situation& situation) const {
  if (!covers(rule.scope, rule.excepts, point)) return Truth::no;
  if (rule.from && situation.at < *rule.from * day) return Truth::no;
  if (rule.until && situation.at >= (*rule.until + 1) * day) return Truth::no;
  Truth result = Truth::yes;
  if (rule.when) result = std::min(result, truth(*rule.when, point, situation));
  if (rule.unless) {
    const Truth unless = truth(*rule.unless, point, situation);
    result = std::min(result, unless == Truth::yes ? Truth::no : unless == Truth::no ? Truth::yes : Truth::unknown);
  }
  if (rule.allow) result = std::min(result, basis_holds(rule, point, situation));
  return result;
}

PointAnswer Reference::decide(const Point& point, const Situation& situation) const {
  PointAnswer result;
  for (const Rule& rule : world_.rules) {
    const Truth now = applies(rule, point, situation);
    if (now == Truth::yes) (rule.allow ? result.allow_applies : result.deny_applies).insert(rule.name);
    if (now == Truth::unknown) (rule.allow ? result.allow_may : result.deny_may).insert(rule.name);
  }
  if (!result.deny_applies.empty())
    result.status = Status::forbidden;
  else if (result.allow_applies.empty() && result.allow_may.empty())
    result.status = Status::not_permitted;
  else if (!result.allow_applies.empty() && result.deny_may.empty())
    result.status = Status::allowed;
  else
    result.status = Status::indeterminate;
  return result;
}

std::vector<Point> Reference::points(const std::vector<std::string>& data, const std::string& purpose,
                                     const std::string& partner) const {
  Set all_data;
  for (const std::string& name : data) {
    for (const std::string& leaf : leaves("data", name)) {
      all_data.insert(leaf);
      for (const std::string& source : sources(leaf)) all_data.insert(source);
    }
  }
  std::vector<Point> result;
  for (const std::string& d : all_data)
    for (const std::string& p : leaves("purpose", purpose))
      for (const std::string& q : leaves("partner", partner)) result.push_back({d, p, q});
  return result;
}

Answer Reference::combine(const std::vector<PointAnswer>& points) const {
  Answer answer;
  answer.status = Status::allowed;
  for (const PointAnswer& point : points) answer.status = std::min(answer.status, point.status);
  for (const PointAnswer& point : points) {
    if (answer.status == Status::allowed) answer.rules.insert(point.allow_applies.begin(), point.allow_applies.end());
    if (answer.status == Status::forbidden) answer.rules.insert(point.deny_applies.begin(), point.deny_applies.end());
    if (answer.status == Status::indeterminate && point.status == Status::indeterminate) {
      answer.rules.insert(point.allow_may.begin(), point.allow_may.end());
      answer.rules.insert(point.deny_may.begin(), point.deny_may.end());
    }
  }
  if (answer.status != Status::allowed) return answer;
  std::optional<std::int64_t> keep;
  for (const std::string& name : answer.rules) {
    const Rule& rule = *rules_.at(name);
    if (rule.keep && (!keep || *rule.keep < *keep)) keep = rule.keep;
    answer.oblige.insert(rule.oblige.begin(), rule.oblige.end());
  }
  if (keep) answer.keep = duration_text(*keep);
  return answer;
}

Answer Reference::answer(const Request& request) const {
  Answer answer;
  answer.problems = problems(request);
  if (!answer.problems.empty()) return answer;
  const Situation now = situation(request);
  std::vector<PointAnswer> decided;
  for (const Point& point : points(request.data, *request.purpose, *request.partner))
    decided.push_back(decide(point, now));
  return combine(decided);
}

}  // namespace reference
