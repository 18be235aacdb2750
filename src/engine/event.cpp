#include "engine/event.hpp"

namespace zweck {

bool is_open(const Program& program, const Nodes& scope, Time given, const Nodes& leaves) {
  for (std::size_t d = 0; d < 3; ++d) {
    if (scope[d] == leaves[d] || program.index().sides[d].guarded[leaves[d]] == 0) continue;
    const Taxonomy& taxonomy = program.vocabulary().taxonomies[d];
    for (const NodeId above : taxonomy.above(leaves[d])) {
      const Node& node = taxonomy.nodes[above];
      if (!node.separate && !(node.since && start_of(*node.since) > given)) continue;
      if (scope[d] == any_node || !taxonomy.at_or_below(scope[d], above)) return false;
    }
  }
  return true;
}

}  // namespace zweck
