// Worlds as files and requests as JSON: what an author and a service would have written.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reference/dice.hpp"
#include "reference/world.hpp"

namespace reference {

using Files = std::vector<std::pair<std::string, std::string>>;  // path and text

// Labels, titles, benefits and reasons: what a set says to people alone. A world has none; they are thrown in.
enum class Remarks { some, none };

// The files of a set. Sections, nodes and rules are spread over several files in any order, and layout varies, all by
// the dice; with the same dice the same files.
Files files_of(const World& world, Dice dice, Remarks remarks = Remarks::some);

// In one line. Layout does not vary, keys may.
std::string json_of(const Request& request, Dice dice);

// One condition or value as a rule has it.
std::string text_of(const World& world, const Condition& condition, Dice& dice);
std::string text_of(const Rule& rule, const World& world, Dice& dice, Remarks remarks = Remarks::none);

std::string quoted(const std::string& text);  // with the escapes that rules, YAML and JSON share

}  // namespace reference
