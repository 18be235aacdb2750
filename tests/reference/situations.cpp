#include "reference/situations.hpp"

#include <algorithm>
#include <map>

#include "reference/calendar.hpp"

namespace reference {
namespace {

// The first and last moment that can be written down.
const std::int64_t first_moment = days_of(0, 1, 1) * day, last_moment = days_of(10'000, 1, 1) * day - 1;

}  // namespace

void Asked::add(const Reference& side, const Condition& condition, const std::optional<Point>& point) {
  const bool leaf = condition.kind != Condition::Kind::all && condition.kind != Condition::Kind::any &&
                    condition.kind != Condition::Kind::negation;
  if (leaf) atoms_.push_back({&side, condition, point});
  sides_.insert(&side);
  for (const Condition& part : condition.parts) add(side, part, point);
}

void Asked::add(const Reference& side, const Rule& rule, const Point& point) {
  if (!side.covers(rule.scope, rule.excepts, point)) return;
  if (rule.when) add(side, *rule.when, point);
  if (rule.unless) add(side, *rule.unless, point);
  if (rule.from) changes_.insert(*rule.from * day);
  if (rule.until) changes_.insert((*rule.until + 1) * day);
  Condition basis;
  if (rule.basis == "consent") {
    basis.kind = Condition::Kind::consent;
    basis.consent = rule.consent;
    if (side.special(point[0])) basis.consent.explicit_ = true;
    add(side, basis, point);
  }
  if (rule.basis == "legitimate-interest" || rule.basis == "public-task") {
    basis.kind = Condition::Kind::objection;
    add(side, basis, point);
  }
}

void Asked::add_rules(const Reference& side, const Point& point) {
  sides_.insert(&side);
  for (const Rule& rule : side.world().rules) add(side, rule, point);
}

class SituationMaker {
 public:
  SituationMaker(const Asked& asked, const Point& point) : asked_(asked), point_(point) {}

  std::vector<Situation> make(Facts facts, Ledgers ledgers) {
    std::vector<Situation> result{Situation{}};
    std::set<std::string> used;
    for (const Asked::Atom& atom : asked_.atoms_)
      if (atom.condition.kind == Condition::Kind::test && !atom.condition.test.left.own)
        used.insert(atom.condition.test.left.name);
    for (const std::string& fact : used) {
      std::vector<std::optional<Value>> values;
      for (const Value& value : classes(fact, facts)) values.push_back(value);
      if (facts == Facts::any) values.push_back(std::nullopt);
      std::vector<Situation> longer;
      for (const Situation& now : result) {
        for (const auto& value : values) {
          longer.push_back(now);
          if (value) longer.back().facts[fact] = *value;
        }
      }
      result = longer;
      if (result.size() > most_situations) throw TooMany();
    }
    std::vector<Situation> all;
    for (const std::int64_t moment : moments()) {
      for (const std::vector<Said>& ledger : ledgers_at(moment)) {
        for (const Situation& now : result) all.push_back({moment, now.facts, ledger});
        if (all.size() > most_situations) throw TooMany();
      }
      if (ledgers == Ledgers::any)
        for (const Situation& now : result) all.push_back({moment, now.facts, std::nullopt});
    }
    return all;
  }

  // Candidates, less those that no test here tells from an earlier one.
  std::vector<Value> classes(const std::string& fact, Facts facts) {
    std::vector<Value> result;
    std::set<std::vector<Truth>> seen;
    for (const Value& value : candidates(fact, facts)) {
      Situation alone;
      alone.facts[fact] = value;
      std::vector<Truth> signature;
      for (const Asked::Atom& atom : asked_.atoms_) {
        const Condition& condition = atom.condition;
        if (condition.kind == Condition::Kind::test && !condition.test.left.own && condition.test.left.name == fact)
          signature.push_back(atom.side->truth(condition.test, atom.point.value_or(point_), alone));
      }
      if (seen.insert(signature).second) result.push_back(value);
    }
    return result;
  }

 private:
  // Within one moment of a class the last allows the longest past.
  std::vector<std::int64_t> moments() const {
    std::vector<std::int64_t> result;
    for (const std::int64_t change : asked_.changes_)
      if (change - 1 >= first_moment && change - 1 <= last_moment) result.push_back(change - 1);
    result.push_back(last_moment);
    return result;
  }

  // --- Facts ---

