#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "diff_report.hpp"
#include "grammar/format.hpp"
#include "text/source.hpp"

namespace zweck::command {

namespace {

constexpr std::size_t names_shown = 12;

std::string quoted(const std::string& text) { return "`" + visible(text) + "`"; }

// "`a`, `b`", or "nothing" for none.
std::string list_of(const std::string& names) { return names.empty() ? "no group" : quoted(names); }

}  // namespace

std::string with_commas(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", with_commas(count), noun, count == 1 ? "" : "s");
}

std::string sentence_of(const DiffSummary& summary) {
  const Difference& difference = summary.difference;
  constexpr std::array<std::array<std::string_view, 2>, 3> verbs{
      {{"allows more", "allow more"}, {"allows less", "allow less"}, {"has other obligations", "have other obligations"}}};
  std::vector<std::string> parts;
  for (std::size_t kind = 0; kind < 3; ++kind) {
    const std::uint64_t count = difference.entries[kind];
    if (count == 0) continue;
    const std::string number = parts.empty() ? counted(count, "change") : with_commas(count);
    parts.push_back(fmt::format("{} {} ({})", number, verbs[kind][count != 1], counted(difference.points[kind], "use")));
  }
  if (!parts.empty()) return fmt::format("{}", fmt::join(parts, ", "));
  if (!difference.undecided.empty()) return "no change was found";
  if (summary.same_revision) return "no difference: the two mean the same, to the last rule";
  return "no difference: both allow the same, with the same obligations";
}

std::string sentence_of(const VocabularyDifference::Reinterpreted& change) {
  const std::string name = fmt::format("{} {}", change.kind, quoted(change.name));
  const std::string before = quoted(change.before), after = quoted(change.after);
  if (change.what == "in")
    return fmt::format("{} was in {} and is in {} now: what customers said about these reaches it differently", name,
                       list_of(change.before), list_of(change.after));
  if (change.what == "separate")
    return change.after == "true"
               ? name + " is separate now: consents to a group above it do not reach it any more"
               : name + " is not separate any more: consents to a group above it reach it now";
  if (change.what == "since") {
    if (change.before.empty()) return fmt::format("{} has joined {} now: older consents do not reach it", name, after);
    if (change.after.empty())
      return fmt::format("{} had joined {} and has no date now: older consents reach it", name, before);
    return fmt::format("{} had joined {} and has {} now: consents from between are read anew", name, before, after);
  }
  if (change.what == "derived-from")
    return fmt::format("{} was derived from {} and is from {} now: what must be allowed with it is something else", name,
                       change.before.empty() ? "nothing" : before, change.after.empty() ? "nothing" : after);
  if (change.what == "gone") return name + " is gone: answers of customers that name it cannot be read any more";
  if (change.what == "new")
    return change.after.empty() ? name + " is new, without `since`: older consents to anything reach it"
                                : fmt::format("{} is new in {}, without `since`: older consents to that reach it", name, after);
  if (change.what == "default") {
    if (change.before.empty()) return fmt::format("{} is {} now where nothing is said", name, after);
    if (change.after.empty()) return fmt::format("{} was {} where nothing is said, and is not known now", name, before);
    return fmt::format("{} was {} where nothing is said, and is {} now", name, before, after);
  }
  return fmt::format("{}: its {} was {} and is {} now", name, change.what, before, after);
}

std::string words_of(const Obligations& obligations) {
  std::vector<std::string> parts;
  if (obligations.keep) parts.push_back("keep " + to_string(*obligations.keep));
  for (const std::string& name : obligations.oblige) parts.push_back(visible(name));
  return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string names_of(const std::vector<std::string>& names, std::string_view mark) {
  std::vector<std::string> shown;
  // One more would take as much room as to say that there is one.
  const std::size_t count = names.size() <= names_shown + 1 ? names.size() : names_shown;
  for (std::size_t i = 0; i < count; ++i) shown.push_back(fmt::format("{}{}{}", mark, visible(quote_name(names[i])), mark));
  if (count < names.size()) shown.push_back(fmt::format("and {} more", with_commas(names.size() - count)));
  return fmt::format("{}", fmt::join(shown, ", "));
}

bool comes_before(const DifferenceEntry& a, const DifferenceEntry& b) {
  return std::forward_as_tuple(a.points, a.when.size(), a.when, a.names) <
         std::forward_as_tuple(b.points, b.when.size(), b.when, b.names);
}

std::string_view heading_of(DifferenceEntry::Now now) {
  constexpr std::array<std::string_view, 3> headings{"allowed now", "no longer allowed", "other obligations"};
  return headings[static_cast<std::size_t>(now)];
}

}  // namespace zweck::command
