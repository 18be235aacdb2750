#include "model/cycles.hpp"

#include <algorithm>

namespace zweck {

std::vector<std::vector<std::uint32_t>> find_cycles(std::size_t vertices,
                                                    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges) {
  std::sort(edges.begin(), edges.end());
  std::vector<std::size_t> first(vertices + 1);
  for (const auto& [from, to] : edges) ++first[from + 1];
  for (std::size_t i = 0; i < vertices; ++i) first[i + 1] += first[i];

  enum class State : std::uint8_t { unseen, on_path, done };
  std::vector<State> state(vertices, State::unseen);
  std::vector<bool> reported(vertices);
  std::vector<std::size_t> next(first.begin(), first.end() - 1);  // the next edge to follow from each vertex
  std::vector<std::uint32_t> path;
  std::vector<std::vector<std::uint32_t>> cycles;
  for (std::uint32_t root = 0; root < vertices; ++root) {
    if (state[root] != State::unseen) continue;
    path.assign(1, root);
    state[root] = State::on_path;
    while (!path.empty()) {
      const std::uint32_t vertex = path.back();
      if (next[vertex] == first[vertex + 1]) {
        state[vertex] = State::done;
        path.pop_back();
        continue;
      }
      const std::uint32_t to = edges[next[vertex]++].second;
      if (state[to] == State::unseen) {
        state[to] = State::on_path;
        path.push_back(to);
      } else if (state[to] == State::on_path && !reported[to] && !reported[vertex]) {
        std::vector<std::uint32_t> cycle(std::find(path.rbegin(), path.rend(), to).base() - 1, path.end());
        if (std::any_of(cycle.begin(), cycle.end(), [&](std::uint32_t v) { return reported[v]; })) continue;
        for (const std::uint32_t v : cycle) reported[v] = true;
        std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
        cycles.push_back(std::move(cycle));
      }
    }
  }
  return cycles;
}

}  // namespace zweck
