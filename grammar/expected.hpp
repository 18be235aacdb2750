// What can be expected where, in the author's words. Only constants.
#pragma once

#include <array>

#include "grammar/complaint.hpp"

namespace zweck::grammar::expected {

namespace words {
using enum Keyword;

inline constexpr std::array statement_words{rule, assert_};
inline constexpr std::array effect_words{allow, deny};
inline constexpr std::array quantifier_words{never, always};
inline constexpr std::array allow_word{allow};
inline constexpr std::array for_word{for_};
inline constexpr std::array by_word{by};
inline constexpr std::array except_words{for_, by};
inline constexpr std::array basis_words{consent,     explicit_,           contract,    legal_obligation, vital_interest,
                                        public_task, legitimate_interest, not_personal};
inline constexpr std::array consent_word{consent};
inline constexpr std::array unit_words{minute, minutes, hour,  hours,  day,  days,
                                       week,   weeks,   month, months, year, years};
inline constexpr std::array clause_words{except,  when, unless, from,    until, basis,
                                         benefit, keep, oblige, because, rule,  assert_};
inline constexpr std::array scope_end_words{for_,  by,      except, when,   unless,  from, until,
                                            basis, benefit, keep,   oblige, because, rule, assert_};
inline constexpr std::array condition_end_words{and_,   or_,    in,      has,  within, under, version,
                                                except, when,   unless,  from, until,  basis, benefit,
                                                keep,   oblige, because, rule, assert_};
inline constexpr std::array consent_end_words{within, under,   version, except, when,    unless, from,   until,
                                              basis,  benefit, keep,    oblige, because, rule,   assert_};
inline constexpr std::array bracket_words{and_, or_, in, has, within, under, version};

}  // namespace words

inline constexpr Complaint statement{"expected `rule` or `assert`",
                                     "a rule begins with `rule NAME`, an assertion with `assert NAME`",
                                     words::statement_words};
inline constexpr Complaint rule_name{.message = "expected a name for the rule after `rule`", .name = true};
inline constexpr Complaint assertion_name{.message = "expected a name for the assertion after `assert`", .name = true};
inline constexpr Complaint effect{"expected `allow` or `deny` after {}",
                                  "a rule has a name, perhaps a title in quotes, and then `allow` or `deny`",
                                  words::effect_words};
inline constexpr Complaint quantifier{
    "expected `never allow` or `always allow` after {}",
    "an assertion has a name, perhaps a title in quotes, and then `never allow` or `always allow`",
    words::quantifier_words};
inline constexpr Complaint asserted_allow{"expected `allow` after {}", "", words::allow_word};

inline constexpr Complaint data_nodes{.message = "expected a data name or `any` after {}", .name = true};
inline constexpr Complaint scope_for{
    "expected `for` and a purpose after the data names",
    "data names are separated by `,`, and those of several words stand in quotes; then come `for`, the purposes, `by` "
    "and the partners",
    words::for_word};
inline constexpr Complaint purpose_nodes{.message = "expected a purpose or `any` after {}", .name = true};
inline constexpr Complaint scope_by{"expected `by` and a partner after the purposes",
                                    "purposes are separated by `,`, and those of several words stand in quotes; then "
                                    "come `by` and the partners",
                                    words::by_word};
inline constexpr Complaint partner_nodes{.message = "expected a partner or `any` after {}", .name = true};
inline constexpr Complaint next_name{.message = "expected another name after `,`", .name = true};
inline constexpr Complaint except_body{"expected data names, `for` or `by` after `except`",
                                       "`except` says what the rule leaves out: `except for advertising`",
                                       words::except_words, true};

inline constexpr Complaint condition{
    .message = "expected a condition after {}",
    .help = "a condition is a test such as `age >= 16`, `consent`, `objection`, or `notice` with a name",
    .keywords = {},
    .name = true};
inline constexpr Complaint second_not{"expected a condition after `not`",
                                      "`not` stands once before a condition; `not` of `not` needs brackets"};
inline constexpr Complaint closing_bracket{"expected `and`, `or` or `)` after {}", "", words::bracket_words};
inline constexpr Complaint nesting{"brackets within brackets more than 64 deep",
                                   "name the parts in rules of their own"};
inline constexpr Complaint consent_after_explicit{"expected `consent` after `explicit`", "", words::consent_word};
inline constexpr Complaint value{
    .message = "expected a value after {}",
    .help =
        "a value is a name, a text in quotes, a number, a date, a duration, `true`, `false`, or an attribute such as "
        "`partner.country`",
    .keywords = {},
    .name = true};
inline constexpr Complaint value_or_set{.message = "expected a value, or values in `{` and `}`, after `in`",
                                        .name = true};
inline constexpr Complaint value_in_braces{
    .message = "expected a value after {}",
    .help = "braces hold names, texts in quotes, numbers, dates or durations, separated by `,`",
    .keywords = {},
    .name = true};
inline constexpr Complaint closing_brace{"expected `,` or `}` after {}"};

inline constexpr Complaint duration{"expected a duration such as `30 days` after {}"};
inline constexpr Complaint unit{"expected a unit of time after {}",
                                "a duration is a number with a unit: `30 days`, `1 year`", words::unit_words};
inline constexpr Complaint short_duration{"a duration is at least one minute"};
inline constexpr Complaint long_duration{"this duration is out of range", "durations are below 2^63 seconds"};
inline constexpr Complaint notice_name{.message = "expected the name of a notice after {}", .name = true};
inline constexpr Complaint version_number{"expected the number of a version after `version`"};
inline constexpr Complaint date{"expected a date such as `2026-05-01` after {}"};
inline constexpr Complaint basis{"expected a basis after `basis`",
                                 "one of `consent`, `contract`, `legal-obligation`, `vital-interest`, `public-task`, "
                                 "`legitimate-interest`, `not-personal`",
                                 words::basis_words};
inline constexpr Complaint benefit{"expected a text in quotes after {}",
                                   "a benefit may have a language before its text: `benefit de \"…\"`"};
inline constexpr Complaint language{"expected a tag of a language or a text in quotes after {}",
                                    "tags look like `de` or `pt-BR`"};
inline constexpr Complaint obligation_name{.message = "expected the name of an obligation after `oblige`",
                                           .name = true};
inline constexpr Complaint reason{"expected a text in quotes after `because`"};

inline constexpr Complaint empty_name{"a name cannot be empty"};
inline constexpr Complaint long_name{"a name cannot be longer than 256 bytes"};
inline constexpr Complaint any_as_name{"`any` is nobody's name", "without quotes it stands for everything"};

// What may follow once a statement could be complete.
inline constexpr Complaint after_scope{"expected `,`, a clause or the next rule after {}",
                                       "names are separated by `,`, and those of several words stand in quotes",
                                       words::scope_end_words};
inline constexpr Complaint after_except{"expected `,`, a clause or the next rule after {}",
                                        "`except` has data names, then `for`, then `by`, each at most once",
                                        words::scope_end_words};
inline constexpr Complaint after_test{"expected a comparison, `and`, `or` or the next clause after {}", "",
                                      words::condition_end_words};
inline constexpr Complaint after_condition{"expected `and`, `or` or the next clause after {}", "",
                                           words::condition_end_words};
inline constexpr Complaint after_consent{"expected the next clause or the next rule after {}",
                                         "`within 1 year` and `under NOTICE version 2` follow `consent` in this order, "
                                         "each at most once",
                                         words::consent_end_words};
inline constexpr Complaint after_clause{"expected a clause or the next rule after {}", "", words::clause_words};
inline constexpr Complaint after_basis{"expected the next clause or the next rule after {}",
                                       "a rule has exactly one basis, and conditions are written behind `when`"};
inline constexpr Complaint after_obligation{"expected a clause or the next rule after {}",
                                            "each obligation has an `oblige` of its own"};
inline constexpr Complaint compared_condition{
    "expected `and`, `or` or the next clause after {}",
    "only facts, attributes and the point's own are compared; what the customer said or saw is true or not by itself: "
    "`consent`, `not consent`"};
inline constexpr Complaint second_effect{"expected a clause or the next rule after {}",
                                         "a rule allows or denies once; begin the next with `rule` and its name"};

}  // namespace zweck::grammar::expected
