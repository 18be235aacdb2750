// Casbin: a rule is a line of policy for each combination of the names of its scope. A request brings the names above
// its nodes, `any` among them; where the scope matches, the condition is evaluated by eval().
//   model.conf, policy.csv
//   partners.csv   each partner and the one above it, `any` above roots
#include <fmt/format.h>

#include "bench/peers/plain.hpp"

namespace zweck::bench::peers {
namespace {

using Kind = Condition::Kind;

std::string single(const std::string& text) { return "'" + text + "'"; }

std::string text_of(const Condition& condition) {
  std::string field = "r.facts." + name_of(condition.field);
  field[8] = static_cast<char>(field[8] - 'a' + 'A');  // fields of Go's structs are upper case
  switch (condition.kind) {
    case Kind::all:
      return condition.parts.empty() ? "true" : "(" + joined(condition.parts, " && ", text_of) + ")";
    case Kind::any:
      return "(" + joined(condition.parts, " || ", text_of) + ")";
    case Kind::negation:
      return "!(" + text_of(condition.parts.front()) + ")";
    case Kind::truth:
      return field;
    case Kind::order:
      return fmt::format("{} {} {}", field, condition.op, condition.number);
    case Kind::one_of:
      if (condition.texts.size() == 1) return fmt::format("{} == {}", field, single(condition.texts.front()));
      return fmt::format("{} in ({})", field, joined(condition.texts, ", ", single));
    case Kind::has:
      break;
  }
  return "(" + joined(condition.texts, " || ", [&](const std::string& text) { return single(text) + " in " + field; }) +
         ")";
}

constexpr std::array requested{"r.data", "r.purpose", "r.partner"};

std::vector<std::string> names_of(const std::vector<std::string>& scope) {
  return scope.empty() ? std::vector<std::string>{"any"} : scope;
}

std::string except_of(const PlainRule& rule) {
  std::vector<std::string> sides;
  for (std::size_t d = 0; d < 3; ++d) {
    if (rule.except[d].empty()) continue;
    sides.push_back("(" +
                    joined(rule.except[d], " || ",
                           [&](const std::string& name) { return single(name) + " in " + requested[d]; }) +
                    ")");
  }
  return joined(sides, " && ", [](const std::string& side) { return side; });
}

}  // namespace

Files casbin_files(const Workload& workload, const std::vector<PlainRule>& rules) {
  std::string lines, partners;
  const Taxonomy& taxonomy = workload.taxonomies[2];
  for (const TaxonomyNode& node : taxonomy.nodes) {
    if (node.parents.empty()) partners += node.name + ",any\n";
    for (const std::size_t parent : node.parents) partners += node.name + "," + taxonomy.nodes[parent].name + "\n";
  }
  for (const PlainRule& rule : rules) {
    std::string condition = text_of(rule.condition);
    if (rule.has_except) condition = fmt::format("!({}) && {}", except_of(rule), condition);
    for (const std::string& data : names_of(rule.scope[0])) {
      for (const std::string& purpose : names_of(rule.scope[1])) {
        for (const std::string& partner : names_of(rule.scope[2])) {
          lines += fmt::format("p,{},{},{},\"{}\",{}\n", data, purpose, partner, condition,
                               rule.allows ? "allow" : "deny");
        }
      }
    }
  }
  const std::string model =
      "[request_definition]\nr = data, purpose, partner, facts\n\n"
      "[policy_definition]\np = data, purpose, partner, condition, eft\n\n"
      "[policy_effect]\ne = some(where (p.eft == allow)) && !some(where (p.eft == deny))\n\n"
      "[matchers]\nm = p.purpose in r.purpose && p.data in r.data && p.partner in r.partner && eval(p.condition)\n";
  return {{"casbin/model.conf", model}, {"casbin/policy.csv", lines}, {"casbin/partners.csv", partners}};
}

}  // namespace zweck::bench::peers
