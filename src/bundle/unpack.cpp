#include "bundle/archive.hpp"

namespace zweck::bundle {
namespace {

class Unpacker {
 public:
  Unpacker(const Archive& archive, bool whole) : archive_(archive), whole_(whole) {}

  Vocabulary vocabulary() {
    Vocabulary vocabulary;
    vocabulary.taxonomies.reserve(archive_.of<TaxonomyRow>().size());
    std::size_t note = 0;
    for (const TaxonomyRow& row : archive_.of<TaxonomyRow>()) {
      Taxonomy& taxonomy = vocabulary.taxonomies.emplace_back();
      taxonomy.name = archive_[row.name];
      taxonomy.nodes.resize(row.nodes.size());
      NodeId id = 0;
      for (const NodeRow& node : archive_[row.nodes])
        fill(taxonomy.nodes[id++], node, archive_.of<NodeNotes>()[note++]);
    }
    const auto& strings = archive_.of<StringRow>();
    vocabulary.strings.reserve(strings.size());
    vocabulary.string_ids.reserve(strings.size());
    for (const StringRow& row : strings) vocabulary.intern(archive_[row.text]);
    for (const AttributeRow& row : archive_.of<AttributeRow>()) {
      Attribute attribute{std::string(archive_[row.name]),
                          type(archive_[row.type]),
                          value(archive_[row.fallback]),
                          {},
                          row.builtin != 0,
                          row.span};
      attribute.values.reserve(row.values.size());
      for (const ValueRow& each : archive_[row.values]) attribute.values.push_back(value(each));
      vocabulary.attributes[row.dimension].push_back(std::move(attribute));
    }
    for (const FactRow& row : archive_.of<FactRow>())
      vocabulary.facts.push_back({text(row.name), type(archive_[row.type]), value(archive_[row.fallback]), row.span});
    for (const NoticeRow& row : archive_.of<NoticeRow>())
      vocabulary.notices.push_back({text(row.name), row.version, whole_ ? labels(row.label) : Labels(),
                                    whole_ ? labels(row.description) : Labels(), text(row.url), row.span});
    for (const ObligationRow& row : archive_.of<ObligationRow>())
      vocabulary.obligations.push_back({text(row.name), row.span});
    return vocabulary;
  }

  Model model() {
    Model model;
    model.vocabulary = vocabulary();
    for (const SetRow& row : archive_.of<SetRow>()) model.revision = archive_[row.revision];
    for (const ConsentRow& row : archive_.of<ConsentRow>()) {
      ConsentTest test;
      test.explicit_ = row.is_explicit != 0;
      if (row.within != 0) test.within = Duration{row.within};
      if (row.under.row != row.under.none) test.under = row.under.row;
      test.version = row.version;
      model.consent_tests.push_back(test);
    }
    for (const ShownRow& row : archive_.of<ShownRow>()) model.notice_tests.push_back({row.notice.row, row.version});
    model.tests.reserve(archive_.of<TestRow>().size());
    for (const TestRow& row : archive_.of<TestRow>()) {
      Test& test = model.tests.emplace_back();
      test.left = operand(row.left);
      test.op = static_cast<TestOp>(row.op);
      if (row.has_own != 0) test.own = operand(row.own);
      test.literals.reserve(row.literals.size());
      for (const Literal& literal : archive_[row.literals]) test.literals.push_back(literal.value);
    }
    if (!whole_) return model;
    for (const SourceRow& row : archive_.of<SourceRow>()) model.sources.add({text(row.path), text(row.text)});
    model.rules.reserve(archive_.of<RuleRow>().size());
    for (const RuleRow& row : archive_.of<RuleRow>()) model.rules.push_back(rule(row));
    for (const AssertionRow& row : archive_.of<AssertionRow>()) model.assertions.push_back(assertion(row));
    return model;
  }

 private:
  std::string text(Text text) const { return std::string(archive_[text]); }

  Labels labels(List<LabelRow> rows) const {
    Labels labels;
    for (const LabelRow& row : archive_[rows]) labels.emplace_back(archive_[row.tag], archive_[row.text]);
    return labels;
  }

  std::vector<NodeId> nodes(List<NodeRef> refs) const {
    std::vector<NodeId> nodes;
    nodes.reserve(refs.size());
    for (const NodeRef& ref : archive_[refs]) nodes.push_back(ref.node);
    return nodes;
  }

