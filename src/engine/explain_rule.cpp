#include "engine/explain_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/explain_cause.hpp"
#include "engine/explain_ledger.hpp"
#include "engine/explain_words.hpp"

namespace zweck {

namespace {

// The text without brackets around all of it.
std::string without_brackets(const std::string& text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && quoted) {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[i] == '(') {
      ++depth;
    } else if (!quoted && text[i] == ')') {
      --depth;
    }
    if (depth == 0 && i + 1 < text.size()) return text;
  }
  return text.starts_with('(') ? without_brackets(text.substr(1, text.size() - 2)) : text;
}

// "13 months" where the condition says so, which is 390 days to the language.
std::string within_words(std::string_view text, const ConsentTest& test) {
  constexpr std::string_view word = "within ";
  if (!test.within) return {};
  if (const std::size_t at = text.find(word); at != text.npos) {
    text.remove_prefix(at + word.size());
    const std::size_t unit = text.find(' ');
    const std::string_view words = unit == text.npos ? text : text.substr(0, text.find_first_of(" )", unit + 1));
    if (parse_duration(words) == test.within) return std::string(words);
  }
  return to_string(*test.within);
}

struct Walk {
  const Asked& asked;
  const Point& point;
  std::set<std::string>& missing;

  Truth truth_of(const Condition& condition) const { return evaluate(asked.model, condition, point, asked.situation); }
  LedgerView whole() const { return {asked.model.vocabulary, *asked.whole, asked.situation.at}; }

  std::string text_of(const Condition& condition) const {
    const std::string text = source_text(asked.model.sources, condition.span);
    return text.empty() ? condition_text(asked.model, condition) : without_brackets(text);
  }

  std::string ledger_missing() {
    missing.insert("the ledger");
    return "the ledger is not given";
  }

  // Notes what an operand lacks.
  void note(const Operand& operand) {
    const Vocabulary& vocabulary = asked.model.vocabulary;
    if (operand.kind == Operand::Kind::fact) {
      const Value& value = asked.situation.facts[operand.index];
      const Fact& fact = vocabulary.facts[operand.index];
      if (value.missing()) {
        missing.insert(fmt::format("the fact `{}`", fact.name));
      } else if (value.state == Value::State::single && fact.type.kind == TypeKind::node &&
                 !vocabulary.taxonomies[fact.type.taxonomy].is_leaf(static_cast<NodeId>(value.one))) {
        missing.insert(fmt::format("an exact value of the fact `{}`", fact.name));
      }
    } else if (operand.kind == Operand::Kind::attribute) {
      const auto d = static_cast<std::size_t>(operand.dimension);
      const Attribute& attribute = vocabulary.attributes[d][operand.index];
      const NodeId node = std::array{point.data, point.purpose, point.partner}[d];
      constexpr std::array<std::string_view, 3> names{"data", "purpose", "partner"};
      if (attribute.values[node].missing()) {
        missing.insert(fmt::format("the attribute `{}` of the {} `{}`", attribute.name, names[d],
                                   vocabulary.taxonomies[d].nodes[node].name));
      }
    }
  }

  // Why the condition is as it is, told of the parts that made it so: those that are as it is.
  std::string found(const Condition& condition) {
    constexpr std::string_view absent = " is not given";
    std::vector<std::string> words, all_absent;
    find(condition, words);
    for (const std::string& word : words) {
      if (word.ends_with(absent)) all_absent.push_back(word.substr(0, word.size() - absent.size()));
    }
    if (all_absent.size() > 1) {
      std::erase_if(words, [&](const std::string& word) { return word.ends_with(absent); });
      words.push_back(join_words(all_absent) + " are not given");
    }
    return join_words(words);
  }

