// The leaves of a taxonomy that all sides know, under one numbering. A side is one policy set under analysis: assertions
// and checks look at one, a difference at two.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/model.hpp"

namespace zweck::analysis {

constexpr std::uint32_t nowhere = UINT32_MAX;
constexpr std::size_t max_sides = 2;

struct Leaves {
  std::vector<std::array<NodeId, max_sides>> ids;          // by joint leaf, sorted by name
  std::array<std::vector<std::uint32_t>, max_sides> of;    // by NodeId of a side: the joint leaf, or nowhere
  std::array<const Taxonomy*, max_sides> taxonomies{};     // none where the side does not exist
  std::size_t size() const { return ids.size(); }

  // The fewest nodes that together stand for these joint leaves (sorted) and no others: a group for all its leaves where
  // it means the same on all sides. By the names of a side, sorted by name.
  std::vector<NodeId> named(const std::vector<std::uint32_t>& leaves, std::size_t side) const;
  // The joint leaves at or below a node of a side, sorted.
  std::vector<std::uint32_t> below(std::size_t side, NodeId node) const;
};

// The leaves by name that each of the taxonomies has as a leaf; one of them may be absent.
Leaves join(const Taxonomy* first, const Taxonomy* second);

// Elements 0 … size - 1 split into classes by one set after the other.
class Partition {
 public:
  explicit Partition(std::size_t size) : of_(size, 0), sizes_{static_cast<std::uint32_t>(size)} {}

  // Tells the elements of the set from the others.
  void split(std::span<const std::uint32_t> set);
  // Tells elements of different keys apart, one key per element.
  void split_by(const std::vector<std::uint32_t>& keys);
  void split_all();

  struct Classes {
    std::vector<std::uint32_t> of;                    // by element
    std::vector<std::vector<std::uint32_t>> members;  // by class; each sorted, classes by their least member
    std::size_t size() const { return members.size(); }
  };
  Classes classes() const;

 private:
  std::vector<std::uint32_t> of_, sizes_;
  std::vector<std::uint32_t> moved_to_, moved_;  // scratch, by class
};

}  // namespace zweck::analysis
