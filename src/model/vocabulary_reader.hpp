// What the parts of reading a vocabulary share: the errors found so far, names, texts and labels.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"
#include "text/tree.hpp"

namespace zweck {

class VocabularyErrors {
 public:
  explicit VocabularyErrors(const Sources& sources) : sources_(sources) {}

  void add(std::string check, std::string message, std::string help, Span at, std::vector<Related> related = {});
  void add(Diagnostics found);
  // Past the limit errors are counted only, so that nothing need be looked up for them.
  bool full() const;
  bool empty() const { return errors_.empty(); }
  // Whether one more name may be compared with this many for a suggestion: bounded for all errors together.
  bool may_compare(std::size_t names) const;
  // By file and place.
  Diagnostics take();

  const Sources& sources() const { return sources_; }
  Related related(std::string message, Span at) const { return {std::move(message), sources_.place(at)}; }

 private:
  const Sources& sources_;
  Diagnostics errors_;
  std::size_t further_ = 0;
  mutable std::size_t compared_ = 0;
};

// Matches `[A-Za-z][A-Za-z0-9._-]*` and does not end in `.` or `-`: needs no quotes.
bool is_plain_name(std::string_view text);
// The name as it stands in a type: in quotes if it is not plain.
std::string written_name(std::string_view name);
// An integer as the language writes it: decimal, without leading zeros, 64 bits.
std::optional<std::int64_t> parse_integer(std::string_view text);
// Whether the text may be a name at all; says so if not.
bool check_name(VocabularyErrors& errors, const std::string& name, Span at);

// What a tree is, for messages: "`x`", "a list", "`null`", "nothing".
std::string shown(const Tree& tree);
// "`separate` takes `true` or `false`, not `yes`", or that it has no value at all.
std::string takes(std::string_view what, std::string_view expected, const Tree& tree);
// The help for a name that is not known.
std::string suggestion(const VocabularyErrors& errors, std::string_view name,
                       const std::vector<std::string_view>& known, std::string otherwise = {});
void unknown_key(VocabularyErrors& errors, const Tree& field, const std::vector<std::string_view>& known,
                 std::string otherwise = {});

// Each of these says what is wrong if there is nothing to give back. `what` names the value in messages.
const std::vector<Tree>* read_map(VocabularyErrors& errors, const Tree& tree, std::string_view what);
std::optional<std::string> read_text(VocabularyErrors& errors, const Tree& tree, std::string_view what);
std::optional<bool> read_bool(VocabularyErrors& errors, const Tree& tree, std::string_view what);
std::optional<Labels> read_labels(VocabularyErrors& errors, const Tree& tree, std::string_view what);

struct TypeAndDefault {
  Type type;
  Value fallback;
};
// A type with an optional default: "int 0..5 = 0". The taxonomies must have their nodes already. Strings are interned.
std::optional<TypeAndDefault> read_type(VocabularyErrors& errors, Vocabulary& vocabulary, const Tree& tree,
                                        const std::string& what);
// As read_value(), but a string becomes known by it.
Result<Value> read_own_value(Vocabulary& vocabulary, const Type& type, const Tree& tree, const Sources& sources,
                             const std::string& what);

// Where each node is written, by taxonomy and NodeId.
using NodeTrees = std::vector<std::vector<const Tree*>>;

// The keys of all nodes: fills Node and the attributes' values; checks the hierarchies and closes them.
void read_nodes(VocabularyErrors& errors, Vocabulary& vocabulary, const NodeTrees& trees);

// The value that a node itself states for an attribute.
struct OwnValue {
  std::uint32_t attribute = 0;  // index into Vocabulary::attributes[dimension]
  NodeId node = 0;
  Value value;
  Span span;
};
// Fills Attribute::values from what nodes state, what they inherit, and the defaults. The taxonomy must be closed.
void inherit_attributes(VocabularyErrors& errors, Vocabulary& vocabulary, Dimension dimension,
                        const std::vector<OwnValue>& own);

// Unknown or repeated names must be out already. False, with an error for each cycle, if there are any.
bool check_hierarchy(VocabularyErrors& errors, const Taxonomy& taxonomy, const std::vector<const Tree*>& trees);
// No leaf may be among its own sources. The taxonomy's children are not needed.
bool check_sources(VocabularyErrors& errors, const Taxonomy& data, const std::vector<const Tree*>& trees);

// "data node", "purpose", "partner", "node of `region`".
std::string kind_of(const Taxonomy& taxonomy);
// `germany` of taxonomy `region` for messages of what is not there: "data node", "purpose", "partner", "region".
std::string_view thing_of(const Taxonomy& taxonomy);

}  // namespace zweck
