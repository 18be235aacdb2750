#include "engine/compile/arrange.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace zweck {

Walk walk(const Taxonomy& taxonomy) {
  const std::size_t nodes = taxonomy.nodes.size();
  Walk walk;
  walk.of.resize(nodes);
  std::vector<std::pair<NodeId, NodeId>> stack;  // and the parent it is reached from
  for (NodeId root = 0; root < nodes; ++root) {
    if (!taxonomy.nodes[root].parents.empty()) continue;
    stack.emplace_back(root, any_node);
    while (!stack.empty()) {
      const auto [node, parent] = stack.back();
      stack.pop_back();
      Walk::Place& place = walk.of[node];
      if (place.position != UINT32_MAX) continue;
      place.position = place.last = static_cast<std::uint32_t>(walk.at.size());
      place.parent = parent;
      walk.at.push_back(node);
      for (const NodeId child : taxonomy.nodes[node].children) stack.emplace_back(child, node);
    }
  }
  for (std::size_t p = nodes; p-- > 0;) {
    const Walk::Place& place = walk.of[walk.at[p]];
    if (place.parent != any_node) walk.of[place.parent].last = std::max(walk.of[place.parent].last, place.last);
  }
  std::vector<std::uint16_t> children(nodes + 1);  // seen so far, of each node, and roots
  for (const NodeId node : walk.at) {
    Walk::Place& place = walk.of[node];
    place.way = static_cast<std::uint32_t>(walk.ways.size());
    if (place.parent != any_node) {
      const Walk::Place& above = walk.of[place.parent];
      place.depth = above.depth + 1;
      for (std::uint32_t i = 0; i < place.depth; ++i) walk.ways.push_back(walk.ways[above.way + i]);
    }
    walk.ways.push_back(children[std::min<std::size_t>(place.parent, nodes)]++);
  }
  walk.leaves.push_back(0);
  for (const NodeId node : walk.at) walk.leaves.push_back(walk.leaves.back() + taxonomy.is_leaf(node));
  // What is below a node lies in its subtree if for each of its nodes all children do.
  std::vector<std::uint32_t> lowest(nodes), highest(nodes);  // positions at or below
  const auto& order = taxonomy.topological();
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const NodeId node = *it;
    Walk::Place& place = walk.of[node];
    lowest[node] = highest[node] = place.position;
    for (const NodeId child : taxonomy.nodes[node].children) {
      lowest[node] = std::min(lowest[node], lowest[child]);
      highest[node] = std::max(highest[node], highest[child]);
    }
    place.is_tree = lowest[node] == place.position && highest[node] == place.last;
  }
  return walk;
}

namespace {

// Shares of a term in the parts of one cut.
constexpr std::size_t most_shares = 4;

// Children in the spanning tree, each list by position.
class Children {
 public:
  explicit Children(const Walk& walk) : begin_(walk.of.size() + 2), positions_(walk.of.size()) {
    const auto parent_of = [&](NodeId node) { return std::min<std::size_t>(walk.of[node].parent, walk.of.size()); };
    for (const NodeId node : walk.at) ++begin_[parent_of(node) + 1];
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    std::vector<std::uint32_t> next = begin_;
    for (const NodeId node : walk.at) positions_[next[parent_of(node)]++] = walk.of[node].position;
  }
  // Their positions; of any_node the roots.
  std::span<const std::uint32_t> operator[](NodeId node) const {
    const std::size_t parent = std::min<std::size_t>(node, positions_.size());
    return std::span(positions_).subspan(begin_[parent], begin_[parent + 1] - begin_[parent]);
  }

 private:
  std::vector<std::uint32_t> begin_, positions_;
};

// A part of one dimension: a subtree, or all of it.
struct Stretch {
  std::uint32_t first = 0, last = 0;
  NodeId node = any_node;
  bool cuttable = true;
};
using Part = std::array<Stretch, 3>;

// What may still be spent on a part.
struct Budget {
  std::uint64_t shares = 0, steps = 0;

  bool spent() const { return shares == 0 || steps == 0; }
  // What `count` of `all` get of it.
  Budget part(std::uint64_t count, std::uint64_t all) const {
    const auto of = [&](std::uint64_t total) { return total / all * count + total % all * count / all; };
    return {of(shares), of(steps)};
  }
};

// The children of a stretch that a share reaches into.
struct Reached {
  static constexpr std::uint16_t stays = UINT16_MAX;  // above the cut
  std::uint16_t count = 0;
  std::array<std::uint16_t, most_shares> children;

