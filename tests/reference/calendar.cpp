#include "reference/calendar.hpp"

#include <chrono>
#include <cstdio>
#include <map>
#include <sstream>

namespace reference {

std::int64_t days_of(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day))
      .time_since_epoch()
      .count();
}

std::string date_text(std::int64_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
  return text;
}

std::string time_text(std::int64_t microseconds) {
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::microseconds(microseconds)).count();
  const std::int64_t rest = microseconds - days * day;
  const int seconds = int(rest / second), fraction = int(rest % second);
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  std::string result = date_text(days) + text;
  if (fraction != 0) {
    std::snprintf(text, sizeof text, ".%06d", fraction);
    result += text;
  }
  return result + "Z";
}

std::string duration_text(std::int64_t seconds) {
  const auto write = [](std::int64_t count, const char* unit) {
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
  };
  if (seconds % day_seconds == 0) return write(seconds / day_seconds, "day");
  if (seconds % hour_seconds == 0) return write(seconds / hour_seconds, "hour");
  return write(seconds / minute_seconds, "minute");
}

std::optional<std::int64_t> read_date(const std::string& text) {
  int year = 0, length = 0;
  unsigned month = 0, day_of_month = 0;
  if (text.size() != 10) return std::nullopt;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &day_of_month, &length) != 3) return std::nullopt;
  const auto date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day_of_month);
  if (length != 10 || !date.ok() || date_text(days_of(year, month, day_of_month)) != text) return std::nullopt;
  return days_of(year, month, day_of_month);
}

std::optional<std::int64_t> read_duration(const std::string& text) {
  static const std::map<std::string, std::int64_t> units{
      {"minute", 60},         {"minutes", 60},         {"hour", 3'600},        {"hours", 3'600},
      {"day", 86'400},        {"days", 86'400},        {"week", 7 * 86'400},   {"weeks", 7 * 86'400},
      {"month", 30 * 86'400}, {"months", 30 * 86'400}, {"year", 365 * 86'400}, {"years", 365 * 86'400}};
  std::istringstream words(text);
  std::string count, unit, rest;
  words >> count >> unit >> rest;
  if (count.empty() || count.size() > 9 || count.find_first_not_of("0123456789") != std::string::npos) return {};
  if (count.front() == '0' || !units.contains(unit) || !rest.empty()) return std::nullopt;
  return std::stoll(count) * units.at(unit);
}

}  // namespace reference
