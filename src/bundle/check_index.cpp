#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <vector>

#include "bundle/check.hpp"
#include "bundle/well_nested.hpp"
#include "engine/share_out.hpp"

namespace zweck::bundle {
namespace {

class Checker {
 public:
  Checker(const Index& index, std::span<const Duty> duties, const Model& base)
      : index_(index), duties_(duties), base_(base), taxonomies_(base.vocabulary.taxonomies) {}

  Flaw check(std::size_t threads) const {
    if (!sizes()) return "its tables have the wrong sizes";
    struct Check {
      bool (Checker::*holds)() const;
      std::string_view flaw;
    };
    static constexpr std::string_view side = "the table of a taxonomy contradicts it";
    static constexpr std::array<Check, 8> checks{{{&Checker::side<0>, side},
                                                  {&Checker::side<1>, side},
                                                  {&Checker::side<2>, side},
                                                  {&Checker::points, "its numbers of points contradict the taxonomies"},
                                                  {&Checker::terms, "a term refers to what is not there"},
                                                  {&Checker::residuals, "a check of a term refers to what is not there"},
                                                  {&Checker::facts, "the table of a fact contradicts it"},
                                                  {&Checker::fact_checks, "a comparison of a fact contradicts it"}}};
    std::array<bool, checks.size()> hold{};
    share_out(checks.size(), threads, [&](std::size_t i) { hold[i] = (this->*checks[i].holds)(); });
    const auto broken = std::find(hold.begin(), hold.end(), false);
    return broken == hold.end() ? Flaw() : checks[static_cast<std::size_t>(broken - hold.begin())].flaw;
  }

 private:
  bool sizes() const {
    constexpr std::uint32_t most = UINT32_MAX / (block_words * 64);
    return index_.blocks <= most && index_.deny_blocks <= index_.blocks &&
           index_.summary_words == (index_.blocks + 63) / 64 && index_.consent_tests == base_.consent_tests.size() &&
           index_.notice_tests == base_.notice_tests.size() &&
           index_.terms.size() == std::size_t{index_.words()} * 64 && index_.details.size() == index_.terms.size() &&
           index_.pool.size() % block_words == 0;
  }

  bool are_blocks(const Array<std::uint32_t>& numbers) const {
    const std::size_t blocks = index_.pool.size() / block_words;
    std::uint32_t most = 0;  // without a branch for each, several at once
    for (const std::uint32_t number : numbers) most = std::max(most, number);
    return numbers.empty() || most < blocks;
  }

  template <std::size_t d>
  bool side() const {
    const Side& side = index_.sides[d];
    const Taxonomy& taxonomy = taxonomies_[d];
    const std::size_t nodes = taxonomy.nodes.size();
    if (side.row_of.size() != nodes || side.preorder.size() != nodes || side.below.size() != nodes ||
        side.guarded.size() != nodes)
      return false;
    std::vector<bool> checked(side.rows.size());  // leaves share rows
    for (NodeId node = 0; node < nodes; ++node) {
      if (side.below[node] >= nodes && side.below[node] != not_a_tree) return false;
      const std::uint32_t row = side.row_of[node];
      if (!taxonomy.is_leaf(node)) {
        if (row != no_row) return false;
      } else if (index_.summary_words == 0) {
        if (row != 0) return false;  // without rules, rows are empty
      } else if (row >= side.rows.size()) {
        return false;
      } else if (!checked[row]) {
        checked[row] = true;
        if (!is_sound(side.rows.slice(row, side.rows.size()))) return false;
      }
    }
    return true;
  }

