#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>

#include "engine/index.hpp"
#include "model/evaluate.hpp"

namespace zweck {
namespace {

// Distinct literals folded into the bits of one dimension; further ones are checked term by term.
constexpr std::size_t folded_literals = 64;
// Rows of one fact; where it has more classes, neighbours share a row and their terms are checked besides.
constexpr std::size_t rows_per_fact = 256;

template <class T>
using Own = typename Array<T>::Own;
using Bits = std::vector<std::uint64_t>;

void set(Bits& bits, std::uint32_t term) { bits[term / 64] |= std::uint64_t{1} << (term % 64); }
void clear(std::uint64_t* bits, std::uint32_t term) { bits[term / 64] &= ~(std::uint64_t{1} << (term % 64)); }

std::uint32_t narrow(std::size_t n) { return static_cast<std::uint32_t>(n); }

bool one_sided(const Box& box) {
  return std::count_if(box.sides.begin(), box.sides.end(), [](const NodeSet& side) { return !side.any; }) == 1;
}

bool is_fact_only(const Test& test) { return test.left.kind == Operand::Kind::fact && !test.own; }

// The one dimension a test looks at, if it looks at nothing else.
std::optional<std::size_t> only_dimension(const Test& test) {
  if (test.left.kind == Operand::Kind::fact) return std::nullopt;
  if (test.own && test.own->dimension != test.left.dimension) return std::nullopt;
  return static_cast<std::size_t>(test.left.dimension);
}

class Compiler {
 public:
  explicit Compiler(const Model& model) : model_(model), vocabulary_(model.vocabulary) {}

  Index compile() {
    index().consent_tests = narrow(model_.consent_tests.size());
    index().notice_tests = narrow(model_.notice_tests.size());
    order_terms();
    collect_literals();
    for (std::size_t d = 0; d < 3; ++d) build_side(d);
    build_facts();
    build_term_rows();
    build_rule_rows();
    find_facts_known_by_row();
    count_points();
    return std::move(index_);
  }

 private:
  Index& index() { return index_; }

  // Deny terms first, so that one pass over them settles `forbidden`; terms of neighbouring nodes together, so that the
  // bits of a leaf lie in few blocks.
  void order_terms() {
    std::vector<Term> terms = terms_of(model_);
    std::array<std::vector<std::uint32_t>, 3> position;
    for (std::size_t d = 0; d < 3; ++d) position[d] = positions(vocabulary_.taxonomies[d]);
    struct Key {
      bool allow;
      std::array<std::uint32_t, 3> first;
      std::uint32_t term;
      auto operator<=>(const Key&) const = default;
    };
    std::vector<Key> keys;
    keys.reserve(terms.size());
    for (std::uint32_t i = 0; i < terms.size(); ++i) {
      const Rule& rule = model_.rules[terms[i].rule];
      Key key{rule.effect == Effect::allow, {}, i};
      for (std::size_t d = 0; d < 3; ++d)
        for (const NodeId node : rule.scope.sides[d].nodes)
          key.first[d] = key.first[d] == 0 ? position[d][node] : std::min(key.first[d], position[d][node]);
      keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    const auto denies = static_cast<std::size_t>(
        std::find_if(keys.begin(), keys.end(), [](const Key& key) { return key.allow; }) - keys.begin());
    constexpr std::size_t block_terms = block_words * 64;
    const auto blocks = [](std::size_t n) { return narrow((n + block_terms - 1) / block_terms); };
    index().deny_blocks = blocks(denies);
    index().blocks = index().deny_blocks + blocks(terms.size() - denies);
    const std::uint32_t summary = (index().blocks + 63) / 64;
    index().summary_words = (summary + block_words - 1) / block_words * block_words;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      ids_.push_back(narrow(i < denies ? i : index().deny_blocks * block_terms + i - denies));
      terms_.push_back(std::move(terms[keys[i].term]));
    }
  }

