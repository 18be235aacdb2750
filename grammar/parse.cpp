// The grammar in Spirit X3, over tokens. Every choice is made by the token that stands first, and from there on the
// rest is needed: nothing is read twice, and nothing half read is kept.
#include "grammar/parse.hpp"

#include <fmt/format.h>

#include "grammar/form.hpp"
#include "grammar/terminals.hpp"

namespace zweck::grammar {

namespace {

namespace s = syntax;

// --- Actions: where a value goes -------------------------------------------------------------------------------------

template <class Member>
constexpr auto to(Member member) {
  return [member](auto& context) { x3::_val(context).*member = std::move(x3::_attr(context)); };
}
// A clause or condition of this kind.
template <class Node>
constexpr auto as() {
  return [](auto& context) { x3::_val(context).node = Node{std::move(x3::_attr(context))}; };
}
constexpr auto itself = [](auto& context) { x3::_val(context) = std::move(x3::_attr(context)); };
constexpr auto into(bool syntax::Nodes::*flag) {
  return [flag](auto& context) { x3::_val(context).*flag = true; };
}

// --- Names and values ------------------------------------------------------------------------------------------------

constexpr x3::rule<struct NodesRule, s::Nodes> nodes{"nodes"};
constexpr auto add_name = [](auto& context) { x3::_val(context).names.push_back(std::move(x3::_attr(context))); };
constexpr auto nodes_def =
    spanned[kw(Keyword::any)[into(&s::Nodes::any)] |
            (name[add_name] >> *(symbol(TokenKind::comma) >> need(expected::next_name)[name[add_name]]))];

constexpr x3::rule<struct ScopeRule, s::Scope> scope{"scope"};
constexpr auto scope_def =
    spanned[need(expected::data_nodes)[nodes[to(&s::Scope::data)]] >> need(expected::scope_for)[kw(Keyword::for_)] >>
            need(expected::purpose_nodes)[nodes[to(&s::Scope::purpose)]] >> need(expected::scope_by)[kw(Keyword::by)] >>
            need(expected::partner_nodes)[nodes[to(&s::Scope::partner)]]];

constexpr x3::rule<struct DurationRule, s::Duration> duration{"duration"};
constexpr auto set_count = [](auto& context) { x3::_val(context).count = x3::_attr(context).value; };
constexpr auto set_unit = [](auto& context) {
  const Reading& reading = reading_of(context);
  const Token* unit_token = x3::_attr(context);
  s::Duration& result = x3::_val(context);
  result.unit = reading.text_of(*unit_token);
  const auto made = make_duration(result.count, result.unit);
  if (!made) throw Failure{unit_token - 1, result.count < 1 ? &expected::short_duration : &expected::long_duration};
  result.seconds = made->seconds;
};
constexpr auto duration_def = spanned[integer[set_count] >> need(expected::unit)[unit[set_unit]]];

constexpr auto is_duration = [](const Token& token) {
  return token.kind == TokenKind::integer && is_unit((&token)[1].keyword);
};
constexpr x3::rule<struct LiteralRule, s::Literal> literal{"literal"};
constexpr auto literal_def = name_or_string[itself] | (Ahead(is_duration) >> duration[itself]) | integer[itself] |
                             date[itself] | boolean[itself];

// --- Conditions ------------------------------------------------------------------------------------------------------

constexpr x3::rule<struct ConsentRule, s::Consent> consent{"consent"};
constexpr auto set_explicit = [](auto& context) { x3::_val(context).explicit_ = true; };
constexpr auto version = kw(Keyword::version) >> need(expected::version_number)[integer[to(&s::Consent::version)]];
constexpr auto consent_def =
    ((kw(Keyword::explicit_)[set_explicit] >> need(expected::consent_after_explicit)[kw(Keyword::consent)]) |
     kw(Keyword::consent)) >>
    -(kw(Keyword::within) >> need(expected::duration)[duration[to(&s::Consent::within)]]) >>
    -(kw(Keyword::under) >> need(expected::notice_name)[name[to(&s::Consent::under)]] >> -version);

constexpr x3::rule<struct NoticeRule, s::Notice> notice{"notice"};
constexpr auto notice_def = kw(Keyword::notice) >> need(expected::notice_name)[name[to(&s::Notice::name)]] >>
                            -(kw(Keyword::version) >> need(expected::version_number)[integer[to(&s::Notice::version)]]);

struct OperatorValue {
  s::Operator value;
  Span span;
};
constexpr auto comparison = valued<OperatorValue>([](const Token* at, const Reading& reading) {
  s::Operator op = s::Operator::none;
  if (at->kind == TokenKind::equal) op = s::Operator::equal;
  if (at->kind == TokenKind::unequal) op = s::Operator::unequal;
  if (at->kind == TokenKind::less) op = s::Operator::less;
  if (at->kind == TokenKind::less_equal) op = s::Operator::less_equal;
  if (at->kind == TokenKind::greater) op = s::Operator::greater;
  if (at->kind == TokenKind::greater_equal) op = s::Operator::greater_equal;
  if (op == s::Operator::none) return std::optional<OperatorValue>();
  return std::optional(OperatorValue{op, reading.span_of(*at)});
});
constexpr auto operator_word(Keyword keyword, s::Operator op) {
  return valued<OperatorValue>([keyword, op](const Token* at, const Reading& reading) {
    return at->keyword == keyword ? std::optional(OperatorValue{op, reading.span_of(*at)}) : std::nullopt;
  });
}

constexpr x3::rule<struct BracesRule, std::vector<s::Literal>> braces{"braces"};
constexpr auto add_literal = [](auto& context) { x3::_val(context).push_back(std::move(x3::_attr(context))); };
constexpr auto braces_def = symbol(TokenKind::open_brace) >> need(expected::value_in_braces)[literal[add_literal]] >>
                            *(symbol(TokenKind::comma) >> need(expected::value_in_braces)[literal[add_literal]]) >>
                            need(expected::closing_brace)[symbol(TokenKind::close_brace)];

constexpr x3::rule<struct TestRule, s::Test> test{"test"};
constexpr auto set_operator = [](auto& context) {
  x3::_val(context).op = x3::_attr(context).value;
  x3::_val(context).op_span = x3::_attr(context).span;
};
constexpr auto left = to(&s::Test::left);
constexpr auto right = to(&s::Test::right);
constexpr auto right_side = own[right] | literal[right];
constexpr auto test_def = (own[left] | name[left]) >>
                          -((comparison[set_operator] >> need(expected::value)[right_side]) |
                            (operator_word(Keyword::in, s::Operator::in)[set_operator] >>
                             need(expected::value_or_set)[braces[right] | right_side]) |
                            (operator_word(Keyword::has, s::Operator::has)[set_operator] >>
                             need(expected::value)[right_side]));

constexpr x3::rule<struct ConditionRule, s::Condition> condition{"condition"};
constexpr x3::rule<struct ConjunctionRule, s::Condition> conjunction{"conjunction"};
constexpr x3::rule<struct NegationRule, s::Condition> negation{"negation"};
constexpr x3::rule<struct PrimaryRule, s::Condition> primary{"primary"};

// One part stands for itself; with the second the two become a list.
template <class List>
constexpr auto add_part() {
  return [](auto& context) {
    s::Condition& whole = x3::_val(context);
    List list;
    list.parts.push_back(std::move(whole));
    list.parts.push_back(std::move(x3::_attr(context)));
    whole = s::Condition{.node = std::move(list), .span = {}};
  };
}
template <class List>
constexpr auto add_further_part() {
  return [](auto& context) { std::get<List>(x3::_val(context).node).parts.push_back(std::move(x3::_attr(context))); };
}
template <class List, class Part>
constexpr auto joined(Part part, Keyword by) {
  return part[itself] >> -(kw(by) >> need(expected::condition)[part[add_part<List>()]] >>
                           *(kw(by) >> need(expected::condition)[part[add_further_part<List>()]]));
}
constexpr auto condition_def = spanned[joined<s::Or>(conjunction, Keyword::or_)];
constexpr auto conjunction_def = spanned[joined<s::And>(negation, Keyword::and_)];

constexpr auto negate = [](auto& context) {
  s::Not result;
  result.part.push_back(std::move(x3::_attr(context)));
  x3::_val(context).node = std::move(result);
};
constexpr auto no_not = Ahead([](const Token& token) { return token.keyword != Keyword::not_; });
constexpr auto negation_def =
    spanned[(kw(Keyword::not_) >> need(expected::second_not)[no_not] >> need(expected::condition)[primary[negate]]) |
            primary[itself]];

// Reading recurses by brackets only, so counting them bounds the stack.
constexpr auto open_bracket = valued<x3::unused_type>([](const Token* at, Reading& reading) {
  if (at->kind != TokenKind::open) return std::optional<x3::unused_type>();
  if (reading.open.size() == limits::condition_nesting) throw Failure{at, &expected::nesting};
  reading.open.push_back(at);
  return std::optional(x3::unused_type());
});
constexpr auto close_bracket = valued<x3::unused_type>([](const Token* at, Reading& reading) {
  if (at->kind != TokenKind::close) throw Failure{at, &expected::closing_bracket, reading.open.back()};
  reading.open.pop_back();
  return std::optional(x3::unused_type());
});
constexpr auto bracketed = [](auto& context) {
  x3::_val(context) = std::move(x3::_attr(context));
  x3::_val(context).bracketed = true;
};
constexpr auto set_objection = [](auto& context) { x3::_val(context).node = s::Objection{}; };
constexpr auto primary_def =
    spanned[(x3::omit[open_bracket] >> need(expected::condition)[condition[bracketed]] >> x3::omit[close_bracket]) |
            consent[to(&s::Condition::node)] | kw(Keyword::objection)[set_objection] | notice[to(&s::Condition::node)] |
            test[to(&s::Condition::node)]];

// --- Clauses ---------------------------------------------------------------------------------------------------------

constexpr x3::rule<struct ExceptRule, s::Except> except{"except"};
constexpr auto written(s::Nodes s::Except::*nodes_member, bool s::Except::*flag) {
  return [nodes_member, flag](auto& context) {
    x3::_val(context).*nodes_member = std::move(x3::_attr(context));
    x3::_val(context).*flag = true;
  };
}
constexpr auto can_begin_except = Ahead([](const Token& token) {
  return token.kind == TokenKind::word || token.kind == TokenKind::string || token.keyword == Keyword::any ||
         token.keyword == Keyword::for_ || token.keyword == Keyword::by;
});
constexpr auto except_def =
    need(expected::except_body)[can_begin_except] >> -nodes[written(&s::Except::data, &s::Except::has_data)] >>
    -(kw(Keyword::for_) >>
      need(expected::purpose_nodes)[nodes[written(&s::Except::purpose, &s::Except::has_purpose)]]) >>
    -(kw(Keyword::by) >> need(expected::partner_nodes)[nodes[written(&s::Except::partner, &s::Except::has_partner)]]);

constexpr x3::rule<struct BasisRule, s::Basis> basis{"basis"};
constexpr auto other_basis = valued<s::BasisKind>([](const Token* at, const Reading&) -> std::optional<s::BasisKind> {
  switch (at->keyword) {
    case Keyword::contract:
      return s::BasisKind::contract;
    case Keyword::legal_obligation:
      return s::BasisKind::legal_obligation;
    case Keyword::vital_interest:
      return s::BasisKind::vital_interest;
    case Keyword::public_task:
      return s::BasisKind::public_task;
    case Keyword::legitimate_interest:
      return s::BasisKind::legitimate_interest;
    case Keyword::not_personal:
      return s::BasisKind::not_personal;
    default:
      return std::nullopt;
  }
});
constexpr auto basis_def = spanned[consent[to(&s::Basis::consent)] | other_basis[to(&s::Basis::kind)]];

constexpr x3::rule<struct BenefitRule, s::Benefit> benefit{"benefit"};
constexpr auto benefit_def = -language[to(&s::Benefit::language)] >>
                             need(expected::benefit)[string[to(&s::Benefit::text)]];

constexpr x3::rule<struct ClauseRule, s::Clause> clause{"clause"};
constexpr auto clause_node = to(&s::Clause::node);
constexpr auto clause_def = spanned[(kw(Keyword::except) >> except[clause_node]) |
                                    (kw(Keyword::when) >> need(expected::condition)[condition[as<s::When>()]]) |
                                    (kw(Keyword::unless) >> need(expected::condition)[condition[as<s::Unless>()]]) |
                                    (kw(Keyword::from) >> need(expected::date)[date[as<s::From>()]]) |
                                    (kw(Keyword::until) >> need(expected::date)[date[as<s::Until>()]]) |
                                    (kw(Keyword::basis) >> need(expected::basis)[basis[clause_node]]) |
                                    (kw(Keyword::benefit) >> benefit[clause_node]) |
                                    (kw(Keyword::keep) >> need(expected::duration)[duration[as<s::Keep>()]]) |
                                    (kw(Keyword::oblige) >> need(expected::obligation_name)[name[as<s::Oblige>()]]) |
                                    (kw(Keyword::because) >> need(expected::reason)[string[as<s::Because>()]])];

// --- Statements ------------------------------------------------------------------------------------------------------

constexpr auto add_clause = [](auto& context) { x3::_val(context).clauses.push_back(std::move(x3::_attr(context))); };

constexpr x3::rule<struct RuleRule, s::Rule> rule{"rule"};
constexpr auto effect = valued<s::Effect>([](const Token* at, const Reading&) -> std::optional<s::Effect> {
  if (at->keyword == Keyword::allow) return s::Effect::allow;
  if (at->keyword == Keyword::deny) return s::Effect::deny;
  return std::nullopt;
});
constexpr auto rule_def =
    spanned[kw(Keyword::rule) >> need(expected::rule_name)[name[to(&s::Rule::name)]] >> -string[to(&s::Rule::title)] >>
            need(expected::effect)[effect[to(&s::Rule::effect)]] >> scope[to(&s::Rule::scope)] >> *clause[add_clause]];

constexpr x3::rule<struct AssertionRule, s::Assertion> assertion{"assertion"};
constexpr auto quantifier = valued<s::Quantifier>([](const Token* at, const Reading&) -> std::optional<s::Quantifier> {
  if (at->keyword == Keyword::never) return s::Quantifier::never;
  if (at->keyword == Keyword::always) return s::Quantifier::always;
  return std::nullopt;
});
constexpr auto assertion_def =
    spanned[kw(Keyword::assert_) >> need(expected::assertion_name)[name[to(&s::Assertion::name)]] >>
            -string[to(&s::Assertion::title)] >>
            need(expected::quantifier)[quantifier[to(&s::Assertion::quantifier)]] >>
            need(expected::asserted_allow)[kw(Keyword::allow)] >> scope[to(&s::Assertion::scope)] >>
            *clause[add_clause]];

BOOST_SPIRIT_DEFINE(nodes, scope, duration, literal, consent, notice, braces, test, condition, conjunction, negation,
                    primary, except, basis, benefit, clause, rule, assertion)

// --- A file ----------------------------------------------------------------------------------------------------------

// The statement that begins at `at`, which moves behind it.
template <class Statement, class Grammar>
Statement read(const Grammar& grammar, const Token*& at, const Token* last, Reading& reading) {
  Statement statement;
  statement.keyword = reading.span_of(*at);
  reading.open.clear();
  x3::parse(at, last, x3::with<ReadingTag>(std::ref(reading))[grammar], statement);
  return statement;
}

bool begins_statement(const Token& token) {
  return token.keyword == Keyword::rule || token.keyword == Keyword::assert_;
}

// Whether the condition could be lengthened by a comparison: `age` before `< 16`.
bool ends_in_bare_test(const s::Condition& condition) {
  if (condition.bracketed) return false;
  if (const auto* any = std::get_if<s::Or>(&condition.node)) return ends_in_bare_test(any->parts.back());
  if (const auto* all = std::get_if<s::And>(&condition.node)) return ends_in_bare_test(all->parts.back());
  if (const auto* negated = std::get_if<s::Not>(&condition.node)) return ends_in_bare_test(negated->part.front());
  const auto* test_node = std::get_if<s::Test>(&condition.node);
  return test_node != nullptr && test_node->op == s::Operator::none;
}

// What could follow a statement that is complete as it stands.
const Complaint& after(const std::vector<s::Clause>& clauses, const Token& found) {
  if (found.keyword == Keyword::allow || found.keyword == Keyword::deny) return expected::second_effect;
  if (clauses.empty()) return expected::after_scope;
  if (std::holds_alternative<s::Except>(clauses.back().node)) return expected::after_except;
  const auto after_condition = [&](const s::Condition& read_condition) -> const Complaint& {
    if (found.keyword == Keyword::within || found.keyword == Keyword::under) return expected::after_consent;
    return ends_in_bare_test(read_condition) ? expected::after_test : expected::after_condition;
  };
  if (const auto* when = std::get_if<s::When>(&clauses.back().node)) return after_condition(when->condition);
  if (const auto* unless = std::get_if<s::Unless>(&clauses.back().node)) return after_condition(unless->condition);
  const auto* on_basis = std::get_if<s::Basis>(&clauses.back().node);
  return on_basis != nullptr && on_basis->kind == s::BasisKind::consent ? expected::after_consent
                                                                        : expected::after_clause;
}

// The `allow` of a rule or the quantifier of an assertion whose first word is at `at`, if what follows looks like that.
Keyword effect_after(const Token* at) {
  if (at->kind == TokenKind::end) return Keyword::none;
  if (at[1].kind != TokenKind::word && at[1].kind != TokenKind::string) return Keyword::none;
  return at[at[2].kind == TokenKind::string ? 3 : 2].keyword;
}

// Whether reading can begin anew here after a mistake: a `rule` or `assert` that is the first word of its line, or that
// is followed by what only follows these; any other may be part of the mistake. A misspelt one at the beginning of a
// line is a mistake of its own, and so is every character that is not seen.
bool is_fresh_start(const Token* at) {
  if (at->flaw == Flaw::invisible) return true;
  if (begins_statement(*at) && at->first_on_line) return true;
  const bool misspelt = at->kind == TokenKind::word && at->first_on_line;
  if (!begins_statement(*at) && !misspelt) return false;
  const Keyword next = effect_after(at);
  const bool of_rule = next == Keyword::allow || next == Keyword::deny;
  const bool of_assertion = next == Keyword::never || next == Keyword::always;
  if (misspelt) return of_rule || of_assertion;
  return at->keyword == Keyword::rule ? of_rule : of_assertion;
}

class Parser {
 public:
  Parser(const Sources& sources, std::uint32_t file, const Tokens& tokens)
      : sources_(sources),
        reading_{.text = sources[file].text, .file = file, .open = {}},
        first_(tokens.tokens.data()),
        last_(first_ + tokens.tokens.size() - 1) {
    file_.source = file;
  }

