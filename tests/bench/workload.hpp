// A policy set of any size with requests to it, made from a seed: the same everywhere. As plain structs, so that it can
// be written as a Zweck policy set (text.cpp), or as JSON for other engines to be given the same (json.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <zweck/request.hpp>
#include <zweck/time.hpp>

namespace zweck::bench {

enum class Shape : std::uint8_t {
  realistic,  // trees, most rules at inner nodes
  one_node,   // every rule has one and the same scope, and every request lies in it
  roots,      // every rule stands at roots: each point is covered by all
  disjoint,   // as realistic, but every rule asks for a number of its own
  deep_dag    // a hundred levels, two parents a node
};

struct Parameters {
  std::uint64_t seed = 1;
  Shape shape = Shape::realistic;
  std::array<std::size_t, 3> nodes{1000, 500, 5000};  // data, purposes, partners, groups included
  std::size_t rules = 10'000;
  std::size_t most_conditions = 3;  // of a rule, at least one; its basis not counted
  double deny = 0.25;               // share of the rules
  double missing = 0;               // chance of a fact not to be given
  std::size_t subjects = 64;        // customers, each with facts and a ledger
  std::size_t events = 10;          // of a ledger
};

struct TaxonomyNode {
  std::string name;
  std::vector<std::size_t> parents;
  std::size_t level = 0;
  bool leaf = true;
};

struct Taxonomy {
  std::vector<TaxonomyNode> nodes;
  std::vector<std::size_t> leaves;
  std::vector<std::vector<std::size_t>> levels;  // nodes that are no leaves, by level; then, last, the leaves
};

// What a leaf of data or partners has; the same as in the vocabulary.
struct DataAttributes {
  std::int64_t sensitivity = 0;
  bool special = false;
};
struct PartnerAttributes {
  std::string country;
  bool certified = false;
  bool first_party = false;
  std::vector<std::string> consent_purposes;
};

// One test, with or without `not` before it.
struct Atom {
  enum class Kind : std::uint8_t { consent, objection, notice, compare };
  Kind kind = Kind::compare;
  bool negated = false;
  std::string left;                 // compare: fact, or own such as "partner.country"
  std::string op;                   // compare: "" (a bool by itself), "=", "<", "in", "has", …
  std::vector<std::string> right;   // compare: literals as written, strings in quotes; or one own
  bool is_explicit = false;         // consent
  std::string notice;               // consent: under which, or empty; notice
};

struct Rule {
  std::string name;
  bool allows = false;
  std::array<std::vector<std::string>, 3> scope;  // empty: any
  std::array<std::vector<std::string>, 3> except;
  bool has_except = false;
  std::vector<Atom> when;
  bool any_of_when = false;  // joined by `or`, else by `and`
  std::optional<Atom> unless;
  std::string from, until;   // dates, or empty
  std::string basis;         // of allow rules, without what `consent` carries
  Atom consent;              // if the basis is consent
  int keep_days = 0;         // 0: none
  std::vector<std::string> oblige;
};

struct Customer {
  std::vector<std::pair<std::string, FactValue>> facts;
  std::vector<LedgerEvent> ledger;
};

struct Workload {
  Parameters parameters;
  std::array<Taxonomy, 3> taxonomies;
  Taxonomy regions;
  std::vector<DataAttributes> data;        // by node of data
  std::vector<PartnerAttributes> partners;  // by node of partners
  std::vector<std::string> notices;         // all of version 2
  std::vector<Rule> rules;
  std::vector<Customer> customers;
  std::array<std::vector<std::size_t>, 3> asked;  // the leaves that requests are made from
  Time now;
};

Workload make_workload(const Parameters& parameters);

// Node names of a request's point, and whose request it is.
struct Ask {
  std::array<std::size_t, 3> point;  // nodes of the three taxonomies
  std::size_t customer = 0;
};
// `count` requests: of `points` different points that recur, or all of them random if it is 0.
std::vector<Ask> make_asks(const Workload& workload, std::size_t count, std::size_t points, std::uint64_t seed);
Request make_request(const Workload& workload, const Ask& ask);

// How many rules cover a point: its mean and the most, over the points of the requests.
struct Cover {
  double mean = 0;
  std::size_t most = 0;
};
Cover cover(const Workload& workload, const std::vector<Ask>& asks);

std::string vocabulary_text(const Workload& workload);
std::string rules_text(const Workload& workload);
std::string request_json(const Request& request);      // one line, without its end
std::string workload_json(const Workload& workload);   // everything but the requests

// The parts of make_workload.
void make_taxonomies(Workload& workload);
void make_rules(Workload& workload);
void make_customers(Workload& workload);

// "d-0017": what a node of a dimension is called.
constexpr std::array<const char*, 3> dimension_names{"data", "purpose", "partner"};

}  // namespace zweck::bench
