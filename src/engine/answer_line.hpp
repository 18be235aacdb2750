// QUICK ANSWER -> JSON, the same bytes as to_json() of the answer it stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/quick_answer.hpp"

namespace zweck {

// `id` as it stands in the request, without escapes. The answer has no needs, and is valid.
void append_answer(std::string& out, const Program& program, std::optional<std::string_view> id, const QuickAnswer& answer);

}  // namespace zweck
