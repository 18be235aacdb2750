#include <algorithm>
#include <bit>
#include <string>
#include <unordered_map>

#include "engine/compile/rows.hpp"
#include "model/evaluate.hpp"

namespace zweck {

bool one_sided(const Box& box) {
  return std::count_if(box.sides.begin(), box.sides.end(), [](const NodeSet& side) { return !side.any; }) == 1;
}

namespace {

constexpr std::uint32_t block_bits = block_words * 64;

SparseRow row_of(std::vector<std::uint32_t>& bits) {
  std::sort(bits.begin(), bits.end());
  SparseRow row;
  for (const std::uint32_t bit : bits) {
    if (row.empty() || row.back().first != bit / block_bits) row.push_back({bit / block_bits, {}});
    row.back().second.set(bit % block_bits);
  }
  return row;
}

void merge(SparseRow& row, const SparseRow& other) {
  if (other.empty()) return;
  if (row.empty()) {
    row = other;
    return;
  }
  SparseRow both;
  both.reserve(row.size() + other.size());
  auto a = row.begin();
  auto b = other.begin();
  while (a != row.end() || b != other.end()) {
    if (b == other.end() || (a != row.end() && a->first < b->first)) {
      both.push_back(*a++);
    } else if (a == row.end() || b->first < a->first) {
      both.push_back(*b++);
    } else {
      both.push_back(*a++);
      both.back().second |= (b++)->second;
    }
  }
  row = std::move(both);
}

// Bits of all blocks, for taking away from rows.
class DenseRow {
 public:
  explicit DenseRow(std::uint32_t blocks) : blocks_(blocks) {}
  void set(std::uint32_t bit) { blocks_[bit / block_bits].set(bit % block_bits); }
  const Block& operator[](std::uint32_t block) const { return blocks_[block]; }

 private:
  std::vector<Block> blocks_;
};

class SideBuilder {
 public:
  SideBuilder(Compilation& compilation, std::size_t d)
      : compilation_(compilation),
        vocabulary_(compilation.model.vocabulary),
        d_(d),
        taxonomy_(vocabulary_.taxonomies[d]),
        index_(compilation.index),
        at_(taxonomy_.nodes.size()),
        except_at_(taxonomy_.nodes.size()),
        ordinary_only_(index_.blocks),
        special_only_(index_.blocks) {}

  void build() {
    collect();
    const std::size_t nodes = taxonomy_.nodes.size();
    row_of_.assign(nodes, no_row);
    std::vector<SparseRow> in(nodes), out(nodes);
    for (const NodeId node : taxonomy_.topological()) {
      const auto& parents = taxonomy_.nodes[node].parents;
      const bool leaf = taxonomy_.is_leaf(node);
      std::string key;
      if (leaf) {
        find_truths(node);
        // Leaves of the same parents without terms of their own, and with the same attributes as far as rules ask, are alike.
        if (at_[node].empty() && except_at_[node].empty()) {
          key.assign(reinterpret_cast<const char*>(parents.data()), parents.size() * sizeof(NodeId));
          for (const Truth truth : truths_) key += static_cast<char>(truth);
          key += is_special(node) ? 's' : '-';
          if (const auto it = alike_.find(key); it != alike_.end()) {
            row_of_[node] = it->second;
            continue;
          }
        }
      }
      SparseRow row = row_of(at_[node]), less = row_of(except_at_[node]);
      if (parents.empty()) merge(row, any_);
      for (const NodeId parent : parents) {
        merge(row, in[parent]);
        merge(less, out[parent]);
      }
      if (!leaf) {
        in[node] = std::move(row);
        out[node] = std::move(less);
        continue;
      }
      take_away(row, less, node);
      row_of_[node] = number_of(row);
      if (!key.empty()) alike_.emplace(std::move(key), row_of_[node]);
    }
    Side& side = index_.sides[d_];
    number_nodes(side);
    side.row_of = std::move(row_of_);
    side.rows = std::move(rows_);
  }

