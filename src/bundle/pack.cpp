#include <algorithm>
#include <limits>

#include "bundle/archive.hpp"

namespace zweck::bundle {
namespace {

std::uint32_t flag(bool b) { return b ? 1 : 0; }

class Packer {
 public:
  explicit Packer(const Model& model) : model_(model), vocabulary_(model.vocabulary) {}

  std::optional<Archive> pack() {
    of<SetRow>().push_back({text(model_.revision)});
    pack_taxonomies();
    for (const std::string& string : vocabulary_.strings) of<StringRow>().push_back({text(string)});
    pack_attributes();
    for (const Fact& fact : vocabulary_.facts)
      of<FactRow>().push_back({text(fact.name), type(fact.type), value(fact.fallback), fact.span});
    for (const Notice& notice : vocabulary_.notices)
      of<NoticeRow>().push_back({.name = text(notice.name),
                                 .url = text(notice.url),
                                 .label = labels(notice.label),
                                 .description = labels(notice.description),
                                 .version = notice.version,
                                 .span = notice.span});
    for (const Obligation& obligation : vocabulary_.obligations)
      of<ObligationRow>().push_back({text(obligation.name), obligation.span});
    pack_tests();
    for (const Rule& rule : model_.rules) of<RuleRow>().push_back(row_of(rule));
    for (const Assertion& assertion : model_.assertions) of<AssertionRow>().push_back(row_of(assertion));
    for (std::uint32_t i = 0; i < model_.sources.size(); ++i)
      of<SourceRow>().push_back({text(model_.sources[i].path), text(model_.sources[i].text)});
    return finish();
  }

 private:
  template <class Row>
  typename Array<Row>::Own& of() {
    return std::get<typename Array<Row>::Own>(rows_);
  }
  template <class Row>
  std::uint32_t end() {
    const std::size_t size = of<Row>().size();
    if (size >= std::numeric_limits<std::uint32_t>::max()) too_large_ = true;
    return static_cast<std::uint32_t>(size);
  }
  // The rows that `add` appends to the array of `Row`s. It must not make lists of the same rows within itself.
  template <class Row, class Add>
  List<Row> list(Add add) {
    List<Row> list;
    list.begin = end<Row>();
    add(of<Row>());
    list.end = end<Row>();
    return list;
  }

  Text text(std::string_view text) {
    return list<char>([&](auto& all) { all.insert(all.end(), text.begin(), text.end()); });
  }
  List<LabelRow> labels(const Labels& labels) {
    return list<LabelRow>([&](auto& all) {
      for (const auto& [tag, label] : labels) all.push_back({text(tag), text(label)});
    });
  }
  List<NodeRef> nodes(const std::vector<NodeId>& nodes) {
    return list<NodeRef>([&](auto& all) {
      for (const NodeId node : nodes) all.push_back({node});
    });
  }

  // --- Vocabulary ---

  void pack_taxonomies() {
    for (const Taxonomy& taxonomy : vocabulary_.taxonomies) {
      const Text name = text(taxonomy.name);
      const List<NodeRow> rows = list<NodeRow>([&](auto& all) {
        for (const Node& node : taxonomy.nodes)
          all.push_back({text(node.name), nodes(node.parents), nodes(node.derived_from), flag(node.separate),
                         flag(node.since.has_value()), node.since ? node.since->days : 0});
      });
      of<TaxonomyRow>().push_back({name, rows});
    }
    for (const Taxonomy& taxonomy : vocabulary_.taxonomies)
      for (const Node& node : taxonomy.nodes)
        of<NodeNotes>().push_back({labels(node.label), labels(node.description), flag(node.deprecated.has_value()),
                                   text(node.deprecated.value_or("")), node.span});
  }

  Ref<TypeRow> type(const Type& type) {
    TypeRow row;
    row.kind = static_cast<std::uint32_t>(type.kind);
    row.set = flag(type.set);
    row.taxonomy = type.taxonomy;
    row.min = type.min;
    row.max = type.max;
    row.choices = list<Choice>([&](auto& all) {
      for (const std::int64_t choice : type.choices) all.push_back({{static_cast<std::uint32_t>(choice)}});
    });
    of<TypeRow>().push_back(row);
    return {end<TypeRow>() - 1};
  }

  ValueRow row_of(const Value& value) {
    ValueRow row;
    row.state = static_cast<std::uint32_t>(value.state);
    row.one = value.one;
    row.members = list<Member>([&](auto& all) {
      for (const std::int64_t member : value.members) all.push_back({member});
    });
    return row;
  }
  Ref<ValueRow> value(const Value& value) {
    of<ValueRow>().push_back(row_of(value));
    return {end<ValueRow>() - 1};
  }

  void pack_attributes() {
    for (std::size_t d = 0; d < 3; ++d)
      for (const Attribute& attribute : vocabulary_.attributes[d]) {
        AttributeRow row;
        row.name = text(attribute.name);
        row.type = type(attribute.type);
        row.fallback = value(attribute.fallback);
        row.values = list<ValueRow>([&](auto& all) {
          for (const Value& value : attribute.values) all.push_back(row_of(value));
        });
        row.dimension = static_cast<std::uint32_t>(d);
        row.builtin = flag(attribute.builtin);
        row.span = attribute.span;
        of<AttributeRow>().push_back(row);
      }
  }

  // --- Conditions ---

