#include "engine/explain_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar/format.hpp"
#include "model/vocabulary.hpp"

namespace zweck {

namespace {

constexpr std::array<std::string_view, 3> dimension_names{"data", "purpose", "partner"};

std::size_t index_of(Dimension dimension) { return static_cast<std::size_t>(dimension); }

NodeId node_of(const Point& point, Dimension dimension) {
  return dimension == Dimension::data ? point.data : dimension == Dimension::purpose ? point.purpose : point.partner;
}

const Type& type_of(const Vocabulary& vocabulary, const Operand& operand) {
  static const std::array<Type, 3> nodes{Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 0},
                                         Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 1},
                                         Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 2}};
  switch (operand.kind) {
    case Operand::Kind::fact:
      return vocabulary.facts[operand.index].type;
    case Operand::Kind::attribute:
      return vocabulary.attributes[index_of(operand.dimension)][operand.index].type;
    case Operand::Kind::node:
      break;
  }
  return nodes[index_of(operand.dimension)];
}

std::string operand_text(const Vocabulary& vocabulary, const Operand& operand) {
  const std::string dimension(dimension_names[index_of(operand.dimension)]);
  switch (operand.kind) {
    case Operand::Kind::fact:
      return quote_name(vocabulary.facts[operand.index].name);
    case Operand::Kind::attribute:
      return dimension + "." + quote_name(vocabulary.attributes[index_of(operand.dimension)][operand.index].name);
    case Operand::Kind::node:
      break;
  }
  return dimension;
}

std::string literal_text(const Vocabulary& vocabulary, const Type& type, std::int64_t literal) {
  switch (type.kind) {
    case TypeKind::boolean:
      return literal != 0 ? "true" : "false";
    case TypeKind::integer:
      return std::to_string(literal);
    case TypeKind::string:
      return quote_string(vocabulary.strings[static_cast<std::size_t>(literal)]);
    case TypeKind::date:
      return to_string(Date{literal});
    case TypeKind::duration:
      return to_string(Duration{literal});
    case TypeKind::choice:
      return quote_name(vocabulary.strings[static_cast<std::size_t>(literal)]);
    case TypeKind::node:
      break;
  }
  return quote_name(vocabulary.taxonomies[type.taxonomy].nodes[static_cast<std::size_t>(literal)].name);
}

std::string version_text(const Vocabulary& vocabulary, NoticeId notice, std::int64_t version) {
  std::string out = quote_name(vocabulary.notices[notice].name);
  // The current version is what is meant without one.
  if (version != vocabulary.notices[notice].version) out += fmt::format(" version {}", version);
  return out;
}

std::string_view symbol(TestOp op) {
  constexpr std::array<std::string_view, 9> symbols{"", "=", "!=", "<", "<=", ">", ">=", "in", "has"};
  return symbols[static_cast<std::size_t>(op)];
}

// A part within `all`, `any` or `not`: `and` binds tighter than `or`, `not` tighter than both.
std::string part_text(const Model& model, const Condition& part, Condition::Kind outer) {
  const bool loose =
      part.kind == Condition::Kind::any || (part.kind == Condition::Kind::all && outer != Condition::Kind::any);
  const bool same = part.kind == outer && outer != Condition::Kind::negation;
  const std::string text = condition_text(model, part);
  return loose && !same ? "(" + text + ")" : text;
}

}  // namespace

std::string in_backticks(std::string_view text) { return fmt::format("`{}`", text); }

std::string join_words(const std::vector<std::string>& words, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? last : ", ";
    out += words[i];
  }
  return out;
}

std::string source_text(const Sources& sources, Span span) {
  if (span.file >= sources.size()) return {};
  std::string out;
  bool quoted = false, blank = false;
  const std::string_view text = sources.text(span);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!quoted && c == '#') i = std::min(text.find('\n', i), text.size() - 1);
    if (!quoted && (c == '#' || c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
    if (quoted && c == '\\' && i + 1 < text.size()) {
      out += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    }
  }
  return out;
}

std::string test_text(const Vocabulary& vocabulary, const Test& test) {
  std::string out = operand_text(vocabulary, test.left);
  if (test.op == TestOp::is_true) return out;
  out += fmt::format(" {} ", symbol(test.op));
  if (test.own) return out + operand_text(vocabulary, *test.own);
  const Type& type = type_of(vocabulary, test.left);
  std::string literals;
  for (const std::int64_t literal : test.literals) {
    literals += (literals.empty() ? "" : ", ") + literal_text(vocabulary, type, literal);
  }
  // `in` takes braces, except that one node may stand alone.
  const bool braces = test.op == TestOp::in && !(type.kind == TypeKind::node && test.literals.size() == 1);
  return out + (braces ? "{" + literals + "}" : literals);
}

std::string consent_text(const Vocabulary& vocabulary, const ConsentTest& test) {
  std::string out = test.explicit_ ? "explicit consent" : "consent";
  if (test.within) out += " within " + to_string(*test.within);
  if (test.under) out += " under " + version_text(vocabulary, *test.under, test.version);
  return out;
}

