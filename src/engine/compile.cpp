#include <array>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/compile/rows.hpp"
#include "engine/index.hpp"
#include "engine/share_out.hpp"

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

// Terms from which on a second thread gains more than it costs to start.
constexpr std::size_t terms_to_share_out = 2'000;

// Deny terms first, in blocks of their own, so that one pass over them settles `forbidden`.
Index counts_of(const Model& model, const Arrangement& denies, const Arrangement& allows) {
  constexpr std::size_t block_terms = block_words * 64;
  const auto blocks = [](std::size_t n) { return narrow((n + block_terms - 1) / block_terms); };
  Index index;
  index.deny_blocks = blocks(denies.shares.size());
  index.blocks = index.deny_blocks + blocks(allows.shares.size());
  index.summary_words = (index.blocks + 63) / 64;
  index.rules = narrow(model.rules.size());
  index.term_count = narrow(denies.shares.size() + allows.shares.size());
  index.parts = denies.parts + allows.parts;
  index.over_budget = denies.over_budget || allows.over_budget;
  index.consent_tests = narrow(model.consent_tests.size());
  index.notice_tests = narrow(model.notice_tests.size());
  return index;
}

Index compile_parts(const Model& model, const Cutting& cutting) {
  const TermList terms = terms_of(model);
  const std::size_t threads = terms.all.size() < terms_to_share_out ? 1 : most_threads;
  const auto& taxonomies = model.vocabulary.taxonomies;
  const std::array<Walk, 3> walks{walk(taxonomies[0]), walk(taxonomies[1]), walk(taxonomies[2])};
  Arrangement allows, denies;
  FactChecks checks;
  share_out(3, threads, [&](std::size_t task) {
    switch (task) {
      case 0: allows = arrange(model, terms, Effect::allow, walks, cutting); break;
      case 1: denies = arrange(model, terms, Effect::deny, walks, cutting); break;
      case 2: checks = fact_checks(model, terms); break;
    }
  });

  Compilation compilation{model, terms, walks};
  compilation.index = counts_of(model, denies, allows);
  std::vector<std::uint32_t>& bits = compilation.bits;
  bits.resize(compilation.index.term_count);
  const auto first_allow = bits.begin() + static_cast<std::ptrdiff_t>(denies.shares.size());
  std::iota(bits.begin(), first_allow, 0);
  std::iota(first_allow, bits.end(), compilation.index.deny_blocks * block_words * 64);
  append(denies, std::move(allows));
  compilation.shares = std::move(denies.shares);
  compilation.nodes = std::move(denies.nodes);
  for (std::uint32_t i = 0; i < compilation.shares.size(); ++i)
    if (terms.all[compilation.shares[i].term].has_excepts) compilation.excepting.push_back(i);
  compilation.literals = LiteralLists(model, terms, compilation.shares, bits);

  // What takes longest first.
  share_out(4, threads, [&](std::size_t task) { task == 0 ? build_facts(compilation) : build_side(compilation, 3 - task); });
  share_out(2, threads, [&](std::size_t task) { task == 0 ? join_pools(compilation) : build_terms(compilation); });
  compilation.index.fact_checks = std::move(checks);
  compilation.index.data_points = count_points(taxonomies[0]);
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
