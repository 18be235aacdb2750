#include "analysis/solver.hpp"

#include <algorithm>

namespace zweck::analysis {

namespace {

// The three kinds of nodes with children, under what is wanted of them: all children, or one of them.
bool asks_all(const FormulaNode& node, const Want& want) {
  if (node.kind == FormulaNode::Kind::agree) return want.known;
  return (node.kind == FormulaNode::Kind::all) != (want.negated != node.negated);
}

bool has_children(const FormulaNode& node) {
  return node.kind == FormulaNode::Kind::all || node.kind == FormulaNode::Kind::any ||
         node.kind == FormulaNode::Kind::agree;
}

bool satisfies(Truth truth, const Want& want) {
  if (want.negated) truth = !truth;
  return want.known ? truth == Truth::yes : truth != Truth::no;
}

}  // namespace

Solver::Solver(const Formulas& formulas, Steps& steps) : formulas_(formulas), steps_(steps) {
  for (std::size_t i = 0; i < bases_.size(); ++i) {
    const auto space = static_cast<Space>(i);
    std::vector<Word>& base = bases_[i];
    base.assign(formulas.domain_words, 0);
    for (const Variable& variable : formulas.variables) {
      Word* words = base.data() + variable.offset;
      const bool fact = variable.kind == Variable::Kind::fact;
      const bool of_ledger = !fact && variable.kind != Variable::Kind::time;
      const FactDomain* domain = fact ? formulas.facts[variable.domain].get() : nullptr;
      const bool unknown = of_ledger && space == Space::no_ledger;
      if (variable.set) {
        for (std::uint32_t bit = 0; bit < variable.bits; ++bit) set_bit(words, bit);
        Word& flags = words[variable.words - 1];
        flags = unknown ? may_be_missing : may_be_given;
        if (fact && space != Space::complete && domain->may_be_missing()) flags |= may_be_missing;
      } else if (unknown) {
        set_bit(words, 0);
      } else {
        const bool incomplete = fact && space != Space::complete;
        const std::size_t end = fact && !incomplete ? 1 + domain->class_count() : variable.bits;
        for (std::size_t bit = incomplete && domain->may_be_missing() ? 0 : 1; bit < end; ++bit) set_bit(words, bit);
      }
    }
  }
  last_.assign(formulas.variables.size(), -1);
  stamp_.assign(formulas.variables.size(), 0);
  assignment_.bit.assign(formulas.variables.size(), 0);
  assignment_.missing.assign(formulas.variables.size(), false);
  assignment_.members.assign(formulas.domain_words, 0);
}

Answer Solver::solve(const Cell& cell, Space space, std::span<const Want> wants, std::span<const Want> guards) {
  cell_ = cell;
  base_ = &bases_[static_cast<std::size_t>(space)];
  domain_ = *base_;
  core_words_ = words_for(wants.size() + guards.size());
  level_words_ = 1;
  Answer answer = attempt(wants, guards);
  // Decisions nested deeper than there are bits for: once more with more of them.
  while (deeper_) {
    level_words_ *= 4;
    answer = attempt(wants, guards);
  }
  return answer;
}

Answer Solver::attempt(std::span<const Want> wants, std::span<const Want> guards) {
  undecided_ = deeper_ = false;
  width_ = core_words_ + level_words_;
  conflict_.assign(width_, 0);
  want_count_ = wants.size();
  guards_ = guards;
  permanent_.clear();
  for (std::uint32_t i = 0; i < wants.size(); ++i) permanent_.push_back({wants[i], i});
  demands_.resize(2 * formulas_.nodes.size());
  const Mark start = mark();
  const bool found = search(0);
  if (found) assign_all();
  undo(start);
  done_.clear();
  if (found) return Answer::found;
  if (undecided_ || deeper_) return Answer::undecided;
  form_core();
  return Answer::none;
}

bool Solver::reduce(const Cell& cell, Space space, std::span<const Want> wants, const std::function<void()>& look) {
  cell_ = cell;
  base_ = &bases_[static_cast<std::size_t>(space)];
  domain_ = *base_;
  core_words_ = words_for(wants.size());
  width_ = core_words_ + 1;
  conflict_.assign(width_, 0);
  permanent_.clear();
  for (std::uint32_t i = 0; i < wants.size(); ++i) permanent_.push_back({wants[i], i});
  demands_.resize(2 * formulas_.nodes.size());
  const Mark start = mark();
  const bool possible = propagate();
  if (possible) look();
  undo(start);
  done_.clear();
  return possible;
}

bool Solver::asks_all_parts(const Want& want) const { return asks_all(formulas_.nodes[want.node], want); }

const Word* Solver::domain(std::uint32_t variable) const {
  return domain_.data() + formulas_.variables[variable].offset;
}

std::vector<Want> Solver::required(std::uint32_t variable) const {
  std::vector<Want> found;
  for (std::int32_t at = last_[variable]; at >= 0; at = changes_[static_cast<std::size_t>(at)].previous) {
    const Change& change = changes_[static_cast<std::size_t>(at)];
    if (change.op == Op::require) found.push_back({change.node, formulas_.nodes[change.node].negated, true});
  }
  return found;
}

std::vector<Want> Solver::choices() const {
  std::vector<Want> found;
  for (const std::vector<Clause>* clauses : {&permanent_, &nested_}) {
    for (const Clause& clause : *clauses) {
      if (!clause.done) found.push_back(clause.want);
    }
  }
  return found;
}

void Solver::form_core() {
  core_.clear();
  for (std::size_t i = 0; i < core_words_ * 64; ++i) {
    if (test_bit(conflict_.data(), i)) core_.push_back(static_cast<std::uint32_t>(i));
  }
}

// Tables are looked up until there is a node that says something by itself.
Want Solver::resolved(Want want) const {
  for (;;) {
    const FormulaNode& node = formulas_.nodes[want.node];
    if (node.kind != FormulaNode::Kind::by_class) return want;
    want.node = formulas_.tables[node.b + cell_[node.a]];
    want.negated = want.negated != node.negated;
  }
}

bool Solver::is_choice(const Want& want) const {
  const FormulaNode& node = formulas_.nodes[want.node];
  return has_children(node) && !asks_all(node, want);
}

bool Solver::is_literal(const Want& want) const {
  const FormulaNode::Kind kind = formulas_.nodes[resolved(want).node].kind;
  return kind == FormulaNode::Kind::single || kind == FormulaNode::Kind::has;
}

bool Solver::search(std::uint32_t depth) {
  for (;;) {
    if (!propagate()) return false;
    if (steps_.spent()) {
      undecided_ = true;
      return false;
    }
    std::uint32_t best = UINT32_MAX, fewest = UINT32_MAX;
    const auto look = [&](std::uint32_t index, const Clause& each) {
      if (each.done || fewest == 2) return;
      const FormulaNode& node = formulas_.nodes[each.want.node];
      std::uint32_t open = 0;
      for (std::uint32_t i = 0; i < node.b; ++i) {
        const Want part{formulas_.children[node.a + i], each.want.negated != node.negated, each.want.known};
        if (status(part, true) != Status::no) ++open;
      }
      if (open < fewest) {
        fewest = open;
        best = index;
      }
    };
    for (std::uint32_t i = 0; i < permanent_.size(); ++i) look(i, permanent_[i]);
    for (std::uint32_t i = 0; i < nested_.size(); ++i) look(permanent_limit + i, nested_[i]);
    if (best != UINT32_MAX) return branch(depth, best);
    if (assign_and_check()) return !undecided_;
  }
}

bool Solver::branch(std::uint32_t depth, std::uint32_t index) {
  if (depth >= level_words_ * 64) {
    deeper_ = true;
    return false;
  }
  const std::size_t level = core_words_ * 64 + depth;
  const Clause chosen = clause(index);
  const FormulaNode& node = formulas_.nodes[chosen.want.node];
  std::vector<Word> all(width_, 0);
  add_origin(chosen, index < permanent_limit, all.data());
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Want part{formulas_.children[node.a + i], chosen.want.negated != node.negated, chosen.want.known};
    if (status(part, true) == Status::no) {
      explain_no(part, all.data());
      continue;
    }
    const Mark before = mark();
    clause(index).done = true;
    done_.push_back(index);
    const std::uint32_t reason = new_reason();
    set_bit(reasons_.data() + reason, level);
    if (require(part, reason) && search(depth + 1)) return true;
    undo(before);
    if (undecided_ || deeper_) return false;
    if (!test_bit(conflict_.data(), level)) return false;  // this choice had no part in it
    clear_bit(conflict_.data(), level);
    for (std::size_t w = 0; w < width_; ++w) all[w] |= conflict_[w];
    // From here on this part does not hold. Without that, the same situations are looked at again below the others.
    if (!is_literal(part)) continue;
    const std::uint32_t refuted = new_reason();
    std::copy(conflict_.begin(), conflict_.end(), reasons_.begin() + refuted);
    if (!require(part.opposite(), refuted)) return false;
  }
  conflict_ = all;
  return false;
}

