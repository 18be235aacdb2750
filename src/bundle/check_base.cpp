#include <algorithm>

#include "bundle/check.hpp"
#include "text/limits.hpp"

namespace zweck::bundle {
namespace {

bool below(std::span<const NodeRef> refs, std::size_t nodes) {
  return std::all_of(refs.begin(), refs.end(), [&](const NodeRef& ref) { return ref.node < nodes; });
}

bool is_operand(const OperandRow& row) {
  return row.kind <= static_cast<std::uint32_t>(Operand::Kind::attribute) && row.dimension < 3;
}

template <class Row>
bool all_of(const Archive& archive, auto holds) {
  return std::all_of(archive.of<Row>().begin(), archive.of<Row>().end(), holds);
}

// Nodes of all taxonomies one after the other, without gaps.
bool has_taxonomies(const Archive& archive) {
  const auto& taxonomies = archive.of<TaxonomyRow>();
  if (taxonomies.size() < 3 || taxonomies.size() > limits::taxonomies + 3) return false;
  std::uint32_t next = 0;
  for (const TaxonomyRow& row : taxonomies) {
    if (row.nodes.begin != next || row.nodes.size() > limits::taxonomy_nodes) return false;
    next = row.nodes.end;
    for (const NodeRow& node : archive[row.nodes])
      if (node.parents.size() > limits::node_parents || !below(archive[node.parents], row.nodes.size()) ||
          !below(archive[node.derived_from], row.nodes.size()))
        return false;
  }
  return next == archive.of<NodeRow>().size() && next == archive.of<NodeNotes>().size();
}

// What must hold of single rows before a vocabulary is unpacked from them.
Flaw check_rows(const Archive& archive) {
  if (!has_taxonomies(archive)) return "a taxonomy contradicts itself";
  if (!all_of<NodeRow>(archive, [](const NodeRow& row) { return in_bounds(Date{row.since}); })) return "a date is none";
  if (!all_of<TypeRow>(archive,
                       [](const TypeRow& row) { return row.kind <= static_cast<std::uint32_t>(TypeKind::node); }) ||
      !all_of<ValueRow>(archive,
                        [](const ValueRow& row) { return row.state <= static_cast<std::uint32_t>(Value::State::set); }))
    return "a value has no type";
  if (!all_of<AttributeRow>(archive, [](const AttributeRow& row) { return row.dimension < 3; }))
    return "an attribute belongs to nothing";
  if (!all_of<TestRow>(archive, [](const TestRow& row) {
        return row.op <= static_cast<std::uint32_t>(TestOp::has) && is_operand(row.left) && is_operand(row.own);
      }))
    return "a condition contradicts itself";
  if (archive.of<SourceRow>().empty()) return "its sources are missing";
  return std::nullopt;
}

bool ascends(const auto& values) {
  return std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}
bool names_ascend(const auto& named) {
  return std::adjacent_find(named.begin(), named.end(),
                            [](const auto& a, const auto& b) { return a.name >= b.name; }) == named.end();
}

// The values of one type.
class Values {
 public:
  Values(const Vocabulary& vocabulary, const Type& type)
      : vocabulary_(vocabulary), type_(type), choices_(type.choices) {
    std::sort(choices_.begin(), choices_.end());
  }

  const Type& type() const { return type_; }
  bool fits(std::int64_t value) const {
    switch (type_.kind) {
      case TypeKind::boolean:
        return value == 0 || value == 1;
      case TypeKind::integer:
        return type_.min <= value && value <= type_.max;
      case TypeKind::string:
        return 0 <= value && value < static_cast<std::int64_t>(vocabulary_.strings.size());
      case TypeKind::date:
        return in_bounds(Date{value});
      case TypeKind::duration:
        return value > 0;
      case TypeKind::choice:
        return std::binary_search(choices_.begin(), choices_.end(), value);
      case TypeKind::node:
        return 0 <= value && value < static_cast<std::int64_t>(vocabulary_.taxonomies[type_.taxonomy].nodes.size());
    }
    return false;
  }
  bool fit(const std::vector<std::int64_t>& values) const {
    return ascends(values) &&
           std::all_of(values.begin(), values.end(), [&](std::int64_t value) { return fits(value); });
  }
  bool fits(const Value& value) const {
    switch (value.state) {
      case Value::State::missing:
        return true;
      case Value::State::single:
        return !type_.set && fits(value.one);
      case Value::State::set:
        return type_.set && fit(value.members);
    }
    return false;
  }

