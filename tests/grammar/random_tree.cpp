#include "grammar/random_tree.hpp"

#include <algorithm>
#include <string>

#include "grammar/format.hpp"
#include "zweck/time.hpp"

namespace zweck::test {

namespace s = syntax;

s::Name RandomTree::name() {
  static const char* const names[] = {"a",        "wardrobe",  "body-measurements",
                                      "x.y_z-9",  "Any",       "rule",
                                      "consent",  "any thing", "data.x",
                                      "purpose.", "partner",   "a-",
                                      "7",        "\"\\",      "Größe \xF0\x9F\x99\x82",
                                      "#",        "days",      "an-extraordinarily-long-name"};
  s::Name result{.text = names[below(std::size(names))], .span = {}, .quoted = false};
  result.quoted = quote_name(result.text) != result.text;
  return result;
}

s::Nodes RandomTree::nodes() {
  s::Nodes result;
  result.any = chance(15);
  if (!result.any)
    for (int i = chance(10) ? below(20) : below(3); i >= 0; --i) result.names.push_back(name());
  return result;
}

s::Scope RandomTree::scope() { return {.data = nodes(), .purpose = nodes(), .partner = nodes(), .span = {}}; }

s::Duration RandomTree::duration() {
  static const char* const units[] = {"minute", "hour", "day", "week", "month", "year"};
  s::Duration result;
  result.count = chance(10) ? 1'000'000 + below(1'000'000) : 1 + below(400);
  result.unit = units[below(6)];
  if (result.count != 1) result.unit += 's';
  result.seconds = make_duration(result.count, result.unit)->seconds;
  return result;
}

s::Date RandomTree::date() { return {.days = below(30'000) - 5'000, .span = {}}; }

s::Text RandomTree::text() {
  static const char* const texts[] = {"", "a", "why \"not\"", "back\\slash", "Kleidung, die passt – 尺寸", "# rule x"};
  return {.text = texts[below(std::size(texts))], .span = {}};
}

s::Literal RandomTree::literal() {
  switch (below(7)) {
    case 0:
      return s::Integer{below(2'000) - 1'000, {}};
    case 1:
      return s::Integer{chance(50) ? INT64_MIN : INT64_MAX, {}};
    case 2:
      return date();
    case 3:
      return duration();
    case 4:
      return s::Boolean{chance(50), {}};
    case 5:
      return s::Name{.text = text().text, .span = {}, .quoted = true};
    default:
      return name();
  }
}

s::Own RandomTree::own() {
  s::Own result;
  result.dimension = static_cast<s::Dimension>(below(3));
  if (chance(70)) result.attribute = name();
  return result;
}

s::Consent RandomTree::consent() {
  s::Consent result;
  result.explicit_ = chance(40);
  if (chance(40)) result.within = duration();
  if (chance(40)) result.under = name();
  if (result.under && chance(50)) result.version = s::Integer{1 + below(5), {}};
  return result;
}

s::Test RandomTree::test() {
  s::Test result;
  if (chance(60)) {
    result.left = name();
  } else {
    result.left = own();
  }
  result.op = static_cast<s::Operator>(below(9));
  if (result.op == s::Operator::none) return result;
  if (chance(20)) {
    result.right = own();
  } else if (result.op == s::Operator::in && chance(60)) {
    std::vector<s::Literal> literals;
    for (int i = chance(10) ? below(30) : below(3); i >= 0; --i) literals.push_back(literal());
    result.right = std::move(literals);
  } else {
    result.right = literal();
  }
  return result;
}

std::vector<s::Condition> RandomTree::parts(int depth) {
  std::vector<s::Condition> result;
  for (int i = 1 + below(3); i >= 0; --i) result.push_back(condition(depth - 1));
  return result;
}

s::Condition RandomTree::condition(int depth) {
  s::Condition result;
  switch (depth > 0 ? below(8) : 3 + below(5)) {
    case 0:
      result.node = s::Or{parts(depth)};
      break;
    case 1:
      result.node = s::And{parts(depth)};
      break;
    case 2: {
      s::Not negated;
      negated.part.push_back(condition(depth - 1));
      result.node = std::move(negated);
      break;
    }
    case 3:
      result.node = consent();
      break;
    case 4:
      result.node = s::Objection{};
      break;
    case 5: {
      s::Notice notice{.name = name(), .version = {}};
      if (chance(50)) notice.version = s::Integer{1 + below(5), {}};
      result.node = std::move(notice);
      break;
    }
    default:
      result.node = test();
  }
  return result;
}

s::Except RandomTree::except() {
  s::Except result;
  const int which = 1 + below(7);
  if ((result.has_data = (which & 1) != 0)) result.data = nodes();
  if ((result.has_purpose = (which & 2) != 0)) result.purpose = nodes();
  if ((result.has_partner = (which & 4) != 0)) result.partner = nodes();
  return result;
}

s::Basis RandomTree::basis() {
  s::Basis result;
  result.kind = chance(50) ? s::BasisKind::consent : static_cast<s::BasisKind>(below(7));
  if (result.kind == s::BasisKind::consent) result.consent = consent();
  return result;
}

std::vector<s::Clause> RandomTree::clauses(bool rule, bool allow) {
  std::vector<s::Clause> result;
  const auto add = [&](auto node) { result.push_back({.node = std::move(node), .span = {}}); };
  for (int i = below(3); i > 0; --i) add(except());
  for (int i = below(2); i > 0; --i) add(s::Because{text()});
  if (chance(50)) add(s::When{condition(3)});
  if (chance(50)) add(s::Unless{condition(3)});
  if (rule && chance(30)) add(s::From{date()});
  if (rule && chance(30)) add(s::Until{date()});
  if (allow) {
    add(basis());
    if (chance(50)) add(s::Keep{duration()});
    if (chance(50)) add(s::Benefit{.language = {}, .text = text()});
    for (const char* language : {"de", "pt-BR", "in"})
      if (chance(30))
        add(s::Benefit{.language = s::Name{.text = language, .span = {}, .quoted = false}, .text = text()});
    for (const char* duty : {"log", "keep", "Acme & co"})
      if (chance(30)) add(s::Oblige{s::Name{.text = duty, .span = {}, .quoted = quote_name(duty) != duty}});
  }
  std::shuffle(result.begin(), result.end(), random_);
  return result;
}

s::File RandomTree::file() {
  s::File result;
  for (int i = below(4); i >= 0; --i) {
    if (chance(70)) {
      s::Rule rule;
      rule.name = name();
      if (chance(40)) rule.title = text();
      rule.effect = chance(60) ? s::Effect::allow : s::Effect::deny;
      rule.scope = scope();
      rule.clauses = clauses(true, rule.effect == s::Effect::allow);
      result.statements.emplace_back(std::move(rule));
    } else {
      s::Assertion assertion;
      assertion.name = name();
      if (chance(40)) assertion.title = text();
      assertion.quantifier = chance(50) ? s::Quantifier::never : s::Quantifier::always;
      assertion.scope = scope();
      assertion.clauses = clauses(false, false);
      result.statements.emplace_back(std::move(assertion));
    }
  }
  return result;
}

}  // namespace zweck::test
