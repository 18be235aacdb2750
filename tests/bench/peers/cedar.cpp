// Cedar: partners are principals, purposes actions, data resources, each an entity with its parents; a rule is a policy
// with its scope in the policy's scope, which Cedar's best practices ask for.
//   whole.cedar   one policy a rule; where a scope has several partners or data, `in [...]` as a condition
//   split.cedar   a policy for each pair of them, for a host that picks policies by scope
#include <fmt/format.h>

#include "bench/peers/plain.hpp"

namespace zweck::bench::peers {
namespace {

using Kind = Condition::Kind;

std::string region(const std::string& name) { return "Region::" + quoted(name); }

std::string text_of(const Condition& condition) {
  const std::string field = condition.field == Field::sensitivity || condition.field == Field::special
                                ? "resource." + name_of(condition.field)
                                : "context." + name_of(condition.field);
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
      return fmt::format("[{}].contains({})", joined(condition.texts, ", ", quoted), field);
    case Kind::has:
      break;
  }
  if (condition.field == Field::region || condition.field == Field::country) {
    return fmt::format("({} in [{}])", condition.field == Field::region ? "context.region" : "principal.country",
                       joined(condition.texts, ", ", region));
  }
  if (condition.texts.size() == 1) return fmt::format("{}.contains({})", field, quoted(condition.texts.front()));
  return fmt::format("{}.containsAny([{}])", field, joined(condition.texts, ", ", quoted));
}

constexpr std::array types{"Data", "Action", "Partner"};
constexpr std::array variables{"resource", "action", "principal"};

std::string among(std::size_t d, const std::vector<std::string>& names) {
  const auto entity = [d](const std::string& name) { return fmt::format("{}::{}", types[d], quoted(name)); };
  return names.size() == 1 ? fmt::format("{} in {}", variables[d], entity(names.front()))
                           : fmt::format("{} in [{}]", variables[d], joined(names, ", ", entity));
}

std::string policy(const PlainRule& rule, const std::string& id, const std::vector<std::string>& data,
                   const std::vector<std::string>& partners) {
  std::string principal = "principal", action = "action", resource = "resource";
  std::vector<std::string> conditions;
  if (!rule.scope[1].empty()) action = among(1, rule.scope[1]);
  if (data.size() == 1) resource = among(0, data);
  if (data.size() > 1) conditions.push_back(among(0, data));
  if (partners.size() == 1) principal = among(2, partners);
  if (partners.size() > 1) conditions.push_back(among(2, partners));
  if (rule.has_except) {
    std::vector<std::string> sides;
    for (std::size_t d = 0; d < 3; ++d) {
      if (!rule.except[d].empty()) sides.push_back(among(d, rule.except[d]));
    }
    conditions.push_back(fmt::format("!({})", fmt::join(sides, " && ")));
  }
  conditions.push_back(text_of(rule.condition));
  return fmt::format("@id(\"{}\")\n{} ({}, {}, {})\nwhen {{ {} }};\n", id, rule.allows ? "permit" : "forbid", principal,
                     action, resource, fmt::join(conditions, " && "));
}

// A list of names as lists of one, or as one empty list.
std::vector<std::vector<std::string>> apart(const std::vector<std::string>& names) {
  std::vector<std::vector<std::string>> lists;
  for (const std::string& name : names) lists.push_back({name});
  if (lists.empty()) lists.emplace_back();
  return lists;
}

void add_entities(std::vector<std::string>& entities, const char* type, const Taxonomy& taxonomy, auto attributes) {
  for (std::size_t i = 0; i < taxonomy.nodes.size(); ++i) {
    const auto parent = [&](std::size_t at) {
      return fmt::format(R"({{"type":"{}","id":"{}"}})", type, taxonomy.nodes[at].name);
    };
    entities.push_back(fmt::format(R"({{"uid":{},"attrs":{{{}}},"parents":[{}]}})", parent(i), attributes(i),
                                   joined(taxonomy.nodes[i].parents, ",", parent)));
  }
}

}  // namespace

Files cedar_files(const Workload& workload, const std::vector<PlainRule>& rules) {
  std::string whole, split;
  for (const PlainRule& rule : rules) {
    whole += policy(rule, rule.name, rule.scope[0], rule.scope[2]);
    std::size_t part = 0;
    for (const auto& data : apart(rule.scope[0])) {
      for (const auto& partners : apart(rule.scope[2])) {
        split += policy(rule, fmt::format("{}-{}", rule.name, part++), data, partners);
      }
    }
  }
  std::vector<std::string> entities;
  const auto nothing = [](std::size_t) { return std::string(); };
  add_entities(entities, types[0], workload.taxonomies[0], [&](std::size_t node) {
    return fmt::format(R"("sensitivity":{},"special":{})", workload.data[node].sensitivity,
                       workload.data[node].special);
  });
  add_entities(entities, types[1], workload.taxonomies[1], nothing);
  add_entities(entities, types[2], workload.taxonomies[2], [&](std::size_t node) {
    const std::string& country = workload.partners[node].country;
    return country.empty() ? "" : fmt::format(R"("country":{{"__entity":{{"type":"Region","id":"{}"}}}})", country);
  });
  add_entities(entities, "Region", workload.regions, nothing);
  return {{"cedar/whole.cedar", whole},
          {"cedar/split.cedar", split},
          {"cedar/entities.json", fmt::format("[{}]\n", fmt::join(entities, ",\n"))}};
}

}  // namespace zweck::bench::peers
