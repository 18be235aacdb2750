// What must hold of single rows before a vocabulary is unpacked from them, and of those that are unpacked later.
#include <algorithm>

#include "bundle/check.hpp"
#include "bundle/well_nested.hpp"
#include "text/limits.hpp"

namespace zweck::bundle {
namespace {

constexpr std::int64_t first_day = -719'528, last_day = 2'932'896;  // 0000-01-01, 9999-12-31

bool is_day(std::int64_t day) { return first_day <= day && day <= last_day; }

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
      if (node.parents.size() > limits::node_parents || !below(archive[node.parents], row.nodes.size()) || !below(archive[node.derived_from], row.nodes.size()))
        return false;
  }
  return next == archive.of<NodeRow>().size() && next == archive.of<NodeNotes>().size();
}

class Rules {
 public:
  Rules(const Archive& archive, const Model& base) : archive_(archive), base_(base) {}

  Flaw check() const {
    if (!all_of<BoxRow>(archive_, [&](const BoxRow& row) { return is_sound(row); }))
      return "a scope contradicts itself";
    if (!well_nested(archive_.of<ConditionRow>(), base_)) return "a condition contradicts itself";
    if (archive_.of<RuleRow>().size() > limits::rules ||
        !all_of<RuleRow>(archive_, [&](const RuleRow& row) { return is_sound(row); }))
      return "a rule contradicts itself";
    if (!all_of<AssertionRow>(archive_, [](const AssertionRow& row) { return row.quantifier <= 1; }))
      return "an assertion contradicts itself";
    if (condition_rows<RuleRow>() + condition_rows<AssertionRow>() > archive_.of<ConditionRow>().size())
      return "several refer to what belongs to one";
    if (!names_ascend<RuleRow>() || !names_ascend<AssertionRow>()) return "names are not in order";
    return std::nullopt;
  }

 private:
  bool is_sound(const BoxRow& row) const {
    for (std::size_t d = 0; d < 3; ++d) {
      const auto nodes = archive_[row.nodes[d]];
      if (row.any[d] > 1 || (row.any[d] != 0) != nodes.empty()) return false;
      if (!below(nodes, base_.vocabulary.taxonomies[d].nodes.size())) return false;
      for (std::size_t i = 1; i < nodes.size(); ++i)
        if (nodes[i - 1].node >= nodes[i].node) return false;
    }
    return true;
  }

  bool is_sound(const RuleRow& row) const {
    const bool allows = row.effect == static_cast<std::uint32_t>(Effect::allow);
    const bool by_consent = allows && row.basis == static_cast<std::uint32_t>(Basis::consent);
    const std::size_t obligations = base_.vocabulary.obligations.size();
    return row.effect <= static_cast<std::uint32_t>(Effect::deny) &&
           row.basis <= static_cast<std::uint32_t>(Basis::not_personal) && row.has_from <= 1 && row.has_until <= 1 &&
           is_day(row.from) && is_day(row.until) && row.keep >= 0 &&
           (obligations == 64 || row.oblige >> obligations == 0) &&
           (row.consent.row != row.consent.none) == by_consent &&
           (row.explicit_consent.row != row.explicit_consent.none) == by_consent;
  }

  // Of all conditions, with their parts. They are well nested.
  template <class Row>
  std::uint64_t condition_rows() const {
    const auto& conditions = archive_.of<ConditionRow>();
    std::uint64_t count = 0;
    for (const Row& row : archive_.of<Row>())
      for (const auto& ref : {row.when, row.unless})
        if (ref.row != ref.none) count += conditions[ref.row].end - ref.row;
    return count;
  }

  template <class Row>
  bool names_ascend() const {
    const auto& rows = archive_.of<Row>();
    for (std::size_t i = 1; i < rows.size(); ++i)
      if (archive_[rows[i - 1].name] >= archive_[rows[i].name]) return false;
    return true;
  }

  const Archive& archive_;
  const Model& base_;
};

}  // namespace

Flaw check_rows(const Archive& archive) {
  if (!has_taxonomies(archive)) return "a taxonomy contradicts itself";
  if (!all_of<NodeRow>(archive, [](const NodeRow& row) { return is_day(row.since); })) return "a date is none";
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

Flaw check_rules(const Archive& archive, const Model& base) { return Rules(archive, base).check(); }

}  // namespace zweck::bundle
