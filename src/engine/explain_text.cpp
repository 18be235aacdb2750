// EXPLANATION -> TEXT: the decision in one sentence, then why, then what would help.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explain_boxes.hpp"
#include "engine/explain_words.hpp"
#include "text/paint.hpp"
#include "text/source.hpp"
#include "zweck/explain.hpp"

namespace zweck {

namespace {

// Rules of one point that are spelled out; a reader looks for the nearest, which come first.
constexpr std::size_t shown_rules = 8;
constexpr std::size_t shown_names = 6;
// Uses that are answered for the same reasons make a group; the worst come first.
constexpr std::size_t shown_groups = 12;
// Things to ask for: of many uses each may need its own.
constexpr std::size_t shown_needs = 20;
// How many products of names describe a group.
constexpr std::size_t shown_boxes = 4;

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

// "`a`, `b` and 7 more".
std::string name_words(const std::vector<std::string>& names) {
  std::vector<std::string> words;
  const std::size_t shown = names.size() <= shown_names ? names.size() : shown_names - 1;
  for (std::size_t i = 0; i < shown; ++i) words.push_back(in_backticks(names[i]));
  if (names.size() > shown) words.push_back(fmt::format("{} more", number(names.size() - shown)));
  return join_words(words);
}

std::string uses_words(std::size_t count) { return fmt::format("{} use{}", number(count), count == 1 ? "" : "s"); }

std::string first_sentence(const Explanation& e, const Paint& paint) {
  const std::string data = name_words(e.data);
  switch (e.answer.status) {
    case Status::allowed:
      return fmt::format("{} `{}` may use {} for `{}`.", paint(green, "Allowed:"), e.partner, data, e.purpose);
    case Status::forbidden:
      return fmt::format("{} `{}` must not use {} for `{}`.", paint(red, "Denied:"), e.partner, data, e.purpose);
    case Status::not_permitted:
      return fmt::format("{} nothing permits `{}` to use {} for `{}`.", paint(red, "Denied:"), e.partner, data,
                         e.purpose);
    case Status::indeterminate:
      return fmt::format("{} it is not known whether `{}` may use {} for `{}`.", paint(red, "Denied:"), e.partner, data,
                         e.purpose);
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
  return {};
}

void write_rule(std::string& out, const RuleReason& reason, Status status, const Paint& paint) {
  const bool decides = (status == Status::forbidden && !reason.allows && reason.outcome == Outcome::applies) ||
                       (status == Status::allowed && reason.allows && reason.outcome == Outcome::applies);
  out += fmt::format("  {}{}  {}\n", paint(bold, in_backticks(reason.rule)),
                     reason.title.empty() ? "" : fmt::format(" \"{}\"", reason.title),
                     paint(faint, place_words(reason.rule_place)));
  std::vector<std::string> words{verdict(reason, status), reason.why};
  std::erase(words, "");
  if (!decides) words.back() = paint(yellow, words.back());
  out += fmt::format("    {}\n", join_words(words, ": "));
  if (const std::string clause = clause_words(reason); !clause.empty()) {
    const std::string place = place_words(reason.condition_place);
    out += fmt::format("      {}{}\n", clause, place.empty() ? "" : paint(faint, "  " + place));
  }
  if (reason.outcome != Outcome::applies && !reason.also.empty()) {
    out += fmt::format("    and then also: {}\n", join_words(reason.also, "; "));
  }
  if (reason.outcome == Outcome::elsewhere) return;
  // Of a rule that does not apply, its reason is none for the answer.
  const char* word = reason.outcome == Outcome::does_not_apply ? "its reason:" : "because";
  for (const std::string& because : reason.because) out += fmt::format("    {} {}\n", word, because);
}

std::string box_words(const Names& names) {
  return fmt::format("{} for {} by {}", name_words(names[0]), name_words(names[1]), name_words(names[2]));
}

// Rules that cover the point, or that none does, and the nearest of the rest. `named`: what is asked stands above.
void write_rules(std::string& out, const PointReason& point, bool named, const Paint& paint) {
  std::size_t written = 0, further = 0;
  bool covered = false, allow_covers = false, near = false;
  for (const RuleReason& rule : point.rules) {
    near |= rule.outcome == Outcome::elsewhere;
    // Of what is allowed only the rules that allow it are worth telling.
    if (rule.outcome == Outcome::elsewhere || (point.status == Status::allowed && rule.outcome != Outcome::applies)) {
      continue;
    }
    covered = true;
    allow_covers |= rule.allows;
    if (written < shown_rules) {
      write_rule(out, rule, point.status, paint);
      ++written;
    } else {
      ++further;
    }
  }
  if (further > 0) out += fmt::format("  and {} more rule{}\n", number(further), further == 1 ? "" : "s");
  if (point.status != Status::not_permitted || allow_covers) return;
  const std::string use =
      named ? "it" : fmt::format("`{}` for `{}` by `{}`", point.point.data, point.point.purpose, point.point.partner);
  out += fmt::format("  No rule {} {}{}\n", covered ? "allows" : "speaks of", use, near ? "; these come near:" : ".");
  for (const RuleReason& rule : point.rules) {
    if (rule.outcome == Outcome::elsewhere) write_rule(out, rule, point.status, paint);
  }
}

void write_group(std::string& out, const PointReason& point, const Paint& paint) {
  std::string status = status_words(point.status);
  status[0] = static_cast<char>(status[0] - 'a' + 'A');
  out += "\n" + paint(point.status == Status::allowed ? green : red, status + ":");
  const std::vector<Names> boxes = boxes_of(point);
  for (std::size_t i = 0; i < std::min(boxes.size(), shown_boxes); ++i) {
    out += fmt::format("{}{}\n", i == 0 ? " " : "  and ", box_words(boxes[i]));
  }
  if (boxes.size() > shown_boxes) {
    std::size_t more = 0;
    for (std::size_t i = shown_boxes; i < boxes.size(); ++i) {
      more += boxes[i][0].size() * boxes[i][1].size() * boxes[i][2].size();
    }
    out += fmt::format("  and {} more\n", number(more));
  }
  write_rules(out, point, true, paint);
}

// What is asked for only because something is derived from it.
void write_sources(std::string& out, const Explanation& e) {
  std::map<std::string, std::set<std::string>> sources;
  const auto add = [&](const PointName& name) {
    if (!name.source_of.empty()) sources[name.source_of].insert(name.data);
  };
  for (const PointReason& point : e.points) {
    add(point.point);
    for (const PointName& name : point.same) add(name);
  }
  std::size_t written = 0;
  for (const auto& [derived, names] : sources) {
    if (++written > shown_boxes) break;
    out += fmt::format("`{}` is derived from {}, and opens only what {}.\n", derived,
                       name_words({names.begin(), names.end()}), names.size() == 1 ? "that opens" : "those open");
  }
}

void write_points(std::string& out, const Explanation& e, const Paint& paint) {
  if (e.point_count == 1 && e.points.size() == 1) {
    out += "\n";
    write_rules(out, e.points.front(), false, paint);
    return;
  }
  std::vector<std::string> counts;
  for (const auto& [status, count] : e.statuses) {
    counts.push_back(fmt::format("{} {} {}", number(count), count == 1 ? "is" : "are", status_words(status)));
  }
  write_sources(out, e);
  out +=
      fmt::format("It takes {}, each of which must be allowed: {}.\n", uses_words(e.point_count), join_words(counts));
  const std::size_t shown = std::min(e.points.size(), shown_groups);
  for (std::size_t i = 0; i < shown; ++i) write_group(out, e.points[i], paint);
  std::size_t further = e.further_points;
  for (std::size_t i = shown; i < e.points.size(); ++i) further += 1 + e.points[i].same.size();
  if (further > 0)
    out += fmt::format("\nand {} more use{}: ask for less at a time to see {}\n", number(further),
                       further == 1 ? "" : "s", further == 1 ? "it" : "them");
}

// "the facts `age` and `region`, the ledger"
std::string missing_words(const std::vector<std::string>& missing) {
  constexpr std::string_view fact = "the fact ";
  std::vector<std::string> facts, others;
  for (const std::string& one : missing) {
    (one.starts_with(fact) ? facts : others).push_back(one.starts_with(fact) ? one.substr(fact.size()) : one);
  }
  if (!facts.empty())
    others.insert(others.begin(), (facts.size() == 1 ? "the fact " : "the facts ") + join_words(facts));
  return join_words(others, facts.size() > 1 ? ", and " : " and ");
}

void write_needs(std::string& out, const Explanation& e, const Paint& paint) {
  const std::vector<Need>& needs = e.answer.needs;
  if (e.answer.needs_given_up) {
    out += fmt::format("\n{} there is too much to try to say whether anything would.\n", paint(bold, "What would help:"));
  }
  if (needs.empty()) {
    const bool sought = e.answer.status == Status::not_permitted || e.answer.status == Status::indeterminate;
    if (sought && !e.answer.needs_given_up)
      out += fmt::format("\n{} no consent, no notice and no further fact.\n", paint(bold, "What would help:"));
    return;
  }
  out += "\n" + paint(bold, needs.size() == 1 ? "What would help:" : "What would help, all of it together:") + "\n";
  for (std::size_t i = 0; i < std::min(needs.size(), shown_needs); ++i) out += fmt::format("  {}\n", to_text(needs[i]));
  if (needs.size() > shown_needs) out += fmt::format("  and {} more\n", number(needs.size() - shown_needs));
  const bool of_customer =
      std::any_of(needs.begin(), needs.end(), [](const Need& need) { return need.kind == Need::Kind::consent; });
  if (!e.ledger_events && of_customer) {
    out += "  Whoever has said no is not asked again; without the ledger it is not known who has.\n";
  }
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
  // Nobody asks by fractions of a second, but the clock does.
  const Time second{e.at.microseconds -
                    (e.at.microseconds % microseconds_per_second + microseconds_per_second) % microseconds_per_second};
  std::string text = fmt::format("Asked at {}, with {}, ", to_string(second),
                                 facts.empty()       ? "no facts"
                                 : facts.size() == 1 ? "the fact " + facts.front()
                                                     : "the facts " + join_words(facts));
  if (!e.ledger_events) {
    text += "and without a ledger.";
  } else if (*e.ledger_events == 0) {
    text += "and an empty ledger.";
  } else {
    text += fmt::format("and a ledger of {} event{}.", number(*e.ledger_events), *e.ledger_events == 1 ? "" : "s");
  }
  out += "\n" + paint(faint, text) + "\n";
}

}  // namespace

std::string to_text(const Need& need) noexcept {
  switch (need.kind) {
    case Need::Kind::fact: {
      if (need.example.empty()) return fmt::format("to know the fact `{}`", need.name);
      const bool only = need.example == "true" || need.example == "false";
      return fmt::format("to know the fact `{}` (allowed if it is {}{})", need.name, need.example,
                         only ? "" : ", for example");
    }
    case Need::Kind::notice:
      return fmt::format("to show the customer the notice `{}`, version {}", need.name, need.version);
    case Need::Kind::consent:
      break;
  }
  return fmt::format(
      "to ask the customer for {}consent to `{}` for `{}` by `{}`{}", need.is_explicit ? "explicit " : "", need.data,
      need.purpose, need.partner,
      need.name.empty() ? "" : fmt::format(", under version {} of the notice `{}`", need.version, need.name));
}

std::string to_text(const Explanation& e, bool colour) noexcept {
  const Paint paint{colour};
  std::string out = first_sentence(e, paint) + "\n";
  if (e.answer.status == Status::invalid) {
    for (const std::string& problem : e.answer.problems) out += fmt::format("  {}\n", visible(problem));
    return out;
  }
  write_points(out, e, paint);
  write_obligations(out, e.answer.obligations, paint);
  if (!e.missing.empty()) out += fmt::format("\n{} {}.\n", paint(bold, "Not known:"), missing_words(e.missing));
  write_needs(out, e, paint);
  write_situation(out, e, paint);
  return out;
}

}  // namespace zweck
