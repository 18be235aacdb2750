// What lies at, above and below each node of a taxonomy, worked out once.
#include <algorithm>

#include "model/model.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

// Lists of ids, one for each node, end to end: list i is at [start[i], start[i + 1]).
struct Lists {
  std::vector<NodeId> ids;
  std::vector<std::uint32_t> start;
};

// Parents before children; equal ranks in byte order of names.
std::vector<NodeId> parents_first(const std::vector<Node>& nodes) {
  std::vector<std::size_t> waiting_for(nodes.size());
  std::vector<NodeId> order;
  order.reserve(nodes.size());
  for (NodeId node = 0; node < nodes.size(); ++node) {
    waiting_for[node] = nodes[node].parents.size();
    if (waiting_for[node] == 0) order.push_back(node);
  }
  for (std::size_t next = 0; next < order.size(); ++next)
    for (const NodeId child : nodes[order[next]].children)
      if (--waiting_for[child] == 0) order.push_back(child);
  return order;
}

// Marks nodes without clearing the marks between two uses.
class Marks {
 public:
  explicit Marks(std::size_t size) : marks_(size) {}
  void clear() { ++current_; }
  // False if it is marked already.
  bool mark(NodeId node) {
    if (marks_[node] == current_) return false;
    marks_[node] = current_;
    return true;
  }

 private:
  std::vector<std::uint32_t> marks_;
  std::uint32_t current_ = 0;
};

// At or above each node. Nothing if there are too many pairs.
std::optional<Lists> all_above(const std::vector<Node>& nodes, const std::vector<NodeId>& topological) {
  // First in the order in which they can be worked out, then in the order of ids.
  std::vector<NodeId> found;
  std::vector<std::uint32_t> begin(nodes.size()), length(nodes.size());
  Marks marks(nodes.size());
  for (const NodeId node : topological) {
    const std::size_t first = found.size();
    marks.clear();
    found.push_back(node);
    for (const NodeId parent : nodes[node].parents) {
      for (std::uint32_t i = 0; i < length[parent]; ++i) {
        const NodeId upper = found[begin[parent] + i];
        if (marks.mark(upper)) found.push_back(upper);
      }
    }
    if (found.size() > limits::taxonomy_closure) return std::nullopt;
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(first), found.end());
    begin[node] = static_cast<std::uint32_t>(first);
    length[node] = static_cast<std::uint32_t>(found.size() - first);
  }
  Lists above;
  above.ids.reserve(found.size());
  above.start.push_back(0);
  for (NodeId node = 0; node < nodes.size(); ++node) {
    const auto from = found.begin() + begin[node];
    above.ids.insert(above.ids.end(), from, from + length[node]);
    above.start.push_back(static_cast<std::uint32_t>(above.ids.size()));
  }
  return above;
}

// The leaves at or below each node: what is above the leaves, the other way round.
Lists all_below(const Lists& above, const std::vector<NodeId>& leaves, std::size_t nodes) {
  Lists below;
  below.start.assign(nodes + 1, 0);
  const auto for_each_pair = [&](const auto& use) {
    for (const NodeId leaf : leaves)
      for (std::uint32_t i = above.start[leaf]; i < above.start[leaf + 1]; ++i) use(leaf, above.ids[i]);
  };
  for_each_pair([&](NodeId, NodeId upper) { ++below.start[upper + 1]; });
  for (std::size_t i = 0; i < nodes; ++i) below.start[i + 1] += below.start[i];
  below.ids.resize(below.start[nodes]);
  std::vector<std::uint32_t> next(below.start.begin(), below.start.end() - 1);
  for_each_pair([&](NodeId leaf, NodeId upper) { below.ids[next[upper]++] = leaf; });
  return below;
}

// The sources of each leaf (section 5.1): up from the leaf, over to what a node there is derived from, down to the
// leaves of that, and from those on again.
std::optional<Lists> all_sources(const std::vector<Node>& nodes, const Lists& above, const Lists& below) {
  Lists sources;
  sources.start.push_back(0);
  if (std::all_of(nodes.begin(), nodes.end(), [](const Node& node) { return node.derived_from.empty(); })) {
    sources.start.resize(nodes.size() + 1);
    return sources;
  }
  Marks seen_above(nodes.size()), seen_source(nodes.size()), found(nodes.size());
  std::vector<NodeId> open;
  for (NodeId leaf = 0; leaf < nodes.size(); ++leaf) {
    const std::size_t first = sources.ids.size();
    if (nodes[leaf].children.empty()) {
      seen_above.clear();
      seen_source.clear();
      found.clear();
      open.assign(1, leaf);
      while (!open.empty()) {
        const NodeId lower = open.back();
        open.pop_back();
        for (std::uint32_t i = above.start[lower]; i < above.start[lower + 1]; ++i) {
          const NodeId upper = above.ids[i];
          if (!seen_above.mark(upper)) continue;
          for (const NodeId source : nodes[upper].derived_from) {
            if (!seen_source.mark(source)) continue;
            for (std::uint32_t j = below.start[source]; j < below.start[source + 1]; ++j) {
              if (!found.mark(below.ids[j])) continue;
              sources.ids.push_back(below.ids[j]);
              open.push_back(below.ids[j]);
            }
          }
        }
        if (sources.ids.size() > limits::taxonomy_closure) return std::nullopt;
      }
    }
    std::sort(sources.ids.begin() + static_cast<std::ptrdiff_t>(first), sources.ids.end());
    sources.start.push_back(static_cast<std::uint32_t>(sources.ids.size()));
  }
  return sources;
}

}  // namespace

bool Taxonomy::close() {
  for (Node& node : nodes) node.children.clear();
  for (NodeId node = 0; node < nodes.size(); ++node)
    for (const NodeId parent : nodes[node].parents) nodes[parent].children.push_back(node);
  topological_ = parents_first(nodes);
  leaves_.clear();
  for (NodeId node = 0; node < nodes.size(); ++node)
    if (nodes[node].children.empty()) leaves_.push_back(node);

  std::optional<Lists> above = all_above(nodes, topological_);
  if (!above) return false;
  Lists below = all_below(*above, leaves_, nodes.size());
  std::optional<Lists> sources = all_sources(nodes, *above, below);
  if (!sources) return false;

  above_ = std::move(above->ids);
  above_start_ = std::move(above->start);
  below_ = std::move(below.ids);
  below_start_ = std::move(below.start);
  sources_ = std::move(sources->ids);
  sources_start_ = std::move(sources->start);
  return true;
}

std::optional<NodeId> Taxonomy::find(std::string_view wanted) const {
  const auto node = std::lower_bound(nodes.begin(), nodes.end(), wanted,
                                     [](const Node& a, std::string_view b) { return a.name < b; });
  if (node == nodes.end() || node->name != wanted) return std::nullopt;
  return static_cast<NodeId>(node - nodes.begin());
}

bool Taxonomy::at_or_below(NodeId lower, NodeId upper) const {
  const auto uppers = above(lower);
  return std::binary_search(uppers.begin(), uppers.end(), upper);
}

std::span<const NodeId> Taxonomy::sources(NodeId leaf) const { return slice(sources_, sources_start_, leaf); }

std::vector<std::string_view> Taxonomy::names() const {
  std::vector<std::string_view> names;
  names.reserve(nodes.size());
  for (const Node& node : nodes) names.emplace_back(node.name);
  return names;
}

}  // namespace zweck
