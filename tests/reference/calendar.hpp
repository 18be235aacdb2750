// Dates, times and durations as text and back, by the calendar of the standard library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace reference {

// Differences of times and seconds times a million do not always fit in 64 bits.
__extension__ typedef __int128 Wide;

constexpr std::int64_t second = 1'000'000;  // microseconds
constexpr std::int64_t minute_seconds = 60, hour_seconds = 3'600, day_seconds = 86'400;
constexpr std::int64_t day = day_seconds * second;

std::int64_t days_of(int year, unsigned month, unsigned day);
std::string date_text(std::int64_t days);
std::string time_text(std::int64_t microseconds);
// In days if whole, else hours, else minutes.
std::string duration_text(std::int64_t seconds);

std::optional<std::int64_t> read_date(const std::string& text);
std::optional<std::int64_t> read_duration(const std::string& text);

}  // namespace reference
