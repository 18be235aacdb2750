#include "lint/suppressions.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <variant>

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

Suppression read(std::string_view comment, Span span) {
  Suppression suppression;
  suppression.span = span;
  std::string_view rest = trimmed(trimmed(comment.substr(1)).substr(mark.size()));
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

// The first rule or assertion that begins on each line.
using Statements = std::map<std::uint32_t, const std::variant<syntax::Rule, syntax::Assertion>*>;
Statements statements_by_line(const Sources& sources, const syntax::File& file) {
  Statements statements;
  for (const auto& statement : file.statements)
    statements.emplace(std::visit([&](const auto& each) { return sources.place(each.keyword).line; }, statement),
                       &statement);
  return statements;
}

bool can_be_silenced(const Check* check) {
  return check != nullptr && check->group != Group::loading && check->name != "failed-assertion";
}

}  // namespace

std::vector<Finding> suppress(const Context& context, std::vector<Finding> findings) {
  std::vector<Suppression> suppressions;
  const Sources& sources = context.set.model.sources;
  for (const syntax::File& file : context.set.files) {
    std::optional<Statements> statements;  // needed by few files
    for (const syntax::Comment& comment : file.comments) {
      const std::string_view text = sources.text(comment.span);
      if (!is_suppression(text)) continue;
      if (!statements) statements = statements_by_line(sources, file);
      Suppression& suppression = suppressions.emplace_back(read(text, comment.span));
      // On the line of the comment, after which it stands, or on the next.
      const auto found = statements->find(sources.place(comment.span).line + (comment.own_line ? 1 : 0));
      if (found == statements->end()) continue;
      suppression.about = std::visit([](const auto& each) { return each.name.text; }, *found->second);
      suppression.of_assertion = std::holds_alternative<syntax::Assertion>(*found->second);
    }
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
