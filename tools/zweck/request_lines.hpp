// Many lines in, one answer a line out, in order, by all cores, in constant memory.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "output.hpp"

namespace zweck::command {

// Reads the file (`-`: standard input) line by line and writes answer(line, number) for each; `answer` is called from
// several threads. What has come in is answered before more is waited for, so that a program may ask line by line. Ends
// early when `out` fails. Returns why it could not read, or an empty text.
std::string answer_lines(const std::string& path, Output& out,
                         const std::function<std::string(std::string_view line, std::size_t number)>& answer);

}  // namespace zweck::command
