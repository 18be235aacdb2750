// Cerbos: one policy of one kind of resource with a rule for each rule. Purposes are actions, named by their path from
// the root, so that the rules of an action are found by its index; where a purpose is one of several, its rule has
// several actions. Partners cannot be roles: of several roles the one that allows wins, however many deny.
//   policies/data.yaml
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "bench/peers/plain.hpp"

namespace zweck::bench::peers {
namespace {

using Kind = Condition::Kind;

std::string text_of(const Condition& condition) {
  const std::string field = condition.field == Field::sensitivity || condition.field == Field::special
                                ? "R.attr." + name_of(condition.field)
                                : "P.attr." + name_of(condition.field);
  switch (condition.kind) {
    case Kind::all:
      return condition.parts.empty() ? "true" : "(" + joined(condition.parts, " && ", text_of) + ")";
    case Kind::any:
      return "(" + joined(condition.parts, " || ", text_of) + ")";
    case Kind::negation:
      return "!" + text_of(condition.parts.front());
    case Kind::truth:
      return field;
    case Kind::order:
      return fmt::format("({} {} {})", field, condition.op, condition.number);
    case Kind::one_of:
      if (condition.texts.size() == 1) return fmt::format("({} == {})", field, quoted(condition.texts.front()));
      return fmt::format("({} in [{}])", field, joined(condition.texts, ", ", quoted));
    case Kind::has:
      break;
  }
  return "(" + joined(condition.texts, " || ", [&](const std::string& text) { return quoted(text) + " in " + field; }) +
         ")";
}

std::string path_of(const Taxonomy& taxonomy, std::size_t node) {
  const TaxonomyNode& at = taxonomy.nodes[node];
  if (at.parents.size() > 1) {
    std::fprintf(stderr, "%s has several parents, and so no path\n", at.name.c_str());
    std::exit(2);
  }
  return at.parents.empty() ? at.name : path_of(taxonomy, at.parents.front()) + ":" + at.name;
}

std::string among(std::size_t d, const std::vector<std::string>& names) {
  constexpr std::array above{"R.attr.above", "P.attr.purposes", "P.attr.above"};
  return "(" + joined(names, " || ", [&](const std::string& name) { return quoted(name) + " in " + above[d]; }) + ")";
}

std::vector<std::string> actions(const Taxonomy& taxonomy, const std::vector<std::string>& names) {
  if (names.empty()) return {"*"};
  std::vector<std::string> actions;
  for (std::size_t i = 0; i < taxonomy.nodes.size(); ++i) {
    if (std::find(names.begin(), names.end(), taxonomy.nodes[i].name) == names.end()) continue;
    actions.push_back(path_of(taxonomy, i) + (taxonomy.nodes[i].leaf ? "" : ":**"));
  }
  return actions;
}

}  // namespace

Files cerbos_files(const Workload& workload, const std::vector<PlainRule>& rules) {
  std::string text = "apiVersion: api.cerbos.dev/v1\nresourcePolicy:\n  resource: data\n  version: default\n  rules:\n";
  for (const PlainRule& rule : rules) {
    std::vector<std::string> conditions;
    for (const std::size_t d : {2, 0}) {
      if (!rule.scope[d].empty()) conditions.push_back(among(d, rule.scope[d]));
    }
    if (rule.has_except) {
      std::vector<std::string> sides;
      for (std::size_t d = 0; d < 3; ++d) {
        if (!rule.except[d].empty()) sides.push_back(among(d, rule.except[d]));
      }
      conditions.push_back("!(" + joined(sides, " && ", [](const std::string& side) { return side; }) + ")");
    }
    conditions.push_back(text_of(rule.condition));
    text += fmt::format(
        "    - name: {}\n      effect: EFFECT_{}\n      roles: [\"*\"]\n      actions: [{}]\n"
        "      condition: {{match: {{expr: '{}'}}}}\n",
        rule.name, rule.allows ? "ALLOW" : "DENY", joined(actions(workload.taxonomies[1], rule.scope[1]), ", ", quoted),
        fmt::join(conditions, " && "));
  }
  return {{"cerbos/policies/data.yaml", text}};
}

}  // namespace zweck::bench::peers
