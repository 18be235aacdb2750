// Which rules cover a point, found by names instead of by looking at every rule.
#pragma once

#include <array>
#include <unordered_map>
#include <vector>

#include "model/model.hpp"

namespace zweck {

// For one request: what is looked up once per leaf is kept. Not for several threads.
class Cover {
 public:
  explicit Cover(const Model& model);
  // Sorted by id: the rules that cover a point, and those of which only an `except` takes it out.
  struct Rules {
    std::vector<RuleId> covering, excepting;
  };
  Rules rules_at(const Point& point);

 private:
  using Bits = std::vector<std::uint64_t>;
  const Bits& bits(std::size_t dimension, NodeId leaf);

  const Model& model_;
  std::array<std::unordered_map<NodeId, std::vector<RuleId>>, 3> by_name_;
  std::array<Bits, 3> any_;
  std::array<std::unordered_map<NodeId, Bits>, 3> by_leaf_;
};

}  // namespace zweck
