// Policy sets for the tests: from text, and by dice with the reference beside them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "model/load.hpp"
#include "model/model.hpp"
#include "reference/random.hpp"
#include "reference/reference.hpp"
#include "zweck/engine.hpp"

namespace analysis_test {

// A set of one vocabulary and one rule file; the errors of loading fail the test.
std::unique_ptr<zweck::Model> model_of(const std::string& vocabulary, const std::string& rules);
// The set of a world, with its files for messages.
std::unique_ptr<zweck::Model> model_of(const reference::World& world);
std::string text_of(const reference::World& world);
bool loads(const reference::World& world);
zweck::Engine engine_of(const reference::World& world);
zweck::Engine engine_of(const std::string& vocabulary, const std::string& rules);

// How many random sets a test goes through: ZWECK_COUNT, else `usual`. ZWECK_SEED starts elsewhere.
struct Seeds {
  std::uint64_t first, count;
};
Seeds seeds(std::uint64_t usual);

reference::Point names(const zweck::Model& model, const zweck::Point& point);

// A vocabulary to write rules for: a shop.
extern const std::string shop;

}  // namespace analysis_test
