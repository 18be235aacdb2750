// A ledger asked at one point, without being bound first: for a request that is asked once.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/index.hpp"
#include "model/ledger.hpp"
#include "model/model.hpp"

namespace zweck {

class Program;

// Which tests on the ledger an event can meet, as ledger bits (see Index). Made from the tests of a model.
struct EventMasks {
  std::uint64_t ordinary = 0;        // tests on consents that do not ask for an explicit one,
  std::uint64_t under_any = 0;       // under no notice in particular,
  std::uint64_t within = 0;          // and those that ask for one not too long ago
  std::vector<std::uint64_t> under;  // by NoticeId: those that ask for a consent under that notice
  std::vector<std::uint64_t> shown;  // by NoticeId: bits of the tests whether that notice was shown
};

EventMasks event_masks(const Model& model, const Index& index);

// The ledger bits at a point of leaves; nothing if so many events reach it that binding the ledger pays.
std::optional<std::uint64_t> ledger_at(const Program& program, const Ledger& ledger, Time now, const Point& point);

}  // namespace zweck
