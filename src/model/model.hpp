// A policy set with every name resolved: taxonomies, facts, notices, rules, assertions as plain structs of small ids.
// Immutable once loaded; safe to share between threads. Ids are ranks in byte order of the names, so that nothing
// depends on the order of files.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/source.hpp"
#include "zweck/ids.hpp"
#include "zweck/time.hpp"

namespace zweck {

// --- Types and values ------------------------------------------------------------------------------------------------

enum class TypeKind : std::uint8_t { boolean, integer, string, date, duration, choice, node };

struct Type {
  TypeKind kind = TypeKind::boolean;
  bool set = false;                              // `set of` the kind: string, choice or node
  std::int64_t min = INT64_MIN, max = INT64_MAX;  // integer
  std::vector<std::int64_t> choices;             // choice: string ids, in the order written
  std::uint32_t taxonomy = 0;                    // node: index into Model::taxonomies

  // Whether the string with this id is one of the choices.
  bool has_choice(std::int64_t id) const;
  friend bool operator==(const Type&, const Type&) = default;
};

// A value of a type known from elsewhere. `one` holds a bool (0, 1), an int, a date in days, a duration in seconds, a
// string id (string, choice), or a NodeId. A string no policy mentions has the id Model::foreign_string.
struct Value {
  enum class State : std::uint8_t { missing, single, set };
  State state = State::missing;
  std::int64_t one = 0;
  std::vector<std::int64_t> members;  // State::set: sorted, unique

  bool missing() const { return state == State::missing; }
  static Value single(std::int64_t value) { return {State::single, value, {}}; }
  static Value of_set(std::vector<std::int64_t> members);
  friend bool operator==(const Value&, const Value&) = default;
};

// --- Vocabulary ------------------------------------------------------------------------------------------------------

// Text by language tag; the tag "" for text without one. Sorted by tag.
using Labels = std::vector<std::pair<std::string, std::string>>;

struct Node {
  std::string name;
  std::vector<NodeId> parents;   // as `in` names them, sorted
  std::vector<NodeId> children;  // sorted
  Labels label;
  Labels description;
  std::optional<std::string> deprecated;  // what to use instead; may be empty
  bool separate = false;                  // data, purpose, partner
  std::optional<Date> since;              // data, purpose, partner
  std::vector<NodeId> derived_from;       // data: as written, sorted
  Span span;                              // of the name
};

class Taxonomy {
 public:
  std::string name;
  std::vector<Node> nodes;  // by NodeId, sorted by name

  // What follows is built by close() after nodes, parents and derived_from are set; no cycles may be left then. False if
  // it would take more than limits::taxonomy_closure pairs: only topological() and leaves() are there then.
  bool close();
  std::optional<NodeId> find(std::string_view name) const;
  bool is_leaf(NodeId node) const { return nodes[node].children.empty(); }
  const std::vector<NodeId>& leaves() const { return leaves_; }
  // At or above `node`, at or below `node` (leaves only): sorted.
  std::span<const NodeId> above(NodeId node) const { return slice(above_, above_start_, node); }
  std::span<const NodeId> leaves_below(NodeId node) const { return slice(below_, below_start_, node); }
  // Whether `lower` is at or below `upper`.
  bool at_or_below(NodeId lower, NodeId upper) const;
  // Data: the source leaves of a leaf, transitively (section 5.1), sorted. Empty elsewhere.
  std::span<const NodeId> sources(NodeId leaf) const;
  // Parents come before children in this order of all nodes.
  const std::vector<NodeId>& topological() const { return topological_; }
  std::vector<std::string_view> names() const;

