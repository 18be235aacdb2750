// Text that can be copied into a shell.
#pragma once

#include <string>
#include <string_view>

namespace zweck {

// One word of a command line, in single quotes where it needs them.
std::string shell_quote(std::string_view word);

// The command that replays a request as JSON on the policy set of a directory: "zweck explain DIR --request '…'".
std::string replay_command(std::string_view directory, std::string_view request);

}  // namespace zweck
