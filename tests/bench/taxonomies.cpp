// The three taxonomies, the regions, and what their nodes have.
#include <algorithm>
#include <string>

#include "bench/random.hpp"
#include "bench/workload.hpp"

namespace zweck::bench {
namespace {

std::string numbered(const std::string& prefix, std::size_t number) {
  std::string digits = std::to_string(number);
  return prefix + "-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

// Fills in what follows from the parents.
void close(Taxonomy& taxonomy) {
  std::size_t deepest = 0;
  for (TaxonomyNode& node : taxonomy.nodes) {
    for (const std::size_t parent : node.parents) {
      node.level = std::max(node.level, taxonomy.nodes[parent].level + 1);
      taxonomy.nodes[parent].leaf = false;
    }
  }
  for (const TaxonomyNode& node : taxonomy.nodes) {
    if (!node.leaf) deepest = std::max(deepest, node.level);
  }
  taxonomy.levels.resize(deepest + 2);
  for (std::size_t i = 0; i < taxonomy.nodes.size(); ++i) {
    if (taxonomy.nodes[i].leaf) taxonomy.leaves.push_back(i);
    taxonomy.levels[taxonomy.nodes[i].leaf ? deepest + 1 : taxonomy.nodes[i].level].push_back(i);
  }
}

// Each level `fan` times as wide as the one above it while that leaves half of the nodes; these hang below the last
// level, some below the one before.
Taxonomy make_tree(Random& random, const std::string& prefix, std::size_t count, std::size_t roots, std::size_t fan) {
  Taxonomy taxonomy;
  std::size_t before = 0, start = 0, width = std::min(roots, count);
  for (std::size_t i = 0; i < width; ++i) taxonomy.nodes.push_back({numbered(prefix, i), {}});
  while (taxonomy.nodes.size() + width * fan <= count / 2) {
    const std::size_t next = taxonomy.nodes.size();
    for (std::size_t i = 0; i < width * fan; ++i) {
      taxonomy.nodes.push_back({numbered(prefix, taxonomy.nodes.size()), {start + i / fan}});
    }
    before = start;
    start = next;
    width *= fan;
  }
  while (taxonomy.nodes.size() < count) {
    const std::size_t parent = random.chance(0.2) ? before + random.below(start + width - before) : start + random.below(width);
    taxonomy.nodes.push_back({numbered(prefix, taxonomy.nodes.size()), {parent}});
  }
  close(taxonomy);
  return taxonomy;
}

// A hundred levels of equal width, each node below two of the level above.
Taxonomy make_dag(Random& random, const std::string& prefix, std::size_t count) {
  Taxonomy taxonomy;
  const std::size_t width = std::max<std::size_t>(2, count / 100);
  for (std::size_t i = 0; i < count; ++i) {
    TaxonomyNode node{numbered(prefix, i), {}};
    const std::size_t level = i / width;
    if (level > 0) {
      const std::size_t above = (level - 1) * width;
      const std::size_t first = random.below(width);
      const std::size_t second = (first + 1 + random.below(width - 1)) % width;
      node.parents = {above + std::min(first, second), above + std::max(first, second)};
    }
    taxonomy.nodes.push_back(std::move(node));
  }
  close(taxonomy);
  return taxonomy;
}

}  // namespace

void make_taxonomies(Workload& workload) {
  const Parameters& parameters = workload.parameters;
  Random random(parameters.seed ^ 0x7a61);
  constexpr std::array<std::size_t, 3> roots{1, 4, 10}, fans{7, 5, 9};
  for (std::size_t d = 0; d < 3; ++d) {
    workload.taxonomies[d] = parameters.shape == Shape::deep_dag
                                 ? make_dag(random, dimension_names[d], parameters.nodes[d])
                                 : make_tree(random, dimension_names[d], parameters.nodes[d], roots[d], fans[d]);
  }
  workload.regions = make_tree(random, "region", 60, 3, 4);
  const Taxonomy& data = workload.taxonomies[0];
  const Taxonomy& purposes = workload.taxonomies[1];
  const Taxonomy& partners = workload.taxonomies[2];

  // Attributes are stated at leaves, where nothing can contradict them.
  workload.data.resize(data.nodes.size());
  for (const std::size_t leaf : data.leaves) {
    workload.data[leaf] = {random.between(0, 5), random.chance(0.03)};
  }
  workload.partners.resize(partners.nodes.size());
  for (const std::size_t leaf : partners.leaves) {
    PartnerAttributes& partner = workload.partners[leaf];
    partner.country = workload.regions.nodes[random.pick(workload.regions.leaves)].name;
    partner.certified = random.chance(0.4);
    partner.first_party = random.chance(0.05);
    const std::size_t declared = random.chance(0.3) ? 1 + random.below(4) : 0;
    for (std::size_t i = 0; i < declared; ++i) {
      partner.consent_purposes.push_back(purposes.nodes[random.below(purposes.nodes.size())].name);
    }
    std::sort(partner.consent_purposes.begin(), partner.consent_purposes.end());
    partner.consent_purposes.erase(std::unique(partner.consent_purposes.begin(), partner.consent_purposes.end()),
                                   partner.consent_purposes.end());
  }
  for (std::size_t i = 0; i < 5; ++i) workload.notices.push_back(numbered("notice", i));
}

}  // namespace zweck::bench
