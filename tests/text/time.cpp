#include "zweck/time.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace zweck;

BOOST_AUTO_TEST_SUITE(time_)

BOOST_AUTO_TEST_CASE(dates_that_exist) {
  BOOST_TEST(parse_date("1970-01-01")->days == 0);
  BOOST_TEST(parse_date("1969-12-31")->days == -1);
  BOOST_TEST(parse_date("2026-06-01")->days == 20'605);
  BOOST_TEST(parse_date("2024-02-29").has_value());
  BOOST_TEST(parse_date("0000-01-01")->days == -719'528);
  BOOST_TEST(parse_date("9999-12-31")->days == 2'932'896);
  for (const char* bad :
       {"", "2026", "2026-6-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-01-01 ",
        " 2026-01-01", "+026-01-01", "20260101", "2026/01/01", "10000-01-01", "2026-01-0a"})
    BOOST_TEST(!parse_date(bad), bad);
}

BOOST_AUTO_TEST_CASE(dates_come_back_as_written) {
  for (const char* text : {"0000-01-01", "0099-03-01", "1969-12-31", "1970-01-01", "2000-02-29", "9999-12-31"})
    BOOST_TEST(to_string(*parse_date(text)) == text);
}

BOOST_AUTO_TEST_CASE(times_with_fraction_and_offset) {
  BOOST_TEST(parse_time("1970-01-01T00:00:00Z")->microseconds == 0);
  BOOST_TEST(parse_time("1970-01-01T00:00:00.5Z")->microseconds == 500'000);
  BOOST_TEST(parse_time("1970-01-01T00:00:00.000001Z")->microseconds == 1);
  BOOST_TEST(parse_time("1970-01-01t00:00:01z")->microseconds == 1'000'000);
  BOOST_TEST(parse_time("1970-01-01T01:00:00+01:00")->microseconds == 0);
  BOOST_TEST(parse_time("1969-12-31T19:30:00-04:30")->microseconds == 0);
  BOOST_TEST(parse_time("1970-01-01T00:00:00-00:00")->microseconds == 0);
  BOOST_TEST(parse_time("0000-01-01T00:00:00Z").has_value());
  BOOST_TEST(parse_time("9999-12-31T23:59:59.999999Z").has_value());
  for (const char* bad :
       {"", "2026-06-01", "2026-06-01T12:00Z", "2026-06-01T12:00:00", "2026-06-01 12:00:00Z", "2026-06-01T24:00:00Z",
        "2026-06-01T23:60:00Z", "2026-06-01T23:59:60Z", "2026-06-01T12:00:00.Z", "2026-06-01T12:00:00.1234567Z",
        "2026-06-01T12:00:00,5Z", "2026-06-01T12:00:00+1:00", "2026-06-01T12:00:00+0100", "2026-06-01T12:00:00+24:00",
        "2026-06-01T12:00:00Z ", "2026-02-30T12:00:00Z", "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:00-00:01"})
    BOOST_TEST(!parse_time(bad), bad);
}

BOOST_AUTO_TEST_CASE(times_are_written_in_utc) {
  BOOST_TEST(to_string(*parse_time("2026-06-01T12:00:00Z")) == "2026-06-01T12:00:00Z");
  BOOST_TEST(to_string(*parse_time("2026-06-01T01:00:00.250+02:00")) == "2026-05-31T23:00:00.25Z");
  BOOST_TEST(to_string(Time{-1}) == "1969-12-31T23:59:59.999999Z");
  BOOST_TEST(to_string(*parse_time("0000-01-01T00:00:00Z")) == "0000-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(bounds_of_a_day) {
  const Date day = *parse_date("2026-06-01");
  BOOST_TEST(to_string(start_of(day)) == "2026-06-01T00:00:00Z");
  BOOST_TEST(to_string(end_of(day)) == "2026-06-01T23:59:59.999999Z");
}

BOOST_AUTO_TEST_CASE(durations) {
  BOOST_TEST(parse_duration("1 minute")->seconds == 60);
  BOOST_TEST(parse_duration("90  minutes")->seconds == 5'400);
  BOOST_TEST(parse_duration("1 hours")->seconds == 3'600);
  BOOST_TEST(parse_duration("30 days")->seconds == 30 * seconds_per_day);
  BOOST_TEST(parse_duration("2 weeks")->seconds == 14 * seconds_per_day);
  BOOST_TEST(parse_duration("1 month")->seconds == 30 * seconds_per_day);
  BOOST_TEST(parse_duration("1 year")->seconds == 365 * seconds_per_day);
  // The largest duration below 2^63 seconds in each unit, and one more.
  BOOST_TEST(parse_duration("153722867280912930 minutes").has_value());
  BOOST_TEST(!parse_duration("153722867280912931 minutes"));
  BOOST_TEST(parse_duration("292471208677 years").has_value());
  BOOST_TEST(!parse_duration("292471208678 years"));
  for (const char* bad : {"", "30", "days", "0 days", "-1 days", "01 days", "30days", "30 Days", "30 days ", " 30 days",
                          "1.5 hours", "30 seconds", "+1 day", "9223372036854775808 minutes", "1 dayss", "1 s"})
    BOOST_TEST(!parse_duration(bad), bad);
}

BOOST_AUTO_TEST_CASE(durations_in_the_largest_whole_unit) {
  BOOST_TEST(to_string(Duration{seconds_per_day}) == "1 day");
  BOOST_TEST(to_string(Duration{180 * seconds_per_day}) == "180 days");
  BOOST_TEST(to_string(Duration{36 * 3'600}) == "36 hours");
  BOOST_TEST(to_string(Duration{3'600}) == "1 hour");
  BOOST_TEST(to_string(Duration{90 * 60}) == "90 minutes");
  BOOST_TEST(to_string(Duration{61}) == "61 seconds");
}

// A time without a fraction is read in a way of its own.
BOOST_AUTO_TEST_CASE(a_fraction_of_nothing_changes_nothing) {
  for (const std::string_view time : {"2026-02-28T23:59:59Z", "0000-01-01T00:00:00Z", "9999-12-31T10:20:30Z"}) {
    for (std::size_t at = 0; at < time.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string plain(time);
        plain[at] = static_cast<char>(byte);
        const auto read = parse_time(plain), otherwise = parse_time(plain.substr(0, 19) + ".0" + plain.substr(19));
        BOOST_REQUIRE_MESSAGE(read == otherwise, time << " with byte " << byte << " at " << at);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
