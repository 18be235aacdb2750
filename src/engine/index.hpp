// The compiled tables: a bitmap index over the terms of all rules, in the manner of the bit-vector scheme for packet
// classification (Lakshman and Stiliadis, SIGCOMM 1998). For every leaf of a dimension, and for every class of values of a
// fact, one bit per term says whether the term can hold there; the intersection leaves the few terms worth a look.
// Immutable; safe to share between threads.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/terms.hpp"
#include "model/model.hpp"

namespace zweck {

constexpr std::uint32_t no_class = UINT32_MAX;

// What is left to check of a term that survived the intersection.
struct TermRow {
  std::uint64_t ledger_true = 0;   // ledger bits that must be set …
  std::uint64_t ledger_false = 0;  // … and those that must not
  RuleId rule = 0;
  std::uint32_t residual = 0;      // first of its residual checks
  std::uint32_t residual_end = 0;
};

// A check that no bit vector settles.
struct Residual {
  enum class Kind : std::uint8_t {
    literal,          // index: into Index::literals
    window,           // from and until of the rule
    excepts,          // the rule's excepts with more than one side
    whole_condition   // `when` and `unless` of the rule as they stand
  };
  Kind kind = Kind::literal;
  std::uint32_t index = 0;
};

struct RuleRow {
  std::int64_t keep_seconds = INT64_MAX;
  std::uint64_t obligations = 0;
};

// One dimension: leaves with the same bits share a class.
struct Side {
  std::vector<std::uint32_t> class_of;  // by NodeId; no_class for groups
  std::vector<std::uint64_t> bits;      // class * words
};

// Values of one fact in classes that its tests against literals tell apart.
struct FactRows {
  // Values from starts[i] up to starts[i + 1] - 1 are of class i; for strings, choices and nodes the keys are single
  // values and everything else is of class 0.
  std::vector<std::int64_t> starts;
  bool ordered = false;
  std::vector<std::uint32_t> class_of_key;
  std::vector<std::uint64_t> bits;  // class * words; empty if the fact has none (sets)
  // Every literal on the fact with the terms that have it.
  struct OfLiteral {
    Literal literal;
    std::vector<std::uint32_t> terms;
  };
  std::vector<OfLiteral> literals;
};

struct Index {
  std::uint32_t words = 0;       // 64 terms each
  std::uint32_t deny_words = 0;  // the first of these are deny terms, the others allow terms
  std::vector<TermRow> terms;    // words * 64, padded
  std::vector<Residual> residuals;
  std::vector<Literal> literals;
  std::vector<RuleRow> rules;
  std::array<Side, 3> sides;
  std::vector<FactRows> facts;  // by FactId

  // Ledger bits: consent tests by index, then objection, then notice tests; only the first 64 have one.
  std::uint32_t consent_tests = 0;
  std::uint32_t notice_tests = 0;
  std::uint32_t objection_bit() const { return consent_tests; }
  std::uint32_t notice_bit(std::uint32_t test) const { return consent_tests + 1 + test; }

  const std::uint64_t* row(std::size_t side, std::uint32_t leaf_class) const {
    return sides[side].bits.data() + std::size_t{leaf_class} * words;
  }
};

Index compile(const Model& model);

}  // namespace zweck