bool Solver::propagate() {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t i = 0; i < permanent_.size(); ++i) {
      if (!permanent_[i].done && !propagate(i, changed)) return false;
    }
    for (std::uint32_t i = 0; i < nested_.size(); ++i) {
      if (!nested_[i].done && !propagate(permanent_limit + i, changed)) return false;
    }
  }
  return true;
}

bool Solver::propagate(std::uint32_t index, bool& changed) {
  clause(index).want = resolved(clause(index).want);
  const Clause each = clause(index);
  const bool permanent = index < permanent_limit;
  const auto finish = [&] {
    clause(index).done = true;
    done_.push_back(index);
  };
  if (!is_choice(each.want)) {
    const std::uint32_t reason = new_reason();
    add_origin(each, permanent, reasons_.data() + reason);
    finish();
    changed = true;
    return require(each.want, reason);
  }
  demand(index);
  const FormulaNode& node = formulas_.nodes[each.want.node];
  Want last{};
  std::uint32_t open = 0;
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Want part{formulas_.children[node.a + i], each.want.negated != node.negated, each.want.known};
    const Status now = status(part, true);
    if (now == Status::yes) {
      finish();
      return true;
    }
    if (now == Status::open) {
      last = part;
      if (++open > 1) return true;
    }
  }
  const std::uint32_t reason = new_reason();
  add_origin(each, permanent, reasons_.data() + reason);
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Want part{formulas_.children[node.a + i], each.want.negated != node.negated, each.want.known};
    if (open == 1 && part.node == last.node) continue;
    std::vector<Word> more(width_, 0);
    explain_no(part, more.data());
    for (std::size_t w = 0; w < width_; ++w) reasons_[reason + w] |= more[w];
  }
  if (open == 0) {
    conflict_.assign(reasons_.begin() + reason, reasons_.begin() + reason + static_cast<std::ptrdiff_t>(width_));
    return false;
  }
  finish();
  changed = true;
  return require(last, reason);
}

