// The rules: where they stand and what they ask for.
#include <algorithm>
#include <string>

#include "bench/random.hpp"
#include "bench/workload.hpp"

namespace zweck::bench {
namespace {

struct Maker {
  const Workload& workload;
  Random random;

  // Chances of: any, then each level from the roots down, the last weight for leaves. Levels beyond those named share
  // the weight before the last.
  std::string node(std::size_t dimension) {
    static const std::array<std::vector<double>, 3> weights{{{.14, .32, .32, .12, .10},    // data: one root
                                                             {.20, .40, .25, .15},         // purposes: four roots
                                                             {.42, .32, .14, .12}}};       // partners: ten roots
    const Taxonomy& taxonomy = workload.taxonomies[dimension];
    std::size_t level = 0;
    if (workload.parameters.shape == Shape::deep_dag) {
      level = random.below(taxonomy.levels.size());
    } else {
      level = std::min(random.weighted(weights[dimension]), taxonomy.levels.size() - 1);
    }
    const std::vector<std::size_t>& nodes = taxonomy.levels[level].empty() ? taxonomy.leaves : taxonomy.levels[level];
    return taxonomy.nodes[random.pick(nodes)].name;
  }

  std::vector<std::string> side(std::size_t dimension) {
    const Shape shape = workload.parameters.shape;
    if (shape == Shape::one_node) {
      const Taxonomy& taxonomy = workload.taxonomies[dimension];
      return {taxonomy.nodes[taxonomy.levels[std::min<std::size_t>(1, taxonomy.levels.size() - 1)].front()].name};
    }
    if (shape == Shape::roots) {
      std::vector<std::string> roots;
      for (const TaxonomyNode& node : workload.taxonomies[dimension].nodes) {
        if (node.parents.empty()) roots.push_back(node.name);
      }
      return random.chance(0.5) ? std::vector<std::string>{} : roots;
    }
    if (random.chance(0.05)) return {};
    std::vector<std::string> names;
    const std::size_t count = 1 + random.weighted({.7, .2, .1});
    for (std::size_t i = 0; i < count; ++i) names.push_back(node(dimension));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  static Atom compare(std::string left, std::string op, std::vector<std::string> right) {
    Atom atom;
    atom.left = std::move(left);
    atom.op = std::move(op);
    atom.right = std::move(right);
    return atom;
  }
  static Atom own_kind(Atom::Kind kind) {
    Atom atom;
    atom.kind = kind;
    return atom;
  }
  std::string numbered(const std::string& prefix, std::size_t bound) { return prefix + std::to_string(random.below(bound)); }
  std::vector<std::string> several(const std::string& prefix, std::size_t bound, std::size_t count, bool quoted = false) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < bound; ++i) {
      names.push_back(quoted ? "\"" + prefix + std::to_string(i) + "\"" : prefix + std::to_string(i));
    }
    return random.sample(names, count);
  }
  std::string date(int first_year, int last_year) {
    const auto two = [&](std::int64_t number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(random.between(first_year, last_year)) + "-" + two(random.between(1, 12)) + "-" +
           two(random.between(1, 28));
  }
  std::string region(std::size_t level) {
    const auto& nodes = workload.regions.levels[std::min(level, workload.regions.levels.size() - 1)];
    return workload.regions.nodes[random.pick(nodes)].name;
  }

  // True of most: what an allow rule asks for.
  Atom broad() {
    switch (random.below(14)) {
      case 0: return compare("age", ">=", {std::to_string(random.between(14, 25))});
      case 1: return compare("channel", "in", several("channel-", 6, 4));
      case 2: return compare("tier", "in", several("tier-", 20, 12));
      case 3: return compare("language", "in", several("lang-", 12, 7, true));
      case 4: return compare("region", "in", {region(0), region(1)});
      case 5: return compare("idle", "<=", {std::to_string(random.between(100, 300)) + " days"});
      case 6: return compare("joined", "<", {date(2024, 2026)});
      case 7: return compare("logged-in", "", {});
      case 8: return compare("score", "<=", {std::to_string(random.between(400'000, 999'999))});
      case 9: return compare("data.sensitivity", "<=", {std::to_string(random.between(2, 4))});
      case 10: return compare("partner.country", "in", {region(0), region(1)});
      case 11: {
        Atom atom = own_kind(Atom::Kind::notice);
        atom.notice = random.pick(workload.notices);
        return atom;
      }
      case 12: return own_kind(Atom::Kind::consent);
      default: {
        Atom atom = own_kind(Atom::Kind::objection);
        atom.negated = true;
        return atom;
      }
    }
  }

  // True of few: what a deny rule is made for.
  Atom narrow() {
    switch (random.below(14)) {
      case 0: return compare("age", "<", {std::to_string(random.between(14, 18))});
      case 1: return compare("channel", "=", {numbered("channel-", 6)});
      case 2: return compare("tier", "=", {numbered("tier-", 20)});
      case 3: return compare("language", "=", {"\"" + numbered("lang-", 12) + "\""});
      case 4: return compare("region", "in", {region(1)});
      case 5: return compare("idle", ">", {std::to_string(random.between(300, 420)) + " days"});
      case 6: return compare("joined", ">=", {date(2026, 2026)});
      case 7: return compare("segments", "has", {numbered("segment-", 30)});
      case 8: return compare("score", ">", {std::to_string(random.between(900'000, 999'999))});
      case 9: return compare("gpc", "", {});
      case 10: return compare("partner.country", "in", {region(1)});
      case 11: return compare("visited", "has", {region(1)});
      case 12: return own_kind(Atom::Kind::objection);
      default: return compare("data.sensitivity", "=", {"5"});
    }
  }

  void conditions(Rule& rule, std::size_t number) {
    const std::size_t count = 1 + random.below(workload.parameters.most_conditions);
    for (std::size_t i = 0; i < count; ++i) {
      Atom atom = rule.allows ? broad() : narrow();
      if (workload.parameters.shape == Shape::disjoint && i == 0) {
        atom = compare("score", rule.allows ? "!=" : "=", {std::to_string(number)});
      }
      if (rule.allows && i > 0 && !rule.unless && random.chance(0.3)) {
        rule.unless = narrow();
      } else {
        rule.when.push_back(std::move(atom));
      }
    }
    rule.any_of_when = rule.when.size() > 1 && random.chance(rule.allows ? 0.3 : 0.1);
  }

  void basis(Rule& rule) {
    static const std::vector<std::string> bases{"consent",        "legitimate-interest", "contract",
                                                "public-task",    "legal-obligation",    "not-personal"};
    rule.basis = bases[random.weighted({.45, .20, .20, .05, .05, .05})];
    rule.consent.kind = Atom::Kind::consent;
    if (rule.basis == "consent") {
      rule.consent.is_explicit = random.chance(0.1);
      if (random.chance(0.3)) rule.consent.notice = random.pick(workload.notices);
    }
    if (random.chance(0.8)) rule.keep_days = static_cast<int>(random.between(1, 12)) * 30;
    if (random.chance(0.2)) rule.oblige = random.sample<std::string>({"aggregate", "encrypt", "log", "pseudonymise"}, 1 + random.below(2));
  }

  Rule rule(std::size_t number) {
    Rule rule;
    std::string digits = std::to_string(number);
    rule.name = "rule-" + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
    rule.allows = !random.chance(workload.parameters.deny);
    for (std::size_t d = 0; d < 3; ++d) rule.scope[d] = side(d);
    if (workload.parameters.shape == Shape::realistic && random.chance(0.1)) {
      const std::size_t d = random.below(3);
      const Taxonomy& taxonomy = workload.taxonomies[d];
      rule.except[d] = {taxonomy.nodes[random.pick(taxonomy.leaves)].name};
      rule.has_except = true;
    }
    if (random.chance(0.02)) rule.from = date(2025, 2026);
    if (random.chance(0.02)) rule.until = date(2026, 2027);
    conditions(rule, number);
    if (rule.allows) basis(rule);
    return rule;
  }
};

}  // namespace

void make_rules(Workload& workload) {
  Maker maker{workload, Random(workload.parameters.seed ^ 0x52)};
  std::vector<Rule> rules;
  rules.reserve(workload.parameters.rules);
  for (std::size_t i = 0; i < workload.parameters.rules; ++i) rules.push_back(maker.rule(i));
  workload.rules = std::move(rules);
}

}  // namespace zweck::bench
