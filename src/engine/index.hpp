// The compiled tables: a bitmap index over the terms of all rules, in the manner of the bit-vector scheme for packet
// classification with aggregated bits (Lakshman and Stiliadis, SIGCOMM 1998; Baboescu and Varghese, SIGCOMM 2001). For
// every leaf of a dimension, and for every class of values of a fact, one bit per term says whether the term can hold
// there; the intersection leaves the few terms worth a look. Immutable; safe to share between threads. Flat arrays of
// plain data, so that a bundle can be used where it lies.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/array.hpp"
#include "engine/fact_checks.hpp"
#include "engine/terms.hpp"
#include "model/model.hpp"

namespace zweck {

constexpr std::uint32_t no_row = UINT32_MAX;
// A row of bits is cut into blocks of one cache line, each of which is kept once, in whichever rows it stands.
constexpr std::uint32_t block_words = 8;
constexpr std::uint32_t full_block = 0;

// A term as deciding sees it once it has survived the intersection: small, so that neighbours share a cache line.
struct TermRow {
  std::uint32_t ledger = 0;  // into Index::ledger_masks
  std::uint32_t duty = 0;    // into Index::duties; with `unsettled` if residual checks are left
  friend bool operator==(const TermRow&, const TermRow&) = default;
};
constexpr std::uint32_t unsettled = std::uint32_t{1} << 31;

struct LedgerMask {
  std::uint64_t needed = 0;    // ledger bits that must be set …
  std::uint64_t excluded = 0;  // … and those that must not
  friend auto operator<=>(const LedgerMask&, const LedgerMask&) = default;
};

// What an allow rule obliges to.
struct Duty {
  std::int64_t keep_seconds = INT64_MAX;
  std::uint64_t obligations = 0;
  friend auto operator<=>(const Duty&, const Duty&) = default;

  // Both together.
  void join(const Duty& other) {
    keep_seconds = std::min(keep_seconds, other.keep_seconds);
    obligations |= other.obligations;
  }
  // Whether the other one obliges to anything more.
  bool is_less_than(const Duty& other) const {
    return other.keep_seconds < keep_seconds || (other.obligations & ~obligations) != 0;
  }
};

// What else there is to a term.
struct TermDetail {
  RuleId rule = 0;
  std::uint32_t residual = 0, residual_end = 0;  // its residual checks, into Index::residuals
  std::uint32_t checks = 0;  // its literals on facts: place in FactChecks::first
  friend bool operator==(const TermDetail&, const TermDetail&) = default;
};

// A check that no bit vector settles.
struct Residual {
  enum class Kind : std::uint32_t {
    literal,   // Index::literals
    window,    // Index::windows
    except,    // Index::excepts: the point must not lie in this box
    condition  // Index::conditions: as it stands …
  };
  Kind kind = Kind::literal;
  std::uint32_t index = 0;
  std::uint32_t negated = 0;  // … or negated
};

// The moments at which a rule with `from` or `until` applies, both ends included, in microseconds.
struct Window {
  std::int64_t first = INT64_MIN;
  std::int64_t last = INT64_MAX;
};

// A box of an `except`: in each dimension nodes out of Index::except_nodes, sorted; none mean any.
struct ExceptRow {
  std::array<std::uint32_t, 3> nodes{}, nodes_end{};
};

// A condition too large to distribute, in pre-order: its parts follow it, up to `end`.
struct ConditionRow {
  std::uint32_t kind = 0;   // Condition::Kind
  std::uint32_t index = 0;  // as in Condition
  std::uint32_t end = 0;
};

// One dimension. Leaves with the same bits share a row.
struct Side {
  // By NodeId, into `rows`; no_row for groups.
  Array<std::uint32_t> row_of;
  // Of a row, for each Index::summary_words: a bit for every block that is not empty (the lower half, then the upper), and
  // where the numbers of these blocks begin, counted from the row's own beginning. Then these numbers, into Index::pool.
  Array<std::uint32_t> rows;
  // Pre-order of a spanning tree of the taxonomy. What is at or below a node has the numbers from `preorder` on, `below`
  // of them besides its own; if other parents bring in more (no tree there), `below` is not_a_tree. By NodeId.
  Array<std::uint16_t> preorder;
  Array<std::uint32_t> below;
  // Whether a node at or above this one is separate or has a date from which on it counts. By NodeId.
  Array<std::uint8_t> guarded;
};
constexpr std::uint32_t not_a_tree = UINT32_MAX;

// Values of one fact in classes that its tests against literals tell apart. Offsets into the arrays of Index.
struct FactRows {
  // Keys of facts that are ordered are the first values of ranges; else single values, sorted, and a string that is none of
  // them behaves as the first.
  std::uint32_t keys = 0, keys_end = 0;          // into fact_keys and fact_classes
  std::uint32_t literals = 0, literals_end = 0;  // into fact_literals
  std::uint32_t first_row = 0, rows = 0;         // into fact_rows, in rows; none for sets
  std::uint32_t ordered = 0;
  std::uint32_t by_row = 0;  // whether all that the policy can tell of a value is its row
};

// A literal on a fact, and the terms that have it.
struct FactLiteral {
  std::uint32_t test = 0;
  std::uint32_t negated = 0;
  std::uint32_t terms = 0, terms_end = 0;  // into fact_terms
};

struct LiteralRow {
  std::uint32_t kind = 0;  // Literal::Kind
  std::uint32_t index = 0;
  std::uint32_t negated = 0;
};

struct Index {
  std::uint32_t blocks = 0;         // of block_words words of 64 terms
  std::uint32_t deny_blocks = 0;    // the first of these hold deny terms, the others allow terms
  std::uint32_t summary_words = 0;  // of a row: a bit for every block
  std::uint32_t consent_tests = 0;
  std::uint32_t notice_tests = 0;
  // For statistics: rules, terms and copies of them, parts that the space is cut into, and whether it is left whole since
  // cutting it takes too much.
  std::uint32_t rules = 0, term_count = 0, parts = 0, over_budget = 0;

