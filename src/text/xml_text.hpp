// Text within XML: for everything that writes reports in it.
#pragma once

#include <string>
#include <string_view>

namespace zweck {

// The text with its escapes, for content and attributes; control characters, which XML cannot hold, become blanks.
std::string xml_quote(std::string_view text);

}  // namespace zweck