  Result<s::File> run() {
    while (at_->kind != TokenKind::end && mistakes_.size() < limits::diagnostics) {
      const Token* start = at_;
      try {
        read_statement();
      } catch (const Failure& failure) {
        mistakes_.push_back(explain(sources_, reading_.file, first_, failure));
        // Past what was complained of, but not past the statement that the one before runs into.
        if (at_ = failure.at; at_->kind != TokenKind::end && (at_ == start || !begins_statement(*at_))) ++at_;
        while (at_->kind != TokenKind::end && !is_fresh_start(at_)) ++at_;
      }
    }
    if (mistakes_.empty()) return std::move(file_);
    if (mistakes_.size() >= limits::diagnostics) mistakes_.push_back(unread());
    return std::move(mistakes_);
  }

 private:
  void read_statement() {
    if (at_->keyword == Keyword::rule) {
      keep(read<s::Rule>(rule, at_, last_, reading_));
    } else if (at_->keyword == Keyword::assert_) {
      keep(read<s::Assertion>(assertion, at_, last_, reading_));
    } else {
      throw Failure{at_, &expected::statement};
    }
  }

  template <class Statement>
  void keep(Statement statement) {
    if (at_->kind != TokenKind::end && !begins_statement(*at_)) throw Failure{at_, &after(statement.clauses, *at_)};
    check_form(sources_, statement, mistakes_);
    if (mistakes_.empty()) file_.statements.emplace_back(std::move(statement));
  }

