// MODEL + REQUEST + ANSWER -> EXPLANATION.
#pragma once

#include "model/model.hpp"
#include "model/request.hpp"
#include "zweck/explain.hpp"

namespace zweck {

// The answer is what the engine said to the request. `entries`: how many the ledger had as it was written, before lists of
// names were multiplied out; none: as many as there are events.
Explanation explain(const Model& model, const ResolvedRequest& request, Answer answer,
                    std::optional<std::size_t> entries = std::nullopt);

}  // namespace zweck
