#include "analysis/formula.hpp"

#include <algorithm>

namespace zweck::analysis {

namespace {

std::size_t index_of(Dimension dimension) { return static_cast<std::size_t>(dimension); }

const Attribute& attribute_of(const Vocabulary& vocabulary, const Operand& operand) {
  return vocabulary.attributes[index_of(operand.dimension)][operand.index];
}

const std::vector<Value> no_facts;

}  // namespace

bool GrantKind::implies(const GrantKind& weaker) const {
  if (weaker.explicit_ && !explicit_) return false;
  if (weaker.within && (!within || *within > *weaker.within)) return false;
  return !weaker.notice || (notice == weaker.notice && version >= weaker.version);
}

Point Formulas::point(const Cell& cell, std::size_t side) const {
  // A dimension in which the sides share no leaf has no class: there is no point then, and tests of the others remain.
  const auto node = [&](std::size_t d) {
    return classes[d].size() == 0 ? NodeId{0} : leaves[d].ids[leaf_of(d, cell[d])][side];
  };
  return {node(0), node(1), node(2)};
}

std::size_t Formulas::ContentHash::operator()(const Content& content) const {
  std::uint64_t hash = content.size();
  for (const std::uint64_t each : content) {
    hash = (hash ^ each) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
  }
  return hash;
}

NodeIndex Formulas::add(FormulaNode node) {
  const auto [it, added] = node_index_.try_emplace(
      {static_cast<std::uint64_t>(node.kind), node.negated, node.a, node.b, node.c}, static_cast<NodeIndex>(nodes.size()));
  if (added) nodes.push_back(node);
  return it->second;
}

NodeIndex Formulas::add(FormulaNode::Kind kind, std::vector<NodeIndex> parts) {
  if (parts.size() == 1) return parts.front();
  const auto [it, added] = node_index_.try_emplace(content_of(kind, parts), static_cast<NodeIndex>(nodes.size()));
  if (added) {
    nodes.push_back({kind, false, static_cast<std::uint32_t>(children.size()), static_cast<std::uint32_t>(parts.size()), 0});
    children.insert(children.end(), parts.begin(), parts.end());
  }
  return it->second;
}

Formulas::Content Formulas::content_of(FormulaNode::Kind kind, std::span<const NodeIndex> parts) {
  Content content{static_cast<std::uint64_t>(kind), 2};
  content.insert(content.end(), parts.begin(), parts.end());
  return content;
}

void Formulas::forget(NodeIndex first) {
  for (; nodes.size() > first; nodes.pop_back()) {
    const FormulaNode& node = nodes.back();
    node_index_.erase(content_of(node.kind, std::span(children).subspan(node.a, node.b)));
    children.resize(node.a);
  }
}

NodeIndex Formulas::negate(NodeIndex node) {
  if (node <= 2) return 2 - node;
  FormulaNode copy = nodes[node];
  copy.negated = !copy.negated;
  return add(copy);
}

std::uint32_t Formulas::add_mask(const Bits& bits, std::size_t words) {
  Content content(bits.words(), bits.words() + bits.word_count());
  content.resize(words, 0);
  const auto [it, added] = mask_index_.try_emplace(content, static_cast<std::uint32_t>(masks.size()));
  if (added) masks.insert(masks.end(), content.begin(), content.end());
  return it->second;
}

NodeIndex Formulas::by_class(std::size_t dimension, auto&& child_of) {
  const std::size_t count = classes[dimension].size();
  std::vector<NodeIndex> table(count);
  bool same = true;
  for (std::uint32_t i = 0; i < count; ++i) {
    table[i] = child_of(i);
    same = same && table[i] == table[0];
  }
  if (same && count > 0) return table[0];
  const auto [it, added] =
      table_index_.try_emplace(Content(table.begin(), table.end()), static_cast<std::uint32_t>(tables.size()));
  if (added) tables.insert(tables.end(), table.begin(), table.end());
  return add({FormulaNode::Kind::by_class, false, static_cast<std::uint32_t>(dimension), it->second, 0});
}

NodeIndex Formulas::compile(std::size_t side, const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::all:
    case Condition::Kind::any: {
      std::vector<NodeIndex> parts;
      for (const Condition& part : condition.parts) parts.push_back(compile(side, part));
      return add(condition.kind == Condition::Kind::all ? FormulaNode::Kind::all : FormulaNode::Kind::any, parts);
    }
    case Condition::Kind::negation:
      return negate(compile(side, condition.parts.front()));
    case Condition::Kind::consent:
      return compile_consent(side, condition.index);
    case Condition::Kind::objection: {
      Bits yes(3), no(3);
      yes.set(objection_yes);
      no.set(objection_no);
      return add({FormulaNode::Kind::single, false, objection, add_mask(yes, 1), add_mask(no, 1)});
    }
    case Condition::Kind::notice:
      return compile_notice(side, condition.index);
    case Condition::Kind::test:
      break;
  }
  return compile_test(side, condition.index);
}

