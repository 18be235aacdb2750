// LOADED SET -> FINDINGS: every check over one policy set.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analysis.hpp"
#include "model/load.hpp"
#include "model/request.hpp"
#include "zweck/diagnostic.hpp"

namespace zweck::lint {

// A change of text that removes a finding. Places are those of the files as they were read.
struct Edit {
  Place place;
  std::string text;
};
struct Fix {
  // Keeps what each rule says by itself, at every point and in every situation, incomplete ones included: so every decision
  // and every obligation stay as they are, even if all safe fixes are made together.
  bool safe = false;
  std::vector<Edit> edits;
};

struct Finding {
  Diagnostic diagnostic;
  std::string rule;                        // the rule or assertion it is about; may be empty
  bool of_assertion = false;               // names of rules and of assertions are apart
  std::optional<ResolvedRequest> example;  // a request that shows it
  std::optional<Fix> fix;
};

// What checks look at.
struct Context {
  const LoadedSet& set;
  const Model& model;  // of the set, with a few tests more that checks ask for
  const std::filesystem::path& directory;  // where the test files are; empty for a set in memory
  Time now;
  analysis::Analysis& analysis;
  // Formulas that no rule need state, to be wanted besides a rule's own.
  std::vector<analysis::Want> no_notice_shown;
  std::vector<std::vector<analysis::Want>> consent_under_no_notice;  // by rule on basis `consent`, without `under`
  analysis::Want no_consent;
  analysis::Want not_first_party;
  analysis::Want volunteered;
  std::optional<analysis::Want> minor;  // if there is a fact `age` of type int
};

class Report {
 public:
  void add(Finding finding) { findings_.push_back(std::move(finding)); }
  std::vector<Finding>& findings() { return findings_; }

 private:
  std::vector<Finding> findings_;
};

enum class Group : std::uint8_t { loading, logic, protection, care };

struct Check {
  std::string_view name;
  Severity severity;
  Group group;
  std::string_view summary;               // what it finds, lower case, no full stop
  void (*run)(const Context&, Report&);  // none: found while loading, or with another check
};

// All checks by group, then in the order of the table. Adding one: a file checks/NAME.cpp, a page checks/NAME.md, and a
// line in checks.cpp.
std::span<const Check> checks();
const Check* find_check(std::string_view name);
// Its page as Markdown.
std::string_view page_of(std::string_view name);

struct Options {
  Time now;                         // for what expires
  std::filesystem::path directory;  // of the set, for its tests; empty if there is none
};

// Everything there is to say about a loaded set: sorted by file, line, column and check; suppressed ones taken out.
std::vector<Finding> lint(const LoadedSet& set, const Options& options);

// Of these alone those for which a set is neither compiled nor served: assertions that fail or are not decided.
std::vector<Finding> failed_assertions(const LoadedSet& set);

// A finding of a check about a rule or assertion, at one of its spans.
Finding finding(const Context& context, std::string_view check, const std::string& rule, Span span, std::string message,
                std::string help = "");

// The name that stands at a span, without quotes and escapes.
std::string written_name(const Context& context, Span span);

// The text with the edits made; edits of one text that overlap are left out after the first.
std::string apply(const std::string& text, std::vector<Edit> edits);

// The files of the set with all safe fixes made; only those that change, by path.
Result<std::map<std::string, std::string>> fix_all(const LoadedSet& set, const Options& options);

// Whether the rule applies at some point of its scope in some complete situation in which these hold besides, and the
// request that shows it.
struct Shown {
  analysis::Answer answer = analysis::Answer::none;
  std::optional<ResolvedRequest> example;
};
Shown applies_somewhere(const Context& context, RuleId rule, const std::vector<analysis::Want>& wants);

// A request that the rule covers and that meets these, if there is one and it is found within bounds: for findings about
// what is written, which are true without it.
std::optional<ResolvedRequest> shown_by(const Context& context, const Box& scope, const std::vector<Box>& excepts,
                                        const std::vector<analysis::Want>& wants);

// The one loop of most checks about rules: a finding where the rule applies with the wants besides.
void report_if_applies(const Context& context, Report& report, std::string_view check, RuleId rule,
                       const std::vector<analysis::Want>& wants, Span span, const std::string& message,
                       const std::string& help);

}  // namespace zweck::lint