  Array<TermRow> terms;         // padded to whole blocks
  Array<TermDetail> details;    // of the same terms
  Array<LedgerMask> ledger_masks;
  Array<Duty> duties;
  Array<Residual> residuals;
  Array<LiteralRow> literals;
  Array<Window> windows;
  Array<ExceptRow> excepts;
  Array<NodeId> except_nodes;
  Array<ConditionRow> conditions;
  std::array<Side, 3> sides;
  Array<FactRows> facts;  // by FactId
  Array<std::int64_t> fact_keys;
  Array<std::uint32_t> fact_classes;
  Array<FactLiteral> fact_literals;
  Array<std::uint32_t> fact_terms;
  Array<std::uint32_t> fact_rows;  // row * blocks: numbers of blocks, into pool
  // Blocks of bits, block_words each, no two the same; the first one is all ones.
  Array<std::uint64_t> pool;
  FactChecks fact_checks;
  // Points of a request for a data node: its leaves and their sources. By NodeId.
  Array<std::uint32_t> data_points;

  // Words of a summary in a row.
  static constexpr std::uint32_t summary_size = 3;
  std::uint32_t words() const { return blocks * block_words; }
  const std::uint64_t* block(std::uint32_t number) const { return pool.data() + std::size_t{number} * block_words; }

  // Ledger bits: consent tests by index, then objection, then notice tests; only the first 64 have one.
  std::uint32_t objection_bit() const { return consent_tests; }
  std::uint32_t notice_bit(std::uint32_t test) const { return consent_tests + 1 + test; }
  bool all_tests_have_bits() const { return notice_bit(notice_tests) <= 64; }
};

// Calls visit(array) for every array, and visit_number(number) for every number, of the index, always in the same order:
// what writes, reads and checks an index goes by these alone. A change of what an array means is a new version of bundles.
template <class Index, class Visit>
void for_each_array(Index& index, Visit visit) {
  visit(index.terms);
  visit(index.details);
  visit(index.ledger_masks);
  visit(index.duties);
  visit(index.residuals);
  visit(index.literals);
  visit(index.windows);
  visit(index.excepts);
  visit(index.except_nodes);
  visit(index.conditions);
  for (auto& side : index.sides) {
    visit(side.row_of);
    visit(side.rows);
    visit(side.preorder);
    visit(side.below);
    visit(side.guarded);
  }
  visit(index.facts);
  visit(index.fact_keys);
  visit(index.fact_classes);
  visit(index.fact_literals);
  visit(index.fact_terms);
  visit(index.fact_rows);
  visit(index.pool);
  visit(index.fact_checks.first);
  visit(index.fact_checks.checks);
  visit(index.fact_checks.bits);
  visit(index.data_points);
}

template <class Index, class Visit>
void for_each_number(Index& index, Visit visit) {
  visit(index.blocks);
  visit(index.deny_blocks);
  visit(index.summary_words);
  visit(index.consent_tests);
  visit(index.notice_tests);
  visit(index.rules);
  visit(index.term_count);
  visit(index.parts);
  visit(index.over_budget);
}

// The space is cut along the taxonomies until a part has no more terms than `part_terms` (see compile/arrange.hpp); 0 never
// cuts it. It is cut no further where that would take more than `most_steps`, or make so many copies of terms that they
// alone take `most_bytes`; and left whole if all arrays take more than that otherwise.
Index compile(const Model& model, std::size_t part_terms, std::size_t most_bytes = SIZE_MAX, std::uint64_t most_steps = UINT64_MAX);

// What the arrays take.
inline std::size_t bytes_of(const Index& index) {
  std::size_t bytes = 0;
  for_each_array(index, [&](const auto& array) { bytes += array.size() * sizeof array[0]; });
  return bytes;
}

}  // namespace zweck
