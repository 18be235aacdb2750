// A PROBLEM -> A SMALLEST SET OF THINGS TO ASK FOR.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/needs_problem.hpp"

namespace zweck::needs {

// A consent to ask for. `notice` is a NoticeId.
struct Flavour {
  bool is_explicit = false;
  std::optional<NoticeId> notice;
  std::int64_t version = 0;
  friend auto operator<=>(const Flavour&, const Flavour&) = default;
};

struct Solution {
  struct Asked {
    Point point;
    Flavour flavour;
  };
  std::vector<Asked> consents;
  std::vector<std::pair<NoticeId, std::int64_t>> notices;  // with the version to show
  std::vector<std::pair<FactId, Value>> facts;             // with a value that helps
};

// The fewest things; of equally many those with the fewest consents, and of these with the least asked of them.
Outcome search(const Model& model, const Problem& problem, Steps& steps, Solution& solution);

}  // namespace zweck::needs