 private:
  static std::span<const NodeId> slice(const std::vector<NodeId>& all, const std::vector<std::uint32_t>& start,
                                       NodeId node) {
    return {all.data() + start[node], all.data() + start[node + 1]};
  }
  std::vector<NodeId> leaves_, topological_;
  std::vector<NodeId> above_, below_, sources_;
  std::vector<std::uint32_t> above_start_, below_start_, sources_start_;
};

struct Attribute {
  std::string name;
  Type type;
  Value fallback;             // the default; missing if there is none
  std::vector<Value> values;  // by NodeId: own, inherited, default, or missing
  bool builtin = false;       // special, volunteered, first-party
  Span span;
};

struct Fact {
  std::string name;
  Type type;
  Value fallback;  // the default; missing if there is none
  Span span;
};

struct Notice {
  std::string name;
  std::int64_t version = 1;
  Labels label;
  Labels description;
  std::string url;
  Span span;
};

struct Obligation {
  std::string name;
  Span span;
};

// --- Conditions ------------------------------------------------------------------------------------------------------

struct ConsentTest {
  bool explicit_ = false;
  std::optional<Duration> within;
  std::optional<NoticeId> under;
  std::int64_t version = 0;  // the least version, where `under` is set
  friend auto operator<=>(const ConsentTest&, const ConsentTest&) = default;
};

struct NoticeTest {
  NoticeId notice = 0;
  std::int64_t version = 0;
  friend auto operator<=>(const NoticeTest&, const NoticeTest&) = default;
};

struct Operand {
  enum class Kind : std::uint8_t { fact, node, attribute };
  Kind kind = Kind::fact;
  Dimension dimension = Dimension::data;  // node, attribute
  std::uint32_t index = 0;                // fact: FactId; attribute: index into Model::attributes[dimension]
  friend auto operator<=>(const Operand&, const Operand&) = default;
};

enum class TestOp : std::uint8_t { is_true, equal, unequal, less, less_equal, greater, greater_equal, in, has };

// `left op right`. The right side is nothing (is_true), an operand (never a fact), or literals: one, or for `in` one or
// more (values of kind `node` may be groups there; for `=` and `!=` they are leaves).
struct Test {
  Operand left;
  TestOp op = TestOp::is_true;
  std::optional<Operand> own;
  std::vector<std::int64_t> literals;  // sorted, unique
  friend bool operator==(const Test&, const Test&) = default;
};

struct Condition {
  enum class Kind : std::uint8_t { all, any, negation, consent, objection, notice, test };
  Kind kind = Kind::all;
  std::vector<Condition> parts;  // all, any: two or more; negation: one
  std::uint32_t index = 0;       // consent, notice, test: into Model::consent_tests, notice_tests, tests
  Span span;
};

// --- Rules -----------------------------------------------------------------------------------------------------------

struct NodeSet {
  bool any = false;
  std::vector<NodeId> nodes;  // as written, sorted and unique; empty if `any`
};

// A product of three sets of leaves: those at or below one of the nodes, in each dimension.
struct Box {
  std::array<NodeSet, 3> sides;  // by Dimension
  Span span;
};

enum class Effect : std::uint8_t { allow, deny };

enum class Basis : std::uint8_t {
  consent,
  contract,
  legal_obligation,
  vital_interest,
  public_task,
  legitimate_interest,
  not_personal
};

struct Rule {
  std::string name;
  std::string title;  // empty if there is none
  Effect effect = Effect::deny;
  Box scope;
  std::vector<Box> excepts;
  std::optional<Condition> when, unless;
  std::optional<Date> from, until;
  Basis basis = Basis::not_personal;    // allow rules only
  std::uint32_t consent = 0;            // Basis::consent: into Model::consent_tests …
  std::uint32_t explicit_consent = 0;   // … and its explicit form, which holds at special data
  Labels benefit;                       // by language, "" without one
  std::optional<Duration> keep;
  std::vector<ObligationId> oblige;     // sorted, unique
  std::vector<std::string> because;
  Span span, name_span, scope_span, basis_span, keep_span, from_span, until_span, when_span, unless_span;
  std::array<std::vector<Span>, 3> node_spans;  // of the names of the scope as written, by Dimension
};

enum class Quantifier : std::uint8_t { never, always };

struct Assertion {
  std::string name;
  std::string title;
  Quantifier quantifier = Quantifier::never;
  Box scope;
  std::vector<Box> excepts;
  std::optional<Condition> when, unless;
  std::vector<std::string> because;
  Span span, name_span;
};

// --- The set ---------------------------------------------------------------------------------------------------------

// What the vocabulary files say.
struct Vocabulary {
  // 0 data, 1 purpose, 2 partner, then those under `taxonomies` by name.
  std::vector<Taxonomy> taxonomies;
  std::array<std::vector<Attribute>, 3> attributes;  // by Dimension; built-in ones first
  std::vector<Fact> facts;
  std::vector<Notice> notices;
  std::vector<Obligation> obligations;

  // Strings and values of `one of`, by id.
  std::vector<std::string> strings;
  std::unordered_map<std::string, std::int64_t> string_ids;
  std::int64_t intern(std::string_view text);
  std::optional<std::int64_t> find_string(std::string_view text) const;

  const Taxonomy& of(Dimension dimension) const { return taxonomies[static_cast<std::size_t>(dimension)]; }
  std::optional<FactId> find_fact(std::string_view name) const;
  std::optional<NoticeId> find_notice(std::string_view name) const;
  std::optional<ObligationId> find_obligation(std::string_view name) const;
  std::optional<std::uint32_t> find_attribute(Dimension dimension, std::string_view name) const;
};

// The id of every string that the policy set never mentions.
constexpr std::int64_t foreign_string = -1;
// Index of the built-in attributes in Vocabulary::attributes.
constexpr std::uint32_t attribute_special = 0;      // data
constexpr std::uint32_t attribute_volunteered = 1;  // data
constexpr std::uint32_t attribute_first_party = 0;  // partner

struct Model {
  Sources sources;
  Vocabulary vocabulary;
  std::vector<ConsentTest> consent_tests;
  std::vector<NoticeTest> notice_tests;
  std::vector<Test> tests;
  std::vector<Rule> rules;            // sorted by name
  std::vector<Assertion> assertions;  // sorted by name
  std::string revision;               // "sha256:" and 64 hexadecimal digits
};

// Whether the data leaf is special (section 2, inherited).
inline bool is_special(const Vocabulary& vocabulary, NodeId data) {
  return vocabulary.attributes[0][attribute_special].values[data].one != 0;
}

// Leaves of a side of a box, sorted.
std::vector<NodeId> leaves_of(const Taxonomy& taxonomy, const NodeSet& side);
// Whether the leaf is at or below one of the nodes of the side.
bool covers(const Taxonomy& taxonomy, const NodeSet& side, NodeId leaf);
// Whether the point lies in the box, and in the scope less the excepts.
bool covers(const Vocabulary& vocabulary, const Box& box, const Point& point);
bool covers(const Vocabulary& vocabulary, const Rule& rule, const Point& point);

}  // namespace zweck
