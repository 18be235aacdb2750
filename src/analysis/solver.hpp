// Situations at one cell: is there one in which all of these formulas hold? By domains of possible values, unit
// propagation, and backjumping over what is left open. Exact; the work is counted.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analysis/bits.hpp"
#include "analysis/formula.hpp"

namespace zweck::analysis {

// Work is bounded by counted steps, so that results are the same on every machine. A step is one look at one literal.
struct Steps {
  std::uint64_t done = 0;
  std::uint64_t limit = UINT64_MAX;
  bool spent() const { return done > limit; }
};

enum class Answer : std::uint8_t { found, none, undecided };

// Which situations there are (section 6: complete ones; for requests also incomplete ones, in two parts).
enum class Space : std::uint8_t {
  complete,    // a value for every fact, and a ledger
  incomplete,  // facts may be missing or groups; a ledger
  no_ledger    // the same, and the ledger is not known
};

// A value for every variable. Single: its bit. Set: its members by bits, or missing.
struct Assignment {
  std::vector<std::uint32_t> bit;  // by variable
  std::vector<bool> missing;       // by variable: sets
  std::vector<Word> members;       // sets, laid out like a domain
};

class Solver {
 public:
  Solver(const Formulas& formulas, Steps& steps);

  // A situation in which all wants hold, and all guards; of these most never matter, so they are looked at only where
  // they are violated. In the order of the guards, those come first that are to be preferred in a core.
  Answer solve(const Cell& cell, Space space, std::span<const Want> wants, std::span<const Want> guards);

  // After `found`.
  const Assignment& assignment() const { return assignment_; }
  // After `none`: wants (from 0) and guards (from the number of wants) that cannot hold together.
  const std::vector<std::uint32_t>& core() const { return core_; }
  // What follows from the wants at once, without trying values. If that leaves nothing there is no answer; else `look`
  // may ask for what is left, until it returns.
  bool reduce(const Cell& cell, Space space, std::span<const Want> wants, const std::function<void()>& look);
  enum class Status : std::uint8_t { no, open, yes };
  Status status(const Want& want);
  Want resolved(Want want) const;                               // tables of the cell looked up
  bool asks_all_parts(const Want& want) const;                  // of a node with children: all or one of them
  const Word* domain(std::uint32_t variable) const;             // possible values
  std::vector<Want> required(std::uint32_t variable) const;     // of a set: what it must have
  std::vector<Want> choices() const;                            // of which one part or another must hold

  // Whether the want holds under an assignment.
  bool holds(const Want& want, const Cell& cell, const Assignment& assignment) const;

 private:
  enum class Op : std::uint8_t { narrow, remove, require, give, lose };
  struct Change {
    std::uint32_t variable;
    std::int32_t previous;  // change of the same variable
    Op op;
    bool complement;     // narrow: to what is not in the mask
    std::uint32_t mask;  // narrow, remove, require
    std::uint32_t node;  // require: whose literal it is
    std::uint32_t reason;
    std::uint32_t saved;
  };
  struct Clause {
    Want want;
    std::uint32_t origin;  // permanent: index of the want or guard; else a reason
    bool done = false;
  };
  struct Mark {
    std::size_t changes, saved, reasons, nested, done, demands;
  };
  // A choice that must hold, by node and whether it is negated. Another that contradicts it is no, whatever is open.
  struct Demand {
    std::uint32_t clause = UINT32_MAX;
    bool known = false;
  };
  struct Demanded {
    std::uint32_t at;
    Demand before;
  };
  struct Allowed {
    std::uint32_t mask;
    bool complement;
  };

  Answer attempt(std::span<const Want> wants, std::span<const Want> guards);
  bool search(std::uint32_t depth);
  bool branch(std::uint32_t depth, std::uint32_t clause);
  bool propagate();
  bool propagate(std::uint32_t clause, bool& changed);
  Status status(const Want& want, bool with_demands);
  void demand(std::uint32_t clause);
  const Demand* contradiction(const Want& resolved) const;
  bool require(const Want& want, std::uint32_t reason);
  void explain_no(const Want& want, Word* into);
  bool assign_and_check();
  void assign(std::uint32_t variable);
  void assign_all();
  void form_core();

  // One literal.
  static Allowed allowed(const FormulaNode& node, const Want& want);
  Status status_single(const FormulaNode& node, const Want& want) const;
  Status status_has(const FormulaNode& node, const Want& want) const;
  bool require_single(const FormulaNode& node, const Want& want, std::uint32_t reason);
  bool require_has(NodeIndex index, const Want& want, std::uint32_t reason);
  void explain_single(const FormulaNode& node, const Want& want, Word* into);
  void explain_has(const FormulaNode& node, const Want& want, Word* into);
  const Change* broken_by(std::uint32_t variable, std::uint32_t removed) const;
  bool is_required(std::uint32_t variable, std::uint32_t mask) const;
  bool settle_set(std::uint32_t variable);
  void explain_removed(std::uint32_t variable, const Word* members, Word* into) const;
  void explain_op(std::uint32_t variable, Op op, Word* into) const;
  bool holds_in(const Want& want, const Cell& cell, const Assignment& assignment, bool lazily) const;

  void record(std::uint32_t variable, Op op, std::uint32_t mask, bool complement, std::uint32_t reason,
              NodeIndex node = 0);
  Mark mark() const { 
    return {changes_.size(), saved_.size(), reasons_.size(), nested_.size(), done_.size(), demanded_.size()};
  }
  void undo(const Mark& mark);
  std::uint32_t new_reason();
  void add(Word* into, std::uint32_t reason) const;
  void add_origin(const Clause& clause, bool permanent, Word* into) const;
  Clause& clause(std::uint32_t index) {
    return index < permanent_limit ? permanent_[index] : nested_[index - permanent_limit];
  }
  bool is_choice(const Want& want) const;
  bool is_literal(const Want& want) const;

  static constexpr std::uint32_t permanent_limit = 1u << 30;

  const Formulas& formulas_;
  Steps& steps_;
  std::array<std::vector<Word>, 3> bases_;  // by Space
  const std::vector<Word>* base_ = nullptr;
  Cell cell_{};

  std::vector<Word> domain_;
  std::vector<std::int32_t> last_;  // change by variable
  std::vector<Change> changes_;
  std::vector<Word> saved_, reasons_, conflict_;
  std::vector<Clause> permanent_, nested_;
  std::vector<Demand> demands_;     // 2 × node + whether it is negated
  std::vector<Demanded> demanded_;  // in the order in which they were
  std::vector<std::uint32_t> done_;  // clauses in the order in which they were done
  std::size_t core_words_ = 1, level_words_ = 1, width_ = 2;
  std::size_t want_count_ = 0;
  std::span<const Want> guards_;
  bool undecided_ = false, deeper_ = false;

  Assignment assignment_;
  std::vector<std::uint32_t> stamp_;  // by variable: the check for which it has its value
  std::uint32_t stamp_now_ = 0;
  std::vector<std::uint32_t> core_;
  mutable std::vector<Word> scratch_;
};

}  // namespace zweck::analysis
