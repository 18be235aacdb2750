// Casbin: a rule is a line of policy; scopes are roles. Nodes are in their parents by role managers, and a scope of
// several names is a role that these are in; `any` has all roots in it. A condition is evaluated by eval() where the
// scope matches.
//   model.conf, policy.csv
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

constexpr std::array roles{"g", "g2", "g3"};
constexpr std::array requested{"r.data", "r.purpose", "r.partner"};

}  // namespace

Files casbin_files(const Workload& workload, const std::vector<PlainRule>& rules) {
  std::string lines;
  for (std::size_t d = 0; d < 3; ++d) {
    for (const TaxonomyNode& node : workload.taxonomies[d].nodes) {
      for (const std::size_t parent : node.parents) {
        lines += fmt::format("{}, {}, {}\n", roles[d], node.name, workload.taxonomies[d].nodes[parent].name);
      }
      if (node.parents.empty()) lines += fmt::format("{}, {}, any\n", roles[d], node.name);
    }
  }
  for (const PlainRule& rule : rules) {
    std::array<std::string, 3> names;
    for (std::size_t d = 0; d < 3; ++d) {
      const std::vector<std::string>& scope = rule.scope[d];
      names[d] = scope.empty() ? "any" : scope.size() == 1 ? scope.front() : rule.name;
      if (scope.size() < 2) continue;
      for (const std::string& name : scope) lines += fmt::format("{}, {}, {}\n", roles[d], name, rule.name);
    }
    std::string condition = text_of(rule.condition);
    if (rule.has_except) {
      std::string sides;
      for (std::size_t d = 0; d < 3; ++d) {
        if (rule.except[d].empty()) continue;
        sides += (sides.empty() ? "(" : " && (") +
                 joined(rule.except[d], " || ",
                        [&](const std::string& name) {
                          return fmt::format("{}({}, {})", roles[d], requested[d], single(name));
                        }) +
                 ")";
      }
      condition = fmt::format("!({}) && {}", sides, condition);
    }
    lines += fmt::format("p, {}, {}, {}, \"{}\", {}\n", names[0], names[1], names[2], condition,
                         rule.allows ? "allow" : "deny");
  }
  const std::string model =
      "[request_definition]\nr = data, purpose, partner, facts\n\n"
      "[policy_definition]\np = data, purpose, partner, condition, eft\n\n"
      "[role_definition]\ng = _, _\ng2 = _, _\ng3 = _, _\n\n"
      "[policy_effect]\ne = some(where (p.eft == allow)) && !some(where (p.eft == deny))\n\n"
      "[matchers]\nm = g3(r.partner, p.partner) && g2(r.purpose, p.purpose) && g(r.data, p.data) && "
      "eval(p.condition)\n";
  return {{"casbin/model.conf", model}, {"casbin/policy.csv", lines}};
}

}  // namespace zweck::bench::peers
