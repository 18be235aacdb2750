// REQUEST THAT IS NOT ALLOWED -> WHAT WOULD HAVE TO BE SO. At each point of the request, a formula over the things that
// can be asked for: it is true if and only if the point is allowed with them. Everything that no asking can change is
// worked out already.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/decide.hpp"
#include "model/request.hpp"

namespace zweck::needs {

// Work is counted, not timed, so that answers are the same everywhere.
struct Steps {
  std::uint64_t left = 0;
  // Takes some of what is left; false if that is not enough.
  bool take(std::uint64_t count) {
    left -= std::min(left, count);
    return left > 0;
  }
};

// Part of a formula. A test is said to be known: where it may come out either way, the formula is not true.
struct Node {
  enum class Kind : std::uint8_t {
    no,
    yes,
    all,      // of `count` nodes from Shape::nodes[first] on
    any,
    fact,     // Problem::literals[first], of a fact with a single value, is `wanted`
    member,   // the same of a fact that is a set
    consent,  // the consent test Problem::consents[first] is `wanted`
    notice,   // the notice test Problem::notices[first] is `wanted`
    ledger    // the ledger is known
  };
  Kind kind = Kind::yes;
  bool wanted = true;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  friend auto operator<=>(const Node&, const Node&) = default;
};

// Points that ask for the same, each by itself.
struct Shape {
  std::vector<Node> nodes;
  Node goal;
  std::vector<Point> points;
};

// A test on a fact that is missing or given as a group, with its right side known.
struct FactLiteral {
  std::uint32_t fact = 0;  // into Problem::facts
  std::uint32_t test = 0;  // single: into Model::tests, at a point with that right side
  Point point;
  std::int64_t target = 0;     // set: the node or string that the set is to have
  std::uint32_t bit = 0;       // among the literals of its fact
  std::uint32_t yes = 0, no = 0;  // into Problem::masks: classes for which it is true, and false; set: `yes` only
};

// A fact that could be asked for. Its values fall into classes that the literals tell apart; a set is made of members
// that do.
struct OpenFact {
  FactId id = 0;
  bool set = false;
  std::vector<std::uint32_t> literals;
  std::vector<std::int64_t> classes;  // one value, or one member, of each
  std::uint32_t words = 0;            // of a mask
};

struct NoticeLiteral {
  std::uint32_t test = 0;  // into Model::notice_tests
  std::uint32_t slot = 0;  // into Problem::slots …
  std::uint32_t rank = 0;  // … and which of its thresholds, from 1
};

// A notice that could be shown, and the versions that tests ask for, ascending.
struct NoticeSlot {
  NoticeId notice = 0;
  std::vector<std::int64_t> thresholds;
};

struct Problem {
  bool ledger_known = false;
  std::vector<Shape> shapes;
  std::vector<OpenFact> facts;
  std::vector<FactLiteral> literals;
  std::vector<std::uint64_t> masks;
  std::vector<std::uint32_t> consents;  // into Model::consent_tests
  std::vector<NoticeLiteral> notices;
  std::vector<NoticeSlot> slots;
};

enum class Outcome : std::uint8_t { found, nothing_helps, given_up };

// What is asked, bound to the program.
struct Denied {
  const Program& program;
  const ResolvedRequest& request;
  const Facts::State& facts;
  const Subject::State& subject;
  const std::vector<Point>& points;  // none of them forbidden
};

// `found` if there may be something that helps.
Outcome state_problem(const Denied& denied, Steps& steps, Problem& problem);

// Fills the classes of a fact and the masks of its literals, once all literals are there.
void form_classes(const Denied& denied, Problem& problem, OpenFact& fact, Steps& steps);

}  // namespace zweck::needs
