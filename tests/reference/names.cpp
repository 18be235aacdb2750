// Section 2: what is below what, and which attributes a node has.
#include "reference/reference.hpp"

namespace reference {
namespace {

void climb(const Taxonomy& taxonomy, const std::string& node, Set& seen) {
  if (!seen.insert(node).second) return;
  for (const std::string& parent : taxonomy.at(node).in) climb(taxonomy, parent, seen);
}

bool has_below(const Taxonomy& taxonomy, const std::string& node) {
  for (const auto& [name, other] : taxonomy)
    for (const std::string& parent : other.in)
      if (parent == node) return true;
  return false;
}

}  // namespace

Reference::Reference(const World& world) : world_(world) {
  for (const auto& [name, taxonomy] : world.taxonomies) {
    for (const auto& [node, content] : taxonomy) climb(taxonomy, node, above_[name][node]);
    for (const auto& [node, content] : taxonomy) {
      leaves_[name][node];
      if (has_below(taxonomy, node)) continue;
      for (const std::string& upper : above_[name][node]) leaves_[name][upper].insert(node);
    }
  }
  for (const Rule& rule : world.rules) rules_[rule.name] = &rule;
}

bool Reference::knows(const std::string& taxonomy, const std::string& node) const {
  return world_.taxonomies.at(taxonomy).contains(node);
}

const Set& Reference::at_or_above(const std::string& taxonomy, const std::string& node) const {
  return above_.at(taxonomy).at(node);
}

const Set& Reference::leaves(const std::string& taxonomy, const std::string& node) const {
  return leaves_.at(taxonomy).at(node);
}

bool Reference::at_or_below(const std::string& taxonomy, const std::string& lower, const std::string& upper) const {
  return at_or_above(taxonomy, lower).contains(upper);
}

Set Reference::all_leaves(const std::string& taxonomy) const {
  Set result;
  for (const auto& [node, content] : world_.taxonomies.at(taxonomy))
    if (leaves(taxonomy, node) == Set{node}) result.insert(node);
  return result;
}

Set Reference::sources(const std::string& leaf) const {
  Set result, open{leaf};
  while (!open.empty()) {
    const std::string data = *open.begin();
    open.erase(open.begin());
    for (const std::string& upper : at_or_above("data", data))
      for (const std::string& from : world_.taxonomies.at("data").at(upper).derived_from)
        for (const std::string& source : leaves("data", from))
          if (result.insert(source).second) open.insert(source);
  }
  return result;
}

Declared declared(const World& world, const std::string& dimension, const std::string& attribute) {
  const bool built_in = (dimension == "data" && (attribute == "special" || attribute == "volunteered")) ||
                        (dimension == "partner" && attribute == "first-party");
  if (built_in) return {Type{}, Value(false)};
  return world.attributes.at(dimension).at(attribute);
}

std::optional<Value> Reference::inherited(const std::string& dimension, const std::string& name,
                                          const std::string& node) const {
  const Node& content = world_.taxonomies.at(dimension).at(node);
  if (content.attributes.contains(name)) return content.attributes.at(name);
  for (const std::string& parent : content.in)
    if (const auto value = inherited(dimension, name, parent)) return value;
  return std::nullopt;
}

std::optional<Value> Reference::attribute(const std::string& dimension, const std::string& name,
                                          const std::string& node) const {
  if (const auto value = inherited(dimension, name, node)) return value;
  return declared(world_, dimension, name).fallback;
}

bool Reference::disagrees(const std::string& dimension, const std::string& name, const std::string& node) const {
  const Node& content = world_.taxonomies.at(dimension).at(node);
  if (content.attributes.contains(name)) return false;
  std::optional<Value> first;
  for (const std::string& parent : content.in) {
    const auto value = inherited(dimension, name, parent);
    if (value && first && *value != *first) return true;
    if (value) first = value;
  }
  return false;
}

bool Reference::special(const std::string& data) const { return attribute("data", "special", data) == Value(true); }

}  // namespace reference
