#include "engine/terms.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace zweck {
namespace {

// Disjunctions of conjunctions on a stack, so that thousands of rules need no memory of their own. A disjunction is what
// lies above a mark, a number of conjunctions.
class Stack {
 public:
  std::size_t size() const { return ends_.size(); }
  void clear() {
    literals_.clear();
    ends_.clear();
  }
  std::span<const Literal> operator[](std::size_t conjunction) const {
    const std::size_t begin = begin_of(conjunction);
    return std::span(literals_).subspan(begin, ends_[conjunction] - begin);
  }

  // A conjunction of nothing.
  void push_true() { ends_.push_back(literals_.size()); }
  // A condition in disjunctive normal form. False if that is too large; so with multiply().
  bool push(const Condition& condition, bool negated) {
    using Kind = Condition::Kind;
    switch (condition.kind) {
      case Kind::negation: return push(condition.parts.front(), !negated);
      case Kind::all:
      case Kind::any: return push_parts(condition.parts, (condition.kind == Kind::all) != negated, negated);
      case Kind::consent: return push({Literal::Kind::consent, negated, condition.index});
      case Kind::objection: return push({Literal::Kind::objection, negated, 0});
      case Kind::notice: return push({Literal::Kind::notice, negated, condition.index});
      case Kind::test: return push({Literal::Kind::test, negated, condition.index});
    }
    return false;
  }
  // Both of the disjunctions above `left` and above `right`, which lies above it, in their place.
  bool multiply(std::size_t left, std::size_t right) {
    const std::size_t end = size();
    if ((right - left) * (end - right) > terms_per_rule) return false;
    product_.clear();
    product_ends_.clear();
    const std::size_t begin = begin_of(left);
    for (std::size_t a = left; a < right; ++a)
      for (std::size_t b = right; b < end; ++b) {
        const auto one = (*this)[a], other = (*this)[b];
        std::set_union(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(product_));
        product_ends_.push_back(begin + product_.size());
      }
    literals_.resize(begin);
    literals_.insert(literals_.end(), product_.begin(), product_.end());
    ends_.resize(left);
    ends_.insert(ends_.end(), product_ends_.begin(), product_ends_.end());
    return true;
  }

 private:
  std::size_t begin_of(std::size_t conjunction) const { return conjunction == 0 ? 0 : ends_[conjunction - 1]; }

  bool push(const Literal& literal) {
    literals_.push_back(literal);
    ends_.push_back(literals_.size());
    return true;
  }
  bool push_parts(const std::vector<Condition>& parts, bool conjunction, bool negated) {
    if (conjunction) return push_product(parts, negated);
    const std::size_t left = size();
    for (const Condition& part : parts)
      if (!push(part, negated) || size() - left > terms_per_rule) return false;
    return true;
  }
  // What all of the product have in common joins it at the end, all at once, so that long conjunctions take no longer than
  // they are.
  bool push_product(const std::vector<Condition>& parts, bool negated) {
    const std::size_t left = size(), common = common_.size();
    push_true();
    for (const Condition& part : parts) {
      const std::size_t right = size();
      if (!push(part, negated)) return false;
      if (size() - right != 1) {
        if (!multiply(left, right)) return false;
        continue;
      }
      common_.insert(common_.end(), literals_.begin() + static_cast<std::ptrdiff_t>(begin_of(right)), literals_.end());
      literals_.resize(begin_of(right));
      ends_.pop_back();
    }
    const auto first = common_.begin() + static_cast<std::ptrdiff_t>(common);
    std::sort(first, common_.end());
    const std::size_t right = size();
    literals_.insert(literals_.end(), first, std::unique(first, common_.end()));
    ends_.push_back(literals_.size());
    common_.resize(common);
    return multiply(left, right);
  }

  std::vector<Literal> literals_, product_, common_;
  std::vector<std::size_t> ends_, product_ends_;  // of conjunctions, one after the other
};

bool push_conditions(Stack& stack, const Rule& rule) {
  stack.clear();
  stack.push_true();
  for (const auto* condition : {&rule.when, &rule.unless}) {
    if (!*condition) continue;
    const std::size_t right = stack.size();
    if (!stack.push(**condition, condition == &rule.unless) || !stack.multiply(0, right)) return false;
  }
  return true;
}

// Calls use(reach, literal) for each form of a rule's basis: which data it speaks of, and what it asks of the ledger.
template <class Use>
void for_each_form(const Rule& rule, Use use) {
  using Reach = Term::Reach;
  if (rule.effect == Effect::deny) return use(Reach::all, std::nullopt);
  const Literal no_objection{Literal::Kind::objection, true, 0};
  switch (rule.basis) {
    case Basis::consent:
      if (rule.consent == rule.explicit_consent)
        return use(Reach::all, Literal{Literal::Kind::consent, false, rule.consent});
      use(Reach::ordinary, Literal{Literal::Kind::consent, false, rule.consent});
      return use(Reach::special, Literal{Literal::Kind::consent, false, rule.explicit_consent});
    case Basis::legitimate_interest: return use(Reach::ordinary, no_objection);
    case Basis::public_task: return use(Reach::all, no_objection);
    case Basis::contract: return use(Reach::ordinary, std::nullopt);
    case Basis::legal_obligation:
    case Basis::vital_interest:
    case Basis::not_personal: return use(Reach::all, std::nullopt);
  }
}

}  // namespace

TermList terms_of(const Model& model) {
  TermList terms;
  Stack stack;
  for (RuleId id = 0; id < model.rules.size(); ++id) {
    const Rule& rule = model.rules[id];
    const bool distributed = push_conditions(stack, rule);
    if (!distributed) {
      stack.clear();
      stack.push_true();
    }
    for_each_form(rule, [&](Term::Reach reach, const std::optional<Literal>& basis) {
      const std::span<const Literal> more(basis ? &*basis : nullptr, basis ? 1 : 0);
      for (std::size_t i = 0; i < stack.size(); ++i) {
        const auto begin = static_cast<std::uint32_t>(terms.literals.size());
        std::set_union(stack[i].begin(), stack[i].end(), more.begin(), more.end(), std::back_inserter(terms.literals));
        const auto end = static_cast<std::uint32_t>(terms.literals.size());
        terms.all.push_back({id, rule.effect, reach, !distributed, !rule.excepts.empty(), begin, end});
      }
    });
  }
  return terms;
}

}  // namespace zweck
