// The literals that bits can settle: those on one fact, and those on what one dimension has.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/compile/arrange.hpp"
#include "engine/terms.hpp"
#include "model/model.hpp"

namespace zweck {

// A test of a fact against literals.
inline bool is_fact_only(const Test& test) { return test.left.kind == Operand::Kind::fact && !test.own; }
// The one dimension a test looks at, if it looks at nothing else.
std::optional<std::size_t> only_dimension(const Test& test);

// A literal, and the bits of the terms that have it.
struct Listed {
  Literal literal;
  std::uint32_t bits = 0, bits_end = 0;  // see LiteralLists::bits_of()
  // Of a fact: its value differs within a row that several classes share. Of a dimension: it is unknown at some leaf. The
  // terms check it once more then.
  bool unsettled = false;
};

class LiteralLists {
 public:
  LiteralLists() = default;
  // `bits[i]` is the bit of shares[i].
  LiteralLists(const Model& model, const TermList& terms, const std::vector<Share>& shares,
               const std::vector<std::uint32_t>& bits);

  // In the order of the first bits that have them.
  std::span<Listed> of_fact(FactId fact) { return of(fact); }
  std::span<Listed> of_dimension(std::size_t d) { return of(facts_ + d); }
  std::span<const std::uint32_t> bits_of(const Listed& listed) const {
    return std::span(bits_).subspan(listed.bits, listed.bits_end - listed.bits);
  }
  // Whether bits alone settle the literal, once rows are built.
  bool settled(const Literal& literal) const;

 private:
  std::span<Listed> of(std::size_t subject) {
    return std::span(listed_).subspan(begin_[subject], begin_[subject + 1] - begin_[subject]);
  }

  std::size_t facts_ = 0;
  // Literals of each fact, then of each dimension, then those that are listed nowhere: there they begin in `listed_`.
  std::vector<std::uint32_t> begin_;
  std::vector<Listed> listed_;
  std::vector<std::uint32_t> bits_;
  std::vector<std::uint32_t> at_;  // of a literal, by key_of(): in `listed_`
};

}  // namespace zweck
