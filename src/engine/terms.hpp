// MODEL -> TERMS: every rule as a disjunction of conjunctions of literals, the form that bit vectors can index.
//
// A rule applies if one of its terms does: both `known` and `possible` of Kleene's logic are monotone in the literals of
// the negation normal form, so distributing `and` over `or` changes neither, provided that no term is simplified away
// (a term with `x` and `not x` is false for every known x, but unknown for an unknown one, and it has to stay so).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/model.hpp"

namespace zweck {

struct Literal {
  enum class Kind : std::uint8_t { test, consent, objection, notice };
  Kind kind = Kind::test;
  bool negated = false;
  std::uint32_t index = 0;  // test, consent, notice: into the model's lists
  friend auto operator<=>(const Literal&, const Literal&) = default;
};

struct Term {
  // Which data the term speaks of: a consent must be explicit at special data, and some bases never hold there.
  enum class Reach : std::uint8_t { all, ordinary, special };
  RuleId rule = 0;
  Effect effect = Effect::deny;
  Reach reach = Reach::all;
  // The rule's conditions are too large to distribute: they are evaluated as they stand, the literals are the basis only.
  bool whole_condition = false;
  bool has_excepts = false;  // the rule
  std::uint32_t literals = 0, literals_end = 0;  // into TermList::literals; sorted, unique
};

struct TermList {
  std::vector<Term> all;  // by rule
  std::vector<Literal> literals;

  std::span<const Literal> literals_of(const Term& term) const {
    return std::span(literals).subspan(term.literals, term.literals_end - term.literals);
  }
};

// At most this many terms for the conditions of one rule: more is cheaper to evaluate as it stands.
constexpr std::size_t terms_per_rule = 16;

TermList terms_of(const Model& model);

}  // namespace zweck