std::string condition_text(const Model& model, const Condition& condition) {
  const auto joined = [&](std::string_view word) {
    std::string out;
    for (const Condition& part : condition.parts) {
      if (!out.empty()) out += word;
      out += part_text(model, part, condition.kind);
    }
    return out;
  };
  switch (condition.kind) {
    case Condition::Kind::all:
      return joined(" and ");
    case Condition::Kind::any:
      return joined(" or ");
    case Condition::Kind::negation: {
      const Condition& part = condition.parts.front();
      // `not not x` needs brackets in the grammar.
      const std::string text = part_text(model, part, condition.kind);
      return part.kind == Condition::Kind::negation ? "not (" + text + ")" : "not " + text;
    }
    case Condition::Kind::consent:
      return consent_text(model.vocabulary, model.consent_tests[condition.index]);
    case Condition::Kind::objection:
      return "objection";
    case Condition::Kind::notice: {
      const NoticeTest& test = model.notice_tests[condition.index];
      return "notice " + version_text(model.vocabulary, test.notice, test.version);
    }
    case Condition::Kind::test:
      break;
  }
  return test_text(model.vocabulary, model.tests[condition.index]);
}

std::string basis_text(const Model& model, const Rule& rule) {
  constexpr std::array<std::string_view, 7> names{"consent",        "contract",    "legal-obligation",
                                                  "vital-interest", "public-task", "legitimate-interest",
                                                  "not-personal"};
  if (rule.basis == Basis::consent) return consent_text(model.vocabulary, model.consent_tests[rule.consent]);
  return std::string(names[static_cast<std::size_t>(rule.basis)]);
}

std::string side_text(const Taxonomy& taxonomy, const NodeSet& side, std::size_t most) {
  if (side.any) return "any";
  std::string out;
  const std::size_t shown = side.nodes.size() <= most ? side.nodes.size() : most - 1;
  for (std::size_t i = 0; i < shown; ++i) {
    out += (out.empty() ? "" : ", ") + quote_name(taxonomy.nodes[side.nodes[i]].name);
  }
  if (shown < side.nodes.size()) out += fmt::format(" and {} more", side.nodes.size() - shown);
  return out;
}

std::string except_text(const Vocabulary& vocabulary, const Box& except) {
  std::string out;
  const auto add = [&](std::string_view word, std::size_t side) {
    if (except.sides[side].any) return;
    if (!out.empty()) out += ' ';
    out += word;
    out += side_text(vocabulary.taxonomies[side], except.sides[side], 4);
  };
  add("", 0);
  add("for ", 1);
  add("by ", 2);
  return out.empty() ? "any" : out;
}

std::string operand_found(const Vocabulary& vocabulary, const Operand& operand, const Point& point,
                          const std::vector<Value>& facts) {
  const std::size_t dimension = index_of(operand.dimension);
  const NodeId node = node_of(point, operand.dimension);
  const std::string own =
      fmt::format("{} `{}`", dimension_names[dimension], vocabulary.taxonomies[dimension].nodes[node].name);
  if (operand.kind == Operand::Kind::node) {
    return fmt::format("the {} is `{}`", dimension_names[dimension], vocabulary.taxonomies[dimension].nodes[node].name);
  }
  const bool is_fact = operand.kind == Operand::Kind::fact;
  const Type& type = type_of(vocabulary, operand);
  const Value& value = is_fact ? facts[operand.index] : vocabulary.attributes[dimension][operand.index].values[node];
  const std::string subject =
      is_fact ? in_backticks(vocabulary.facts[operand.index].name)
              : fmt::format("`{}` of {}", vocabulary.attributes[dimension][operand.index].name, own);
  if (value.missing()) return subject + (is_fact ? " is not given" : " is not known");
  if (value.state == Value::State::set) {
    if (value.members.empty()) return subject + " is empty";
    return fmt::format("{} is {}", subject, to_string(vocabulary, type, value));
  }
  if (type.kind == TypeKind::string && value.one == foreign_string) {
    return subject + " is a text that no rule speaks of";
  }
  if (type.kind == TypeKind::node) {
    const Taxonomy& taxonomy = vocabulary.taxonomies[type.taxonomy];
    const std::size_t leaves = taxonomy.leaves_below(static_cast<NodeId>(value.one)).size();
    const std::string& name = taxonomy.nodes[static_cast<std::size_t>(value.one)].name;
    if (!taxonomy.is_leaf(static_cast<NodeId>(value.one))) {
      return fmt::format("{} is `{}`, which may be any of {}", subject, name, leaves);
    }
    return fmt::format("{} is `{}`", subject, name);
  }
  if (type.kind == TypeKind::choice) return fmt::format("{} is `{}`", subject, to_string(vocabulary, type, value));
  return fmt::format("{} is {}", subject, to_string(vocabulary, type, value));
}

std::string scope_words(const Vocabulary& vocabulary, const Event& event) {
  const auto side = [&](std::size_t dimension) {
    const NodeId node = event.scope[dimension];
    if (node == any_node) return fmt::format("any {}", dimension_names[dimension]);
    return in_backticks(vocabulary.taxonomies[dimension].nodes[node].name);
  };
  if (std::all_of(event.scope.begin(), event.scope.end(), [](NodeId node) { return node == any_node; })) {
    return "everything";
  }
  return fmt::format("{} for {} by {}", side(0), side(1), side(2));
}

std::string day_words(Time time, Time now) {
  std::string text = to_string(time);
  if (text.substr(0, 10) != to_string(now).substr(0, 10)) return text.substr(0, 10);
  return fmt::format("{} {} UTC", text.substr(0, 10), text.substr(11, 5));
}

}  // namespace zweck
