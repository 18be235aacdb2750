#include <algorithm>
#include <unordered_map>
#include <utility>

#include "engine/compile/rows.hpp"
#include "model/model.hpp"

namespace zweck {
namespace {

constexpr std::uint32_t block_bits = block_words * 64;
// Rows of one fact, and numbers of blocks in all of them (4 bytes each); where it has more classes, neighbours share a row
// and their terms are checked besides.
constexpr std::size_t least_rows_per_fact = 256, row_numbers_per_fact = 1 << 20;

class FactBuilder {
 public:
  explicit FactBuilder(Compilation& compilation)
      : compilation_(compilation),
        model_(compilation.model),
        vocabulary_(compilation.model.vocabulary),
        index_(compilation.index) {}

  void build() {
    for (FactId fact = 0; fact < vocabulary_.facts.size(); ++fact) build_fact(fact);
    index_.facts = std::move(facts_);
    index_.fact_keys = std::move(fact_keys_);
    index_.fact_classes = std::move(fact_classes_);
    index_.fact_literals = std::move(fact_literals_);
    index_.fact_terms = std::move(fact_terms_);
    index_.fact_rows = std::move(rows_);
  }

 private:
  void build_fact(FactId fact) {
    std::vector<Listed>& literals = compilation_.literals.of_fact(fact);
    FactRows rows;
    rows.literals = narrow(fact_literals_.size());
    for (const Listed& of : literals) {
      const std::uint32_t first = narrow(fact_terms_.size());
      fact_terms_.insert(fact_terms_.end(), of.bits.begin(), of.bits.end());
      fact_literals_.push_back({of.literal.index, of.literal.negated, first, narrow(fact_terms_.size())});
    }
    rows.literals_end = narrow(fact_literals_.size());
    rows.keys = rows.keys_end = narrow(fact_keys_.size());
    rows.first_row = narrow(rows_.size() / std::max(1u, index_.blocks));
    if (!literals.empty() && !vocabulary_.facts[fact].type.set) build_classes(fact, literals, rows);
    facts_.push_back(rows);
  }

  void build_classes(FactId fact, std::vector<Listed>& literals, FactRows& rows) {
    const Type& type = vocabulary_.facts[fact].type;
    const std::vector<std::int64_t> keys = keys_of(type, literals);
    rows.ordered = is_ordered(type.kind);
    std::vector<KeySet> holds;
    for (const Listed& of : literals) holds.push_back(keys_where(type, model_.tests[of.literal.index], keys));
    // Nearly every key of an ordered fact is a cut of its own; leaves of a taxonomy mostly are not told apart.
    const std::vector<std::uint32_t> class_of_key = rows.ordered ? identity(keys.size()) : refine(holds, keys.size());
    const std::size_t classes = *std::max_element(class_of_key.begin(), class_of_key.end()) + std::size_t{1};

    // Rows are made one after the other: from one to the next only few literals change.
    const std::size_t most_rows = std::max(least_rows_per_fact, row_numbers_per_fact / std::max(1u, index_.blocks));
    const std::size_t per_row = (classes + most_rows - 1) / most_rows;
    rows.rows = narrow((classes + per_row - 1) / per_row);
    std::vector<std::vector<std::uint32_t>> changing(rows.rows);  // literals that begin or cease to exclude their terms
    std::vector<std::uint32_t> counts(rows.rows), last_seen(classes, no_row), counted;
    for (std::uint32_t l = 0; l < literals.size(); ++l) {
      for (const auto& [from, to] : holds[l].ranges)
        for (std::uint32_t key = from; key < to; ++key) {
          const std::uint32_t c = class_of_key[key];
          if (std::exchange(last_seen[c], l) != l) ++counts[c / per_row];
        }
      const bool complement = holds[l].complement != literals[l].literal.negated;
      bool excluded = false;
      for (std::size_t r = 0; r < rows.rows; ++r) {
        const std::size_t size = std::min(classes, (r + 1) * per_row) - r * per_row;
        const std::size_t count = std::exchange(counts[r], 0);
        const std::size_t holding = complement ? size - count : count;
        if (holding != 0 && holding < size) literals[l].unsettled = true;
        if ((holding == 0) == excluded) continue;
        excluded = !excluded;
        changing[r].push_back(l);
      }
    }
    add_rows(literals, changing);
    fact_keys_.insert(fact_keys_.end(), keys.begin(), keys.end());
    for (const std::uint32_t c : class_of_key) fact_classes_.push_back(static_cast<std::uint32_t>(c / per_row));
    rows.keys_end = narrow(fact_keys_.size());
  }

  void add_rows(const std::vector<Listed>& literals, const std::vector<std::vector<std::uint32_t>>& changing) {
    std::vector<Block> row(index_.blocks, Block::full());
    std::vector<std::uint32_t> numbers(index_.blocks, full_block), changed;
    std::vector<std::uint16_t> excluding(std::size_t{index_.blocks} * block_bits);  // literals, by bit
    std::vector<bool> excludes(literals.size());
    for (const std::vector<std::uint32_t>& literals_of_row : changing) {
      changed.clear();
      for (const std::uint32_t l : literals_of_row) {
        excludes[l] = !excludes[l];
        for (const std::uint32_t bit : literals[l].bits) {
          Block& block = row[bit / block_bits];
          if (excludes[l] ? excluding[bit]++ == 0 : --excluding[bit] == 0) {
            excludes[l] ? block.clear(bit % block_bits) : block.set(bit % block_bits);
            changed.push_back(bit / block_bits);
          }
        }
      }
      std::sort(changed.begin(), changed.end());
      changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
      for (const std::uint32_t block : changed) numbers[block] = compilation_.pool.add(row[block]);
      rows_.insert(rows_.end(), numbers.begin(), numbers.end());
    }
  }

