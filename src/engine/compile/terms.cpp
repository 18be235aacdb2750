#include <map>

#include "engine/compile/rows.hpp"

namespace zweck {
namespace {

class TermBuilder {
 public:
  explicit TermBuilder(Compilation& compilation)
      : compilation_(compilation), model_(compilation.model), index_(compilation.index) {}

  void build() {
    build_rows();
    find_facts_known_by_row();
  }

 private:
  void build_rows() {
    std::vector<TermRow> rows;
    std::vector<TermDetail> details;
    window_of_.assign(model_.rules.size(), no_row);
    for (const Term& term : compilation_.terms.all) {
      details.push_back({term.rule, narrow(residuals_.size()), 0, narrow(details.size())});
      rows.push_back({add(term), number(duty_of(model_.rules[term.rule]), duties_, duty_at_)});
      details.back().residual_end = narrow(residuals_.size());
      if (details.back().residual != details.back().residual_end) rows.back().duty |= unsettled;
    }
    const std::size_t bits = std::size_t{index_.blocks} * block_words * 64;
    Array<TermRow>::Own terms(bits);
    Array<TermDetail>::Own all(bits);
    for (std::size_t i = 0; i < compilation_.shares.size(); ++i) {
      terms[compilation_.bits[i]] = rows[compilation_.shares[i].term];
      all[compilation_.bits[i]] = details[compilation_.shares[i].term];
    }
    index_.terms = std::move(terms);
    index_.details = std::move(all);
    index_.ledger_masks = std::move(masks_);
    index_.duties = std::move(duties_);
    index_.residuals = std::move(residuals_);
    index_.literals = std::move(literals_);
    index_.windows = std::move(windows_);
    index_.excepts = std::move(excepts_);
    index_.except_nodes = std::move(except_nodes_);
    index_.conditions = std::move(conditions_);
  }

  // Adds the residual checks of a term; what it asks of the ledger.
  std::uint32_t add(const Term& term) {
    const Rule& rule = model_.rules[term.rule];
    if (rule.from || rule.until) {
      std::uint32_t& window = window_of_[term.rule];
      if (window == no_row) {
        window = narrow(windows_.size());
        windows_.push_back({rule.from ? start_of(*rule.from).microseconds : INT64_MIN,
                            rule.until ? end_of(*rule.until).microseconds : INT64_MAX});
      }
      residuals_.push_back({Residual::Kind::window, window, 0});
    }
    LedgerMask mask;
    for (const Literal& literal : compilation_.terms.literals_of(term)) add(mask, literal);
    for (const Box& except : rule.excepts) {
      if (one_sided(except)) continue;
      residuals_.push_back({Residual::Kind::except, narrow(excepts_.size()), 0});
      add(except);
    }
    if (term.whole_condition) {
      add(rule.when, false);
      add(rule.unless, true);
    }
    return number(mask, masks_, mask_at_);
  }

  static Duty duty_of(const Rule& rule) {
    Duty duty;
    if (rule.keep) duty.keep_seconds = rule.keep->seconds;
    for (const ObligationId id : rule.oblige) duty.obligations |= std::uint64_t{1} << id;
    return duty;
  }

  template <class Row>
  static std::uint32_t number(const Row& row, typename Array<Row>::Own& rows, std::map<Row, std::uint32_t>& at) {
    const auto [it, added] = at.emplace(row, narrow(rows.size()));
    if (added) rows.push_back(row);
    return it->second;
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

  void add(LedgerMask& mask, const Literal& literal) {
    if (literal.kind != Literal::Kind::test) {
      const std::uint32_t bit = literal.kind == Literal::Kind::consent     ? literal.index
                                : literal.kind == Literal::Kind::objection ? index_.objection_bit()
                                                                           : index_.notice_bit(literal.index);
      if (bit < 64) {
        (literal.negated ? mask.excluded : mask.needed) |= std::uint64_t{1} << bit;
        return;
      }
    } else if (compilation_.literals.settled(literal)) {
      return;
    }
    residuals_.push_back({Residual::Kind::literal, narrow(literals_.size()), 0});
    literals_.push_back({static_cast<std::uint32_t>(literal.kind), literal.index, literal.negated});
  }

  // A fact is known by its row unless something is checked besides: a literal that no row settles, or a whole condition.
  void find_facts_known_by_row() {
    Array<FactRows>::Own facts(index_.facts.begin(), index_.facts.end());
    std::vector<bool> beyond_row(facts.size());
    const auto see = [&](std::uint32_t test) {
      if (model_.tests[test].left.kind == Operand::Kind::fact) beyond_row[model_.tests[test].left.index] = true;
    };
    for (const LiteralRow& literal : index_.literals)
      if (static_cast<Literal::Kind>(literal.kind) == Literal::Kind::test) see(literal.index);
    for (const ConditionRow& condition : index_.conditions)
      if (static_cast<Condition::Kind>(condition.kind) == Condition::Kind::test) see(condition.index);
    for (FactId fact = 0; fact < facts.size(); ++fact) {
      const bool has_rows = facts[fact].rows != 0 || facts[fact].literals == facts[fact].literals_end;
      facts[fact].by_row = has_rows && !beyond_row[fact];
    }
    index_.facts = std::move(facts);
  }

  Compilation& compilation_;
  const Model& model_;
  Index& index_;
  std::vector<std::uint32_t> window_of_;  // by RuleId
  std::map<LedgerMask, std::uint32_t> mask_at_;
  std::map<Duty, std::uint32_t> duty_at_;
  Array<LedgerMask>::Own masks_;
  Array<Duty>::Own duties_;
  Array<Residual>::Own residuals_;
  Array<LiteralRow>::Own literals_;
  Array<Window>::Own windows_;
  Array<ExceptRow>::Own excepts_;
  Array<NodeId>::Own except_nodes_;
  Array<ConditionRow>::Own conditions_;
};

}  // namespace

void build_terms(Compilation& compilation) { TermBuilder(compilation).build(); }

}  // namespace zweck
