// Random vocabularies and rules.
#include "reference/random.hpp"

#include <algorithm>

#include "reference/calendar.hpp"

namespace reference {
namespace {

const std::int64_t today = days_of(2026, 6, 10);

class WorldMaker {
 public:
  WorldMaker(Dice& dice, const Taste& taste, World world = {}) : dice_(dice), taste_(taste), world_(std::move(world)) {}

  World make() {
    // Few worlds have everything: most errors need little, and show best in small worlds.
    for (const std::string& dimension : dimensions)
      add_taxonomy(dimension, 1 + dice_.below(dimension == "data" ? taste_.nodes : (taste_.nodes + 2) / 2));
    for (std::size_t i = dice_.below(3); i > 0; --i) add_taxonomy("kind" + std::to_string(i), 1 + dice_.below(6));
    for (std::size_t i = dice_.below(taste_.notices + 1); i > 0; --i)
      world_.notices[name("n", i)] = dice_.between(1, 3);
    for (std::size_t i = dice_.below(taste_.obligations + 1); i > 0; --i) world_.obligations.insert(name("o", i));
    for (std::size_t i = dice_.below(taste_.facts + 1); i > 0; --i) world_.facts[name("f", i)] = declared();
    for (const std::string& dimension : dimensions)
      for (std::size_t i = dice_.below(taste_.attributes + 1); i > 0; --i)
        world_.attributes[dimension][name("a", i)] = declared();
    for (const std::string& dimension : dimensions) add_attributes(dimension);
    add_sources();
    for (std::size_t i = 1 + dice_.below(taste_.rules); i > 0; --i) world_.rules.push_back(rule(name("r", i)));
    if (dice_.chance(10)) world_.assertions.push_back(assertion("claim"));
    return world_;
  }

  Assertion assertion(const std::string& name) {
    Assertion result{name, dice_.chance(40), box(50), {}, {}, {}};
    for (std::size_t i = dice_.pick(std::vector<std::size_t>{0, 0, 0, 1}); i > 0; --i) {
      const Box except = box(50);
      if (!is_any(except)) result.excepts.push_back(except);
    }
    if (dice_.chance(60)) result.when = condition(2);
    if (dice_.chance(25)) result.unless = condition(1);
    return result;
  }

  // A few changes of the kind that a review is about. No name goes away that something else may use.
  World vary() {
    for (std::size_t i = 1 + dice_.below(3); i > 0; --i) vary_once();
    return world_;
  }

  World rearrange() {
    for (std::size_t i = 1 + dice_.below(2); i > 0; --i) rearrange_once(i);
    for (const std::string& dimension : dimensions)
      for (const std::string& attribute : attributes_of(dimension))
        agree_on(dimension, attribute, reference::declared(world_, dimension, attribute).type);
    return world_;
  }

 private:
  // Different for each number, and in no particular order of bytes.
  std::string name(const std::string& kind, std::size_t number) {
    static const std::vector<std::string> odd{
        "when", "data.x", "Acme & S\xc3\xb6hne", "1st",       "#hash",   "true", "a \"quote\"", "x-",   "purpose",
        "no",   "null",   "back\\slash",         "partner.y", "consent", "day",  "~",           "a: b", "- c"};
    const std::string digit = std::to_string(number);
    if (!dice_.chance(taste_.odd_names)) return std::string(1, "qdzam"[(number * 3 + kind[0]) % 5]) + kind + digit;
    std::string result = dice_.pick(odd);
    if (used_.insert(result).second) return result;
    return result + " " + kind + digit;
  }

  std::string any_node(const std::string& taxonomy) { return dice_.pick(world_.taxonomies.at(taxonomy)).first; }

  std::string any_leaf(const std::string& taxonomy) {
    if (!names_) names_.emplace(world_);
    return dice_.pick(names_->leaves(taxonomy, any_node(taxonomy)));
  }

