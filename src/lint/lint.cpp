#include "lint/lint.hpp"

#include <algorithm>
#include <tuple>

#include "lint/suppressions.hpp"

namespace zweck::lint {
namespace {

// The model with the tests that checks ask for; conditions over them are compiled by extend().
struct Extended {
  Model model;
  std::vector<Condition> shown, under;
  Condition first_party, volunteered;
  std::optional<Condition> minor;
};

Condition condition(Condition::Kind kind, std::size_t index) {
  Condition condition;
  condition.kind = kind;
  condition.index = static_cast<std::uint32_t>(index);
  return condition;
}

Condition add_test(Model& model, Test test) {
  model.tests.push_back(std::move(test));
  return condition(Condition::Kind::test, model.tests.size() - 1);
}

Condition attribute_is_true(Model& model, Dimension dimension, std::uint32_t attribute) {
  return add_test(model, {{Operand::Kind::attribute, dimension, attribute}, TestOp::is_true, std::nullopt, {}});
}

Extended extend(const Model& model) {
  Extended out{model, {}, {}, {}, {}, {}};
  for (NoticeId notice = 0; notice < model.vocabulary.notices.size(); ++notice) {
    out.model.notice_tests.push_back({notice, 1});
    out.shown.push_back(condition(Condition::Kind::notice, out.model.notice_tests.size() - 1));
    out.model.consent_tests.push_back({false, std::nullopt, notice, 1});
    out.under.push_back(condition(Condition::Kind::consent, out.model.consent_tests.size() - 1));
  }
  out.first_party = attribute_is_true(out.model, Dimension::partner, attribute_first_party);
  out.volunteered = attribute_is_true(out.model, Dimension::data, attribute_volunteered);
  const auto age = model.vocabulary.find_fact("age");
  if (age && model.vocabulary.facts[*age].type.kind == TypeKind::integer)
    out.minor = add_test(out.model, {{Operand::Kind::fact, Dimension::data, *age}, TestOp::less, std::nullopt, {16}});
  return out;
}

bool before(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& f) {
    const Place& place = f.diagnostic.place;
    return std::tie(place.file, place.line, place.column, f.diagnostic.check, f.diagnostic.message);
  };
  return key(a) < key(b);
}

// By all checks, or by one.
std::vector<Finding> found(const LoadedSet& set, const Options& options, std::string_view only) {
  const Extended extended = extend(set.model);
  analysis::Analysis analysis(extended.model);
  const auto want = [&](const Condition& condition, bool must_be_true) {
    return analysis::Want{analysis.formulas().compile(0, condition), !must_be_true, true};
  };
  Context context{.set = set,
                  .model = extended.model,
                  .directory = options.directory,
                  .now = options.now,
                  .analysis = analysis,
                  .no_notice_shown = {},
                  .consent_under_no_notice = {},
                  .not_first_party = want(extended.first_party, false),
                  .volunteered = want(extended.volunteered, true),
                  .minor = {}};
  for (const Condition& shown : extended.shown) context.no_notice_shown.push_back(want(shown, false));
  for (const Condition& under : extended.under) context.consent_under_no_notice.push_back(want(under, false));
  if (extended.minor) context.minor = want(*extended.minor, true);

  Report report;
  for (const Check& check : checks())
    if (check.run != nullptr && (only.empty() || check.name == only)) check.run(context, report);
  std::vector<Finding> findings = suppress(context, std::move(report.findings()));
  std::stable_sort(findings.begin(), findings.end(), before);
  return findings;
}

}  // namespace

std::vector<Finding> lint(const LoadedSet& set, const Options& options) { return found(set, options, {}); }

std::vector<Finding> failed_assertions(const LoadedSet& set) {
  if (set.model.assertions.empty()) return {};
  constexpr std::string_view check = "failed-assertion";
  std::vector<Finding> findings = found(set, {}, check);
  // The check tells of assertions that hold for nothing, too.
  std::erase_if(findings, [&](const Finding& finding) { return finding.diagnostic.check != check; });
  return findings;
}

Finding finding(const Context& context, std::string_view check, const std::string& rule, Span span, std::string message,
                std::string help) {
  Finding finding;
  finding.rule = rule;
  finding.diagnostic.check = check;
  finding.diagnostic.severity = find_check(check)->severity;
  finding.diagnostic.message = std::move(message);
  finding.diagnostic.help = std::move(help);
  finding.diagnostic.place = context.set.model.sources.place(span);
  return finding;
}

std::string written_name(const Context& context, Span span) {
  const std::string_view text = context.set.model.sources.text(span);
  if (!text.starts_with('"')) return std::string(text);
  std::string name;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    name += text[i];
  }
  return name;
}

Shown applies_somewhere(const Context& context, RuleId rule, const std::vector<analysis::Want>& wants) {
  analysis::Analysis& analysis = context.analysis;
  const analysis::RankedRule& ranked = analysis.scopes().rules()[analysis.scopes().rank(0, rule)];
  analysis::Question question = analysis.question(ranked.scope);
  question.excepts = ranked.excepts;
  question.wants.push_back({ranked.formula.root, false, true});
  question.wants.insert(question.wants.end(), wants.begin(), wants.end());
  Shown shown;
  shown.answer = analysis.ask(question);
  if (shown.answer == analysis::Answer::found) shown.example = analysis.witness(question);
  return shown;
}

void report_if_applies(const Context& context, Report& report, std::string_view check, RuleId rule,
                       const std::vector<analysis::Want>& wants, Span span, const std::string& message,
                       const std::string& help) {
  Shown shown = applies_somewhere(context, rule, wants);
  if (shown.answer == analysis::Answer::none) return;
  const std::string& name = context.model.rules[rule].name;
  if (shown.answer == analysis::Answer::undecided) {
    report.add(finding(context, check, name, span, "not decided whether the rule `" + name + "` does this: " + message,
                       "the rule is too entangled with its conditions to decide it within bounds; split it"));
    return;
  }
  Finding found = finding(context, check, name, span, message, help);
  found.example = std::move(shown.example);
  report.add(std::move(found));
}

}  // namespace zweck::lint
