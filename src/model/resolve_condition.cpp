#include "model/resolve_condition.hpp"

#include <algorithm>
#include <array>

#include "grammar/format.hpp"
#include "model/reader.hpp"
#include "model/vocabulary.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/suggest.hpp"

namespace zweck {
namespace {

constexpr std::array<std::string_view, 3> dimension_names{"data", "purpose", "partner"};

bool is_ordered(TypeKind kind) {
  return kind == TypeKind::integer || kind == TypeKind::date || kind == TypeKind::duration;
}

// Whether values of the two types can be compared at all; whether they are sets is not looked at.
bool same_kind(const Type& a, const Type& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == TypeKind::node) return a.taxonomy == b.taxonomy;
  if (a.kind == TypeKind::choice)
    return std::any_of(a.choices.begin(), a.choices.end(), [&](std::int64_t choice) { return b.has_choice(choice); });
  return true;
}

std::string_view written(syntax::Operator op) {
  using enum syntax::Operator;
  switch (op) {
    case none: return "";
    case equal: return "=";
    case unequal: return "!=";
    case less: return "<";
    case less_equal: return "<=";
    case greater: return ">";
    case greater_equal: return ">=";
    case in: return "in";
    case has: return "has";
  }
  return "";
}

bool is_order(syntax::Operator op) {
  using enum syntax::Operator;
  return op == less || op == less_equal || op == greater || op == greater_equal;
}

std::vector<std::string_view> names_of(const auto& named) {
  std::vector<std::string_view> names;
  for (const auto& each : named) names.emplace_back(each.name);
  return names;
}

static_assert(static_cast<int>(TestOp::has) == static_cast<int>(syntax::Operator::has));

}  // namespace

Condition ConditionResolver::resolve(const syntax::Condition& syntax) {
  Condition condition;
  condition.span = syntax.span;
  const auto parts_of = [&](const std::vector<syntax::Condition>& parts) {
    for (const syntax::Condition& part : parts) condition.parts.push_back(resolve(part));
  };
  if (const auto* either = std::get_if<syntax::Or>(&syntax.node)) {
    condition.kind = Condition::Kind::any;
    parts_of(either->parts);
  } else if (const auto* all = std::get_if<syntax::And>(&syntax.node)) {
    condition.kind = Condition::Kind::all;
    parts_of(all->parts);
  } else if (const auto* negation = std::get_if<syntax::Not>(&syntax.node)) {
    condition.kind = Condition::Kind::negation;
    parts_of(negation->part);
  } else if (const auto* consent = std::get_if<syntax::Consent>(&syntax.node)) {
    condition.kind = Condition::Kind::consent;
    condition.index = intern(resolve(*consent));
  } else if (std::holds_alternative<syntax::Objection>(syntax.node)) {
    condition.kind = Condition::Kind::objection;
  } else if (const auto* notice = std::get_if<syntax::Notice>(&syntax.node)) {
    condition.kind = Condition::Kind::notice;
    condition.index = intern(resolve_notice(notice->name, notice->version));
  } else {
    condition.kind = Condition::Kind::test;
    Test test;
    if (resolve(std::get<syntax::Test>(syntax.node), syntax.span, test)) condition.index = intern(test);
  }
  return condition;
}

ConsentTest ConditionResolver::resolve(const syntax::Consent& consent) {
  ConsentTest test;
  test.explicit_ = consent.explicit_;
  if (consent.within) test.within = Duration{consent.within->seconds};
  if (consent.under) {
    const NoticeTest under = resolve_notice(*consent.under, consent.version);
    test.under = under.notice;
    test.version = under.version;
  }
  return test;
}

std::pair<std::uint32_t, std::uint32_t> ConditionResolver::resolve_basis(const syntax::Consent& consent) {
  ConsentTest test = resolve(consent);
  const std::uint32_t plain = intern(test);
  test.explicit_ = true;
  return {plain, intern(test)};
}

