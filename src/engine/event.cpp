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

// In whole seconds upwards, since a duration below 2^63 seconds does not fit in microseconds.
bool is_recent(Time given, Duration age, Time now) {
  const std::int64_t passed = now.microseconds - given.microseconds;
  return passed / microseconds_per_second + (passed % microseconds_per_second != 0) <= age.seconds;
}

}  // namespace zweck
