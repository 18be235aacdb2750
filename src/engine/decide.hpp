// TABLES -> STATUS of one point of leaves, and which rules made it so.
#pragma once

#include <bit>
#include <cstdint>

#include "engine/program.hpp"
#include "model/evaluate.hpp"

namespace zweck {

// What is asked at one point.
struct Question {
  const Program& program;
  const Facts::State& facts;
  const Subject::State& subject;
  Point point;                     // leaves
  std::uint64_t ledger_bits = 0;   // of the subject at the point, if it is known
};

// Whether a term that survived the intersection holds, may hold, or does not.
Truth check(const Question& question, std::uint32_t term);

// Calls use(term, truth) for every term in blocks [from, to) that holds or may hold at the point, until it returns false.
template <class Use>
void for_each_term(const Question& question, std::uint32_t from, std::uint32_t to, Use use) {
  const Index& index = question.program.index();
  const std::uint64_t* data = index.row(0, index.sides[0].class_of[question.point.data]);
  const std::uint64_t* purpose = index.row(1, index.sides[1].class_of[question.point.purpose]);
  const std::uint64_t* partner = index.row(2, index.sides[2].class_of[question.point.partner]);
  const std::uint64_t* facts = question.facts.possible.data();
  const std::uint32_t bits = index.summary_words;
  for (std::uint32_t s = from / 64; s * 64 < to; ++s) {
    std::uint64_t blocks = data[s] & purpose[s] & partner[s];
    if (s * 64 < from) blocks &= ~std::uint64_t{0} << (from - s * 64);
    if (to - s * 64 < 64) blocks &= (std::uint64_t{1} << (to - s * 64)) - 1;
    if (blocks == 0) continue;
    const std::uint32_t first = s * 64 * block_words;
    Survivors survivors;
    question.program.intersect()(data + bits + first, purpose + bits + first, partner + bits + first, facts + first, blocks,
                                 survivors);
    for (std::uint32_t i = 0; i < survivors.count; ++i) {
      const std::uint32_t word = first + survivors.word[i];
      for (std::uint64_t left = survivors.bits[i]; left != 0; left &= left - 1) {
        const std::uint32_t term = word * 64 + static_cast<std::uint32_t>(std::countr_zero(left));
        const Truth truth = check(question, term);
        if (truth != Truth::no && !use(term, truth)) return;
      }
    }
  }
}

// The status of a point of leaves; the rules whose obligations count are given to use(rule).
template <class Use>
Status decide_point(const Question& question, Use use) {
  const Index& index = question.program.index();
  bool forbidden = false, deny_possible = false;
  for_each_term(question, 0, index.deny_blocks, [&](std::uint32_t, Truth truth) {
    (truth == Truth::yes ? forbidden : deny_possible) = true;
    return !forbidden;
  });
  if (forbidden) return Status::forbidden;
  bool allowed = false, allow_possible = false;
  for_each_term(question, index.deny_blocks, index.blocks, [&](std::uint32_t term, Truth truth) {
    if (truth == Truth::yes) {
      allowed = true;
      if (!deny_possible) use(index.terms[term].rule);
    } else {
      allow_possible = true;
    }
    return true;
  });
  if (!allowed && !allow_possible) return Status::not_permitted;
  return allowed && !deny_possible ? Status::allowed : Status::indeterminate;
}

}  // namespace zweck
