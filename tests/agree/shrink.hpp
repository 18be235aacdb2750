// A smaller world and request that still show a difference.
#pragma once

#include <functional>

#include "reference/world.hpp"

namespace agree {

using StillShows = std::function<bool(const reference::World&, const reference::Request&)>;

// Takes away whatever can be taken away, one piece at a time, as long as `shows` says so. What does not load, or lost a
// name that is still used, does not show anything: `shows` must return false then and may throw std::exception.
void shrink(reference::World& world, reference::Request& request, const StillShows& shows);

}  // namespace agree
