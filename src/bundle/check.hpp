// Whether a bundle that has the right checksum is one that we could have written, as far as safety goes: after these
// checks no number in it leads out of an array, no loop runs on for ever, and no value lies outside its type.
#pragma once

#include <optional>
#include <string_view>

#include "bundle/archive.hpp"
#include "engine/index.hpp"

namespace zweck::bundle {

// What contradicts the rest, for people: "a rule refers to what is not there". Nothing if all is well.
using Flaw = std::optional<std::string_view>;

// In this order, each only after those before it. First every reference of every row, and single rows …
Flaw check_refs(const Archive& archive);
Flaw check_rows(const Archive& archive);
// … then the model unpacked from them, its taxonomies closed …
Flaw check_base(const Archive& archive, const Model& base);
// … the rules that were not unpacked …
Flaw check_rules(const Archive& archive, const Model& base);
// … and the index.
Flaw check_index(const Index& index, const Archive& archive, const Model& base);

}  // namespace zweck::bundle
