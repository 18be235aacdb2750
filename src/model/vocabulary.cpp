// TREES -> VOCABULARY: the sections of all files together, and what each defines.
#include "model/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "model/reader.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

constexpr std::array<std::string_view, 3> dimension_names{"data", "purpose", "partner"};
const std::vector<std::string_view> section_names{"data",       "purposes", "partners", "taxonomies",
                                                  "attributes", "facts",    "notices",  "obligations"};
// Words of types; a taxonomy of such a name could not be told from them.
constexpr std::string_view type_words[] = {"bool", "int", "string", "date",    "duration", "one",
                                           "of",   "set", "data",   "purpose", "partner"};
// Keys that a node has without declaring them; no attribute may have such a name in any dimension.
constexpr std::string_view node_keys[] = {"in",    "label",        "description", "deprecated",  "separate",
                                          "since", "derived-from", "special",     "volunteered", "first-party"};

using Entries = std::vector<const Tree*>;

class VocabularyBuilder {
 public:
  explicit VocabularyBuilder(const Sources& sources) : errors_(sources) {}

  Result<Vocabulary> build(const std::vector<Tree>& files) {
    for (const Tree& file : files) split(file);
    add_taxonomies();
    if (over_limit_) return errors_.take();
    add_attributes();
    add_facts();
    add_notices();
    add_obligations();
    if (over_limit_) return errors_.take();
    read_nodes(errors_, vocabulary_, node_trees_);
    if (!errors_.empty()) return errors_.take();
    return std::move(vocabulary_);
  }

 private:
  // --- Sections ---

  void split(const Tree& file) {
    if (file.kind == Tree::Kind::nothing && file.text.empty()) return;
    const auto* sections = read_map(errors_, file, "a vocabulary");
    if (!sections) return;
    for (const Tree& section : *sections) {
      if (section.key == "taxonomies" || section.key == "attributes") {
        const std::string what = ticked(section.key);
        if (const auto* parts = read_map(errors_, section, what))
          for (const Tree& part : *parts) add_part(section.key, part);
      } else if (section.key == "obligations") {
        add_obligations(section);
      } else if (std::find(section_names.begin(), section_names.end(), section.key) != section_names.end()) {
        add_entries(sections_[section.key], section);
      } else {
        unknown_key(errors_, section, section_names);
      }
    }
  }

  void add_part(const std::string& section, const Tree& part) {
    if (section == "taxonomies") {
      const bool fresh = !taxonomy_sections_.contains(part.key);
      if (fresh) {
        if (!check_name(errors_, part.key, part.key_span)) return;
        if (std::find(std::begin(type_words), std::end(type_words), part.key) != std::end(type_words)) {
          errors_.add("invalid-vocabulary", fmt::format("a taxonomy cannot be called `{}`", part.key),
                      "this word has a meaning in types", part.key_span);
          return;
        }
      }
      taxonomy_spans_.emplace(part.key, part.key_span);
      add_entries(taxonomy_sections_[part.key], part);
      return;
    }
    const auto dimension = std::find(dimension_names.begin(), dimension_names.end(), part.key);
    if (dimension == dimension_names.end())
      unknown_key(errors_, part, {dimension_names.begin(), dimension_names.end()});
    else
      add_entries(attribute_sections_[static_cast<std::size_t>(dimension - dimension_names.begin())], part);
  }

  void add_entries(Entries& entries, const Tree& section) {
    if (const auto* items = read_map(errors_, section, ticked(section.key)))
      for (const Tree& item : *items) entries.push_back(&item);
  }

  // The list is made to look like a map from names to nothing.
  void add_obligations(const Tree& section) {
    if (section.kind != Tree::Kind::list) {
      errors_.add("invalid-vocabulary", takes("`obligations`", "a list", section), "write `[log, pseudonymise]`",
                  section.span);
      return;
    }
    for (const Tree& item : section.items) {
      if (!item.is_text()) {
        errors_.add("type-mismatch", fmt::format("an obligation is a name, not {}", shown(item)), {}, item.span);
        continue;
      }
      Tree entry;
      entry.key = item.text;
      entry.key_span = item.span;
      obligation_trees_.push_back(std::move(entry));
    }
  }

