// JSON as we write it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zweck::command {

// The text in quotes, escaped. Bytes that are no UTF-8 become U+FFFD, so that the result is always JSON.
std::string json_string(std::string_view text);
// ["a", "b"]
std::string json_strings(const std::vector<std::string>& texts);

}  // namespace zweck::command
