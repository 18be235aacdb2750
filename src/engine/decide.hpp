// TABLES -> STATUS of one point of leaves, and which rules made it so.
#pragma once

#include <cstdint>

#include "engine/program.hpp"
#include "model/evaluate.hpp"
#include "text/limits.hpp"

namespace zweck {

// What is asked at one point.
struct Question {
  const Program& program;
  const Facts::State& facts;
  const Subject::State& subject;   // without a program if it is not bound
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

// What facts that are bound say of terms.
struct BoundFacts {
  const Question& question;

  const std::uint64_t* row() const { return question.facts.possible.data(); }
  void narrow(SurvivingWords&) const {}
  Truth check(std::uint32_t term) const { return zweck::check(question, term); }
};

// Goes through the terms at a point, denies first. Of the facts it asks row(), bits that terms must be in, narrow(words),
// which may clear bits of terms that cannot hold, and check(term). Of the visitor it calls
//   covered(words)      with the terms that cover the point, if the facts' row is all ones;
//   wants_block(block)  whether any term of the block matters,
//   wants(term)         whether this one does;
//   take(term, truth)   with each that holds or may hold, until it returns false.
template <class Facts, class Visitor>
void visit_terms(const Question& question, const PointRows& rows, Facts&& facts, Visitor& visitor) {
  const Kernel& kernel = question.program.kernel();
  Candidates candidates;
  const auto look = [&] {
    SurvivingWords words;
    kernel.intersect(candidates, facts.row(), words);
    candidates.count = 0;
    visitor.covered(words);
    facts.narrow(words);
    for (std::uint32_t from = 0; from < words.count;) {
      if (!visitor.wants_block(words.word[from] / block_words)) {
        ++from;
        continue;
      }
      Terms terms;
      from = kernel.expand(words, from, terms);
      rule_out(question, terms);
      for (std::uint32_t i = 0; i < terms.count; ++i) {
        const std::uint32_t term = terms.number[i];
        if (!visitor.wants(term)) continue;
        const Truth truth = facts.check(term);
        if (truth != Truth::no && !visitor.take(term, truth)) return false;
      }
    }
    return true;
  };
  // Where there are many blocks, what denies is looked at early, since it settles most points; what allows all at once.
  const std::uint32_t deny_words = (rows.index.deny_blocks + 63) / 64;
  for (std::uint32_t word = 0; word < rows.index.summary_words; ++word) {
    for (std::uint64_t blocks = rows.blocks(word); blocks != 0;) {
      blocks = kernel.gather(rows, word, blocks, candidates);
      if (candidates.count == Candidates::capacity && !look()) return;
    }
    if (word < deny_words && !look()) return;
  }
  look();
}

// Calls use(term, truth) for every term that holds or may hold at the point, denies first, until it returns false.
template <class Use>
void for_each_term(const Question& question, const PointRows& rows, Use use) {
  struct {
    Use& use;
    void covered(const SurvivingWords&) {}
    bool wants_block(std::uint32_t) { return true; }
    bool wants(std::uint32_t) { return true; }
    bool take(std::uint32_t term, Truth truth) { return use(term, truth); }
  } visitor{use};
  visit_terms(question, rows, BoundFacts{question}, visitor);
}

// What becomes of a point, and what it obliges to if it is allowed: passes over what can change neither.
class Tally {
 public:
  explicit Tally(const Program& program)
      : program_(program), index_(program.index()), deny_terms_(index_.deny_blocks * block_words * 64) {}

  Status status() const {
    if (forbidden_) return Status::forbidden;
    if (!allowed_ && !allow_possible_) return Status::not_permitted;
    return allowed_ && !deny_possible_ ? Status::allowed : Status::indeterminate;
  }
  const Duty& duty() const { return duty_; }

  void covered(const SurvivingWords&) {}
  bool wants_block(std::uint32_t block) const { return !allowed_ || duty_.is_less_than(program_.duty_of_block(block)); }
  bool wants(std::uint32_t term) const { return !allowed_ || duty_.is_less_than(duty_of(term)); }
  bool take(std::uint32_t term, Truth truth) {
    const bool known = truth == Truth::yes;
    if (term < deny_terms_) {
      (known ? forbidden_ : deny_possible_) = true;
      return !forbidden_;
    }
    (known ? allowed_ : allow_possible_) = true;
    if (known) duty_.join(duty_of(term));
    return !deny_possible_;
  }

 private:
  const Duty& duty_of(std::uint32_t term) const { return index_.duties[index_.terms[term].duty & ~unsettled]; }

  const Program& program_;
  const Index& index_;
  std::uint32_t deny_terms_;
  bool forbidden_ = false, deny_possible_ = false, allowed_ = false, allow_possible_ = false;
  Duty duty_;
};

// The status of a point of leaves, with the duty if it is allowed.
inline Tally decide_point(const Question& question, const PointRows& rows) {
  Tally tally(question.program);
  visit_terms(question, rows, BoundFacts{question}, tally);
  return tally;
}
inline Status status_of_point(const Question& question) {
  return decide_point(question, PointRows(question.program.index(), question.point)).status();
}

// The same; if it is allowed, use(rule) is called for each rule that allows it, once for each of its terms.
template <class Use>
Status decide_point(const Question& question, Use use) {
  const PointRows rows(question.program.index(), question.point);
  const Status status = decide_point(question, rows).status();
  if (status != Status::allowed) return status;
  for_each_term(question, rows, [&](std::uint32_t term, Truth truth) {
    if (truth == Truth::yes) use(question.program.index().details[term].rule);
    return true;
  });
  return status;
}

// What is asked of the cache, and what it says.
inline bool Engine::may_be_cached(const Point& point, const Facts& facts) const {
  static_assert(limits::taxonomy_nodes < 1 << 16);  // so that ids fit side by side
  // Facts of other engines may have the same signature; the number of a subject's binding is nobody else's.
  return (point.data | point.purpose | point.partner) <= limits::taxonomy_nodes && facts.program_ == program_.get();
}

inline DecisionKey Engine::key_of(const Point& point, const Facts& facts, const Subject& subject) {
  return {std::uint64_t{point.data} | std::uint64_t{point.purpose} << 16 | std::uint64_t{point.partner} << 32,
          facts.signature_, subject.serial_};
}

inline Decision Engine::decision_of(const CachedDecision& decision) {
  Decision out;
  out.status_ = decision.status;
  out.keep_seconds_ = decision.keep_seconds;
  out.obligations_ = decision.obligations;
  return out;
}

}  // namespace zweck