RuleFormula Formulas::compile(std::size_t side, const Rule& rule) {
  const Model& model = *sides[side];
  std::vector<NodeIndex> parts;
  // One table for all rules that ask for the same.
  const auto special = [&](NodeIndex otherwise, NodeIndex there) {
    const auto [it, added] = special_.try_emplace({side, otherwise, there}, 0);
    if (added) {
      it->second = by_class(0, [&](std::uint32_t cls) {
        return is_special(model.vocabulary, leaves[0].ids[leaf_of(0, cls)][side]) ? there : otherwise;
      });
    }
    return it->second;
  };
  if (rule.from || rule.until) parts.push_back(compile_window(rule));
  if (rule.effect == Effect::allow) {
    Condition objects;
    objects.kind = Condition::Kind::objection;
    switch (rule.basis) {
      case Basis::consent:
        parts.push_back(special(compile_consent(side, rule.consent), compile_consent(side, rule.explicit_consent)));
        break;
      case Basis::legitimate_interest:
        parts.push_back(special(negate(compile(side, objects)), constant(Truth::no)));
        break;
      case Basis::public_task:
        parts.push_back(negate(compile(side, objects)));
        break;
      case Basis::contract:
        parts.push_back(special(constant(Truth::yes), constant(Truth::no)));
        break;
      case Basis::legal_obligation:
      case Basis::vital_interest:
      case Basis::not_personal:
        break;
    }
  }
  // Flattened, so that a conjunction's parts are watched one by one.
  const auto conjoin = [&](NodeIndex node) {
    const FormulaNode& each = nodes[node];
    if (each.kind == FormulaNode::Kind::all && !each.negated)
      parts.insert(parts.end(), children.begin() + each.a, children.begin() + each.a + each.b);
    else
      parts.push_back(node);
  };
  if (rule.when) conjoin(compile(side, *rule.when));
  if (rule.unless) conjoin(negate(compile(side, *rule.unless)));
  std::erase(parts, constant(Truth::yes));
  RuleFormula formula;
  formula.root = parts.empty() ? constant(Truth::yes) : add(FormulaNode::Kind::all, parts);
  formula.depends = depends(formula.root);
  return formula;
}

