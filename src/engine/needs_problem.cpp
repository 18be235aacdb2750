#include "engine/needs_problem.hpp"

#include <algorithm>
#include <tuple>

#include "model/evaluate.hpp"

namespace zweck::needs {
namespace {

using Kind = Node::Kind;

NodeId node_of(const Point& point, Dimension dimension) {
  return dimension == Dimension::data ? point.data : dimension == Dimension::purpose ? point.purpose : point.partner;
}

// The right side of a test that is no literal, for a look-up of literals with the same.
struct Right {
  std::uint32_t test = 0;
  Value::State state = Value::State::missing;
  std::int64_t one = 0;
  std::vector<std::int64_t> members;
  friend auto operator<=>(const Right&, const Right&) = default;
};

class Builder {
 public:
  Builder(const Denied& denied, Steps& steps, Problem& problem)
      : denied_(denied),
        model_(denied.program.model()),
        vocabulary_(model_.vocabulary),
        ledger_{vocabulary_, denied.subject.ledger, denied.subject.now},
        steps_(steps),
        problem_(problem) {}

  Outcome build() {
    problem_.ledger_known = denied_.subject.known;
    std::map<std::pair<Node, std::vector<Node>>, std::size_t> known;
    for (const Point& point : denied_.points) {
      shape_ = {};
      if (!build_goal(point)) return Outcome::given_up;
      if (shape_.goal.kind == Kind::no) return Outcome::nothing_helps;
      // Where nothing is wanted of it, it is allowed as it is.
      if (denied_.points.size() > 1) {
        const auto [place, added] = known.try_emplace({shape_.goal, shape_.nodes}, problem_.shapes.size());
        if (!added) {
          problem_.shapes[place->second].points.push_back(point);
          continue;
        }
      }
      shape_.points.push_back(point);
      problem_.shapes.push_back(std::move(shape_));
    }
    rank_notices();
    for (OpenFact& fact : problem_.facts) form_classes(denied_, problem_, fact, steps_);
    return steps_.left == 0 ? Outcome::given_up : Outcome::found;
  }

 private:
  const Facts::State& facts() const { return denied_.facts; }
  const Index& index() const { return denied_.program.index(); }

  // --- A point: some allow rule applies, and no deny rule may ---

  bool build_goal(const Point& point) {
    point_ = point;
    special_ = is_special(vocabulary_, point.data);
    bits_ = problem_.ledger_known ? ledger_bits(denied_.subject, point) : 0;
    // Who said no, or objects, is not asked again.
    may_ask_ = !problem_.ledger_known || !objection();

    find_candidates();
    const std::size_t goals = open();
    const std::size_t ways = open();
    for (const RuleId rule : allows_) {
      if (!steps_.take(1)) return false;
      if (add(applies(model_.rules[rule], true), Kind::any, ways)) break;
    }
    shape_.goal = close(Kind::any, ways);
    if (shape_.goal.kind == Kind::no) return true;
    add(shape_.goal, Kind::all, goals);
    for (const RuleId rule : denies_) {
      if (!steps_.take(1)) return false;
      if (add(applies(model_.rules[rule], false), Kind::all, goals)) break;
    }
    shape_.goal = close(Kind::all, goals);
    return true;
  }

