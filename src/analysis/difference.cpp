#include "analysis/difference.hpp"

#include <algorithm>
#include <set>

#include "analysis/case.hpp"
#include "analysis/cells.hpp"
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

// Of the set of cells that is gone through at a time: eight megabytes.
constexpr std::size_t most_words = 1 << 20;

// In the dimension in which it has the most classes.
void halve(const Region& box, std::vector<Region>& into) {
  const auto longest = std::max_element(box.sides.begin(), box.sides.end(),
                                        [](const Bits& a, const Bits& b) { return a.count() < b.count(); });
  const auto dimension = static_cast<std::size_t>(longest - box.sides.begin());
  Bits half = longest->cleared();
  std::size_t left = longest->count() / 2;
  longest->for_each([&](std::size_t cls) {
    if (left == 0) return;
    half.set(cls);
    --left;
  });
  into.push_back(box);
  into.back().sides[dimension] -= half;
  into.push_back(box);
  into.back().sides[dimension] = std::move(half);
}

// Goes through what the changed rules cover, cell by cell: what is found at one holds for a part around it.
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
  // The ways in which a kind of difference comes about at a cell.
  struct Change {
    std::vector<Circumstance> found;
    std::vector<Rank> rules;
  };

  const RankedRule& rule(Rank rank) const { return scopes_.rules()[rank]; }

  // What a changed rule covers and none before it does.
  void compare_below(std::size_t index) {
    const RankedRule& changed = rule(changed_[index]);
    std::vector<Region> boxes(1, changed.scope);
    while (!boxes.empty() && !entries_.stopped()) {
      const Region box = std::move(boxes.back());
      boxes.pop_back();
      if (Cells::words(box) > most_words) {
        halve(box, boxes);
        continue;
      }
      Cells own(box);
      for (const Region& except : changed.excepts) own.take({except, {}});
      const Bits meeting = scopes_.meeting(box);
      for (std::size_t i = 0; i < index; ++i)
        if (meeting[changed_[i]]) own.take(Part(rule(changed_[i])));
      meeting_.clear();
      changed_here_.clear();
      meeting.for_each([&](std::size_t each) {
        const auto rank = static_cast<Rank>(each);
        meeting_.push_back(rank);
        if (!rule(rank).common) changed_here_.push_back(rank);
      });
      for (const Now now : kinds) {
        if (compare_in(box, own, now)) continue;
        give_up(changed);
        return;
      }
    }
  }

  // A kind of difference at the cells of a box. False: not decided.
  bool compare_in(const Region& box, Cells left, Now now) {
    const auto nodes = static_cast<NodeIndex>(formulas_.nodes.size());
    steps_.done += Cells::words(box);
    for (auto cell = left.first(); cell && !entries_.stopped(); cell = left.first()) {
      Part same{box, {}};
      Change change;
      if (!compare_at(*cell, now, same, change)) return false;
      const std::vector<Region> regions = left.take(same);
      if (!change.found.empty()) add(now, change, *cell, regions);
      entries_.write_due();
      formulas_.forget(nodes);
    }
    return true;
  }

  // What the rule covers is not gone through to its end: names every changed rule that may have effects there, which are
  // not said.
  void give_up(const RankedRule& changed) {
    for (const Rank rank : changed_) {
      const std::string& name = rule(rank).rule->name;
      auto& named = difference_.undecided;
      if (rule(rank).scope.intersects(changed.scope) && std::find(named.begin(), named.end(), name) == named.end())
        named.push_back(name);
    }
  }

  // What changes at a cell, and in `same` the part around it in which that is the same. False: not decided.
  bool compare_at(const Cell& cell, Now now, Part& same, Change& change) {
    steps_.limit = std::min(steps_.done + limits::analysis_steps, limits::analysis_steps_in_all);
    if (steps_.done >= limits::analysis_steps_in_all) return false;
    covering_.clear();
    finder_.covering(cell, Bits::all(scopes_.rules().size()), covering_);
    for (const Rank rank : changed_here_) {
      if (!rule(rank).covers(cell)) continue;
      finder_.narrow_to_same(same.box, rule(rank).formula.depends, cell);
      same.narrow_to_covered(rule(rank));
    }
    for (const auto& [asked, rules] : cases_.find(now, covering_)) {
      Circumstance found = solver_.solve(asked, cell);
      if (found.answer == analysis::Answer::undecided || steps_.spent()) return false;
      extent_.narrow(same, asked, found, cell, meeting_);
      if (found.answer == analysis::Answer::none) continue;
      change.rules.insert(change.rules.end(), rules.begin(), rules.end());
      add(change.found, std::move(found), cell);
    }
    for (const Rank rank : changed_here_) {
      if (!rule(rank).covers(cell)) same.narrow_to_uncovered(rule(rank));
    }
    return !steps_.spent();
  }

  // What another way covers is not said twice.
  void add(std::vector<Circumstance>& ways, Circumstance way, const Cell& cell) {
    for (const Circumstance& other : ways) {
      if (solver_.within(way, other, cell)) return;
    }
    std::erase_if(ways, [&](const Circumstance& other) { return solver_.within(other, way, cell); });
    ways.push_back(std::move(way));
  }

  void add(Now now, const Change& change, const Cell& cell, const std::vector<Region>& regions) {
    std::vector<Text> texts;
    std::set<std::string> rules;
    for (const Circumstance& each : change.found) texts.push_back(solver_.text(each, cell));
    for (const Rank rank : change.rules) rules.insert(rule(rank).rule->name);
    const std::string when = any_of(texts).text;
    for (const Region& region : regions) {
      const Found found{region.first(), Space::complete, change.found.front().assignment};
      entries_.add({now, region, when, {rules.begin(), rules.end()}, found});
    }
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
  std::vector<Rank> meeting_, changed_here_;  // rules that meet the box in hand; those of them that were changed
};

}  // namespace

Difference compare(const Engine& before, const Engine& after, const EntryListener& entry,
                   const ProgressListener& progress) {
  return Differ(before, after, entry, progress).compare();
}

}  // namespace zweck