NoticeTest ConditionResolver::resolve_notice(const syntax::Name& name, const std::optional<syntax::Integer>& version) {
  const auto id = model_.vocabulary.find_notice(name.text);
  if (!id) {
    unknown("notice", name, [&] { return names_of(model_.vocabulary.notices); },
            "`notices` in the vocabulary lists those there are");
    return {};
  }
  const std::int64_t current = model_.vocabulary.notices[*id].version;
  if (!version) return {*id, current};
  if (version->value < 1)
    mismatch(version->span, "versions of a notice count from 1");
  else if (version->value > current)
    mismatch(version->span,
             "the notice " + ticked(name.text) + " has no version " + std::to_string(version->value) + " yet",
             "its current version is " + std::to_string(current));
  return {*id, version->value};
}

std::uint32_t ConditionResolver::intern(const ConsentTest& test) {
  const auto [it, added] = consent_ids_.emplace(test, model_.consent_tests.size());
  if (added) model_.consent_tests.push_back(test);
  return it->second;
}

std::uint32_t ConditionResolver::intern(const NoticeTest& test) {
  const auto [it, added] = notice_ids_.emplace(test, model_.notice_tests.size());
  if (added) model_.notice_tests.push_back(test);
  return it->second;
}

std::uint32_t ConditionResolver::intern(const Test& test) {
  TestKey key{test.left, test.op, test.own.has_value(), test.own.value_or(Operand{}), test.literals};
  const auto [it, added] = test_ids_.emplace(std::move(key), model_.tests.size());
  if (added) model_.tests.push_back(test);
  return it->second;
}

bool ConditionResolver::resolve(const syntax::Test& syntax, Span span, Test& test) {
  const auto* fact = std::get_if<syntax::Name>(&syntax.left);
  const auto left = fact ? resolve_fact(*fact) : resolve_own(std::get<syntax::Own>(syntax.left));
  if (!left) return false;
  test.left = left->operand;
  test.op = static_cast<TestOp>(syntax.op);

  if (syntax.op == syntax::Operator::none) {
    if (left->type.kind == TypeKind::boolean) return true;
    mismatch(span, ticked(left->shown) + " is no bool, so it cannot stand alone",
             "it is of type " + type_of(*left) + "; compare it with something");
    return false;
  }
  if (syntax.op == syntax::Operator::has && !left->type.set) {
    mismatch(span, "`has` asks a set, and " + ticked(left->shown) + " is a single value",
             "write `=` or `in` instead");
    return false;
  }
  if (syntax.op != syntax::Operator::has && left->type.set) {
    mismatch(span, ticked(left->shown) + " is a set, and `" + std::string(written(syntax.op)) + "` takes a single value",
             "write `" + left->shown + " has …`");
    return false;
  }
  if (is_order(syntax.op) && !is_ordered(left->type.kind)) {
    mismatch(span, "`" + std::string(written(syntax.op)) + "` orders ints, dates and durations, and " +
                       ticked(left->shown) + " is of type " + type_of(*left));
    return false;
  }
  if (syntax.op == syntax::Operator::in && left->type.kind == TypeKind::boolean) {
    mismatch(span, ticked(left->shown) + " is a bool, which stands alone or is compared by `=` or `!=`");
    return false;
  }

  if (const auto* own = std::get_if<syntax::Own>(&syntax.right)) {
    const auto right = resolve_own(*own);
    if (!right || !check_own(*left, *right, syntax, own->span)) return false;
    test.own = right->operand;
    return true;
  }
  if (const auto* literals = std::get_if<std::vector<syntax::Literal>>(&syntax.right))
    return check_literals(*left, *literals, true, syntax, test);
  return check_literals(*left, {std::get<syntax::Literal>(syntax.right)}, false, syntax, test);
}

bool ConditionResolver::check_own(const Side& left, const Side& right, const syntax::Test& syntax, Span span) {
  const bool wants_set = syntax.op == syntax::Operator::in;
  if (wants_set != right.type.set) {
    if (wants_set)
      mismatch(span, "`in` needs a set on its right, and " + ticked(right.shown) + " is a single value",
               "write `=` instead");
    else
      mismatch(span, ticked(right.shown) + " is a set, and `" + std::string(written(syntax.op)) +
                         "` needs a single value on its right",
               syntax.op == syntax::Operator::equal ? "write `in` instead" : "");
    return false;
  }
  if (same_kind(left.type, right.type)) return true;
  mismatch(span, ticked(left.shown) + " and " + ticked(right.shown) + " cannot be compared",
           ticked(left.shown) + " is of type " + type_of(left) + ", " + ticked(right.shown) + " of type " +
               type_of(right));
  return false;
}

