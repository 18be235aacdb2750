#include "engine/terms.hpp"

#include <algorithm>
#include <optional>

namespace zweck {
namespace {

using Conjunction = std::vector<Literal>;
using Disjunction = std::vector<Conjunction>;

Conjunction joined(const Conjunction& a, const Conjunction& b) {
  Conjunction both = a;
  both.insert(both.end(), b.begin(), b.end());
  std::sort(both.begin(), both.end());
  both.erase(std::unique(both.begin(), both.end()), both.end());
  return both;
}

// Nothing if the result would be too large; so with the next two.
std::optional<Disjunction> product(const Disjunction& a, const Disjunction& b) {
  if (a.size() * b.size() > terms_per_rule) return std::nullopt;
  Disjunction out;
  for (const Conjunction& left : a)
    for (const Conjunction& right : b) out.push_back(joined(left, right));
  return out;
}

std::optional<Disjunction> distribute(const Condition& condition, bool negated) {
  using Kind = Condition::Kind;
  switch (condition.kind) {
    case Kind::negation: return distribute(condition.parts.front(), !negated);
    case Kind::all:
    case Kind::any: {
      const bool conjunction = (condition.kind == Kind::all) != negated;
      Disjunction out;
      if (conjunction) out.emplace_back();
      for (const Condition& part : condition.parts) {
        auto next = distribute(part, negated);
        if (!next) return std::nullopt;
        if (conjunction) {
          next = product(out, *next);
          if (!next) return std::nullopt;
          out = std::move(*next);
        } else {
          out.insert(out.end(), next->begin(), next->end());
          if (out.size() > terms_per_rule) return std::nullopt;
        }
      }
      return out;
    }
    case Kind::consent: return Disjunction{{{Literal::Kind::consent, negated, condition.index}}};
    case Kind::objection: return Disjunction{{{Literal::Kind::objection, negated, 0}}};
    case Kind::notice: return Disjunction{{{Literal::Kind::notice, negated, condition.index}}};
    case Kind::test: return Disjunction{{{Literal::Kind::test, negated, condition.index}}};
  }
  return std::nullopt;
}

std::optional<Disjunction> conditions_of(const Rule& rule) {
  Disjunction out(1);
  const auto add = [&](const std::optional<Condition>& condition, bool negated) {
    if (!condition) return true;
    const auto next = distribute(*condition, negated);
    auto both = next ? product(out, *next) : std::nullopt;
    if (both) out = std::move(*both);
    return both.has_value();
  };
  if (!add(rule.when, false) || !add(rule.unless, true)) return std::nullopt;
  return out;
}

struct BasisForm {
  Term::Reach reach;
  Conjunction literals;
};

std::vector<BasisForm> basis_of(const Rule& rule) {
  using Reach = Term::Reach;
  if (rule.effect == Effect::deny) return {{Reach::all, {}}};
  const Literal no_objection{Literal::Kind::objection, true, 0};
  switch (rule.basis) {
    case Basis::consent:
      if (rule.consent == rule.explicit_consent)
        return {{Reach::all, {{Literal::Kind::consent, false, rule.consent}}}};
      return {{Reach::ordinary, {{Literal::Kind::consent, false, rule.consent}}},
              {Reach::special, {{Literal::Kind::consent, false, rule.explicit_consent}}}};
    case Basis::legitimate_interest: return {{Reach::ordinary, {no_objection}}};
    case Basis::public_task: return {{Reach::all, {no_objection}}};
    case Basis::contract: return {{Reach::ordinary, {}}};
    case Basis::legal_obligation:
    case Basis::vital_interest:
    case Basis::not_personal: return {{Reach::all, {}}};
  }
  return {};
}

}  // namespace

std::vector<Term> terms_of(const Model& model) {
  std::vector<Term> terms;
  for (RuleId id = 0; id < model.rules.size(); ++id) {
    const auto conditions = conditions_of(model.rules[id]);
    for (const BasisForm& basis : basis_of(model.rules[id])) {
      if (!conditions) {
        terms.push_back({id, basis.reach, basis.literals, true});
        continue;
      }
      for (const Conjunction& conjunction : *conditions)
        terms.push_back({id, basis.reach, joined(conjunction, basis.literals), false});
    }
  }
  return terms;
}

}  // namespace zweck
