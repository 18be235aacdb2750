// Section 3: tests and conditions by Kleene's logic.
#include <algorithm>

#include "reference/reference.hpp"

namespace reference {

Type type_of(const World& world, const Operand& operand) {
  if (!operand.own) return world.facts.at(operand.name).type;
  if (!operand.name.empty()) return declared(world, operand.dimension, operand.name).type;
  Type type;
  type.kind = Type::Kind::node;
  type.taxonomy = operand.dimension;
  return type;
}

std::optional<Value> Reference::value_of(const Operand& operand, const Point& point, const Situation& situation) const {
  if (!operand.own) {
    if (situation.facts.contains(operand.name)) return situation.facts.at(operand.name);
    return world_.facts.at(operand.name).fallback;
  }
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (dimensions[i] != operand.dimension) continue;
    if (operand.name.empty()) return point[i];
    return attribute(operand.dimension, operand.name, point[i]);
  }
  return std::nullopt;
}

// A group as a single value is one of its leaves, nobody knows which; everything else is itself.
std::vector<Value> Reference::possible(const Type& type, const Value& value) const {
  if (type.kind != Type::Kind::node || type.set) return {value};
  const Set& below = leaves(type.taxonomy, std::get<std::string>(value));
  return {below.begin(), below.end()};
}

// The test for values that are all known; single nodes are leaves, except literals.
bool Reference::holds(const Test& test, const Value& left, const std::optional<Value>& right) const {
  const Type type = type_of(world_, test.left);
  const bool nodes = type.kind == Type::Kind::node;
  if (test.op.empty()) return std::get<bool>(left);
  if (test.op == "in") {
    std::vector<Value> wanted = test.literals;
    if (right)
      for (const std::string& member : std::get<Set>(*right)) wanted.push_back(member);
    for (const Value& one : wanted) {
      if (left == one) return true;
      if (nodes && at_or_below(type.taxonomy, std::get<std::string>(left), std::get<std::string>(one))) return true;
    }
    return false;
  }
  const Value other = right ? *right : test.literals.front();
  if (test.op == "has") {
    const Set& members = std::get<Set>(left);
    const std::string& wanted = std::get<std::string>(other);
    if (!nodes) return members.contains(wanted);
    for (const std::string& member : members)
      for (const std::string& leaf : leaves(type.taxonomy, member))
        if (at_or_below(type.taxonomy, leaf, wanted)) return true;
    return false;
  }
  if (test.op == "=") return left == other;
  if (test.op == "!=") return left != other;
  const std::int64_t a = std::get<std::int64_t>(left), b = std::get<std::int64_t>(other);
  if (test.op == "<") return a < b;
  if (test.op == "<=") return a <= b;
  if (test.op == ">") return a > b;
  return a >= b;
}

Truth Reference::truth(const Test& test, const Point& point, const Situation& situation) const {
  const auto left = value_of(test.left, point, situation);
  if (!left) return Truth::unknown;
  std::vector<std::optional<Value>> rights{std::nullopt};
  if (test.right) {
    const auto right = value_of(*test.right, point, situation);
    if (!right) return Truth::unknown;
    rights.clear();
    for (const Value& one : possible(type_of(world_, *test.right), *right)) rights.push_back(one);
  }
  bool sometimes = false, always = true;
  for (const Value& one : possible(type_of(world_, test.left), *left)) {
    for (const auto& right : rights) {
      const bool now = holds(test, one, right);
      sometimes = sometimes || now;
      always = always && now;
    }
  }
  return always ? Truth::yes : sometimes ? Truth::unknown : Truth::no;
}

Truth Reference::truth(const Condition& condition, const Point& point, const Situation& situation) const {
  Truth result = Truth::yes;
  switch (condition.kind) {
    case Condition::Kind::all:
      for (const Condition& part : condition.parts) result = std::min(result, truth(part, point, situation));
      return result;
    case Condition::Kind::any:
      result = Truth::no;
      for (const Condition& part : condition.parts) result = std::max(result, truth(part, point, situation));
      return result;
    case Condition::Kind::negation:
      result = truth(condition.parts.front(), point, situation);
      return result == Truth::yes ? Truth::no : result == Truth::no ? Truth::yes : Truth::unknown;
    case Condition::Kind::consent:
      return consent(condition.consent, point, situation);
    case Condition::Kind::objection:
      return objection(point, situation);
    case Condition::Kind::notice:
      return notice(condition.notice, condition.version, situation);
    case Condition::Kind::test:
      return truth(condition.test, point, situation);
  }
  return Truth::unknown;
}

}  // namespace reference