std::vector<NodeIndex> Formulas::depends(NodeIndex root) const {
  std::vector<NodeIndex> found;
  const auto visit = [&](const auto& self, NodeIndex index) -> void {
    const FormulaNode& node = nodes[index];
    switch (node.kind) {
      case FormulaNode::Kind::all:
      case FormulaNode::Kind::any:
      case FormulaNode::Kind::agree:
        for (std::uint32_t i = 0; i < node.b; ++i) self(self, children[node.a + i]);
        break;
      case FormulaNode::Kind::by_class:
      case FormulaNode::Kind::pair:
        found.push_back(index);
        break;
      default:
        break;
    }
  };
  visit(visit, root);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

NodeIndex Formulas::compile_window(const Rule& rule) {
  const std::int64_t from = rule.from ? start_of(*rule.from).microseconds : INT64_MIN;
  const std::int64_t until = rule.until ? end_of(*rule.until).microseconds : INT64_MAX - 1;
  const auto [it, added] = windows_.emplace(std::pair(from, until), 0);
  if (added) {
    const Variable& variable = variables[time];
    Bits yes(variable.bits), no(variable.bits);
    for (std::size_t i = 0; i < variable.starts.size(); ++i)
      (variable.starts[i] >= from && variable.starts[i] <= until ? yes : no).set(1 + i);
    const std::uint32_t yes_mask = add_mask(yes, variable.words);
    const std::uint32_t no_mask = add_mask(no, variable.words);
    it->second = add({FormulaNode::Kind::single, false, time, yes_mask, no_mask});
  }
  return it->second;
}

NodeIndex Formulas::compile_consent(std::size_t side, std::uint32_t test) {
  auto& known = consent_tests_[side][test];
  if (known) return *known;
  const GrantKind asked = kind(side, sides[side]->consent_tests[test]);
  Bits members(grants.size());
  for (std::size_t i = 0; i < grants.size(); ++i) {
    if (grants[i].implies(asked)) members.set(i);
  }
  known = add({FormulaNode::Kind::has, false, consents, add_mask(members, variables[consents].words), 0});
  return *known;
}

NodeIndex Formulas::compile_notice(std::size_t side, std::uint32_t test) {
  auto& known = notice_tests_[side][test];
  if (known) return *known;
  const NoticeTest& asked = sides[side]->notice_tests[test];
  const std::uint32_t index = notice_variables_[side][asked.notice];
  const Variable& variable = variables[index];
  Bits yes(variable.bits), no(variable.bits);
  for (std::size_t i = 0; i < variable.starts.size(); ++i) (variable.starts[i] >= asked.version ? yes : no).set(1 + i);
  const std::uint32_t yes_mask = add_mask(yes, variable.words);
  const std::uint32_t no_mask = add_mask(no, variable.words);
  known = add({FormulaNode::Kind::single, false, index, yes_mask, no_mask});
  return *known;
}

NodeIndex Formulas::compile_test(std::size_t side, std::uint32_t index) {
  auto& known = tests_[side][index];
  if (known) return *known;
  const Model& model = *sides[side];
  const Vocabulary& vocabulary = model.vocabulary;
  const Test& test = model.tests[index];
  const auto point_at = [&](std::size_t d, std::uint32_t cls) {
    Cell cell{};
    cell[d] = cls;
    return point(cell, side);
  };
  // Equal values have equal children.
  const auto by_value = [&](const Operand& operand, auto&& child_for) {
    const std::vector<std::uint32_t>& first = equal_values(side, operand);
    std::vector<NodeIndex> children(first.size());
    return by_class(index_of(operand.dimension), [&](std::uint32_t cls) {
      return children[cls] = first[cls] == cls ? child_for(cls) : children[first[cls]];
    });
  };

  const std::size_t left = index_of(test.left.dimension);
  const std::size_t right = test.own ? index_of(test.own->dimension) : left;
  if (test.left.kind == Operand::Kind::fact && !test.own) {
    known = compile_fact_test(side, test, nullptr);
  } else if (test.left.kind == Operand::Kind::fact) {
    known = by_value(*test.own, [&](std::uint32_t cls) {
      const NodeId node = leaves[right].ids[leaf_of(right, cls)][side];
      const Value own = test.own->kind == Operand::Kind::node ? Value::single(node)
                                                              : attribute_of(vocabulary, *test.own).values[node];
      return compile_fact_test(side, test, &own);
    });
  } else if (!test.own) {
    known = by_value(test.left, [&](std::uint32_t cls) {
      return constant(evaluate(vocabulary, test, point_at(left, cls), no_facts));
    });
  } else if (left == right) {
    known = by_class(left, [&](std::uint32_t cls) {
      return constant(evaluate(vocabulary, test, point_at(left, cls), no_facts));
    });
  } else {
    const bool left_rows = classes[left].size() <= classes[right].size();
    Pair pair{side, index, {left_rows ? left : right, left_rows ? right : left},
              equal_values(side, left_rows ? test.left : *test.own), {}};
    // The same on the other side, if it says the same everywhere.
    const auto same = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& other) {
      return other.side != side && agrees(other, pair);
    });
    const auto at = static_cast<std::uint32_t>(same - pairs.begin());
    if (same == pairs.end()) pairs.push_back(std::move(pair));
    known = add({FormulaNode::Kind::pair, false, at, 0, 0});
  }
  return *known;
}

