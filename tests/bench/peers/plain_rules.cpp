// Rules of the workload -> scope and one condition.
#include <cstdio>
#include <cstdlib>

#include "bench/peers/plain.hpp"

namespace zweck::bench::peers {
namespace {

using Kind = Condition::Kind;

[[noreturn]] void give_up(const std::string& reason) {
  std::fprintf(stderr, "%s\n", reason.c_str());
  std::exit(2);
}

Condition of(Kind kind, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}
Condition negation(Condition part) {
  std::vector<Condition> parts;
  parts.push_back(std::move(part));
  return of(Kind::negation, std::move(parts));
}
Condition truth(Field field) {
  Condition condition;
  condition.kind = Kind::truth;
  condition.field = field;
  return condition;
}
Condition order(Field field, std::string op, std::int64_t number) {
  Condition condition;
  condition.kind = Kind::order;
  condition.field = field;
  condition.op = std::move(op);
  condition.number = number;
  return condition;
}
Condition texts(Kind kind, Field field, std::vector<std::string> texts) {
  Condition condition;
  condition.kind = kind;
  condition.field = field;
  condition.texts = std::move(texts);
  return condition;
}

std::int64_t days_of(const std::string& date) {
  const auto parsed = parse_date(date);
  if (!parsed) give_up("no date: " + date);
  return parsed->days;
}

Condition consent(bool is_explicit, const std::string& notice) {
  return texts(Kind::has, Field::consents, {consent_name(is_explicit, notice)});
}

Condition compare(const Atom& atom) {
  std::vector<std::string> right;
  for (const std::string& text : atom.right)
    right.push_back(text.starts_with('"') ? text.substr(1, text.size() - 2) : text);
  const std::string op = atom.op == "=" ? "==" : atom.op;
  const auto number = [&] { return std::stoll(right.front()); };  // of "302 days", the days
  const std::string& left = atom.left;
  if (left == "gpc") return truth(Field::gpc);
  if (left == "logged-in") return truth(Field::logged_in);
  if (left == "age") return order(Field::age, op, number());
  if (left == "score") return order(Field::score, op, number());
  if (left == "data.sensitivity") return order(Field::sensitivity, op, number());
  if (left == "idle") return order(Field::idle, op, number() * seconds_per_day);
  if (left == "joined") return order(Field::joined, op, days_of(right.front()));
  if (op == "==" || op == "in") {
    if (left == "channel") return texts(Kind::one_of, Field::channel, right);
    if (left == "tier") return texts(Kind::one_of, Field::tier, right);
    if (left == "language") return texts(Kind::one_of, Field::language, right);
    if (left == "region" && op == "in") return texts(Kind::has, Field::region, right);
    if (left == "partner.country" && op == "in") return texts(Kind::has, Field::country, right);
  }
  if (op == "has" && left == "segments") return texts(Kind::has, Field::segments, right);
  if (op == "has" && left == "visited") return texts(Kind::has, Field::visited, right);
  give_up("no translation for " + left + " " + atom.op);
}

Condition plain(const Atom& atom) {
  Condition condition;
  switch (atom.kind) {
    case Atom::Kind::consent:
      condition = consent(atom.is_explicit, atom.notice);
      break;
    case Atom::Kind::objection:
      condition = truth(Field::objection);
      break;
    case Atom::Kind::notice:
      condition = texts(Kind::has, Field::notices, {atom.notice});
      break;
    case Atom::Kind::compare:
      condition = compare(atom);
      break;
  }
  return atom.negated ? negation(std::move(condition)) : condition;
}

void add_basis(const Rule& rule, std::vector<Condition>& all) {
  if (rule.basis == "consent") {
    const std::string& notice = rule.consent.notice;
    if (rule.consent.is_explicit) {
      all.push_back(consent(true, notice));
    } else {  // at special data it must be explicit; explicit consent is consent too
      all.push_back(of(Kind::any, {consent(true, notice),
                                   of(Kind::all, {negation(truth(Field::special)), consent(false, notice)})}));
    }
  } else if (rule.basis == "legitimate-interest") {
    all.push_back(negation(truth(Field::objection)));
    all.push_back(negation(truth(Field::special)));
  } else if (rule.basis == "contract") {
    all.push_back(negation(truth(Field::special)));
  } else if (rule.basis == "public-task") {
    all.push_back(negation(truth(Field::objection)));
  } else if (rule.basis != "legal-obligation" && rule.basis != "not-personal") {
    give_up("no translation for the basis " + rule.basis);
  }
}

}  // namespace

std::string name_of(Field field) {
  constexpr std::array names{"age",     "channel",  "gpc",       "idle",    "joined",  "language",    "logged_in",
                             "region",  "score",    "segments",  "tier",    "visited", "sensitivity", "special",
                             "country", "consents", "objection", "notices", "now"};
  return names[static_cast<std::size_t>(field)];
}

std::string consent_name(bool is_explicit, const std::string& notice) {
  const std::string name = is_explicit ? "explicit" : "consent";
  return notice.empty() ? name : name + "-" + notice;
}

std::vector<PlainRule> plain_rules(const Workload& workload) {
  std::vector<PlainRule> rules;
  for (const Rule& rule : workload.rules) {
    PlainRule out{rule.name, rule.allows, rule.scope, rule.except, rule.has_except, {}};
    std::vector<Condition> all, when;
    for (const Atom& atom : rule.when) when.push_back(plain(atom));
    if (rule.any_of_when) {
      all.push_back(of(Kind::any, std::move(when)));
    } else {
      all = std::move(when);
    }
    if (rule.unless) all.push_back(negation(plain(*rule.unless)));
    if (!rule.from.empty()) all.push_back(order(Field::now, ">=", days_of(rule.from) * seconds_per_day));
    if (!rule.until.empty()) all.push_back(order(Field::now, "<", (days_of(rule.until) + 1) * seconds_per_day));
    if (rule.allows) add_basis(rule, all);
    out.condition = of(Kind::all, std::move(all));
    rules.push_back(std::move(out));
  }
  return rules;
}

}  // namespace zweck::bench::peers