  // The row that begins here: its blocks stand in the index, and their numbers in the pool.
  bool is_sound(std::span<const std::uint32_t> row) const {
    if (row.size() < std::size_t{index_.summary_words} * Index::summary_size) return false;
    const std::size_t blocks = index_.pool.size() / block_words;
    for (std::uint32_t word = 0; word < index_.summary_words; ++word) {
      const std::uint32_t* head = row.data() + std::size_t{word} * Index::summary_size;
      const std::uint64_t summary = head[0] | std::uint64_t{head[1]} << 32;
      if (index_.blocks - word * 64 < 64 && summary >> (index_.blocks - word * 64) != 0) return false;
      const auto count = static_cast<std::size_t>(std::popcount(summary));
      if (head[2] > row.size() || row.size() - head[2] < count) return false;
      for (const std::uint32_t number : row.subspan(head[2], count))
        if (number >= blocks) return false;
    }
    return true;
  }

  // At least as many as are asked for, so that no request takes longer than it may.
  bool points() const {
    const Taxonomy& data = taxonomies_[0];
    if (index_.data_points.size() != data.nodes.size()) return false;
    for (NodeId node = 0; node < data.nodes.size(); ++node) {
      const auto leaves = data.leaves_below(node);
      std::size_t least = leaves.size();
      for (const NodeId leaf : leaves) least = std::max(least, 1 + data.sources(leaf).size());
      if (index_.data_points[node] < least) return false;
    }
    return true;
  }

  bool terms() const {
    // Of each duty, since what fills up a block refers to one as well.
    const std::size_t obligations = base_.vocabulary.obligations.size();
    for (const Duty& duty : index_.duties)
      if (duty.keep_seconds <= 0 || (obligations < 64 && duty.obligations >> obligations != 0)) return false;
    std::vector<std::uint32_t> residual_end(index_.residuals.size());  // of the terms whose residual checks begin here
    for (std::size_t i = 0; i < index_.terms.size(); ++i) {
      const TermRow& row = index_.terms[i];
      const TermDetail& detail = index_.details[i];
      if (std::size_t{detail.checks} + 1 >= index_.fact_checks.first.size()) return false;
      if (row == TermRow{} && detail == TermDetail{}) continue;  // fills up a block
      const std::uint32_t duty = row.duty & ~unsettled;
      if (row.ledger >= index_.ledger_masks.size() || duty >= index_.duties.size() || detail.rule >= duties_.size() ||
          detail.residual > detail.residual_end || detail.residual_end > index_.residuals.size() ||
          ((row.duty & unsettled) != 0) != (detail.residual != detail.residual_end))
        return false;
      if (detail.residual != detail.residual_end) {
        std::uint32_t& end = residual_end[detail.residual];
        if (end != 0 && end != detail.residual_end) return false;
        end = detail.residual_end;
      }
      if (index_.duties[duty] != duties_[detail.rule]) return false;
    }
    // Shares of a term have the same residual checks, other terms none of them.
    std::uint32_t last_end = 0;
    for (std::uint32_t begin = 0; begin < residual_end.size(); ++begin) {
      if (residual_end[begin] == 0) continue;
      if (begin < last_end) return false;
      last_end = residual_end[begin];
    }
    return index_.terms.empty() || (!index_.ledger_masks.empty() && !index_.duties.empty() && !duties_.empty());
  }

