// A policy set, ledgers and requests as an author thinks of them: plain structs of names. The reference decides over
// these, the writer prints them as files, and the generator makes them up. Nothing of the library is used here.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace reference {

using Set = std::set<std::string>;

// The names of the three main taxonomies, in the order of a point.
inline const std::array<std::string, 3> dimensions{"data", "purpose", "partner"};

// One node of each of the three taxonomies, in that order.
using Point = std::array<std::string, 3>;

// --- Vocabulary ------------------------------------------------------------------------------------------------------

struct Type {
  enum class Kind { boolean, integer, string, date, duration, choice, node };
  Kind kind = Kind::boolean;
  bool set = false;                      // of strings, choices or nodes
  std::optional<std::int64_t> min, max;  // integer: both or none
  std::vector<std::string> choices;      // choice
  std::string taxonomy;                  // node: "data", "purpose", "partner" or one of its own
  friend bool operator==(const Type&, const Type&) = default;
};

// Ints as they are, dates in days since 1970-01-01, durations in seconds; strings, choices and nodes as text.
using Value = std::variant<bool, std::int64_t, std::string, Set>;

struct Node {
  std::vector<std::string> in;
  bool separate = false;
  std::optional<std::int64_t> since;  // days since 1970-01-01
  std::vector<std::string> derived_from;
  std::map<std::string, Value> attributes;  // what the node states itself, `special` and its kin included
};

using Taxonomy = std::map<std::string, Node>;

struct Declared {
  Type type;
  std::optional<Value> fallback;
};

// --- Rules -----------------------------------------------------------------------------------------------------------

// Names as written; none means `any`.
struct Names {
  std::vector<std::string> names;
};
using Box = std::array<Names, 3>;

struct Consent {
  bool explicit_ = false;
  std::optional<std::int64_t> within;  // seconds
  std::string under;                   // empty: under no notice in particular
  std::optional<std::int64_t> version;
};

struct Operand {
  bool own = false;
  std::string name;       // a fact; or an attribute, empty for the node itself
  std::string dimension;  // own
};

struct Test {
  Operand left;
  std::string op;                // "", "=", "!=", "<", "<=", ">", ">=", "in", "has"
  std::optional<Operand> right;  // own; else
  std::vector<Value> literals;   // one, or for `in` one or more
  bool braces = false;
};

struct Condition {
  enum class Kind { all, any, negation, consent, objection, notice, test };
  Kind kind = Kind::all;
  std::vector<Condition> parts;  // all, any: two or more; negation: one
  Consent consent;
  std::string notice;
  std::optional<std::int64_t> version;  // of the notice
  Test test;
};

struct Rule {
  std::string name;
  bool allow = false;
  Box scope;
  std::vector<Box> excepts;  // each with a name somewhere
  std::optional<Condition> when, unless;
  std::optional<std::int64_t> from, until;  // days since 1970-01-01
  std::string basis;                        // allow rules
  Consent consent;                          // basis "consent"
  std::optional<std::int64_t> keep;         // seconds
  std::vector<std::string> oblige;
};

struct Assertion {
  std::string name;
  bool always = false;
  Box scope;
  std::vector<Box> excepts;
  std::optional<Condition> when, unless;
};

struct World {
  std::map<std::string, Taxonomy> taxonomies;                         // "data", "purpose", "partner", and others
  std::map<std::string, std::map<std::string, Declared>> attributes;  // by dimension, without the built-in ones
  std::map<std::string, Declared> facts;
  std::map<std::string, std::int64_t> notices;  // name and current version
  Set obligations;
  std::vector<Rule> rules;
  std::vector<Assertion> assertions;
};

// --- Ledgers and requests --------------------------------------------------------------------------------------------

// An event as it stands in a ledger, lists and all. Times are microseconds since 1970-01-01T00:00:00Z.
struct Event {
  enum class Kind { given, refused, withdrawn, raised, objection_withdrawn, notice };
  Kind kind = Kind::given;
  std::array<std::optional<std::vector<std::string>>, 3> scope;  // none: left out; {"any"} for `any`
  std::int64_t at = 0;
  std::optional<std::int64_t> expires;
  std::optional<bool> explicit_;
  std::string notice;                   // the notice shown, or that of `under`; empty: none
  std::optional<std::int64_t> version;  // of that notice
};

using Ledger = std::vector<Event>;

// What JSON can hold where a fact is given: null, a bool, an integer, another number, a text, a list of texts.
using Raw = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct Request {
  std::vector<std::string> data;
  std::optional<std::string> purpose, partner;
  std::int64_t at = 0;
  std::string malformed_at;  // if not empty, this stands in the place of `at`
  std::vector<std::pair<std::string, Raw>> facts;
  std::optional<Ledger> ledger;
  std::vector<std::pair<std::string, Raw>> further;  // keys that no request has
};

}  // namespace reference
