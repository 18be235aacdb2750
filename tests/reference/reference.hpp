// The reference evaluator: sections 2 to 5 of the language, written down as they read, over sets of names. No ids, no
// tables, no cleverness; whatever else decides is compared with it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reference/world.hpp"

namespace reference {

// Kleene's three values, in the order in which `and` takes the least and `or` the greatest.
enum class Truth { no, unknown, yes };

enum class Status { forbidden, not_permitted, indeterminate, allowed, invalid };  // the worst first
std::string name_of(Status status);

// One event of a ledger once its lists are multiplied out: one name or `any` per dimension.
struct Said {
  Event::Kind kind = Event::Kind::given;
  Point scope{"any", "any", "any"};
  std::int64_t at = 0;
  std::optional<std::int64_t> expires;
  bool explicit_ = false;
  std::string notice;
  std::int64_t version = 0;
};
std::vector<Said> multiplied_out(const Ledger& ledger);

// What a request says beside its points. Facts that are missing here and have no default are missing.
struct Situation {
  std::int64_t at = 0;
  std::map<std::string, Value> facts;
  std::optional<std::vector<Said>> ledger;
};

// One point: its status, and which rules (by name) apply and which may.
struct PointAnswer {
  Status status = Status::not_permitted;
  Set allow_applies, allow_may, deny_applies, deny_may;
};

struct Answer {
  Status status = Status::invalid;
  Set rules;
  std::optional<std::string> keep;
  Set oblige;
  std::vector<std::string> problems;
};

// An attribute's declaration, built-in ones included; the type of one side of a test.
Declared declared(const World& world, const std::string& dimension, const std::string& attribute);
Type type_of(const World& world, const Operand& operand);

class Reference {
 public:
  explicit Reference(const World& world);

  // Section 2: names.
  bool knows(const std::string& taxonomy, const std::string& node) const;
  const Set& at_or_above(const std::string& taxonomy, const std::string& node) const;
  const Set& leaves(const std::string& taxonomy, const std::string& node) const;
  bool at_or_below(const std::string& taxonomy, const std::string& lower, const std::string& upper) const;
  Set all_leaves(const std::string& taxonomy) const;
  Set sources(const std::string& leaf) const;
  // Own, inherited, default or missing. Parents that disagree: see disagrees().
  std::optional<Value> attribute(const std::string& dimension, const std::string& name, const std::string& node) const;
  // Whether two parents of the node disagree and it says nothing itself.
  bool disagrees(const std::string& dimension, const std::string& name, const std::string& node) const;
  bool special(const std::string& data) const;

  // Section 3: conditions and rules.
  Truth truth(const Test& test, const Point& point, const Situation& situation) const;
  Truth truth(const Condition& condition, const Point& point, const Situation& situation) const;
  bool covers(const Box& box, const Point& point) const;
  bool covers(const Box& scope, const std::vector<Box>& excepts, const Point& point) const;
  Truth basis_holds(const Rule& rule, const Point& point, const Situation& situation) const;
  Truth applies(const Rule& rule, const Point& point, const Situation& situation) const;

  // Section 4: the ledger.
  bool reaches(const Said& event, const Point& point) const;
  bool grant_reaches(const Said& given, const Point& point) const;
  bool lies_within(const Point& scope, const Point& other) const;
  bool stands(const Said& given, const Point& point, const Situation& situation) const;
  Truth consent(const Consent& consent, const Point& point, const Situation& situation) const;
  Truth objection(const Point& point, const Situation& situation) const;
  Truth notice(const std::string& name, std::optional<std::int64_t> version, const Situation& situation) const;

  // Section 5: deciding.
  std::vector<Point> points(const std::vector<std::string>& data, const std::string& purpose,
                            const std::string& partner) const;
  PointAnswer decide(const Point& point, const Situation& situation) const;
  Answer combine(const std::vector<PointAnswer>& points) const;
  std::vector<std::string> problems(const Request& request) const;
  Situation situation(const Request& request) const;  // of a request without problems
  Answer answer(const Request& request) const;

  const World& world() const { return world_; }

 private:
  using ByNode = std::map<std::string, Set>;
  std::optional<Value> inherited(const std::string& dimension, const std::string& name, const std::string& node) const;
  std::optional<Value> value_of(const Operand& operand, const Point& point, const Situation& situation) const;
  std::vector<Value> possible(const Type& type, const Value& value) const;
  bool holds(const Test& test, const Value& left, const std::optional<Value>& right) const;
  std::optional<Value> fitting(const Type& type, const Raw& raw) const;
  void find_problems(const Event& event, std::vector<std::string>& problems) const;

  const World& world_;
  // Worked out once, since everything asks for them.
  std::map<std::string, ByNode> above_, leaves_;
  std::map<std::string, const Rule*> rules_;
};

}  // namespace reference