  // So many mistakes mean that this is no file of rules, or that one mistake is repeated.
  Diagnostic unread() const {
    Diagnostic diagnostic{
        .check = "syntax-error",
        .message = fmt::format("after {} mistakes the rest of the file is not read", limits::diagnostics),
        .help = {},
        .place = sources_.place(reading_.span_of(*at_)),
        .related = {}};
    return diagnostic;
  }

  const Sources& sources_;
  Reading reading_;
  const Token* first_;
  const Token* last_;  // the end token, so that one token of lookahead is always there
  const Token* at_ = first_;
  s::File file_;
  Diagnostics mistakes_;
};

}  // namespace

}  // namespace zweck::grammar

namespace zweck {

Result<syntax::File> parse(const Sources& sources, std::uint32_t file) {
  // Files of a set are refused by their size before they are read; texts given in memory come here as they are.
  if (sources[file].text.size() > limits::file_bytes) {
    Diagnostic too_large{.check = "syntax-error",
                         .message = fmt::format("the file is larger than {} MiB", limits::file_bytes >> 20),
                         .help = "split it: rules may stand in several files",
                         .place = {},
                         .related = {}};
    too_large.place.file = sources[file].path;
    return too_large;
  }
  if (Diagnostics flaws = check_text(sources, file); !flaws.empty()) return flaws;
  grammar::Tokens tokens = grammar::lex(sources, file);
  Result<syntax::File> result = grammar::Parser(sources, file, tokens).run();
  if (result) result->comments = std::move(tokens.comments);
  return result;
}

}  // namespace zweck