  // Rank of every node in a walk that keeps what is below a node together, from 1.
  static std::vector<std::uint32_t> positions(const Taxonomy& taxonomy) {
    std::vector<std::uint32_t> position(taxonomy.nodes.size());
    std::uint32_t next = 0;
    std::vector<NodeId> stack;
    for (NodeId root = 0; root < taxonomy.nodes.size(); ++root) {
      if (!taxonomy.nodes[root].parents.empty()) continue;
      stack.push_back(root);
      while (!stack.empty()) {
        const NodeId node = stack.back();
        stack.pop_back();
        if (position[node] != 0) continue;
        position[node] = ++next;
        stack.insert(stack.end(), taxonomy.nodes[node].children.begin(), taxonomy.nodes[node].children.end());
      }
    }
    return position;
  }

  struct OfFact {
    Literal literal;
    std::vector<std::uint32_t> terms;
    bool mixed = false;  // differs within a row that several classes share
  };
  struct Folded {
    Literal literal;
    std::vector<std::uint32_t> terms;
    Bits bits;
    bool unknown_somewhere = false;
  };

  void collect_literals() {
    of_fact_.resize(vocabulary_.facts.size());
    for (std::size_t i = 0; i < terms_.size(); ++i)
      for (const Literal& literal : terms_[i].literals) {
        if (literal.kind != Literal::Kind::test) continue;
        const Test& test = model_.tests[literal.index];
        if (is_fact_only(test))
          listed(of_fact_[test.left.index], literal).terms.push_back(ids_[i]);
        else if (const auto d = only_dimension(test))
          listed(folded_[*d], literal).terms.push_back(ids_[i]);
      }
    for (auto& literals : folded_)
      if (literals.size() > folded_literals) literals.clear();
  }

  template <class Entry>
  Entry& listed(std::vector<Entry>& list, const Literal& literal) {
    const std::uint64_t key = std::uint64_t{literal.index} * 2 + literal.negated;
    const auto [it, added] = listed_.emplace(key, list.size());
    if (added) {
      list.emplace_back();
      list.back().literal = literal;
    }
    return list[it->second];
  }

  template <class Entry>
  const Entry* find(const std::vector<Entry>& list, const Literal& literal) const {
    const auto it = listed_.find(std::uint64_t{literal.index} * 2 + literal.negated);
    return it != listed_.end() && it->second < list.size() ? &list[it->second] : nullptr;
  }

  // --- Dimensions ---

  struct OwnTerms {
    std::vector<std::vector<std::uint32_t>> at, except_at;  // by NodeId
    bool any_excepts = false;
  };

  void build_side(std::size_t d) {
    const Taxonomy& taxonomy = vocabulary_.taxonomies[d];
    const std::size_t words = index().words();
    const std::size_t nodes = taxonomy.nodes.size();
    Bits any(words), ordinary_only(words), special_only(words);
    OwnTerms own{std::vector<std::vector<std::uint32_t>>(nodes), std::vector<std::vector<std::uint32_t>>(nodes), false};
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const Rule& rule = model_.rules[terms_[i].rule];
      if (rule.scope.sides[d].any) set(any, ids_[i]);
      for (const NodeId node : rule.scope.sides[d].nodes) own.at[node].push_back(ids_[i]);
      for (const Box& except : rule.excepts) {
        if (!one_sided(except) || except.sides[d].any) continue;
        own.any_excepts = true;
        for (const NodeId node : except.sides[d].nodes) own.except_at[node].push_back(ids_[i]);
      }
      if (terms_[i].reach == Term::Reach::ordinary) set(ordinary_only, ids_[i]);
      if (terms_[i].reach == Term::Reach::special) set(special_only, ids_[i]);
    }
    for (Folded& folded : folded_[d]) {
      folded.bits.assign(words, 0);
      for (const std::uint32_t term : folded.terms) set(folded.bits, term);
    }

