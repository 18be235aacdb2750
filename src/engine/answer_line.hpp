// ANSWER -> JSON, at the end of a line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/quick_answer.hpp"

namespace zweck {

// As to_json(answer).
void append_answer(std::string& out, const Answer& answer);

// The same bytes as of the answer that it stands for. `id` as it stands in the request, without escapes. The answer has no needs, and is valid.
void append_answer(std::string& out, const Program& program, std::optional<std::string_view> id, const QuickAnswer& answer);

}  // namespace zweck
