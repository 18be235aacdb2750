// Whether a bundle is one that we could have written, as far as safety goes, whatever its bytes are: after these
// checks no number in it leads out of an array, no loop runs on for ever, and no value lies outside its type.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "bundle/archive.hpp"
#include "bundle/refs.hpp"
#include "engine/index.hpp"

namespace zweck::bundle {

// What contradicts the rest, for people: "a rule refers to what is not there". Nothing if all is well.
using Flaw = std::optional<std::string_view>;

constexpr std::string_view nowhere = "something refers to what is not there";
constexpr std::string_view several = "several refer to what belongs to one";

Flaw check_texts(const Archive& archive);

// Makes what deciding needs of the model, its taxonomies closed, from rows that fit. `refs` then knows what they refer to.
Flaw check_base(const Archive& archive, Refs& refs, Model& base);

// The other rows: rules, assertions, labels, places. In parts, of which several can be checked at once.
class RuleChecks {
 public:
  explicit RuleChecks(const Archive& archive);

  std::size_t parts() const { return parts_.size(); }
  void check(std::size_t part);
  // Once all parts are checked, with what the rows of the base refer to.
  Flaw flaw(Refs refs) const;
  // Of each rule.
  std::span<const Duty> duties() const { return duties_; }

 private:
  struct Part {
    Refs refs;
    std::uint64_t condition_rows = 0;  // of all conditions, with their parts
    Flaw flaw;
  };

  bool is_sound(const BoxRow& row) const;
  bool is_sound(const RuleRow& row) const;

  const Archive& archive_;
  std::array<std::size_t, 3> nodes_{};  // of data, purposes, partners
  std::vector<Part> parts_;
  std::vector<Duty> duties_;
};

// After these, and only if they found nothing.
Flaw check_index(const Index& index, std::span<const Duty> duties_of_rules, const Model& base, std::size_t threads);

}  // namespace zweck::bundle
