#include "lint/lint.hpp"

#include <algorithm>
#include <tuple>

#include "analysis/replay.hpp"
#include "lint/suppressions.hpp"

namespace zweck::lint {
namespace {

// The model with the tests that checks ask for; conditions and rules over them are compiled by found().
struct Extended {
  Model model;
  std::vector<Condition> shown, under;
  std::vector<std::vector<Rule>> bases_under;  // by rule: of nothing but its basis, under one notice each; mostly empty
  Condition first_party, volunteered, consent;
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

std::uint32_t add_test(Model& model, const ConsentTest& test) {
  model.consent_tests.push_back(test);
  return static_cast<std::uint32_t>(model.consent_tests.size() - 1);
}

bool asks_for_consent_under_a_notice(const Model& model, const std::optional<Condition>& condition) {
  const auto look = [&](const auto& self, const Condition& part) -> bool {
    if (part.kind == Condition::Kind::consent) return model.consent_tests[part.index].under.has_value();
    return std::any_of(part.parts.begin(), part.parts.end(), [&](const Condition& each) { return self(self, each); });
  };
  return condition && look(look, *condition);
}

// The basis alone, by consents of its kind that were given under one notice or another.
std::vector<Rule> bases_under_a_notice(Model& model, const Rule& rule) {
  std::vector<Rule> bases;
  for (NoticeId notice = 0; notice < model.vocabulary.notices.size(); ++notice) {
    Rule& basis = bases.emplace_back();
    basis.effect = Effect::allow;
    basis.basis = Basis::consent;
    ConsentTest test = model.consent_tests[rule.consent];
    test.under = notice;
    test.version = 1;
    basis.consent = add_test(model, test);
    test.explicit_ = true;
    basis.explicit_consent = add_test(model, test);
  }
  return bases;
}

Extended extend(const Model& model) {
  Extended out{model, {}, {}, {}, {}, {}, {}, {}};
  for (NoticeId notice = 0; notice < model.vocabulary.notices.size(); ++notice) {
    out.model.notice_tests.push_back({notice, 1});
    out.shown.push_back(condition(Condition::Kind::notice, out.model.notice_tests.size() - 1));
    out.under.push_back(condition(Condition::Kind::consent, add_test(out.model, {false, std::nullopt, notice, 1})));
  }
  // Which consent was given under what matters only where conditions ask for one under a notice; elsewhere whatever holds
  // by a consent under a notice holds by one under none as well.
  out.bases_under.resize(model.rules.size());
  for (RuleId id = 0; id < model.rules.size(); ++id) {
    const Rule& rule = model.rules[id];
    if (rule.effect == Effect::allow && rule.basis == Basis::consent && !model.consent_tests[rule.consent].under &&
        (asks_for_consent_under_a_notice(model, rule.when) || asks_for_consent_under_a_notice(model, rule.unless)))
      out.bases_under[id] = bases_under_a_notice(out.model, rule);
  }
  out.consent = condition(Condition::Kind::consent, add_test(out.model, ConsentTest{}));
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
                  .no_consent = want(extended.consent, false),
                  .not_first_party = want(extended.first_party, false),
                  .volunteered = want(extended.volunteered, true),
                  .minor = {}};
  for (const Condition& shown : extended.shown) context.no_notice_shown.push_back(want(shown, false));
  std::vector<analysis::Want> no_consent_under_a_notice;
  for (const Condition& under : extended.under) no_consent_under_a_notice.push_back(want(under, false));
  for (const std::vector<Rule>& bases : extended.bases_under) {
    auto& wants = context.consent_under_no_notice.emplace_back();
    for (const Rule& basis : bases) wants.push_back({analysis.formulas().compile(0, basis).root, true, true});
    if (bases.empty()) wants = no_consent_under_a_notice;
  }
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
  if (shown.answer == analysis::Answer::found) {
    shown.example = analysis.witness(question);
    analysis::grant_sources_if_that_allows(context.set.model, *shown.example);
  }
  return shown;
}

std::optional<ResolvedRequest> shown_by(const Context& context, const Box& scope, const std::vector<Box>& excepts,
                                        const std::vector<analysis::Want>& wants) {
  analysis::Question question = context.analysis.question(scope, excepts);
  question.wants = wants;
  if (context.analysis.ask(question) != analysis::Answer::found) return std::nullopt;
  return context.analysis.witness(question);
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