  // Keys as ranges of their indices, or all but those.
  struct KeySet {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
    bool complement = false;
  };

  static bool is_ordered(TypeKind kind) {
    return kind == TypeKind::integer || kind == TypeKind::date || kind == TypeKind::duration;
  }

  // The keys for which the test (of a fact against literals) is true.
  KeySet keys_where(const Type& type, const Test& test, const std::vector<std::int64_t>& keys) const {
    const auto at = [&](std::int64_t value) {
      return narrow(static_cast<std::size_t>(std::lower_bound(keys.begin(), keys.end(), value) - keys.begin()));
    };
    const std::uint32_t end = narrow(keys.size());
    const auto only = [&](std::int64_t value) { return std::pair(at(value), at(value) + 1); };
    switch (test.op) {
      case TestOp::is_true: return {{only(1)}, false};
      case TestOp::equal: return {{only(test.literals.front())}, false};
      case TestOp::unequal: return {{only(test.literals.front())}, true};
      case TestOp::less: return {{{0, at(test.literals.front())}}, false};
      case TestOp::less_equal: return {{{0, at(test.literals.front()) + 1}}, false};
      case TestOp::greater: return {{{at(test.literals.front()) + 1, end}}, false};
      case TestOp::greater_equal: return {{{at(test.literals.front()), end}}, false};
      case TestOp::in: {
        KeySet set;
        for (const std::int64_t value : test.literals) {
          if (type.kind != TypeKind::node) {
            set.ranges.push_back(only(value));
            continue;
          }
          for (const NodeId leaf : vocabulary_.taxonomies[type.taxonomy].leaves_below(static_cast<NodeId>(value)))
            set.ranges.push_back(only(leaf));
        }
        return set;
      }
      case TestOp::has: break;  // of sets, which have no classes
    }
    return {};
  }

  static std::vector<std::uint32_t> identity(std::size_t size) {
    std::vector<std::uint32_t> out(size);
    for (std::uint32_t i = 0; i < size; ++i) out[i] = i;
    return out;
  }

  // The coarsest partition of the keys that every set respects: each set in turn splits the classes it cuts.
  static std::vector<std::uint32_t> refine(const std::vector<KeySet>& sets, std::size_t keys) {
    std::vector<std::uint32_t> class_of(keys, 0);
    std::uint32_t classes = 1;
    for (const KeySet& set : sets) {
      const std::uint32_t first_new = classes;
      std::unordered_map<std::uint32_t, std::uint32_t> part_of;  // of a class, what the set cuts out of it
      for (const auto& [from, to] : set.ranges)
        for (std::uint32_t key = from; key < to; ++key) {
          if (class_of[key] >= first_new) continue;
          const auto [it, added] = part_of.emplace(class_of[key], classes);
          if (added) ++classes;
          class_of[key] = it->second;
        }
    }
    // Classes that were split empty are left out.
    std::vector<std::uint32_t> compact(classes, no_row);
    std::uint32_t next = 0;
    for (std::uint32_t& c : class_of) {
      if (compact[c] == no_row) compact[c] = next++;
      c = compact[c];
    }
    return class_of;
  }

  std::vector<std::int64_t> keys_of(const Type& type, const std::vector<Listed>& literals) const {
    std::vector<std::int64_t> keys;
    const auto add_literals = [&](bool next_too) {
      for (const Listed& of : literals)
        for (const std::int64_t value : model_.tests[of.literal.index].literals) {
          keys.push_back(value);
          if (next_too && value != INT64_MAX) keys.push_back(value + 1);
        }
    };
    switch (type.kind) {
      case TypeKind::boolean: keys = {0, 1}; break;
      case TypeKind::integer:
      case TypeKind::date:
      case TypeKind::duration:
        keys.push_back(INT64_MIN);
        add_literals(true);
        break;
      case TypeKind::string:
        keys.push_back(foreign_string);
        add_literals(false);
        break;
      case TypeKind::choice: keys = type.choices; break;
      case TypeKind::node:
        for (const NodeId leaf : vocabulary_.taxonomies[type.taxonomy].leaves()) keys.push_back(leaf);
        break;
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
  }

  Compilation& compilation_;
  const Model& model_;
  const Vocabulary& vocabulary_;
  Index& index_;
  Array<FactRows>::Own facts_;
  Array<std::int64_t>::Own fact_keys_;
  Array<std::uint32_t>::Own fact_classes_, fact_terms_, rows_;
  Array<FactLiteral>::Own fact_literals_;
};

}  // namespace

void build_facts(Compilation& compilation) { FactBuilder(compilation).build(); }

}  // namespace zweck
