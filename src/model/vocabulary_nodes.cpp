// The keys of nodes: parents, labels, what is special about them, and the values of their attributes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "model/reader.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

constexpr std::array<std::string_view, 3> section_of{"data nodes", "purposes", "partners"};

class NodeReader {
 public:
  NodeReader(VocabularyErrors& errors, Vocabulary& vocabulary, std::size_t taxonomy, std::vector<OwnValue>& own)
      : errors_(errors),
        vocabulary_(vocabulary),
        index_(taxonomy),
        taxonomy_(vocabulary.taxonomies[taxonomy]),
        own_(own) {
    keys_ = {"in", "label", "description", "deprecated"};
    if (index_ < 3) {
      keys_.insert(keys_.end(), {"separate", "since"});
      if (index_ == 0) keys_.push_back("derived-from");
      const std::vector<Attribute>& attributes = vocabulary.attributes[index_];
      for (std::uint32_t i = 0; i < attributes.size(); ++i) {
        keys_.push_back(attributes[i].name);
        attributes_.emplace(attributes[i].name, i);
      }
    }
  }

  void read(NodeId id, const Tree& tree) {
    Node& node = taxonomy_.nodes[id];
    if (tree.kind == Tree::Kind::nothing && tree.text.empty()) return;
    if (tree.kind != Tree::Kind::map) {
      errors_.add("invalid-vocabulary",
                  fmt::format("{} {} takes keys, not {}", kind_of(taxonomy_), ticked(node.name), shown(tree)),
                  tree.is_text() ? fmt::format("write `{{in: {}}}` for a parent", written_name(tree.text))
                                 : "write `{}` if there is nothing to say",
                  tree.span);
      return;
    }
    for (const Tree& field : tree.items) read(id, node, field);
  }

 private:
  void read(NodeId id, Node& node, const Tree& field) {
    if (field.key == "in") {
      node.parents = read_names(field, taxonomy_, limits::node_parents);
    } else if (field.key == "label") {
      if (auto labels = read_labels(errors_, field, "`label`")) node.label = *std::move(labels);
    } else if (field.key == "description") {
      if (auto labels = read_labels(errors_, field, "`description`")) node.description = *std::move(labels);
    } else if (field.key == "deprecated") {
      node.deprecated = read_deprecated(field);
    } else if (index_ < 3 && field.key == "separate") {
      node.separate = read_bool(errors_, field, "`separate`").value_or(false);
    } else if (index_ < 3 && field.key == "since") {
      node.since = read_since(field);
    } else if (index_ == 0 && field.key == "derived-from") {
      node.derived_from = read_names(field, taxonomy_, limits::taxonomy_nodes);
    } else if (const auto attribute = attributes_.find(field.key); attribute != attributes_.end()) {
      read_attribute(id, attribute->second, field);
    } else {
      unknown(field);
    }
  }

  void unknown(const Tree& field) {
    std::string elsewhere;
    if (index_ >= 3 && (field.key == "separate" || field.key == "since"))
      elsewhere = fmt::format("only data nodes, purposes and partners have `{}`", field.key);
    if (field.key == "derived-from") elsewhere = "only data nodes have `derived-from`";
    for (std::size_t other = 0; other < 3; ++other)
      if (other != index_ && vocabulary_.find_attribute(static_cast<Dimension>(other), field.key))
        elsewhere = fmt::format("only {} have `{}`", section_of[other], field.key);
    if (!elsewhere.empty()) {
      errors_.add("unknown-name", fmt::format("unknown key {}", ticked(field.key)), std::move(elsewhere),
                  field.key_span);
    } else {
      constexpr std::size_t shown_keys = 16;
      const std::vector<std::string_view> shown(keys_.begin(), keys_.begin() + std::min(keys_.size(), shown_keys));
      unknown_key(errors_, field, keys_,
                  fmt::format("the keys are `{}`{}; one of your own is declared under `attributes`",
                              fmt::join(shown, "`, `"), keys_.size() > shown_keys ? ", …" : ""));
    }
  }

