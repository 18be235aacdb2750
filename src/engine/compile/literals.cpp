#include "engine/compile/literals.hpp"

#include <numeric>

namespace zweck {
namespace {

// Distinct literals settled by the bits of one dimension; if there are more, they are checked term by term.
constexpr std::size_t literals_per_dimension = 64;
constexpr std::uint32_t nowhere = UINT32_MAX;

std::size_t key_of(const Literal& literal) { return std::size_t{literal.index} * 2 + literal.negated; }

}  // namespace

std::optional<std::size_t> only_dimension(const Test& test) {
  if (test.left.kind == Operand::Kind::fact) return std::nullopt;
  if (test.own && test.own->dimension != test.left.dimension) return std::nullopt;
  return static_cast<std::size_t>(test.left.dimension);
}

LiteralLists::LiteralLists(const Model& model, const TermList& terms, const std::vector<Share>& shares,
                           const std::vector<std::uint32_t>& bits)
    : facts_(model.vocabulary.facts.size()), begin_(facts_ + 5), at_(2 * model.tests.size(), nowhere) {
  const auto for_each_test = [&](auto use) {
    for (std::size_t i = 0; i < shares.size(); ++i)
      for (const Literal& literal : terms.literals_of(terms.all[shares[i].term]))
        if (literal.kind == Literal::Kind::test) use(literal, bits[i]);
  };
  // Each literal once, and how many bits have it.
  std::vector<Listed> found;
  for_each_test([&](const Literal& literal, std::uint32_t) {
    std::uint32_t& at = at_[key_of(literal)];
    if (at == nowhere) {
      at = static_cast<std::uint32_t>(found.size());
      found.push_back({literal});
    }
    ++found[at].bits_end;
  });

  // Those on the same fact or dimension side by side.
  const std::size_t other = facts_ + 3;
  std::vector<std::uint32_t> subject_of;
  subject_of.reserve(found.size());
  for (const Listed& listed : found) {
    const Test& test = model.tests[listed.literal.index];
    const auto d = only_dimension(test);
    subject_of.push_back(static_cast<std::uint32_t>(is_fact_only(test) ? test.left.index : d ? facts_ + *d : other));
    ++begin_[subject_of.back() + 1];
  }
  for (std::size_t d = facts_; d < other; ++d) {
    if (begin_[d + 1] <= literals_per_dimension) continue;
    begin_[other + 1] += begin_[d + 1];
    begin_[d + 1] = 0;
    for (std::uint32_t& subject : subject_of)
      if (subject == d) subject = static_cast<std::uint32_t>(other);
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  std::vector<std::uint32_t> next = begin_;
  listed_.resize(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    at_[key_of(found[i].literal)] = next[subject_of[i]];
    listed_[next[subject_of[i]]++] = found[i];
  }

  std::uint32_t end = 0;
  for (Listed& listed : listed_) {
    end += listed.bits_end;
    listed.bits = listed.bits_end = end - listed.bits_end;
  }
  bits_.resize(end);
  for_each_test([&](const Literal& literal, std::uint32_t bit) { bits_[listed_[at_[key_of(literal)]].bits_end++] = bit; });
}

bool LiteralLists::settled(const Literal& literal) const {
  const std::uint32_t at = at_[key_of(literal)];
  return at < begin_[facts_ + 3] && !listed_[at].unsettled;
}

}  // namespace zweck
