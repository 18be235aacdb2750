// Every situation at a point, as far as rules and conditions can tell situations apart: moments, values of facts, and
// ledgers made of real events. Exhaustive by classes, not by dice.
#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "reference/reference.hpp"

namespace reference {

// What the situations need not tell apart can be left out; what is here is told apart.
class Asked {
 public:
  // Every rule that covers the point, or one of them, or one condition; of one side or of two that are compared.
  void add_rules(const Reference& side, const Point& point);
  void add(const Reference& side, const Rule& rule, const Point& point);
  // At the given point, or at that of which the situations are.
  void add(const Reference& side, const Condition& condition, const std::optional<Point>& point = {});

 private:
  friend class SituationMaker;
  struct Atom {
    const Reference* side;
    Condition condition;  // a test, consent, objection or notice
    std::optional<Point> point;
  };
  std::vector<Atom> atoms_;
  std::set<const Reference*> sides_;  // a value has to mean something to each, whether it asks for it here or not
  std::set<std::int64_t> changes_;  // moments at which a window opens or closes
};

enum class Facts {
  all_given,  // single values are leaves
  any         // missing, or given as a group
};
enum class Ledgers { given, any };

// More than is worth going through.
struct TooMany : std::runtime_error {
  TooMany() : std::runtime_error("too many situations") {}
};
constexpr std::size_t most_situations = 50'000;

// Throws TooMany.
std::vector<Situation> situations(const Asked& asked, const Point& point, Facts facts, Ledgers ledgers);

// Values of the fact that the tests of what is asked tell apart, each at the point it was asked at: those that differ at
// one of them.
std::vector<Value> values_of(const Asked& asked, const std::string& fact);

}  // namespace reference
