// Rules and vocabularies as text.
#include "reference/write.hpp"

#include <algorithm>
#include <map>

#include "reference/calendar.hpp"
#include "reference/reference.hpp"

namespace reference {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

namespace {

bool plain(const std::string& name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (name.empty() || !letter(name.front()) || name.back() == '.' || name.back() == '-') return false;
  return std::ranges::all_of(
      name, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'; });
}

// --- Rules -----------------------------------------------------------------------------------------------------------

bool keyword(const std::string& word) {
  static const Set keywords{"rule",
                            "assert",
                            "allow",
                            "deny",
                            "never",
                            "always",
                            "any",
                            "for",
                            "by",
                            "except",
                            "when",
                            "unless",
                            "from",
                            "until",
                            "basis",
                            "benefit",
                            "keep",
                            "oblige",
                            "because",
                            "contract",
                            "legal-obligation",
                            "explicit",
                            "consent",
                            "within",
                            "under",
                            "vital-interest",
                            "public-task",
                            "legitimate-interest",
                            "version",
                            "notice",
                            "and",
                            "or",
                            "not",
                            "not-personal",
                            "objection",
                            "in",
                            "has",
                            "data",
                            "purpose",
                            "partner",
                            "true",
                            "false",
                            "minute",
                            "minutes",
                            "hour",
                            "hours",
                            "day",
                            "days",
                            "week",
                            "weeks",
                            "month",
                            "months",
                            "year",
                            "years"};
  return keywords.contains(word);
}

std::string name(const std::string& text, Dice& dice) {
  const bool must = !plain(text) || keyword(text) || text.starts_with("data.") || text.starts_with("purpose.") ||
                    text.starts_with("partner.");
  return must || dice.chance(4) ? quoted(text) : text;
}

std::string duration(std::int64_t seconds, Dice& dice) {
  static const std::vector<std::pair<std::string, std::int64_t>> units{{"minute", 60},         {"hour", 3'600},
                                                                       {"day", 86'400},        {"week", 7 * 86'400},
                                                                       {"month", 30 * 86'400}, {"year", 365 * 86'400}};
  std::vector<std::string> ways;
  for (const auto& [unit, length] : units)
    if (seconds % length == 0)
      ways.push_back(std::to_string(seconds / length) + " " + unit + (seconds == length ? "" : "s"));
  return dice.pick(ways);
}

std::string nodes(const Names& names, Dice& dice) {
  std::string result;
  for (const std::string& one : names.names) result += (result.empty() ? "" : ", ") + name(one, dice);
  return result.empty() ? "any" : result;
}

std::string scope(const Box& box, Dice& dice) {
  return nodes(box[0], dice) + " for " + nodes(box[1], dice) + " by " + nodes(box[2], dice);
}

std::string except(const Box& box, Dice& dice) {
  const auto written = [&](int side) { return !box[side].names.empty() || dice.chance(20); };
  std::string result = "except";
  if (written(0)) result += " " + nodes(box[0], dice);
  if (written(1)) result += " for " + nodes(box[1], dice);
  if (written(2)) result += " by " + nodes(box[2], dice);
  return result;
}

std::string operand(const Operand& one, Dice& dice) {
  if (!one.own) return name(one.name, dice);
  return one.name.empty() ? one.dimension : one.dimension + "." + name(one.name, dice);
}

std::string literal(const Type& type, const Value& value, Dice& dice) {
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (type.kind == Type::Kind::date) return date_text(std::get<std::int64_t>(value));
  if (type.kind == Type::Kind::duration) return duration(std::get<std::int64_t>(value), dice);
  if (const std::int64_t* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  const std::string& text = std::get<std::string>(value);
  return type.kind == Type::Kind::string ? quoted(text) : name(text, dice);
}

std::string consent(const Consent& one, Dice& dice) {
  std::string result = one.explicit_ ? "explicit consent" : "consent";
  if (one.within) result += " within " + duration(*one.within, dice);
  if (!one.under.empty()) result += " under " + name(one.under, dice);
  if (one.version) result += " version " + std::to_string(*one.version);
  return result;
}

std::string test(const World& world, const Test& one, Dice& dice) {
  std::string result = operand(one.left, dice);
  if (one.op.empty()) return result;
  result += " " + one.op + " ";
  if (one.right) return result + operand(*one.right, dice);
  const Type type = type_of(world, one.left);
  std::string list;
  for (const Value& value : one.literals) list += (list.empty() ? "" : ", ") + literal(type, value, dice);
  return result + (one.braces ? "{" + list + "}" : list);
}

// Condition, conjunction or negation: how tightly the place binds.
std::string condition(const World& world, const Condition& one, int tightness, Dice& dice) {
  const auto joined = [&](const char* word, int inner) {
    std::string result;
    for (const Condition& part : one.parts)
      result += (result.empty() ? "" : std::string(" ") + word + " ") + condition(world, part, inner, dice);
    return result;
  };
  std::string result;
  int own = 2;
  switch (one.kind) {
    case Condition::Kind::any:
      result = joined("or", 1);
      own = 0;
      break;
    case Condition::Kind::all:
      result = joined("and", 2);
      own = 1;
      break;
    case Condition::Kind::negation:
      result = "not " + condition(world, one.parts.front(), 3, dice);
      break;
    case Condition::Kind::consent:
      result = consent(one.consent, dice);
      own = 3;
      break;
    case Condition::Kind::objection:
      result = "objection";
      own = 3;
      break;
    case Condition::Kind::notice:
      result = "notice " + name(one.notice, dice) + (one.version ? " version " + std::to_string(*one.version) : "");
      own = 3;
      break;
    case Condition::Kind::test:
      result = test(world, one.test, dice);
      own = 3;
      break;
  }
  return own < tightness || dice.chance(4) ? "(" + result + ")" : result;
}

std::string lines(std::string head, std::vector<std::string> clauses, Dice& dice) {
  dice.shuffle(clauses);
  const std::string between = dice.chance(90) ? "\n  " : " ";
  for (const std::string& clause : clauses) {
    head += between + clause;
    if (dice.chance(3)) head += "  # a comment with rule x deny in it\n  ";
  }
  return head + "\n";
}

std::string text_of(const Assertion& one, const World& world, Dice& dice) {
  const std::string head =
      "assert " + name(one.name, dice) + (one.always ? " always" : " never") + " allow " + scope(one.scope, dice);
  std::vector<std::string> clauses;
  for (const Box& box : one.excepts) clauses.push_back(except(box, dice));
  if (one.when) clauses.push_back("when " + text_of(world, *one.when, dice));
  if (one.unless) clauses.push_back("unless " + text_of(world, *one.unless, dice));
  return lines(head, clauses, dice);
}

// --- Vocabulary ------------------------------------------------------------------------------------------------------

std::string yaml(const std::string& text, Dice& dice) { return plain(text) && !dice.chance(5) ? text : quoted(text); }

// A key never stands plain where YAML or an eager reader could take it for something else.
std::string key(const std::string& text, Dice& dice) {
  static const Set risky{"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  return risky.contains(text) ? quoted(text) : yaml(text, dice);
}

std::string list(const std::vector<std::string>& texts, Dice& dice) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + key(text, dice);
  return "[" + result + "]";
}

std::string one_or_list(const std::vector<std::string>& texts, Dice& dice) {
  return texts.size() == 1 && dice.chance(70) ? key(texts.front(), dice) : list(texts, dice);
}

std::string yaml_value(const Type& type, const Value& value, Dice& dice) {
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const Set* set = std::get_if<Set>(&value)) return list({set->begin(), set->end()}, dice);
  if (type.kind == Type::Kind::date) return date_text(std::get<std::int64_t>(value));
  if (type.kind == Type::Kind::duration) return duration(std::get<std::int64_t>(value), dice);
  if (const std::int64_t* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return key(std::get<std::string>(value), dice);
}

std::string type_text(const Declared& declared, Dice& dice) {
  const Type& type = declared.type;
  std::string result = type.set ? "set of " : "";
  switch (type.kind) {
    case Type::Kind::boolean:
      result += "bool";
      break;
    case Type::Kind::integer:
      result += "int";
      if (type.min) result += " " + std::to_string(*type.min) + ".." + std::to_string(*type.max);
      break;
    case Type::Kind::string:
      result += "string";
      break;
    case Type::Kind::date:
      result += "date";
      break;
    case Type::Kind::duration:
      result += "duration";
      break;
    case Type::Kind::choice:
      result += "one of ";
      for (std::size_t i = 0; i < type.choices.size(); ++i)
        result += (i == 0 ? "" : ", ") + name(type.choices[i], dice);
      break;
    case Type::Kind::node:
      result += type.taxonomy;
      break;
  }
  if (!declared.fallback) return result;
  result += " = ";
  if (const Set* set = std::get_if<Set>(&*declared.fallback)) {
    std::string members;
    for (const std::string& member : *set) members += (members.empty() ? "" : ", ") + name(member, dice);
    return result + "{" + members + "}";
  }
  if (const std::string* text = std::get_if<std::string>(&*declared.fallback)) return result + name(*text, dice);
  return result + yaml_value(type, *declared.fallback, dice);
}

// A text that holds names in quotes is quoted as a whole: who knows what is in them.
std::string scalar(const std::string& text, Dice& dice) {
  return text.find('"') != std::string::npos || dice.chance(20) ? quoted(text) : text;
}

std::string node_text(const World& world, const std::string& dimension, const Node& node, Dice& dice, Remarks remarks) {
  std::vector<std::string> keys;
  if (!node.in.empty()) keys.push_back("in: " + one_or_list(node.in, dice));
  if (node.separate) keys.push_back("separate: true");
  if (node.since) keys.push_back("since: " + date_text(*node.since));
  if (!node.derived_from.empty()) keys.push_back("derived-from: " + one_or_list(node.derived_from, dice));
  for (const auto& [attribute, value] : node.attributes) {
    const Type type = declared(world, dimension, attribute).type;
    keys.push_back(key(attribute, dice) + ": " + yaml_value(type, value, dice));
  }
  if (remarks == Remarks::some && dice.chance(5))
    keys.push_back("label: " + std::string(dice.chance(50) ? "A label" : "{en: A label}"));
  dice.shuffle(keys);
  if (keys.empty()) return dice.chance(50) ? " {}\n" : "\n";
  std::string result;
  const bool block = dice.chance(40);
  for (const std::string& one : keys) result += block ? "      " + one + "\n" : (result.empty() ? "" : ", ") + one;
  return block ? "\n" + result : " {" + result + "}\n";
}

}  // namespace

std::string text_of(const World& world, const Condition& one, Dice& dice) { return condition(world, one, 0, dice); }

std::string text_of(const Rule& rule, const World& world, Dice& dice, Remarks remarks) {
  const auto remark = [&](unsigned percent) { return remarks == Remarks::some && dice.chance(percent); };
  std::string head = "rule " + name(rule.name, dice) + (remark(10) ? " \"Title of \\\"it\\\"\"" : "") +
                     (rule.allow ? " allow " : " deny ") + scope(rule.scope, dice);
  std::vector<std::string> clauses;
  for (const Box& box : rule.excepts) clauses.push_back(except(box, dice));
  if (rule.when) clauses.push_back("when " + text_of(world, *rule.when, dice));
  if (rule.unless) clauses.push_back("unless " + text_of(world, *rule.unless, dice));
  if (rule.from) clauses.push_back("from " + date_text(*rule.from));
  if (rule.until) clauses.push_back("until " + date_text(*rule.until));
  if (rule.allow) clauses.push_back("basis " + (rule.basis == "consent" ? consent(rule.consent, dice) : rule.basis));
  if (rule.keep) clauses.push_back("keep " + duration(*rule.keep, dice));
  for (const std::string& one : rule.oblige) clauses.push_back("oblige " + name(one, dice));
  if (rule.allow && remark(5)) clauses.push_back("benefit de \"Nutzen\"");
  if (remark(5)) clauses.push_back("because \"reasons\"");
  return lines(head, clauses, dice);
}

Files files_of(const World& world, Dice dice, Remarks remarks) {
  // Section (with the section below it, if any) and the lines of one entry.
  struct Entry {
    std::string section, part, text;
  };
  std::vector<Entry> entries;
  for (const auto& [name, taxonomy] : world.taxonomies) {
    const bool main = name == "data" || name == "purpose" || name == "partner";
    const std::string section = name == "purpose" ? "purposes" : name == "partner" ? "partners" : name;
    for (const auto& [node, content] : taxonomy) {
      const std::string text = "    " + key(node, dice) + ":" + node_text(world, name, content, dice, remarks);
      entries.push_back(main ? Entry{section, "", text} : Entry{"taxonomies", name, text});
    }
  }
  for (const auto& [dimension, attributes] : world.attributes) {
    for (const auto& [attribute, declared] : attributes) {
      const std::string type = type_text(declared, dice);
      entries.push_back({"attributes", dimension, "    " + key(attribute, dice) + ": " + scalar(type, dice) + "\n"});
    }
  }
  for (const auto& [fact, declared] : world.facts)
    entries.push_back({"facts", "", "    " + key(fact, dice) + ": " + scalar(type_text(declared, dice), dice) + "\n"});
  for (const auto& [notice, version] : world.notices)
    entries.push_back({"notices", "", "    " + key(notice, dice) + ": {version: " + std::to_string(version) + "}\n"});
  for (const std::string& one : world.obligations)
    entries.push_back({"obligations", "", "    - " + key(one, dice) + "\n"});
  dice.shuffle(entries);

  const std::size_t vocabularies = 1 + dice.below(3), rule_files = 1 + dice.below(3);
  std::vector<std::map<std::string, std::map<std::string, std::string>>> sections(vocabularies);
  for (const Entry& entry : entries) sections[dice.below(vocabularies)][entry.section][entry.part] += entry.text;
  Files files;
  for (std::size_t i = 0; i < vocabularies; ++i) {
    std::string text;
    for (const auto& [section, parts] : sections[i]) {
      text += section + ":\n";
      for (const auto& [part, lines] : parts) {
        if (part.empty()) {
          text += lines;
          continue;
        }
        std::string deeper = "  " + part + ":\n";
        deeper += lines;
        text += deeper;
      }
    }
    files.emplace_back("v" + std::to_string(i) + ".vocab.yaml", text);
  }

  std::vector<std::string> statements;
  for (const Rule& rule : world.rules) statements.push_back(text_of(rule, world, dice, remarks));
  for (const Assertion& assertion : world.assertions) statements.push_back(text_of(assertion, world, dice));
  dice.shuffle(statements);
  std::vector<std::string> texts(rule_files);
  for (const std::string& statement : statements) texts[dice.below(rule_files)] += statement + "\n";
  for (std::size_t i = 0; i < rule_files; ++i) files.emplace_back("r" + std::to_string(i) + ".zweck", texts[i]);
  dice.shuffle(files);
  return files;
}

}  // namespace reference
