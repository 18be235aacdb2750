#include "engine/quick_answer.hpp"

#include <algorithm>
#include <bit>

#include "engine/decide.hpp"
#include "engine/ledger_at.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

// A literal that is among the fact checks too.
bool is_on_facts(const Program& program, const LiteralRow& literal) {
  if (static_cast<Literal::Kind>(literal.kind) != Literal::Kind::test) return false;
  const Test& test = program.base().tests[literal.index];
  return test.left.kind == Operand::Kind::fact && !test.own;
}

// As check() in decide.hpp, but facts are compared here and now.
Truth check_here(const Question& question, std::uint32_t term) {
  const Program& program = question.program;
  const Index& index = program.index();
  const TermDetail& detail = index.details[term];
  Truth truth = Truth::yes;
  if (!question.subject.known) {
    const LedgerMask& mask = index.ledger_masks[index.terms[term].ledger];
    if ((mask.needed | mask.excluded) != 0) truth = Truth::unknown;
  }
  const FactChecks& checks = index.fact_checks;
  const std::uint32_t end = checks.first[detail.checks + 1];
  for (std::uint32_t i = checks.first[detail.checks]; i != end && truth != Truth::no; ++i)
    truth = both(truth, evaluate(program.base(), checks, checks.checks[i], question.facts.values));
  for (std::uint32_t r = detail.residual; r != detail.residual_end && truth != Truth::no; ++r) {
    const Residual& residual = index.residuals[r];
    if (residual.kind == Residual::Kind::literal && is_on_facts(program, index.literals[residual.index])) continue;
    truth = both(truth, check(question, residual));
  }
  return truth;
}

// As for_each_term() in decide.hpp, but for what facts say.
// see(term) is called for the last term at least that covers the point, whatever it asks.
template <class See, class Use>
void for_each_term_here(const Question& question, See see, Use use) {
  const Program& program = question.program;
  const PointRows rows(program.index(), question.point);
  const Kernel& kernel = program.kernel();
  for (std::uint32_t word = 0; word < rows.index.summary_words; ++word) {
    std::uint64_t blocks = rows.blocks(word);
    while (blocks != 0) {
      Candidates candidates;
      SurvivingWords words;
      blocks = kernel.gather(rows, word, blocks, candidates);
      kernel.intersect(candidates, program.all_terms(), words);
      for (std::uint32_t from = 0; from < words.count;) {
        Terms terms;
        from = kernel.expand(words, from, terms);
        if (terms.count != 0) see(terms.number[terms.count - 1]);
        rule_out(question, terms);
        for (std::uint32_t i = 0; i < terms.count; ++i) {
          const Truth truth = check_here(question, terms.number[i]);
          if (truth != Truth::no && !use(terms.number[i], truth)) return;
        }
      }
    }
  }
}

}  // namespace

