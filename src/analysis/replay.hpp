// A difference as a request that both sides are asked: as plain as it can be, and answered by their engines before it is
// shown.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/difference.hpp"
#include "analysis/find.hpp"
#include "analysis/formula.hpp"
#include "analysis/scopes.hpp"
#include "engine/program.hpp"
#include "model/request.hpp"

namespace zweck::analysis {

using Programs = std::array<std::shared_ptr<const Program>, max_sides>;

class Replay {
 public:
  Replay(Programs programs, const Formulas& formulas, const Scopes& scopes, Finder& finder);

  // Sets the entry's example, and what goes with it; nothing if no request shows the difference.
  void show(Found found, DifferenceEntry& entry);

 private:
  // What a side says to a request, or at a cell.
  struct Said {
    Status status = Status::invalid;
    Obligations obligations;  // where it is allowed
    friend bool operator==(const Said&, const Said&) = default;
  };
  Said said(std::size_t side, const std::vector<Truth>& truths) const;
  Truth truth(Rank rank, const Cell& cell, const Assignment& assignment) const;
  void find_asking(NodeIndex node, const Cell& cell, std::uint32_t place);
  void leave_out(Found& found);
  bool has_default(const Variable& variable) const;
  bool is_default(const Variable& variable, const Assignment& assignment) const;
  ResolvedRequest request(const Found& found, std::size_t side, bool shared_facts) const;
  Said answer(std::size_t side, const std::string& json) const;
  bool differs(const std::string& json, DifferenceEntry& entry) const;

  Programs programs_;
  const Formulas& formulas_;
  const Scopes& scopes_;
  Finder& finder_;
  // The vocabulary of each side with the texts of the other; a copy only where some of them are foreign to it.
  std::array<Vocabulary, max_sides> joined_;
  std::array<const Vocabulary*, max_sides> vocabularies_{};
  std::vector<Rank> covering_;
  std::vector<std::vector<std::uint32_t>> asking_;  // by variable: which of these ask for it
};

// Grants for the sources of the request's data, so that they stand in its way as little as they can.
void grant_sources(const Vocabulary& vocabulary, ResolvedRequest& request);
// The same if the request as a whole is allowed by that, and not without.
void grant_sources_if_that_allows(const Model& model, ResolvedRequest& request);

}  // namespace zweck::analysis
