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

// The rows of the three dimensions at a point.
struct PointRows {
  const Index& index;
  std::array<std::size_t, 3> first;  // of the summaries

  PointRows(const Index& index, const Point& point)
      : index(index),
        first{std::size_t{index.sides[0].class_of[point.data]} * index.summary_words,
              std::size_t{index.sides[1].class_of[point.purpose]} * index.summary_words,
              std::size_t{index.sides[2].class_of[point.partner]} * index.summary_words} {}

  // The blocks from 64 * word on that are empty in none of the three.
  std::uint64_t blocks(std::uint32_t word) const {
    return index.sides[0].summaries[first[0] + word] & index.sides[1].summaries[first[1] + word] &
           index.sides[2].summaries[first[2] + word];
  }
  void gather(std::uint32_t word, std::uint64_t blocks, Candidates& candidates) const {
    std::uint32_t count = 0;
    for (; blocks != 0; blocks &= blocks - 1, ++count) {
      const std::uint64_t before = (blocks & -blocks) - 1;
      candidates.block[count] = word * 64 + static_cast<std::uint32_t>(std::countr_zero(blocks));
      for (std::size_t d = 0; d < 3; ++d) {
        const Side& side = index.sides[d];
        const auto rank = static_cast<std::uint32_t>(std::popcount(side.summaries[first[d] + word] & before));
        candidates.bits[d][count] = index.block(side.slots[side.first_slots[first[d] + word] + rank]);
        __builtin_prefetch(candidates.bits[d][count]);
      }
    }
    candidates.count = count;
  }
};

// Calls use(term, truth) for every term in blocks [from, to) that holds or may hold at the point, until it returns false.
template <class Use>
void for_each_term(const Question& question, const PointRows& rows, std::uint32_t from, std::uint32_t to, Use use) {
  for (std::uint32_t word = from / 64; word * 64 < to; ++word) {
    std::uint64_t blocks = rows.blocks(word);
    if (word * 64 < from) blocks &= ~std::uint64_t{0} << (from - word * 64);
    if (to - word * 64 < 64) blocks &= (std::uint64_t{1} << (to - word * 64)) - 1;
    if (blocks == 0) continue;
    Candidates candidates;
    rows.gather(word, blocks, candidates);
    Survivors survivors;
    question.program.intersect()(candidates, question.facts.possible.data(), survivors);
    for (std::uint32_t i = 0; i < survivors.count; ++i)
      for (std::uint64_t left = survivors.bits[i]; left != 0; left &= left - 1) {
        const std::uint32_t term = survivors.word[i] * 64 + static_cast<std::uint32_t>(std::countr_zero(left));
        const Truth truth = check(question, term);
        if (truth != Truth::no && !use(term, truth)) return;
      }
  }
}

// The status of a point of leaves; the rules whose obligations count are given to use(rule).
template <class Use>
Status decide_point(const Question& question, Use use) {
  const Index& index = question.program.index();
  const PointRows rows(index, question.point);
  bool forbidden = false, deny_possible = false;
  for_each_term(question, rows, 0, index.deny_blocks, [&](std::uint32_t, Truth truth) {
    (truth == Truth::yes ? forbidden : deny_possible) = true;
    return !forbidden;
  });
  if (forbidden) return Status::forbidden;
  bool allowed = false, allow_possible = false;
  for_each_term(question, rows, index.deny_blocks, index.blocks, [&](std::uint32_t term, Truth truth) {
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