  // The entries by name, each name once.
  Entries define(Entries entries, const std::string& kind, const std::string& kinds, std::size_t most) {
    if (entries.size() > most) {
      errors_.add("invalid-vocabulary", fmt::format("more than {} {}", most, kinds), {}, entries[most]->key_span);
      over_limit_ = true;
      return {};
    }
    std::erase_if(entries, [&](const Tree* entry) { return !check_name(errors_, entry->key, entry->key_span); });
    const auto path = [&](const Tree* tree) -> const std::string& {
      return errors_.sources()[tree->key_span.file].path;
    };
    std::sort(entries.begin(), entries.end(), [&](const Tree* a, const Tree* b) {
      if (a->key != b->key) return a->key < b->key;
      return std::tie(path(a), a->key_span.begin) < std::tie(path(b), b->key_span.begin);
    });
    Entries unique;
    for (const Tree* entry : entries) {
      if (unique.empty() || unique.back()->key != entry->key) {
        unique.push_back(entry);
        continue;
      }
      errors_.add("duplicate-name", fmt::format("{} {} is defined twice", kind, ticked(entry->key)),
                  "give one of the two another name", entry->key_span,
                  {errors_.related("it is defined here first", unique.back()->key_span)});
    }
    return unique;
  }

  // --- What the sections define ---

  void add_taxonomies() {
    if (taxonomy_sections_.size() > limits::taxonomies) {
      errors_.add("invalid-vocabulary", fmt::format("more than {} taxonomies", limits::taxonomies), {},
                  taxonomy_spans_.rbegin()->second);
      over_limit_ = true;
      return;
    }
    add_taxonomy("data", std::move(sections_["data"]));
    add_taxonomy("purpose", std::move(sections_["purposes"]));
    add_taxonomy("partner", std::move(sections_["partners"]));
    for (auto& [name, entries] : taxonomy_sections_) add_taxonomy(name, std::move(entries));
  }

  void add_taxonomy(std::string name, Entries entries) {
    Taxonomy taxonomy;
    taxonomy.name = std::move(name);
    const std::string kind = kind_of(taxonomy);
    const std::string kinds = kind.starts_with("node of") ? "nodes" + kind.substr(4) : kind + "s";
    entries = define(std::move(entries), kind, kinds, limits::taxonomy_nodes);
    taxonomy.nodes.reserve(entries.size());
    for (const Tree* entry : entries) {
      Node& node = taxonomy.nodes.emplace_back();
      node.name = entry->key;
      node.span = entry->key_span;
    }
    vocabulary_.taxonomies.push_back(std::move(taxonomy));
    node_trees_.push_back(std::move(entries));
  }

  void add_attributes() {
    const auto add_builtin = [&](std::size_t dimension, std::string_view name) {
      Attribute& attribute = vocabulary_.attributes[dimension].emplace_back();
      attribute.name = name;
      attribute.fallback = Value::single(0);
      attribute.builtin = true;
    };
    add_builtin(0, "special");
    add_builtin(0, "volunteered");
    add_builtin(2, "first-party");
    for (std::size_t d = 0; d < 3; ++d) {
      const std::string kind = fmt::format("attribute of `{}`", dimension_names[d]);
      const Entries entries = define(std::move(attribute_sections_[d]), kind,
                                     fmt::format("attributes of `{}`", dimension_names[d]), limits::attributes);
      for (const Tree* entry : entries) {
        if (std::find(std::begin(node_keys), std::end(node_keys), entry->key) != std::end(node_keys)) {
          errors_.add("invalid-vocabulary", fmt::format("an attribute cannot be called `{}`", entry->key),
                      "this key has a meaning of its own", entry->key_span);
          continue;
        }
        Attribute& attribute = vocabulary_.attributes[d].emplace_back();
        attribute.name = entry->key;
        attribute.span = entry->key_span;
        attribute.type.kind = TypeKind::choice;  // of nothing, so far: see read_attribute()
        auto type = read_type(errors_, vocabulary_, *entry, fmt::format("attribute {}", ticked(entry->key)));
        if (!type) continue;
        attribute.type = std::move(type->type);
        attribute.fallback = std::move(type->fallback);
      }
    }
  }

  void add_facts() {
    for (const Tree* entry : define(std::move(sections_["facts"]), "fact", "facts", limits::facts)) {
      auto type = read_type(errors_, vocabulary_, *entry, fmt::format("fact {}", ticked(entry->key)));
      if (!type) continue;
      vocabulary_.facts.push_back({entry->key, std::move(type->type), std::move(type->fallback), entry->key_span});
    }
  }

