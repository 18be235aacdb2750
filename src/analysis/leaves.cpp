#include "analysis/leaves.hpp"

#include <algorithm>
#include <unordered_map>

namespace zweck::analysis {

std::vector<std::uint32_t> Leaves::below(std::size_t side, NodeId node) const {
  std::vector<std::uint32_t> found;
  for (const NodeId leaf : taxonomies[side]->leaves_below(node)) {
    if (of[side][leaf] != nowhere) found.push_back(of[side][leaf]);
  }
  return found;
}

std::vector<NodeId> Leaves::named(const std::vector<std::uint32_t>& leaves, std::size_t side) const {
  const Taxonomy& taxonomy = *taxonomies[side];
  std::vector<bool> wanted(ids.size(), false), said(ids.size(), false);
  for (const std::uint32_t leaf : leaves) wanted[leaf] = true;
  const auto names_of = [](const Taxonomy& of, NodeId node) {
    std::vector<std::string_view> names;
    for (const NodeId leaf : of.leaves_below(node)) names.push_back(of.nodes[leaf].name);
    return names;  // sorted, as ids are
  };
  const auto means_the_same = [&](NodeId node) {
    const Taxonomy* other = taxonomies[1 - side];
    if (!other || taxonomy.is_leaf(node)) return true;
    const auto there = other->find(taxonomy.nodes[node].name);
    return there && names_of(taxonomy, node) == names_of(*other, *there);
  };
  // From the roots down, so that a group is met before what is below it. Only what the leaves have above them counts.
  std::vector<bool> above(taxonomy.nodes.size(), false);
  for (const std::uint32_t leaf : leaves) {
    for (const NodeId node : taxonomy.above(ids[leaf][side])) above[node] = true;
  }
  std::vector<NodeId> nodes;
  for (const NodeId node : taxonomy.topological()) {
    // A group of one leaf says no more than the leaf.
    if (!above[node] || (!taxonomy.is_leaf(node) && taxonomy.leaves_below(node).size() == 1)) continue;
    bool all = true, fresh = false;
    for (const NodeId leaf : taxonomy.leaves_below(node)) {
      const std::uint32_t joint = of[side][leaf];
      all = all && joint != nowhere && wanted[joint];
      if (all) fresh = fresh || !said[joint];
    }
    if (!all || !fresh || !means_the_same(node)) continue;
    for (const NodeId leaf : taxonomy.leaves_below(node)) said[of[side][leaf]] = true;
    nodes.push_back(node);
  }
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

Leaves join(const Taxonomy* first, const Taxonomy* second) {
  Leaves joined;
  joined.taxonomies = {first, second};
  for (std::size_t side = 0; side < max_sides; ++side) {
    if (joined.taxonomies[side]) joined.of[side].assign(joined.taxonomies[side]->nodes.size(), nowhere);
  }
  const Taxonomy& leading = first ? *first : *second;
  for (const NodeId leaf : leading.leaves()) {
    std::array<NodeId, max_sides> ids{leaf, leaf};
    if (first && second) {
      const auto other = second->find(first->nodes[leaf].name);
      if (!other || !second->is_leaf(*other)) continue;
      ids[1] = *other;
    }
    for (std::size_t side = 0; side < max_sides; ++side) {
      if (joined.taxonomies[side]) joined.of[side][ids[side]] = static_cast<std::uint32_t>(joined.ids.size());
    }
    joined.ids.push_back(ids);
  }
  return joined;
}

void Partition::split(std::span<const std::uint32_t> set) {
  moved_to_.resize(sizes_.size(), nowhere);
  moved_.clear();
  for (const std::uint32_t element : set) {
    const std::uint32_t from = of_[element];
    if (moved_to_[from] == nowhere) {
      moved_.push_back(from);
      moved_to_[from] = static_cast<std::uint32_t>(sizes_.size());
      sizes_.push_back(0);
      moved_to_.push_back(nowhere);
    }
    of_[element] = moved_to_[from];
    --sizes_[from];
    ++sizes_[moved_to_[from]];
  }
  for (const std::uint32_t from : moved_) moved_to_[from] = nowhere;
}

void Partition::split_by(const std::vector<std::uint32_t>& keys) {
  std::unordered_map<std::uint64_t, std::uint32_t> ids;
  for (std::size_t i = 0; i < of_.size(); ++i) {
    const std::uint64_t key = std::uint64_t{of_[i]} << 32 | keys[i];
    of_[i] = ids.emplace(key, static_cast<std::uint32_t>(ids.size())).first->second;
  }
  sizes_.assign(ids.size(), 0);
  for (const std::uint32_t each : of_) ++sizes_[each];
  moved_to_.assign(sizes_.size(), nowhere);
}

void Partition::split_all() {
  for (std::size_t i = 0; i < of_.size(); ++i) of_[i] = static_cast<std::uint32_t>(i);
  sizes_.assign(of_.size(), 1);
  moved_to_.assign(sizes_.size(), nowhere);
}

Partition::Classes Partition::classes() const {
  Classes classes;
  classes.of.resize(of_.size());
  std::vector<std::uint32_t> number(sizes_.size(), nowhere);
  for (std::size_t i = 0; i < of_.size(); ++i) {
    std::uint32_t& id = number[of_[i]];
    if (id == nowhere) {
      id = static_cast<std::uint32_t>(classes.members.size());
      classes.members.emplace_back();
    }
    classes.of[i] = id;
    classes.members[id].push_back(static_cast<std::uint32_t>(i));
  }
  return classes;
}

}  // namespace zweck::analysis