bool ConditionResolver::check_literals(const Side& left, const std::vector<syntax::Literal>& literals, bool braces,
                                       const syntax::Test& syntax, Test& test) {
  const bool is_in = syntax.op == syntax::Operator::in;
  if (is_in && !braces && left.type.kind != TypeKind::node) {
    mismatch(syntax::span_of(literals.front()), "`in` needs a set on its right",
             "write the values in braces, `{a, b}`, or `=` for a single one");
    return false;
  }
  bool fine = true;
  for (const syntax::Literal& literal : literals) {
    if (const auto value = resolve_literal(left, literal, syntax.op))
      test.literals.push_back(*value);
    else
      fine = false;
  }
  std::sort(test.literals.begin(), test.literals.end());
  test.literals.erase(std::unique(test.literals.begin(), test.literals.end()), test.literals.end());
  return fine;
}

std::optional<std::int64_t> ConditionResolver::resolve_literal(const Side& left, const syntax::Literal& literal,
                                                               syntax::Operator op) {
  const Span span = syntax::span_of(literal);
  const Vocabulary& vocabulary = model_.vocabulary;
  const auto* name = std::get_if<syntax::Name>(&literal);
  switch (left.type.kind) {
    case TypeKind::boolean:
      if (const auto* boolean = std::get_if<syntax::Boolean>(&literal)) return boolean->value;
      break;
    case TypeKind::integer:
      if (const auto* integer = std::get_if<syntax::Integer>(&literal)) {
        if (integer->value >= left.type.min && integer->value <= left.type.max) return integer->value;
        mismatch(span, ticked(left.shown) + " is never " + std::to_string(integer->value),
                 "it is of type " + type_of(left));
        return std::nullopt;
      }
      break;
    case TypeKind::date:
      if (const auto* date = std::get_if<syntax::Date>(&literal)) return date->days;
      break;
    case TypeKind::duration:
      if (const auto* duration = std::get_if<syntax::Duration>(&literal)) return duration->seconds;
      break;
    case TypeKind::string:
      if (name && name->quoted) return model_.vocabulary.intern(name->text);
      if (name) {
        mismatch(span,
                 ticked(left.shown) + (left.type.set ? " holds strings" : " is a string") +
                     ", and strings are written in quotes",
                 "write `" + quote_string(name->text) + "`");
        return std::nullopt;
      }
      break;
    case TypeKind::choice:
      if (name) return resolve_choice(left, *name);
      break;
    case TypeKind::node:
      if (name) return resolve_node(left, *name, op);
      break;
  }
  std::string help = ticked(left.shown) + " is of type " + type_of(left);
  if (left.type.kind == TypeKind::date) help += ", written like `2026-05-01`";
  if (left.type.kind == TypeKind::duration) help += ", written like `30 days`";
  if (name && vocabulary.find_fact(name->text)) help += "; the right side cannot be a fact";
  mismatch(span, ticked(model_.sources.text(span)) + " does not fit " + ticked(left.shown), help);
  return std::nullopt;
}

std::optional<std::int64_t> ConditionResolver::resolve_choice(const Side& left, const syntax::Name& name) {
  const Vocabulary& vocabulary = model_.vocabulary;
  if (const auto id = vocabulary.find_string(name.text); id && left.type.has_choice(*id)) return *id;
  std::string help;
  if (mistakes_.shown()) {
    std::vector<std::string_view> known;
    for (const std::int64_t choice : left.type.choices)
      known.push_back(vocabulary.strings[static_cast<std::size_t>(choice)]);
    help = did_you_mean(name.text, known);
    if (help.empty()) help = "it is of type " + type_of(left);
  }
  mismatch(name.span, ticked(left.shown) + (left.type.set ? " never holds " : " is never ") + ticked(name.text),
           std::move(help));
  return std::nullopt;
}