  // The rules that cover the point now, by id, unless their facts rule them out.
  void find_candidates() {
    allows_.clear();
    denies_.clear();
    const Kernel& kernel = denied_.program.kernel();
    const PointRows rows(index(), point_);
    const std::uint32_t deny_terms = index().deny_blocks * block_words * 64;
    for (std::uint32_t word = 0; word < index().summary_words; ++word) {
      for (std::uint64_t blocks = rows.blocks(word); blocks != 0;) {
        Candidates candidates;
        SurvivingWords words;
        blocks = kernel.gather(rows, word, blocks, candidates);
        kernel.intersect(candidates, facts().possible.data(), words);
        for (std::uint32_t from = 0; from < words.count;) {
          Terms terms;
          from = kernel.expand(words, from, terms);
          for (std::uint32_t i = 0; i < terms.count; ++i)
            (terms.number[i] < deny_terms ? denies_ : allows_).push_back(index().details[terms.number[i]].rule);
        }
      }
    }
    for (std::vector<RuleId>* rules : {&denies_, &allows_}) {
      std::sort(rules->begin(), rules->end());
      rules->erase(std::unique(rules->begin(), rules->end()), rules->end());
      std::erase_if(*rules, [&](RuleId id) {
        const Rule& rule = model_.rules[id];
        const Time now = denied_.subject.now;
        return (rule.from && now < start_of(*rule.from)) || (rule.until && now > end_of(*rule.until)) ||
               (!rule.excepts.empty() && !covers(vocabulary_, rule, point_));
      });
    }
  }

  // --- Formulas ---

  // Parts are gathered on a stack, from `open` on, and become one node by `close`.
  std::size_t open() const { return stack_.size(); }

  // Adds a part to what was opened. True if it decides the whole, which is then all that is left there.
  bool add(const Node& part, Kind kind, std::size_t opened) {
    const Kind neutral = kind == Kind::all ? Kind::yes : Kind::no;
    const Kind decisive = kind == Kind::all ? Kind::no : Kind::yes;
    if (part.kind == neutral) return false;
    if (part.kind == decisive) stack_.resize(opened);
    // What stands in an `and` of an `and` may as well stand in the outer one.
    if (part.kind == kind) {
      stack_.insert(stack_.end(), shape_.nodes.begin() + part.first, shape_.nodes.begin() + part.first + part.count);
    } else {
      stack_.push_back(part);
    }
    return part.kind == decisive;
  }

  Node close(Kind kind, std::size_t opened) {
    const std::size_t count = stack_.size() - opened;
    Node node{kind == Kind::all ? Kind::yes : Kind::no, true, 0, 0};
    if (count == 1) node = stack_.back();
    if (count > 1) {
      node = {kind, true, static_cast<std::uint32_t>(shape_.nodes.size()), static_cast<std::uint32_t>(count)};
      shape_.nodes.insert(shape_.nodes.end(), stack_.begin() + static_cast<std::ptrdiff_t>(opened), stack_.end());
    }
    stack_.resize(opened);
    return node;
  }

  // That the rule applies, or that it does not, for certain.
  Node applies(const Rule& rule, bool wanted) {
    const Kind kind = wanted ? Kind::all : Kind::any;
    const std::size_t opened = open();
    const bool decided = (rule.effect == Effect::allow && add(basis(rule), kind, opened)) ||
                         (rule.when && add(condition(*rule.when, wanted), kind, opened)) ||
                         (rule.unless && add(condition(*rule.unless, !wanted), kind, opened));
    static_cast<void>(decided);
    return close(kind, opened);
  }

  Node basis(const Rule& rule) {
    switch (rule.basis) {
      case Basis::consent: return consent(special_ ? rule.explicit_consent : rule.consent, true);
      case Basis::legitimate_interest: return special_ ? constant(false) : objection_is(false);
      case Basis::public_task: return objection_is(false);
      case Basis::contract: return constant(!special_);
      case Basis::legal_obligation:
      case Basis::vital_interest:
      case Basis::not_personal: break;
    }
    return constant(true);
  }

  Node condition(const Condition& condition, bool wanted) {
    steps_.take(1);
    switch (condition.kind) {
      case Condition::Kind::negation: return this->condition(condition.parts.front(), !wanted);
      case Condition::Kind::consent: return consent(condition.index, wanted);
      case Condition::Kind::objection: return objection_is(wanted);
      case Condition::Kind::notice: return notice(condition.index, wanted);
      case Condition::Kind::test: return test(condition.index, wanted);
      case Condition::Kind::all:
      case Condition::Kind::any: break;
    }
    const Kind kind = (condition.kind == Condition::Kind::all) == wanted ? Kind::all : Kind::any;
    const std::size_t opened = open();
    for (const Condition& part : condition.parts)
      if (add(this->condition(part, wanted), kind, opened)) break;
    return close(kind, opened);
  }

