#include "analysis/difference.hpp"

#include <algorithm>
#include <list>
#include <set>

#include "analysis/case.hpp"
#include "analysis/find.hpp"
#include "analysis/replay.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

using namespace analysis;
using Now = DifferenceEntry::Now;
constexpr std::array<Now, 3> kinds{Now::allow, Now::deny, Now::obligations};

// How many entries wait for others that they can be joined with. Bounds the memory, and how late the first is seen.
constexpr std::size_t waiting_entries = 64;
constexpr std::uint64_t waiting_steps = 2'000'000;

class Differ {
 public:
  Differ(const Model& before, const Model& after, const std::function<void(const DifferenceEntry&)>& entry)
      : formulas_(build_formulas(&before, &after)),
        scopes_(formulas_),
        finder_(formulas_, scopes_, steps_),
        cases_(formulas_, scopes_, finder_),
        replay_(formulas_, scopes_),
        entry_(entry) {}

  Difference compare() {
    for (Rank rank = 0; rank < scopes_.rules().size(); ++rank) {
      if (!scopes_.rules()[rank].common) changed_.push_back(rank);
    }
    for (std::size_t i = 0; i < changed_.size(); ++i) compare_below(i);
    while (!waiting_.empty()) write_first();
    return std::move(difference_);
  }

 private:
  struct Waiting {
    Now now;
    Region region;
    std::string when;
    std::vector<std::string> rules;
    Found found;
  };

  // A kind of difference at one cell: the ways in which it comes about.
  struct Change {
    Now now = Now::allow;
    std::vector<Circumstance> found;
    std::vector<Rank> rules;
  };

  const RankedRule& rule(Rank rank) const { return scopes_.rules()[rank]; }
  bool on(std::size_t side, Rank rank) const { return rule(rank).common || rule(rank).side == side; }
  bool only_on(std::size_t side, Rank rank) const { return !rule(rank).common && rule(rank).side == side; }

