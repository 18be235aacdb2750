#include "engine/fact_checks.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace zweck {

namespace {

// Words of FactChecks::bits at most, 2 MiB: tests of large taxonomies beyond that are evaluated as they stand.
constexpr std::size_t most_words = 256u << 10;

bool is_fact_only(const Test& test) { return test.left.kind == Operand::Kind::fact && !test.own; }

class Maker {
 public:
  Maker(const Model& model, const TermList& terms) : model_(model), terms_(terms) {}

  FactChecks make() {
    Array<std::uint32_t>::Own first;
    Array<FactCheck>::Own checks;
    for (const Term& term : terms_.all) {
      first.push_back(static_cast<std::uint32_t>(checks.size()));
      for (const Literal& literal : terms_.literals_of(term)) {
        if (literal.kind != Literal::Kind::test || !is_fact_only(model_.tests[literal.index])) continue;
        checks.push_back(check_of(literal.index));
        checks.back().negated ^= literal.negated;
      }
    }
    first.push_back(static_cast<std::uint32_t>(checks.size()));
    FactChecks all;
    all.first = std::move(first);
    all.checks = std::move(checks);
    all.bits = std::move(bits_);
    return all;
  }

 private:
  FactCheck check_of(std::uint32_t index) {
    const auto [found, added] = by_test_.try_emplace(index);
    if (added) found->second = make_check(index);
    return found->second;
  }

  FactCheck make_check(std::uint32_t index) {
    const Test& test = model_.tests[index];
    const Type& type = model_.vocabulary.facts[test.left.index].type;
    FactCheck check;
    check.fact = static_cast<std::uint16_t>(test.left.index);
    check.kind = FactCheck::Kind::test;
    check.index = index;
    if (type.kind == TypeKind::node) {
      if (const auto row = add_rows(model_.vocabulary.taxonomies[type.taxonomy], test.literals)) {
        check.kind = type.set ? FactCheck::Kind::has_nodes : FactCheck::Kind::nodes;
        check.index = *row;
        check.width = words_of(type);
        check.negated = test.op == TestOp::unequal;
      }
      return check;
    }
    if (type.set) {
      check.kind = FactCheck::Kind::has;
      check.low = test.literals.front();
      return check;
    }
    const std::int64_t literal = test.literals.empty() ? 1 : test.literals.front();
    const auto from_to = [&](std::int64_t low, std::int64_t high) {
      check.kind = FactCheck::Kind::range;
      check.low = low;
      check.width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    };
    switch (test.op) {
      case TestOp::is_true:
      case TestOp::equal: from_to(literal, literal); break;
      case TestOp::unequal:
        from_to(literal, literal);
        check.negated = 1;
        break;
      case TestOp::less_equal: from_to(INT64_MIN, literal); break;
      case TestOp::greater_equal: from_to(literal, INT64_MAX); break;
      case TestOp::less:  // not at least
        from_to(literal, INT64_MAX);
        check.negated = 1;
        break;
      case TestOp::greater:  // not at most
        from_to(INT64_MIN, literal);
        check.negated = 1;
        break;
      case TestOp::in: {
        const std::int64_t last = test.literals.back();
        const std::uint64_t reach = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(literal);
        if (reach == test.literals.size() - 1) {
          from_to(literal, last);
        } else if (reach < 64) {
          check.kind = FactCheck::Kind::among;
          check.low = literal;
          for (const std::int64_t each : test.literals)
            check.width |= std::uint64_t{1} << (static_cast<std::uint64_t>(each) - static_cast<std::uint64_t>(literal));
        }
        break;
      }
      case TestOp::has: break;  // of sets
    }
    return check;
  }

  std::uint64_t words_of(const Type& type) const {
    return (model_.vocabulary.taxonomies[type.taxonomy].nodes.size() + 63) / 64;
  }

  // For every node: whether all leaves of it lie below the named ones, and whether any does.
  std::optional<std::uint32_t> add_rows(const Taxonomy& taxonomy, const std::vector<std::int64_t>& named) {
    const std::size_t words = (taxonomy.nodes.size() + 63) / 64, at = bits_.size();
    if (at + 2 * words > most_words) return std::nullopt;
    bits_.resize(at + 2 * words);
    std::vector<std::uint32_t> leaves(taxonomy.nodes.size());  // below the node, of those below a named one
    std::vector<NodeId> below;
    for (const std::int64_t node : named) {
      const auto more = taxonomy.leaves_below(static_cast<NodeId>(node));
      below.insert(below.end(), more.begin(), more.end());
    }
    std::sort(below.begin(), below.end());
    below.erase(std::unique(below.begin(), below.end()), below.end());
    for (const NodeId leaf : below)
      for (const NodeId above : taxonomy.above(leaf)) ++leaves[above];
    for (NodeId node = 0; node < taxonomy.nodes.size(); ++node) {
      const std::uint64_t bit = std::uint64_t{1} << (node % 64);
      if (leaves[node] != 0) bits_[at + words + node / 64] |= bit;
      if (leaves[node] == taxonomy.leaves_below(node).size()) bits_[at + node / 64] |= bit;
    }
    return static_cast<std::uint32_t>(at);
  }

  const Model& model_;
  const TermList& terms_;
  std::unordered_map<std::uint32_t, FactCheck> by_test_;
  Array<std::uint64_t>::Own bits_;
};

}  // namespace

FactChecks fact_checks(const Model& model, const TermList& terms) { return Maker(model, terms).make(); }

bool fits(const FactCheck& check, const FactChecks& all, const Model& model) {
  if (check.fact >= model.vocabulary.facts.size()) return false;
  const Type& type = model.vocabulary.facts[check.fact].type;
  switch (check.kind) {
    case FactCheck::Kind::range:
    case FactCheck::Kind::among:
    case FactCheck::Kind::has: return true;
    case FactCheck::Kind::nodes:
    case FactCheck::Kind::has_nodes:
      return type.kind == TypeKind::node && type.set == (check.kind == FactCheck::Kind::has_nodes) &&
             check.width == (model.vocabulary.taxonomies[type.taxonomy].nodes.size() + 63) / 64 &&
             check.index + 2 * check.width <= all.bits.size();
    case FactCheck::Kind::test: return check.index < model.tests.size() && is_fact_only(model.tests[check.index]);
  }
  return false;
}

}  // namespace zweck