  void add_taxonomy(const std::string& taxonomy, std::size_t count) {
    std::vector<std::string> names;
    const bool main = std::ranges::find(dimensions, taxonomy) != dimensions.end();
    const unsigned separate = dice_.chance(50) ? 0 : 20, since = dice_.chance(50) ? 0 : 20;
    for (std::size_t i = 0; i < count; ++i) {
      Node node;
      for (std::size_t parents = names.empty() ? 0 : dice_.pick(std::vector<std::size_t>{0, 1, 1, 1, 1, 2, 2, 3});
           parents > 0; --parents) {
        const std::string parent = dice_.pick(names);
        if (std::ranges::find(node.in, parent) == node.in.end()) node.in.push_back(parent);
      }
      if (main && dice_.chance(separate)) node.separate = true;
      if (main && dice_.chance(since)) node.since = today + dice_.between(-4, 1);
      names.push_back(name(taxonomy.substr(0, 1), i));
      world_.taxonomies[taxonomy][names.back()] = node;
    }
  }

  Type type() {
    Type type;
    type.kind = dice_.pick(std::vector<Type::Kind>{
        Type::Kind::boolean, Type::Kind::integer, Type::Kind::string, Type::Kind::date, Type::Kind::duration,
        Type::Kind::choice, Type::Kind::node, Type::Kind::node, Type::Kind::node, Type::Kind::node});
    const bool may_be_set =
        type.kind == Type::Kind::string || type.kind == Type::Kind::choice || type.kind == Type::Kind::node;
    type.set = may_be_set && dice_.chance(35);
    if (type.kind == Type::Kind::integer && dice_.chance(70)) {
      type.min = dice_.between(-3, 1);
      type.max = *type.min + dice_.between(0, taste_.numbers);
    }
    // Always the same two lists: values of different lists are not meant to be compared.
    if (type.kind == Type::Kind::choice)
      type.choices = dice_.chance(70) ? std::vector<std::string>{"web", "app", "store"}
                                      : std::vector<std::string>{"z, \"or\" = {more}"};
    if (type.kind == Type::Kind::node) type.taxonomy = dice_.pick(world_.taxonomies).first;
    return type;
  }

  Declared declared() {
    Declared result{type(), std::nullopt};
    if (dice_.chance(30)) result.fallback = value(result.type);
    return result;
  }

  std::string member(const Type& type) {
    if (type.kind == Type::Kind::string) return dice_.pick(std::vector<std::string>{"red", "blue", "Green"});
    if (type.kind == Type::Kind::choice) return dice_.pick(type.choices);
    return any_node(type.taxonomy);
  }

  Value value(const Type& type) {
    if (type.set) {
      Set set;
      for (std::size_t i = dice_.below(4); i > 0; --i) set.insert(member(type));
      return set;
    }
    switch (type.kind) {
      case Type::Kind::boolean:
        return dice_.chance(50);
      case Type::Kind::integer:
        if (!type.min) return dice_.pick(std::vector<std::int64_t>{INT64_MIN, -1, 0, 1, 2, INT64_MAX});
        return dice_.between(*type.min, *type.max);
      case Type::Kind::date:
        return today + dice_.between(-1, 1);
      case Type::Kind::duration:
        return dice_.between(1, 3) * day_seconds;
      default:
        return member(type);
    }
  }

  void add_attributes(const std::string& dimension) {
    std::map<std::string, Declared> all = world_.attributes[dimension];
    if (dimension == "data") all["volunteered"] = {};
    if (dimension == "data" && dice_.chance(60)) all["special"] = {};
    if (dimension == "partner") all["first-party"] = {};
    for (const auto& [attribute, declared] : all) {
      const unsigned often = attribute == "special" ? 15 : 40;
      for (auto& [name, node] : world_.taxonomies[dimension])
        if (dice_.chance(often)) node.attributes[attribute] = value(declared.type);
      agree_on(dimension, attribute, declared.type);
    }
  }

