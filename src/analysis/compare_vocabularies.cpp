// TWO VOCABULARIES -> names that one side alone knows, and what gives old answers of customers a new meaning.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analysis/difference.hpp"
#include "analysis/leaves.hpp"
#include "model/vocabulary.hpp"

namespace zweck {

namespace {

constexpr std::array<std::string_view, 3> dimension_names{"data", "purpose", "partner"};

using Reinterpreted = VocabularyDifference::Reinterpreted;

std::string names_of(const Taxonomy& taxonomy, const std::vector<NodeId>& nodes) {
  std::vector<std::string_view> names;
  for (const NodeId node : nodes) names.push_back(taxonomy.nodes[node].name);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string yes_or_no(bool value) { return value ? "true" : "false"; }
std::string date_or_none(const std::optional<Date>& date) { return date ? to_string(*date) : ""; }

// Whether an answer given before for a group that both know, or for `any`, reaches a node that is new (section 4): no
// node on the way is separate, nor has joined since.
bool is_reached(const Taxonomy& before, const Taxonomy& after, NodeId node) {
  const auto above = after.above(node);
  const auto reached_from = [&](auto&& is_above_it) {
    return std::none_of(above.begin(), above.end(), [&](NodeId each) {
      const Node& on_the_way = after.nodes[each];
      const bool joined_since = on_the_way.since && !before.find(on_the_way.name);
      return !is_above_it(each) && (on_the_way.separate || joined_since);
    });
  };
  return reached_from([](NodeId) { return false; }) || std::any_of(above.begin(), above.end(), [&](NodeId group) {
           return before.find(after.nodes[group].name) &&
                  reached_from([&](NodeId each) { return after.at_or_below(group, each); });
         });
}

void compare_nodes(std::size_t dimension, const Taxonomy& before, const Taxonomy& after,
                   std::vector<Reinterpreted>& found) {
  const std::string kind(dimension_names[dimension]);
  const auto add = [&](const std::string& name, const char* what, std::string old_text, std::string new_text) {
    if (old_text != new_text) found.push_back({kind, name, what, std::move(old_text), std::move(new_text), false});
  };
  for (const Node& node : before.nodes) {
    const auto other = after.find(node.name);
    if (!other) {
      found.push_back({kind, node.name, "gone", names_of(before, node.parents), "", false});
      continue;
    }
    const Node& now = after.nodes[*other];
    add(node.name, "in", names_of(before, node.parents), names_of(after, now.parents));
    add(node.name, "separate", yes_or_no(node.separate), yes_or_no(now.separate));
    add(node.name, "since", date_or_none(node.since), date_or_none(now.since));
    add(node.name, "derived-from", names_of(before, node.derived_from), names_of(after, now.derived_from));
  }
  for (NodeId node = 0; node < after.nodes.size(); ++node) {
    if (!before.find(after.nodes[node].name) && is_reached(before, after, node))
      found.push_back({kind, after.nodes[node].name, "new", "", names_of(after, after.nodes[node].parents), false});
  }
}

// Whether a type has values that another of its kind has not; nodes are compared apart.
bool has_more_values(const Vocabulary& vocabulary, const Type& type, const Vocabulary& others, const Type& other) {
  if (type.kind != other.kind || type.set != other.set) return true;
  if (type.kind == TypeKind::integer) return type.min < other.min || type.max > other.max;
  return std::any_of(type.choices.begin(), type.choices.end(), [&](std::int64_t choice) {
    const auto there = others.find_string(vocabulary.strings[static_cast<std::size_t>(choice)]);
    return !there || std::find(other.choices.begin(), other.choices.end(), *there) == other.choices.end();
  });
}

// The leaves that another taxonomy of the name has not.
std::vector<NodeId> leaves_of_one(const Taxonomy& one, const Taxonomy& other) {
  std::vector<NodeId> leaves;
  for (const NodeId leaf : one.leaves()) {
    const auto there = other.find(one.nodes[leaf].name);
    if (!there || !other.is_leaf(*there)) leaves.push_back(leaf);
  }
  return leaves;
}

void compare_types(const Vocabulary& before, const Fact& fact, const Vocabulary& after, const Fact& now,
                   std::vector<Reinterpreted>& found) {
  const std::string old_type = to_string(before, fact.type), new_type = to_string(after, now.type);
  if (old_type != new_type) {
    found.push_back({"fact", fact.name, "type", old_type, new_type, has_more_values(after, now.type, before, fact.type)});
  } else if (fact.type.kind == TypeKind::node) {
    const Taxonomy& old_nodes = before.taxonomies[fact.type.taxonomy];
    const Taxonomy& new_nodes = after.taxonomies[now.type.taxonomy];
    const auto gone = leaves_of_one(old_nodes, new_nodes), fresh = leaves_of_one(new_nodes, old_nodes);
    if (gone.empty() && fresh.empty()) return;
    found.push_back({"fact", fact.name, "values", names_of(old_nodes, gone), names_of(new_nodes, fresh), !fresh.empty()});
  }
}

void compare_facts(const Vocabulary& before, const Vocabulary& after, std::vector<Reinterpreted>& found) {
  for (const Fact& fact : before.facts) {
    const auto other = after.find_fact(fact.name);
    if (!other) continue;
    const Fact& now = after.facts[*other];
    compare_types(before, fact, after, now, found);
    const auto shown = [](const Vocabulary& vocabulary, const Fact& each) {
      return each.fallback.missing() ? "" : to_string(vocabulary, each.type, each.fallback);
    };
    const std::string old_default = shown(before, fact), new_default = shown(after, now);
    if (old_default != new_default) found.push_back({"fact", fact.name, "default", old_default, new_default, false});
  }
  for (const Notice& notice : before.notices) {
    const auto other = after.find_notice(notice.name);
    if (other && after.notices[*other].version != notice.version)
      found.push_back({"notice", notice.name, "version", std::to_string(notice.version),
                       std::to_string(after.notices[*other].version), false});
  }
}

// Names of one that the other has not. Both are sorted by name.
void only(const auto& one, const auto& other, std::vector<std::string>& into) {
  for (const auto& each : one) {
    const auto at = std::lower_bound(other.begin(), other.end(), each.name,
                                     [](const auto& there, const std::string& name) { return there.name < name; });
    if (at == other.end() || at->name != each.name) into.push_back(each.name);
  }
}

VocabularyDifference::Names only(const Vocabulary& one, const Vocabulary& other) {
  VocabularyDifference::Names names;
  only(one.taxonomies[0].nodes, other.taxonomies[0].nodes, names.data);
  only(one.taxonomies[1].nodes, other.taxonomies[1].nodes, names.purpose);
  only(one.taxonomies[2].nodes, other.taxonomies[2].nodes, names.partner);
  only(one.facts, other.facts, names.facts);
  only(one.notices, other.notices, names.notices);
  return names;
}

}  // namespace

bool VocabularyDifference::Reinterpreted::may_widen() const {
  // A consent reaches what is new, or no longer separate, or joined earlier; what moved leaves a no behind; a profile
  // opens without a source; a default is read where nothing was said; and a fact has values that were refused.
  if (what == "new" || what == "in") return true;
  if (what == "separate") return after == "false";
  if (what == "since") return after.empty() || (!before.empty() && after < before);
  if (what == "derived-from") return true;
  return more_values || (what == "default" && !after.empty());
}

bool VocabularyDifference::more_values() const {
  return std::any_of(reinterprets.begin(), reinterprets.end(), [](const Reinterpreted& each) { return each.more_values; });
}

VocabularyDifference compare_vocabularies(const Vocabulary& before, const Vocabulary& after) {
  VocabularyDifference difference;
  difference.only_old = only(before, after);
  difference.only_new = only(after, before);
  for (std::size_t d = 0; d < 3; ++d)
    compare_nodes(d, before.taxonomies[d], after.taxonomies[d], difference.reinterprets);
  compare_facts(before, after, difference.reinterprets);
  for (std::size_t d = 0; d < 3; ++d)
    difference.disjoint = difference.disjoint || analysis::join(&before.taxonomies[d], &after.taxonomies[d]).size() == 0;
  return difference;
}

}  // namespace zweck
