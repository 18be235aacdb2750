#include <algorithm>
#include <atomic>

#include "engine/program.hpp"
#include "engine/without_exceptions.hpp"
#include "model/evaluate.hpp"
#include "model/request_tree.hpp"
#include "model/vocabulary.hpp"
#include "text/suggest.hpp"

namespace zweck {
namespace {

void clear(Array<std::uint64_t>::Own& bits, std::span<const std::uint32_t> terms) {
  for (const std::uint32_t term : terms) bits[term / 64] &= ~(std::uint64_t{1} << (term % 64));
}

// The rows of all facts as the digits of one number, if they fit; else a number of its own for each binding.
class Signature {
 public:
  void row(std::uint64_t digit, std::uint64_t base) {
    if (base_ > (std::uint64_t{1} << 63) / base) fits_ = false;
    if (!fits_) return;
    value_ += base_ * digit;
    base_ *= base;
  }
  // A value that is more than its row.
  void other() { fits_ = false; }
  std::uint64_t value() const {
    static std::atomic<std::uint64_t> bindings{0};
    return scattered(fits_ ? value_ : std::uint64_t{1} << 63 | bindings.fetch_add(1, std::memory_order_relaxed));
  }

 private:
  std::uint64_t value_ = 0, base_ = 1;
  bool fits_ = true;
};

Diagnostic unknown_fact(const Vocabulary& vocabulary, std::string_view name) {
  std::vector<std::string_view> known;
  for (const Fact& fact : vocabulary.facts) known.push_back(fact.name);
  Diagnostic diagnostic;
  diagnostic.check = "unknown-name";
  diagnostic.message = "there is no fact `" + std::string(name) + "`";
  diagnostic.help = did_you_mean(name, known);
  return diagnostic;
}

}  // namespace

std::uint32_t row_of(const Program& program, FactId fact, const Value& value) {
  const FactRows& rows = program.index().facts[fact];
  if (value.state != Value::State::single || rows.rows == 0) return no_row;
  const Type& type = program.vocabulary().facts[fact].type;
  if (type.kind == TypeKind::node &&
      !program.vocabulary().taxonomies[type.taxonomy].is_leaf(static_cast<NodeId>(value.one)))
    return no_row;
  const std::span<const std::int64_t> keys = program.index().fact_keys.slice(rows.keys, rows.keys_end);
  // How many are not above the value, without a branch on any of them.
  std::size_t at = 0;
  for (std::size_t left = keys.size(); left != 0;) {
    const std::size_t half = (left + 1) / 2;
    at += keys[at + half - 1] <= value.one ? half : 0;
    left -= half;
  }
  // A string that no test names behaves as every other such string; the key of those is the smallest.
  const bool is_key = at > 0 && (rows.ordered != 0 || keys[at - 1] == value.one);
  return rows.first_row + program.index().fact_classes[rows.keys + (is_key ? at - 1 : 0)];
}

void bind(Facts::State& state) {
  const Index& index = state.program->index();
  const Vocabulary& vocabulary = state.program->vocabulary();
  state.possible.assign(index.words(), ~std::uint64_t{0});
  state.known = state.possible;
  Signature signature;
  for (FactId fact = 0; fact < index.facts.size(); ++fact) {
    const FactRows& rows = index.facts[fact];
    const Value& value = state.values[fact];
    if (rows.by_row == 0) signature.other();
    if (rows.literals == rows.literals_end) continue;
    const std::uint32_t row = row_of(*state.program, fact, value);
    if (row != no_row || value.missing())
      signature.row(row == no_row ? rows.rows : row - rows.first_row, rows.rows + 1);
    else
      signature.other();
    if (row != no_row) {
      for (std::uint32_t b = 0; b < index.blocks; ++b) {
        const std::uint32_t number = index.fact_rows[std::size_t{row} * index.blocks + b];
        if (number == full_block) continue;
        const std::uint64_t* bits = index.block(number);
        for (std::size_t w = 0; w < block_words; ++w) {
          state.possible[b * block_words + w] &= bits[w];
          state.known[b * block_words + w] &= bits[w];
        }
      }
      continue;
    }
    for (const FactLiteral& literal : index.fact_literals.slice(rows.literals, rows.literals_end)) {
      Truth truth = Truth::unknown;
      if (!value.missing()) truth = evaluate(vocabulary, state.program->base().tests[literal.test], {}, state.values);
      if (literal.negated != 0) truth = !truth;
      const auto terms = index.fact_terms.slice(literal.terms, literal.terms_end);
      if (truth == Truth::no) clear(state.possible, terms);
      if (truth != Truth::yes) clear(state.known, terms);
    }
  }
  state.complete = state.known == state.possible;
  state.signature = signature.value();
}

namespace {

Diagnostic no_engine() {
  Diagnostic diagnostic;
  diagnostic.check = "unknown-name";
  diagnostic.message = "these facts belong to no engine";
  diagnostic.help = "take them from Engine::facts()";
  return diagnostic;
}

}  // namespace

Result<std::monostate> Facts::set(std::string_view name, const FactValue& value) noexcept {
  return or_diagnostic("invalid-request", [&]() -> Result<std::monostate> {
    if (!state_) return no_engine();
    const Vocabulary& vocabulary = state_->program->vocabulary();
    const auto fact = vocabulary.find_fact(name);
    if (!fact) return unknown_fact(vocabulary, name);
    auto read = read_value(vocabulary, vocabulary.facts[*fact].type, to_tree(value), {}, "fact `" + std::string(name) + "`");
    if (!read) return std::move(read).diagnostics();
    assign(*fact, *std::move(read));
    return std::monostate{};
  });
}

Result<std::monostate> Facts::set(std::string_view name, const char* value) noexcept {
  return or_diagnostic("invalid-request", [&] { return set(name, FactValue(std::string(value))); });
}

Result<std::monostate> Facts::clear(std::string_view name) noexcept {
  return or_diagnostic("invalid-request", [&]() -> Result<std::monostate> {
    if (!state_) return no_engine();
    const Vocabulary& vocabulary = state_->program->vocabulary();
    const auto fact = vocabulary.find_fact(name);
    if (!fact) return unknown_fact(vocabulary, name);
    assign(*fact, vocabulary.facts[*fact].fallback);
    return std::monostate{};
  });
}

Facts::Facts(std::shared_ptr<const State> state)
    : state_(std::move(state)), program_(state_->program.get()), signature_(state_->signature) {}

void Facts::assign(FactId fact, Value value) {
  auto next = std::make_shared<State>(*state_);
  next->values[fact] = std::move(value);
  bind(*next);
  *this = Facts(std::move(next));
}

}  // namespace zweck
