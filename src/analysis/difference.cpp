#include "analysis/difference.hpp"

#include <algorithm>
#include <set>

#include "analysis/case.hpp"
#include "analysis/changed_cases.hpp"
#include "analysis/entries.hpp"
#include "analysis/extent.hpp"
#include "analysis/find.hpp"
#include "analysis/replay.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

using namespace analysis;
using Now = DifferenceEntry::Now;
constexpr std::array<Now, 3> kinds{Now::allow, Now::deny, Now::obligations};

// Goes through what the changed rules cover, cell by cell: what is found at one holds for a region around it.
class Differ {
 public:
  Differ(const Engine& before, const Engine& after, const EntryListener& entry, const ProgressListener& progress)
      : formulas_(build_formulas(&before.program()->model(), &after.program()->model())),
        scopes_(formulas_),
        finder_(formulas_, scopes_, steps_),
        solver_(formulas_, scopes_, finder_),
        cases_(formulas_, scopes_),
        extent_(scopes_, finder_, solver_, cases_),
        replay_({before.program(), after.program()}, formulas_, scopes_, finder_),
        entries_(formulas_, steps_, replay_, difference_, entry),
        progress_(progress) {}

  Difference compare() {
    for (Rank rank = 0; rank < scopes_.rules().size(); ++rank) {
      if (!scopes_.rules()[rank].common) changed_.push_back(rank);
    }
    for (std::size_t i = 0; i < changed_.size() && !entries_.stopped(); ++i) {
      if (progress_) progress_(i, changed_.size());
      compare_below(i);
    }
    entries_.write_all();
    std::sort(difference_.undecided.begin(), difference_.undecided.end());
    return std::move(difference_);
  }

 private:
  // A kind of difference at one cell: the ways in which it comes about.
  struct Change {
    Now now = Now::allow;
    std::vector<Circumstance> found;
    std::vector<Rank> rules;
  };

  const RankedRule& rule(Rank rank) const { return scopes_.rules()[rank]; }

  // What a changed rule covers and none before it does.
  void compare_below(std::size_t index) {
    const RankedRule& changed = rule(changed_[index]);
    std::vector<Region> left;
    if (!changed.scope.empty()) left.push_back(changed.scope);
    while (!left.empty() && !entries_.stopped()) {
      const Region region = std::move(left.back());
      left.pop_back();
      Cell cell{};
      for (std::size_t d = 0; d < 3; ++d) cell[d] = static_cast<std::uint32_t>(region.sides[d].first());
      Region same = region;
      if (!changed.covers(cell)) {
        same &= *std::find_if(changed.excepts.begin(), changed.excepts.end(),
                              [&](const Region& except) { return except.contains(cell); });
      } else if (const RankedRule* earlier = covered_before(index, cell)) {
        Finder::narrow_to_covered(same, *earlier, cell);
      } else if (!compare_at(cell, same)) {
        give_up(cell);
        return;
      }
      Finder::subtract(region, same, left);
      entries_.write_due();
    }
  }

  const RankedRule* covered_before(std::size_t index, const Cell& cell) const {
    for (std::size_t i = 0; i < index; ++i) {
      if (rule(changed_[i]).covers(cell)) return &rule(changed_[i]);
    }
    return nullptr;
  }

  // Names every changed rule that plays a part at the cell: it may have effects that are not said.
  void give_up(const Cell& cell) {
    for (const Rank rank : changed_) {
      const std::string& name = rule(rank).rule->name;
      auto& named = difference_.undecided;
      if (rule(rank).covers(cell) && std::find(named.begin(), named.end(), name) == named.end()) named.push_back(name);
    }
  }

  // All kinds of difference at a cell, and in `same` the region for which they are the same. False: not decided.
  bool compare_at(const Cell& cell, Region& same) {
    steps_.limit = std::min(steps_.done + limits::analysis_steps, limits::analysis_steps_in_all);
    if (steps_.done >= limits::analysis_steps_in_all) return false;
    covering_.clear();
    finder_.covering(cell, Bits::all(scopes_.rules().size()), covering_);
    for (const Rank rank : changed_) {
      if (rule(rank).covers(cell))
        Finder::narrow_to_covered(same, rule(rank), cell);
      else
        Finder::narrow_to_uncovered(same, rule(rank), cell);
    }
    const Bits meeting = scopes_.meeting(same);
    std::vector<Change> changes;
    for (const Now now : kinds) {
      Change change;
      change.now = now;
      for (const auto& [asked, rules] : cases_.find(now, covering_)) {
        Circumstance found = solver_.solve(asked, cell);
        if (found.answer == analysis::Answer::undecided || steps_.spent()) return false;
        extent_.narrow(same, asked, found, cell, meeting);
        if (found.answer == analysis::Answer::none) continue;
        change.rules.insert(change.rules.end(), rules.begin(), rules.end());
        add(change.found, std::move(found), cell);
      }
      if (!change.found.empty()) changes.push_back(std::move(change));
    }
    if (steps_.spent()) return false;
    for (const Change& change : changes) add(change, cell, same);
    return true;
  }

  // What another way covers is not said twice.
  void add(std::vector<Circumstance>& ways, Circumstance way, const Cell& cell) {
    for (const Circumstance& other : ways) {
      if (solver_.within(way, other, cell)) return;
    }
    std::erase_if(ways, [&](const Circumstance& other) { return solver_.within(other, way, cell); });
    ways.push_back(std::move(way));
  }

  void add(const Change& change, const Cell& cell, const Region& same) {
    std::vector<Text> texts;
    std::set<std::string> rules;
    for (const Circumstance& each : change.found) texts.push_back(solver_.text(each, cell));
    for (const Rank rank : change.rules) rules.insert(rule(rank).rule->name);
    entries_.add({change.now, same, any_of(texts).text, {rules.begin(), rules.end()},
                  {cell, Space::complete, change.found.front().assignment}});
  }

  Steps steps_;
  Formulas formulas_;
  Scopes scopes_;
  Finder finder_;
  CaseSolver solver_;
  ChangedCases cases_;
  Extent extent_;
  Replay replay_;
  Difference difference_;
  Entries entries_;
  const ProgressListener& progress_;
  std::vector<Rank> changed_, covering_;
};

}  // namespace

Difference compare(const Engine& before, const Engine& after, const EntryListener& entry,
                   const ProgressListener& progress) {
  return Differ(before, after, entry, progress).compare();
}

}  // namespace zweck
