#include "model/evaluate.hpp"

#include <algorithm>
#include <array>

namespace zweck {

namespace {

using Numbers = std::span<const std::int64_t>;

// What an operand is at a point: its type and its value, where they lie. No test allocates, since decisions ask them.
struct Operative {
  const Type& type;
  Value::State state;
  std::int64_t one;
  Numbers members;

  Operative(const Type& type, const Value& value) : type(type), state(value.state), one(value.one), members(value.members) {}
  Operative(const Type& type, NodeId node) : type(type), state(Value::State::single), one(node) {}
  bool missing() const { return state == Value::State::missing; }
};

const Type& node_type(Dimension dimension) {
  static const std::array<Type, 3> types{Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 0},
                                         Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 1},
                                         Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 2}};
  return types[static_cast<std::size_t>(dimension)];
}

NodeId node_of(const Point& point, Dimension dimension) {
  return dimension == Dimension::data ? point.data : dimension == Dimension::purpose ? point.purpose : point.partner;
}

Operative read(const Vocabulary& vocabulary, const Operand& operand, const Point& point,
               const std::vector<Value>& facts) {
  const NodeId node = node_of(point, operand.dimension);
  switch (operand.kind) {
    case Operand::Kind::fact:
      return {vocabulary.facts[operand.index].type, facts[operand.index]};
    case Operand::Kind::node:
      return {node_type(operand.dimension), node};
    case Operand::Kind::attribute:
      break;
  }
  const Attribute& attribute = vocabulary.attributes[static_cast<std::size_t>(operand.dimension)][operand.index];
  return {attribute.type, attribute.values[node]};
}

// All that a single value may turn out to be: the leaves of a group, else itself. Sorted.
class Possibilities {
 public:
  Possibilities(const Vocabulary& vocabulary, const Type& type, std::int64_t value) : value_(value) {
    if (type.kind == TypeKind::node)
      leaves_ = vocabulary.taxonomies[type.taxonomy].leaves_below(static_cast<NodeId>(value));
  }
  std::size_t size() const { return leaves_.empty() ? 1 : leaves_.size(); }
  std::int64_t operator[](std::size_t i) const { return leaves_.empty() ? value_ : leaves_[i]; }

 private:
  std::int64_t value_;
  std::span<const NodeId> leaves_;  // none outside of taxonomies
};

// True if true for each, false if false for each, else unknown.
Truth for_each(const Possibilities& values, auto&& holds) {
  std::size_t yes = 0;
  for (std::size_t i = 0; i < values.size(); ++i) yes += holds(values[i]);
  return yes == values.size() ? Truth::yes : yes == 0 ? Truth::no : Truth::unknown;
}

// Whether they have any in common.
bool meet(const Possibilities& a, const Possibilities& b) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return true;
    (a[i] < b[j] ? i : j) += 1;
  }
  return false;
}

// Equal in all combinations, in none, or in some: the two sides are taken one independently of the other.
Truth equal(const Possibilities& left, const Possibilities& right) {
  if (!meet(left, right)) return Truth::no;
  return left.size() == 1 && right.size() == 1 ? Truth::yes : Truth::unknown;
}

Truth compare(TestOp op, std::int64_t left, std::int64_t right) {
  switch (op) {
    case TestOp::less:
      return truth(left < right);
    case TestOp::less_equal:
      return truth(left <= right);
    case TestOp::greater:
      return truth(left > right);
    default:
      return truth(left >= right);
  }
}

// Whether the single value is one of the members: for a taxonomy at or below one, so that a group holds all below it.
bool is_among(const Vocabulary& vocabulary, const Type& type, std::int64_t value, Numbers members) {
  if (type.kind != TypeKind::node) return std::binary_search(members.begin(), members.end(), value);
  const auto above = vocabulary.taxonomies[type.taxonomy].above(static_cast<NodeId>(value));
  return std::any_of(above.begin(), above.end(),
                     [&](NodeId node) { return std::binary_search(members.begin(), members.end(), node); });
}

// Whether a leaf of the set is at or below the node; outside taxonomies whether the value is a member.
bool has(const Vocabulary& vocabulary, const Type& type, Numbers set, std::int64_t value) {
  if (type.kind != TypeKind::node) return std::binary_search(set.begin(), set.end(), value);
  const Possibilities wanted(vocabulary, type, value);
  return std::any_of(set.begin(), set.end(),
                     [&](std::int64_t member) { return meet(Possibilities(vocabulary, type, member), wanted); });
}

Truth test_in(const Vocabulary& vocabulary, const Operative& left, Numbers members) {
  if (left.type.kind == TypeKind::string && left.one == foreign_string) return Truth::no;
  return for_each(Possibilities(vocabulary, left.type, left.one),
                  [&](std::int64_t value) { return is_among(vocabulary, left.type, value, members); });
}

}  // namespace