    Own<std::uint32_t> class_of(nodes, no_class);
    Own<std::uint64_t> rows;
    std::uint32_t classes = 0;
    std::vector<Bits> in(nodes), out(own.any_excepts ? nodes : 0);
    // Leaves of the same parents without terms of their own, and with the same attributes as far as rules ask, are alike.
    std::unordered_map<std::string, std::uint32_t> alike;
    std::unordered_multimap<std::size_t, std::uint32_t> by_content;
    for (const NodeId node : taxonomy.topological()) {
      const bool leaf = taxonomy.is_leaf(node);
      std::vector<Truth> truths;
      std::string key;
      if (leaf) {
        for (Folded& folded : folded_[d]) {
          truths.push_back(at_leaf(folded.literal, d, node));
          if (truths.back() == Truth::unknown) folded.unknown_somewhere = true;
        }
        if (own.at[node].empty() && own.except_at[node].empty()) {
          const auto& parents = taxonomy.nodes[node].parents;
          key.assign(reinterpret_cast<const char*>(parents.data()), parents.size() * sizeof(NodeId));
          for (const Truth truth : truths) key += static_cast<char>(truth);
          key += d == 0 && is_special(vocabulary_, node) ? 's' : '-';
          if (const auto it = alike.find(key); it != alike.end()) {
            class_of[node] = it->second;
            continue;
          }
        }
      }
      Bits bits = any;
      merge(bits, in, taxonomy.nodes[node].parents, own.at[node]);
      Bits less;
      if (own.any_excepts) {
        less.assign(words, 0);
        merge(less, out, taxonomy.nodes[node].parents, own.except_at[node]);
      }
      if (!leaf) {
        in[node] = std::move(bits);
        if (own.any_excepts) out[node] = std::move(less);
        continue;
      }
      const auto remove = [&](const Bits& gone) {
        for (std::size_t w = 0; w < words; ++w) bits[w] &= ~gone[w];
      };
      if (own.any_excepts) remove(less);
      if (d == 0) remove(is_special(vocabulary_, node) ? ordinary_only : special_only);
      for (std::size_t f = 0; f < truths.size(); ++f)
        if (truths[f] == Truth::no) remove(folded_[d][f].bits);
      class_of[node] = class_for(bits, rows, classes, by_content);
      if (!key.empty()) alike.emplace(std::move(key), class_of[node]);
    }
    Side& side = index().sides[d];
    number_nodes(taxonomy, side);
    side.class_of = std::move(class_of);
    side.rows = std::move(rows);
    side.classes = classes;
  }

  static void number_nodes(const Taxonomy& taxonomy, Side& side) {
    const std::size_t nodes = taxonomy.nodes.size();
    const std::vector<std::uint32_t> position = positions(taxonomy);
    Own<std::uint16_t> preorder(nodes);
    Own<std::uint32_t> below(nodes);
    Own<std::uint8_t> guarded(nodes);
    std::vector<NodeId> at(nodes);
    for (NodeId node = 0; node < nodes; ++node) {
      preorder[node] = static_cast<std::uint16_t>(position[node] - 1);
      at[position[node] - 1] = node;
    }
    for (NodeId node = 0; node < nodes; ++node)
      for (const NodeId above : taxonomy.above(node)) {
        if (above != node) ++below[above];
        guarded[node] |= taxonomy.nodes[above].separate || taxonomy.nodes[above].since.has_value();
      }
    for (NodeId node = 0; node < nodes; ++node) {
      // A stretch of as many numbers as there are nodes below holds exactly those, or the node is not a tree's.
      bool tree = preorder[node] + below[node] < nodes;
      for (std::uint32_t i = 1; tree && i <= below[node]; ++i) tree = taxonomy.at_or_below(at[preorder[node] + i], node);
      if (!tree) below[node] = not_a_tree;
    }
    side.preorder = std::move(preorder);
    side.below = std::move(below);
    side.guarded = std::move(guarded);
  }

  static void merge(Bits& bits, const std::vector<Bits>& of, const std::vector<NodeId>& parents,
                    const std::vector<std::uint32_t>& terms) {
    for (const NodeId parent : parents)
      for (std::size_t w = 0; w < bits.size(); ++w) bits[w] |= of[parent][w];
    for (const std::uint32_t term : terms) set(bits, term);
  }