  std::span<const std::uint16_t> all() const { return {children.data(), count}; }
};

class Arranger {
 public:
  // `nodes` are those that shares refer to; what is cut appends more.
  Arranger(const std::array<Walk, 3>& walks, std::size_t part_terms, std::vector<NodeId> nodes)
      : walks_(walks), children_{Children(walks[0]), Children(walks[1]), Children(walks[2])}, part_terms_(part_terms) {
    out_.nodes = std::move(nodes);
  }

  Arrangement arrange(std::span<const Share> shares, Budget budget) {
    Part whole;
    for (std::size_t d = 0; d < 3; ++d) {
      const std::size_t nodes = walks_[d].at.size();
      whole[d] = {0, static_cast<std::uint32_t>(nodes) - 1, any_node, nodes != 0};
    }
    arrange(shares, whole, budget);
    return std::move(out_);
  }

 private:
  void arrange(std::span<const Share> shares, Part part, Budget budget) {
    if (shares.size() <= part_terms_ || part_terms_ == 0) return emit(shares);
    if (budget.spent()) {
      out_.over_budget = true;
      return emit(shares);
    }
    std::size_t best = 3;
    double least = 0.8 * static_cast<double>(shares.size());  // a cut should spare a point a fifth of the terms
    for (std::size_t d = 0; d < 3; ++d) {
      descend(part[d], d);
      if (!part[d].cuttable) continue;
      const double expected = terms_at_a_point(shares, part[d], d, budget);
      if (expected >= least) continue;
      least = expected;
      best = d;
    }
    if (best == 3) return emit(shares);
    cut(shares, part, best, budget);
  }

  // A stretch with a single child has the same leaves as that.
  void descend(Stretch& stretch, std::size_t d) const {
    while (children_[d][stretch.node].size() == 1)
      stretch = subtree(children_[d][stretch.node].front(), d, stretch.cuttable);
    if (children_[d][stretch.node].empty()) stretch.cuttable = false;
  }
  Stretch subtree(std::uint32_t position, std::size_t d, bool cuttable) const {
    const NodeId node = walks_[d].at[position];
    return {position, walks_[d].of[node].last, node, cuttable};
  }

  // How many terms a random point of the part meets once it is cut; what each share reaches into, in reached_[d].
  double terms_at_a_point(std::span<const Share> shares, const Stretch& stretch, std::size_t d, Budget& budget) {
    const Walk& walk = walks_[d];
    const auto children = children_[d][stretch.node];
    const auto leaves = [&](std::uint32_t first, std::uint32_t last) { return walk.leaves[last + 1] - walk.leaves[first]; };
    std::vector<std::uint32_t> leaves_of;
    leaves_of.reserve(children.size());
    for (const std::uint32_t position : children) leaves_of.push_back(leaves(position, walk.of[walk.at[position]].last));
    std::uint64_t steps = 0, staying = 0, leaves_reached = 0;
    reached_[d].clear();
    for (const Share& share : shares) {
      const Reached& reached = reached_[d].emplace_back(reach(share.nodes[d], stretch, walk));
      steps += 1 + share.nodes[d].to - share.nodes[d].from;
      if (reached.count == Reached::stays)
        ++staying;
      else
        for (const std::uint16_t child : reached.all()) leaves_reached += leaves_of[child];
    }
    budget.steps -= std::min(budget.steps, steps);
    return static_cast<double>(staying) +
           static_cast<double>(leaves_reached) / static_cast<double>(leaves(stretch.first, stretch.last));
  }

  Reached reach(const Share::Slice& slice, const Stretch& stretch, const Walk& walk) const {
    const Reached above{Reached::stays, {}};
    const std::uint32_t depth = stretch.node == any_node ? 0 : walk.of[stretch.node].depth + 1;  // of its children
    if (slice.from == slice.to) return above;
    Reached reached;
    for (std::uint32_t i = slice.from; i < slice.to; ++i) {
      const Walk::Place& place = walk.of[out_.nodes[i]];
      if (!place.is_tree || (place.position <= stretch.first && place.last >= stretch.last)) return above;
      if (place.position < stretch.first || place.position > stretch.last) continue;
      const std::uint16_t child = walk.ways[place.way + depth];
      const auto all = reached.all();
      if (std::find(all.begin(), all.end(), child) != all.end()) continue;
      if (reached.count == most_shares) return above;
      reached.children[reached.count++] = child;
    }
    return reached;
  }

