// How far what was found of a case at one cell holds: the part around the cell in which the condition is the same, or
// as impossible.
#pragma once

#include "analysis/case.hpp"
#include "analysis/cells.hpp"
#include "analysis/changed_cases.hpp"
#include "analysis/find.hpp"

namespace zweck::analysis {

class Extent {
 public:
  Extent(const Scopes& scopes, Finder& finder, CaseSolver& solver, const ChangedCases& cases)
      : scopes_(scopes), finder_(finder), solver_(solver), cases_(cases) {}

  // Narrows the part, which has the cell in it. Every changed rule must cover all of it, or nothing of it. `meeting`:
  // the rules whose scope meets it, or more.
  void narrow(Part& part, const Case& asked, Circumstance& found, const Cell& cell, const std::vector<Rank>& meeting);

 private:
  const RankedRule& rule(Rank rank) const { return scopes_.rules()[rank]; }
  void narrow_to_found(Part& part, const Case& asked, Circumstance& found, const Cell& cell,
                       const std::vector<Rank>& meeting);
  void narrow_to_refuted(Part& part, const Case& asked, const Circumstance& refuted, const Cell& cell,
                         const std::vector<Rank>& meeting);
  void cut_where(Part& part, const RankedRule& rule, const Cell& cell, auto&& matters);

  const Scopes& scopes_;
  Finder& finder_;
  CaseSolver& solver_;
  const ChangedCases& cases_;
};

}  // namespace zweck::analysis
