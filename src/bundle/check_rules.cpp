#include <simdjson.h>

#include <algorithm>

#include "bundle/check.hpp"
#include "bundle/well_nested.hpp"
#include "text/limits.hpp"

namespace zweck::bundle {
namespace {

// Rules of one part: their rows take a megabyte.
constexpr std::size_t part_rules = 4096;

constexpr std::string_view disorder = "names are not in order";

enum : std::size_t { boxes, conditions, assertions, others, first_rules };

}  // namespace

Flaw check_texts(const Archive& archive) {
  const Array<char>& text = archive.of<char>();
  return simdjson::validate_utf8(text.data(), text.size()) ? Flaw() : "its texts are no UTF-8";
}

RuleChecks::RuleChecks(const Archive& archive)
    : archive_(archive),
      parts_(first_rules + (archive.of<RuleRow>().size() + part_rules - 1) / part_rules, Part{Refs(archive), 0, {}}),
      duties_(archive.of<RuleRow>().size()) {
  const auto& taxonomies = archive.of<TaxonomyRow>();
  for (std::size_t d = 0; d < std::min<std::size_t>(taxonomies.size(), 3); ++d) nodes_[d] = taxonomies[d].nodes.size();
}

void RuleChecks::check(std::size_t number) {
  Part part{Refs(archive_), 0, {}};
  const auto find = [&](const auto& rows, auto check) {
    for (const auto& row : rows)
      if ((part.flaw = part.refs.fit(row) ? check(row) : nowhere)) return;
  };
  // Of a rule or assertion: its conditions with their parts, if they are well nested, and its name after that of `before`.
  const auto see = [&](const auto& row, auto& before) -> Flaw {
    for (const auto& ref : {row.when, row.unless})
      if (ref.row != ref.none) part.condition_rows += archive_.of<ConditionRow>()[ref.row].end - ref.row;
    const bool in_order = before == nullptr || archive_[before->name] < archive_[row.name];
    before = &row;
    return in_order ? Flaw() : disorder;
  };
  switch (number) {
    case boxes:
      find(archive_.of<BoxRow>(), [&](const BoxRow& row) { return is_sound(row) ? Flaw() : "a scope contradicts itself"; });
      break;
    case conditions: {
      const Tests tests{archive_.of<ConsentRow>().size(), archive_.of<ShownRow>().size(), archive_.of<TestRow>().size()};
      if (!well_nested(archive_.of<ConditionRow>(), tests)) part.flaw = "a condition contradicts itself";
      break;
    }
    case assertions: {
      const AssertionRow* before = nullptr;
      find(archive_.of<AssertionRow>(), [&](const AssertionRow& row) -> Flaw {
        return row.quantifier > 1 ? "an assertion contradicts itself" : see(row, before);
      });
      break;
    }
    case others:
      if (!part.refs.all_fit<NodeNotes, LabelRow, SourceRow, ReasonRow>()) part.flaw = nowhere;
      break;
    default: {
      const auto& rules = archive_.of<RuleRow>();
      const std::size_t first = (number - first_rules) * part_rules;
      const RuleRow* before = nullptr;
      Duty* duty = duties_.data() + first;
      find(rules.slice(first, std::min(first + part_rules, rules.size())), [&](const RuleRow& row) -> Flaw {
        if (!is_sound(row)) return "a rule contradicts itself";
        *duty++ = {row.keep == 0 ? INT64_MAX : row.keep, row.oblige};
        return see(row, before);
      });
    }
  }
  parts_[number] = part;
}

Flaw RuleChecks::flaw(Refs refs) const {
  if (archive_.of<RuleRow>().size() > limits::rules) return "a rule contradicts itself";
  const auto& rules = archive_.of<RuleRow>();
  std::uint64_t condition_rows = 0;
  for (const Part& part : parts_) {
    if (part.flaw) return part.flaw;
    refs.add(part.refs);
    condition_rows += part.condition_rows;
  }
  for (std::size_t first = part_rules; first < rules.size(); first += part_rules)
    if (archive_[rules[first - 1].name] >= archive_[rules[first].name]) return disorder;
  if (!refs.are_own() || condition_rows > archive_.of<ConditionRow>().size()) return several;
  return std::nullopt;
}

bool RuleChecks::is_sound(const BoxRow& row) const {
  for (std::size_t d = 0; d < 3; ++d) {
    const auto nodes = archive_[row.nodes[d]];
    if (nodes.empty()) continue;
    for (std::size_t i = 1; i < nodes.size(); ++i)
      if (nodes[i - 1].node >= nodes[i].node) return false;
    if (nodes.back().node >= nodes_[d]) return false;
  }
  return true;
}

bool RuleChecks::is_sound(const RuleRow& row) const {
  const bool allows = row.effect == static_cast<std::uint32_t>(Effect::allow);
  const bool by_consent = allows && row.basis == static_cast<std::uint32_t>(Basis::consent);
  const std::size_t obligations = archive_.of<ObligationRow>().size();
  return row.effect <= static_cast<std::uint32_t>(Effect::deny) &&
         row.basis <= static_cast<std::uint32_t>(Basis::not_personal) && row.has_from <= 1 && row.has_until <= 1 &&
         in_bounds(Date{row.from}) && in_bounds(Date{row.until}) && row.keep >= 0 &&
         (obligations >= 64 || row.oblige >> obligations == 0) &&
         (row.consent.row != row.consent.none) == by_consent &&
         (row.explicit_consent.row != row.explicit_consent.none) == by_consent;
}

}  // namespace zweck::bundle
