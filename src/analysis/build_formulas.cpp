// MODELS -> VARIABLES AND CLASSES: what the rules, assertions and tests of the sets can tell apart.
#include <algorithm>
#include <set>

#include "analysis/formula.hpp"

namespace zweck::analysis {

namespace {

// A year 0000 to 9999 is the longest that anything can lie in the past; a longer `within` asks nothing.
constexpr std::int64_t longest_past = 315'569'520'000;  // seconds
// 0000-01-01 and 9999-12-31, in microseconds.
constexpr std::int64_t first_time = -719'528 * seconds_per_day * microseconds_per_second;
constexpr std::int64_t last_time = 2'932'897 * seconds_per_day * microseconds_per_second - 1;

std::size_t index_of(Dimension dimension) { return static_cast<std::size_t>(dimension); }

}  // namespace

class FormulaBuilder {
 public:
  FormulaBuilder(const Model* first, const Model* second) {
    formulas_.sides = {first, second};
    for (std::size_t side = 0; side < max_sides; ++side) {
      if (formulas_.sides[side]) sides_.push_back(side);
    }
  }

  Formulas build() {
    for (std::size_t d = 0; d < 3; ++d) {
      const auto taxonomy = [&](std::size_t side) {
        return formulas_.sides[side] ? &formulas_.sides[side]->vocabulary.taxonomies[d] : nullptr;
      };
      formulas_.leaves[d] = join(taxonomy(0), taxonomy(1));
      partitions_[d].emplace(formulas_.leaves[d].size());
      for (std::size_t side = 0; side < max_sides; ++side) {
        if (taxonomy(side)) seen_[side][d].resize(taxonomy(side)->nodes.size());
      }
    }
    for (const std::size_t side : sides_) split_by_scopes(side);
    declare_facts();
    for (const std::size_t side : sides_) {
      for (const Test& test : formulas_.sides[side]->tests) collect(side, test);
    }
    form_classes();
    form_variables();
    formulas_.nodes = {{FormulaNode::Kind::no}, {FormulaNode::Kind::unknown}, {FormulaNode::Kind::yes}};
    for (const std::size_t side : sides_) {
      const Model& model = *formulas_.sides[side];
      formulas_.tests_[side].resize(model.tests.size());
      formulas_.consent_tests_[side].resize(model.consent_tests.size());
      formulas_.notice_tests_[side].resize(model.notice_tests.size());
    }
    return std::move(formulas_);
  }

 private:
  void split(std::size_t side, std::size_t d, NodeId node) {
    if (seen_[side][d][node]) return;
    seen_[side][d][node] = true;
    partitions_[d]->split(formulas_.leaves[d].below(side, node));
  }

  void split(std::size_t side, const Box& box) {
    for (std::size_t d = 0; d < 3; ++d) {
      for (const NodeId node : box.sides[d].nodes) split(side, d, node);
    }
  }

  void split_by_scopes(std::size_t side) {
    const Model& model = *formulas_.sides[side];
    for (const Rule& rule : model.rules) {
      split(side, rule.scope);
      for (const Box& except : rule.excepts) split(side, except);
    }
    for (const Assertion& assertion : model.assertions) {
      split(side, assertion.scope);
      for (const Box& except : assertion.excepts) split(side, except);
    }
    // Special data changes what a basis asks for.
    std::vector<std::uint32_t> special;
    for (std::uint32_t leaf = 0; leaf < formulas_.leaves[0].size(); ++leaf) {
      if (is_special(model.vocabulary, formulas_.leaves[0].ids[leaf][side])) special.push_back(leaf);
    }
    partitions_[0]->split(special);
  }

  // Facts of one name are one variable if their types are alike, else two of which no side reads the other's.
  void declare_facts() {
    const auto declare = [&](std::array<std::optional<FactId>, max_sides> ids) {
      std::array<const Vocabulary*, max_sides> vocabularies{};
      std::array<const Taxonomy*, max_sides> taxonomies{};
      bool node = false;
      for (const std::size_t side : sides_) {
        vocabularies[side] = &formulas_.sides[side]->vocabulary;
        if (!ids[side]) continue;
        const Type& type = vocabularies[side]->facts[*ids[side]].type;
        node = type.kind == TypeKind::node;
        if (node) taxonomies[side] = &vocabularies[side]->taxonomies[type.taxonomy];
        formulas_.fact_variables_[side][*ids[side]] = static_cast<std::uint32_t>(formulas_.variables.size());
      }
      const Leaves* leaves = nullptr;
      if (node) {
        auto& known = taxonomies_[{taxonomies[0], taxonomies[1]}];
        if (!known) {
          formulas_.fact_leaves_.push_back(std::make_unique<Leaves>(join(taxonomies[0], taxonomies[1])));
          known = formulas_.fact_leaves_.back().get();
        }
        leaves = known;
      }
      Variable variable;
      variable.domain = static_cast<std::uint32_t>(formulas_.facts.size());
      for (const std::size_t side : sides_) variable.id[side] = ids[side];
      formulas_.facts.push_back(std::make_unique<FactDomain>(vocabularies, ids, leaves));
      variable.set = formulas_.facts.back()->is_set();
      formulas_.variables.push_back(variable);
    };
    for (const std::size_t side : sides_)
      formulas_.fact_variables_[side].assign(formulas_.sides[side]->vocabulary.facts.size(), nowhere);
    for (const std::size_t side : sides_) {
      const Vocabulary& vocabulary = formulas_.sides[side]->vocabulary;
      for (FactId fact = 0; fact < vocabulary.facts.size(); ++fact) {
        if (formulas_.fact_variables_[side][fact] != nowhere) continue;
        std::array<std::optional<FactId>, max_sides> ids;
        ids[side] = fact;
        const std::size_t other = 1 - side;
        if (side == 0 && formulas_.sides[other]) {
          const Vocabulary& others = formulas_.sides[other]->vocabulary;
          const auto same = others.find_fact(vocabulary.facts[fact].name);
          if (same && alike(vocabulary, vocabulary.facts[fact].type, others, others.facts[*same].type)) ids[other] = same;
        }
        declare(ids);
      }
    }
  }