Truth evaluate(const Vocabulary& vocabulary, const Test& test, const Point& point, const std::vector<Value>& facts) {
  const Operative left = read(vocabulary, test.left, point, facts);
  const Type& type = left.type;
  if (left.missing()) return Truth::unknown;
  if (test.op == TestOp::is_true) return truth(left.one != 0);

  // A right side written out is known and, except for `in`, a single value.
  std::int64_t right = 0;
  Numbers members = test.literals;
  if (test.own) {
    const Operative own = read(vocabulary, *test.own, point, facts);
    if (own.missing()) return Truth::unknown;
    right = own.one;
    members = own.members;
  } else {
    right = test.literals.front();
  }

  switch (test.op) {
    case TestOp::in:
      return test_in(vocabulary, left, members);
    case TestOp::has:
      if (!test.own) return truth(has(vocabulary, type, left.members, right));
      return for_each(Possibilities(vocabulary, type, right),
                      [&](std::int64_t value) { return has(vocabulary, type, left.members, value); });
    case TestOp::equal:
    case TestOp::unequal: {
      const bool foreign = type.kind == TypeKind::string && left.one == foreign_string;
      const Truth same = foreign ? Truth::no
                                 : equal(Possibilities(vocabulary, type, left.one), Possibilities(vocabulary, type, right));
      return test.op == TestOp::equal ? same : !same;
    }
    default:
      return compare(test.op, left.one, right);
  }
}

Truth evaluate(const Model& model, const Condition& condition, const Point& point, const Situation& situation) {
  const auto ledger = [&] { return LedgerView{model.vocabulary, *situation.ledger, situation.at}; };
  Truth result = Truth::yes;
  switch (condition.kind) {
    case Condition::Kind::all:
      for (const Condition& part : condition.parts) result = both(result, evaluate(model, part, point, situation));
      return result;
    case Condition::Kind::any:
      result = Truth::no;
      for (const Condition& part : condition.parts) result = either(result, evaluate(model, part, point, situation));
      return result;
    case Condition::Kind::negation:
      return !evaluate(model, condition.parts.front(), point, situation);
    case Condition::Kind::consent:
      if (!situation.ledger) return Truth::unknown;
      return truth(ledger().consent(model.consent_tests[condition.index], point));
    case Condition::Kind::objection:
      if (!situation.ledger) return Truth::unknown;
      return truth(ledger().objection(point));
    case Condition::Kind::notice:
      if (!situation.ledger) return Truth::unknown;
      return truth(ledger().shown(model.notice_tests[condition.index]));
    case Condition::Kind::test:
      break;
  }
  return evaluate(model.vocabulary, model.tests[condition.index], point, situation.facts);
}

Truth basis_holds(const Model& model, const Rule& rule, const Point& point, const Situation& situation) {
  const bool special = is_special(model.vocabulary, point.data);
  Condition condition;
  switch (rule.basis) {
    case Basis::consent:
      condition.kind = Condition::Kind::consent;
      condition.index = special ? rule.explicit_consent : rule.consent;
      return evaluate(model, condition, point, situation);
    case Basis::legitimate_interest:
      if (special) return Truth::no;
      [[fallthrough]];
    case Basis::public_task:
      condition.kind = Condition::Kind::objection;
      return !evaluate(model, condition, point, situation);
    case Basis::contract:
      return truth(!special);
    case Basis::legal_obligation:
    case Basis::vital_interest:
    case Basis::not_personal:
      break;
  }
  return Truth::yes;
}

Truth applies(const Model& model, const Rule& rule, const Point& point, const Situation& situation) {
  if (!covers(model.vocabulary, rule, point)) return Truth::no;
  if (rule.from && situation.at < start_of(*rule.from)) return Truth::no;
  if (rule.until && situation.at > end_of(*rule.until)) return Truth::no;
  Truth result = Truth::yes;
  if (rule.when) result = both(result, evaluate(model, *rule.when, point, situation));
  if (rule.unless) result = both(result, !evaluate(model, *rule.unless, point, situation));
  if (rule.effect == Effect::allow) result = both(result, basis_holds(model, rule, point, situation));
  return result;
}

Status status_of(const Model& model, const Point& point, const Situation& situation) {
  Truth allowed = Truth::no;
  Truth denied = Truth::no;
  for (const Rule& rule : model.rules) {
    Truth& sum = rule.effect == Effect::allow ? allowed : denied;
    sum = either(sum, applies(model, rule, point, situation));
  }
  return status_of(allowed, denied);
}

Status status_of(Truth allowed, Truth denied) {
  if (denied == Truth::yes) return Status::forbidden;
  if (allowed == Truth::no) return Status::not_permitted;
  return allowed == Truth::yes && denied == Truth::no ? Status::allowed : Status::indeterminate;
}

}  // namespace zweck