  // Where parents disagree the node must say something itself; that may make others disagree or agree.
  void agree_on(const std::string& dimension, const std::string& attribute, const Type& type) {
    for (bool again = true; again;) {
      again = false;
      for (auto& [name, node] : world_.taxonomies[dimension]) {
        if (!Reference(world_).disagrees(dimension, attribute, name)) continue;
        node.attributes[attribute] = value(type);
        again = true;
      }
    }
  }

  void add_sources() {
    if (dice_.chance(50)) return;
    Taxonomy& data = world_.taxonomies["data"];
    for (auto& [name, node] : data) {
      if (!dice_.chance(25)) continue;
      for (std::size_t i = 1 + dice_.below(2); i > 0; --i) {
        const std::string from = any_node("data");
        if (std::ranges::find(node.derived_from, from) == node.derived_from.end()) node.derived_from.push_back(from);
      }
      const Reference reference(world_);
      for (const std::string& leaf : reference.all_leaves("data"))
        if (reference.sources(leaf).contains(leaf)) node.derived_from.clear();
    }
  }

  Names names(const std::string& taxonomy, unsigned any) {
    Names result;
    if (dice_.chance(any)) return result;
    for (std::size_t i = dice_.chance(70) ? 1 : 2; i > 0; --i) {
      const std::string one = any_node(taxonomy);
      if (std::ranges::find(result.names, one) == result.names.end()) result.names.push_back(one);
    }
    return result;
  }

  Box box(unsigned any) { return {names("data", any), names("purpose", any), names("partner", any)}; }

  std::optional<Operand> operand_of(const Type& type) {
    std::vector<Operand> found;
    for (const std::string& dimension : dimensions) {
      Type node;
      node.kind = Type::Kind::node;
      node.taxonomy = dimension;
      if (fits(type, node)) found.push_back({true, "", dimension});
      for (const std::string& attribute : attributes_of(dimension))
        if (fits(type, reference::declared(world_, dimension, attribute).type))
          found.push_back({true, attribute, dimension});
    }
    if (found.empty()) return std::nullopt;
    return dice_.pick(found);
  }

  static bool fits(const Type& a, const Type& b) {
    return a.kind == b.kind && a.set == b.set && a.taxonomy == b.taxonomy && a.choices == b.choices;
  }

  std::vector<std::string> attributes_of(const std::string& dimension) {
    std::vector<std::string> result;
    for (const auto& [name, declared] : world_.attributes[dimension]) result.push_back(name);
    if (dimension == "data") result.insert(result.end(), {"special", "volunteered"});
    if (dimension == "partner") result.push_back("first-party");
    return result;
  }

  Operand left() {
    if (!world_.facts.empty() && dice_.chance(60)) return {false, dice_.pick(world_.facts).first, ""};
    const std::string dimension = dice_.pick(dimensions);
    const std::vector<std::string> attributes = attributes_of(dimension);
    if (!attributes.empty() && dice_.chance(70)) return {true, dice_.pick(attributes), dimension};
    return {true, "", dimension};
  }

  Value literal(const Type& type) {
    Type single = type;
    single.set = false;
    return value(single);
  }