  static Node constant(bool value) { return {value ? Kind::yes : Kind::no, true, 0, 0}; }

  // --- The ledger. One that is not known becomes known by what is asked for: it holds that, and nothing else ---

  bool bit(std::uint32_t bit) const { return (bits_ >> bit & 1) != 0; }
  bool objection() const {
    const std::uint32_t at = index().objection_bit();
    return at < 64 ? bit(at) : ledger_.objection(point_);
  }

  Node objection_is(bool wanted) const {
    if (problem_.ledger_known) return constant(objection() == wanted);
    return wanted ? constant(false) : Node{Kind::ledger, true, 0, 0};
  }

  Node consent(std::uint32_t test, bool wanted) {
    if (problem_.ledger_known) {
      const bool now = test < 64 ? bit(test) : ledger_.consent(model_.consent_tests[test], point_);
      if (now || !may_ask_) return constant(now == wanted);
    }
    return {Kind::consent, wanted, interned(problem_.consents, test), 0};
  }

  Node notice(std::uint32_t test, bool wanted) {
    if (problem_.ledger_known) {
      const std::uint32_t at = index().notice_bit(test);
      if (at < 64 ? (denied_.subject.always >> at & 1) != 0 : ledger_.shown(model_.notice_tests[test]))
        return constant(wanted);
    }
    const auto known = std::find_if(problem_.notices.begin(), problem_.notices.end(),
                                    [&](const NoticeLiteral& each) { return each.test == test; });
    const auto place = static_cast<std::uint32_t>(known - problem_.notices.begin());
    if (known == problem_.notices.end()) problem_.notices.push_back({test, 0, 0});
    return {Kind::notice, wanted, place, 0};
  }

  static std::uint32_t interned(std::vector<std::uint32_t>& all, std::uint32_t one) {
    const auto place = std::find(all.begin(), all.end(), one);
    const auto at = static_cast<std::uint32_t>(place - all.begin());
    if (place == all.end()) all.push_back(one);
    return at;
  }

  void rank_notices() {
    for (NoticeLiteral& literal : problem_.notices) {
      const NoticeTest& test = model_.notice_tests[literal.test];
      auto slot = std::find_if(problem_.slots.begin(), problem_.slots.end(),
                               [&](const NoticeSlot& each) { return each.notice == test.notice; });
      if (slot == problem_.slots.end()) slot = problem_.slots.insert(slot, {test.notice, {}});
      literal.slot = static_cast<std::uint32_t>(slot - problem_.slots.begin());
      slot->thresholds.push_back(test.version);
    }
    for (NoticeSlot& slot : problem_.slots) std::sort(slot.thresholds.begin(), slot.thresholds.end());
    for (NoticeLiteral& literal : problem_.notices) {
      const auto& thresholds = problem_.slots[literal.slot].thresholds;
      const std::int64_t version = model_.notice_tests[literal.test].version;
      const auto place = std::lower_bound(thresholds.begin(), thresholds.end(), version);
      literal.rank = static_cast<std::uint32_t>(place - thresholds.begin()) + 1;
    }
  }

  // --- Facts ---

  // Whether the fact is missing or stands for several values.
  bool is_open(FactId fact) const {
    const Value& value = facts().values[fact];
    if (value.state != Value::State::single) return value.missing();
    const Type& type = vocabulary_.facts[fact].type;
    return type.kind == TypeKind::node && !vocabulary_.taxonomies[type.taxonomy].is_leaf(static_cast<NodeId>(value.one));
  }

