// The five checks of the logic of rules; what they find is decided in src/analysis.
#include "analysis/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lint/checks.hpp"

namespace zweck::lint {
namespace {

std::string names_of(const Model& model, const std::vector<RuleId>& rules) {
  constexpr std::size_t most = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(rules.size(), most); ++i)
    names += (names.empty() ? "`" : ", `") + model.rules[rules[i]].name + "`";
  if (rules.size() > most) names += " and " + std::to_string(rules.size() - most) + " more";
  return names;
}

// An edit that takes the stretch away: its lines as a whole if nothing else is on them. Otherwise a line end before it
// stays, since what follows must not end up in a comment.
Edit without(const Context& context, Span span) {
  const std::string& text = context.set.model.sources[span.file].text;
  const auto blank = [&](std::uint32_t at) { return text[at] == ' ' || text[at] == '\t' || text[at] == '\r'; };
  std::uint32_t begin = span.begin, end = span.end;
  while (begin > 0 && blank(begin - 1)) --begin;
  while (end < text.size() && blank(end)) ++end;
  const bool starts = begin == 0 || text[begin - 1] == '\n', ends = end == text.size() || text[end] == '\n';
  if (starts && ends)
    span = {span.file, begin == 0 ? 0 : begin - 1, end};
  else if (starts)
    span.end = end;
  else
    span.begin = begin;
  return {context.set.model.sources.place(span), ""};
}

void add_related(const Context& context, Finding& found, const std::vector<RuleId>& rules) {
  for (const RuleId rule : rules)
    found.diagnostic.related.push_back({"the rule `" + context.model.rules[rule].name + "`",
                                        context.model.sources.place(context.model.rules[rule].name_span)});
}

// The rules of which it is not decided whether … the rule.
void add_undecided(const Context& context, Report& report, std::string_view check, const std::vector<RuleId>& rules,
                   std::string_view what) {
  for (const RuleId id : rules) {
    const Rule& rule = context.model.rules[id];
    report.add(finding(context, check, rule.name, rule.name_span,
                       fmt::format("not decided within bounds whether {} the rule `{}`", what, rule.name)));
  }
}

// Why a rule never applies: the first clause that cannot be met by itself where the rule covers.
struct Guilty {
  Span span;
  std::string_view why;
};
Guilty guilty_clause(const Context& context, const Rule& rule) {
  analysis::Formulas& formulas = context.analysis.formulas();
  const auto impossible = [&](const std::vector<analysis::Want>& wants) {
    analysis::Question question = context.analysis.question(rule.scope, rule.excepts);
    question.wants = wants;
    return context.analysis.ask(question) == analysis::Answer::none;
  };
  if (impossible({})) return {rule.scope_span, "it covers nothing"};
  if (rule.from && rule.until && *rule.until < *rule.from) return {rule.until_span, "it ends before it begins"};
  if (rule.when && impossible({{formulas.compile(0, *rule.when), false, false}}))
    return {rule.when_span, "its `when` is true nowhere in what it covers"};
  if (rule.unless && impossible({{formulas.compile(0, *rule.unless), true, false}}))
    return {rule.unless_span, "its `unless` is true everywhere in what it covers"};
  if (rule.effect == Effect::allow) {
    Rule basis;
    basis.effect = Effect::allow;
    basis.basis = rule.basis;
    basis.consent = rule.consent;
    basis.explicit_consent = rule.explicit_consent;
    if (impossible({{formulas.compile(0, basis).root, false, false}}))
      return {rule.basis_span, "its basis holds for nothing that it covers"};
  }
  return {rule.name_span, "its clauses are never met together"};
}

Finding never_applies(const Context& context, const RuleFinding& idle) {
  const Rule& rule = context.model.rules[idle.rule];
  const auto [span, why] = guilty_clause(context, rule);
  Finding found = finding(context, "rule-never-applies", rule.name, span,
                          fmt::format("the rule `{}` never applies: {}", rule.name, why),
                          "take the rule away, or mend what cannot be met");
  found.example = idle.example;
  if (!idle.example) {
    found.fix = Fix{false, {without(context, rule.span)}};
  } else {
    // By a contradiction between things that are not known: each half of it may be true.
    found.diagnostic.help += rule.effect == Effect::deny
                                 ? "; as it stands it only takes away what is asked for without telling, as in the example"
                                 : "; it only may apply while something is not known, as in the example";
  }
  return found;
}

void idle_rules(const Context& context, Report& report) {
  for (const RuleFinding& idle : find_idle_rules(context.analysis)) {
    const Rule& rule = context.model.rules[idle.rule];
    const std::string name = "the rule `" + rule.name + "`";
    const auto add = [&](std::string_view check, const std::string& message, const std::string& help, bool offer) {
      Finding found = finding(context, check, rule.name, rule.name_span, message, help);
      found.example = idle.example;
      add_related(context, found, idle.by);
      // Decisions stay, but what somebody wrote down would be gone: not for a program to decide.
      if (offer) found.fix = Fix{false, {without(context, rule.span)}};
      report.add(std::move(found));
    };
    switch (idle.kind) {
      case RuleFinding::Kind::never_applies:
        report.add(never_applies(context, idle));
        break;
      case RuleFinding::Kind::overridden:
        add("overridden-rule", name + " never allows anything: where it applies, " + names_of(context.model, idle.by) +
                                   (idle.by.size() == 1 ? " denies" : " deny"),
            "narrow the deny rule by an `except`, or take this rule away", false);
        break;
      case RuleFinding::Kind::redundant:
        add("redundant-rule",
            name + " changes no decision" +
                (idle.by.empty() ? std::string() : " beside " + names_of(context.model, idle.by)),
            rule.effect == Effect::deny
                ? "take it away, or write it as `assert … never allow …`, which states the same and is proven"
                : "take it away, or make it say what it was meant to say",
            true);
        break;
      case RuleFinding::Kind::undecided:
        add("redundant-rule", "not decided within bounds whether " + name + " changes any answer", "", false);
        break;
    }
  }
}

void constant_conditions(const Context& context, Report& report) {
  std::vector<RuleId> undecided;
  std::vector<Finding> all;
  for (const ConstantCondition& constant : find_constant_conditions(context.analysis, &undecided)) {
    const Rule& rule = context.model.rules[constant.rule];
    const std::string text(context.model.sources.text(constant.condition->span));
    const std::string always = "`" + text + "` is always " + (constant.value ? "true" : "false");
    // Each part of what is constant that is constant itself: the guilty one is among them.
    if (constant.inside_constant) {
      all.back().diagnostic.related.push_back({always, context.model.sources.place(constant.condition->span)});
      continue;
    }
    Finding found = finding(context, "constant-condition", rule.name, constant.condition->span,
                            always + " where the rule `" + rule.name + "` covers",
                            constant.whole ? "" : "take this part away, or mend it");
    // A `when` that is always true and an `unless` that is always false say nothing, unless a missing fact makes them
    // unknown: without them the rule would apply to requests that do not state it.
    if (constant.whole && constant.value != constant.unless) {
      if (constant.certain) {
        found.diagnostic.help = "take the clause away: it changes nothing";
        found.fix = Fix{true, {without(context, constant.unless ? rule.unless_span : rule.when_span)}};
      } else {
        found.diagnostic.help = "all it does is to ask that what it speaks of is known";
      }
    }
    all.push_back(std::move(found));
  }
  for (Finding& found : all) report.add(std::move(found));
  add_undecided(context, report, "constant-condition", undecided, "conditions are constant in");
}

void dead_exceptions(const Context& context, Report& report) {
  std::vector<RuleId> undecided;
  for (const DeadException& dead : find_dead_exceptions(context.analysis, &undecided)) {
    const Rule& rule = context.model.rules[dead.rule];
    const Span span = rule.excepts[dead.except].span;
    Finding found = finding(context, "dead-exception", rule.name, span,
                            "this `except` takes nothing away from the rule `" + rule.name + "`",
                            dead.outside ? "what it names lies outside of the rule" : "other exceptions take away the same");
    found.fix = Fix{true, {without(context, span)}};
    report.add(std::move(found));
  }
  add_undecided(context, report, "dead-exception", undecided, "every `except` takes something away from");
}

}  // namespace

void logic(const Context& context, Report& report) {
  idle_rules(context, report);
  constant_conditions(context, report);
  dead_exceptions(context, report);
}

}  // namespace zweck::lint