  void find(const Condition& condition, std::vector<std::string>& words) {
    const auto tell = [&](std::string text) {
      if (std::find(words.begin(), words.end(), text) == words.end()) words.push_back(std::move(text));
    };
    const bool known_ledger = asked.situation.ledger != nullptr;
    const Truth truth = truth_of(condition);
    const bool yes = truth == Truth::yes;
    switch (condition.kind) {
      case Condition::Kind::all:
      case Condition::Kind::any:
        for (const Condition& part : condition.parts) {
          if (truth_of(part) == truth) find(part, words);
        }
        return;
      case Condition::Kind::negation:
        return find(condition.parts.front(), words);
      case Condition::Kind::consent: {
        if (!known_ledger) return tell(ledger_missing());
        const ConsentTest& test = asked.model.consent_tests[condition.index];
        return tell(yes ? why_consent(whole(), test, point)
                        : why_no_consent(whole(), {test, false, within_words(text_of(condition), test)}, point));
      }
      case Condition::Kind::objection:
        if (!known_ledger) return tell(ledger_missing());
        return tell(yes ? why_objection(whole(), point) : "there is no objection");
      case Condition::Kind::notice: {
        if (!known_ledger) return tell(ledger_missing());
        const NoticeTest& test = asked.model.notice_tests[condition.index];
        return tell(yes ? why_notice(whole(), test) : why_no_notice(whole(), test));
      }
      case Condition::Kind::test:
        break;
    }
    const Test& test = asked.model.tests[condition.index];
    if (truth == Truth::unknown) {
      note(test.left);
      if (test.own) note(*test.own);
    }
    tell(what_is(test.left));
    if (test.own) tell(what_is(*test.own));
  }

  // What an operand is here, a text in the words of who asked.
  std::string what_is(const Operand& operand) const {
    const Vocabulary& vocabulary = asked.model.vocabulary;
    const bool written = operand.kind == Operand::Kind::fact && !asked.texts[operand.index].empty();
    if (!written) return operand_found(vocabulary, operand, point, asked.situation.facts);
    return fmt::format("`{}` is {}", vocabulary.facts[operand.index].name, asked.texts[operand.index]);
  }

  // The notices that were shown, and make a condition that is true so.
  void find_notices(const Condition& condition, std::vector<std::string>& words) {
    if (condition.kind == Condition::Kind::notice && truth_of(condition) == Truth::yes) find(condition, words);
    if (condition.kind != Condition::Kind::all && condition.kind != Condition::Kind::any) return;
    for (const Condition& part : condition.parts) find_notices(part, words);
  }

  // The smallest part that keeps the condition from being `wanted`. What stands in a `not` is not taken out of it,
  // since without it it would say the opposite.
  const Condition& smallest(const Condition& condition, Truth wanted) {
    if (condition.kind != Condition::Kind::all && condition.kind != Condition::Kind::any) return condition;
    const Truth truth = truth_of(condition);
    // One part is enough to make `and` false or `or` true; otherwise all parts that are not known count together.
    const bool one_is_enough = (condition.kind == Condition::Kind::all) == (wanted == Truth::yes);
    const Condition* only = nullptr;
    for (const Condition& part : condition.parts) {
      const Truth of_part = truth_of(part);
      if (of_part == wanted || (of_part != truth && truth != Truth::unknown)) continue;
      if (truth == Truth::unknown && of_part != Truth::unknown) continue;
      if (one_is_enough) return smallest(part, wanted);
      if (only != nullptr) return condition;
      only = &part;
    }
    return only == nullptr ? condition : smallest(*only, wanted);
  }

  Cause cause_of(std::string clause, const Condition& condition, Truth wanted) {
    const Condition& part = smallest(condition, wanted);
    return {std::move(clause), text_of(part), found(part), part.span, true};
  }

