// Times, dates and durations as the language counts them: no leap seconds, no time zones but UTC.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zweck {

// Microseconds since 1970-01-01T00:00:00Z. Years 0000 to 9999.
struct Time {
  std::int64_t microseconds = 0;
  friend auto operator<=>(const Time&, const Time&) = default;

  static Time now() noexcept;
};

// Days since 1970-01-01. Years 0000 to 9999.
struct Date {
  std::int64_t days = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
};

// Seconds; a month is 30 days, a year 365.
struct Duration {
  std::int64_t seconds = 0;
  friend auto operator<=>(const Duration&, const Duration&) = default;
};

constexpr std::int64_t microseconds_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;

// 00:00 UTC of that day, and the last microsecond of it.
constexpr Time start_of(Date date) { return {date.days * seconds_per_day * microseconds_per_second}; }
constexpr Time end_of(Date date) { return {start_of({date.days + 1}).microseconds - 1}; }

// RFC 3339 with at most six digits of fraction; any offset is taken into account.
std::optional<Time> parse_time(std::string_view text) noexcept;
// YYYY-MM-DD of a day that exists.
std::optional<Date> parse_date(std::string_view text) noexcept;
// "30 days", "1 month": an integer from 1 without leading zeros, one or more blanks, a unit of the language.
std::optional<Duration> parse_duration(std::string_view text) noexcept;
// The same, the two parts apart; nothing if the unit is unknown or the result leaves the bounds of the language.
std::optional<Duration> make_duration(std::int64_t count, std::string_view unit) noexcept;

// Whether it lies within the years 0000 to 9999, as every time of a request and every day of a rule does.
bool in_bounds(Time time) noexcept;
bool in_bounds(Date date) noexcept;

// These allocate, as texts of this length do, and may throw std::bad_alloc.
std::string to_string(Time time);          // 2026-06-01T12:00:00Z, the fraction only where there is one
std::string to_string(Date date);          // 2026-06-01; outside of the years 0000 to 9999 what nothing reads as a date
std::string to_string(Duration duration);  // days if whole, else hours, else minutes, else seconds: "1 day", "36 hours"

}  // namespace zweck