// Lends facts and ledger of a request to the states in which the engine looks for them, and gives them back.
class QuickAnswer::Lent {
 public:
  Lent(QuickAnswer& to, ResolvedRequest& from) : to_(to), from_(from) {
    swap();
    to.subject_.now = from.at;
    to.subject_.known = from.ledger.has_value();
  }
  ~Lent() {
    swap();
    to_.bound_.reset();
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

 private:
  void swap() {
    to_.facts_.values.swap(from_.facts);
    if (from_.ledger) to_.subject_.ledger.swap(*from_.ledger);
  }
  QuickAnswer& to_;
  ResolvedRequest& from_;
};

bool QuickAnswer::decide(const std::shared_ptr<const Program>& shared, ResolvedRequest& request, bool with_rules) {
  const Program& program = *shared;
  worst_ = {INT64_MAX, 0, Status::allowed};
  rules_.clear();
  hopeless_ = false;
  const auto& taxonomies = program.vocabulary().taxonomies;
  const auto purposes = taxonomies[1].leaves_below(request.purpose);
  const auto partners = taxonomies[2].leaves_below(request.partner);
  list_data(program, request.data);
  // Each factor is below 2^16, so that the product fits.
  if (data_.size() * purposes.size() * partners.size() > limits::request_points) return false;

  const Lent lent(*this, request);
  for (const NodeId data : data_) {
    for (const NodeId purpose : purposes) {
      for (const NodeId partner : partners) {
        decide_at(shared, {data, purpose, partner}, with_rules);
        if (!with_rules && worst_.status == Status::forbidden) return true;
      }
    }
  }

  std::sort(rules_.begin(), rules_.end());
  rules_.erase(std::unique(rules_.begin(), rules_.end()), rules_.end());
  return true;
}

void QuickAnswer::list_data(const Program& program, const std::vector<NodeId>& named) {
  const Taxonomy& data = program.vocabulary().of(Dimension::data);
  data_.clear();
  for (const NodeId node : named) {
    for (const NodeId leaf : data.leaves_below(node)) {
      data_.push_back(leaf);
      const auto sources = data.sources(leaf);
      data_.insert(data_.end(), sources.begin(), sources.end());
    }
    // Groups that share sources: never longer than the taxonomy for more than one name.
    if (data_.size() > 1) {
      std::sort(data_.begin(), data_.end());
      data_.erase(std::unique(data_.begin(), data_.end()), data_.end());
    }
  }
}

void QuickAnswer::decide_at(const std::shared_ptr<const Program>& shared, const Point& point, bool with_rules) {
  const Program& program = *shared;
  const Index& index = program.index();
  Question question{program, facts_, subject_, point, 0};
  if (subject_.known) {
    const auto bits = bound_ ? std::nullopt : ledger_at(program, subject_.ledger, subject_.now, point);
    if (!bits && !bound_) bound_ = zweck::bind(shared, subject_.ledger, subject_.now);
    question.ledger_bits = bits ? *bits : ledger_bits(*bound_, point);
  }
  const std::uint32_t deny_terms = index.deny_blocks * block_words * 64;
  found_.clear();
  std::size_t denies = 0;
  bool forbidden = false, deny_possible = false, allowed = false, allow_possible = false;
  bool hopeless = true;
  const auto see = [&](std::uint32_t term) { hopeless &= term < deny_terms; };
  for_each_term_here(question, see, [&](std::uint32_t term, Truth truth) {
    const bool known = truth == Truth::yes;
    if (term < deny_terms) {
      found_.push_back({term, index.details[term].rule, truth});
      ++denies;
      (known ? forbidden : deny_possible) = true;
      return with_rules || !forbidden;
    }
    // Denies come first, and settle it.
    if (forbidden) return false;
    found_.push_back({term, index.details[term].rule, truth});
    (known ? allowed : allow_possible) = true;
    return true;
  });
  const Status status = forbidden                    ? Status::forbidden
                        : !allowed && !allow_possible ? Status::not_permitted
                        : allowed && !deny_possible   ? Status::allowed
                                                      : Status::indeterminate;
  hopeless_ |= hopeless;
  // Worse statuses come first.
  if (status > worst_.status) return;
  if (status < worst_.status) {
    rules_.clear();
    worst_ = {INT64_MAX, 0, status};
  }
  switch (status) {
    case Status::forbidden:
      for (std::size_t i = 0; i < denies; ++i)
        if (found_[i].truth == Truth::yes) rules_.push_back(found_[i].rule);
      break;
    case Status::allowed:
      for (const AtTerm& at : found_) {
        if (at.truth != Truth::yes) continue;
        const Duty& duty = index.duties[index.terms[at.term].duty & ~unsettled];
        rules_.push_back(at.rule);
        worst_.keep_seconds = std::min(worst_.keep_seconds, duty.keep_seconds);
        worst_.obligations |= duty.obligations;
      }
      break;
    case Status::indeterminate: {
      // A rule of several terms applies if one of them does, and may apply only if none does.
      std::sort(found_.begin(), found_.end(), [](const AtTerm& a, const AtTerm& b) {
        return a.rule != b.rule ? a.rule < b.rule : a.truth > b.truth;
      });
      for (std::size_t i = 0; i < found_.size(); ++i)
        if (found_[i].truth == Truth::unknown && (i == 0 || found_[i - 1].rule != found_[i].rule))
          rules_.push_back(found_[i].rule);
      break;
    }
    default: break;
  }
}

}  // namespace zweck
