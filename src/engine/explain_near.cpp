// Rules that do not cover a point, but come near; and what all reasons have in common.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "engine/explain_cause.hpp"
#include "engine/explain_rule.hpp"
#include "engine/explain_words.hpp"

namespace zweck {

namespace {

// Names of one side of a scope that a reason spells out.
constexpr std::size_t shown_names = 4;

}  // namespace

RuleReason describe(const Model& model, const Rule& rule) {
  RuleReason reason;
  reason.rule = rule.name;
  reason.title = rule.title;
  reason.allows = rule.effect == Effect::allow;
  reason.because = rule.because;
  if (model.sources.size() > 0) reason.rule_place = model.sources.place(rule.name_span);
  return reason;
}

void tell(RuleReason& reason, const Model& model, const Cause& cause) {
  reason.clause = cause.clause;
  reason.condition = cause.condition;
  reason.why = cause.why;
  if (cause.has_span && model.sources.size() > 0) reason.condition_place = model.sources.place(cause.span);
}

Distance distance_of(const Model& model, const Rule& rule, const Point& point) {
  const std::array nodes{point.data, point.purpose, point.partner};
  Distance distance = Distance::excepted;
  for (std::size_t d = 0; d < 3; ++d) {
    if (covers(model.vocabulary.taxonomies[d], rule.scope.sides[d], nodes[d])) continue;
    if (distance != Distance::excepted) return Distance::far;
    distance = std::array{Distance::other_data, Distance::other_purpose, Distance::other_partner}[d];
  }
  return distance;
}

RuleReason reason_elsewhere(const Model& model, const Rule& rule, const Point& point, Distance distance) {
  RuleReason reason = describe(model, rule);
  reason.outcome = RuleReason::Outcome::elsewhere;
  if (distance == Distance::excepted) {
    for (const Box& except : rule.excepts) {
      if (!covers(model.vocabulary, except, point)) continue;
      const std::string text = except_text(model.vocabulary, except);
      tell(reason, model, {"except", text, fmt::format("it leaves this out by `except {}`", text), except.span, true});
      return reason;
    }
  }
  const std::size_t d = distance == Distance::other_data ? 0 : distance == Distance::other_purpose ? 1 : 2;
  constexpr std::array<std::string_view, 3> clauses{"data", "for", "by"};
  const std::array nodes{point.data, point.purpose, point.partner};
  const Taxonomy& taxonomy = model.vocabulary.taxonomies[d];
  const NodeSet& side = rule.scope.sides[d];
  const std::string word = d == 0 ? std::string() : std::string(clauses[d]) + " ";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(side.nodes.size(), shown_names); ++i) {
    names.push_back(in_backticks(taxonomy.nodes[side.nodes[i]].name));
  }
  if (side.nodes.size() > names.size()) names.push_back(fmt::format("{} more", side.nodes.size() - names.size()));
  Cause cause{
      std::string(clauses[d]),
      side_text(taxonomy, side, shown_names),
      fmt::format("it speaks of use {}{}, not {}`{}`", word, join_words(names), word, taxonomy.nodes[nodes[d]].name),
      {},
      false};
  if (d == 0) cause.why = fmt::format("it speaks of {}, not of `{}`", join_words(names), taxonomy.nodes[nodes[d]].name);
  if (!rule.node_spans[d].empty()) cause.span = rule.node_spans[d].front(), cause.has_span = true;
  tell(reason, model, cause);
  return reason;
}

}  // namespace zweck
