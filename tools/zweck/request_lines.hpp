// Many lines in, one answer a line out, in order, by all cores, in constant memory.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "output.hpp"

namespace zweck::command {

// Adds the answer to a line, with its end, to `answers`. Lines are counted from 1.
using AnswerLine = std::function<void(std::string_view line, std::size_t number, std::string& answers)>;

// Reads the file (`-`: standard input) line by line and writes what `answer` says to each; it is called from several
// threads. What has come in is answered before more is waited for, so that a program may ask line by line. Ends early
// when `out` fails. Returns why it could not read, or an empty text.
std::string answer_lines(const std::string& path, Output& out, const AnswerLine& answer);

}  // namespace zweck::command
