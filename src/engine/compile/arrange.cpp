#include "engine/compile/arrange.hpp"

#include <algorithm>
#include <limits>

namespace zweck {

Walk walk(const Taxonomy& taxonomy) {
  const std::size_t nodes = taxonomy.nodes.size();
  Walk walk;
  walk.position.assign(nodes, UINT32_MAX);
  walk.last.assign(nodes, 0);
  walk.parent.assign(nodes, any_node);
  std::vector<std::pair<NodeId, NodeId>> stack;  // and the parent it is reached from
  for (NodeId root = 0; root < nodes; ++root) {
    if (!taxonomy.nodes[root].parents.empty()) continue;
    stack.emplace_back(root, any_node);
    while (!stack.empty()) {
      const auto [node, parent] = stack.back();
      stack.pop_back();
      if (walk.position[node] != UINT32_MAX) continue;
      walk.position[node] = static_cast<std::uint32_t>(walk.at.size());
      walk.parent[node] = parent;
      walk.at.push_back(node);
      for (const NodeId child : taxonomy.nodes[node].children) stack.emplace_back(child, node);
    }
  }
  for (NodeId node = 0; node < nodes; ++node) walk.last[node] = walk.position[node];
  for (std::size_t p = nodes; p-- > 0;) {
    const NodeId node = walk.at[p];
    if (walk.parent[node] != any_node) walk.last[walk.parent[node]] = std::max(walk.last[walk.parent[node]], walk.last[node]);
  }
  walk.leaves.push_back(0);
  for (const NodeId node : walk.at) walk.leaves.push_back(walk.leaves.back() + taxonomy.is_leaf(node));
  // What is below a node lies in its subtree if for each of its nodes all children do.
  walk.is_tree.assign(nodes, true);
  std::vector<std::uint32_t> lowest(nodes), highest(nodes);  // positions at or below
  const auto& order = taxonomy.topological();
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const NodeId node = *it;
    lowest[node] = highest[node] = walk.position[node];
    for (const NodeId child : taxonomy.nodes[node].children) {
      lowest[node] = std::min(lowest[node], lowest[child]);
      highest[node] = std::max(highest[node], highest[child]);
    }
    walk.is_tree[node] = lowest[node] == walk.position[node] && highest[node] == walk.last[node];
  }
  return walk;
}

namespace {

// Shares of a term in the parts of one cut.
constexpr std::size_t most_shares = 4;

// A part of one dimension: a subtree, or all of it.
struct Stretch {
  std::uint32_t first = 0, last = 0;
  NodeId node = any_node;
  bool cuttable = true;
};
using Part = std::array<Stretch, 3>;

class Arranger {
 public:
  Arranger(const std::array<Walk, 3>& walks, const std::array<std::vector<std::vector<NodeId>>, 3>& children,
         const Cutting& cutting, Arrangement& arrangement)
      : walks_(walks), children_(children), cutting_(cutting), arrangement_(arrangement) {}

  void arrange(std::vector<Share> terms, Part part, std::vector<Share>& out) {
    if (terms.size() <= cutting_.part_terms || cutting_.part_terms == 0) return emit(std::move(terms), out);
    if (shares_ > cutting_.most_shares || steps_ > cutting_.most_steps) {
      arrangement_.over_budget = true;
      return emit(std::move(terms), out);
    }
    std::size_t best = 3;
    double least = 0.8 * static_cast<double>(terms.size());  // a cut should spare a point a fifth of the terms
    for (std::size_t d = 0; d < 3; ++d) {
      descend(part[d], d);
      if (!part[d].cuttable) continue;
      const double expected = terms_at_a_point(terms, part[d], d);
      if (expected >= least) continue;
      least = expected;
      best = d;
    }
    if (best == 3) return emit(std::move(terms), out);
    cut(std::move(terms), part, best, out);
  }

 private:
  const std::vector<NodeId>& children(const Stretch& stretch, std::size_t d) const {
    return children_[d][stretch.node == any_node ? children_[d].size() - 1 : stretch.node];
  }

  // A stretch with a single child has the same leaves as that.
  void descend(Stretch& stretch, std::size_t d) const {
    while (children(stretch, d).size() == 1) {
      const NodeId child = children(stretch, d).front();
      stretch = {walks_[d].position[child], walks_[d].last[child], child, stretch.cuttable};
    }
    if (children(stretch, d).empty()) stretch.cuttable = false;
  }

  // The children that a share reaches into, as indices; nothing if it covers the whole stretch or stays above the cut.
  bool reach(const Share& share, const Stretch& stretch, std::size_t d, std::vector<std::uint32_t>& into) {
    into.clear();
    ++steps_;
    const Walk& walk = walks_[d];
    if (share.nodes[d].from == share.nodes[d].to) return false;
    const std::vector<NodeId>& all = children(stretch, d);
    for (std::uint32_t i = share.nodes[d].from; i < share.nodes[d].to; ++i, ++steps_) {
      const NodeId node = arrangement_.nodes[i];
      const std::uint32_t position = walk.position[node];
      if (!walk.is_tree[node] || (position <= stretch.first && walk.last[node] >= stretch.last)) return false;
      if (position < stretch.first || position > stretch.last) continue;
      // The last child that begins at or before the node.
      const auto after = std::upper_bound(all.begin(), all.end(), position, [&](std::uint32_t at, NodeId child) {
        return at < walk.position[child];
      });
      if (after == all.begin()) return false;  // the stretch's own node
      const auto child = static_cast<std::uint32_t>(after - all.begin() - 1);
      if (std::find(into.begin(), into.end(), child) == into.end()) into.push_back(child);
      if (into.size() > most_shares) return false;
    }
    return true;
  }