  // The right side of a test if that is no literal.
  Value own_of(const Test& test) const {
    if (!test.own) return {};
    const NodeId node = node_of(point_, test.own->dimension);
    if (test.own->kind == Operand::Kind::node) return Value::single(node);
    return vocabulary_.attributes[static_cast<std::size_t>(test.own->dimension)][test.own->index].values[node];
  }

  Node test(std::uint32_t index, bool wanted) {
    const Test& test = model_.tests[index];
    const bool open_fact = test.left.kind == Operand::Kind::fact && is_open(test.left.index);
    const bool missing = open_fact && facts().values[test.left.index].missing();
    if (!missing) {
      const Truth now = evaluate(vocabulary_, test, point_, facts().values);
      if (now != Truth::unknown || !open_fact) return constant(now == truth(wanted));
    }
    const Value own = own_of(test);
    if (test.own && own.missing()) return constant(false);
    if (vocabulary_.facts[test.left.index].type.set) return has(test, own, wanted);
    return {Kind::fact, wanted, literal(index, own), 0};
  }

  // A set that has a group has one of its leaves; what the point has as a group is any leaf of it, so that the set must
  // have all of them, or none.
  Node has(const Test& test, const Value& own, bool wanted) {
    const FactId fact = test.left.index;
    if (!test.own) return {Kind::member, wanted, member(fact, test.literals.front()), 0};
    const Type& type = vocabulary_.facts[fact].type;
    if (type.kind != TypeKind::node) return {Kind::member, wanted, member(fact, own.one), 0};
    const std::size_t opened = open();
    for (const NodeId leaf : vocabulary_.taxonomies[type.taxonomy].leaves_below(static_cast<NodeId>(own.one)))
      add({Kind::member, wanted, member(fact, leaf), 0}, Kind::all, opened);
    return close(Kind::all, opened);
  }

  std::uint32_t open_fact(FactId id) {
    const auto place = std::find_if(problem_.facts.begin(), problem_.facts.end(),
                                    [&](const OpenFact& fact) { return fact.id == id; });
    const auto at = static_cast<std::uint32_t>(place - problem_.facts.begin());
    if (place == problem_.facts.end()) {
      problem_.facts.emplace_back();
      problem_.facts.back().id = id;
      problem_.facts.back().set = vocabulary_.facts[id].type.set;
    }
    return at;
  }

  std::uint32_t literal(std::uint32_t test, const Value& own) {
    const auto [place, added] = literals_.try_emplace({test, own.state, own.one, own.members}, problem_.literals.size());
    if (added) add_literal(model_.tests[test].left.index, {0, test, point_, 0, 0, 0, 0});
    return place->second;
  }

  std::uint32_t member(FactId fact, std::int64_t target) {
    const auto [place, added] = members_.try_emplace({fact, target}, problem_.literals.size());
    if (added) add_literal(fact, {0, 0, point_, target, 0, 0, 0});
    return place->second;
  }

  void add_literal(FactId id, FactLiteral literal) {
    literal.fact = open_fact(id);
    OpenFact& fact = problem_.facts[literal.fact];
    literal.bit = static_cast<std::uint32_t>(fact.literals.size());
    fact.literals.push_back(static_cast<std::uint32_t>(problem_.literals.size()));
    problem_.literals.push_back(literal);
  }

  const Denied& denied_;
  const Model& model_;
  const Vocabulary& vocabulary_;
  LedgerView ledger_;
  Steps& steps_;
  Problem& problem_;

  Point point_;
  bool special_ = false, may_ask_ = false;
  std::uint64_t bits_ = 0;
  Shape shape_;
  std::vector<Node> stack_;
  std::vector<RuleId> allows_, denies_;
  std::map<Right, std::uint32_t> literals_;
  std::map<std::pair<FactId, std::int64_t>, std::uint32_t> members_;
};

}  // namespace

Outcome state_problem(const Denied& denied, Steps& steps, Problem& problem) {
  return Builder(denied, steps, problem).build();
}

}  // namespace zweck::needs
