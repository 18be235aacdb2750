// The days that a bundle may name.
#pragma once

#include <cstdint>

namespace zweck::bundle {

constexpr std::int64_t first_day = -719'528, last_day = 2'932'896;  // 0000-01-01, 9999-12-31

constexpr bool is_day(std::int64_t day) { return first_day <= day && day <= last_day; }

}  // namespace zweck::bundle
