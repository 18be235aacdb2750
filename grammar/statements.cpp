// The grammar in Spirit X3, over tokens. Every choice is made by the token that stands first, and from there on the
// rest is needed: nothing is read twice, and nothing half read is kept.
#include "grammar/parse.hpp"
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

// The statement that begins at `at`, which moves behind it.
template <class Statement, class Grammar>
Statement read(const Grammar& grammar, const Token*& at, const Token* last, Reading& reading) {
  Statement statement;
  statement.keyword = reading.span_of(*at);
  reading.open.clear();
  x3::parse(at, last, x3::with<ReadingTag>(std::ref(reading))[grammar], statement);
  return statement;
}

}  // namespace

s::Rule read_rule(const Token*& at, const Token* last, Reading& reading) {
  return read<s::Rule>(rule, at, last, reading);
}

s::Assertion read_assertion(const Token*& at, const Token* last, Reading& reading) {
  return read<s::Assertion>(assertion, at, last, reading);
}

}  // namespace zweck::grammar