  // How many terms a random point of the part meets once it is cut.
  double terms_at_a_point(const std::vector<Share>& terms, const Stretch& stretch, std::size_t d) {
    const Walk& walk = walks_[d];
    const std::vector<NodeId>& all = children(stretch, d);
    const double leaves = walk.leaves[stretch.last + 1] - walk.leaves[stretch.first];
    double expected = 0;
    for (const Share& share : terms) {
      if (!reach(share, stretch, d, reached_)) {
        expected += 1;
        continue;
      }
      for (const std::uint32_t child : reached_)
        expected += (walk.leaves[walk.last[all[child]] + 1] - walk.leaves[walk.position[all[child]]]) / leaves;
    }
    return expected;
  }

  void cut(std::vector<Share> terms, Part part, std::size_t d, std::vector<Share>& out) {
    const Walk& walk = walks_[d];
    const std::vector<NodeId> all = children(part[d], d);
    std::vector<Share> above;
    std::vector<std::vector<Share>> parts(all.size());
    for (const Share& uncut : terms) {
      if (!reach(uncut, part[d], d, reached_)) {
        above.push_back(uncut);
        continue;
      }
      for (const std::uint32_t child : reached_) {
        Share share = uncut;
        share.nodes[d].from = static_cast<std::uint32_t>(arrangement_.nodes.size());
        for (std::uint32_t i = uncut.nodes[d].from; i < uncut.nodes[d].to; ++i) {
          const NodeId node = arrangement_.nodes[i];
          const std::uint32_t position = walk.position[node];
          if (position >= walk.position[all[child]] && position <= walk.last[all[child]]) arrangement_.nodes.push_back(node);
        }
        share.nodes[d].to = static_cast<std::uint32_t>(arrangement_.nodes.size());
        parts[child].push_back(share);
        steps_ += uncut.nodes[d].to - uncut.nodes[d].from;
      }
      shares_ += reached_.size();
    }
    terms = {};
    Part rest = part;
    rest[d].cuttable = false;
    arrange(std::move(above), rest, out);
    for (std::size_t child = 0; child < all.size(); ++child) {
      part[d] = {walk.position[all[child]], walk.last[all[child]], all[child], true};
      arrange(std::move(parts[child]), part, out);
    }
  }

  // Neighbours stay together within a part as well.
  void emit(std::vector<Share> terms, std::vector<Share>& out) {
    arrangement_.parts += !terms.empty();
    const auto first = [&](const Share& share, std::size_t d) {
      std::uint32_t least = 0;
      for (std::uint32_t i = share.nodes[d].from; i < share.nodes[d].to; ++i) {
        const std::uint32_t position = walks_[d].position[arrangement_.nodes[i]] + 1;
        least = least == 0 ? position : std::min(least, position);
      }
      return least;
    };
    std::vector<std::pair<std::array<std::uint32_t, 3>, std::uint32_t>> keys;
    for (std::uint32_t i = 0; i < terms.size(); ++i)
      keys.push_back({{first(terms[i], 0), first(terms[i], 1), first(terms[i], 2)}, i});
    std::sort(keys.begin(), keys.end());
    for (const auto& [key, i] : keys) out.push_back(terms[i]);
  }

  const std::array<Walk, 3>& walks_;
  const std::array<std::vector<std::vector<NodeId>>, 3>& children_;
  const Cutting& cutting_;
  Arrangement& arrangement_;
  std::size_t shares_ = 0;  // made so far
  std::uint64_t steps_ = 0;
  std::vector<std::uint32_t> reached_;
};

// Children in the spanning tree by NodeId, then the roots; each list by position.
std::vector<std::vector<NodeId>> children_of(const Walk& walk) {
  std::vector<std::vector<NodeId>> children(walk.at.size() + 1);
  for (const NodeId node : walk.at) children[walk.parent[node] == any_node ? walk.at.size() : walk.parent[node]].push_back(node);
  return children;
}

}  // namespace

Arrangement arrange(const Model& model, const Terms& terms, const std::array<Walk, 3>& walks, const Cutting& cutting) {
  Arrangement arrangement;
  std::vector<Share> denies, allows;
  for (std::uint32_t i = 0; i < terms.all.size(); ++i) {
    const Rule& rule = model.rules[terms.all[i].rule];
    Share share;
    share.term = i;
    for (std::size_t d = 0; d < 3; ++d) {
      share.nodes[d].from = static_cast<std::uint32_t>(arrangement.nodes.size());
      if (!rule.scope.sides[d].any) {
        const auto& nodes = rule.scope.sides[d].nodes;
        arrangement.nodes.insert(arrangement.nodes.end(), nodes.begin(), nodes.end());
      }
      share.nodes[d].to = static_cast<std::uint32_t>(arrangement.nodes.size());
    }
    (rule.effect == Effect::allow ? allows : denies).push_back(share);
  }
  Part whole;
  for (std::size_t d = 0; d < 3; ++d)
    whole[d] = {0, static_cast<std::uint32_t>(walks[d].at.size()) - 1, any_node, !walks[d].at.empty()};
  const std::array<std::vector<std::vector<NodeId>>, 3> children{children_of(walks[0]), children_of(walks[1]), children_of(walks[2])};
  Arranger arranger(walks, children, cutting, arrangement);
  arranger.arrange(std::move(denies), whole, arrangement.denies);
  arranger.arrange(std::move(allows), whole, arrangement.allows);
  return arrangement;
}

}  // namespace zweck
