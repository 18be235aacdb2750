// OPA, in the two ways its page on performance describes:
//   indexed.rego   every rule is one of many definitions of `permitted` or `denied`, each on tests that the rule index
//   knows lookup.rego    scopes are data, found by lookups in objects; only conditions are rules, each under a name of
//   its own lookup.json    these scopes: purpose, data, partner -> names of conditions
#include <fmt/format.h>

#include <map>

#include "bench/peers/plain.hpp"

namespace zweck::bench::peers {
namespace {

using Kind = Condition::Kind;

// What follows can stand as lines of a rule's body only if nothing in it may be undefined for being false: so it is
// written as expressions of `and`, one a line, and everything else goes to helpers of its own.
struct Writer {
  std::string rules;  // helpers
  std::size_t helpers = 0;

  static std::string field(const Condition& condition) { return "input." + name_of(condition.field); }

  // Lines of a body, true if all hold.
  std::string body(const Condition& condition, const std::string& name) {
    switch (condition.kind) {
      case Kind::all:
        return joined(condition.parts, "\n  ", [&](const Condition& part) { return body(part, name); });
      case Kind::any: {
        const std::string helper = fmt::format("{}_{}", name, helpers++);
        for (const Condition& part : condition.parts)
          rules += fmt::format("{} if {{\n  {}\n}}\n", helper, body(part, name));
        return helper;
      }
      case Kind::negation: {
        const Condition& part = condition.parts.front();
        if (part.kind == Kind::truth) return field(part) + " == false";
        if (part.kind != Kind::all && part.kind != Kind::any && !(part.kind == Kind::has && part.texts.size() > 1)) {
          return "not " + body(part, name);
        }
        const std::string helper = fmt::format("{}_{}", name, helpers++);
        rules += fmt::format("{} if {{\n  {}\n}}\n", helper, body(part, name));
        return "not " + helper;
      }
      case Kind::truth:
        return field(condition) + " == true";
      case Kind::order:
        return fmt::format("{} {} {}", field(condition), condition.op, condition.number);
      case Kind::one_of:
        if (condition.texts.size() == 1)
          return fmt::format("{} == {}", field(condition), quoted(condition.texts.front()));
        return fmt::format("{} in {{{}}}", field(condition), joined(condition.texts, ", ", quoted));
      case Kind::has:
        break;
    }
    if (condition.texts.size() == 1) return fmt::format("{} in {}", quoted(condition.texts.front()), field(condition));
    const std::string helper = fmt::format("{}_{}", name, helpers++);
    for (const std::string& text : condition.texts) {
      rules += fmt::format("{} if {} in {}\n", helper, quoted(text), field(condition));
    }
    return helper;
  }
};

std::string identifier(std::string name) {
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return name;
}

std::vector<std::string> or_any(const std::vector<std::string>& names) {
  return names.empty() ? std::vector<std::string>{"any"} : names;
}

std::string except_lines(const PlainRule& rule, Writer& writer, const std::string& name) {
  if (!rule.has_except) return "";
  const std::string helper = name + "_except";
  std::vector<std::string> sides{""};  // every choice of one name a dimension
  for (std::size_t d = 0; d < 3; ++d) {
    if (rule.except[d].empty()) continue;
    std::vector<std::string> longer;
    for (const std::string& side : sides) {
      for (const std::string& node : rule.except[d]) {
        longer.push_back(fmt::format("{}  {} in input.above.{}\n", side, quoted(node), dimension_names[d]));
      }
    }
    sides = std::move(longer);
  }
  for (const std::string& side : sides) writer.rules += fmt::format("{} if {{\n{}}}\n", helper, side);
  return "  not " + helper + "\n";
}

std::string body_lines(const PlainRule& rule, Writer& writer, const std::string& name) {
  const std::string lines = writer.body(rule.condition, name);
  return (lines.empty() ? "" : "  " + lines + "\n") + except_lines(rule, writer, name);
}

std::string indexed(const std::vector<PlainRule>& rules) {
  std::string text = "package zweck\n\ndefault allow := false\nallow if {\n  permitted\n  not denied\n}\n";
  for (const PlainRule& rule : rules) {
    Writer writer;
    const std::string body = body_lines(rule, writer, "c_" + identifier(rule.name));
    for (const std::string& data : or_any(rule.scope[0])) {
      for (const std::string& purpose : or_any(rule.scope[1])) {
        for (const std::string& partner : or_any(rule.scope[2])) {
          text += fmt::format("{} if {{\n", rule.allows ? "permitted" : "denied");
          const std::array<const std::string*, 3> names{&data, &purpose, &partner};
          for (std::size_t d = 0; d < 3; ++d) {
            if (*names[d] != "any")
              text += fmt::format("  {} in input.above.{}\n", quoted(*names[d]), dimension_names[d]);
          }
          text += (body.empty() && data + purpose + partner == "anyanyany" ? "  true\n" : body) + "}\n";
        }
      }
    }
    text += writer.rules;
  }
  return text;
}

// The names of the conditions under each scope.
using Scopes = std::map<std::string, std::map<std::string, std::map<std::string, std::vector<std::string>>>>;

std::string json(const Scopes& scopes) {
  return "{" +
         joined(scopes, ",\n",
                [](const auto& first) {
                  return quoted(first.first) + ":{" +
                         joined(first.second, ",",
                                [](const auto& second) {
                                  return quoted(second.first) + ":{" +
                                         joined(second.second, ",",
                                                [](const auto& third) {
                                                  return quoted(third.first) + ":[" +
                                                         joined(third.second, ",", quoted) + "]";
                                                }) +
                                         "}";
                                }) +
                         "}";
                }) +
         "}";
}

}  // namespace

Files opa_files(const Workload&, const std::vector<PlainRule>& rules) {
  std::array<Scopes, 2> scopes;  // deny, allow
  std::string lookup = "package zweck\n\ndefault allow := false\nallow if {\n  permitted\n  not denied\n}\n";
  for (const char* effect : {"permitted", "denied"}) {
    lookup += fmt::format(
        "{0} if {{\n"
        "  some purpose in input.above.purpose\n  of_purpose := data.scopes.{0}[purpose]\n"
        "  some node in input.above.data\n  of_data := of_purpose[node]\n"
        "  some partner in input.above.partner\n"
        "  some name in of_data[partner]\n  data.zweck.{0}_if[name]\n}}\n",
        effect);
  }
  for (const PlainRule& rule : rules) {
    Writer writer;
    const std::string name = identifier(rule.name);
    const std::string body = body_lines(rule, writer, "c_" + name);
    lookup += fmt::format("{}.{} if {{\n{}}}\n{}", rule.allows ? "permitted_if" : "denied_if", name,
                          body.empty() ? "  true\n" : body, writer.rules);
    for (const std::string& data : or_any(rule.scope[0])) {
      for (const std::string& purpose : or_any(rule.scope[1])) {
        for (const std::string& partner : or_any(rule.scope[2]))
          scopes[rule.allows][purpose][data][partner].push_back(name);
      }
    }
  }
  return {{"opa/indexed.rego", indexed(rules)},
          {"opa/lookup.rego", lookup},
          {"opa/lookup.json",
           fmt::format("{{\"scopes\":{{\"permitted\":{},\n\"denied\":{}}}}}\n", json(scopes[1]), json(scopes[0]))}};
}

}  // namespace zweck::bench::peers
