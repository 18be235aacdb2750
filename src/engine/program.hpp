// A loaded policy set, ready to answer: the model for reasons and names, the index for decisions.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "engine/decision_cache.hpp"
#include "engine/index.hpp"
#include "engine/intersect.hpp"
#include "engine/ledger_at.hpp"
#include "engine/names.hpp"
#include "engine/quoted_names.hpp"
#include "model/ledger.hpp"
#include "model/model.hpp"
#include "zweck/engine.hpp"

namespace zweck {

// Immutable but for rules that are put away, which are made again when somebody first asks for them; safe to share.
class Program {
 public:
  explicit Program(Model model, const EngineOptions& options = {});
  // `whole` makes the whole model, of which `base` is what deciding needs, and keeps alive what the index of a bundle lies
  // in. Without it, `base` is the whole.
  Program(Model&& base, Index index, std::function<Model()> whole, const EngineOptions& options);

  // The whole model. The first to ask waits until it is there.
  const Model& model() const {
    if (!whole_) return model_;
    std::call_once(whole_once_, [this] { whole_model_ = whole_(); });
    return *whole_model_;
  }
  // Made when the first answer is written.
  const QuotedNames& quoted_names() const {
    std::call_once(quoted_names_once_, [this] { quoted_names_.emplace(model()); });
    return *quoted_names_;
  }
  // What deciding needs of it: the vocabulary and the tests. Rules and assertions may be missing here.
  const Model& base() const { return model_; }
  const Vocabulary& vocabulary() const { return model_.vocabulary; }
  const Index& index() const { return index_; }
  const Names& names() const { return names_; }
  const EventMasks& masks() const { return masks_; }
  // A row of bits, all set: where facts rule nothing out.
  const std::uint64_t* all_terms() const { return all_terms_.data(); }
  // The duties of all terms of a block together.
  const Duty& duty_of_block(std::uint32_t block) const { return block_duties_[block]; }
  // Differs from that of every other program of this process, former ones included.
  std::uint64_t serial() const { return serial_; }
  const Kernel& kernel() const { return *kernel_; }
  DecisionCache& cache() const { return cache_; }

 private:
  Model model_;
  std::function<Model()> whole_;  // none: model_ is the whole
  mutable std::once_flag whole_once_;
  mutable std::optional<Model> whole_model_;
  mutable std::once_flag quoted_names_once_;
  mutable std::optional<QuotedNames> quoted_names_;
  Index index_;
  Names names_;
  EventMasks masks_;
  Array<std::uint64_t>::Own all_terms_;
  std::vector<Duty> block_duties_;
  const Kernel* kernel_;
  mutable DecisionCache cache_;
  std::uint64_t serial_;
};

struct Facts::State {
  std::shared_ptr<const Program> program;
  std::vector<Value> values;  // by FactId, defaults filled in
  // Equal for facts that no decision can tell apart (and never for others).
  std::uint64_t signature = 0;
  // Terms whose literals on facts can hold (possible), or hold (known). Equal unless a fact is missing or ambiguous.
  Array<std::uint64_t>::Own possible, known;
  bool complete = false;  // they are equal, so that what facts say of a term is never unknown
};

// The row of bits of a fact's value, or no_row if it has none: it is missing, a set or a group, or nothing depends on it.
std::uint32_t row_of(const Program& program, FactId fact, const Value& value);

// Sets the rest from the values.
void bind(Facts::State& state);

// A grant, a no, an objection or the withdrawal of one, ready to be asked at a point.
struct BoundEvent {
  std::array<NodeId, 3> scope{};
  std::uint32_t event = 0;  // in the ledger
  Time at;
  std::uint64_t tests = 0;  // grants: the consent tests this one meets, as ledger bits
};

// Where events reach, as stretches of Side::preorder, so that all events are asked at once: in each dimension `first` and
// how many more. `lanes` numbers of each, padded with stretches that nothing lies in.
struct Reach {
  std::uint32_t lanes = 0;
  std::vector<std::uint16_t> stretches;  // first, more of data; first, more of purpose; first, more of partner
  std::uint64_t irregular = 0;           // events whose name in some dimension is no stretch: to be asked one by one
};
constexpr std::size_t events_at_once = 64;

struct Subject::State {
  std::shared_ptr<const Program> program;
  Time now;
  bool known = false;        // whether there is a ledger
  std::uint64_t serial = 0;  // of this binding, never used again
  std::uint64_t always = 0;  // ledger bits that are the same at every point: notices
  // Grants, then noes, then raised objections; if there are no more than events_at_once, only such as nothing withdrew.
  // Else withdrawals of objections follow, and each kind is sorted by scope, then by time, the latest first.
  std::vector<BoundEvent> events;
  std::uint32_t grants = 0, noes = 0, raised = 0;  // how many
  Reach reach;                     // if there are at most events_at_once
  Ledger ledger;  // for what the bits do not hold
};

// Without a ledger: a customer of whom none is known.
std::shared_ptr<const Subject::State> bind(std::shared_ptr<const Program> program, std::optional<Ledger> ledger, Time now);

// The ledger bits at a point of leaves.
std::uint64_t ledger_bits(const Subject::State& subject, const Point& point);

// Tests asked one at a time: those that have no bit, and those of conditions that are evaluated as they stand.
bool has_consent(const Subject::State& subject, const ConsentTest& test, const Point& point);
bool has_objection(const Subject::State& subject, const Point& point);
bool was_shown(const Subject::State& subject, const NoticeTest& test);

}  // namespace zweck