  // What the tests compare the fact with, at this point.
  std::vector<Value> compared_with(const std::string& fact) const {
    std::vector<Value> result;
    for (const Asked::Atom& atom : asked_.atoms_) {
      const Test& test = atom.condition.test;
      if (atom.condition.kind != Condition::Kind::test || test.left.own || test.left.name != fact) continue;
      result.insert(result.end(), test.literals.begin(), test.literals.end());
      if (!test.right) continue;
      const Point& point = atom.point ? *atom.point : point_;
      for (std::size_t i = 0; i < dimensions.size(); ++i) {
        if (dimensions[i] != test.right->dimension) continue;
        if (test.right->name.empty())
          result.push_back(point[i]);
        else if (const auto value = atom.side->attribute(dimensions[i], test.right->name, point[i]))
          result.push_back(*value);
      }
    }
    return result;
  }

  std::vector<Value> candidates(const std::string& fact, Facts facts) const {
    std::vector<Value> result;
    bool first = true;
    for (const Reference* side : asked_.sides_) {
      if (!side->world().facts.contains(fact)) continue;
      std::vector<Value> own = candidates(*side, side->world().facts.at(fact).type, compared_with(fact), facts);
      std::ranges::sort(own);
      own.erase(std::unique(own.begin(), own.end()), own.end());
      std::vector<Value> both;
      std::ranges::set_intersection(result, own, std::back_inserter(both));
      result = first ? own : both;
      first = false;
    }
    return result;
  }

  static std::vector<Value> candidates(const Reference& side, const Type& type, const std::vector<Value>& compared,
                                       Facts facts) {
    std::vector<Value> result;
    Set texts;
    switch (type.kind) {
      case Type::Kind::boolean:
        return {false, true};
      case Type::Kind::integer:
      case Type::Kind::date:
      case Type::Kind::duration:
        return numbers(type, compared);
      case Type::Kind::string:
        texts.insert("something else");
        for (const Value& value : compared) {
          if (const auto* text = std::get_if<std::string>(&value)) texts.insert(*text);
          if (const auto* set = std::get_if<Set>(&value)) texts.insert(set->begin(), set->end());
        }
        break;
      case Type::Kind::choice:
        texts.insert(type.choices.begin(), type.choices.end());
        break;
      case Type::Kind::node:
        texts = side.all_leaves(type.taxonomy);
        if (facts == Facts::any && !type.set)
          for (const auto& [name, node] : side.world().taxonomies.at(type.taxonomy)) texts.insert(name);
        break;
    }
    if (!type.set) return {texts.begin(), texts.end()};
    // Every subset. A group in a set means all its leaves, so leaves are enough.
    if (texts.size() > 10) throw TooMany();
    const std::vector<std::string> members(texts.begin(), texts.end());
    for (std::size_t bits = 0; bits < (std::size_t{1} << members.size()); ++bits) {
      Set set;
      for (std::size_t i = 0; i < members.size(); ++i)
        if (bits >> i & 1) set.insert(members[i]);
      result.push_back(set);
    }
    return result;
  }

