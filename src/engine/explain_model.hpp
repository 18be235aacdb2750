// MODEL + REQUEST + ANSWER -> EXPLANATION.
#pragma once

#include "model/model.hpp"
#include "model/request.hpp"
#include "text/tree.hpp"
#include "zweck/explain.hpp"

namespace zweck {

// What a resolved request no longer tells of how it was written.
struct AsWritten {
  // How many events the ledger had, before lists of names were multiplied out; none: as many as there are now.
  std::optional<std::size_t> events;
  // By FactId: a text, or a set of some, of which rules may know nothing; else empty.
  std::vector<std::string> texts;
};
AsWritten as_written(const Vocabulary& vocabulary, const Tree& request);

// The answer is what the engine said to the request.
Explanation explain(const Model& model, const ResolvedRequest& request, Answer answer, const AsWritten& written);

}  // namespace zweck