 private:
  const Vocabulary& vocabulary_;
  const Type& type_;
  std::vector<std::int64_t> choices_;
};

class Base {
 public:
  Base(const Archive& archive, const Model& base)
      : archive_(archive), base_(base), vocabulary_(base.vocabulary), taxonomies_(base.vocabulary.taxonomies) {
    for (std::size_t d = 0; d < 3; ++d) {
      node_types_[d].kind = TypeKind::node;
      node_types_[d].taxonomy = static_cast<std::uint32_t>(d);
      nodes_.emplace_back(vocabulary_, node_types_[d]);
    }
  }

  Flaw check() {
    if (archive_.of<SetRow>().size() != 1) return "its revision is missing";
    if (vocabulary_.strings.size() != archive_.of<StringRow>().size()) return "a string is there twice";
    for (const Taxonomy& taxonomy : taxonomies_)
      if (!is_sound(taxonomy)) return "a taxonomy contradicts itself";
    for (std::size_t d = 0; d < 3; ++d)
      for (const Attribute& attribute : vocabulary_.attributes[d]) {
        if (!is_sound(attribute.type) || attribute.values.size() != taxonomies_[d].nodes.size())
          return "an attribute contradicts its type";
        const Values& values = attributes_[d].emplace_back(vocabulary_, attribute.type);
        if (!values.fits(attribute.fallback) ||
            !std::all_of(attribute.values.begin(), attribute.values.end(),
                         [&](const Value& value) { return values.fits(value); }))
          return "an attribute contradicts its type";
      }
    if (!has_builtin(0, attribute_special, "special") || !has_builtin(0, attribute_volunteered, "volunteered") ||
        !has_builtin(2, attribute_first_party, "first-party"))
      return "a built-in attribute is missing";
    for (const Fact& fact : vocabulary_.facts)
      if (!is_sound(fact.type) || !facts_.emplace_back(vocabulary_, fact.type).fits(fact.fallback))
        return "a fact contradicts its type";
    if (!names_ascend(vocabulary_.facts) || !names_ascend(vocabulary_.notices) ||
        !names_ascend(vocabulary_.obligations))
      return "names are not in order";
    if (vocabulary_.obligations.size() > limits::obligations) return "there are too many obligations";
    for (const ConsentTest& test : base_.consent_tests)
      if ((test.within && test.within->seconds < 0) ||
          (test.under ? !is_version(*test.under, test.version) : test.version != 0))
        return "a condition on consent contradicts the notices";
    for (const NoticeTest& test : base_.notice_tests)
      if (!is_version(test.notice, test.version)) return "a condition on a notice contradicts the notices";
    for (const Test& test : base_.tests)
      if (!is_sound(test)) return "a condition contradicts the types of what it compares";
    return std::nullopt;
  }

 private:
  bool is_sound(const Taxonomy& taxonomy) const {
    const std::size_t size = taxonomy.nodes.size();
    // All of them are reached from the roots only if there are no cycles.
    if (taxonomy.topological().size() != size || !names_ascend(taxonomy.nodes)) return false;
    return std::all_of(taxonomy.nodes.begin(), taxonomy.nodes.end(), [&](const Node& node) {
      return ascends(node.parents) && ascends(node.derived_from) &&
             (!node.since || in_bounds(*node.since));
    });
  }

