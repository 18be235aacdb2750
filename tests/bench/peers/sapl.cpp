// SAPL: a policy for each rule, the scope as its target, which is what the index looks at, and the condition as its
// body.
//   policies.sapl   a policy a line
#include <fmt/format.h>

#include "bench/peers/plain.hpp"

namespace zweck::bench::peers {
namespace {

using Kind = Condition::Kind;

std::string text_of(const Condition& condition) {
  const std::string field = condition.field == Field::sensitivity || condition.field == Field::special
                                ? "resource." + name_of(condition.field)
                                : "subject." + name_of(condition.field);
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
      return fmt::format("({} {} {})", field, condition.op, condition.number);
    case Kind::one_of:
      if (condition.texts.size() == 1) return fmt::format("({} == {})", field, quoted(condition.texts.front()));
      return fmt::format("({} in [{}])", field, joined(condition.texts, ", ", quoted));
    case Kind::has:
      break;
  }
  return "(" +
         joined(condition.texts, " || ",
                [&](const std::string& text) { return fmt::format("({} in {})", quoted(text), field); }) +
         ")";
}

// Targets know only the eager operators.
std::string among(std::size_t d, const std::vector<std::string>& names) {
  constexpr std::array above{"resource.above", "action.above", "subject.above"};
  return "(" +
         joined(names, " | ",
                [&](const std::string& name) { return fmt::format("({} in {})", quoted(name), above[d]); }) +
         ")";
}

std::string among(const std::array<std::vector<std::string>, 3>& scope) {
  std::vector<std::string> sides;
  for (const std::size_t d : {2, 1, 0}) {
    if (!scope[d].empty()) sides.push_back(among(d, scope[d]));
  }
  return joined(sides, " & ", [](const std::string& side) { return side; });
}

}  // namespace

Files sapl_files(const Workload&, const std::vector<PlainRule>& rules) {
  std::string text;
  for (const PlainRule& rule : rules) {
    text +=
        fmt::format("policy \"{}\" {} {} where {}{};\n", rule.name, rule.allows ? "permit" : "deny", among(rule.scope),
                    rule.has_except ? fmt::format("!({}); ", among(rule.except)) : "", text_of(rule.condition));
  }
  return {{"sapl/policies.sapl", text}};
}

}  // namespace zweck::bench::peers
