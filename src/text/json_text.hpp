// Text as a JSON string: for everything that writes JSON.
#pragma once

#include <string>
#include <string_view>

namespace zweck {

// The text in quotes with its escapes. Bytes that are no UTF-8 become U+FFFD, since JSON can hold nothing else.
std::string json_quote(std::string_view text);

}  // namespace zweck