  Test test() {
    Test test;
    test.left = left();
    const Type type = type_of(world_, test.left);
    Type single = type, set = type;
    single.set = false;
    set.set = true;
    const bool own = dice_.chance(35);
    if (type.set) {
      test.op = "has";
      if (own) test.right = operand_of(single);
      if (!test.right) test.literals.push_back(literal(type));
      return test;
    }
    if (type.kind == Type::Kind::boolean) {
      if (dice_.chance(50)) return test;
      test.op = dice_.pick(std::vector<std::string>{"=", "!="});
    } else if (type.kind == Type::Kind::integer || type.kind == Type::Kind::date || type.kind == Type::Kind::duration) {
      test.op = dice_.pick(std::vector<std::string>{"=", "!=", "<", "<=", ">", ">=", "in"});
    } else {
      test.op = dice_.pick(std::vector<std::string>{"=", "!=", "in", "in"});
    }
    if (test.op == "in") {
      const bool sets =
          type.kind == Type::Kind::string || type.kind == Type::Kind::choice || type.kind == Type::Kind::node;
      if (own && sets) test.right = operand_of(set);
      if (test.right) return test;
      const bool one = type.kind == Type::Kind::node && dice_.chance(60);
      test.braces = !one;
      for (std::size_t i = one ? 1 : 1 + dice_.below(3); i > 0; --i) {
        const Value next = literal(type);
        if (std::ranges::find(test.literals, next) == test.literals.end()) test.literals.push_back(next);
      }
      return test;
    }
    if (own) test.right = operand_of(single);
    if (test.right) return test;
    test.literals.push_back(type.kind == Type::Kind::node ? Value(any_leaf(type.taxonomy)) : literal(type));
    return test;
  }

  Consent consent() {
    Consent result;
    result.explicit_ = dice_.chance(25);
    if (dice_.chance(25)) result.within = within();
    if (!world_.notices.empty() && dice_.chance(30)) {
      const auto [notice, current] = dice_.pick(world_.notices);
      result.under = notice;
      if (dice_.chance(50)) result.version = dice_.between(1, current);
    }
    return result;
  }

  std::int64_t within() {
    if (dice_.chance(3)) return INT64_MAX / minute_seconds * minute_seconds;
    return dice_.between(1, 8) * 6 * hour_seconds + (dice_.chance(10) ? minute_seconds : 0);
  }

  Condition condition(int depth) {
    Condition result;
    if (depth > 0 && dice_.chance(45)) {
      const std::size_t kind = dice_.below(3);
      result.kind = kind == 0 ? Condition::Kind::all : kind == 1 ? Condition::Kind::any : Condition::Kind::negation;
      for (std::size_t parts = kind == 2 ? 1 : 2 + dice_.below(2); parts > 0; --parts)
        result.parts.push_back(condition(depth - 1));
      return result;
    }
    if (dice_.chance(25)) {
      result.kind = Condition::Kind::consent;
      result.consent = consent();
    } else if (dice_.chance(12)) {
      result.kind = Condition::Kind::objection;
    } else if (!world_.notices.empty() && dice_.chance(20)) {
      const auto [notice, current] = dice_.pick(world_.notices);
      result.kind = Condition::Kind::notice;
      result.notice = notice;
      if (dice_.chance(50)) result.version = dice_.between(1, current);
    } else {
      result.kind = Condition::Kind::test;
      result.test = test();
    }
    return result;
  }

