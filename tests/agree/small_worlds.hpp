// Worlds so small that all of them can be gone through: a vocabulary with one of each, every small rule, few requests.
#pragma once

#include <string>
#include <vector>

#include "reference/world.hpp"

namespace agree {

using Side = std::vector<std::string>;
extern const Side any;

// The three moments at which things happen: two for events, with a `since` between them, and that of the request.
extern const std::int64_t early, late, now;

reference::World small_vocabulary();
// Without names: every kind with every condition and scope.
std::vector<reference::Rule> small_rules();
// Without data, purpose and partner.
std::vector<reference::Request> few_requests();

reference::Condition atom(reference::Condition::Kind kind);
reference::Event event(reference::Event::Kind kind, const Side& data, const Side& purpose, const Side& partner,
                       std::int64_t at);

}  // namespace agree
