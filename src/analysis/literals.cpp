// The solver's literals: one variable in a mask, or a set that has one of some members; and why they cannot hold.
#include <algorithm>

#include "analysis/solver.hpp"

namespace zweck::analysis {

// Known to be true: in the true mask. Known to be false: in the false mask. Possibly true: not in the false mask.
Solver::Allowed Solver::allowed(const FormulaNode& node, const Want& want) {
  const bool negated = want.negated != node.negated;
  if (want.known) return {negated ? node.c : node.b, false};
  return {negated ? node.b : node.c, true};
}

Solver::Status Solver::status_single(const FormulaNode& node, const Want& want) const {
  const Variable& variable = formulas_.variables[node.a];
  const Allowed set = allowed(node, want);
  const Word* words = domain_.data() + variable.offset;
  const Word* mask = formulas_.masks.data() + set.mask;
  Word inside = 0, outside = 0;
  for (std::uint32_t w = 0; w < variable.words; ++w) {
    inside |= words[w] & mask[w];
    outside |= words[w] & ~mask[w];
  }
  if (set.complement) std::swap(inside, outside);
  return inside == 0 ? Status::no : outside == 0 ? Status::yes : Status::open;
}

bool Solver::require_single(const FormulaNode& node, const Want& want, std::uint32_t reason) {
  switch (status_single(node, want)) {
    case Status::yes:
      return true;
    case Status::no:
      conflict_.assign(reasons_.begin() + reason, reasons_.begin() + reason + static_cast<std::ptrdiff_t>(width_));
      explain_single(node, want, conflict_.data());
      return false;
    case Status::open:
      break;
  }
  const Variable& variable = formulas_.variables[node.a];
  const Allowed set = allowed(node, want);
  record(node.a, Op::narrow, set.mask, set.complement, reason);
  Word* words = domain_.data() + variable.offset;
  const Word* mask = formulas_.masks.data() + set.mask;
  for (std::uint32_t w = 0; w < variable.words; ++w) words[w] &= set.complement ? ~mask[w] : mask[w];
  return true;
}

// Which changes together leave nothing of what is allowed: none of them could be spared.
void Solver::explain_single(const FormulaNode& node, const Want& want, Word* into) {
  const Variable& variable = formulas_.variables[node.a];
  const Allowed set = allowed(node, want);
  const Word* mask = formulas_.masks.data() + set.mask;
  const std::uint32_t count = variable.words;
  scratch_.resize(2 * count);
  Word* left = scratch_.data();
  Word* now = left + count;
  bool any = false;
  for (std::uint32_t w = 0; w < count; ++w) {
    left[w] = (*base_)[variable.offset + w] & (set.complement ? ~mask[w] : mask[w]);
    any = any || left[w] != 0;
  }
  const auto narrow = [&](Word* words, const Change& change) {
    const Word* by = formulas_.masks.data() + change.mask;
    Word rest = 0;
    for (std::uint32_t w = 0; w < count; ++w) rest |= words[w] &= change.complement ? ~by[w] : by[w];
    return rest != 0;
  };
  std::vector<const Change*> changes;
  for (std::int32_t at = last_[node.a]; at >= 0; at = changes_[static_cast<std::size_t>(at)].previous)
    changes.push_back(&changes_[static_cast<std::size_t>(at)]);
  std::reverse(changes.begin(), changes.end());
  for (std::size_t end = changes.size(); any;) {
    std::copy_n(left, count, now);
    std::size_t i = 0;
    while (i + 1 < end && narrow(now, *changes[i])) ++i;
    add(into, changes[i]->reason);
    any = narrow(left, *changes[i]);
    end = i;
    if (i == 0) return;
  }
}

bool Solver::is_required(std::uint32_t index, std::uint32_t mask) const {
  const Variable& variable = formulas_.variables[index];
  for (std::int32_t at = last_[index]; at >= 0; at = changes_[static_cast<std::size_t>(at)].previous) {
    const Change& change = changes_[static_cast<std::size_t>(at)];
    if (change.op != Op::require) continue;
    Word outside = 0;
    for (std::uint32_t w = 0; w + 1 < variable.words; ++w)
      outside |= formulas_.masks[change.mask + w] & ~formulas_.masks[mask + w];
    if (outside == 0) return true;
  }
  return false;
}

// A requirement that nothing is left for, once the members of a mask are removed (nowhere: none are).
const Solver::Change* Solver::broken_by(std::uint32_t index, std::uint32_t removed) const {
  const Variable& variable = formulas_.variables[index];
  const Word* words = domain_.data() + variable.offset;
  for (std::int32_t at = last_[index]; at >= 0; at = changes_[static_cast<std::size_t>(at)].previous) {
    const Change& change = changes_[static_cast<std::size_t>(at)];
    if (change.op != Op::require) continue;
    Word left = 0;
    for (std::uint32_t w = 0; w + 1 < variable.words; ++w)
      left |= words[w] & formulas_.masks[change.mask + w] & ~(removed == nowhere ? 0 : formulas_.masks[removed + w]);
    if (left == 0) return &change;
  }
  return nullptr;
}

Solver::Status Solver::status_has(const FormulaNode& node, const Want& want) const {
  const Variable& variable = formulas_.variables[node.a];
  const Word* words = domain_.data() + variable.offset;
  const Word flags = words[variable.words - 1];
  const bool missing = flags & may_be_missing, given = flags & may_be_given;
  const bool negated = want.negated != node.negated;
  if (!given) return want.known ? Status::no : Status::yes;
  Word meets = 0;
  for (std::uint32_t w = 0; w + 1 < variable.words; ++w) meets |= words[w] & formulas_.masks[node.b + w];
  const bool settled = want.known ? !missing : true;  // nothing more follows about whether it is given
  if (!negated) {
    if (meets == 0) return want.known || !missing ? Status::no : Status::open;
    return settled && is_required(node.a, node.b) ? Status::yes : Status::open;
  }
  if (meets == 0) return settled ? Status::yes : Status::open;
  if (broken_by(node.a, node.b)) return want.known || !missing ? Status::no : Status::open;
  return Status::open;
}

bool Solver::require_has(NodeIndex index, const Want& want, std::uint32_t reason) {
  const FormulaNode& node = formulas_.nodes[index];
  switch (status_has(node, want)) {
    case Status::yes:
      return true;
    case Status::no:
      conflict_.assign(reasons_.begin() + reason, reasons_.begin() + reason + static_cast<std::ptrdiff_t>(width_));
      explain_has(node, want, conflict_.data());
      return false;
    case Status::open:
      break;
  }
  const Variable& variable = formulas_.variables[node.a];
  Word* words = domain_.data() + variable.offset;
  if (want.known && words[variable.words - 1] & may_be_missing) {
    record(node.a, Op::give, 0, false, reason);
    words[variable.words - 1] &= ~may_be_missing;
  }
  if (want.negated != node.negated) {
    record(node.a, Op::remove, node.b, false, reason);
    for (std::uint32_t w = 0; w + 1 < variable.words; ++w) words[w] &= ~formulas_.masks[node.b + w];
  } else {
    record(node.a, Op::require, node.b, false, reason, index);
  }
  return settle_set(node.a);
}

// If the members that are left cannot meet a requirement, the set is not given.
bool Solver::settle_set(std::uint32_t index) {
  const Variable& variable = formulas_.variables[index];
  Word& flags = domain_[variable.offset + variable.words - 1];
  const Change* broken = broken_by(index, nowhere);
  if (!broken || (flags & may_be_given) == 0) return true;
  const std::vector<Word> members(formulas_.masks.begin() + broken->mask,
                                  formulas_.masks.begin() + broken->mask + variable.words);
  const std::uint32_t required = broken->reason;
  const std::uint32_t reason = new_reason();
  std::vector<Word> why(width_, 0);
  add(why.data(), required);
  explain_removed(index, members.data(), why.data());
  std::copy(why.begin(), why.end(), reasons_.begin() + reason);
  if (flags & may_be_missing) {
    record(index, Op::lose, 0, false, reason);
    domain_[variable.offset + variable.words - 1] &= ~may_be_given;
    return true;
  }
  explain_op(index, Op::give, why.data());
  conflict_ = why;
  return false;
}

void Solver::explain_has(const FormulaNode& node, const Want& want, Word* into) {
  const Variable& variable = formulas_.variables[node.a];
  const Word* words = domain_.data() + variable.offset;
  if ((words[variable.words - 1] & may_be_given) == 0) return explain_op(node.a, Op::lose, into);
  if (!want.known) explain_op(node.a, Op::give, into);
  std::vector<Word> members(formulas_.masks.begin() + node.b, formulas_.masks.begin() + node.b + variable.words);
  if (want.negated != node.negated) {
    const Change* broken = broken_by(node.a, node.b);
    add(into, broken->reason);
    for (std::uint32_t w = 0; w + 1 < variable.words; ++w)
      members[w] = formulas_.masks[broken->mask + w] & ~members[w];
  }
  explain_removed(node.a, members.data(), into);
}

// The changes that took these members away.
void Solver::explain_removed(std::uint32_t index, const Word* members, Word* into) const {
  const Variable& variable = formulas_.variables[index];
  std::vector<Word> left(members, members + variable.words - 1);
  for (std::int32_t at = last_[index]; at >= 0; at = changes_[static_cast<std::size_t>(at)].previous) {
    const Change& change = changes_[static_cast<std::size_t>(at)];
    if (change.op != Op::remove) continue;
    Word taken = 0;
    for (std::uint32_t w = 0; w < left.size(); ++w) {
      taken |= left[w] & formulas_.masks[change.mask + w];
      left[w] &= ~formulas_.masks[change.mask + w];
    }
    if (taken != 0) add(into, change.reason);
  }
}

void Solver::explain_op(std::uint32_t index, Op op, Word* into) const {
  for (std::int32_t at = last_[index]; at >= 0; at = changes_[static_cast<std::size_t>(at)].previous) {
    const Change& change = changes_[static_cast<std::size_t>(at)];
    if (change.op == op) add(into, change.reason);
  }
}

void Solver::record(std::uint32_t index, Op op, std::uint32_t mask, bool complement, std::uint32_t reason,
                    NodeIndex node) {
  const Variable& variable = formulas_.variables[index];
  const auto saved = static_cast<std::uint32_t>(saved_.size());
  saved_.insert(saved_.end(), domain_.begin() + variable.offset, domain_.begin() + variable.offset + variable.words);
  changes_.push_back({index, last_[index], op, complement, mask, node, reason, saved});
  last_[index] = static_cast<std::int32_t>(changes_.size() - 1);
}

}  // namespace zweck::analysis