// Notes that the clause, a choice, must hold.
void Solver::demand(std::uint32_t index) {
  const Want& want = clause(index).want;
  const std::uint32_t at = 2 * want.node + (want.negated ? 1 : 0);
  Demand& current = demands_[at];
  if (current.clause != UINT32_MAX && (current.known || !want.known)) return;
  demanded_.push_back({at, current});
  current = {index, want.known};
}

// A choice that must hold and cannot where the want does.
const Solver::Demand* Solver::contradiction(const Want& want) const {
  const Demand& other = demands_[2 * want.node + (want.negated ? 0 : 1)];
  return other.clause != UINT32_MAX && (other.known || want.known) ? &other : nullptr;
}

Solver::Status Solver::status(const Want& want) { return status(want, false); }

Solver::Status Solver::status(const Want& asked, bool with_demands) {
  const Want want = resolved(asked);
  const FormulaNode& node = formulas_.nodes[want.node];
  switch (node.kind) {
    case FormulaNode::Kind::no:
    case FormulaNode::Kind::unknown:
    case FormulaNode::Kind::yes:
      return satisfies(static_cast<Truth>(node.kind), want) ? Status::yes : Status::no;
    case FormulaNode::Kind::pair: {
      const Truth truth = formulas_.pair_truth(formulas_.pairs[node.a], cell_);
      return satisfies(node.negated ? !truth : truth, want) ? Status::yes : Status::no;
    }
    case FormulaNode::Kind::single:
      ++steps_.done;
      return status_single(node, want);
    case FormulaNode::Kind::has:
      ++steps_.done;
      return status_has(node, want);
    default:
      if (with_demands && contradiction(want) != nullptr) return Status::no;
      break;
  }
  const bool all = asks_all(node, want);
  Status result = all ? Status::yes : Status::no;
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Status part = status({formulas_.children[node.a + i], want.negated != node.negated, want.known}, with_demands);
    if (part == (all ? Status::no : Status::yes)) return part;
    if (part == Status::open) result = Status::open;
  }
  return result;
}

