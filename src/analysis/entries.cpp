#include "analysis/entries.hpp"

#include <algorithm>

namespace zweck::analysis {

namespace {

// How many entries wait for others that they can be joined with. Bounds the memory, and how late the first is seen.
constexpr std::size_t waiting_entries = 64;
constexpr std::uint64_t waiting_steps = 2'000'000;
constexpr std::uint64_t steps_to_first = 10'000;

// In how many dimensions two regions differ, and the last of these.
std::pair<std::size_t, std::size_t> differing(const Region& a, const Region& b) {
  std::size_t count = 0, dimension = 0;
  for (std::size_t d = 0; d < 3; ++d) {
    if (a.sides[d] == b.sides[d]) continue;
    ++count;
    dimension = d;
  }
  return {count, dimension};
}

}  // namespace

// With one that differs in the names of one dimension only it becomes one.
void Entries::add(Change change) {
  if (waiting_.empty()) waiting_since_ = steps_.done;
  for (bool joined = true; joined;) {
    joined = false;
    for (auto other = waiting_.begin(); other != waiting_.end(); ++other) {
      if (other->now != change.now || other->when != change.when || other->rules != change.rules) continue;
      const auto [count, dimension] = differing(other->region, change.region);
      if (count > 1) continue;
      other->region.sides[dimension] |= change.region.sides[dimension];
      change = std::move(*other);
      waiting_.erase(other);
      joined = true;
      break;
    }
  }
  waiting_.push_back(std::move(change));
  if (waiting_.size() > waiting_entries) write_first();
}

void Entries::write_due() {
  const bool first = difference_.entries == std::array<std::uint64_t, 3>{};
  while (!waiting_.empty() && steps_.done - waiting_since_ > (first ? steps_to_first : waiting_steps)) write_first();
}

void Entries::write_all() {
  while (!waiting_.empty()) write_first();
}

void Entries::write_first() {
  const Change change = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_since_ = steps_.done;
  if (stopped_) return;
  DifferenceEntry entry;
  entry.now = change.now;
  entry.points = 1;
  for (std::size_t d = 0; d < 3; ++d) {
    std::vector<std::uint32_t> leaves;
    change.region.sides[d].for_each([&](std::size_t cls) {
      const auto& members = formulas_.classes[d].members[cls];
      leaves.insert(leaves.end(), members.begin(), members.end());
    });
    std::sort(leaves.begin(), leaves.end());
    entry.points *= leaves.size();
    for (const NodeId node : formulas_.leaves[d].named(leaves, 1))
      entry.names[d].push_back(formulas_.leaves[d].taxonomies[1]->nodes[node].name);
  }
  entry.when = change.when;
  entry.rules = change.rules;
  replay_.show(change.found, entry);
  const auto kind = static_cast<std::size_t>(entry.now);
  ++difference_.entries[kind];
  difference_.points[kind] += entry.points;
  stopped_ = stopped_ || !entry_(entry);
}

}  // namespace zweck::analysis
