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

}  // namespace

// What facts say of terms that are compared here and now. Their rows of bits are looked up only where many terms are left.
struct QuickAnswer::FactsHere {
  static constexpr std::uint32_t many = 64;  // terms

  const Question& question;
  QuickAnswer& answer;

  const std::uint64_t* row() const { return question.program.all_terms(); }
  void narrow(SurvivingWords& words) const {
    std::uint32_t terms = 0;
    for (std::uint32_t i = 0; i < words.count && terms < many; ++i)
      terms += static_cast<std::uint32_t>(std::popcount(words.bits[i]));
    if (terms < many) return;
    answer.find_rows(question.program);
    const Index& index = question.program.index();
    for (std::uint32_t i = 0; i < words.count; ++i)
      for (const std::uint32_t* numbers : answer.rows_)
        words.bits[i] &= index.block(numbers[words.word[i] / block_words])[words.word[i] % block_words];
  }
  Truth check(std::uint32_t term) const { return check_here(question, term); }
};

void QuickAnswer::find_rows(const Program& program) {
  if (rows_found_) return;
  rows_found_ = true;
  rows_.clear();
  const Index& index = program.index();
  for (FactId fact = 0; fact < index.facts.size(); ++fact) {
    if (index.facts[fact].literals == index.facts[fact].literals_end) continue;
    const std::uint32_t row = row_of(program, fact, facts_.values[fact]);
    if (row != no_row) rows_.push_back(index.fact_rows.data() + std::size_t{row} * index.blocks);
  }
}

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
  rows_found_ = false;
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
  for (const NodeId leaf : data_) is_listed_[leaf] = 0;
  data_.clear();
  if (is_listed_.size() < data.nodes.size()) is_listed_.resize(data.nodes.size());
  const auto list = [&](NodeId leaf) {
    if (is_listed_[leaf] != 0) return;
    data_.push_back(leaf);  // first: if memory runs out, it must not count as listed
    is_listed_[leaf] = 1;
  };
  for (const NodeId node : named)
    for (const NodeId leaf : data.leaves_below(node)) {
      list(leaf);
      for (const NodeId source : data.sources(leaf)) list(source);
    }
}

// Keeps all terms that hold or may hold.
struct QuickAnswer::Finder {
  const Index& index;
  std::vector<AtTerm>& found;
  std::size_t denies = 0;
  bool forbidden = false, deny_possible = false, allowed = false, allow_possible = false;
  bool hopeless = true;  // no allow rule covers the point

  bool denies_by(std::uint32_t term) const { return term < index.deny_blocks * block_words * 64; }
  Status status() const {
    if (forbidden) return Status::forbidden;
    if (!allowed && !allow_possible) return Status::not_permitted;
    return allowed && !deny_possible ? Status::allowed : Status::indeterminate;
  }

  void covered(const SurvivingWords& words) {
    if (words.count != 0) hopeless &= words.word[words.count - 1] < index.deny_blocks * block_words;
  }
  bool wants_block(std::uint32_t) const { return true; }
  bool wants(std::uint32_t) const { return true; }
  bool take(std::uint32_t term, Truth truth) {
    const bool known = truth == Truth::yes;
    if (denies_by(term)) {
      ++denies;
      (known ? forbidden : deny_possible) = true;
    } else {
      if (forbidden) return false;  // denies come first, and settle it
      (known ? allowed : allow_possible) = true;
    }
    found.push_back({term, index.details[term].rule, truth});
    return true;
  }
};

void QuickAnswer::decide_at(const std::shared_ptr<const Program>& shared, const Point& point, bool with_rules) {
  const Program& program = *shared;
  const Index& index = program.index();
  std::optional<std::uint64_t> bits;
  if (subject_.known && !bound_) bits = ledger_at(program, subject_.ledger, subject_.now, point);
  if (subject_.known && !bits && !bound_) bound_ = zweck::bind(shared, subject_.ledger, subject_.now);
  const Question question{program, facts_, bound_ ? *bound_ : subject_, point,
                          bits     ? *bits
                          : bound_ ? ledger_bits(*bound_, point)
                                   : 0};
  const PointRows rows(index, point);
  if (!with_rules) {
    Tally tally(program);
    visit_terms(question, rows, FactsHere{question, *this}, tally);
    Duty duty{worst_.keep_seconds, worst_.obligations};
    duty.join(tally.duty());
    const Status status = std::min(worst_.status, tally.status());  // worse ones come first
    worst_ = status == Status::allowed ? CachedDecision{duty.keep_seconds, duty.obligations, status}
                                       : CachedDecision{INT64_MAX, 0, status};
    return;
  }
  Finder finder{index, found_};
  finder.found.clear();
  visit_terms(question, rows, FactsHere{question, *this}, finder);
  const Status status = finder.status();
  hopeless_ |= finder.hopeless;
  if (status > worst_.status) return;
  if (status < worst_.status) {
    rules_.clear();
    worst_ = {INT64_MAX, 0, status};
  }
  switch (status) {
    case Status::forbidden:
      for (std::size_t i = 0; i < finder.denies; ++i)
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