bool Solver::require(const Want& asked, std::uint32_t reason) {
  const Want want = resolved(asked);
  const FormulaNode& node = formulas_.nodes[want.node];
  switch (node.kind) {
    case FormulaNode::Kind::single:
      return require_single(node, want, reason);
    case FormulaNode::Kind::has:
      return require_has(want.node, want, reason);
    case FormulaNode::Kind::all:
    case FormulaNode::Kind::any:
    case FormulaNode::Kind::agree:
      if (!asks_all(node, want)) {
        nested_.push_back({want, reason});
        return true;
      }
      for (std::uint32_t i = 0; i < node.b; ++i) {
        if (!require({formulas_.children[node.a + i], want.negated != node.negated, want.known}, reason)) return false;
      }
      return true;
    default:
      break;
  }
  if (status(want) == Status::yes) return true;
  conflict_.assign(reasons_.begin() + reason, reasons_.begin() + reason + static_cast<std::ptrdiff_t>(width_));
  return false;
}

void Solver::explain_no(const Want& asked, Word* into) {
  const Want want = resolved(asked);
  const FormulaNode& node = formulas_.nodes[want.node];
  if (node.kind == FormulaNode::Kind::single) return explain_single(node, want, into);
  if (node.kind == FormulaNode::Kind::has) return explain_has(node, want, into);
  if (!has_children(node)) return;
  if (const Demand* other = contradiction(want)) {
    add_origin(clause(other->clause), other->clause < permanent_limit, into);
    return;
  }
  const bool all = asks_all(node, want);
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Want part{formulas_.children[node.a + i], want.negated != node.negated, want.known};
    if (all && status(part, true) != Status::no) continue;
    explain_no(part, into);
    if (all) return;
  }
}

bool Solver::assign_and_check() {
  ++stamp_now_;
  for (std::uint32_t i = 0; i < guards_.size(); ++i) {
    if (holds_in(guards_[i], cell_, assignment_, true)) continue;
    const auto origin = static_cast<std::uint32_t>(want_count_ + i);
    if (std::any_of(permanent_.begin(), permanent_.end(), [&](const Clause& each) { return each.origin == origin; })) {
      undecided_ = true;  // a mistake of ours: it was taken care of already. Never guess.
      return true;
    }
    permanent_.push_back({guards_[i], origin});
    return false;
  }
  return true;
}

void Solver::assign_all() {
  for (std::uint32_t i = 0; i < formulas_.variables.size(); ++i) {
    if (stamp_[i] != stamp_now_) assign(i);
  }
}

// The value it had before if that is possible still, else the first that is; for sets with no more than is required.
void Solver::assign(std::uint32_t index) {
  stamp_[index] = stamp_now_;
  const Variable& variable = formulas_.variables[index];
  const Word* words = domain_.data() + variable.offset;
  if (!variable.set) {
    std::uint32_t& bit = assignment_.bit[index];
    if (test_bit(words, bit)) return;
    for (std::uint32_t w = 0;; ++w) {
      if (words[w] == 0) continue;
      bit = w * 64 + static_cast<std::uint32_t>(std::countr_zero(words[w]));
      return;
    }
  }
  assignment_.missing[index] = (words[variable.words - 1] & may_be_given) == 0;
  Word* members = assignment_.members.data() + variable.offset;
  for (std::uint32_t w = 0; w + 1 < variable.words; ++w) members[w] &= words[w];
  for (std::int32_t at = last_[index]; at >= 0; at = changes_[static_cast<std::size_t>(at)].previous) {
    const Change& change = changes_[static_cast<std::size_t>(at)];
    if (change.op != Op::require) continue;
    const Word* mask = formulas_.masks.data() + change.mask;
    std::uint32_t first = UINT32_MAX;
    bool met = false;
    for (std::uint32_t w = 0; w + 1 < variable.words && !met; ++w) {
      met = (members[w] & mask[w]) != 0;
      const Word possible = words[w] & mask[w];
      if (first == UINT32_MAX && possible != 0) first = w * 64 + static_cast<std::uint32_t>(std::countr_zero(possible));
    }
    if (!met && first != UINT32_MAX) set_bit(members, first);
  }
}

