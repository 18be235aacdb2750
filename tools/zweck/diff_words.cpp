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

// What it means for old answers, of one or more names.
std::string sentence_of(const VocabularyDifference::Reinterpreted& change, const std::vector<std::string>& names) {
  const bool one = names.size() == 1;
  const std::string before = quoted(change.before), after = quoted(change.after);
  const std::string_view is = one ? "is" : "are", was = one ? "was" : "were", them = one ? "it" : "them";
  const std::string start = fmt::format("{} {} ", change.kind, names_of(names, "`"));
  if (change.what == "in")
    return start + fmt::format("{} in {} and {} in {} now: what customers said about these reaches {} differently", was,
                               list_of(change.before), is, list_of(change.after), them);
  if (change.what == "separate")
    return start + (change.after == "true"
                        ? fmt::format("{} separate now: consents to a group above do not reach {} any more", is, them)
                        : fmt::format("{} not separate any more: consents to a group above reach {} now", is, them));
  if (change.what == "since") {
    if (change.before.empty()) return start + fmt::format("joined {} by now: older consents do not reach {}", after, them);
    if (change.after.empty())
      return start + fmt::format("had joined {} and {} without a date now: older consents reach {}", before, is, them);
    return start + fmt::format("had joined {} and by now {}: consents from between are read anew", before, after);
  }
  if (change.what == "derived-from")
    return start + fmt::format("{} derived from {} and {} from {} now: what must be allowed with {} is something else", was,
                               change.before.empty() ? "nothing" : before, is,
                               change.after.empty() ? "nothing" : after, them);
  if (change.what == "gone")
    return start + fmt::format("{} gone: answers of customers that name {} cannot be read any more", is, them);
  if (change.what == "new")
    return start + (change.after.empty()
                        ? fmt::format("{} new, without `since`: older consents to anything reach {}", is, them)
                        : fmt::format("{} new in {}, without `since`: older consents to that reach {}", is, after, them));
  if (change.what == "values") {
    const std::string gone = fmt::format("cannot be {} any more", before), fresh = fmt::format("may be {} now", after);
    if (change.before.empty()) return start + fresh;
    return start + (change.after.empty() ? gone : fresh + ", and " + gone);
  }
  if (change.what == "default") {
    if (change.before.empty()) return start + fmt::format("is {} now where nothing is said", after);
    if (change.after.empty()) return start + fmt::format("was {} where nothing is said, and is not known now", before);
    return start + fmt::format("was {} where nothing is said, and is {} now", before, after);
  }
  return start + fmt::format("had the {} {} and has {} now", change.what, before, after);
}

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
  if (summary.vocabulary.disjoint) return "nothing to compare: there is no use that both know";
  if (summary.same_revision) return "no difference: the two mean the same, to the last rule";
  if (summary.vocabulary.more_values())
    return "no difference, but in values of facts that only one of the two can read, which are not compared";
  const auto names = [](const VocabularyDifference::Names& of) {
    return !of.data.empty() || !of.purpose.empty() || !of.partner.empty();
  };
  if (names(summary.vocabulary.only_old) || names(summary.vocabulary.only_new))
    return "no difference at uses that both know: there they allow the same, with the same obligations";
  return "no difference: both allow the same, with the same obligations";
}

std::vector<std::string> sentences_of(const std::vector<VocabularyDifference::Reinterpreted>& changes) {
  std::vector<std::string> sentences;
  std::vector<bool> said(changes.size(), false);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (said[i]) continue;
    const auto& change = changes[i];
    std::vector<std::string> names;
    for (std::size_t j = i; j < changes.size(); ++j) {
      const auto& other = changes[j];
      if (other.kind != change.kind || other.what != change.what || other.after != change.after ||
          (change.what != "gone" && other.before != change.before))
        continue;
      said[j] = true;
      names.push_back(other.name);
    }
    sentences.push_back(sentence_of(change, names));
  }
  return sentences;
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
