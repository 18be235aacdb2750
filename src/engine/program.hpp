// A loaded policy set, ready to answer: the model for reasons and names, the index for decisions.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/index.hpp"
#include "model/ledger.hpp"
#include "model/model.hpp"
#include "zweck/engine.hpp"

namespace zweck {

struct Program {
  Model model;
  Index index;
  // Points below (data, purpose, partner) are counted before they are walked: leaves and sources of each data node.
  std::vector<std::uint32_t> data_points;  // by NodeId
};

std::shared_ptr<const Program> make_program(Model model);

struct Facts::State {
  const Program* program = nullptr;
  std::shared_ptr<const Program> keep_alive;
  std::vector<Value> values;  // by FactId, defaults filled in
  // Terms whose literals on facts can hold (possible), or hold (known). Equal unless a fact is missing or ambiguous.
  std::vector<std::uint64_t> possible, known;
};

// Sets possible and known from the values.
void bind(Facts::State& state);

// A grant, a no or an objection, ready to be asked at a point.
struct BoundEvent {
  std::array<NodeId, 3> scope{};
  Time at;
  std::uint64_t tests = 0;  // grants: the consent tests this one meets, as ledger bits
};

struct Subject::State {
  const Program* program = nullptr;
  std::shared_ptr<const Program> keep_alive;
  Time now;
  bool known = false;          // whether there is a ledger
  std::uint64_t always = 0;    // ledger bits that are the same at every point: notices
  std::vector<BoundEvent> grants, noes, raised;
  Ledger ledger;               // for what the bits do not hold
};

// Without a ledger: a customer of whom none is known.
std::shared_ptr<const Subject::State> bind(std::shared_ptr<const Program> program, std::optional<Ledger> ledger, Time now);

// The ledger bits at a point of leaves.
std::uint64_t ledger_bits(const Subject::State& subject, const Point& point);

}  // namespace zweck
