// TABLES -> STATUS of one point of leaves, and which rules made it so.
#pragma once

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

// The checks of a term besides what bits and the ledger's bits say.
Truth check_further(const Question& question, std::uint32_t term);

// A check that no bit settles.
Truth check(const Question& question, const Residual& residual);

// Leaves of the terms those that the ledger does not rule out.
inline void rule_out(const Question& question, Terms& terms) {
  if (!question.subject.known) return;
  const Index& index = question.program.index();
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < terms.count; ++i) {
    const std::uint32_t term = terms.number[i];
    const LedgerMask& mask = index.ledger_masks[index.terms[term].ledger];
    terms.number[count] = term;
    count += ((mask.needed & ~question.ledger_bits) | (mask.excluded & question.ledger_bits)) == 0;
  }
  terms.count = count;
}

// Whether a term that is left holds, may hold, or does not.
inline Truth check(const Question& question, std::uint32_t term) {
  if (question.subject.known && question.facts.complete && (question.program.index().terms[term].duty & unsettled) == 0)
    return Truth::yes;
  return check_further(question, term);
}

// Calls use(term, truth) for every term that holds or may hold at the point, denies first, until it returns false.
template <class Use>
void for_each_term(const Question& question, const PointRows& rows, Use use) {
  const Kernel& kernel = question.program.kernel();
  for (std::uint32_t word = 0; word < rows.index.summary_words; ++word) {
    std::uint64_t blocks = rows.blocks(word);
    while (blocks != 0) {
      Candidates candidates;
      SurvivingWords words;
      blocks = kernel.gather(rows, word, blocks, candidates);
      kernel.intersect(candidates, question.facts.possible.data(), words);
      for (std::uint32_t from = 0; from < words.count;) {
        Terms terms;
        from = kernel.expand(words, from, terms);
        rule_out(question, terms);
        for (std::uint32_t i = 0; i < terms.count; ++i) {
          const Truth truth = check(question, terms.number[i]);
          if (truth != Truth::no && !use(terms.number[i], truth)) return;
        }
      }
    }
  }
}

// The status of a point of leaves; the terms whose obligations count are given to use(term).
template <class Use>
Status decide_point(const Question& question, const PointRows& rows, Use use) {
  const std::uint32_t deny_terms = rows.index.deny_blocks * block_words * 64;
  bool forbidden = false, deny_possible = false, allowed = false, allow_possible = false;
  for_each_term(question, rows, [&](std::uint32_t term, Truth truth) {
    const bool known = truth == Truth::yes;
    if (term < deny_terms) {
      (known ? forbidden : deny_possible) = true;
      return !forbidden;
    }
    (known ? allowed : allow_possible) = true;
    if (known && !deny_possible) use(term);
    return true;
  });
  if (forbidden) return Status::forbidden;
  if (!allowed && !allow_possible) return Status::not_permitted;
  return allowed && !deny_possible ? Status::allowed : Status::indeterminate;
}

// The same with the rules, one for each of its terms that holds.
template <class Use>
Status decide_point(const Question& question, Use use) {
  const Index& index = question.program.index();
  return decide_point(question, PointRows(index, question.point),
                      [&](std::uint32_t term) { use(index.details[term].rule); });
}

}  // namespace zweck
