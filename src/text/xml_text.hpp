// Text within XML: for everything that writes reports in it.
#pragma once

#include <string>
#include <string_view>

namespace zweck {

// The text with its escapes, for content and attributes. What XML cannot hold: control characters become blanks, bytes that
// are no UTF-8 and U+FFFE and U+FFFF become U+FFFD.
std::string xml_quote(std::string_view text);

}  // namespace zweck
