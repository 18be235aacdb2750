// MODEL + REQUEST + ANSWER -> EXPLANATION.
#pragma once

#include "model/model.hpp"
#include "model/request.hpp"
#include "zweck/explain.hpp"

namespace zweck {

// The answer is what the engine said to the request.
Explanation explain(const Model& model, const ResolvedRequest& request, Answer answer);

}  // namespace zweck
