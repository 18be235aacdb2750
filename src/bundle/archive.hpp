// A policy set as flat arrays of rows, each row in the array of its type. Rows refer to others by their numbers, never
// by pointers, so that the arrays can be written as they lie and checked without knowing what they mean.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>

#include "bundle/places.hpp"
#include "engine/array.hpp"
#include "model/model.hpp"

namespace zweck::bundle {

// One row of the array of `Row`s; none if it is optional and `none`.
template <class Row>
struct Ref {
  std::uint32_t row = 0;
};
template <class Row>
struct OptionalRef {
  static constexpr std::uint32_t none = UINT32_MAX;
  std::uint32_t row = none;
};
// The rows [begin, end) of the array of `Row`s.
template <class Row>
struct List {
  std::uint32_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
};
using Text = List<char>;

// Elements that are mere numbers have types of their own, so that each array has one.
struct NodeRef {
  NodeId node = 0;  // of a taxonomy that the referring row tells
};
struct Member {
  std::int64_t value = 0;  // of a set
};
struct Literal {
  std::int64_t value = 0;  // of a test
};
struct LabelRow {
  Text tag, text;
  auto refs() const { return std::tie(tag, text); }
};
struct StringRow {
  Text text;
  auto refs() const { return std::tie(text); }
};
struct ReasonRow {
  Text text;
  auto refs() const { return std::tie(text); }
};
struct Choice {
  Ref<StringRow> string;
  auto refs() const { return std::tie(string); }
};
struct SourceRow {
  Text path, text;
  auto refs() const { return std::tie(path, text); }
};
// One: what the set is as a whole.
struct SetRow {
  Text revision;
  auto refs() const { return std::tie(revision); }
};

// --- Vocabulary ---

struct NodeRow {
  Text name;
  List<NodeRef> parents, derived_from;
  std::uint32_t separate = 0, has_since = 0;
  std::int64_t since = 0;  // days
  auto refs() const { return std::tie(name, parents, derived_from); }
};
// What of a node no decision needs: a row for each NodeRow.
struct NodeNotes {
  List<LabelRow> label, description;
  std::uint32_t is_deprecated = 0;
  Text deprecated;
  Span span;
  auto refs() const { return std::tie(label, description, deprecated, span); }
};
struct TaxonomyRow {
  Text name;
  List<NodeRow> nodes;
  auto refs() const { return std::tie(name, nodes); }
};
struct TypeRow {
  std::uint32_t kind = 0, set = 0, taxonomy = 0, padding = 0;
  std::int64_t min = 0, max = 0;
  List<Choice> choices;
  auto refs() const { return std::tie(choices); }
};
struct ValueRow {
  std::int64_t one = 0;
  List<Member> members;
  std::uint32_t state = 0, padding = 0;
  auto refs() const { return std::tie(members); }
};
struct AttributeRow {
  Text name;
  Ref<TypeRow> type;
  Ref<ValueRow> fallback;
  List<ValueRow> values;
  std::uint32_t dimension = 0, builtin = 0;
  Span span;
  auto refs() const { return std::tie(name, type, fallback, values, span); }
};
struct FactRow {
  Text name;
  Ref<TypeRow> type;
  Ref<ValueRow> fallback;
  Span span;
  auto refs() const { return std::tie(name, type, fallback, span); }
};
struct NoticeRow {
  Text name, url;
  List<LabelRow> label, description;
  std::int64_t version = 0;
  Span span;
  std::uint32_t padding = 0;
  auto refs() const { return std::tie(name, url, label, description, span); }
};
struct ObligationRow {
  Text name;
  Span span;
  auto refs() const { return std::tie(name, span); }
};

// --- Conditions ---

struct ConsentRow {
  std::uint32_t is_explicit = 0, padding = 0;
  OptionalRef<NoticeRow> under;
  std::uint32_t padding_too = 0;
  std::int64_t within = 0;  // seconds; 0: any time
  std::int64_t version = 0;
  auto refs() const { return std::tie(under); }
};
struct ShownRow {
  Ref<NoticeRow> notice;
  std::uint32_t padding = 0;
  std::int64_t version = 0;
  auto refs() const { return std::tie(notice); }
};
struct OperandRow {
  std::uint32_t kind = 0, dimension = 0, index = 0;
};
struct TestRow {
  OperandRow left;
  std::uint32_t op = 0, has_own = 0;
  OperandRow own;
  List<Literal> literals;
  auto refs() const { return std::tie(literals); }
};
// In pre-order: the parts of a condition follow it, up to `end`.
struct ConditionRow {
  std::uint32_t kind = 0, index = 0;
  std::uint32_t end = 0;
};

// --- Rules ---

// Lists without nodes stand for `any`.
struct BoxRow {
  std::array<List<NodeRef>, 3> nodes;
  auto refs() const { return std::tie(nodes[0], nodes[1], nodes[2]); }
};
struct RuleRow {
  Text name, title;
  Ref<BoxRow> scope;
  List<BoxRow> excepts;
  OptionalRef<ConditionRow> when, unless;
  OptionalRef<ConsentRow> consent, explicit_consent;  // with Basis::consent
  List<LabelRow> benefit;
  List<ReasonRow> because;
  Span span;
  List<PlaceByte> places;
  std::uint8_t effect = 0, basis = 0, has_from = 0, has_until = 0;
  std::int32_t from = 0, until = 0;  // days
  std::uint32_t padding = 0;
  std::int64_t keep = 0;     // seconds; 0: none
  std::uint64_t oblige = 0;  // a bit for each ObligationId
  auto refs() const {
    return std::tie(name, title, scope, excepts, when, unless, consent, explicit_consent, benefit, because, span, places);
  }
};
struct AssertionRow {
  Text name, title;
  std::uint32_t quantifier = 0;
  Ref<BoxRow> scope;
  List<BoxRow> excepts;
  OptionalRef<ConditionRow> when, unless;
  List<ReasonRow> because;
  Span span;
  List<PlaceByte> places;
  auto refs() const { return std::tie(name, title, scope, excepts, when, unless, because, span, places); }
};

// --- All of it ---

using Arrays =
    std::tuple<Array<char>, Array<SetRow>, Array<TaxonomyRow>, Array<NodeRow>, Array<NodeRef>, Array<StringRow>,
               Array<TypeRow>, Array<Choice>, Array<ValueRow>, Array<Member>, Array<AttributeRow>, Array<FactRow>,
               Array<NoticeRow>, Array<ObligationRow>, Array<ConsentRow>, Array<ShownRow>, Array<TestRow>,
               Array<Literal>, Array<NodeNotes>, Array<LabelRow>, Array<SourceRow>, Array<BoxRow>, Array<ConditionRow>,
               Array<PlaceByte>, Array<ReasonRow>, Array<RuleRow>, Array<AssertionRow>>;

struct Archive {
  Arrays arrays;

  template <class Row>
  const Array<Row>& of() const {
    return std::get<Array<Row>>(arrays);
  }
  // What refs mean; they must be checked.
  template <class Row>
  const Row& operator[](Ref<Row> ref) const {
    return of<Row>()[ref.row];
  }
  template <class Row>
  std::span<const Row> operator[](List<Row> list) const {
    return of<Row>().slice(list.begin, list.end);
  }
  std::string_view operator[](Text text) const { return {of<char>().data() + text.begin, text.size()}; }
};

// Calls visit(array) for every array, always in the same order.
template <class Archive, class Visit>
void for_each_array(Archive& archive, Visit visit) requires requires {
  archive.arrays;
}
{
  std::apply([&](auto&... array) { (visit(array), ...); }, archive.arrays);
}

// MODEL -> ARCHIVE, whose arrays take no more than they hold. Nothing if it has more of something than 32 bits count.
std::optional<Archive> pack(const Model& model);

// ARCHIVE -> MODEL: what decisions need, without rules, labels and places; with `whole` the rest too. Refs must be
// checked before. The taxonomies are left to be closed.
Model unpack(const Archive& archive, bool whole);

}  // namespace zweck::bundle
