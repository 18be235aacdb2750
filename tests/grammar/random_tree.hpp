// Syntax trees at random: any tree that a text could have, without places.
#pragma once

#include <random>

#include "grammar/syntax.hpp"

namespace zweck::test {

class RandomTree {
 public:
  explicit RandomTree(std::uint32_t seed) : random_(seed) {}

  syntax::File file();
  syntax::Condition condition(int depth);

 private:
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
  bool chance(int percent) { return below(100) < percent; }

  syntax::Name name();
  syntax::Nodes nodes();
  syntax::Scope scope();
  syntax::Duration duration();
  syntax::Date date();
  syntax::Text text();
  syntax::Literal literal();
  syntax::Own own();
  syntax::Consent consent();
  syntax::Test test();
  std::vector<syntax::Condition> parts(int depth);
  syntax::Except except();
  syntax::Basis basis();
  std::vector<syntax::Clause> clauses(bool rule, bool allow);

  std::mt19937 random_;
};

}  // namespace zweck::test