  // Each number that something is compared with, and what lies just below and just above.
  static std::vector<Value> numbers(const Type& type, const std::vector<Value>& compared) {
    const bool is_date = type.kind == Type::Kind::date, is_duration = type.kind == Type::Kind::duration;
    const std::int64_t step = is_duration ? minute_seconds : 1;
    const std::int64_t least = is_date ? days_of(0, 1, 1) : is_duration ? minute_seconds : type.min.value_or(INT64_MIN);
    const std::int64_t most = is_date       ? days_of(10'000, 1, 1) - 1
                              : is_duration ? INT64_MAX / minute_seconds * minute_seconds
                                            : type.max.value_or(INT64_MAX);
    std::vector<Value> result{least, most};
    for (const Value& value : compared) {
      const std::int64_t* number = std::get_if<std::int64_t>(&value);
      if (number == nullptr) continue;
      for (const Wide near : {Wide(*number) - step, Wide(*number), Wide(*number) + step})
        if (near >= least && near <= most) result.push_back(std::int64_t(near));
    }
    return result;
  }

  // --- Ledgers ---

  Said said(Event::Kind kind, std::int64_t at) const {
    Said result;
    result.kind = kind;
    result.scope = point_;  // its own names always reach
    result.at = at;
    return result;
  }

  // Grants that some test may tell apart.
  std::vector<Said> grants(std::int64_t moment) const {
    std::set<std::int64_t> times{moment};
    std::set<std::pair<std::string, std::int64_t>> notices{{"", 0}};
    for (const Asked::Atom& atom : asked_.atoms_) {
      if (atom.condition.kind != Condition::Kind::consent) continue;
      const Consent& consent = atom.condition.consent;
      if (consent.within) {
        const Wide then = Wide(moment) - Wide(*consent.within) * second;
        for (const Wide time : {then, then - 1})
          if (time >= first_moment) times.insert(std::int64_t(time));
      }
      if (consent.under.empty()) continue;
      const std::int64_t version = consent.version.value_or(atom.side->world().notices.at(consent.under));
      notices.insert({consent.under, version});
      if (version > 1) notices.insert({consent.under, version - 1});
    }
    std::vector<Said> result;
    for (const std::int64_t time : times) {
      for (const auto& [notice, version] : notices) {
        for (const bool is_explicit : {false, true}) {
          result.push_back(said(Event::Kind::given, time));
          result.back().explicit_ = is_explicit;
          result.back().notice = notice;
          result.back().version = version;
        }
      }
    }
    return result;
  }

  std::vector<Truth> consents(const Situation& situation) const {
    std::vector<Truth> result;
    for (const Asked::Atom& atom : asked_.atoms_)
      if (atom.condition.kind == Condition::Kind::consent)
        result.push_back(atom.side->consent(atom.condition.consent, point_, situation));
    return result;
  }

  std::vector<std::vector<Said>> ledgers_at(std::int64_t moment) const {
    // Grants of which each adds something that no ledger had before, until nothing is new.
    std::map<std::vector<Truth>, std::vector<Said>> by_consents;
    const auto look = [&](const std::vector<Said>& ledger) {
      Situation now;
      now.at = moment;
      now.ledger = ledger;
      return by_consents.emplace(consents(now), ledger).second;
    };
    look({});
    const std::vector<Said> all_grants = grants(moment);
    for (bool again = true; again;) {
      again = false;
      const auto known = by_consents;
      for (const auto& [truths, ledger] : known) {
        for (const Said& grant : all_grants) {
          std::vector<Said> longer = ledger;
          longer.push_back(grant);
          again = look(longer) || again;
        }
      }
      if (by_consents.size() > 1'000) throw TooMany();
    }
    std::vector<std::vector<Said>> result;
    for (const auto& [truths, ledger] : by_consents) result.push_back(ledger);

    // An objection, later than no grant can be.
    const auto asks = [&](Condition::Kind kind) {
      return std::ranges::any_of(asked_.atoms_, [&](const Asked::Atom& atom) { return atom.condition.kind == kind; });
    };
    if (asks(Condition::Kind::objection)) {
      for (std::size_t i = 0, count = result.size(); i < count; ++i) {
        result.push_back(result[i]);
        result.back().push_back(said(Event::Kind::raised, moment));
      }
    }

    std::map<std::string, std::set<std::int64_t>> versions;
    for (const Asked::Atom& atom : asked_.atoms_) {
      if (atom.condition.kind != Condition::Kind::notice) continue;
      const std::string& name = atom.condition.notice;
      versions[name].insert(atom.condition.version.value_or(atom.side->world().notices.at(name)));
    }
    for (const auto& [name, thresholds] : versions) {
      std::vector<std::vector<Said>> longer = result;  // never shown
      for (const std::int64_t version : thresholds) {
        for (const std::vector<Said>& ledger : result) {
          longer.push_back(ledger);
          Said shown = said(Event::Kind::notice, moment);
          shown.scope = {"any", "any", "any"};
          shown.notice = name;
          shown.version = version;
          longer.back().push_back(shown);
        }
      }
      result = longer;
      if (result.size() > most_situations) throw TooMany();
    }
    return result;
  }

  const Asked& asked_;
  const Point& point_;
};

std::vector<Situation> situations(const Asked& asked, const Point& point, Facts facts, Ledgers ledgers) {
  return SituationMaker(asked, point).make(facts, ledgers);
}

std::vector<Value> values_of(const Asked& asked, const std::string& fact) {
  return SituationMaker(asked, {}).classes(fact, Facts::all_given);
}

}  // namespace reference