  // The class with exactly these bits: one there is, or a new one at the end of `rows`.
  std::uint32_t class_for(const Bits& bits, Own<std::uint64_t>& rows, std::uint32_t& classes,
                          std::unordered_multimap<std::size_t, std::uint32_t>& by_content) {
    const std::size_t row_words = index().row_words(), summary = index().summary_words;
    std::size_t hash = 0;
    for (const std::uint64_t word : bits) hash = (hash ^ word) * 0x9E3779B97F4A7C15u + (hash >> 29);
    const auto [from, to] = by_content.equal_range(hash);
    for (auto it = from; it != to; ++it)
      if (std::equal(bits.begin(), bits.end(), rows.begin() + static_cast<std::ptrdiff_t>(it->second * row_words + summary)))
        return it->second;
    const std::size_t begin = rows.size();
    rows.resize(begin + row_words);
    for (std::size_t w = 0; w < bits.size(); ++w) {
      rows[begin + summary + w] = bits[w];
      const std::size_t block = w / block_words;
      if (bits[w] != 0) rows[begin + block / 64] |= std::uint64_t{1} << (block % 64);
    }
    by_content.emplace(hash, classes);
    return classes++;
  }

  Truth at_leaf(const Literal& literal, std::size_t d, NodeId leaf) const {
    Point point;
    (d == 0 ? point.data : d == 1 ? point.purpose : point.partner) = leaf;
    const Truth truth = evaluate(vocabulary_, model_.tests[literal.index], point, {});
    return literal.negated ? !truth : truth;
  }

  // --- Facts ---

  void build_facts() {
    for (FactId fact = 0; fact < vocabulary_.facts.size(); ++fact) build_fact(fact);
    index().fact_keys = std::move(fact_keys_);
    index().fact_classes = std::move(fact_classes_);
    index().fact_literals = std::move(fact_literals_);
    index().fact_terms = std::move(fact_terms_);
    index().fact_rows = std::move(fact_rows_);
  }

  void build_fact(FactId fact) {
    std::vector<OfFact>& literals = of_fact_[fact];
    FactRows rows;
    rows.literals = narrow(fact_literals_.size());
    for (const OfFact& of : literals) {
      const std::uint32_t first = narrow(fact_terms_.size());
      fact_terms_.insert(fact_terms_.end(), of.terms.begin(), of.terms.end());
      fact_literals_.push_back({of.literal.index, of.literal.negated, first, narrow(fact_terms_.size())});
    }
    rows.literals_end = narrow(fact_literals_.size());
    rows.keys = rows.keys_end = narrow(fact_keys_.size());
    rows.first_row = narrow(fact_rows_.size() / std::max(1u, index().words()));
    if (!literals.empty() && !vocabulary_.facts[fact].type.set) build_classes(fact, literals, rows);
    facts_.push_back(rows);
  }

  void build_classes(FactId fact, std::vector<OfFact>& literals, FactRows& rows) {
    const Type& type = vocabulary_.facts[fact].type;
    const std::vector<std::int64_t> keys = keys_of(type, literals);
    rows.ordered = is_ordered(type.kind);
    std::vector<KeySet> holds;
    for (const OfFact& of : literals) holds.push_back(keys_where(type, model_.tests[of.literal.index], keys));
    // Nearly every key of an ordered fact is a cut of its own; leaves of a taxonomy mostly are not told apart.
    const std::vector<std::uint32_t> class_of_key = rows.ordered ? identity(keys.size()) : refine(holds, keys.size());
    const std::size_t classes = *std::max_element(class_of_key.begin(), class_of_key.end()) + std::size_t{1};

    const std::size_t per_row = (classes + rows_per_fact - 1) / rows_per_fact;
    rows.rows = narrow((classes + per_row - 1) / per_row);
    const std::size_t words = index().words();
    const std::size_t begin = fact_rows_.size();
    fact_rows_.resize(begin + rows.rows * words, ~std::uint64_t{0});
    std::vector<std::uint32_t> last_seen(classes, no_class);
    for (std::uint32_t l = 0; l < literals.size(); ++l) {
      std::vector<std::size_t> count(rows.rows);
      for (const auto& [from, to] : holds[l].ranges)
        for (std::uint32_t key = from; key < to; ++key) {
          if (last_seen[class_of_key[key]] == l) continue;
          last_seen[class_of_key[key]] = l;
          ++count[class_of_key[key] / per_row];
        }
      for (std::size_t r = 0; r < rows.rows; ++r) {
        const std::size_t size = std::min(classes, (r + 1) * per_row) - r * per_row;
        const std::size_t holding = holds[l].complement != literals[l].literal.negated ? size - count[r] : count[r];
        if (holding == 0)
          for (const std::uint32_t term : literals[l].terms) clear(fact_rows_.data() + begin + r * words, term);
        else if (holding < size)
          literals[l].mixed = true;
      }
    }
    fact_keys_.insert(fact_keys_.end(), keys.begin(), keys.end());
    for (const std::uint32_t c : class_of_key) fact_classes_.push_back(static_cast<std::uint32_t>(c / per_row));
    rows.keys_end = narrow(fact_keys_.size());
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
    std::vector<std::uint32_t> compact(classes, no_class);
    std::uint32_t next = 0;
    for (std::uint32_t& c : class_of) {
      if (compact[c] == no_class) compact[c] = next++;
      c = compact[c];
    }
    return class_of;
  }

