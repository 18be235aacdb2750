#include <algorithm>
#include <bit>
#include <numeric>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/compile/rows.hpp"
#include "model/evaluate.hpp"

namespace zweck {

bool one_sided(const Box& box) {
  return std::count_if(box.sides.begin(), box.sides.end(), [](const NodeSet& side) { return !side.any; }) == 1;
}

namespace {

constexpr std::uint32_t block_bits = block_words * 64;

// Of bits in ascending order.
SparseRow row_of(std::span<const std::uint32_t> bits) {
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

// Rows of bits to take away, side by side: block by block the rows one after the other.
class Exclusions {
 public:
  Exclusions(std::uint32_t blocks, std::size_t rows) : rows_(rows), blocks_(blocks * rows) {}
  void set(std::size_t row, std::uint32_t bit) { blocks_[bit / block_bits * rows_ + row].set(bit % block_bits); }
  // What the rows have there, together.
  Block of(std::uint32_t block, std::span<const std::uint32_t> rows) const {
    Block all;
    for (const std::uint32_t row : rows) all |= blocks_[block * rows_ + row];
    return all;
  }

 private:
  std::size_t rows_;
  std::vector<Block> blocks_;
};

// Bits by the node they are noted at.
class BitsOfNodes {
 public:
  // `for_each(use)` calls use(node, bit) for all of them, twice the same; the bits of one node in ascending order.
  BitsOfNodes(std::size_t nodes, auto for_each) : begin_(nodes + 1) {
    for_each([&](NodeId node, std::uint32_t) { ++begin_[node + 1]; });
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    bits_.resize(begin_.back());
    std::vector<std::uint32_t> next = begin_;
    for_each([&](NodeId node, std::uint32_t bit) { bits_[next[node]++] = bit; });
  }
  std::span<const std::uint32_t> operator[](NodeId node) const {
    return std::span(bits_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }

 private:
  std::vector<std::uint32_t> begin_, bits_;
};

// What leaves have in common that have the same parents, and the same attributes as far as rules ask.
struct Family {
  SparseRow row;                       // of one without terms of its own
  // Where its blocks are, and their numbers in the pool: no_row until one of the leaves needs it.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks;
  SparseRow less;                      // bits that are taken away whatever brings them in
};

class SideBuilder {
 public:
  SideBuilder(Compilation& compilation, std::size_t d)
      : compilation_(compilation),
        vocabulary_(compilation.model.vocabulary),
        d_(d),
        taxonomy_(vocabulary_.taxonomies[d]),
        index_(compilation.index),
        pool_(compilation.pools[d]),
        rows_(compilation.side_rows[d]),
        at_(taxonomy_.nodes.size(), [&](auto use) { for_each_node(use); }),
        except_at_(taxonomy_.nodes.size(), [&](auto use) { for_each_except(use); }),
        exclusions_(index_.blocks, 2 + compilation.literals.of_dimension(d).size()),
        in_(taxonomy_.nodes.size()),
        out_(taxonomy_.nodes.size()) {}

  void build() {
    note_terms();
    Array<std::uint32_t>::Own row_of_node(taxonomy_.nodes.size(), no_row);
    for (const NodeId node : taxonomy_.topological()) {
      if (taxonomy_.is_leaf(node)) {
        row_of_node[node] = row_of_leaf(node);
      } else {
        in_[node] = inherited(node, row_of(at_[node]));
        out_[node] = taken_away(node, row_of(except_at_[node]));
      }
    }
    Side& side = index_.sides[d_];
    number_nodes(side);
    side.row_of = std::move(row_of_node);
  }

 private:
  void for_each_node(auto use) const {
    for (std::size_t i = 0; i < compilation_.shares.size(); ++i) {
      const Share::Slice& nodes = compilation_.shares[i].nodes[d_];
      for (std::uint32_t n = nodes.from; n < nodes.to; ++n) use(compilation_.nodes[n], compilation_.bits[i]);
    }
  }
  void for_each_except(auto use) const {
    for (const std::uint32_t i : compilation_.excepting) {
      const Term& term = compilation_.terms.all[compilation_.shares[i].term];
      for (const Box& except : compilation_.model.rules[term.rule].excepts) {
        if (!one_sided(except)) continue;
        for (const NodeId node : except.sides[d_].nodes) use(node, compilation_.bits[i]);
      }
    }
  }

  // Terms that speak of all nodes, or of what only attributes tell.
  void note_terms() {
    std::vector<std::uint32_t> any;
    for (std::size_t i = 0; i < compilation_.shares.size(); ++i) {
      const Share& share = compilation_.shares[i];
      const std::uint32_t bit = compilation_.bits[i];
      if (share.nodes[d_].from == share.nodes[d_].to) any.push_back(bit);
      if (d_ != 0) continue;
      const Term::Reach reach = compilation_.terms.all[share.term].reach;
      if (reach == Term::Reach::ordinary) exclusions_.set(ordinary_only, bit);
      if (reach == Term::Reach::special) exclusions_.set(special_only, bit);
    }
    any_ = row_of(any);
    std::size_t row = first_literal;
    for (const Listed& listed : compilation_.literals.of_dimension(d_)) {
      for (const std::uint32_t bit : compilation_.literals.bits_of(listed)) exclusions_.set(row, bit);
      ++row;
    }
  }

  // The node's own bits with those of all above it.
  SparseRow inherited(NodeId node, SparseRow own) const {
    const auto& parents = taxonomy_.nodes[node].parents;
    if (parents.empty()) merge(own, any_);
    for (const NodeId parent : parents) merge(own, in_[parent]);
    return own;
  }
  SparseRow taken_away(NodeId node, SparseRow own) const {
    for (const NodeId parent : taxonomy_.nodes[node].parents) merge(own, out_[parent]);
    return own;
  }

  // Which of them hold at a leaf: terms that the attributes rule out there, by their literals or at all.
  void find_exclusions(NodeId leaf) {
    exclusions_here_.clear();
    if (d_ == 0) exclusions_here_.push_back(is_special(vocabulary_, leaf) ? ordinary_only : special_only);
    Point point;
    (d_ == 0 ? point.data : d_ == 1 ? point.purpose : point.partner) = leaf;
    std::uint32_t row = first_literal;
    for (Listed& listed : compilation_.literals.of_dimension(d_)) {
      const Truth truth = evaluate(vocabulary_, compilation_.model.tests[listed.literal.index], point, {});
      if (truth == (listed.literal.negated ? Truth::yes : Truth::no)) exclusions_here_.push_back(row);
      if (truth == Truth::unknown) listed.unsettled = true;
      ++row;
    }
  }

  Family& family_of(NodeId leaf) {
    const auto& parents = taxonomy_.nodes[leaf].parents;
    std::string key(reinterpret_cast<const char*>(parents.data()), parents.size() * sizeof(NodeId));
    for (const std::uint32_t row : exclusions_here_) key += static_cast<char>(row);  // some sixty at most
    key += static_cast<char>(exclusions_here_.size());
    const auto [it, added] = families_.try_emplace(std::move(key));
    Family& family = it->second;
    if (!added) return family;
    family.row = inherited(leaf, {});
    family.less = taken_away(leaf, {});
    auto gone = family.less.begin();
    for (auto& [at, block] : family.row) {
      while (gone != family.less.end() && gone->first < at) ++gone;
      if (gone != family.less.end() && gone->first == at) block -= gone->second;
      block -= exclusions_.of(at, exclusions_here_);
    }
    std::erase_if(family.row, [](const auto& entry) { return entry.second.none(); });
    family.blocks.reserve(family.row.size());
    for (const auto& [at, block] : family.row) family.blocks.emplace_back(at, no_row);
    return family;
  }

  // The row of a leaf: that of its family but for the blocks that its own terms are in.
  std::uint32_t row_of_leaf(NodeId leaf) {
    find_exclusions(leaf);
    Family& family = family_of(leaf);
    const SparseRow own = row_of(at_[leaf]), own_less = row_of(except_at_[leaf]);
    words_.assign(std::size_t{index_.summary_words} * Index::summary_size, 0);
    auto more = own.begin(), less = own_less.begin();
    std::size_t i = 0;
    while (i < family.blocks.size() || more != own.end()) {
      const bool brought_in = more != own.end() && (i == family.blocks.size() || more->first <= family.blocks[i].first);
      const std::uint32_t at = brought_in ? more->first : family.blocks[i].first;
      const bool is_inherited = i < family.blocks.size() && family.blocks[i].first == at;
      while (less != own_less.end() && less->first < at) ++less;
      const bool is_taken_away = less != own_less.end() && less->first == at;
      if (!brought_in && !is_taken_away) {
        std::uint32_t& number = family.blocks[i].second;
        if (number == no_row) number = pool_.add(family.row[i].second);
        add_block(at, number);
      } else {
        Block block;
        if (brought_in) {
          block = more->second;
          block -= block_of(family.less, at);
          block -= exclusions_.of(at, exclusions_here_);
        }
        if (is_inherited) block |= family.row[i].second;
        if (is_taken_away) block -= less->second;
        if (!block.none()) add_block(at, pool_.add(block));
      }
      i += is_inherited;
      more += brought_in;
    }
    return number_of_row();
  }

  static Block block_of(const SparseRow& row, std::uint32_t at) {
    const auto it = std::lower_bound(row.begin(), row.end(), at,
                                     [](const auto& entry, std::uint32_t wanted) { return entry.first < wanted; });
    return it != row.end() && it->first == at ? it->second : Block();
  }

  void add_block(std::uint32_t at, std::uint32_t number) {
    words_[at / 64 * Index::summary_size + at / 32 % 2] |= std::uint32_t{1} << (at % 32);
    words_.push_back(number);
  }

  // The row of these blocks: one there is, or a new one.
  std::uint32_t number_of_row() {
    std::size_t next = std::size_t{index_.summary_words} * Index::summary_size;
    for (std::size_t word = 0; word < std::size_t{index_.summary_words} * Index::summary_size; word += Index::summary_size) {
      words_[word + 2] = narrow(next);
      next += static_cast<std::size_t>(std::popcount(words_[word]) + std::popcount(words_[word + 1]));
    }
    std::string content(reinterpret_cast<const char*>(words_.data()), words_.size() * sizeof words_[0]);
    const auto [it, added] = by_content_.emplace(std::move(content), narrow(rows_.size()));
    if (added) rows_.insert(rows_.end(), words_.begin(), words_.end());
    return it->second;
  }

  void number_nodes(Side& side) const {
    const std::size_t nodes = taxonomy_.nodes.size();
    const Walk& walk = compilation_.walks[d_];
    Array<std::uint16_t>::Own preorder(nodes);
    Array<std::uint32_t>::Own below(nodes);
    Array<std::uint8_t>::Own guarded(nodes);
    for (NodeId node = 0; node < nodes; ++node) {
      const Walk::Place& place = walk.of[node];
      preorder[node] = static_cast<std::uint16_t>(place.position);
      below[node] = place.is_tree ? place.last - place.position : not_a_tree;
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
  BlockPool& pool_;
  Array<std::uint32_t>::Own& rows_;
  BitsOfNodes at_, except_at_;  // by the node that brings them in, or takes them away
  SparseRow any_;
  static constexpr std::uint32_t ordinary_only = 0, special_only = 1, first_literal = 2;
  Exclusions exclusions_;
  std::vector<std::uint32_t> exclusions_here_;  // at the leaf at hand
  std::vector<SparseRow> in_, out_;             // of groups, with what they inherit
  std::unordered_map<std::string, Family> families_;
  std::vector<std::uint32_t> words_;           // of the row at hand
  std::unordered_map<std::string, std::uint32_t> by_content_;
};

}  // namespace

void build_side(Compilation& compilation, std::size_t d) { SideBuilder(compilation, d).build(); }

}  // namespace zweck
