// A difference as a request that both sides are asked, by its JSON and the evaluator.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis/difference.hpp"
#include "analysis/find.hpp"
#include "analysis/formula.hpp"
#include "analysis/scopes.hpp"
#include "model/request.hpp"

namespace zweck::analysis {

class Replay {
 public:
  Replay(const Formulas& formulas, const Scopes& scopes) : formulas_(formulas), scopes_(scopes) {}

  // Sets the entry's example, and what goes with it.
  void show(const Found& found, DifferenceEntry& entry) const;

 private:
  // What a side answers to the JSON of a request; nothing if it is no request there.
  struct Answered {
    bool allowed = false;
    std::optional<Duration> keep;
    std::set<std::string> oblige;
    friend bool operator==(const Answered&, const Answered&) = default;
  };
  Answered answer(std::size_t side, const std::string& json) const;
  Answered decide(std::size_t side, const std::vector<Point>& points, const Situation& situation) const;
  bool differs(const std::string& json, DifferenceEntry& entry) const;
  Obligations obligations(const Answered& answered) const;

  const Formulas& formulas_;
  const Scopes& scopes_;
};

// Grants for the sources of the request's data, so that they stand in its way as little as they can.
void grant_sources(const Vocabulary& vocabulary, ResolvedRequest& request);

}  // namespace zweck::analysis