 private:
  void collect() {
    std::vector<std::uint32_t> any;
    for (std::size_t i = 0; i < compilation_.shares.size(); ++i) {
      const Share& share = compilation_.shares[i];
      const Term& term = compilation_.terms.all[share.term];
      const std::uint32_t bit = compilation_.bits[i];
      const Share::Slice& nodes = share.nodes[d_];
      if (nodes.from == nodes.to) any.push_back(bit);
      for (std::uint32_t n = nodes.from; n < nodes.to; ++n) at_[compilation_.nodes[n]].push_back(bit);
      for (const Box& except : compilation_.model.rules[term.rule].excepts) {
        if (!one_sided(except)) continue;
        for (const NodeId node : except.sides[d_].nodes) except_at_[node].push_back(bit);
      }
      if (term.reach == Term::Reach::ordinary) ordinary_only_.set(bit);
      if (term.reach == Term::Reach::special) special_only_.set(bit);
    }
    any_ = row_of(any);
    for (const Listed& listed : compilation_.literals.of_dimension(d_)) {
      literals_.emplace_back(index_.blocks);
      for (const std::uint32_t bit : compilation_.literals.bits_of(listed)) literals_.back().set(bit);
    }
  }

  bool is_special(NodeId leaf) const { return d_ == 0 && zweck::is_special(vocabulary_, leaf); }

  // What the literals say at a leaf.
  void find_truths(NodeId leaf) {
    truths_.clear();
    Point point;
    (d_ == 0 ? point.data : d_ == 1 ? point.purpose : point.partner) = leaf;
    for (Listed& listed : compilation_.literals.of_dimension(d_)) {
      const Truth truth = evaluate(vocabulary_, compilation_.model.tests[listed.literal.index], point, {});
      truths_.push_back(listed.literal.negated ? !truth : truth);
      if (truth == Truth::unknown) listed.unsettled = true;
    }
  }

  void take_away(SparseRow& row, const SparseRow& less, NodeId leaf) const {
    auto gone = less.begin();
    for (auto& [at, block] : row) {
      while (gone != less.end() && gone->first < at) ++gone;
      if (gone != less.end() && gone->first == at) block -= gone->second;
      if (d_ == 0) block -= (is_special(leaf) ? ordinary_only_ : special_only_)[at];
      for (std::size_t i = 0; i < truths_.size(); ++i)
        if (truths_[i] == Truth::no) block -= literals_[i][at];
    }
    std::erase_if(row, [](const auto& entry) { return entry.second.none(); });
  }

  // The row with exactly these bits: one there is, or a new one.
  std::uint32_t number_of(const SparseRow& row) {
    std::vector<std::uint32_t> words(std::size_t{index_.summary_words} * Index::summary_size);
    for (const auto& [at, block] : row) words[at / 64 * Index::summary_size + at / 32 % 2] |= std::uint32_t{1} << (at % 32);
    std::size_t next = words.size();
    for (std::size_t word = 0; word < words.size(); word += Index::summary_size) {
      words[word + 2] = narrow(next);
      next += static_cast<std::size_t>(std::popcount(words[word]) + std::popcount(words[word + 1]));
    }
    for (const auto& [at, block] : row) words.push_back(compilation_.pool.add(block));
    std::string content(reinterpret_cast<const char*>(words.data()), words.size() * sizeof words[0]);
    const auto [it, added] = by_content_.emplace(std::move(content), narrow(rows_.size()));
    if (added) rows_.insert(rows_.end(), words.begin(), words.end());
    return it->second;
  }

  void number_nodes(Side& side) const {
    const std::size_t nodes = taxonomy_.nodes.size();
    const Walk& walk = compilation_.walks[d_];
    Array<std::uint16_t>::Own preorder(nodes);
    Array<std::uint32_t>::Own below(nodes);
    Array<std::uint8_t>::Own guarded(nodes);
    for (NodeId node = 0; node < nodes; ++node) {
      preorder[node] = static_cast<std::uint16_t>(walk.position[node]);
      below[node] = walk.is_tree[node] ? walk.last[node] - walk.position[node] : not_a_tree;
      for (const NodeId above : taxonomy_.above(node))
        guarded[node] |= taxonomy_.nodes[above].separate || taxonomy_.nodes[above].since.has_value();
    }
    side.preorder = std::move(preorder);
    side.below = std::move(below);
    side.guarded = std::move(guarded);
  }

  Compilation& compilation_;
  const Vocabulary& vocabulary_;
  std::size_t d_;
  const Taxonomy& taxonomy_;
  Index& index_;
  // Bits by the node that brings them in, or takes them away.
  std::vector<std::vector<std::uint32_t>> at_, except_at_;
  SparseRow any_;
  DenseRow ordinary_only_, special_only_;
  std::vector<DenseRow> literals_;
  std::vector<Truth> truths_;  // of the literals at the leaf at hand
  Array<std::uint32_t>::Own row_of_, rows_;
  std::unordered_map<std::string, std::uint32_t> alike_, by_content_;
};

}  // namespace

void build_side(Compilation& compilation, std::size_t d) { SideBuilder(compilation, d).build(); }

}  // namespace zweck
