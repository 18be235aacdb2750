// A strict tree of text, lists and maps: what YAML and JSON have in common. Nothing is interpreted here:
// the reader of the tree knows which type it expects and reads the text by it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/source.hpp"

namespace zweck {

struct Tree {
  enum class Kind : std::uint8_t {
    nothing,  // an empty YAML document or value, `null` or `~` where written plain; see `text`
    plain,    // YAML plain scalar, JSON number or bool: `text` as written
    quoted,   // YAML quoted or block scalar, JSON string: `text` without quotes and escapes
    list,     // `items`
    map       // `items`, each with a `key`; keys are unique (a duplicate is an error of reading)
  };
  Kind kind = Kind::nothing;
  std::string text;  // scalars; for `nothing` what was written ("", "null", "~")
  Span span;
  std::string key;
  Span key_span;
  bool key_quoted = false;
  bool literal = false;  // a JSON number or bool (`plain` too): never text, whatever type is expected
  std::vector<Tree> items;

  bool is_scalar() const { return kind == Kind::plain || kind == Kind::quoted; }
  bool is_text() const { return is_scalar() && !literal; }
};

// One YAML document or none. Refused, each with its place: anchors, aliases, tags, merge keys, duplicate keys, keys that
// are no scalars, a second document, trailing text, directives, nesting beyond limits::tree_nesting.
// The check is "invalid-vocabulary" for vocabularies and tests alike ("syntax-error" for malformed YAML).
Result<Tree> read_yaml(const Sources& sources, std::uint32_t file);

// One JSON value. Refused: duplicate keys, depth, numbers beyond a double, lone surrogates, anything after the value.
// `null` becomes Kind::nothing with the text "null". Messages are without a place: `Place::file` is empty.
Result<Tree> read_json(std::string_view text);

}  // namespace zweck
