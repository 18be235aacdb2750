#include "zweck/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace zweck {

namespace {

constexpr std::int64_t first_day = -719'528;  // 0000-01-01
constexpr std::int64_t last_day = 2'932'896;  // 9999-12-31
constexpr std::int64_t minute = 60, hour = 3600;

// Takes exactly `count` digits from the front of `text`.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> date_of(int y, int m, int d) {
  using namespace std::chrono;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  return Date{sys_days{date}.time_since_epoch().count()};
}

std::optional<Date> take_date(std::string_view& text) {
  const auto y = digits(text, 4);
  if (!y || !take(text, "-")) return std::nullopt;
  const auto m = digits(text, 2);
  if (!m || !take(text, "-")) return std::nullopt;
  const auto d = digits(text, 2);
  if (!d) return std::nullopt;
  return date_of(*y, *m, *d);
}

// "HH:MM" as seconds.
std::optional<std::int64_t> take_hour_and_minute(std::string_view& text) {
  const auto h = digits(text, 2);
  if (!h || *h > 23 || !take(text, ":")) return std::nullopt;
  const auto m = digits(text, 2);
  if (!m || *m > 59) return std::nullopt;
  return *h * hour + *m * minute;
}

// ".5" as microseconds; 0 where there is no fraction.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
  if (!take(text, ".")) return 0;
  const std::size_t length = std::min(text.find_first_not_of("0123456789"), text.size());
  if (length == 0 || length > 6) return std::nullopt;
  std::int64_t value = *digits(text, length);
  for (std::size_t i = length; i < 6; ++i) value *= 10;
  return value;
}

// "Z" or "+01:00" as seconds east of UTC.
std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, "Zz")) return 0;
  const bool west = !text.empty() && text.front() == '-';
  if (!take(text, "+-")) return std::nullopt;
  const auto offset = take_hour_and_minute(text);
  if (!offset) return std::nullopt;
  return west ? -*offset : *offset;
}

// The way in which most times are written, "2026-06-01T12:00:00Z", without a look at one character after the other. Nothing
// if this one is written otherwise, or malformed.
std::optional<Time> parse_plain_time(std::string_view text) {
  constexpr std::string_view zero = "0000-00-00T00:00:00Z", limit = "vvvv\x7fvv\x7fvv\x7fvv\x7fvv\x7fvv\x7f";
  if (text.size() != zero.size()) return std::nullopt;
  const auto word = [](std::string_view from, std::size_t at) {
    std::uint64_t bytes;
    std::memcpy(&bytes, from.data() + at, sizeof bytes);
    return bytes;
  };
  // Against the zeros digits are their values and all else is 0, so that the limit brings any other byte to 128 or more.
  std::array<unsigned char, zero.size()> digit;
  std::uint64_t wrong = 0;
  for (const std::size_t at : {0, 8, 12}) {
    const std::uint64_t bytes = word(text, at) ^ word(zero, at);
    wrong |= (bytes + word(limit, at)) | bytes;
    std::memcpy(digit.data() + at, &bytes, sizeof bytes);
  }
  if ((wrong & 0x8080808080808080) != 0) return std::nullopt;
  const auto two = [&](std::size_t at) { return digit[at] * 10 + digit[at + 1]; };
  const int hours = two(11), minutes = two(14), seconds = two(17);
  const auto date = date_of(two(0) * 100 + two(2), two(5), two(8));
  if (!date || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  return Time{start_of(*date).microseconds + (hours * hour + minutes * minute + seconds) * microseconds_per_second};
}

struct Unit {
  std::string_view name;
  std::int64_t seconds;
};
constexpr Unit units[] = {{"minute", minute},
                          {"hour", hour},
                          {"day", seconds_per_day},
                          {"week", 7 * seconds_per_day},
                          {"month", 30 * seconds_per_day},
                          {"year", 365 * seconds_per_day}};

}  // namespace

Time Time::now() noexcept {
  namespace chrono = std::chrono;
  return {chrono::duration_cast<chrono::microseconds>(chrono::system_clock::now().time_since_epoch()).count()};
}

std::optional<Date> parse_date(std::string_view text) noexcept {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::optional<Time> parse_time(std::string_view text) noexcept {
  if (const auto plain = parse_plain_time(text)) return plain;
  const auto date = take_date(text);
  if (!date || !take(text, "Tt")) return std::nullopt;
  const auto minutes = take_hour_and_minute(text);
  if (!minutes || !take(text, ":")) return std::nullopt;
  const auto seconds = digits(text, 2);
  if (!seconds || *seconds > 59) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  const Time time{start_of(*date).microseconds + (*minutes + *seconds - *offset) * microseconds_per_second + *fraction};
  if (!in_bounds(time)) return std::nullopt;
  return time;
}

bool in_bounds(Time time) noexcept { return start_of({first_day}) <= time && time <= end_of({last_day}); }
bool in_bounds(Date date) noexcept { return first_day <= date.days && date.days <= last_day; }

std::optional<Duration> make_duration(std::int64_t count, std::string_view unit) noexcept {
  if (count < 1) return std::nullopt;
  if (unit.ends_with('s')) unit.remove_suffix(1);
  for (const auto& [name, seconds] : units) {
    if (name != unit) continue;
    if (count > INT64_MAX / seconds) return std::nullopt;
    return Duration{count * seconds};
  }
  return std::nullopt;
}

std::optional<Duration> parse_duration(std::string_view text) noexcept {
  if (text.empty() || text.front() < '1' || text.front() > '9') return std::nullopt;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  const std::size_t blanks = std::min(text.find_first_not_of(" \t"), text.size());
  if (blanks == 0) return std::nullopt;
  return make_duration(count, text.substr(blanks));
}

std::string to_string(Date date) {
  // Years beyond have other digits, or none that std::chrono knows.
  if (!in_bounds(date)) return fmt::format("day {}", date.days);
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{date.days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::string to_string(Time time) {
  constexpr std::int64_t microseconds_per_day = seconds_per_day * microseconds_per_second;
  std::int64_t day = time.microseconds / microseconds_per_day;
  std::int64_t rest = time.microseconds % microseconds_per_day;
  if (rest < 0) {
    rest += microseconds_per_day;
    --day;
  }
  const std::int64_t seconds = rest / microseconds_per_second;
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", to_string(Date{day}), seconds / hour, seconds % hour / minute,
                                 seconds % minute);
  if (const std::int64_t fraction = rest % microseconds_per_second; fraction != 0) {
    text += fmt::format(".{:06}", fraction);
    while (text.back() == '0') text.pop_back();
  }
  return text + 'Z';
}

std::string to_string(Duration duration) {
  const auto written = [](std::int64_t count, std::string_view unit) {
    std::string text = std::to_string(count);
    text += ' ';
    text += unit;
    if (count != 1) text += 's';
    return text;
  };
  if (duration.seconds % seconds_per_day == 0) return written(duration.seconds / seconds_per_day, "day");
  if (duration.seconds % hour == 0) return written(duration.seconds / hour, "hour");
  if (duration.seconds % minute == 0) return written(duration.seconds / minute, "minute");
  return written(duration.seconds, "second");
}

}  // namespace zweck
