// How far what was found of a case at one cell holds: the region around the cell for which the condition is the same, or
// as impossible.
#pragma once

#include "analysis/case.hpp"
#include "analysis/changed_cases.hpp"
#include "analysis/find.hpp"

namespace zweck::analysis {

class Extent {
 public:
  Extent(const Scopes& scopes, Finder& finder, CaseSolver& solver, const ChangedCases& cases)
      : scopes_(scopes), finder_(finder), solver_(solver), cases_(cases) {}

  // Narrows the region, which has the cell in it. Every changed rule must cover all of it, or nothing of it. `meeting`:
  // the rules whose scope meets the region, or more.
  void narrow(Region& region, const Case& asked, Circumstance& found, const Cell& cell, const Bits& meeting);

 private:
  const RankedRule& rule(Rank rank) const { return scopes_.rules()[rank]; }
  void narrow_to_found(Region& region, const Case& asked, Circumstance& found, const Cell& cell, const Bits& meeting);
  void narrow_to_refuted(Region& region, const Case& asked, const Circumstance& refuted, const Cell& cell,
                         const Bits& meeting);
  void narrow_to_as_little(Region& region, const RankedRule& rule, const Cell& cell);

  const Scopes& scopes_;
  Finder& finder_;
  CaseSolver& solver_;
  const ChangedCases& cases_;
};

}  // namespace zweck::analysis