  bool is_sound(const Type& type) const {
    switch (type.kind) {
      case TypeKind::integer:
        return !type.set && type.min <= type.max;
      case TypeKind::boolean:
      case TypeKind::date:
      case TypeKind::duration:
        return !type.set;
      case TypeKind::string:
        return true;
      case TypeKind::choice: {
        std::vector<std::int64_t> choices = type.choices;
        std::sort(choices.begin(), choices.end());
        return !choices.empty() && ascends(choices);
      }
      case TypeKind::node:
        return type.taxonomy < taxonomies_.size() && !taxonomies_[type.taxonomy].nodes.empty();
    }
    return false;
  }

  bool has_builtin(std::size_t d, std::uint32_t index, std::string_view name) const {
    const auto& attributes = vocabulary_.attributes[d];
    return index < attributes.size() && attributes[index].name == name && attributes[index].builtin &&
           attributes[index].type == Type{};
  }

  bool is_version(NoticeId notice, std::int64_t version) const {
    return 1 <= version && version <= vocabulary_.notices[notice].version;
  }

  // --- Tests: what the resolver would let through ---

  // Nothing if there is no such operand.
  const Values* values_of(const Operand& operand) const {
    const auto d = static_cast<std::size_t>(operand.dimension);
    const std::vector<Values>& all = operand.kind == Operand::Kind::fact   ? facts_
                                     : operand.kind == Operand::Kind::node ? nodes_
                                                                           : attributes_[d];
    const std::size_t index = operand.kind == Operand::Kind::node ? d : operand.index;
    return index < all.size() ? &all[index] : nullptr;
  }

  bool is_sound(const Test& test) const {
    const Values* const values = values_of(test.left);
    if (values == nullptr) return false;
    const Type* const left = &values->type();
    if (left->set != (test.op == TestOp::has)) return false;
    const bool ordered =
        left->kind == TypeKind::integer || left->kind == TypeKind::date || left->kind == TypeKind::duration;
    switch (test.op) {
      case TestOp::is_true:
        return left->kind == TypeKind::boolean && !test.own && test.literals.empty();
      case TestOp::less:
      case TestOp::less_equal:
      case TestOp::greater:
      case TestOp::greater_equal:
        if (!ordered) return false;
        break;
      case TestOp::in:
        if (left->kind == TypeKind::boolean) return false;
        break;
      default:
        break;
    }
    if (test.own) {
      if (test.own->kind == Operand::Kind::fact || !test.literals.empty()) return false;
      const Values* const own = values_of(*test.own);
      if (own == nullptr) return false;
      const Type* const right = &own->type();
      return right->kind == left->kind && right->set == (test.op == TestOp::in) &&
             (left->kind != TypeKind::node || right->taxonomy == left->taxonomy);
    }
    if (test.literals.empty() || (test.op != TestOp::in && test.literals.size() != 1)) return false;
    if (!values->fit(test.literals)) return false;
    return left->kind != TypeKind::node || (test.op != TestOp::equal && test.op != TestOp::unequal) ||
           taxonomies_[left->taxonomy].is_leaf(static_cast<NodeId>(test.literals.front()));
  }

  const Archive& archive_;
  const Model& base_;
  const Vocabulary& vocabulary_;
  const std::vector<Taxonomy>& taxonomies_;
  // Values of what a test compares, in the order of the vocabulary.
  std::array<Type, 3> node_types_;
  std::vector<Values> nodes_, facts_;
  std::array<std::vector<Values>, 3> attributes_;
};

}  // namespace

Flaw check_base(const Archive& archive, Refs& refs, Model& base) {
  if (!refs.all_fit<SetRow, TaxonomyRow, NodeRow, StringRow, Choice, TypeRow, ValueRow, AttributeRow, FactRow, NoticeRow,
                    ObligationRow, ConsentRow, ShownRow, TestRow>())
    return nowhere;
  if (!refs.are_own()) return several;
  if (Flaw flaw = check_rows(archive)) return flaw;
  base = unpack(archive, false);
  for (Taxonomy& taxonomy : base.vocabulary.taxonomies)
    if (!taxonomy.close()) return "a taxonomy is too large";
  return Base(archive, base).check();
}

}  // namespace zweck::bundle
