// Colours of a terminal, where they are wanted.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace zweck {

struct Paint {
  bool on;
  std::string operator()(std::string_view code, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};

}  // namespace zweck
