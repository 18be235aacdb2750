// Points of one explanation as few products of names.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "zweck/explain.hpp"

namespace zweck {

// Names in each dimension, all combinations of which are meant.
using Names = std::array<std::vector<std::string>, 3>;

// The points as few boxes: those of one purpose and partner together, then those with the same data.
std::vector<Names> boxes_of(const PointReason& reason);

}  // namespace zweck
