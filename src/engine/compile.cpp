#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "engine/index.hpp"
#include "model/evaluate.hpp"

namespace zweck {
namespace {

// Distinct literals folded into the bits of one dimension; further ones are checked term by term.
constexpr std::size_t folded_literals = 64;
// Classes of one fact with bits of their own; where there are more, neighbours share bits and their terms are checked.
constexpr std::size_t fact_classes = 256;

using Bits = std::vector<std::uint64_t>;

void set(Bits& bits, std::uint32_t term) { bits[term / 64] |= std::uint64_t{1} << (term % 64); }
void clear(std::uint64_t* bits, std::uint32_t term) { bits[term / 64] &= ~(std::uint64_t{1} << (term % 64)); }

bool one_sided(const Box& box) {
  return std::count_if(box.sides.begin(), box.sides.end(), [](const NodeSet& side) { return !side.any; }) == 1;
}

class Compiler {
 public:
  explicit Compiler(const Model& model) : model_(model), vocabulary_(model.vocabulary) {}

  Index compile() {
    index_.consent_tests = static_cast<std::uint32_t>(model_.consent_tests.size());
    index_.notice_tests = static_cast<std::uint32_t>(model_.notice_tests.size());
    order_terms();
    collect_literals();
    for (std::size_t d = 0; d < 3; ++d) build_side(d);
    for (FactId f = 0; f < vocabulary_.facts.size(); ++f) build_fact(f);
    build_rows();
    for (const Rule& rule : model_.rules) {
      RuleRow row;
      if (rule.keep) row.keep_seconds = rule.keep->seconds;
      for (const ObligationId id : rule.oblige) row.obligations |= std::uint64_t{1} << id;
      index_.rules.push_back(row);
    }
    return std::move(index_);
  }

 private:
  // Deny terms first, so that one pass over them settles `forbidden`; terms of neighbouring data together, so that the
  // bits of a leaf lie in few words.
  void order_terms() {
    std::vector<Term> terms = terms_of(model_);
    std::array<std::vector<std::uint32_t>, 3> position;
    for (std::size_t d = 0; d < 3; ++d) {
      const auto& order = vocabulary_.taxonomies[d].topological();
      position[d].resize(order.size());
      for (std::uint32_t i = 0; i < order.size(); ++i) position[d][order[i]] = i + 1;
    }
    const auto key = [&](const Term& term) {
      const Rule& rule = model_.rules[term.rule];
      std::array<std::uint32_t, 3> first{};
      for (std::size_t d = 0; d < 3; ++d)
        for (const NodeId node : rule.scope.sides[d].nodes)
          first[d] = first[d] == 0 ? position[d][node] : std::min(first[d], position[d][node]);
      return std::tuple(rule.effect == Effect::allow, first, term.rule);
    };
    std::stable_sort(terms.begin(), terms.end(), [&](const Term& a, const Term& b) { return key(a) < key(b); });
    const auto first_allow = std::find_if(terms.begin(), terms.end(), [&](const Term& term) {
      return model_.rules[term.rule].effect == Effect::allow;
    });
    const auto denies = static_cast<std::size_t>(first_allow - terms.begin());
    const auto allows = terms.size() - denies;
    index_.deny_words = static_cast<std::uint32_t>((denies + 63) / 64);
    index_.words = index_.deny_words + static_cast<std::uint32_t>((allows + 63) / 64);
    for (std::size_t i = 0; i < terms.size(); ++i)
      ids_.push_back(static_cast<std::uint32_t>(i < denies ? i : index_.deny_words * 64 + i - denies));
    terms_ = std::move(terms);
  }

  static bool has_fact(const Test& test) { return test.left.kind == Operand::Kind::fact; }
  static bool is_fact_only(const Test& test) { return has_fact(test) && !test.own; }
  // The one dimension a test looks at, if it looks at nothing else.
  static std::optional<std::size_t> only_dimension(const Test& test) {
    if (has_fact(test) || (test.own && test.own->dimension != test.left.dimension)) return std::nullopt;
    return static_cast<std::size_t>(test.left.dimension);
  }

  void collect_literals() {
    index_.facts.resize(vocabulary_.facts.size());
    std::map<Literal, std::size_t> of_fact;
    for (std::size_t i = 0; i < terms_.size(); ++i)
      for (const Literal& literal : terms_[i].literals) {
        if (literal.kind != Literal::Kind::test) continue;
        const Test& test = model_.tests[literal.index];
        if (is_fact_only(test)) {
          auto& list = index_.facts[test.left.index].literals;
          const auto [it, added] = of_fact.emplace(literal, list.size());
          if (added) list.push_back({literal, {}});
          list[it->second].terms.push_back(ids_[i]);
        } else if (const auto d = only_dimension(test)) {
          folded_[*d][literal].terms.push_back(ids_[i]);
        }
      }
    for (auto& literals : folded_)
      if (literals.size() > folded_literals) literals.clear();
  }