  // The values that an operand of the point has at its leaves, each once.
  std::vector<Value> values_of(std::size_t side, const Operand& operand) {
    const std::size_t d = index_of(operand.dimension);
    const Attribute& attribute = formulas_.sides[side]->vocabulary.attributes[d][operand.index];
    std::vector<Value> values;
    for (const auto& ids : formulas_.leaves[d].ids) values.push_back(attribute.values[ids[side]]);
    const auto key = [](const Value& value) { return std::tie(value.state, value.one, value.members); };
    std::sort(values.begin(), values.end(), [&](const Value& a, const Value& b) { return key(a) < key(b); });
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
  }

  // Tells leaves apart by their value of an attribute.
  void split_by_value(std::size_t side, const Operand& operand) {
    if (!split_values_.insert({side, operand}).second) return;
    const std::size_t d = index_of(operand.dimension);
    const Attribute& attribute = formulas_.sides[side]->vocabulary.attributes[d][operand.index];
    std::map<std::tuple<Value::State, std::int64_t, std::vector<std::int64_t>>, std::uint32_t> ids;
    std::vector<std::uint32_t> keys;
    for (const auto& leaf : formulas_.leaves[d].ids) {
      const Value& value = attribute.values[leaf[side]];
      keys.push_back(
          ids.try_emplace({value.state, value.one, value.members}, static_cast<std::uint32_t>(ids.size())).first->second);
    }
    partitions_[d]->split_by(keys);
  }

  void collect(std::size_t side, const Test& test) {
    const auto is_attribute = [](const Operand& operand) { return operand.kind == Operand::Kind::attribute; };
    if (is_attribute(test.left)) split_by_value(side, test.left);
    if (test.own && is_attribute(*test.own)) split_by_value(side, *test.own);
    if (test.left.kind == Operand::Kind::fact) {
      collect_fact(side, test);
      return;
    }
    // The point's own node beside literals, or beside what an attribute holds.
    const auto split_node = [&](const Operand& node, const Operand* other) {
      if (node.kind != Operand::Kind::node) return;
      const std::size_t d = index_of(node.dimension);
      if (!other) {
        for (const std::int64_t literal : test.literals) split(side, d, static_cast<NodeId>(literal));
      } else if (other->kind == Operand::Kind::attribute) {
        for (const Value& value : values_of(side, *other)) {
          if (value.state == Value::State::single) split(side, d, static_cast<NodeId>(value.one));
          for (const std::int64_t member : value.members) split(side, d, static_cast<NodeId>(member));
        }
      } else {
        partitions_[d]->split_all();
      }
    };
    split_node(test.left, test.own ? &*test.own : nullptr);
    if (test.own) split_node(*test.own, &test.left);
  }

  void collect_fact(std::size_t side, const Test& test) {
    const std::uint32_t variable = formulas_.fact_variables_[side][test.left.index];
    FactDomain& domain = *formulas_.facts[formulas_.variables[variable].domain];
    std::vector<Value> values;
    if (test.own && test.own->kind == Operand::Kind::node) {
      const std::size_t d = index_of(test.own->dimension);
      partitions_[d]->split_all();
      for (const auto& ids : formulas_.leaves[d].ids) values.push_back(Value::single(ids[side]));
    } else if (test.own) {
      values = values_of(side, *test.own);
    }
    if (!domain.is_set()) {
      if (!test.own) domain.collect(domain.outcome(side, test, nullptr));
      for (const Value& value : values) domain.collect(domain.outcome(side, test, &value));
      return;
    }
    if (!test.own) {
      domain.collect({Outcome::Kind::exact, false, {}, domain.elements_of(side, test.literals.front())});
      return;
    }
    for (const Value& value : values) {
      if (!value.missing()) domain.collect_each(domain.elements_of(side, value.one));
    }
  }

