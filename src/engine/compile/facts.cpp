#include <algorithm>
#include <bit>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

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
        index_(compilation.index),
        pool_(compilation.pools[3]),
        rows_(compilation.fact_rows) {}

  void build() {
    for (FactId fact = 0; fact < vocabulary_.facts.size(); ++fact) build_fact(fact);
    index_.facts = std::move(facts_);
    index_.fact_keys = std::move(fact_keys_);
    index_.fact_classes = std::move(fact_classes_);
    index_.fact_literals = std::move(fact_literals_);
    index_.fact_terms = std::move(fact_terms_);
  }

 private:
  void build_fact(FactId fact) {
    const std::span<Listed> literals = compilation_.literals.of_fact(fact);
    FactRows rows;
    rows.literals = narrow(fact_literals_.size());
    for (const Listed& of : literals) {
      const std::uint32_t first = narrow(fact_terms_.size());
      const auto bits = compilation_.literals.bits_of(of);
      fact_terms_.insert(fact_terms_.end(), bits.begin(), bits.end());
      fact_literals_.push_back({of.literal.index, of.literal.negated, first, narrow(fact_terms_.size())});
    }
    rows.literals_end = narrow(fact_literals_.size());
    rows.keys = rows.keys_end = narrow(fact_keys_.size());
    rows.first_row = narrow(rows_.size() / std::max(1u, index_.blocks));
    if (!literals.empty() && !vocabulary_.facts[fact].type.set) build_classes(fact, literals, rows);
    facts_.push_back(rows);
  }

  void build_classes(FactId fact, std::span<Listed> literals, FactRows& rows) {
    const Type& type = vocabulary_.facts[fact].type;
    const std::vector<std::int64_t> keys = keys_of(type, literals);
    rows.ordered = is_ordered(type.kind);
    KeySets sets;
    for (const Listed& of : literals) {
      add_keys_where(type, model_.tests[of.literal.index], keys, sets.ranges);
      tidy(sets.ranges, sets.begin(sets.ends.size()));
      sets.ends.push_back(narrow(sets.ranges.size()));
    }
    // Nearly every key of an ordered fact is a cut of its own; leaves of a taxonomy mostly are not told apart.
    const std::vector<std::uint32_t> class_of_key = rows.ordered ? identity(keys.size()) : refine(sets, keys.size());
    const std::uint32_t classes = *std::max_element(class_of_key.begin(), class_of_key.end()) + 1;

    const std::size_t most_rows = std::max(least_rows_per_fact, row_numbers_per_fact / std::max(1u, index_.blocks));
    const std::uint32_t per_row = narrow((classes + most_rows - 1) / most_rows);
    rows.rows = (classes + per_row - 1) / per_row;
    std::vector<Change> changes;
    std::vector<Range> holding;  // classes
    for (std::uint32_t l = 0; l < literals.size(); ++l) {
      const auto set = sets[l];
      if (rows.ordered)
        holding.assign(set.begin(), set.end());
      else
        find_classes(set, class_of_key, holding);
      const Literal& literal = literals[l].literal;
      if (excludes_what_it_names(model_.tests[literal.index]) != literal.negated) invert(holding, classes);
      std::uint32_t next = 0;  // row
      for (const auto& [from, to] : holding) {
        if (from % per_row != 0 || (to % per_row != 0 && to != classes)) literals[l].unsettled = true;
        if (from / per_row > next) {
          changes.push_back({next, l});
          changes.push_back({from / per_row, l});
        }
        next = (to - 1) / per_row + 1;
      }
      if (next < rows.rows) changes.push_back({next, l});
    }
    add_rows(literals, std::move(changes), rows.rows);
    fact_keys_.insert(fact_keys_.end(), keys.begin(), keys.end());
    for (const std::uint32_t c : class_of_key) fact_classes_.push_back(c / per_row);
    rows.keys_end = narrow(fact_keys_.size());
  }

  // A literal that begins to exclude its terms, or ceases to, from a row on.
  struct Change {
    std::uint32_t row = 0, literal = 0;
    friend auto operator<=>(const Change&, const Change&) = default;
  };

  // Rows are made one after the other: from one to the next only few literals change.
  void add_rows(std::span<const Listed> literals, std::vector<Change> changes, std::uint32_t rows) {
    std::sort(changes.begin(), changes.end());
    std::vector<Block> row(index_.blocks, Block::full());
    std::vector<std::uint32_t> numbers(index_.blocks, full_block);
    std::vector<std::uint64_t> changed((index_.blocks + 63) / 64);  // a bit for each block
    std::vector<std::uint32_t> excluding(std::size_t{index_.blocks} * block_bits);  // literals, by bit
    std::vector<bool> excludes(literals.size());
    rows_.reserve(rows_.size() + std::size_t{rows} * index_.blocks);
    auto change = changes.begin();
    for (std::uint32_t r = 0; r < rows; ++r) {
      for (; change != changes.end() && change->row == r; ++change) {
        const bool begins = !excludes[change->literal];
        excludes[change->literal] = begins;
        for (const std::uint32_t bit : compilation_.literals.bits_of(literals[change->literal])) {
          Block& block = row[bit / block_bits];
          if (begins ? excluding[bit]++ == 0 : --excluding[bit] == 0) {
            begins ? block.clear(bit % block_bits) : block.set(bit % block_bits);
            changed[bit / block_bits / 64] |= std::uint64_t{1} << (bit / block_bits % 64);
          }
        }
      }
      for (std::uint32_t word = 0; word < changed.size(); ++word)
        for (; changed[word] != 0; changed[word] &= changed[word] - 1) {
          const std::uint32_t block = word * 64 + static_cast<std::uint32_t>(std::countr_zero(changed[word]));
          numbers[block] = pool_.add(row[block]);
        }
      rows_.insert(rows_.end(), numbers.begin(), numbers.end());
    }
  }

  // Numbers from the first on, up to and without the second.
  using Range = std::pair<std::uint32_t, std::uint32_t>;

  // Sets of keys by their indices: ranges in ascending order that do not touch.
  struct KeySets {
    std::vector<Range> ranges;
    std::vector<std::uint32_t> ends;

    std::uint32_t begin(std::size_t set) const { return set == 0 ? 0 : ends[set - 1]; }
    std::span<const Range> operator[](std::size_t set) const {
      return std::span(ranges).subspan(begin(set), ends[set] - begin(set));
    }
  };

  static bool is_ordered(TypeKind kind) {
    return kind == TypeKind::integer || kind == TypeKind::date || kind == TypeKind::duration;
  }

  static bool excludes_what_it_names(const Test& test) { return test.op == TestOp::unequal; }

  // The keys for which the test (of a fact against literals) is true, or false if it excludes what it names.
  void add_keys_where(const Type& type, const Test& test, const std::vector<std::int64_t>& keys,
                      std::vector<Range>& out) const {
    const auto at = [&](std::int64_t value) {
      return narrow(static_cast<std::size_t>(std::lower_bound(keys.begin(), keys.end(), value) - keys.begin()));
    };
    const auto add = [&](std::int64_t value) { out.emplace_back(at(value), at(value) + 1); };
    const std::uint32_t end = narrow(keys.size());
    switch (test.op) {
      case TestOp::is_true: return add(1);
      case TestOp::equal:
      case TestOp::unequal: return add(test.literals.front());
      case TestOp::less: out.emplace_back(0, at(test.literals.front())); return;
      case TestOp::less_equal: out.emplace_back(0, at(test.literals.front()) + 1); return;
      case TestOp::greater: out.emplace_back(at(test.literals.front()) + 1, end); return;
      case TestOp::greater_equal: out.emplace_back(at(test.literals.front()), end); return;
      case TestOp::in:
        for (const std::int64_t value : test.literals) {
          if (type.kind != TypeKind::node) {
            add(value);
            continue;
          }
          for (const NodeId leaf : vocabulary_.taxonomies[type.taxonomy].leaves_below(static_cast<NodeId>(value))) add(leaf);
        }
        return;
      case TestOp::has: return;  // of sets, which have no classes
    }
  }

  // Sorts the ranges from `first` on and joins those that touch.
  static void tidy(std::vector<Range>& ranges, std::size_t first) {
    const auto begin = ranges.begin() + static_cast<std::ptrdiff_t>(first);
    if (!std::is_sorted(begin, ranges.end())) std::sort(begin, ranges.end());
    auto out = begin;
    for (auto range = begin; range != ranges.end(); ++range) {
      if (range->first == range->second) continue;
      if (out != begin && range->first <= std::prev(out)->second)
        std::prev(out)->second = std::max(std::prev(out)->second, range->second);
      else
        *out++ = *range;
    }
    ranges.erase(out, ranges.end());
  }

  // The classes of the keys of a set.
  static void find_classes(std::span<const Range> set, const std::vector<std::uint32_t>& class_of_key,
                           std::vector<Range>& out) {
    out.clear();
    for (const auto& [from, to] : set)
      for (std::uint32_t key = from; key < to; ++key) {
        const std::uint32_t c = class_of_key[key];
        if (!out.empty() && out.back().first <= c && c < out.back().second) continue;
        if (!out.empty() && out.back().second == c)
          ++out.back().second;
        else
          out.emplace_back(c, c + 1);
      }
    tidy(out, 0);
  }

  // What the ranges leave of the numbers below `end`.
  static void invert(std::vector<Range>& ranges, std::uint32_t end) {
    std::uint32_t next = 0;
    for (auto& [from, to] : ranges) {
      std::swap(next, to);
      std::swap(from, to);
    }
    ranges.emplace_back(next, end);
    std::erase_if(ranges, [](const Range& range) { return range.first == range.second; });
  }

  static std::vector<std::uint32_t> identity(std::size_t size) {
    std::vector<std::uint32_t> out(size);
    std::iota(out.begin(), out.end(), 0);
    return out;
  }

  // The coarsest partition of the keys that every set respects: each set in turn splits the classes it cuts. Classes are
  // numbered in the order of their first keys.
  static std::vector<std::uint32_t> refine(const KeySets& sets, std::size_t keys) {
    std::vector<std::uint32_t> class_of(keys), sizes{narrow(keys)}, hits{0}, part_of{0}, hit;
    for (std::size_t set = 0; set < sets.ends.size(); ++set) {
      const auto for_each_class = [&](auto use) {
        for (const auto& [from, to] : sets[set]) std::for_each(class_of.begin() + from, class_of.begin() + to, use);
      };
      hit.clear();
      for_each_class([&](std::uint32_t c) {
        if (hits[c]++ == 0) hit.push_back(c);
      });
      for (const std::uint32_t c : hit) {
        const std::uint32_t count = std::exchange(hits[c], 0);
        part_of[c] = c;
        if (count == sizes[c]) continue;
        part_of[c] = narrow(sizes.size());
        sizes[c] -= count;
        sizes.push_back(count);
        hits.push_back(0);
        part_of.push_back(0);
      }
      for_each_class([&](std::uint32_t& c) { c = part_of[c]; });
    }
    std::vector<std::uint32_t> number(sizes.size(), no_row);
    std::uint32_t next = 0;
    for (std::uint32_t& c : class_of) {
      if (number[c] == no_row) number[c] = next++;
      c = number[c];
    }
    return class_of;
  }

  std::vector<std::int64_t> keys_of(const Type& type, std::span<const Listed> literals) const {
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
  BlockPool& pool_;
  Array<std::uint32_t>::Own& rows_;
  Array<FactRows>::Own facts_;
  Array<std::int64_t>::Own fact_keys_;
  Array<std::uint32_t>::Own fact_classes_, fact_terms_;
  Array<FactLiteral>::Own fact_literals_;
};

}  // namespace

void build_facts(Compilation& compilation) { FactBuilder(compilation).build(); }

}  // namespace zweck