  struct Folded {
    std::vector<std::uint32_t> terms;
    Bits bits;
    bool unknown_somewhere = false;
  };

  void build_side(std::size_t d) {
    const Taxonomy& taxonomy = vocabulary_.taxonomies[d];
    Side& side = index_.sides[d];
    const std::size_t words = index_.words;
    Bits any(words), ordinary_only(words), special_only(words);
    std::vector<std::vector<std::uint32_t>> at(taxonomy.nodes.size()), except_at(taxonomy.nodes.size());
    bool excepts = false;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const Rule& rule = model_.rules[terms_[i].rule];
      if (rule.scope.sides[d].any) set(any, ids_[i]);
      for (const NodeId node : rule.scope.sides[d].nodes) at[node].push_back(ids_[i]);
      for (const Box& except : rule.excepts) {
        if (!one_sided(except) || except.sides[d].any) continue;
        excepts = true;
        for (const NodeId node : except.sides[d].nodes) except_at[node].push_back(ids_[i]);
      }
      if (terms_[i].reach == Term::Reach::ordinary) set(ordinary_only, ids_[i]);
      if (terms_[i].reach == Term::Reach::special) set(special_only, ids_[i]);
    }
    for (auto& [literal, folded] : folded_[d]) {
      folded.bits.assign(words, 0);
      for (const std::uint32_t term : folded.terms) set(folded.bits, term);
    }

    side.class_of.assign(taxonomy.nodes.size(), no_class);
    std::vector<Bits> in(taxonomy.nodes.size()), out(excepts ? taxonomy.nodes.size() : 0);
    std::unordered_map<std::string_view, std::uint32_t> classes;
    std::vector<Bits> kept;
    kept.reserve(taxonomy.leaves().size());
    for (const NodeId node : taxonomy.topological()) {
      Bits bits = any;
      for (const NodeId parent : taxonomy.nodes[node].parents)
        for (std::size_t w = 0; w < words; ++w) bits[w] |= in[parent][w];
      for (const std::uint32_t term : at[node]) set(bits, term);
      Bits less;
      if (excepts) {
        less.assign(words, 0);
        for (const NodeId parent : taxonomy.nodes[node].parents)
          for (std::size_t w = 0; w < words; ++w) less[w] |= out[parent][w];
        for (const std::uint32_t term : except_at[node]) set(less, term);
      }
      if (!taxonomy.is_leaf(node)) {
        in[node] = std::move(bits);
        if (excepts) out[node] = std::move(less);
        continue;
      }
      const auto remove = [&](const Bits& gone) {
        for (std::size_t w = 0; w < words; ++w) bits[w] &= ~gone[w];
      };
      if (excepts) remove(less);
      if (d == 0) remove(is_special(vocabulary_, node) ? ordinary_only : special_only);
      for (auto& [literal, folded] : folded_[d]) {
        const Truth truth = at_leaf(literal, d, node);
        if (truth == Truth::no) remove(folded.bits);
        if (truth == Truth::unknown) folded.unknown_somewhere = true;
      }
      kept.push_back(std::move(bits));
      const std::string_view content(reinterpret_cast<const char*>(kept.back().data()), words * sizeof(std::uint64_t));
      const auto [it, added] = classes.emplace(content, static_cast<std::uint32_t>(classes.size()));
      side.class_of[node] = it->second;
      if (added)
        side.bits.insert(side.bits.end(), kept.back().begin(), kept.back().end());
      else
        kept.pop_back();
    }
  }

  Truth at_leaf(const Literal& literal, std::size_t d, NodeId leaf) const {
    Point point;
    (d == 0 ? point.data : d == 1 ? point.purpose : point.partner) = leaf;
    const Truth truth = evaluate(vocabulary_, model_.tests[literal.index], point, {});
    return literal.negated ? !truth : truth;
  }

  // --- Facts ---

