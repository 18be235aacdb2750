// Attributes of nodes: what a node states itself, else what its parents have, else the default.
#include <fmt/format.h>

#include <algorithm>

#include "model/reader.hpp"
#include "model/vocabulary.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

constexpr std::uint32_t nowhere = UINT32_MAX;

class Inheritance {
 public:
  Inheritance(VocabularyErrors& errors, const Vocabulary& vocabulary, const Taxonomy& taxonomy, Attribute& attribute,
              const std::vector<OwnValue>& own)
      : errors_(errors), vocabulary_(vocabulary), taxonomy_(taxonomy), attribute_(attribute), own_(own) {}

  // `stated`: by node, the index into `own` of what it says itself, or nowhere.
  void fill(std::vector<std::uint32_t> origin) {
    for (const NodeId node : taxonomy_.topological())
      if (origin[node] == nowhere) origin[node] = from_parents(node, origin);
    if (!parents_agree_) return;  // without values nothing else is made of it than that error
    std::size_t size = 0;
    for (const std::uint32_t from : origin) size += from == nowhere ? 1 : 1 + own_[from].value.members.size();
    if (size > limits::attribute_values) {
      errors_.add("invalid-vocabulary",
                  fmt::format("attribute {} has more than {} values over all nodes", ticked(attribute_.name),
                              limits::attribute_values),
                  "sets are inherited by every node below: state them lower down, or name groups in them",
                  attribute_.span);
      return;
    }
    attribute_.values.reserve(origin.size());
    for (const std::uint32_t from : origin)
      attribute_.values.push_back(from == nowhere ? attribute_.fallback : own_[from].value);
  }

 private:
  // Parents without a value have no say; a default is no value of theirs.
  std::uint32_t from_parents(NodeId node, const std::vector<std::uint32_t>& origin) {
    std::uint32_t found = nowhere;
    NodeId found_at = 0;
    for (const NodeId parent : taxonomy_.nodes[node].parents) {
      const std::uint32_t from = origin[parent];
      if (from == nowhere || from == found) continue;
      if (found == nowhere) {
        found = from;
        found_at = parent;
      } else if (own_[from].value != own_[found].value) {
        disagree(node, found_at, found, parent, from);
        return nowhere;  // so that what is below is not blamed for the same
      }
    }
    return found;
  }

  void disagree(NodeId node, NodeId first, std::uint32_t first_from, NodeId second, std::uint32_t second_from) {
    parents_agree_ = false;
    if (errors_.full()) return errors_.add({}, {}, {}, {});  // counted only, so sets are not written out for it
    constexpr std::size_t shown_members = 8;
    const auto says = [&](NodeId parent, std::uint32_t from) {
      Value value = own_[from].value;
      const std::size_t further = value.members.size() - std::min(value.members.size(), shown_members);
      value.members.resize(value.members.size() - further);
      return errors_.related(
          fmt::format("{}{} by way of {}", ticked(to_string(vocabulary_, attribute_.type, value)),
                      further == 0 ? "" : fmt::format(" and {} more", further), ticked(taxonomy_.nodes[parent].name)),
          own_[from].span);
    };
    const std::string& name = taxonomy_.nodes[node].name;
    errors_.add("invalid-vocabulary",
                fmt::format("the parents of {} disagree about {}", ticked(name), ticked(attribute_.name)),
                fmt::format("give {} a value of its own", ticked(name)), taxonomy_.nodes[node].span,
                {says(first, first_from), says(second, second_from)});
  }

  VocabularyErrors& errors_;
  const Vocabulary& vocabulary_;
  const Taxonomy& taxonomy_;
  Attribute& attribute_;
  const std::vector<OwnValue>& own_;
  bool parents_agree_ = true;
};

}  // namespace

void inherit_attributes(VocabularyErrors& errors, Vocabulary& vocabulary, Dimension dimension,
                        const std::vector<OwnValue>& own) {
  const auto d = static_cast<std::size_t>(dimension);
  const Taxonomy& taxonomy = vocabulary.taxonomies[d];
  std::vector<std::vector<std::uint32_t>> stated(vocabulary.attributes[d].size());
  for (auto& nodes : stated) nodes.assign(taxonomy.nodes.size(), nowhere);
  for (std::uint32_t i = 0; i < own.size(); ++i) stated[own[i].attribute][own[i].node] = i;
  for (std::size_t a = 0; a < stated.size(); ++a)
    Inheritance(errors, vocabulary, taxonomy, vocabulary.attributes[d][a], own).fill(std::move(stated[a]));
}

}  // namespace zweck