  void add_notices() {
    for (const Tree* entry : define(std::move(sections_["notices"]), "notice", "notices", limits::notices)) {
      const std::string what = fmt::format("notice {}", ticked(entry->key));
      if (entry->kind != Tree::Kind::map) {
        errors_.add("invalid-vocabulary", takes(what, "keys", *entry), "write `{version: 1}`", entry->span);
        continue;
      }
      Notice notice;
      notice.name = entry->key;
      notice.span = entry->key_span;
      bool has_version = false;
      for (const Tree& field : entry->items) {
        if (field.key == "version") {
          has_version = true;
          const auto version = field.kind == Tree::Kind::plain ? parse_integer(field.text) : std::nullopt;
          if (!version || *version < 1)
            errors_.add("type-mismatch", takes("`version`", "an integer from 1", field), {}, field.span);
          else
            notice.version = *version;
        } else if (field.key == "label") {
          if (auto labels = read_labels(errors_, field, "`label`")) notice.label = *std::move(labels);
        } else if (field.key == "description") {
          if (auto labels = read_labels(errors_, field, "`description`")) notice.description = *std::move(labels);
        } else if (field.key == "url") {
          if (auto url = read_text(errors_, field, "`url`")) notice.url = *std::move(url);
        } else {
          unknown_key(errors_, field, {"version", "label", "description", "url"});
        }
      }
      if (!has_version)
        errors_.add("invalid-vocabulary", fmt::format("{} has no `version`", what), "write `version: 1`",
                    entry->key_span);
      vocabulary_.notices.push_back(std::move(notice));
    }
  }

  void add_obligations() {
    Entries entries;
    for (const Tree& tree : obligation_trees_) entries.push_back(&tree);
    for (const Tree* entry : define(std::move(entries), "obligation", "obligations", limits::obligations))
      vocabulary_.obligations.push_back({entry->key, entry->key_span});
  }

  VocabularyErrors errors_;
  Vocabulary vocabulary_;
  std::map<std::string, Entries> sections_;
  std::map<std::string, Entries> taxonomy_sections_;
  std::map<std::string, Span> taxonomy_spans_;
  std::array<Entries, 3> attribute_sections_;
  std::vector<Tree> obligation_trees_;
  NodeTrees node_trees_;
  bool over_limit_ = false;
};

template <class Items>
std::optional<std::uint32_t> find_by_name(const Items& items, std::string_view name) {
  const auto found =
      std::lower_bound(items.begin(), items.end(), name, [](const auto& a, std::string_view b) { return a.name < b; });
  if (found == items.end() || found->name != name) return std::nullopt;
  return static_cast<std::uint32_t>(found - items.begin());
}

}  // namespace

Result<Vocabulary> read_vocabulary(const Sources& sources, const std::vector<Tree>& files) {
  return VocabularyBuilder(sources).build(files);
}

std::int64_t Vocabulary::intern(std::string_view text) {
  const auto [entry, added] = string_ids.try_emplace(std::string(text), static_cast<std::int64_t>(strings.size()));
  if (added) strings.emplace_back(text);
  return entry->second;
}

std::optional<std::int64_t> Vocabulary::find_string(std::string_view text) const {
  const auto entry = string_ids.find(std::string(text));
  if (entry == string_ids.end()) return std::nullopt;
  return entry->second;
}

std::optional<FactId> Vocabulary::find_fact(std::string_view name) const { return find_by_name(facts, name); }
std::optional<NoticeId> Vocabulary::find_notice(std::string_view name) const { return find_by_name(notices, name); }
std::optional<ObligationId> Vocabulary::find_obligation(std::string_view name) const {
  return find_by_name(obligations, name);
}

// The built-in attributes come first, the others by name.
std::optional<std::uint32_t> Vocabulary::find_attribute(Dimension dimension, std::string_view name) const {
  const std::vector<Attribute>& all = attributes[static_cast<std::size_t>(dimension)];
  for (std::uint32_t i = 0; i < all.size() && all[i].builtin; ++i)
    if (all[i].name == name) return i;
  const auto declared = std::find_if(all.begin(), all.end(), [](const Attribute& a) { return !a.builtin; });
  const std::span<const Attribute> rest(declared, all.end());
  const auto found = find_by_name(rest, name);
  if (!found) return std::nullopt;
  return static_cast<std::uint32_t>(declared - all.begin()) + *found;
}

}  // namespace zweck
