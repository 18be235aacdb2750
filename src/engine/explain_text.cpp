// EXPLANATION -> TEXT: the decision in one sentence, then why, then what would help.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explain_words.hpp"
#include "zweck/explain.hpp"

namespace zweck {

namespace {

// Rules of one point that are spelled out; a reader looks for the nearest, which come first.
constexpr std::size_t shown_rules = 8;
constexpr std::size_t shown_names = 6;

struct Paint {
  bool on;
  std::string operator()(std::string_view code, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};
constexpr std::string_view bold = "1";
constexpr std::string_view faint = "2";
constexpr std::string_view red = "1;31";
constexpr std::string_view green = "1;32";
constexpr std::string_view yellow = "33";

using Outcome = RuleReason::Outcome;

std::string number(std::size_t count) {
  std::string digits = std::to_string(count);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string status_words(Status status) {
  switch (status) {
    case Status::forbidden:
      return "forbidden";
    case Status::not_permitted:
      return "not permitted";
    case Status::indeterminate:
      return "not known";
    case Status::allowed:
      return "allowed";
    case Status::invalid:
      break;
  }
  return "invalid";
}

std::string data_words(const std::vector<std::string>& data) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < std::min(data.size(), shown_names); ++i) words.push_back(in_backticks(data[i]));
  if (data.size() > shown_names) words.push_back(fmt::format("{} more", number(data.size() - shown_names)));
  return join_words(words);
}

std::string first_sentence(const Explanation& e, const Paint& paint) {
  const std::string data = data_words(e.data);
  switch (e.answer.status) {
    case Status::allowed:
      return fmt::format("{} `{}` may use {} for `{}`.", paint(green, "Allowed:"), e.partner, data, e.purpose);
    case Status::forbidden:
      return fmt::format("{} `{}` must not use {} for `{}`.", paint(red, "Denied:"), e.partner, data, e.purpose);
    case Status::not_permitted:
      return fmt::format("{} nothing permits `{}` to use {} for `{}`.", paint(red, "Denied:"), e.partner, data,
                         e.purpose);
    case Status::indeterminate:
      return fmt::format("{} it is not known whether `{}` may use {} for `{}`.", paint(red, "Denied:"), e.partner,
                         data, e.purpose);
    case Status::invalid:
      break;
  }
  return fmt::format("{} this is no valid request, so nothing is allowed.", paint(red, "Denied:"));
}

std::string place_words(const Place& place) {
  return place.file.empty() ? std::string() : fmt::format("{}:{}", place.file, place.line);
}

// The clause as it stands: "basis consent", "by shop".
std::string clause_words(const RuleReason& reason) {
  if (reason.clause.empty() || reason.condition.empty()) return {};
  return reason.clause == "data" ? reason.condition : reason.clause + " " + reason.condition;
}

std::string verdict(const RuleReason& reason, Status status) {
  switch (reason.outcome) {
    case Outcome::applies:
      if (!reason.allows) return "forbids it";
      return status == Status::allowed ? "allows it" : "would allow it";
    case Outcome::may_apply:
      return reason.allows ? "may allow it, but that is not known" : "may forbid it, but that is not known";
    case Outcome::does_not_apply:
      return reason.allows ? "does not allow it" : "does not forbid it";
    case Outcome::elsewhere:
      break;
  }
  return "comes near";
}

void write_rule(std::string& out, const RuleReason& reason, Status status, const Paint& paint) {
  const bool decides = (status == Status::forbidden && !reason.allows && reason.outcome == Outcome::applies) ||
                       (status == Status::allowed && reason.allows && reason.outcome == Outcome::applies);
  out += fmt::format("  {}{}  {}\n", paint(bold, in_backticks(reason.rule)),
                     reason.title.empty() ? "" : fmt::format(" \"{}\"", reason.title),
                     paint(faint, place_words(reason.rule_place)));
  out += fmt::format("    {}{}\n", verdict(reason, status),
                     reason.why.empty() ? "" : ": " + paint(decides ? "0" : yellow, reason.why));
  if (const std::string clause = clause_words(reason); !clause.empty()) {
    const std::string place = place_words(reason.condition_place);
    out += fmt::format("      {}{}\n", clause, place.empty() ? "" : paint(faint, "  " + place));
  }
  if (reason.outcome != Outcome::applies && !reason.also.empty()) {
    out += fmt::format("    and then also: {}\n", join_words(reason.also, "; "));
  }
  for (const std::string& because : reason.because) out += fmt::format("    because {}\n", because);
}

std::string point_words(const PointName& name) {
  return fmt::format("`{}` for `{}` by `{}`{}", name.data, name.purpose, name.partner,
                     name.source_of.empty() ? "" : fmt::format(" (`{}` is derived from it)", name.source_of));
}

// Says that no rule takes the point in, where that is so.
void write_silence(std::string& out, const PointReason& point) {
  if (point.status != Status::not_permitted) return;
  const auto covers = [](const RuleReason& rule) { return rule.outcome != Outcome::elsewhere; };
  if (std::any_of(point.rules.begin(), point.rules.end(), [&](auto& rule) { return covers(rule) && rule.allows; })) {
    return;
  }
  out += fmt::format("  No rule allows `{}` for `{}` by `{}`{}.\n", point.point.data, point.point.purpose,
                     point.point.partner, point.rules.empty() ? ", or anything near it" : ". Nearest");
}

void write_point(std::string& out, const PointReason& point, const Paint& paint) {
  write_silence(out, point);
  std::size_t written = 0;
  for (const RuleReason& rule : point.rules) {
    // Of what is allowed only the rules that allow it are worth telling.
    if (point.status == Status::allowed && rule.outcome != Outcome::applies) continue;
    if (written == shown_rules) {
      out += fmt::format("  and {} more rules that do not allow it\n", number(point.rules.size() - written));
      break;
    }
    write_rule(out, rule, point.status, paint);
    ++written;
  }
}

void write_points(std::string& out, const Explanation& e, const Paint& paint) {
  if (e.point_count == 1 && e.points.size() == 1) {
    out += "\n";
    write_point(out, e.points.front(), paint);
    return;
  }
  std::vector<std::string> counts;
  for (const auto& [status, count] : e.statuses) {
    counts.push_back(fmt::format("{} {}", number(count), status_words(status)));
  }
  out += fmt::format("This asks for {} uses: {}. All of them would have to be allowed.\n", number(e.point_count),
                     join_words(counts));
  for (const PointReason& point : e.points) {
    out += fmt::format("\n{}: {}\n", point_words(point.point),
                       paint(point.status == Status::allowed ? green : red, status_words(point.status)));
    if (!point.same.empty()) {
      std::vector<std::string> names;
      for (std::size_t i = 0; i < std::min(point.same.size(), shown_names); ++i) {
        names.push_back(point_words(point.same[i]));
      }
      const std::size_t more = point.same.size() - names.size() + point.further_same;
      if (more > 0) names.push_back(fmt::format("{} more", number(more)));
      out += fmt::format("  and so {} {}\n", point.same.size() == 1 ? "is" : "are", join_words(names));
    }
    write_point(out, point, paint);
  }
  if (e.further_points > 0) out += fmt::format("\nand {} more uses\n", number(e.further_points));
}

void write_obligations(std::string& out, const Obligations& obligations, const Paint& paint) {
  if (!obligations.keep && obligations.oblige.empty()) return;
  out += "\n" + paint(bold, "Obligations:") + "\n";
  if (obligations.keep) out += fmt::format("  keep it no longer than {}\n", to_string(*obligations.keep));
  for (const std::string& name : obligations.oblige) out += fmt::format("  {}\n", name);
}

void write_situation(std::string& out, const Explanation& e, const Paint& paint) {
  std::vector<std::string> facts;
  for (const auto& [name, value] : e.facts) facts.push_back(fmt::format("{} = {}", name, value));
  std::string text = fmt::format("Asked at {}, with {}, ", to_string(e.at),
                                 facts.empty() ? "no facts" : facts.size() == 1 ? "the fact " + facts.front()
                                                                                : "the facts " + join_words(facts));
  if (!e.ledger_events) {
    text += "and without a ledger.";
  } else {
    text += fmt::format("and a ledger of {} event{}.", number(*e.ledger_events), *e.ledger_events == 1 ? "" : "s");
  }
  out += "\n" + paint(faint, text) + "\n";
}

}  // namespace

std::string to_text(const Need& need) {
  switch (need.kind) {
    case Need::Kind::fact:
      return fmt::format("to know the fact `{}`", need.name);
    case Need::Kind::notice:
      return fmt::format("to show the customer the notice `{}`, version {}", need.name, need.version);
    case Need::Kind::consent:
      break;
  }
  return fmt::format("to ask the customer for {}consent to `{}` for `{}` by `{}`{}", need.is_explicit ? "explicit " : "",
                     need.data, need.purpose, need.partner,
                     need.name.empty() ? "" : fmt::format(", under version {} of the notice `{}`", need.version, need.name));
}

std::string to_text(const Explanation& e, bool colour) {
  const Paint paint{colour};
  std::string out = first_sentence(e, paint) + "\n";
  if (e.answer.status == Status::invalid) {
    for (const std::string& problem : e.answer.problems) out += fmt::format("  {}\n", problem);
    return out;
  }
  write_points(out, e, paint);
  write_obligations(out, e.answer.obligations, paint);
  if (!e.missing.empty()) out += fmt::format("\n{} {}.\n", paint(bold, "Not known:"), join_words(e.missing));
  if (!e.answer.needs.empty()) {
    out += "\n" + paint(bold, "What would help:") + "\n";
    for (const Need& need : e.answer.needs) out += fmt::format("  {}\n", to_text(need));
  }
  write_situation(out, e, paint);
  return out;
}

}  // namespace zweck