  // One name or a list of names of the same taxonomy.
  std::vector<NodeId> read_names(const Tree& field, const Taxonomy& taxonomy, std::size_t most) {
    std::vector<std::pair<NodeId, const Tree*>> found;
    const auto add = [&](const Tree& name) {
      if (!name.is_text()) {
        errors_.add("type-mismatch", takes(ticked(field.key), "a name or a list of names", name), {}, name.span);
      } else if (const auto node = taxonomy.find(name.text)) {
        found.emplace_back(*node, &name);
      } else {
        unknown_node(name, taxonomy);
      }
    };
    if (field.kind != Tree::Kind::list) {
      add(field);
    } else if (field.items.empty()) {
      errors_.add("invalid-vocabulary", fmt::format("`{}` is an empty list", field.key), "leave the key out",
                  field.span);
    } else if (field.items.size() > most) {
      errors_.add("invalid-vocabulary", fmt::format("`{}` has more than {} names", field.key, most), {}, field.span);
    } else {
      std::for_each(field.items.begin(), field.items.end(), add);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<NodeId> ids;
    for (const auto& [id, name] : found) {
      if (!ids.empty() && ids.back() == id)
        errors_.add("duplicate-name", fmt::format("{} stands here twice", ticked(name->text)), {}, name->span);
      else
        ids.push_back(id);
    }
    return ids;
  }

  void unknown_node(const Tree& name, const Taxonomy& taxonomy) {
    if (errors_.full()) return errors_.add({}, {}, {}, {});  // counted only, so nothing is looked up for it
    std::string elsewhere;
    for (const Taxonomy& other : vocabulary_.taxonomies)
      if (elsewhere.empty() && other.find(name.text))
        elsewhere = fmt::format("{} is a {}", ticked(name.text), kind_of(other));
    errors_.add("unknown-name", fmt::format("there is no {} {}", thing_of(taxonomy), ticked(name.text)),
                elsewhere.empty() ? suggestion(errors_, name.text, taxonomy.names()) : elsewhere, name.span);
  }

  std::optional<std::string> read_deprecated(const Tree& field) {
    if (field.kind == Tree::Kind::plain) {
      if (field.text == "true") return "";
      if (field.text == "false") return std::nullopt;
      for (const std::string_view word : {"yes", "Yes", "YES",  "no",   "No",    "NO",    "on", "On", "ON", "off",
                                          "Off", "OFF", "True", "TRUE", "False", "FALSE", "y",  "Y",  "n",  "N"}) {
        if (field.text != word) continue;
        errors_.add("type-mismatch", fmt::format("`deprecated` takes `true`, `false` or a text, not `{}`", word),
                    "put it in quotes if it is meant as text", field.span);
        return std::nullopt;
      }
    }
    return read_text(errors_, field, "`deprecated`");
  }

  std::optional<Date> read_since(const Tree& field) {
    const auto date = field.is_text() ? parse_date(field.text) : std::nullopt;
    if (!date)
      errors_.add("type-mismatch", takes("`since`", "a date", field), "write a day that exists, such as `2026-06-01`",
                  field.span);
    return date;
  }

  void read_attribute(NodeId id, std::uint32_t attribute, const Tree& field) {
    const Type& type = vocabulary_.attributes[index_][attribute].type;
    // Its type could not be read, which is said there; the nodes that use it are not to blame.
    if (type.kind == TypeKind::choice && type.choices.empty()) return;
    if (errors_.full()) return;  // nothing more would be shown, and nothing is kept
    auto value = read_own_value(vocabulary_, type, field, errors_.sources(), ticked(field.key));
    if (value)
      own_.push_back({attribute, id, *std::move(value), field.span});
    else
      errors_.add(std::move(value).diagnostics());
  }

  VocabularyErrors& errors_;
  Vocabulary& vocabulary_;
  std::size_t index_;
  Taxonomy& taxonomy_;
  std::vector<OwnValue>& own_;
  std::vector<std::string_view> keys_;
  std::unordered_map<std::string_view, std::uint32_t> attributes_;
};

// False if a node stands too deep; the first such node is named.
bool check_levels(VocabularyErrors& errors, const Taxonomy& taxonomy) {
  std::vector<std::size_t> level(taxonomy.nodes.size(), 1);
  for (const NodeId node : taxonomy.topological()) {
    for (const NodeId parent : taxonomy.nodes[node].parents) level[node] = std::max(level[node], level[parent] + 1);
    if (level[node] <= limits::taxonomy_levels) continue;
    errors.add("invalid-vocabulary",
               fmt::format("{} {} stands more than {} levels deep", kind_of(taxonomy),
                           ticked(taxonomy.nodes[node].name), limits::taxonomy_levels),
               {}, taxonomy.nodes[node].span);
    return false;
  }
  return true;
}

}  // namespace

void read_nodes(VocabularyErrors& errors, Vocabulary& vocabulary, const NodeTrees& trees) {
  for (std::size_t i = 0; i < vocabulary.taxonomies.size(); ++i) {
    Taxonomy& taxonomy = vocabulary.taxonomies[i];
    std::vector<OwnValue> own;
    NodeReader reader(errors, vocabulary, i, own);
    for (NodeId node = 0; node < taxonomy.nodes.size(); ++node) reader.read(node, *trees[i][node]);

    if (!check_hierarchy(errors, taxonomy, trees[i])) continue;
    if (i == 0 && !check_sources(errors, taxonomy, trees[i])) continue;
    const bool closed = taxonomy.close();
    if (!check_levels(errors, taxonomy)) continue;
    if (!closed) {
      errors.add("invalid-vocabulary",
                 fmt::format("the hierarchy of {} has more than {} pairs of nodes one above the other, or of data and "
                             "its sources",
                             ticked(taxonomy.name), limits::taxonomy_closure),
                 {}, taxonomy.nodes.front().span);
      continue;
    }
    if (i < 3) inherit_attributes(errors, vocabulary, static_cast<Dimension>(i), own);
  }
}

}  // namespace zweck