std::optional<std::int64_t> ConditionResolver::resolve_node(const Side& left, const syntax::Name& name,
                                                            syntax::Operator op) {
  const Taxonomy& taxonomy = model_.vocabulary.taxonomies[left.type.taxonomy];
  const auto node = taxonomy.find(name.text);
  if (!node) {
    std::string elsewhere;
    for (const Taxonomy& other : model_.vocabulary.taxonomies)
      if (elsewhere.empty() && other.find(name.text)) elsewhere = ticked(name.text) + " is a " + kind_of(other);
    if (elsewhere.empty() && model_.vocabulary.find_fact(name.text))
      elsewhere = ticked(name.text) + " is a fact, and the right side cannot be one";
    unknown(thing_of(taxonomy), name,
            [&] { return elsewhere.empty() ? taxonomy.names() : std::vector<std::string_view>(); }, elsewhere);
    return std::nullopt;
  }
  if (op == syntax::Operator::in || op == syntax::Operator::has || taxonomy.is_leaf(*node)) return *node;
  const std::string whole = left.shown + " in " + quote_name(name.text);
  mismatch(name.span, ticked(name.text) + " is a group, and `" + std::string(written(op)) + "` compares single values",
           "write " + ticked(op == syntax::Operator::equal ? whole : "not (" + whole + ")") +
               " for everything below it");
  return std::nullopt;
}

std::optional<ConditionResolver::Side> ConditionResolver::resolve_fact(const syntax::Name& name) {
  if (const auto fact = model_.vocabulary.find_fact(name.text))
    return Side{{Operand::Kind::fact, Dimension::data, *fact}, model_.vocabulary.facts[*fact].type, name.text};
  std::string attribute;
  for (std::size_t d = 0; d < 3; ++d)
    if (model_.vocabulary.find_attribute(static_cast<Dimension>(d), name.text))
      attribute = "did you mean `" + std::string(dimension_names[d]) + "." + name.text + "`?";
  if (attribute.empty())
    unknown("fact", name, [&] { return names_of(model_.vocabulary.facts); },
            "`facts` in the vocabulary lists those there are");
  else
    unknown("fact", name, [] { return std::vector<std::string_view>(); }, attribute);
  return std::nullopt;
}

std::optional<ConditionResolver::Side> ConditionResolver::resolve_own(const syntax::Own& own) {
  const auto dimension = static_cast<Dimension>(own.dimension);
  const auto d = static_cast<std::size_t>(dimension);
  const std::string shown(dimension_names[d]);
  if (!own.attribute) {
    Type type;
    type.kind = TypeKind::node;
    type.taxonomy = static_cast<std::uint32_t>(d);
    return Side{{Operand::Kind::node, dimension, 0}, type, shown};
  }
  if (const auto attribute = model_.vocabulary.find_attribute(dimension, own.attribute->text))
    return Side{{Operand::Kind::attribute, dimension, *attribute},
                model_.vocabulary.attributes[d][*attribute].type,
                shown + "." + own.attribute->text};
  unknown("attribute of " + shown, *own.attribute, [&] { return names_of(model_.vocabulary.attributes[d]); },
          "`attributes` in the vocabulary lists those there are");
  return std::nullopt;
}

void ConditionResolver::unknown(std::string_view kind, const syntax::Name& name, const Names& known,
                                const std::string& help) {
  const std::string near = mistakes_.shown() ? did_you_mean(name.text, known()) : "";
  mistakes_.add("unknown-name", "there is no " + std::string(kind) + " " + ticked(name.text),
                near.empty() ? help : near, name.span);
}

void ConditionResolver::mismatch(Span span, std::string message, std::string help) {
  mistakes_.add("type-mismatch", std::move(message), std::move(help), span);
}

// Types that list many values are cut.
std::string ConditionResolver::type_of(const Side& side) const {
  return mistakes_.shown() ? ticked(to_string(model_.vocabulary, side.type)) : std::string();
}

}  // namespace zweck
