#include "analysis/find.hpp"

#include <algorithm>

namespace zweck::analysis {

Answer Finder::find(const Question& question) {
  used_ = Bits(scopes_.rules().size());
  std::vector<Region> left;
  if (!question.box.empty()) left.push_back(question.box);
  while (!left.empty()) {
    if (steps_.spent()) return Answer::undecided;
    const Region region = std::move(left.back());
    left.pop_back();
    const Cell cell = region.first();
    const auto except = std::find_if(question.excepts.begin(), question.excepts.end(),
                                     [&](const Region& each) { return each.contains(cell); });
    steps_.done += 1 + static_cast<std::uint64_t>(except - question.excepts.begin());
    if (except != question.excepts.end()) {
      subtract(region, *except, left);
      continue;
    }
    const Answer answer = solve(question, cell);
    if (answer != Answer::none) return answer;
    subtract(region, settled(question, region, cell), left);
  }
  return Answer::none;
}

Answer Finder::solve(const Question& question, const Cell& cell) {
  covering_.clear();
  Bits rules = question.denies;
  rules |= question.allows;
  covering(cell, rules, covering_);
  guards_.clear();
  for (const Rank rank : covering_) guards_.push_back(guard(rank));
  core_.clear();
  for (const Space space : {Space::complete, Space::incomplete, Space::no_ledger}) {
    if ((space == Space::complete) == question.incomplete) continue;
    const Answer answer = solver_.solve(cell, space, question.wants, guards_);
    if (answer == Answer::found) found_ = {cell, space, solver_.assignment()};
    if (answer != Answer::none) return answer;
    core_.insert(core_.end(), solver_.core().begin(), solver_.core().end());
  }
  return Answer::none;
}

void Finder::covering(const Cell& cell, const Bits& rules, std::vector<Rank>& into) const {
  const Word* a = scopes_.row(0, cell[0]).words();
  const Word* b = scopes_.row(1, cell[1]).words();
  const Word* c = scopes_.row(2, cell[2]).words();
  for (std::size_t w = 0; w < rules.word_count(); ++w) {
    for (Word word = a[w] & b[w] & c[w] & rules.words()[w]; word != 0; word &= word - 1) {
      const auto rank = static_cast<Rank>(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
      const RankedRule& rule = scopes_.rules()[rank];
      if (rule.excepts.empty() || rule.covers(cell)) into.push_back(rank);
    }
  }
  steps_.done += rules.word_count() / 8;
}

Want Finder::guard(Rank rank) const {
  const RankedRule& rule = scopes_.rules()[rank];
  return {rule.formula.root, true, rule.rule->effect == Effect::deny};
}

// The part of the region for which the refutation at the cell holds as well.
Region Finder::settled(const Question& question, const Region& region, const Cell& cell) {
  Region same = region;
  std::sort(core_.begin(), core_.end());
  core_.erase(std::unique(core_.begin(), core_.end()), core_.end());
  for (const std::uint32_t each : core_) {
    if (each < question.wants.size()) {
      narrow_to_same(same, formulas_.depends(question.wants[each].node), cell);
      continue;
    }
    const Rank rank = covering_[each - question.wants.size()];
    const RankedRule& rule = scopes_.rules()[rank];
    used_.set(rank);
    narrow_to_same(same, rule.formula.depends, cell);
    narrow_to_covered(same, rule, cell);
  }
  return same;
}

void Finder::narrow_to_same(Region& region, const std::vector<NodeIndex>& depends, const Cell& cell) {
  for (const NodeIndex index : depends) {
    const FormulaNode& node = formulas_.nodes[index];
    if (node.kind == FormulaNode::Kind::by_class) {
      region.sides[node.a] &= same_child(index, formulas_.tables[node.b + cell[node.a]]);
      continue;
    }
    const Pair& pair = formulas_.pairs[node.a];
    const std::size_t row = pair.dimensions[0], column = pair.dimensions[1];
    const Truth truth = formulas_.pair_truth(pair, cell);
    region.sides[row].for_each([&](std::size_t cls) {
      if (pair.row_of[cls] != pair.row_of[cell[row]]) region.sides[row].clear(cls);
    });
    region.sides[column].for_each([&](std::size_t cls) {
      Cell other = cell;
      other[column] = static_cast<std::uint32_t>(cls);
      if (formulas_.pair_truth(pair, other) != truth) region.sides[column].clear(cls);
    });
  }
}

void Finder::narrow_to_covered(Region& region, const RankedRule& rule, const Cell& cell) {
  region &= rule.scope;
  for (const Region& except : rule.excepts) {
    if (region.intersects(except)) leave(region, except, cell);
  }
}

// Out of another region, in the dimension that costs least. The cell is in the region and not in the other.
void Finder::leave(Region& region, const Region& other, const Cell& cell) {
  std::size_t best = 3;
  double least = 2;
  for (std::size_t d = 0; d < 3; ++d) {
    if (other.sides[d][cell[d]]) continue;
    Bits lost = region.sides[d];
    lost &= other.sides[d];
    const double share = static_cast<double>(lost.count()) / static_cast<double>(region.sides[d].count());
    if (share < least) {
      least = share;
      best = d;
    }
  }
  region.sides[best] -= other.sides[best];
}

void Finder::subtract(const Region& region, const Region& cut, std::vector<Region>& into) {
  Region rest = region;
  for (std::size_t d = 0; d < 3; ++d) {
    Region part = rest;
    part.sides[d] -= cut.sides[d];
    if (!part.sides[d].none()) into.push_back(std::move(part));
    rest.sides[d] &= cut.sides[d];
    if (rest.sides[d].none()) return;
  }
}

const Bits& Finder::same_child(NodeIndex index, NodeIndex child) {
  const auto [it, added] = same_child_.try_emplace({index, child});
  if (added) {
    const FormulaNode& node = formulas_.nodes[index];
    const std::size_t count = formulas_.classes[node.a].size();
    it->second = Bits(count);
    for (std::size_t cls = 0; cls < count; ++cls) {
      if (formulas_.tables[node.b + cls] == child) it->second.set(cls);
    }
  }
  return it->second;
}

}  // namespace zweck::analysis
