// The policy set that `zweck init` writes.
#pragma once

#include <array>
#include <string_view>

namespace zweck::command {

struct InitFile {
  std::string_view name;
  std::string_view text;
};

extern const std::array<InitFile, 4> init_files;

}  // namespace zweck::command
