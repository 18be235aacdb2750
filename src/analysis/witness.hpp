// What was found, as a request that can be replayed.
#pragma once

#include <functional>

#include "analysis/find.hpp"
#include "analysis/formula.hpp"
#include "model/request.hpp"

namespace zweck::analysis {

// Makes the situation as plain as it can be while the question is still met: no objection, no notice, no grant, no
// member of a set that is not needed, and a usual time.
void simplify(const Formulas& formulas, Finder& finder, const Question& question, Found& found);
// The same while `still` says so, which is told what variable has another value than before. Where it says so the
// situation is the new one.
using Still = std::function<bool(const Assignment&, std::uint32_t variable)>;
void simplify(const Formulas& formulas, Found& found, const Still& still);

// The request for the cell's point as a side reads it: what only the other side knows is left out. The ledger has events
// of the point's own names.
ResolvedRequest request_of(const Formulas& formulas, const Found& found, std::size_t side);

}  // namespace zweck::analysis
