// EXPLANATION -> JSON: the answer, and beside it the points and what is missing.
#include <fmt/format.h>

#include <array>
#include <string>

#include "text/json_text.hpp"
#include "zweck/explain.hpp"

namespace zweck {

namespace {

std::string strings(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() == 1 ? "" : ", ") + json_quote(text);
  return out + "]";
}

std::string name_json(const PointName& name) {
  std::string out = fmt::format("\"data\": {}, \"purpose\": {}, \"partner\": {}", json_quote(name.data),
                                json_quote(name.purpose), json_quote(name.partner));
  if (!name.source_of.empty()) out += fmt::format(", \"source_of\": {}", json_quote(name.source_of));
  return out;
}

std::string place_json(const Place& place) {
  return fmt::format("\"file\": {}, \"line\": {}, \"column\": {}", json_quote(place.file), place.line, place.column);
}

std::string rule_json(const RuleReason& reason) {
  constexpr std::array<std::string_view, 4> outcomes{"applies", "may-apply", "does-not-apply", "elsewhere"};
  std::string out = fmt::format("{{\"rule\": {}", json_quote(reason.rule));
  if (!reason.title.empty()) out += fmt::format(", \"title\": {}", json_quote(reason.title));
  out += fmt::format(", \"effect\": \"{}\", \"outcome\": \"{}\"", reason.allows ? "allow" : "deny",
                     outcomes[static_cast<std::size_t>(reason.outcome)]);
  if (!reason.rule_place.file.empty()) out += ", " + place_json(reason.rule_place);
  if (!reason.clause.empty()) {
    out += fmt::format(", \"clause\": {}, \"condition\": {}, \"why\": {}", json_quote(reason.clause),
                       json_quote(reason.condition), json_quote(reason.why));
    if (!reason.condition_place.file.empty())
      out += fmt::format(", \"at\": {{{}}}", place_json(reason.condition_place));
  }
  if (!reason.also.empty()) out += ", \"also\": " + strings(reason.also);
  if (!reason.because.empty()) out += ", \"because\": " + strings(reason.because);
  return out + "}";
}

std::string point_json(const PointReason& point) {
  std::string out =
      fmt::format("{{{}, \"status\": {}, \"rules\": [", name_json(point.point), json_quote(name_of(point.status)));
  for (std::size_t i = 0; i < point.rules.size(); ++i) out += (i == 0 ? "" : ", ") + rule_json(point.rules[i]);
  out += "]";
  for (std::size_t i = 0; i < point.same.size(); ++i) {
    out += fmt::format("{}{{{}}}", i == 0 ? ", \"same\": [" : ", ", name_json(point.same[i]));
  }
  if (!point.same.empty()) out += "]";
  return out + "}";
}

}  // namespace

std::string to_json(const Explanation& explanation) noexcept {
  std::string out = to_json(explanation.answer);
  if (explanation.answer.status == Status::invalid) return out;
  out.pop_back();
  out += ", \"points\": [";
  for (std::size_t i = 0; i < explanation.points.size(); ++i) {
    out += (i == 0 ? "" : ", ") + point_json(explanation.points[i]);
  }
  out += "]";
  if (explanation.further_points > 0) out += fmt::format(", \"further_points\": {}", explanation.further_points);
  return out + fmt::format(", \"missing\": {}}}", strings(explanation.missing));
}

}  // namespace zweck