bool Solver::holds(const Want& want, const Cell& cell, const Assignment& assignment) const {
  return holds_in(want, cell, assignment, false);
}

bool Solver::holds_in(const Want& asked, const Cell& cell, const Assignment& assignment, bool lazily) const {
  Want want = asked;
  while (formulas_.nodes[want.node].kind == FormulaNode::Kind::by_class) {
    const FormulaNode& table = formulas_.nodes[want.node];
    want = {formulas_.tables[table.b + cell[table.a]], want.negated != table.negated, want.known};
  }
  const FormulaNode& node = formulas_.nodes[want.node];
  const auto value = [&](std::uint32_t variable) {
    if (lazily && stamp_[variable] != stamp_now_) const_cast<Solver*>(this)->assign(variable);
  };
  ++steps_.done;
  switch (node.kind) {
    case FormulaNode::Kind::no:
    case FormulaNode::Kind::unknown:
    case FormulaNode::Kind::yes:
      return satisfies(static_cast<Truth>(node.kind), want);
    case FormulaNode::Kind::pair: {
      const Truth truth = formulas_.pair_truth(formulas_.pairs[node.a], cell);
      return satisfies(node.negated ? !truth : truth, want);
    }
    case FormulaNode::Kind::single: {
      value(node.a);
      const Allowed set = allowed(node, want);
      return test_bit(formulas_.masks.data() + set.mask, assignment.bit[node.a]) != set.complement;
    }
    case FormulaNode::Kind::has: {
      value(node.a);
      if (assignment.missing[node.a]) return !want.known;
      const Variable& variable = formulas_.variables[node.a];
      bool meets = false;
      for (std::uint32_t w = 0; w + 1 < variable.words && !meets; ++w)
        meets = (assignment.members[variable.offset + w] & formulas_.masks[node.b + w]) != 0;
      return meets != (want.negated != node.negated);
    }
    default:
      break;
  }
  const bool all = asks_all(node, want);
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Want part{formulas_.children[node.a + i], want.negated != node.negated, want.known};
    if (holds_in(part, cell, assignment, lazily) != all) return !all;
  }
  return all;
}

void Solver::undo(const Mark& mark) {
  while (changes_.size() > mark.changes) {
    const Change& change = changes_.back();
    const Variable& variable = formulas_.variables[change.variable];
    std::copy_n(saved_.begin() + change.saved, variable.words, domain_.begin() + variable.offset);
    last_[change.variable] = change.previous;
    changes_.pop_back();
  }
  saved_.resize(mark.saved);
  reasons_.resize(mark.reasons);
  for (; done_.size() > mark.done; done_.pop_back()) {
    const std::uint32_t index = done_.back();
    if (index < permanent_limit || index - permanent_limit < mark.nested) clause(index).done = false;
  }
  nested_.resize(mark.nested);
  for (; demanded_.size() > mark.demands; demanded_.pop_back()) demands_[demanded_.back().at] = demanded_.back().before;
}

std::uint32_t Solver::new_reason() {
  const auto reason = static_cast<std::uint32_t>(reasons_.size());
  reasons_.resize(reasons_.size() + width_, 0);
  return reason;
}

void Solver::add(Word* into, std::uint32_t reason) const {
  for (std::size_t w = 0; w < width_; ++w) into[w] |= reasons_[reason + w];
}

void Solver::add_origin(const Clause& clause, bool permanent, Word* into) const {
  if (permanent)
    set_bit(into, clause.origin);
  else
    add(into, clause.origin);
}

}  // namespace zweck::analysis