  Rule rule(const std::string& name) {
    Rule rule;
    rule.name = name;
    rule.allow = !dice_.chance(taste_.denies);
    rule.scope = box(rule.allow ? taste_.any : taste_.any / 2);
    for (std::size_t i = dice_.pick(std::vector<std::size_t>{0, 0, 0, 1, 1, 2}); i > 0; --i) {
      const Box except = box(50);
      if (!is_any(except)) rule.excepts.push_back(except);
    }
    if (dice_.chance(rule.allow ? 45 : 75)) rule.when = condition(taste_.depth);
    if (dice_.chance(25)) rule.unless = condition(taste_.depth - 1);
    if (dice_.chance(10)) rule.from = today + dice_.between(-1, 1);
    if (dice_.chance(10)) rule.until = today + dice_.between(-1, 1);
    if (!rule.allow) return rule;
    rule.basis = dice_.pick(std::vector<std::string>{"consent", "consent", "consent", "consent", "contract",
                                                     "legal-obligation", "vital-interest", "public-task", "public-task",
                                                     "legitimate-interest", "legitimate-interest", "not-personal"});
    if (rule.basis == "consent") rule.consent = consent();
    if (dice_.chance(50))
      rule.keep =
          dice_.pick(std::vector<std::int64_t>{60, 3'600, 36 * 3'600, 86'400, 30 * 86'400, 90 * 60, 365 * 86'400});
    for (const std::string& one : world_.obligations)
      if (dice_.chance(30)) rule.oblige.push_back(one);
    return rule;
  }

  static bool is_any(const Box& box) { return box[0].names.empty() && box[1].names.empty() && box[2].names.empty(); }

  void vary_once() {
    std::vector<Rule>& rules = world_.rules;
    const std::string fresh = "new rule " + std::to_string(rules.size());
    const std::size_t kind = rules.empty() ? 0 : dice_.below(9);
    if (kind == 0) {
      rules.push_back(rule(fresh));
      return;
    }
    const std::size_t at = dice_.below(rules.size());
    Rule other = rule(rules[at].name);
    switch (kind) {
      case 1:
        rules.erase(rules.begin() + std::ptrdiff_t(at));
        return;
      case 2:
        rules[at] = other;
        return;
      case 3:
        rules[at].when = other.when;
        return;
      case 4:
        rules[at].unless = other.unless;
        return;
      case 5:
        rules[at].scope = other.scope;
        return;
      case 6:
        if (!rules[at].allow || !other.allow) return;
        rules[at].basis = other.basis;
        rules[at].consent = other.consent;
        return;
      case 7:
        if (!rules[at].allow || !other.allow) return;
        rules[at].keep = other.keep;
        rules[at].oblige = other.oblige;
        return;
      default:
        break;
    }
    const std::string dimension = dice_.pick(dimensions);
    const std::vector<std::string> attributes = attributes_of(dimension);
    if (attributes.empty()) return;
    const std::string attribute = dice_.pick(attributes);
    const Type type = reference::declared(world_, dimension, attribute).type;
    world_.taxonomies[dimension].at(any_node(dimension)).attributes[attribute] = value(type);
    agree_on(dimension, attribute, type);
  }

  void rearrange_once(std::size_t number) {
    const std::string taxonomy = dice_.pick(world_.taxonomies).first, node = any_node(taxonomy), other = any_node(taxonomy);
    Taxonomy& nodes = world_.taxonomies.at(taxonomy);
    switch (dice_.below(5)) {
      case 0:
        nodes["new node " + std::to_string(number)].in = {node};
        return;
      case 1:
        if (Reference(world_).at_or_below(taxonomy, other, node))
          nodes.at(node).in.clear();
        else
          nodes.at(node).in = {other};
        return;
      case 2:
        if (nodes.size() == 1) return;
        for (auto& [name, each] : nodes) std::erase(each.in, node);
        nodes.erase(node);
        return;
      case 3:
        if (!world_.notices.empty()) ++std::next(world_.notices.begin(), dice_.below(world_.notices.size()))->second;
        return;
      default:
        break;
    }
    for (auto& [name, fact] : world_.facts) {
      if (fact.type.kind != Type::Kind::choice) continue;
      if (fact.type.choices.size() > 1 && dice_.chance(50))
        fact.type.choices.pop_back();
      else
        fact.type.choices.push_back("new value");
    }
  }

  Dice& dice_;
  const Taste& taste_;
  World world_;
  std::optional<Reference> names_;  // once the taxonomies are as they stay
  Set used_;
};

}  // namespace

World random_world(Dice& dice, const Taste& taste) { return WorldMaker(dice, taste).make(); }

World varied(const World& world, Dice& dice, const Taste& taste) { return WorldMaker(dice, taste, world).vary(); }

World rearranged(const World& world, Dice& dice, const Taste& taste) {
  return WorldMaker(dice, taste, world).rearrange();
}

Assertion random_assertion(const World& world, const std::string& name, Dice& dice, const Taste& taste) {
  return WorldMaker(dice, taste, world).assertion(name);
}

}  // namespace reference
