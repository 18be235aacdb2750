// "did you mean": the nearest of a list of known names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zweck {

// The known name with the smallest edit distance (with transpositions, case counting little), if that is near enough
// to be a slip: at most a third of the letters. Ties go to the first in byte order.
std::optional<std::string> nearest(std::string_view name, const std::vector<std::string_view>& known);

// "did you mean `x`?", or an empty text.
std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace zweck