  void build_fact(FactId fact) {
    FactRows& rows = index_.facts[fact];
    const Type& type = vocabulary_.facts[fact].type;
    if (rows.literals.empty() || type.set) return;
    std::vector<std::int64_t> keys;
    switch (type.kind) {
      case TypeKind::boolean: keys = {0, 1}; break;
      case TypeKind::integer:
      case TypeKind::date:
      case TypeKind::duration:
        rows.ordered = true;
        keys.push_back(INT64_MIN);
        for_each_literal_value(rows, [&](std::int64_t value) {
          keys.push_back(value);
          if (value != INT64_MAX) keys.push_back(value + 1);
        });
        break;
      case TypeKind::string:
        keys.push_back(foreign_string);
        for_each_literal_value(rows, [&](std::int64_t value) { keys.push_back(value); });
        break;
      case TypeKind::choice: keys = type.choices; break;
      case TypeKind::node:
        for (const NodeId leaf : vocabulary_.taxonomies[type.taxonomy].leaves()) keys.push_back(leaf);
        break;
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());

    std::map<std::vector<Truth>, std::uint32_t> classes;
    std::vector<std::vector<Truth>> truths;
    std::vector<Value> values(vocabulary_.facts.size());
    for (const std::int64_t key : keys) {
      values[fact] = Value::single(key);
      std::vector<Truth> truth;
      for (const auto& of : rows.literals) {
        const Truth t = evaluate(vocabulary_, model_.tests[of.literal.index], {}, values);
        truth.push_back(of.literal.negated ? !t : t);
      }
      // Keys with the same outcome of every literal share a class.
      const auto [it, added] = classes.emplace(truth, static_cast<std::uint32_t>(truths.size()));
      if (added) truths.push_back(std::move(truth));
      rows.class_of_key.push_back(it->second);
    }
    rows.starts = std::move(keys);

    // Classes beyond the bound share bits, `per_row` of them at a time: a literal that differs within is checked later.
    const std::size_t per_row = (truths.size() + fact_classes - 1) / fact_classes;
    for (std::uint32_t& c : rows.class_of_key) c = static_cast<std::uint32_t>(c / per_row);
    const std::size_t row_count = (truths.size() + per_row - 1) / per_row;
    Bits all(index_.words, ~std::uint64_t{0});
    for (std::size_t r = 0; r < row_count; ++r) {
      Bits bits = all;
      const std::size_t end = std::min(truths.size(), (r + 1) * per_row);
      for (std::size_t l = 0; l < rows.literals.size(); ++l) {
        bool ever = false, always = true;
        for (std::size_t c = r * per_row; c < end; ++c) (truths[c][l] == Truth::no ? always = false : ever = true);
        if (!ever)
          for (const std::uint32_t term : rows.literals[l].terms) clear(bits.data(), term);
        else if (!always)
          mixed_[rows.literals[l].literal] = true;
      }
      rows.bits.insert(rows.bits.end(), bits.begin(), bits.end());
    }
  }

  template <class Use>
  void for_each_literal_value(const FactRows& rows, Use use) const {
    for (const auto& of : rows.literals)
      for (const std::int64_t value : model_.tests[of.literal.index].literals) use(value);
  }

  // --- Terms ---

  void build_rows() {
    index_.terms.resize(std::size_t{index_.words} * 64);
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const Term& term = terms_[i];
      const Rule& rule = model_.rules[term.rule];
      TermRow& row = index_.terms[ids_[i]];
      row.rule = term.rule;
      row.residual = static_cast<std::uint32_t>(index_.residuals.size());
      if (rule.from || rule.until) index_.residuals.push_back({Residual::Kind::window, 0});
      if (std::any_of(rule.excepts.begin(), rule.excepts.end(), [](const Box& e) { return !one_sided(e); }))
        index_.residuals.push_back({Residual::Kind::excepts, 0});
      for (const Literal& literal : term.literals) add(row, literal);
      if (term.whole_condition) index_.residuals.push_back({Residual::Kind::whole_condition, 0});
      row.residual_end = static_cast<std::uint32_t>(index_.residuals.size());
    }
  }

  void add(TermRow& row, const Literal& literal) {
    if (literal.kind != Literal::Kind::test) {
      const std::uint32_t bit = literal.kind == Literal::Kind::consent     ? literal.index
                                : literal.kind == Literal::Kind::objection ? index_.objection_bit()
                                                                           : index_.notice_bit(literal.index);
      if (bit < 64) {
        (literal.negated ? row.ledger_false : row.ledger_true) |= std::uint64_t{1} << bit;
        return;
      }
    } else {
      const Test& test = model_.tests[literal.index];
      if (is_fact_only(test) && !mixed_.contains(literal)) return;
      if (const auto d = only_dimension(test)) {
        const auto folded = folded_[*d].find(literal);
        if (folded != folded_[*d].end() && !folded->second.unknown_somewhere) return;
      }
    }
    index_.residuals.push_back({Residual::Kind::literal, static_cast<std::uint32_t>(index_.literals.size())});
    index_.literals.push_back(literal);
  }

  const Model& model_;
  const Vocabulary& vocabulary_;
  Index index_;
  std::vector<Term> terms_;
  std::vector<std::uint32_t> ids_;  // of terms_[i] in the index
  std::array<std::map<Literal, Folded>, 3> folded_;
  std::map<Literal, bool> mixed_;
};

}  // namespace

Index compile(const Model& model) { return Compiler(model).compile(); }

}  // namespace zweck