  bool residuals() const {
    const Tests tests{base_.consent_tests.size(), base_.notice_tests.size(), base_.tests.size()};
    if (!well_nested(index_.conditions, tests)) return false;
    // But for windows, each has what it refers to for itself, so that all of them together take no longer than they may.
    std::uint32_t literals = 0, excepts = 0, conditions = 0;
    for (const Residual& residual : index_.residuals) {
      switch (residual.kind) {
        case Residual::Kind::literal:
          if (residual.index != literals++ || residual.index >= index_.literals.size()) return false;
          break;
        case Residual::Kind::window:
          if (residual.index >= index_.windows.size()) return false;
          break;
        case Residual::Kind::except:
          if (residual.index != excepts++ || residual.index >= index_.excepts.size()) return false;
          break;
        case Residual::Kind::condition:
          if (residual.index != conditions || residual.index >= index_.conditions.size()) return false;
          conditions = index_.conditions[residual.index].end;
          break;
        default:
          return false;
      }
    }
    for (const LiteralRow& row : index_.literals) {
      const bool fits = row.kind == static_cast<std::uint32_t>(zweck::Literal::Kind::test)
                            ? row.index < base_.tests.size()
                        : row.kind == static_cast<std::uint32_t>(zweck::Literal::Kind::consent)
                            ? row.index < base_.consent_tests.size()
                        : row.kind == static_cast<std::uint32_t>(zweck::Literal::Kind::notice)
                            ? row.index < base_.notice_tests.size()
                            : row.kind == static_cast<std::uint32_t>(zweck::Literal::Kind::objection);
      if (!fits) return false;
    }
    for (const ExceptRow& row : index_.excepts)
      for (std::size_t d = 0; d < 3; ++d) {
        if (row.nodes[d] > row.nodes_end[d] || row.nodes_end[d] > index_.except_nodes.size()) return false;
        for (const NodeId node : index_.except_nodes.slice(row.nodes[d], row.nodes_end[d]))
          if (node >= taxonomies_[d].nodes.size()) return false;
      }
    return true;
  }

  bool facts() const {
    const std::size_t blocks = index_.blocks;
    if (index_.facts.size() != base_.vocabulary.facts.size() || index_.fact_classes.size() != index_.fact_keys.size())
      return false;
    if (blocks == 0 ? !index_.fact_rows.empty() : index_.fact_rows.size() % blocks != 0) return false;
    if (!are_blocks(index_.fact_rows)) return false;
    const std::size_t all_rows = blocks == 0 ? 0 : index_.fact_rows.size() / blocks;
    for (const std::uint32_t term : index_.fact_terms)
      if (term >= index_.terms.size()) return false;
    // One after the other without gaps, so that binding looks at nothing twice.
    std::uint32_t keys = 0, literals = 0, terms = 0;
    for (FactId fact = 0; fact < index_.facts.size(); ++fact) {
      const FactRows& rows = index_.facts[fact];
      if (rows.keys != keys || rows.keys > rows.keys_end || rows.keys_end > index_.fact_keys.size() ||
          rows.literals != literals || rows.literals > rows.literals_end ||
          rows.literals_end > index_.fact_literals.size() || std::uint64_t{rows.first_row} + rows.rows > all_rows)
        return false;
      keys = rows.keys_end;
      literals = rows.literals_end;
      if (rows.rows != 0 && (rows.keys == rows.keys_end || base_.vocabulary.facts[fact].type.set)) return false;
      for (const std::uint32_t row : index_.fact_classes.slice(rows.keys, rows.keys_end))
        if (row >= rows.rows) return false;
      for (const FactLiteral& literal : index_.fact_literals.slice(rows.literals, rows.literals_end)) {
        if (literal.test >= base_.tests.size() || literal.terms != terms || literal.terms > literal.terms_end ||
            literal.terms_end > index_.fact_terms.size())
          return false;
        terms = literal.terms_end;
        const Test& test = base_.tests[literal.test];
        if (test.left.kind != Operand::Kind::fact || test.left.index != fact || test.own) return false;
      }
    }
    return true;
  }

  bool fact_checks() const {
    const FactChecks& all = index_.fact_checks;
    return !all.first.empty() && std::is_sorted(all.first.begin(), all.first.end()) &&
           all.first[all.first.size() - 1] <= all.checks.size() &&
           std::all_of(all.checks.begin(), all.checks.end(), [&](const FactCheck& check) { return fits(check, all, base_); });
  }

  const Index& index_;
  std::span<const Duty> duties_;  // of rules
  const Model& base_;
  const std::vector<Taxonomy>& taxonomies_;
};

}  // namespace

Flaw check_index(const Index& index, std::span<const Duty> duties_of_rules, const Model& base,
                 std::size_t threads) {
  return Checker(index, duties_of_rules, base).check(threads);
}

}  // namespace zweck::bundle
