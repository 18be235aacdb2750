// What the model holds, in the words of the language and of people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "model/model.hpp"

namespace zweck {

// What stands there, on one line and without comments; empty if the texts are not at hand.
std::string source_text(const Sources& sources, Span span);
// Conditions as an author would write them, with the brackets they need and no others.
std::string condition_text(const Model& model, const Condition& condition);
std::string test_text(const Vocabulary& vocabulary, const Test& test);
std::string consent_text(const Vocabulary& vocabulary, const ConsentTest& test);
std::string basis_text(const Model& model, const Rule& rule);
// `any`, or the names, at most `most` of them: "shop, carriers and 7 more".
std::string side_text(const Taxonomy& taxonomy, const NodeSet& side, std::size_t most);
// "for delivery by any": what an except leaves out.
std::string except_text(const Vocabulary& vocabulary, const Box& except);

// What an operand is at a point: "`age` is 15", "`country` of partner `dhl` is not known".
std::string operand_found(const Vocabulary& vocabulary, const Operand& operand, const Point& point,
                          const std::vector<Value>& facts);

// The names of an event's scope: "`wardrobe` for any purpose by `shop`"; "everything" if it is any in all three.
std::string scope_words(const Vocabulary& vocabulary, const Event& event);
// The day, or day and minute if that is the day of `now`: "2026-03-01", "2026-03-01 09:30 UTC".
std::string day_words(Time time, Time now);

// "a", "a and b", "a, b and c".
std::string join_words(const std::vector<std::string>& words, std::string_view last = " and ");
std::string in_backticks(std::string_view text);

}  // namespace zweck