  void fill(Node& node, const NodeRow& row, const NodeNotes& notes) const {
    node.name = archive_[row.name];
    node.parents = nodes(row.parents);
    node.derived_from = nodes(row.derived_from);
    node.separate = row.separate != 0;
    if (row.has_since != 0) node.since = Date{row.since};
    if (!whole_) return;
    node.label = labels(notes.label);
    node.description = labels(notes.description);
    if (notes.is_deprecated != 0) node.deprecated = archive_[notes.deprecated];
    node.span = notes.span;
  }

  Type type(const TypeRow& row) const {
    Type type{static_cast<TypeKind>(row.kind), row.set != 0, row.min, row.max, {}, row.taxonomy};
    for (const Choice& choice : archive_[row.choices]) type.choices.push_back(choice.string.row);
    return type;
  }

  Value value(const ValueRow& row) const {
    Value value{static_cast<Value::State>(row.state), row.one, {}};
    value.members.reserve(row.members.size());
    for (const Member& member : archive_[row.members]) value.members.push_back(member.value);
    return value;
  }

  static Operand operand(const OperandRow& row) {
    return {static_cast<Operand::Kind>(row.kind), static_cast<Dimension>(row.dimension), row.index};
  }

  Condition condition(std::uint32_t at) const {
    const ConditionRow& row = archive_.of<ConditionRow>()[at];
    Condition condition;
    condition.kind = static_cast<Condition::Kind>(row.kind);
    condition.index = row.index;
    for (std::uint32_t part = at + 1; part != row.end; part = archive_.of<ConditionRow>()[part].end)
      condition.parts.push_back(this->condition(part));
    return condition;
  }
  std::optional<Condition> condition(OptionalRef<ConditionRow> ref) const {
    return ref.row == ref.none ? std::nullopt : std::optional(condition(ref.row));
  }

  Box box(const BoxRow& row) const {
    Box box;
    for (std::size_t d = 0; d < 3; ++d) box.sides[d] = {row.nodes[d].size() == 0, nodes(row.nodes[d])};
    return box;
  }
  std::vector<Box> boxes(List<BoxRow> rows) const {
    std::vector<Box> boxes;
    for (const BoxRow& row : archive_[rows]) boxes.push_back(box(row));
    return boxes;
  }
  std::vector<std::string> reasons(List<ReasonRow> rows) const {
    std::vector<std::string> reasons;
    for (const ReasonRow& row : archive_[rows]) reasons.emplace_back(archive_[row.text]);
    return reasons;
  }

  Rule rule(const RuleRow& row) const {
    Rule rule;
    rule.name = archive_[row.name];
    rule.title = archive_[row.title];
    rule.effect = static_cast<Effect>(row.effect);
    rule.basis = static_cast<Basis>(row.basis);
    rule.scope = box(archive_[row.scope]);
    rule.excepts = boxes(row.excepts);
    rule.when = condition(row.when);
    rule.unless = condition(row.unless);
    if (row.has_from != 0) rule.from = Date{row.from};
    if (row.has_until != 0) rule.until = Date{row.until};
    if (row.keep != 0) rule.keep = Duration{row.keep};
    for (ObligationId id = 0; id < 64; ++id)
      if ((row.oblige >> id & 1) != 0) rule.oblige.push_back(id);
    if (row.consent.row != row.consent.none) {
      rule.consent = row.consent.row;
      rule.explicit_consent = row.explicit_consent.row;
    }
    rule.benefit = labels(row.benefit);
    rule.because = reasons(row.because);
    rule.span = row.span;
    PlaceReader read(row.span, archive_[row.places]);
    for_each_place(rule, read);
    return rule;
  }

  Assertion assertion(const AssertionRow& row) const {
    Assertion assertion;
    assertion.name = archive_[row.name];
    assertion.title = archive_[row.title];
    assertion.quantifier = static_cast<Quantifier>(row.quantifier);
    assertion.scope = box(archive_[row.scope]);
    assertion.excepts = boxes(row.excepts);
    assertion.when = condition(row.when);
    assertion.unless = condition(row.unless);
    assertion.because = reasons(row.because);
    assertion.span = row.span;
    PlaceReader read(row.span, archive_[row.places]);
    for_each_common_place(assertion, read);
    return assertion;
  }

  const Archive& archive_;
  bool whole_;
};

}  // namespace

Model unpack(const Archive& archive, bool whole) { return Unpacker(archive, whole).model(); }

}  // namespace zweck::bundle
