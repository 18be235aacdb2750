#include <algorithm>
#include <utility>

#include "engine/compile/rows.hpp"
#include "engine/index.hpp"

namespace zweck {
namespace {

// Points of a request for each data node.
Array<std::uint32_t>::Own count_points(const Taxonomy& data) {
  Array<std::uint32_t>::Own counts(data.nodes.size());
  std::vector<NodeId> last_counted_for(data.nodes.size(), no_row);
  for (NodeId node = 0; node < data.nodes.size(); ++node) {
    const auto add = [&](NodeId leaf) {
      if (last_counted_for[leaf] != node) ++counts[node];
      last_counted_for[leaf] = node;
    };
    for (const NodeId leaf : data.leaves_below(node)) {
      add(leaf);
      for (const NodeId source : data.sources(leaf)) add(source);
    }
  }
  return counts;
}

// What a share of a term takes: a row, its details, and the share itself while they are made.
constexpr std::size_t share_bytes = sizeof(TermRow) + sizeof(TermDetail) + sizeof(Share);

Index compile_parts(const Model& model, const Cutting& cutting) {
  Terms terms = terms_of(model);
  const auto& taxonomies = model.vocabulary.taxonomies;
  std::array<Walk, 3> walks{walk(taxonomies[0]), walk(taxonomies[1]), walk(taxonomies[2])};
  Arrangement arrangement = arrange(model, terms, walks, cutting);

  // Deny terms first, in blocks of their own, so that one pass over them settles `forbidden`.
  constexpr std::size_t block_terms = block_words * 64;
  const auto blocks = [](std::size_t n) { return narrow((n + block_terms - 1) / block_terms); };
  Index index;
  index.deny_blocks = blocks(arrangement.denies.size());
  index.blocks = index.deny_blocks + blocks(arrangement.allows.size());
  index.summary_words = (index.blocks + 63) / 64;
  index.rules = narrow(model.rules.size());
  index.term_count = narrow(arrangement.denies.size() + arrangement.allows.size());
  index.parts = arrangement.parts;
  index.over_budget = arrangement.over_budget;
  index.consent_tests = narrow(model.consent_tests.size());
  index.notice_tests = narrow(model.notice_tests.size());

  std::vector<std::uint32_t> bits;
  for (std::size_t i = 0; i < arrangement.denies.size(); ++i) bits.push_back(narrow(i));
  for (std::size_t i = 0; i < arrangement.allows.size(); ++i) bits.push_back(narrow(index.deny_blocks * block_terms + i));
  std::vector<Share> all = std::move(arrangement.denies);
  all.insert(all.end(), arrangement.allows.begin(), arrangement.allows.end());

  LiteralLists literals(model, terms, all, bits);
  Compilation compilation{model,          std::move(terms), std::move(walks),    std::move(arrangement.nodes), std::move(all),
                          std::move(bits), std::move(literals), BlockPool(), std::move(index)};
  for (std::size_t d = 0; d < 3; ++d) build_side(compilation, d);
  build_facts(compilation);
  build_terms(compilation);
  compilation.index.data_points = count_points(taxonomies[0]);
  compilation.index.pool = compilation.pool.take();
  return std::move(compilation.index);
}

}  // namespace

Index compile(const Model& model, std::size_t part_terms, std::size_t most_bytes, std::uint64_t most_steps) {
  Index index = compile_parts(model, {part_terms, most_bytes / share_bytes, most_steps});
  if (index.parts < 2 || bytes_of(index) <= most_bytes) return index;
  index = {};
  index = compile_parts(model, {});
  index.over_budget = 1;
  return index;
}

}  // namespace zweck
