#include "lint/suppressions.hpp"

#include <algorithm>
#include <string_view>

#include "text/suggest.hpp"

namespace zweck::lint {
namespace {

constexpr std::string_view mark = "zweck:ignore";

struct Suppression {
  Span span;          // of the comment
  std::string about;  // the rule or assertion; empty if there is none where it stands
  bool of_assertion = false;
  struct Entry {
    std::string check;
    bool used = false;
  };
  std::vector<Entry> entries;
  bool reason = false;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_suppression(std::string_view comment) { return trimmed(comment.substr(1)).starts_with(mark); }

Suppression read(const syntax::Comment& comment) {
  Suppression suppression;
  suppression.span = comment.span;
  std::string_view rest = trimmed(trimmed(std::string_view(comment.text).substr(1)).substr(mark.size()));
  const std::size_t because = rest.find("because");
  std::string_view names = rest.substr(0, because);
  if (because != std::string_view::npos) suppression.reason = !trimmed(rest.substr(because + 7)).empty();
  while (!names.empty()) {
    const std::size_t comma = names.find(',');
    const std::string_view name = trimmed(names.substr(0, comma));
    if (!name.empty()) suppression.entries.push_back({std::string(name), false});
    if (comma == std::string_view::npos) break;
    names.remove_prefix(comma + 1);
  }
  return suppression;
}

// The rule or assertion that begins on the line of the comment (after which it stands), or on the next line.
void find_what_it_is_about(const Context& context, const syntax::File& file, const syntax::Comment& comment,
                           Suppression& suppression) {
  const Sources& sources = context.set.model.sources;
  const std::uint32_t line = sources.place(comment.span).line + (comment.own_line ? 1 : 0);
  for (const auto& statement : file.statements) {
    const bool begins_there =
        std::visit([&](const auto& each) { return sources.place(each.keyword).line == line; }, statement);
    if (!begins_there) continue;
    suppression.about = std::visit([](const auto& each) { return each.name.text; }, statement);
    suppression.of_assertion = std::holds_alternative<syntax::Assertion>(statement);
    return;
  }
}

bool can_be_silenced(const Check* check) {
  return check != nullptr && check->group != Group::loading && check->name != "failed-assertion";
}

}  // namespace

std::vector<Finding> suppress(const Context& context, std::vector<Finding> findings) {
  std::vector<Suppression> suppressions;
  for (const syntax::File& file : context.set.files)
    for (const syntax::Comment& comment : file.comments)
      if (is_suppression(comment.text)) {
        suppressions.push_back(read(comment));
        find_what_it_is_about(context, file, comment, suppressions.back());
      }

  const auto silenced = [&](const Finding& found) {
    bool any = false;
    if (found.rule.empty() || !can_be_silenced(find_check(found.diagnostic.check))) return false;
    for (Suppression& suppression : suppressions)
      for (Suppression::Entry& entry : suppression.entries)
        if (suppression.about == found.rule && suppression.of_assertion == found.of_assertion &&
            entry.check == found.diagnostic.check)
          any = entry.used = true;
    return any;
  };
  std::erase_if(findings, silenced);

  std::vector<std::string_view> known;
  for (const Check& check : checks())
    if (can_be_silenced(&check)) known.push_back(check.name);
  for (const Suppression& suppression : suppressions) {
    const auto add = [&](std::string_view check, const std::string& message, const std::string& help) {
      findings.push_back(finding(context, check, suppression.about, suppression.span, message, help));
      findings.back().of_assertion = suppression.of_assertion;
    };
    const auto unused = [&](const std::string& message, const std::string& help) {
      add("unused-suppression", message, help);
    };
    if (!suppression.reason)
      add("suppression-without-reason", "this suppression does not say why", "add `because` and the reason");
    if (suppression.entries.empty()) unused("this suppression names no check", "`zweck checks` lists them");
    for (const Suppression::Entry& entry : suppression.entries) {
      if (entry.used) continue;
      const Check* check = find_check(entry.check);
      if (check == nullptr)
        unused("there is no check `" + entry.check + "`", did_you_mean(entry.check, known));
      else if (!can_be_silenced(check))
        unused("`" + entry.check + "` cannot be silenced", "");
      else if (suppression.about.empty())
        unused("no rule begins here for this suppression to speak of",
               "put it on the line before a rule, or at the end of its first line");
      else
        unused((suppression.of_assertion ? "the assertion `" : "the rule `") + suppression.about + "` gives no cause for `" +
                   entry.check + "`",
               "take the suppression away");
    }
  }
  return findings;
}

}  // namespace zweck::lint