  std::string why_basis(const Rule& rule, Truth truth, const std::string& text) {
    const Vocabulary& vocabulary = asked.model.vocabulary;
    const bool special = is_special(vocabulary, point.data);
    const std::string& data = vocabulary.of(Dimension::data).nodes[point.data].name;
    if (rule.basis == Basis::consent) {
      if (asked.situation.ledger == nullptr) return ledger_missing();
      const bool only_special = special && !asked.model.consent_tests[rule.consent].explicit_;
      const ConsentTest& test = asked.model.consent_tests[special ? rule.explicit_consent : rule.consent];
      return truth == Truth::yes ? why_consent(whole(), test, point)
                                 : why_no_consent(whole(), {test, only_special, within_words(text, test)}, point);
    }
    if (truth == Truth::no && special && rule.basis == Basis::contract) {
      return fmt::format("`{}` is special data, which a contract does not open", data);
    }
    if (truth == Truth::no && special && rule.basis == Basis::legitimate_interest) {
      return fmt::format("`{}` is special data, which a legitimate interest does not open", data);
    }
    if (rule.basis == Basis::legitimate_interest || rule.basis == Basis::public_task) {
      if (asked.situation.ledger == nullptr) return ledger_missing();
      return truth == Truth::yes ? "there is no objection" : why_objection(whole(), point);
    }
    return {};
  }
};

}  // namespace

RuleReason reason_of(const Asked& asked, const Rule& rule, const Point& point, std::set<std::string>& missing) {
  RuleReason reason = describe(asked.model, rule);
  Walk walk{asked, point, missing};
  // Failed first, then not known; within each what no answer of a customer could change comes first.
  std::vector<Cause> failed, unknown, met;
  const auto judge = [&](Truth truth, auto&& cause) {
    (truth == Truth::no ? failed : truth == Truth::unknown ? unknown : met).push_back(cause());
  };
  const Time at = asked.situation.at;
  if (rule.from && at < start_of(*rule.from)) {
    const std::string date = to_string(*rule.from);
    failed.push_back({"from", date, fmt::format("it applies only from {}", date), rule.from_span, true});
  }
  if (rule.until && at > end_of(*rule.until)) {
    const std::string date = to_string(*rule.until);
    failed.push_back({"until", date, fmt::format("it applied only until {}", date), rule.until_span, true});
  }
  if (rule.when) {
    judge(walk.truth_of(*rule.when), [&] { return walk.cause_of("when", *rule.when, Truth::yes); });
  }
  if (rule.unless) {
    judge(!walk.truth_of(*rule.unless), [&] { return walk.cause_of("unless", *rule.unless, Truth::no); });
  }
  if (reason.allows) {
    const Truth truth = basis_holds(asked.model, rule, point, asked.situation);
    judge(truth, [&] {
      std::string text = source_text(asked.model.sources, rule.basis_span);
      text = text.starts_with("basis ") ? text.substr(6) : basis_text(asked.model, rule);
      return Cause{"basis", text, walk.why_basis(rule, truth, text), rule.basis_span, true};
    });
  }
  reason.outcome = !failed.empty()    ? RuleReason::Outcome::does_not_apply
                   : !unknown.empty() ? RuleReason::Outcome::may_apply
                                      : RuleReason::Outcome::applies;
  failed.insert(failed.end(), unknown.begin(), unknown.end());
  if (!failed.empty()) {
    tell(reason, asked.model, failed.front());
    for (const Cause& cause : failed) {
      const bool told =
          cause.why == reason.why || std::find(reason.also.begin(), reason.also.end(), cause.why) != reason.also.end();
      if (!told) reason.also.push_back(cause.why);
    }
  } else if (!met.empty()) {
    // Of an allow rule its basis, of a deny rule the condition that was met.
    Cause& cause = met.back();
    const bool on_silence = rule.basis == Basis::legitimate_interest || rule.basis == Basis::public_task;
    if (reason.allows && on_silence && rule.when) {
      // That nobody objected says little without what they were told.
      std::vector<std::string> words{cause.why};
      walk.find_notices(*rule.when, words);
      cause.why = join_words(words);
    }
    tell(reason, asked.model, cause);
  } else {
    const std::string text = source_text(asked.model.sources, rule.scope_span);
    if (!text.empty()) tell(reason, asked.model, {reason.allows ? "allow" : "deny", text, {}, rule.scope_span, true});
  }
  return reason;
}

}  // namespace zweck
