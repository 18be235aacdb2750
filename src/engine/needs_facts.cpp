// The values that a fact may take, as far as the literals on it tell them apart.
#include <algorithm>

#include "engine/needs_problem.hpp"
#include "model/evaluate.hpp"

namespace zweck::needs {
namespace {

constexpr std::int64_t least_day = -719'528, greatest_day = 2'932'896;  // 0000-01-01, 9999-12-31
constexpr std::int64_t minute = 60;

class Classes {
 public:
  Classes(const Denied& denied, Problem& problem, OpenFact& fact, Steps& steps)
      : model_(denied.program.model()),
        vocabulary_(model_.vocabulary),
        type_(vocabulary_.facts[fact.id].type),
        given_(denied.facts.values[fact.id]),
        problem_(problem),
        fact_(fact),
        steps_(steps) {
    if (!fact.set) values_ = denied.facts.values;
  }

  void form() {
    for (const std::int64_t value : candidates()) {
      if (!steps_.take(fact_.literals.size() + 1)) return;
      std::vector<Truth> truths = truths_of(value);
      if (std::find(classes_.begin(), classes_.end(), truths) != classes_.end()) continue;
      classes_.push_back(std::move(truths));
      fact_.classes.push_back(value);
    }
    fact_.words = static_cast<std::uint32_t>((fact_.classes.size() + 63) / 64);
    for (std::size_t i = 0; i < fact_.literals.size(); ++i) {
      FactLiteral& literal = problem_.literals[fact_.literals[i]];
      literal.yes = mask(i, Truth::yes);
      if (!fact_.set) literal.no = mask(i, Truth::no);
    }
  }

 private:
  const FactLiteral& literal(std::size_t i) const { return problem_.literals[fact_.literals[i]]; }

  // What the literals compare the fact with: numbers, strings or nodes.
  std::vector<std::int64_t> compared_with() const {
    std::vector<std::int64_t> all;
    for (std::size_t i = 0; i < fact_.literals.size(); ++i) {
      if (fact_.set) {
        all.push_back(literal(i).target);
        continue;
      }
      const Test& test = model_.tests[literal(i).test];
      all.insert(all.end(), test.literals.begin(), test.literals.end());
      if (!test.own) continue;
      const Point& point = literal(i).point;
      const auto dimension = static_cast<std::size_t>(test.own->dimension);
      const NodeId node = std::array{point.data, point.purpose, point.partner}[dimension];
      if (test.own->kind == Operand::Kind::node) {
        all.push_back(node);
        continue;
      }
      const Value& own = vocabulary_.attributes[dimension][test.own->index].values[node];
      if (own.state == Value::State::single) all.push_back(own.one);
      all.insert(all.end(), own.members.begin(), own.members.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  // At least one value, or possible member of a set, for each class.
  std::vector<std::int64_t> candidates() {
    std::vector<std::int64_t> compared = compared_with();
    std::vector<std::int64_t> all;
    switch (type_.kind) {
      case TypeKind::boolean: return {0, 1};
      case TypeKind::integer: return numbers(compared, type_.min, type_.max, 1);
      case TypeKind::date: return numbers(compared, least_day, greatest_day, 1);
      case TypeKind::duration: return numbers(compared, minute, INT64_MAX / minute * minute, minute);
      case TypeKind::string:
        if (!fact_.set) compared.push_back(foreign_string);
        return compared;
      case TypeKind::choice: break;
      case TypeKind::node: return nodes(compared);
    }
    bool other = fact_.set;  // one that nothing is compared with behaves as the next; in a set it changes nothing
    steps_.take(type_.choices.size() / 16);
    for (const std::int64_t choice : type_.choices) {
      const bool named = std::binary_search(compared.begin(), compared.end(), choice);
      if (named || !other) all.push_back(choice);
      other = other || !named;
    }
    return all;
  }

  // Where something changes from one number to the next, it does at one of those compared with, or just above. Those just
  // below are better examples than the least of all.
  static std::vector<std::int64_t> numbers(const std::vector<std::int64_t>& compared, std::int64_t least,
                                           std::int64_t greatest, std::int64_t step) {
    std::vector<std::int64_t> all;
    for (const std::int64_t number : compared) {
      if (number < least || number > greatest) continue;
      all.push_back(number);
      if (number <= greatest - step) all.push_back(number + step);
      if (number >= least + step) all.push_back(number - step);
    }
    all.push_back(least);
    return all;
  }

  // Leaves at or below what is compared with, and one that is not.
  std::vector<std::int64_t> nodes(const std::vector<std::int64_t>& compared) {
    const Taxonomy& taxonomy = vocabulary_.taxonomies[type_.taxonomy];
    const bool group = given_.state == Value::State::single;
    std::vector<NodeId> named;
    for (const std::int64_t node : compared) {
      const auto below = taxonomy.leaves_below(static_cast<NodeId>(node));
      named.insert(named.end(), below.begin(), below.end());
    }
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    steps_.take(named.size() / 4);
    std::vector<std::int64_t> all;
    for (const NodeId leaf : named)
      if (!group || taxonomy.at_or_below(leaf, static_cast<NodeId>(given_.one))) all.push_back(leaf);
    if (fact_.set) return all;
    const auto other = [&](const auto& leaves) {
      const auto found = std::find_if(leaves.begin(), leaves.end(), [&](NodeId leaf) {
        return !std::binary_search(named.begin(), named.end(), leaf);
      });
      if (found != leaves.end()) all.push_back(*found);
    };
    if (group) {
      other(taxonomy.leaves_below(static_cast<NodeId>(given_.one)));
    } else {
      other(taxonomy.leaves());
    }
    return all;
  }

  std::vector<Truth> truths_of(std::int64_t value) {
    std::vector<Truth> truths;
    truths.reserve(fact_.literals.size());
    if (!fact_.set) values_[fact_.id] = Value::single(value);
    for (std::size_t i = 0; i < fact_.literals.size(); ++i) {
      if (!fact_.set) {
        truths.push_back(evaluate(vocabulary_, model_.tests[literal(i).test], literal(i).point, values_));
      } else if (type_.kind == TypeKind::node) {
        const Taxonomy& taxonomy = vocabulary_.taxonomies[type_.taxonomy];
        const auto target = static_cast<NodeId>(literal(i).target);
        truths.push_back(truth(taxonomy.at_or_below(static_cast<NodeId>(value), target)));
      } else {
        truths.push_back(truth(value == literal(i).target));
      }
    }
    return truths;
  }

  // Where in Problem::masks the classes stand for which the literal comes out so.
  std::uint32_t mask(std::size_t literal, Truth truth) {
    const auto at = static_cast<std::uint32_t>(problem_.masks.size());
    problem_.masks.resize(at + fact_.words);
    for (std::size_t i = 0; i < classes_.size(); ++i)
      if (classes_[i][literal] == truth) problem_.masks[at + i / 64] |= std::uint64_t{1} << (i % 64);
    return at;
  }

  const Model& model_;
  const Vocabulary& vocabulary_;
  const Type& type_;
  const Value& given_;
  Problem& problem_;
  OpenFact& fact_;
  Steps& steps_;
  std::vector<Value> values_;
  std::vector<std::vector<Truth>> classes_;
};

}  // namespace

void form_classes(const Denied& denied, Problem& problem, OpenFact& fact, Steps& steps) {
  Classes(denied, problem, fact, steps).form();
}

}  // namespace zweck::needs
