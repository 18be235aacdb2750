// What changes between two texts, as a unified difference.
#pragma once

#include <string>
#include <string_view>

namespace zweck::command {

// The difference as `diff -u` writes it, with three lines of context; empty if the texts are equal. `path` names both.
std::string line_diff(std::string_view path, std::string_view before, std::string_view after, bool colour);

}  // namespace zweck::command