  static OperandRow row_of(const Operand& operand) {
    return {static_cast<std::uint32_t>(operand.kind), static_cast<std::uint32_t>(operand.dimension), operand.index};
  }

  void pack_tests() {
    for (const ConsentTest& test : model_.consent_tests) {
      ConsentRow row;
      row.is_explicit = flag(test.explicit_);
      if (test.under) row.under.row = *test.under;
      if (test.within) row.within = test.within->seconds;
      row.version = test.version;
      of<ConsentRow>().push_back(row);
    }
    for (const NoticeTest& test : model_.notice_tests)
      of<ShownRow>().push_back({.notice = {test.notice}, .version = test.version});
    for (const Test& test : model_.tests) {
      TestRow row;
      row.left = row_of(test.left);
      row.op = static_cast<std::uint32_t>(test.op);
      row.has_own = flag(test.own.has_value());
      if (test.own) row.own = row_of(*test.own);
      row.literals = list<Literal>([&](auto& all) {
        for (const std::int64_t literal : test.literals) all.push_back({literal});
      });
      of<TestRow>().push_back(row);
    }
  }

  OptionalRef<ConditionRow> condition(const std::optional<Condition>& condition) {
    if (!condition) return {};
    const OptionalRef<ConditionRow> ref{end<ConditionRow>()};
    add(*condition);
    return ref;
  }
  void add(const Condition& condition) {
    const std::size_t row = of<ConditionRow>().size();
    of<ConditionRow>().push_back({static_cast<std::uint32_t>(condition.kind), condition.index, 0});
    for (const Condition& part : condition.parts) add(part);
    of<ConditionRow>()[row].end = end<ConditionRow>();
  }

  // --- Rules ---

  BoxRow row_of(const Box& box) {
    BoxRow row;
    for (std::size_t d = 0; d < 3; ++d) row.nodes[d] = nodes(box.sides[d].nodes);
    return row;
  }
  Ref<BoxRow> box(const Box& box) {
    of<BoxRow>().push_back(row_of(box));
    return {end<BoxRow>() - 1};
  }
  List<BoxRow> boxes(const std::vector<Box>& boxes) {
    return list<BoxRow>([&](auto& all) {
      for (const Box& one : boxes) all.push_back(row_of(one));
    });
  }
  List<ReasonRow> reasons(const std::vector<std::string>& texts) {
    return list<ReasonRow>([&](auto& all) {
      for (const std::string& one : texts) all.push_back({text(one)});
    });
  }
  template <class Write>
  List<PlaceByte> places(const Span& whole, Write write) {
    return list<PlaceByte>([&](auto& all) {
      PlaceWriter writer(whole, all);
      write(writer);
    });
  }

  RuleRow row_of(const Rule& rule) {
    RuleRow row;
    row.name = text(rule.name);
    row.title = text(rule.title);
    row.effect = static_cast<std::uint8_t>(rule.effect);
    row.basis = static_cast<std::uint8_t>(rule.basis);
    row.scope = box(rule.scope);
    row.excepts = boxes(rule.excepts);
    row.when = condition(rule.when);
    row.unless = condition(rule.unless);
    row.has_from = rule.from.has_value();
    if (rule.from) row.from = static_cast<std::int32_t>(rule.from->days);
    row.has_until = rule.until.has_value();
    if (rule.until) row.until = static_cast<std::int32_t>(rule.until->days);
    if (rule.keep) row.keep = rule.keep->seconds;
    for (const ObligationId id : rule.oblige) row.oblige |= std::uint64_t{1} << id;
    if (rule.effect == Effect::allow && rule.basis == Basis::consent) {
      row.consent.row = rule.consent;
      row.explicit_consent.row = rule.explicit_consent;
    }
    row.benefit = labels(rule.benefit);
    row.because = reasons(rule.because);
    row.span = rule.span;
    row.places = places(rule.span, [&](PlaceWriter& write) { for_each_place(rule, write); });
    return row;
  }

  AssertionRow row_of(const Assertion& assertion) {
    AssertionRow row;
    row.name = text(assertion.name);
    row.title = text(assertion.title);
    row.quantifier = static_cast<std::uint32_t>(assertion.quantifier);
    row.scope = box(assertion.scope);
    row.excepts = boxes(assertion.excepts);
    row.when = condition(assertion.when);
    row.unless = condition(assertion.unless);
    row.because = reasons(assertion.because);
    row.span = assertion.span;
    row.places = places(assertion.span, [&](PlaceWriter& write) { for_each_common_place(assertion, write); });
    return row;
  }

  std::optional<Archive> finish() {
    Archive archive;
    for_each_array(archive, [&]<class Row>(Array<Row>& array) {
      end<Row>();
      of<Row>().shrink_to_fit();
      array = std::move(of<Row>());
    });
    if (too_large_) return std::nullopt;
    return archive;
  }

  template <class Arrays>
  struct Owned;
  template <class... Row>
  struct Owned<std::tuple<Array<Row>...>> {
    using type = std::tuple<typename Array<Row>::Own...>;
  };

  const Model& model_;
  const Vocabulary& vocabulary_;
  typename Owned<Arrays>::type rows_;
  bool too_large_ = false;
};

}  // namespace

std::optional<Archive> pack(const Model& model) { return Packer(model).pack(); }

}  // namespace zweck::bundle
