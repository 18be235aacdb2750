// The customers, what they said, and what is asked about them.
#include <algorithm>
#include <string>
#include <unordered_set>

#include "bench/random.hpp"
#include "bench/workload.hpp"

namespace zweck::bench {
namespace {

constexpr std::int64_t day = seconds_per_day * microseconds_per_second;

std::string chosen(Random& random, const std::string& prefix, std::size_t bound) {
  return prefix + std::to_string(random.below(bound));
}

Customer make_customer(const Workload& workload, Random& random) {
  Customer customer;
  const auto give = [&](const char* name, FactValue value) {
    if (!random.chance(workload.parameters.missing)) customer.facts.emplace_back(name, std::move(value));
  };
  const auto region = [&] { return workload.regions.nodes[random.pick(workload.regions.leaves)].name; };
  give("age", random.between(10, 90));
  give("channel", chosen(random, "channel-", 6));
  give("gpc", random.chance(0.1));
  give("idle", std::to_string(random.between(1, 365)) + " days");
  give("joined", to_string(Date{workload.now.microseconds / day - random.between(0, 3000)}));
  give("language", chosen(random, "lang-", 12));
  give("logged-in", random.chance(0.7));
  give("region", region());
  give("score", random.between(0, 999'999));
  std::vector<std::string> segments;
  for (int i = 0; i < 30; ++i) segments.push_back("segment-" + std::to_string(i));
  give("segments", random.sample(segments, 3));
  give("tier", chosen(random, "tier-", 20));
  give("visited", std::vector<std::string>{region(), region()});

  // Answers and notices, oldest first: yes more often than no, and no more often about less.
  for (std::size_t i = 0; i < workload.parameters.events; ++i) {
    LedgerEvent event;
    event.at = {workload.now.microseconds - static_cast<std::int64_t>(workload.parameters.events - i) * 20 * day};
    const auto node = [&](std::size_t dimension, std::size_t most_level) -> std::string {
      const Taxonomy& taxonomy = workload.taxonomies[dimension];
      const std::size_t level = random.below(std::min(most_level + 1, taxonomy.levels.size()));
      const auto& nodes = taxonomy.levels[level].empty() ? taxonomy.leaves : taxonomy.levels[level];
      return taxonomy.nodes[random.pick(nodes)].name;
    };
    switch (random.weighted({.35, .15, .10, .05, .35})) {
      case 0:
        event.kind = LedgerEvent::Kind::consent_given;
        event.is_explicit = random.chance(0.3);
        if (random.chance(0.5)) {
          event.notice = random.pick(workload.notices);
          event.version = random.between(1, 2);
        }
        if (random.chance(0.2)) event.expires = Time{workload.now.microseconds + random.between(-30, 300) * day};
        event.data = {node(0, 1)};
        event.purpose = random.chance(0.5) ? std::vector<std::string>{"any"} : std::vector{node(1, 0), node(1, 0)};
        event.partner = random.chance(0.5) ? std::vector<std::string>{"any"} : std::vector{node(2, 0), node(2, 0)};
        for (auto* names : {&event.purpose, &event.partner}) {
          std::sort(names->begin(), names->end());
          names->erase(std::unique(names->begin(), names->end()), names->end());
        }
        break;
      case 1:
        event.kind = random.chance(0.5) ? LedgerEvent::Kind::consent_refused : LedgerEvent::Kind::consent_withdrawn;
        event.data = {node(0, 2)};
        event.purpose = {node(1, 2)};
        if (random.chance(0.7)) event.partner = {node(2, 2)};
        break;
      case 2:
        event.kind = LedgerEvent::Kind::objection_raised;
        event.purpose = {node(1, 2)};
        break;
      case 3:
        event.kind = LedgerEvent::Kind::objection_withdrawn;
        event.purpose = {node(1, 1)};
        break;
      default:
        event.kind = LedgerEvent::Kind::notice_shown;
        event.notice = random.pick(workload.notices);
        event.version = random.between(1, 2);
    }
    customer.ledger.push_back(std::move(event));
  }
  return customer;
}

// The leaves at or below one of the names.
std::vector<std::size_t> leaves_below(const Taxonomy& taxonomy, const std::vector<std::string>& names) {
  std::vector<std::size_t> leaves;
  std::vector<char> below(taxonomy.nodes.size());
  for (std::size_t i = 0; i < taxonomy.nodes.size(); ++i) {  // parents come first
    const TaxonomyNode& node = taxonomy.nodes[i];
    below[i] = std::find(names.begin(), names.end(), node.name) != names.end() ||
               std::any_of(node.parents.begin(), node.parents.end(), [&](std::size_t parent) { return below[parent]; });
    if (below[i] && node.leaf) leaves.push_back(i);
  }
  return leaves;
}

}  // namespace

void make_customers(Workload& workload) {
  Random random(workload.parameters.seed ^ 0xc057);
  for (std::size_t i = 0; i < workload.parameters.subjects; ++i) workload.customers.push_back(make_customer(workload, random));
  for (std::size_t d = 0; d < 3; ++d) {
    workload.asked[d] = workload.parameters.shape == Shape::one_node && !workload.rules.empty()
                            ? leaves_below(workload.taxonomies[d], workload.rules.front().scope[d])
                            : workload.taxonomies[d].leaves;
  }
}

Workload make_workload(const Parameters& parameters) {
  Workload workload;
  workload.parameters = parameters;
  workload.now = *parse_time("2026-06-01T12:00:00Z");
  make_taxonomies(workload);
  make_rules(workload);
  make_customers(workload);
  return workload;
}

std::vector<Ask> make_asks(const Workload& workload, std::size_t count, std::size_t points, std::uint64_t seed) {
  Random random(seed);
  const auto point = [&] {
    return std::array{random.pick(workload.asked[0]), random.pick(workload.asked[1]), random.pick(workload.asked[2])};
  };
  std::vector<std::array<std::size_t, 3>> recurring;
  for (std::size_t i = 0; i < points; ++i) recurring.push_back(point());
  std::vector<Ask> asks(count);
  for (Ask& ask : asks) {
    ask.point = recurring.empty() ? point() : random.pick(recurring);
    ask.customer = random.below(workload.customers.size());
  }
  return asks;
}

Request make_request(const Workload& workload, const Ask& ask) {
  const Customer& customer = workload.customers[ask.customer];
  Request request;
  request.data = {workload.taxonomies[0].nodes[ask.point[0]].name};
  request.purpose = workload.taxonomies[1].nodes[ask.point[1]].name;
  request.partner = workload.taxonomies[2].nodes[ask.point[2]].name;
  request.at = workload.now;
  request.facts = customer.facts;
  request.ledger = customer.ledger;
  return request;
}

Cover cover(const Workload& workload, const std::vector<Ask>& asks) {
  // For each node the names at or above it, so that a scope is a few look-ups.
  std::array<std::vector<std::unordered_set<std::string>>, 3> above;
  for (std::size_t d = 0; d < 3; ++d) {
    const auto& nodes = workload.taxonomies[d].nodes;
    above[d].resize(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      above[d][i].insert(nodes[i].name);
      for (const std::size_t parent : nodes[i].parents) above[d][i].insert(above[d][parent].begin(), above[d][parent].end());
    }
  }
  const auto has = [&](std::size_t d, std::size_t node, const std::vector<std::string>& names) {
    return names.empty() ||
           std::any_of(names.begin(), names.end(), [&](const std::string& name) { return above[d][node].contains(name); });
  };
  Cover cover;
  for (const Ask& ask : asks) {
    std::size_t count = 0;
    for (const Rule& rule : workload.rules) {
      const auto within = [&](const std::array<std::vector<std::string>, 3>& box) {
        return has(0, ask.point[0], box[0]) && has(1, ask.point[1], box[1]) && has(2, ask.point[2], box[2]);
      };
      count += within(rule.scope) && !(rule.has_except && within(rule.except));
    }
    cover.mean += static_cast<double>(count) / static_cast<double>(asks.size());
    cover.most = std::max(cover.most, count);
  }
  return cover;
}

}  // namespace zweck::bench
