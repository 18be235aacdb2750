// One way in which a change comes about at a cell: which rules must apply, which must not; and the exact condition.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/find.hpp"
#include "analysis/words.hpp"

namespace zweck::analysis {

struct Case {
  std::vector<std::vector<Rank>> allows;  // of each list at least one applies for certain
  std::vector<Rank> denies;               // at least one applies or may; none: nothing asked
  std::vector<Rank> absent_allows;        // none applies for certain
  std::vector<Rank> absent_denies;        // none applies nor may
  // Where it is about an obligation: which one the other side lacks.
  bool obligation = false;
  std::optional<Duration> keep;
  std::string oblige;
};

// The condition of a case at one cell, with as few rules as it takes.
struct Circumstance {
  Answer answer = Answer::none;
  Assignment assignment;               // found: a situation …
  std::vector<Assignment> seen;        // … and others that were met with, as short cuts
  std::vector<std::uint32_t> core;     // none: into the wants, then the absent rules
  std::vector<Want> wants;             // found: what must hold …
  std::vector<std::vector<Rank>> some;  // … of which rules at least one each (allows, then denies if asked) …
  std::vector<Want> guards;            // … and must not apply …
  std::vector<Rank> absent;            // … these
};

class CaseSolver {
 public:
  CaseSolver(Formulas& formulas, const Scopes& scopes, Finder& finder)
      : formulas_(formulas), scopes_(scopes), finder_(finder), words_(formulas) {}

  Circumstance solve(const Case& asked, const Cell& cell);
  Text text(const Circumstance& condition, const Cell& cell);
  // Whether all situations of one are situations of the other.
  bool within(const Circumstance& inner, const Circumstance& outer, const Cell& cell);
  // Whether a rule that is not there would change the condition: as one that must not apply, or as one more of a list.
  bool matters_if_absent_asked(Circumstance& condition, const Cell& cell, Rank rank);
  bool matters_in_list(const Circumstance& condition, const Cell& cell, std::size_t list, Rank rank);

 private:
  Want some_of(const std::vector<Rank>& ranks, bool known);
  bool possible(const Cell& cell, const std::vector<Want>& wants, const std::vector<Want>& guards);
  void drop_needless_guards(Circumstance& condition, const Cell& cell);
  void drop_needless_members(Circumstance& condition, const Cell& cell);
  Text phrase(const Want& want);

  Formulas& formulas_;
  const Scopes& scopes_;
  Finder& finder_;
  Words words_;
};

}  // namespace zweck::analysis