const std::vector<std::uint32_t>& Formulas::equal_values(std::size_t side, const Operand& operand) {
  const auto [it, added] = equal_values_.try_emplace(std::pair(side, operand));
  std::vector<std::uint32_t>& first = it->second;
  if (!added) return first;
  const std::size_t d = index_of(operand.dimension);
  first.resize(classes[d].size());
  std::map<std::tuple<Value::State, std::int64_t, std::vector<std::int64_t>>, std::uint32_t> seen;
  for (std::uint32_t cls = 0; cls < first.size(); ++cls) {
    first[cls] = cls;
    if (operand.kind == Operand::Kind::node) continue;
    const Value& value = attribute_of(sides[side]->vocabulary, operand).values[leaves[d].ids[leaf_of(d, cls)][side]];
    first[cls] = seen.try_emplace({value.state, value.one, value.members}, cls).first->second;
  }
  return first;
}

NodeIndex Formulas::compile_fact_test(std::size_t side, const Test& test, const Value* own) {
  const std::uint32_t index = fact_variables_[side][test.left.index];
  const Variable& variable = variables[index];
  const FactDomain& domain = *facts[variable.domain];
  if (own && own->missing()) return constant(Truth::unknown);
  if (!variable.set) {
    const auto bits = domain.true_and_false(domain.outcome(side, test, own));
    const std::uint32_t yes = add_mask(bits[0], variable.words);
    const std::uint32_t no = add_mask(bits[1], variable.words);
    return add({FormulaNode::Kind::single, false, index, yes, no});
  }
  const std::int64_t value = own ? own->one : test.literals.front();
  const auto has = [&](const std::vector<std::uint32_t>& elements) {
    return add({FormulaNode::Kind::has, false, index, add_mask(domain.members(elements), variable.words), 0});
  };
  const Type& type = sides[side]->vocabulary.facts[test.left.index].type;
  if (own && type.kind == TypeKind::node) {
    // What the point has is one of the leaves of a group: each is asked for.
    const auto below = sides[side]->vocabulary.taxonomies[type.taxonomy].leaves_below(static_cast<NodeId>(value));
    if (below.size() > 1) {
      std::vector<NodeIndex> parts;
      for (const NodeId leaf : below) parts.push_back(has(domain.elements_of(side, leaf)));
      return add(FormulaNode::Kind::agree, parts);
    }
  }
  return has(domain.elements_of(side, value));
}

bool Formulas::agrees(const Pair& a, const Pair& b) const {
  if (a.dimensions != b.dimensions || a.row_of != b.row_of) return false;
  const auto [rows, columns] = a.dimensions;
  for (std::uint32_t row = 0; row < classes[rows].size(); ++row) {
    if (a.row_of[row] != row) continue;
    Cell cell{};
    cell[rows] = row;
    for (cell[columns] = 0; cell[columns] < classes[columns].size(); ++cell[columns]) {
      if (pair_truth(a, cell) != pair_truth(b, cell)) return false;
    }
  }
  return true;
}

Truth Formulas::pair_truth(const Pair& pair, const Cell& cell) const {
  constexpr std::uint8_t not_asked = 3;
  const std::uint32_t row = pair.row_of[cell[pair.dimensions[0]]];
  const std::uint32_t column = cell[pair.dimensions[1]];
  auto& truths = pair.rows[row];
  if (truths.empty()) truths.assign(classes[pair.dimensions[1]].size(), not_asked);
  if (truths[column] == not_asked) {
    const Model& model = *sides[pair.side];
    truths[column] = static_cast<std::uint8_t>(
        evaluate(model.vocabulary, model.tests[pair.test], point(cell, pair.side), no_facts));
  }
  return static_cast<Truth>(truths[column]);
}

}  // namespace zweck::analysis
