// Whether `in` and `derived-from` lead anywhere: no cycles, no leaf among its own sources, no endless levels.
#include <fmt/format.h>

#include <algorithm>

#include "model/cycles.hpp"
#include "model/reader.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Steps of a path that are shown before it is cut.
constexpr std::size_t shown_steps = 12;

// Where the node says `key: name`, or its own place.
Span span_of(const Tree& node, std::string_view key, std::string_view name) {
  for (const Tree& field : node.items) {
    if (field.key != key) continue;
    if (field.is_text() && field.text == name) return field.span;
    for (const Tree& item : field.items)
      if (item.text == name) return item.span;
  }
  return node.key_span;
}

}  // namespace

bool check_hierarchy(VocabularyErrors& errors, const Taxonomy& taxonomy, const std::vector<const Tree*>& trees) {
  Edges edges;
  for (NodeId node = 0; node < taxonomy.nodes.size(); ++node)
    for (const NodeId parent : taxonomy.nodes[node].parents) edges.emplace_back(node, parent);
  const auto cycles = find_cycles(taxonomy.nodes.size(), std::move(edges));
  for (const auto& cycle : cycles) {
    const auto name = [&](std::size_t i) -> const std::string& { return taxonomy.nodes[cycle[i % cycle.size()]].name; };
    const Span at = span_of(*trees[cycle[0]], "in", name(1));
    if (cycle.size() == 1) {
      errors.add("cyclic-hierarchy", fmt::format("{} {} is in itself", kind_of(taxonomy), ticked(name(0))),
                 "leave this parent out", at);
      continue;
    }
    std::string path = ticked(name(0));
    for (std::size_t i = 1; i <= std::min(cycle.size(), shown_steps); ++i) path += " in " + ticked(name(i));
    if (cycle.size() > shown_steps)
      path += fmt::format(" and so on, {} steps back to {}", cycle.size(), ticked(name(0)));
    errors.add("cyclic-hierarchy", fmt::format("a cycle: {}", path), "one of these parents must go", at);
  }
  return cycles.empty();
}

// A leaf is among its own sources if, and only if, there is a cycle among these steps: up from a node to a parent, over
// to what it is derived from, down to the children of that, and at a leaf up again. Each node is a vertex twice: 2n on
// the way up, 2n + 1 on the way down.
bool check_sources(VocabularyErrors& errors, const Taxonomy& data, const std::vector<const Tree*>& trees) {
  const auto up = [](NodeId node) { return 2 * node; };
  const auto down = [](NodeId node) { return 2 * node + 1; };
  const auto is_down = [](std::uint32_t vertex) { return vertex % 2 == 1; };
  Edges edges;
  std::vector<bool> is_group(data.nodes.size());
  bool any = false;
  for (NodeId node = 0; node < data.nodes.size(); ++node) {
    for (const NodeId parent : data.nodes[node].parents) {
      is_group[parent] = true;
      edges.emplace_back(up(node), up(parent));
      edges.emplace_back(down(parent), down(node));
    }
    for (const NodeId source : data.nodes[node].derived_from) edges.emplace_back(up(node), down(source));
    any |= !data.nodes[node].derived_from.empty();
  }
  if (!any) return true;
  for (NodeId node = 0; node < data.nodes.size(); ++node)
    if (!is_group[node]) edges.emplace_back(down(node), up(node));

  auto cycles = find_cycles(2 * data.nodes.size(), std::move(edges));
  for (auto& cycle : cycles) {
    const auto name = [&](std::uint32_t vertex) { return ticked(data.nodes[vertex / 2].name); };
    // Begin with a leaf on its way up: the vertex behind the same leaf on its way down.
    std::size_t start = 0;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      const std::uint32_t before = cycle[(i + cycle.size() - 1) % cycle.size()];
      const bool turns = is_down(before) && !is_down(cycle[i]);
      if (turns && (start == 0 || cycle[i] < cycle[start - 1])) start = i + 1;
    }
    std::rotate(cycle.begin(), cycle.begin() + static_cast<std::ptrdiff_t>(start - 1), cycle.end());

    std::string path = name(cycle[0]);
    Span at = trees[cycle[0] / 2]->key_span;
    bool placed = false;
    for (std::size_t i = 1; i <= cycle.size(); ++i) {
      const std::uint32_t from = cycle[i - 1], to = cycle[i % cycle.size()];
      const bool over = !is_down(from) && is_down(to);
      if (over && !placed) {
        at = span_of(*trees[from / 2], "derived-from", data.nodes[to / 2].name);
        placed = true;
      }
      if (from / 2 == to / 2 && !over) continue;
      if (i == shown_steps) path += " and so on";
      if (i < shown_steps) path += (over ? " derived from " : is_down(to) ? " above " : " in ") + name(to);
    }
    errors.add("cyclic-hierarchy", fmt::format("{} is among its own sources: {}", name(cycle[0]), path),
               "a source must not lead back to what is derived from it", at);
  }
  return cycles.empty();
}

}  // namespace zweck
