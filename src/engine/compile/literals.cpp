#include "engine/compile/literals.hpp"

namespace zweck {
namespace {

// Distinct literals settled by the bits of one dimension; if there are more, they are checked term by term.
constexpr std::size_t literals_per_dimension = 64;

std::uint64_t key_of(const Literal& literal) { return std::uint64_t{literal.index} * 2 + literal.negated; }

}  // namespace

std::optional<std::size_t> only_dimension(const Test& test) {
  if (test.left.kind == Operand::Kind::fact) return std::nullopt;
  if (test.own && test.own->dimension != test.left.dimension) return std::nullopt;
  return static_cast<std::size_t>(test.left.dimension);
}

LiteralLists::LiteralLists(const Model& model, const std::vector<Term>& terms, const std::vector<std::uint32_t>& term_of,
                           const std::vector<std::uint32_t>& bits)
    : model_(model), of_fact_(model.vocabulary.facts.size()) {
  for (std::size_t i = 0; i < bits.size(); ++i)
    for (const Literal& literal : terms[term_of[i]].literals) {
      if (literal.kind != Literal::Kind::test) continue;
      const Test& test = model.tests[literal.index];
      if (is_fact_only(test))
        list(of_fact_[test.left.index], literal, bits[i]);
      else if (const auto d = only_dimension(test))
        list(of_dimension_[*d], literal, bits[i]);
    }
  for (auto& literals : of_dimension_)
    if (literals.size() > literals_per_dimension) literals.clear();
}

void LiteralLists::list(std::vector<Listed>& list, const Literal& literal, std::uint32_t bit) {
  const auto [it, added] = at_.emplace(key_of(literal), list.size());
  if (added) list.push_back({literal, {}, false});
  list[it->second].bits.push_back(bit);
}

const Listed* LiteralLists::find(const std::vector<Listed>& list, const Literal& literal) const {
  const auto it = at_.find(key_of(literal));
  return it != at_.end() && it->second < list.size() ? &list[it->second] : nullptr;
}

bool LiteralLists::settled(const Literal& literal) const {
  const Test& test = model_.tests[literal.index];
  const Listed* listed = nullptr;
  if (is_fact_only(test))
    listed = find(of_fact_[test.left.index], literal);
  else if (const auto d = only_dimension(test))
    listed = find(of_dimension_[*d], literal);
  return listed != nullptr && !listed->unsettled;
}

}  // namespace zweck
