#include "testing/reports.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "text/paint.hpp"
#include "text/shell_text.hpp"
#include "text/xml_text.hpp"

namespace zweck::testing {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view red = "1;31";
constexpr std::string_view green = "32";

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string path_of(const SetResults& set, const Place& place) {
  return fmt::format("{}/{}:{}:{}", set.directory, place.file, place.line, place.column);
}

struct Totals {
  explicit Totals(const std::vector<SetResults>& sets) {
    for (const SetResults& set : sets)
      for (const TestResult& result : set.results) ++(result.passed() ? passed : failed);
  }
  std::size_t passed = 0, failed = 0;
};

std::string text_of(const SetResults& set, const Coverage& coverage) {
  std::string out = fmt::format("{}: coverage {:.1f} % ({} of {} rules, {} of {} outcomes of conditions)\n", set.directory,
                                coverage.percent(), coverage.rules_covered, coverage.rules_total,
                                coverage.outcomes_covered, coverage.outcomes_total);
  for (const auto* missed : {&coverage.missed_rules, &coverage.missed_outcomes})
    for (const Missed& each : *missed)
      out += fmt::format("  {}: rule `{}` {}\n", path_of(set, each.place), each.rule, each.what);
  return out;
}

Json json_of(const std::vector<Missed>& missed, bool with_what) {
  Json list = Json::array();
  for (const Missed& each : missed) {
    Json entry{{"rule", each.rule}};
    if (with_what) entry["what"] = each.what;
    entry["file"] = each.place.file;
    entry["line"] = each.place.line;
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

std::string to_text(const std::vector<SetResults>& sets, bool colour) {
  const Paint paint{colour};
  std::string out;
  for (const SetResults& set : sets) {
    for (const TestResult& result : set.results) {
      if (result.passed()) continue;
      out += fmt::format("{}: {} `{}`\n", path_of(set, result.test->place), paint(red, "failed"), result.test->name);
      for (const std::string& difference : result.differences) out += "  " + difference + "\n";
      for (const std::string& problem : result.answer.problems) out += "  the request is invalid: " + problem + "\n";
      if (!result.request.empty()) out += "  why: " + replay_command(set.directory, result.request) + "\n";
    }
    if (set.coverage) out += text_of(set, *set.coverage);
  }
  const Totals totals(sets);
  if (totals.failed == 0) return out + paint(green, plural(totals.passed, "test") + " passed") + "\n";
  return out + paint(red, plural(totals.failed, "test") + " failed") + fmt::format(", {} passed\n", totals.passed);
}

std::string to_json(const std::vector<SetResults>& sets) {
  const Totals totals(sets);
  Json json{{"passed", totals.passed}, {"failed", totals.failed}, {"tests", Json::array()}};
  for (const SetResults& set : sets)
    for (const TestResult& result : set.results) {
      Json test{{"name", result.test->name},
                {"file", result.test->place.file},
                {"line", result.test->place.line},
                {"passed", result.passed()},
                {"expected", result.test->expect},
                {"actual", name_of(result.answer.status)},
                {"rules", result.answer.rules}};
      if (!result.passed()) test["differences"] = result.differences;
      json["tests"].push_back(std::move(test));
    }
  Coverage sum;
  bool any = false;
  for (const SetResults& set : sets) {
    if (!set.coverage) continue;
    any = true;
    sum.rules_covered += set.coverage->rules_covered;
    sum.rules_total += set.coverage->rules_total;
    sum.outcomes_covered += set.coverage->outcomes_covered;
    sum.outcomes_total += set.coverage->outcomes_total;
    sum.missed_rules.insert(sum.missed_rules.end(), set.coverage->missed_rules.begin(), set.coverage->missed_rules.end());
    sum.missed_outcomes.insert(sum.missed_outcomes.end(), set.coverage->missed_outcomes.begin(),
                               set.coverage->missed_outcomes.end());
  }
  if (any)
    json["coverage"] = {{"rules",
                         {{"covered", sum.rules_covered},
                          {"total", sum.rules_total},
                          {"missed", json_of(sum.missed_rules, false)}}},
                        {"conditions",
                         {{"covered", sum.outcomes_covered},
                          {"total", sum.outcomes_total},
                          {"missed", json_of(sum.missed_outcomes, true)}}}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_junit(const std::vector<SetResults>& sets) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"zweck test\">\n";
  for (const SetResults& set : sets) {
    std::size_t failures = 0;
    for (const TestResult& result : set.results) failures += !result.passed();
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", xml_quote(set.directory),
                       set.results.size(), failures);
    for (const TestResult& result : set.results) {
      out += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml_quote(set.directory),
                         xml_quote(result.test->name));
      if (result.passed()) {
        out += "/>\n";
        continue;
      }
      std::string text;
      for (const std::string& difference : result.differences) text += difference + "\n";
      out += fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                         xml_quote(result.differences.front()),
                         xml_quote(path_of(set, result.test->place) + "\n" + text));
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace zweck::testing
