// Conditions and rules over variables with finite domains: facts, time, notices, objection, and which grants stand.
// Formulas are shared trees; what depends on the point is a table by class of leaves.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/bits.hpp"
#include "analysis/facts.hpp"
#include "analysis/leaves.hpp"
#include "model/evaluate.hpp"
#include "model/model.hpp"

namespace zweck::analysis {

// Classes of leaves, one per dimension: a point as far as the sides can tell points apart.
using Cell = std::array<std::uint32_t, 3>;

// One variable of a situation. Its domain is a stretch of words.
// Single: one bit per class, bit 0 for missing (a fact not given, a ledger not known).
// Set: one bit per member that is possible, and a last word of flags.
struct Variable {
  enum class Kind : std::uint8_t { fact, time, objection, notice, consents };
  Kind kind = Kind::fact;
  bool set = false;
  std::uint32_t bits = 0;
  std::uint32_t offset = 0, words = 0;                    // in a domain; for a set the flags included
  std::array<std::optional<std::uint32_t>, max_sides> id;  // FactId or NoticeId by side
  std::uint32_t domain = 0;                               // fact: into Formulas::facts
  std::vector<std::int64_t> starts;                       // time: microseconds; notice: versions; of classes, from bit 1
};
constexpr Word may_be_missing = 1, may_be_given = 2;  // flags of a set
constexpr std::uint32_t objection_no = 1, objection_yes = 2;

using NodeIndex = std::uint32_t;

struct FormulaNode {
  enum class Kind : std::uint8_t {
    no, unknown, yes,
    all, any,   // of children
    agree,      // true if all children are true, false if all are false, else unknown
    single,     // a variable lies in a mask (true), or in another (false)
    has,        // a set has one of the members of a mask
    by_class,   // the child that stands in a table for the class of the cell in one dimension
    pair        // a test that compares what two dimensions have
  };
  Kind kind = Kind::unknown;
  bool negated = false;            // of single, has, by_class and pair
  std::uint32_t a = 0, b = 0, c = 0;
  // all, any, agree: first child, count. single: variable, true mask, false mask. has: variable, mask.
  // by_class: dimension, table. pair: index into pairs.
};

// What is asked of a formula: to be true for certain (known) or possibly; or, negated, to be false so.
struct Want {
  NodeIndex node = 0;
  bool negated = false;
  bool known = true;
  Want opposite() const { return {node, !negated, !known}; }
};

// A kind of consent that a grant may be: just strong enough for one of the tests.
struct GrantKind {
  bool explicit_ = false;
  std::optional<Duration> within;
  std::optional<std::uint32_t> notice;  // into Formulas::notices
  std::int64_t version = 0;
  friend auto operator<=>(const GrantKind&, const GrantKind&) = default;
  bool implies(const GrantKind& weaker) const;
};

struct JointNotice {
  std::string name;
  std::array<std::optional<NoticeId>, max_sides> id;
};

// Two operands of the point in two dimensions; worked out where asked for.
struct Pair {
  std::size_t side = 0;
  std::uint32_t test = 0;
  std::array<std::size_t, 2> dimensions{};       // row, column
  std::vector<std::uint32_t> row_of;             // by class of the row dimension: the first class with an equal value
  mutable std::map<std::uint32_t, std::vector<std::uint8_t>> rows;  // Truth by class of the column dimension, or 3
};

struct RuleFormula {
  NodeIndex root = 0;                      // time, when, unless, basis; not the scope
  std::vector<NodeIndex> depends;          // by_class and pair nodes in it
};

class Formulas {
 public:
  std::array<const Model*, max_sides> sides{};
  std::array<Leaves, 3> leaves;
  std::array<Partition::Classes, 3> classes;
  std::vector<Variable> variables;
  std::vector<std::unique_ptr<FactDomain>> facts;
  std::vector<GrantKind> grants;  // the bits of the set of consents; weaker ones first
  std::vector<JointNotice> notices;
  std::uint32_t time = 0, objection = 0, consents = 0;  // variables
  std::uint32_t domain_words = 0;

  std::vector<FormulaNode> nodes;
  std::vector<NodeIndex> children;
  std::vector<Word> masks;
  std::vector<NodeIndex> tables;
  std::vector<Pair> pairs;

  // A leaf of the class that stands for all of them: without sources if there is one.
  std::uint32_t leaf_of(std::size_t dimension, std::uint32_t cls) const { return chosen_[dimension][cls]; }
  Point point(const Cell& cell, std::size_t side) const;

  NodeIndex compile(std::size_t side, const Condition& condition);
  RuleFormula compile(std::size_t side, const Rule& rule);
  std::vector<NodeIndex> depends(NodeIndex root) const;
  Truth pair_truth(const Pair& pair, const Cell& cell) const;
  // Of children: `all`, `any` or `agree`.
  NodeIndex add(FormulaNode::Kind kind, std::vector<NodeIndex> parts);
  // Takes back these nodes from `first` on, of which all were added so.
  void forget(NodeIndex first);
  GrantKind kind(std::size_t side, const ConsentTest& test) const;
  NodeIndex constant(Truth truth) const { return static_cast<NodeIndex>(truth); }

 private:
  friend class FormulaBuilder;
  // Equal ones are one node, so that what is the same on both sides has the same index.
  NodeIndex add(FormulaNode node);
  NodeIndex negate(NodeIndex node);
  std::uint32_t add_mask(const Bits& bits, std::size_t words);
  NodeIndex compile_test(std::size_t side, std::uint32_t test);
  NodeIndex compile_fact_test(std::size_t side, const Test& test, const Value* own);
  NodeIndex compile_consent(std::size_t side, std::uint32_t test);
  NodeIndex compile_notice(std::size_t side, std::uint32_t test);
  NodeIndex compile_window(const Rule& rule);
  NodeIndex by_class(std::size_t dimension, auto&& child_of);
  bool agrees(const Pair& a, const Pair& b) const;
  // By class: the first class with an equal value of the operand.
  const std::vector<std::uint32_t>& equal_values(std::size_t side, const Operand& operand);

  std::array<std::vector<std::uint32_t>, 3> chosen_;
  std::vector<std::unique_ptr<Leaves>> fact_leaves_;
  std::array<std::vector<std::uint32_t>, max_sides> fact_variables_;    // by FactId
  std::array<std::vector<std::uint32_t>, max_sides> notice_variables_;  // by NoticeId
  std::array<std::vector<std::uint32_t>, max_sides> joint_notice_;      // by NoticeId
  std::array<std::vector<std::optional<NodeIndex>>, max_sides> tests_, consent_tests_, notice_tests_;
  std::map<std::pair<std::int64_t, std::int64_t>, NodeIndex> windows_;
  std::map<std::tuple<std::size_t, NodeIndex, NodeIndex>, NodeIndex> special_;  // what a basis asks elsewhere, and there
  // By content.
  using Content = std::vector<std::uint64_t>;
  static Content content_of(FormulaNode::Kind kind, std::span<const NodeIndex> parts);
  struct ContentHash {
    std::size_t operator()(const Content& content) const;
  };
  std::unordered_map<Content, NodeIndex, ContentHash> node_index_;
  std::unordered_map<Content, std::uint32_t, ContentHash> mask_index_, table_index_;
  std::map<std::pair<std::size_t, Operand>, std::vector<std::uint32_t>> equal_values_;
};

// One set, or two for their difference.
Formulas build_formulas(const Model* first, const Model* second);

}  // namespace zweck::analysis