  // What a changed rule covers and none before it does.
  void compare_below(std::size_t index) {
    const RankedRule& changed = rule(changed_[index]);
    std::vector<Region> left;
    if (!changed.scope.empty()) left.push_back(changed.scope);
    while (!left.empty()) {
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
        difference_.undecided.push_back(changed.rule->name);
        return;
      }
      Finder::subtract(region, same, left);
      while (!waiting_.empty() && steps_.done - waiting_since_ > waiting_steps) write_first();
    }
  }

  const RankedRule* covered_before(std::size_t index, const Cell& cell) const {
    for (std::size_t i = 0; i < index; ++i) {
      if (rule(changed_[i]).covers(cell)) return &rule(changed_[i]);
    }
    return nullptr;
  }

  // All kinds of difference at a cell, and in `same` the region for which they are the same. False: not decided.
  bool compare_at(const Cell& cell, Region& same) {
    steps_.limit = std::min(steps_.done + limits::analysis_steps, limits::analysis_steps_in_all);
    if (steps_.spent() || steps_.done >= limits::analysis_steps_in_all) return false;
    Bits all = Bits::all(scopes_.rules().size());
    covering_.clear();
    finder_.covering(cell, all, covering_);
    Bits covering(scopes_.rules().size());
    for (const Rank rank : covering_) covering.set(rank);
    for (const Rank rank : changed_) {
      if (covering[rank])
        Finder::narrow_to_covered(same, rule(rank), cell);
      else
        Finder::narrow_to_uncovered(same, rule(rank), cell);
    }

    std::vector<Change> changes;
    for (const Now now : kinds) {
      Change change;
      change.now = now;
      for (const auto& [asked, rules] : cases(now)) {
        Circumstance found = cases_.solve(asked, cell);
        if (found.answer == analysis::Answer::undecided || steps_.spent()) return false;
        narrow_to_case(same, asked, found, cell);
        if (found.answer == analysis::Answer::none) continue;
        change.rules.insert(change.rules.end(), rules.begin(), rules.end());
        add(change.found, std::move(found), cell);
      }
      if (!change.found.empty()) changes.push_back(std::move(change));
    }
    for (const Change& change : changes) add(change, cell, same);
    return !steps_.spent();
  }

  // What another way covers is not said twice.
  void add(std::vector<Circumstance>& ways, Circumstance way, const Cell& cell) {
    for (const Circumstance& other : ways) {
      if (cases_.within(way, other, cell)) return;
    }
    std::erase_if(ways, [&](const Circumstance& other) { return cases_.within(other, way, cell); });
    ways.push_back(std::move(way));
  }

  using Asked = std::pair<Case, std::vector<Rank>>;  // with the changed rules that bring it about

  std::vector<Asked> cases(Now now) const {
    std::vector<Asked> asked;
    if (now == Now::obligations) {
      for (const std::size_t side : {1u, 0u}) add_obligations(side, asked);
      return asked;
    }
    // Allowed on one side, and not on the other: for want of a rule that allows it, or since one denies it.
    const std::size_t side = now == Now::allow ? 1 : 0, other = 1 - side;
    Case base;
    base.absent_denies = those([&](Rank rank) { return on(side, rank) && is_deny(rank); });
    if (const auto allows = those([&](Rank rank) { return only_on(side, rank) && !is_deny(rank); }); !allows.empty()) {
      Case fresh = base;
      fresh.allows.push_back(allows);
      fresh.absent_allows = those([&](Rank rank) { return on(other, rank) && !is_deny(rank); });
      asked.emplace_back(std::move(fresh), allows);
    }
    const auto denies = those([&](Rank rank) { return only_on(other, rank) && is_deny(rank); });
    const auto allows = those([&](Rank rank) { return on(side, rank) && !is_deny(rank); });
    if (!denies.empty() && !allows.empty()) {
      Case freed = base;
      freed.allows.push_back(allows);
      freed.denies = denies;
      asked.emplace_back(std::move(freed), denies);
    }
    return asked;
  }

  // Allowed by both, and one side has an obligation that the other has not: a shorter time, or something to do.
  void add_obligations(std::size_t side, std::vector<Asked>& asked) const {
    const auto fresh = those([&](Rank rank) { return only_on(side, rank) && !is_deny(rank); });
    const auto others = those([&](Rank rank) { return on(1 - side, rank) && !is_deny(rank); });
    if (fresh.empty() || others.empty()) return;
    Case base;
    base.allows.push_back(others);
    base.absent_denies = those([&](Rank rank) { return is_deny(rank); });
    base.obligation = true;
    const auto add = [&](Case differs, auto&& has, auto&& has_as_much) {
      std::vector<Rank> rules;
      std::copy_if(fresh.begin(), fresh.end(), std::back_inserter(rules), has);
      std::copy_if(others.begin(), others.end(), std::back_inserter(differs.absent_allows), has_as_much);
      differs.allows.push_back(rules);
      asked.emplace_back(std::move(differs), rules);
    };
    std::set<Duration> keeps;
    std::set<std::string> obligations;
    for (const Rank rank : fresh) {
      if (rule(rank).rule->keep) keeps.insert(*rule(rank).rule->keep);
      for (const std::string& name : obliging(rank)) obligations.insert(name);
    }
    for (const Duration keep : keeps) {
      base.keep = keep;
      const auto keeps_for = [&](Rank rank) { return rule(rank).rule->keep; };
      add(base, [&](Rank rank) { return keeps_for(rank) == keep; },
          [&](Rank rank) { return keeps_for(rank) && *keeps_for(rank) <= keep; });
    }
    base.keep.reset();
    for (const std::string& name : obligations) {
      base.oblige = name;
      const auto obliges = [&](Rank rank) { return obliging(rank).contains(name); };
      add(base, obliges, obliges);
    }
  }

  std::set<std::string> obliging(Rank rank) const {
    std::set<std::string> names;
    const auto& all = formulas_.sides[rule(rank).side]->vocabulary.obligations;
    for (const ObligationId id : rule(rank).rule->oblige) names.insert(all[id].name);
    return names;
  }

  bool is_deny(Rank rank) const { return rule(rank).rule->effect == Effect::deny; }
  std::vector<Rank> those(auto&& wanted) const {
    std::vector<Rank> ranks;
    std::copy_if(covering_.begin(), covering_.end(), std::back_inserter(ranks), wanted);
    return ranks;
  }

  // To where the case has the same condition, or is as impossible.
  void narrow_to_case(Region& same, const Case& asked, const Circumstance& result, const Cell& cell) {
    const auto narrow_to = [&](Rank rank) {
      finder_.narrow_to_same(same, rule(rank).formula.depends, cell);
      Finder::narrow_to_covered(same, rule(rank), cell);
    };
    if (result.answer == analysis::Answer::none) {
      narrow_to_refuted(same, asked, result, cell);
      return;
    }
    for (const auto& list : result.some) std::for_each(list.begin(), list.end(), narrow_to);
    std::for_each(result.absent.begin(), result.absent.end(), narrow_to);
    // Rules that say nothing here must say as little elsewhere, and those of other points must not matter there.
    Bits rest = scopes_.meeting(same);
    const auto has = [](const std::vector<Rank>& ranks, Rank rank) {
      return std::find(ranks.begin(), ranks.end(), rank) != ranks.end();
    };
    rest.for_each([&](std::size_t each) {
      const auto rank = static_cast<Rank>(each);
      if (!rule(rank).common || !same.intersects(rule(rank).scope) || has(result.absent, rank)) return;
      const bool covers = rule(rank).covers(cell);
      bool matters = false, asked_about = false;
      if (could_be_absent(asked, rank)) {
        asked_about = true;
        matters = !covers && cases_.matters_if_absent_asked(result, cell, rank);
      }
      for (std::size_t list = 0; list < asked.allows.size() && !matters; ++list) {
        if (!could_be_in(asked, list, rank) || has(result.some[list], rank)) continue;
        asked_about = true;
        matters = !covers && cases_.matters_in_list(result, cell, list, rank);
      }
      if (!asked_about) return;
      if (matters)
        Finder::narrow_to_uncovered(same, rule(rank), cell);
      else
        narrow_to_as_little(same, rule(rank), cell);
    });
  }

  // A rule that does not matter at the cell does not where its formula is the same, or where it does not cover.
  void narrow_to_as_little(Region& same, const RankedRule& rule, const Cell& cell) {
    if (rule.formula.depends.empty()) return;
    Region alike = same;
    finder_.narrow_to_same(alike, rule.formula.depends, cell);
    if (alike == same) return;
    if (!rule.covers(cell)) {
      Region uncovered = same;
      Finder::narrow_to_uncovered(uncovered, rule, cell);
      if (size(uncovered) > size(alike)) alike = std::move(uncovered);
    }
    same = std::move(alike);
  }

  static double size(const Region& region) {
    double product = 1;
    for (const Bits& side : region.sides) product *= static_cast<double>(side.count());
    return product;
  }

  void narrow_to_refuted(Region& same, const Case& asked, const Circumstance& result, const Cell& cell) {
    for (const std::uint32_t each : result.core) {
      if (each >= result.wants.size()) {
        const RankedRule& absent = rule(result.absent[each - result.wants.size()]);
        finder_.narrow_to_same(same, absent.formula.depends, cell);
        Finder::narrow_to_covered(same, absent, cell);
        continue;
      }
      // None of a list can apply: so it is where no other could be on the list.
      for (const Rank rank : result.some[each]) finder_.narrow_to_same(same, rule(rank).formula.depends, cell);
      if (each >= asked.allows.size()) continue;
      scopes_.meeting(same).for_each([&](std::size_t other) {
        const auto rank = static_cast<Rank>(other);
        if (rule(rank).common && could_be_in(asked, each, rank) && !rule(rank).covers(cell))
          Finder::narrow_to_uncovered(same, rule(rank), cell);
      });
    }
  }

  // Whether a common rule would stand among those of a case if it covered the cell. A case asks rules by their effect
  // and obligations; lists of changed rules alone take no others.
  bool could_be_absent(const Case& asked, Rank rank) const {
    if (is_deny(rank)) return true;
    if (!asked.obligation) return asked.denies.empty();
    const Rule& other = *rule(rank).rule;
    if (asked.keep) return other.keep && *other.keep <= *asked.keep;
    return obliging(rank).contains(asked.oblige);
  }
  bool could_be_in(const Case& asked, std::size_t list, Rank rank) const {
    return !is_deny(rank) && list == 0 && (asked.obligation || !asked.denies.empty());
  }

  void add(const Change& change, const Cell& cell, const Region& same) {
    std::vector<Text> texts;
    std::set<std::string> rules;
    for (const Circumstance& each : change.found) texts.push_back(cases_.text(each, cell));
    for (const Rank rank : change.rules) rules.insert(rule(rank).rule->name);
    Waiting entry{change.now, same, any_of(texts).text, {rules.begin(), rules.end()},
                  {cell, Space::complete, change.found.front().assignment}};
    if (waiting_.empty()) waiting_since_ = steps_.done;
    // With one that differs in the names of one dimension only it becomes one.
    for (bool joined = true; joined;) {
      joined = false;
      for (auto other = waiting_.begin(); other != waiting_.end(); ++other) {
        if (other->now != entry.now || other->when != entry.when || other->rules != entry.rules) continue;
        std::size_t differing = 0, dimension = 0;
        for (std::size_t d = 0; d < 3; ++d) {
          if (other->region.sides[d] == entry.region.sides[d]) continue;
          ++differing;
          dimension = d;
        }
        if (differing > 1) continue;
        other->region.sides[dimension] |= entry.region.sides[dimension];
        entry = std::move(*other);
        waiting_.erase(other);
        joined = true;
        break;
      }
    }
    waiting_.push_back(std::move(entry));
    if (waiting_.size() > waiting_entries) write_first();
  }

  void write_first() {
    const Waiting& waiting = waiting_.front();
    DifferenceEntry entry;
    entry.now = waiting.now;
    entry.points = 1;
    for (std::size_t d = 0; d < 3; ++d) {
      std::vector<std::uint32_t> leaves;
      waiting.region.sides[d].for_each([&](std::size_t cls) {
        const auto& members = formulas_.classes[d].members[cls];
        leaves.insert(leaves.end(), members.begin(), members.end());
      });
      std::sort(leaves.begin(), leaves.end());
      entry.points *= leaves.size();
      for (const NodeId node : formulas_.leaves[d].named(leaves, 1))
        entry.names[d].push_back(formulas_.leaves[d].taxonomies[1]->nodes[node].name);
    }
    entry.when = waiting.when;
    entry.rules = waiting.rules;
    replay_.show(waiting.found, entry);
    const auto kind = static_cast<std::size_t>(entry.now);
    ++difference_.entries[kind];
    difference_.points[kind] += entry.points;
    entry_(entry);
    waiting_.pop_front();
    waiting_since_ = steps_.done;
  }

  Formulas formulas_;
  Scopes scopes_;
  Steps steps_;
  Finder finder_;
  CaseSolver cases_;
  Replay replay_;
  const std::function<void(const DifferenceEntry&)>& entry_;
  Difference difference_;
  std::vector<Rank> changed_, covering_;
  std::list<Waiting> waiting_;
  std::uint64_t waiting_since_ = 0;
};

}  // namespace

Difference compare(const Model& before, const Model& after, const std::function<void(const DifferenceEntry&)>& entry) {
  return Differ(before, after, entry).compare();
}

}  // namespace zweck