  std::vector<std::int64_t> keys_of(const Type& type, const std::vector<OfFact>& literals) const {
    std::vector<std::int64_t> keys;
    const auto add_literals = [&](bool next_too) {
      for (const OfFact& of : literals)
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

  // --- Terms and rules ---

  void build_term_rows() {
    Own<TermRow> terms(std::size_t{index().words()} * 64);
    std::vector<std::uint32_t> window_of(model_.rules.size(), no_class);
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const Term& term = terms_[i];
      const Rule& rule = model_.rules[term.rule];
      TermRow& row = terms[ids_[i]];
      row.rule = term.rule;
      row.residual = narrow(residuals_.size());
      if (rule.from || rule.until) {
        std::uint32_t& window = window_of[term.rule];
        if (window == no_class) {
          window = narrow(windows_.size());
          windows_.push_back({rule.from ? start_of(*rule.from).microseconds : INT64_MIN,
                              rule.until ? end_of(*rule.until).microseconds : INT64_MAX});
        }
        residuals_.push_back({Residual::Kind::window, window, 0});
      }
      for (const Literal& literal : term.literals) add(row, literal);
      for (const Box& except : rule.excepts) {
        if (one_sided(except)) continue;
        residuals_.push_back({Residual::Kind::except, narrow(excepts_.size()), 0});
        add(except);
      }
      if (term.whole_condition) {
        add(rule.when, false);
        add(rule.unless, true);
      }
      row.residual_end = narrow(residuals_.size());
    }
    index().terms = std::move(terms);
    index().residuals = std::move(residuals_);
    index().literals = std::move(literals_);
    index().windows = std::move(windows_);
    index().excepts = std::move(excepts_);
    index().except_nodes = std::move(except_nodes_);
    index().conditions = std::move(conditions_);
  }

  void add(const std::optional<Condition>& condition, bool negated) {
    if (!condition) return;
    residuals_.push_back({Residual::Kind::condition, narrow(conditions_.size()), negated});
    add(*condition);
  }

  void add(const Condition& condition) {
    const std::size_t row = conditions_.size();
    conditions_.push_back({static_cast<std::uint32_t>(condition.kind), condition.index, 0});
    for (const Condition& part : condition.parts) add(part);
    conditions_[row].end = narrow(conditions_.size());
  }

  void add(const Box& except) {
    ExceptRow row;
    for (std::size_t d = 0; d < 3; ++d) {
      row.nodes[d] = narrow(except_nodes_.size());
      except_nodes_.insert(except_nodes_.end(), except.sides[d].nodes.begin(), except.sides[d].nodes.end());
      row.nodes_end[d] = narrow(except_nodes_.size());
    }
    excepts_.push_back(row);
  }

  void add(TermRow& row, const Literal& literal) {
    if (literal.kind != Literal::Kind::test) {
      const std::uint32_t bit = literal.kind == Literal::Kind::consent     ? literal.index
                                : literal.kind == Literal::Kind::objection ? index().objection_bit()
                                                                           : index().notice_bit(literal.index);
      if (bit < 64) {
        (literal.negated ? row.ledger_false : row.ledger_true) |= std::uint64_t{1} << bit;
        return;
      }
    } else {
      const Test& test = model_.tests[literal.index];
      if (is_fact_only(test) && !find(of_fact_[test.left.index], literal)->mixed) return;
      if (const auto d = only_dimension(test)) {
        const Folded* folded = find(folded_[*d], literal);
        if (folded != nullptr && !folded->unknown_somewhere) return;
      }
    }
    residuals_.push_back({Residual::Kind::literal, narrow(literals_.size()), 0});
    literals_.push_back({static_cast<std::uint32_t>(literal.kind), literal.index, literal.negated});
  }

  void build_rule_rows() {
    Own<RuleRow> rows;
    for (const Rule& rule : model_.rules) {
      RuleRow row;
      if (rule.keep) row.keep_seconds = rule.keep->seconds;
      for (const ObligationId id : rule.oblige) row.obligations |= std::uint64_t{1} << id;
      rows.push_back(row);
    }
    index().rules = std::move(rows);
  }

  // A fact is known by its row unless something is checked besides: a literal that no row settles, or a whole condition.
  void find_facts_known_by_row() {
    std::vector<bool> beyond_row(facts_.size());
    const auto see = [&](std::uint32_t test) {
      if (model_.tests[test].left.kind == Operand::Kind::fact) beyond_row[model_.tests[test].left.index] = true;
    };
    for (const LiteralRow& literal : index().literals)
      if (static_cast<Literal::Kind>(literal.kind) == Literal::Kind::test) see(literal.index);
    for (const ConditionRow& condition : index().conditions)
      if (static_cast<Condition::Kind>(condition.kind) == Condition::Kind::test) see(condition.index);
    for (FactId fact = 0; fact < facts_.size(); ++fact) {
      const bool has_rows = facts_[fact].rows != 0 || facts_[fact].literals == facts_[fact].literals_end;
      facts_[fact].by_row = has_rows && !beyond_row[fact];
    }
    index().facts = std::move(facts_);
  }

  void count_points() {
    const Taxonomy& data = vocabulary_.of(zweck::Dimension::data);
    Own<std::uint32_t> counts(data.nodes.size());
    std::vector<NodeId> last_counted_for(data.nodes.size(), no_class);
    for (NodeId node = 0; node < data.nodes.size(); ++node) {
      const auto add = [&](NodeId leaf) {
        if (last_counted_for[leaf] != node) ++counts[node];
        last_counted_for[leaf] = node;
      };
      for (const NodeId leaf : data.leaves_below(node)) {
        add(leaf);
        for (const NodeId source : data.sources(leaf)) add(source);
      }
    }
    index().data_points = std::move(counts);
  }

  const Model& model_;
  const Vocabulary& vocabulary_;
  Index index_;
  std::vector<Term> terms_;
  std::vector<std::uint32_t> ids_;  // of terms_[i] in the index
  std::unordered_map<std::uint64_t, std::size_t> listed_;  // of a literal in its list
  std::vector<std::vector<OfFact>> of_fact_;
  std::array<std::vector<Folded>, 3> folded_;
  Own<FactRows> facts_;
  Own<std::int64_t> fact_keys_;
  Own<std::uint32_t> fact_classes_;
  Own<FactLiteral> fact_literals_;
  Own<std::uint32_t> fact_terms_;
  Own<std::uint64_t> fact_rows_;
  Own<Residual> residuals_;
  Own<LiteralRow> literals_;
  Own<Window> windows_;
  Own<ExceptRow> excepts_;
  Own<NodeId> except_nodes_;
  Own<ConditionRow> conditions_;
};

}  // namespace

Index compile(const Model& model) { return Compiler(model).compile(); }

}  // namespace zweck