  void form_classes() {
    for (std::size_t d = 0; d < 3; ++d) {
      formulas_.classes[d] = partitions_[d]->classes();
      for (const auto& members : formulas_.classes[d].members) {
        const auto derived = [&](std::uint32_t leaf) {
          return d == 0 && std::any_of(sides_.begin(), sides_.end(), [&](std::size_t side) {
                   return !formulas_.leaves[0].taxonomies[side]->sources(formulas_.leaves[0].ids[leaf][side]).empty();
                 });
        };
        const auto plain = std::find_if_not(members.begin(), members.end(), derived);
        formulas_.chosen_[d].push_back(plain == members.end() ? members.front() : *plain);
      }
    }
    for (auto& domain : formulas_.facts) domain->form_classes();
  }

  void form_variables() {
    for (Variable& variable : formulas_.variables)
      variable.bits = static_cast<std::uint32_t>(formulas_.facts[variable.domain]->bit_count());
    formulas_.time = add(Variable::Kind::time, time_starts());
    formulas_.objection = add(Variable::Kind::objection, {0, 0});
    form_notices();
    form_grants();
    std::uint32_t offset = 0;
    for (Variable& variable : formulas_.variables) {
      variable.offset = offset;
      variable.words = static_cast<std::uint32_t>(words_for(variable.bits)) + (variable.set ? 1 : 0);
      offset += variable.words;
    }
    formulas_.domain_words = offset;
  }

  std::uint32_t add(Variable::Kind kind, std::vector<std::int64_t> starts) {
    Variable variable;
    variable.kind = kind;
    variable.bits = static_cast<std::uint32_t>(1 + starts.size());
    variable.starts = std::move(starts);
    formulas_.variables.push_back(std::move(variable));
    return static_cast<std::uint32_t>(formulas_.variables.size() - 1);
  }

  std::vector<std::int64_t> time_starts() const {
    std::set<std::int64_t> starts{first_time};
    for (const std::size_t side : sides_) {
      for (const Rule& rule : formulas_.sides[side]->rules) {
        if (rule.from) starts.insert(start_of(*rule.from).microseconds);
        if (rule.until) starts.insert(end_of(*rule.until).microseconds + 1);
      }
    }
    starts.erase(last_time + 1);
    return {starts.begin(), starts.end()};
  }

  void form_notices() {
    std::map<std::string, std::array<std::optional<NoticeId>, max_sides>> by_name;
    for (const std::size_t side : sides_) {
      const auto& notices = formulas_.sides[side]->vocabulary.notices;
      formulas_.notice_variables_[side].resize(notices.size());
      formulas_.joint_notice_[side].resize(notices.size());
      for (NoticeId id = 0; id < notices.size(); ++id) by_name[notices[id].name][side] = id;
    }
    for (const auto& [name, ids] : by_name) {
      std::set<std::int64_t> versions{0};
      for (const std::size_t side : sides_) {
        for (const NoticeTest& test : formulas_.sides[side]->notice_tests) {
          if (ids[side] == test.notice) versions.insert(test.version);
        }
      }
      const std::uint32_t variable = add(Variable::Kind::notice, {versions.begin(), versions.end()});
      for (const std::size_t side : sides_) {
        formulas_.variables[variable].id[side] = ids[side];
        if (!ids[side]) continue;
        formulas_.notice_variables_[side][*ids[side]] = variable;
        formulas_.joint_notice_[side][*ids[side]] = static_cast<std::uint32_t>(formulas_.notices.size());
      }
      formulas_.notices.push_back({name, ids});
    }
  }

  void form_grants() {
    auto& grants = formulas_.grants;
    for (const std::size_t side : sides_) {
      for (const ConsentTest& test : formulas_.sides[side]->consent_tests) grants.push_back(formulas_.kind(side, test));
    }
    const auto strength = [](const GrantKind& grant) {
      return std::tuple(grant.explicit_, grant.notice.has_value(), grant.version, grant.within.has_value(),
                        grant.within ? -grant.within->seconds : 0, grant.notice);
    };
    std::sort(grants.begin(), grants.end(),
              [&](const GrantKind& a, const GrantKind& b) { return strength(a) < strength(b); });
    grants.erase(std::unique(grants.begin(), grants.end()), grants.end());
    Variable variable;
    variable.kind = Variable::Kind::consents;
    variable.set = true;
    variable.bits = static_cast<std::uint32_t>(grants.size());
    formulas_.consents = static_cast<std::uint32_t>(formulas_.variables.size());
    formulas_.variables.push_back(variable);
  }

  Formulas formulas_;
  std::vector<std::size_t> sides_;
  std::array<std::optional<Partition>, 3> partitions_;
  std::array<std::array<std::vector<bool>, 3>, max_sides> seen_;
  std::set<std::pair<std::size_t, Operand>> split_values_;
  std::map<std::pair<const Taxonomy*, const Taxonomy*>, const Leaves*> taxonomies_;
};

GrantKind Formulas::kind(std::size_t side, const ConsentTest& test) const {
  GrantKind kind{test.explicit_, test.within, std::nullopt, 0};
  if (kind.within && kind.within->seconds >= longest_past) kind.within.reset();
  if (test.under) {
    kind.notice = joint_notice_[side][*test.under];
    kind.version = test.version;
  }
  return kind;
}

Formulas build_formulas(const Model* first, const Model* second) { return FormulaBuilder(first, second).build(); }

}  // namespace zweck::analysis