  void cut(std::span<const Share> uncut, Part part, std::size_t d, Budget budget) {
    const Walk& walk = walks_[d];
    const auto children = children_[d][part[d].node];
    // Shares above the cut first, then those in each child.
    std::vector<std::size_t> begin(children.size() + 2);
    for (const Reached& reached : reached_[d]) {
      if (reached.count == Reached::stays)
        ++begin[1];
      else
        for (const std::uint16_t child : reached.all()) ++begin[child + 2];
    }
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<Share> shares(begin.back());
    std::vector<std::size_t> next = begin;
    std::uint64_t steps = 0;
    for (std::size_t i = 0; i < uncut.size(); ++i) {
      const Reached& reached = reached_[d][i];
      if (reached.count == Reached::stays) {
        shares[next[0]++] = uncut[i];
        continue;
      }
      for (const std::uint16_t child : reached.all()) {
        const Stretch within = subtree(children[child], d, true);
        Share& share = shares[next[child + 1]++];
        share = uncut[i];
        share.nodes[d].from = static_cast<std::uint32_t>(out_.nodes.size());
        for (std::uint32_t n = uncut[i].nodes[d].from; n < uncut[i].nodes[d].to; ++n) {
          const NodeId node = out_.nodes[n];
          const std::uint32_t position = walk.of[node].position;
          if (position >= within.first && position <= within.last) out_.nodes.push_back(node);
        }
        share.nodes[d].to = static_cast<std::uint32_t>(out_.nodes.size());
        steps += uncut[i].nodes[d].to - uncut[i].nodes[d].from;
      }
    }
    const std::uint64_t made = shares.size() - begin[1];
    budget = {budget.shares - std::min(budget.shares, made), budget.steps - std::min(budget.steps, steps)};
    for (std::size_t i = 0; i + 1 < begin.size(); ++i) {
      if (i == 0)
        part[d].cuttable = false;
      else
        part[d] = subtree(children[i - 1], d, true);
      const std::size_t count = begin[i + 1] - begin[i];
      if (count != 0) arrange(std::span(shares).subspan(begin[i], count), part, budget.part(count, shares.size()));
    }
  }

  // Neighbours stay together within a part as well.
  void emit(std::span<const Share> shares) {
    out_.parts += !shares.empty();
    const auto first = [&](const Share& share, std::size_t d) {
      std::uint64_t least = 0;
      for (std::uint32_t i = share.nodes[d].from; i < share.nodes[d].to; ++i) {
        const std::uint64_t position = walks_[d].of[out_.nodes[i]].position + 1;
        least = least == 0 ? position : std::min(least, position);
      }
      return least;  // 17 bits
    };
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
    keys.reserve(shares.size());
    for (std::uint32_t i = 0; i < shares.size(); ++i)
      keys.emplace_back((first(shares[i], 0) << 17 | first(shares[i], 1)) << 17 | first(shares[i], 2), i);
    std::sort(keys.begin(), keys.end());
    for (const auto& [key, i] : keys) out_.shares.push_back(shares[i]);
  }

  const std::array<Walk, 3>& walks_;
  std::array<Children, 3> children_;
  std::size_t part_terms_;
  std::array<std::vector<Reached>, 3> reached_;  // of the part at hand
  Arrangement out_;
};

}  // namespace

Arrangement arrange(const Model& model, const TermList& terms, Effect effect, const std::array<Walk, 3>& walks,
                    const Cutting& cutting) {
  std::vector<Share> shares;
  std::vector<NodeId> nodes;
  for (std::uint32_t i = 0; i < terms.all.size(); ++i) {
    if (terms.all[i].effect != effect) continue;
    const Box& scope = model.rules[terms.all[i].rule].scope;
    Share& share = shares.emplace_back();
    share.term = i;
    for (std::size_t d = 0; d < 3; ++d) {
      share.nodes[d].from = static_cast<std::uint32_t>(nodes.size());
      if (!scope.sides[d].any) nodes.insert(nodes.end(), scope.sides[d].nodes.begin(), scope.sides[d].nodes.end());
      share.nodes[d].to = static_cast<std::uint32_t>(nodes.size());
    }
  }
  if (shares.empty()) return {};
  const Budget all{cutting.most_shares, cutting.most_steps};
  return Arranger(walks, cutting.part_terms, std::move(nodes)).arrange(shares, all.part(shares.size(), terms.all.size()));
}

void append(Arrangement& arrangement, Arrangement&& other) {
  const auto nodes = static_cast<std::uint32_t>(arrangement.nodes.size());
  for (Share& share : other.shares)
    for (Share::Slice& slice : share.nodes) slice = {slice.from + nodes, slice.to + nodes};
  arrangement.shares.insert(arrangement.shares.end(), other.shares.begin(), other.shares.end());
  arrangement.nodes.insert(arrangement.nodes.end(), other.nodes.begin(), other.nodes.end());
  arrangement.parts += other.parts;
  arrangement.over_budget = arrangement.over_budget || other.over_budget;
}

}  // namespace zweck
