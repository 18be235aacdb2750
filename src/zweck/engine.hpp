// The evaluator: a policy set compiled for answering. Loading and binding may allocate and report errors as values;
// deciding by ids does neither.
//
// No exception leaves the library. Where memory runs out, a Result says so, and what is answered is `invalid`, so deny;
// functions that can say neither, since they only write a text, end the program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <zweck/ids.hpp>
#include <zweck/request.hpp>
#include <zweck/result.hpp>
#include <zweck/time.hpp>

namespace zweck {

class Program;  // the compiled set; internal
struct Value;    // internal
struct CachedDecision;  // internal
struct DecisionKey;     // internal

// The facts of a subject or session, turned into what the policy can tell apart. A value: copy it, keep it, change it.
// Reading from several threads is safe, changing while another reads is not. Belongs to the engine it came from: with
// another engine decide() answers `invalid`, and so it does for facts of no engine. Moving is copying: no facts are left
// behind that are half there.
class Facts {
 public:
  Facts() = default;
  Facts(const Facts&) = default;
  Facts& operator=(const Facts&) = default;
  // Errors: an unknown fact, a value outside its type. The facts are left as they were then.
  Result<std::monostate> set(std::string_view name, const FactValue& value) noexcept;
  Result<std::monostate> set(std::string_view name, int value) noexcept { return set(name, FactValue(std::int64_t{value})); }
  Result<std::monostate> set(std::string_view name, const char* value) noexcept;
  // Back to the default, or to missing. Errors: an unknown fact.
  Result<std::monostate> clear(std::string_view name) noexcept;

  struct State;  // internal

 private:
  friend class Engine;
  explicit Facts(std::shared_ptr<const State> state);
  void assign(FactId fact, Value value);
  std::shared_ptr<const State> state_;
  // Of the state, at hand for looking up decisions.
  const Program* program_ = nullptr;
  std::uint64_t signature_ = 0;
};

// A ledger at a moment, turned into what the policy can ask of it. Immutable, cheap to copy, safe to share. Belongs to
// the engine it came from, as facts do; moving is copying here, too. Speaks for its own `now` only: bind it anew for
// another time.
class Subject {
 public:
  Subject() = default;
  Subject(const Subject&) = default;
  Subject& operator=(const Subject&) = default;
  Time now() const noexcept;  // the epoch if it is of no engine

  struct State;  // internal

 private:
  friend class Engine;
  explicit Subject(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
  std::uint64_t serial_ = 0;  // of the state
};

// The answer to one decision, by value. True only if the answer is allow. A default one is `invalid`, so deny.
class Decision {
 public:
  Status status() const { return status_; }
  explicit operator bool() const { return status_ == Status::allowed; }
  // How long the data may be kept, counted from the subject's `now`; nothing if no rule says so or nothing is allowed.
  std::optional<Duration> keep() const {
    return keep_seconds_ == no_limit ? std::nullopt : std::optional(Duration{keep_seconds_});
  }
  // The further obligations, one bit for each ObligationId; see Engine::obligations(). Who does not know an obligation
  // must treat the answer as deny.
  std::uint64_t obligations() const { return obligations_; }
  bool obliges(ObligationId id) const { return id < 64 && (obligations_ >> id & 1) != 0; }

  friend bool operator==(const Decision&, const Decision&) = default;

 private:
  friend class Engine;
  static constexpr std::int64_t no_limit = INT64_MAX;
  std::int64_t keep_seconds_ = no_limit;
  std::uint64_t obligations_ = 0;
  Status status_ = Status::invalid;
};

// Columns of questions: one element for each row, or a single one for all of them. What they refer to must outlive the call.
struct Batch {
  std::span<const NodeId> data, purpose, partner;
  std::span<const Facts> facts;
  std::span<const Subject> subjects;
};

// How an engine is built. What is left as it is suits a service.
struct EngineOptions {
  // Decisions kept for when the same is asked again of the same facts and subject: one cache line (64 bytes) each, of
  // memory that is taken as it is used, at most 4 GiB; 0 keeps none. Without such memory none are kept, and the statistics
  // say 0 bytes.
  std::size_t cached_decisions = 65'536;
  // The kernel that intersects bits: "plain", "avx2", "avx512"; empty for the widest of the machine. For tests and
  // measurements; one that the machine has not is replaced by the widest.
  std::string kernel;
  // The index cuts the space of points into parts, until one has no more terms (alternatives of rules) than this; 0 never
  // cuts. As many as a cache line has bits suit most machines; smaller ones are for tests.
  std::size_t part_terms = 512;
  // Budgets of memory and time for cutting: bytes that the tables may take, and looks at rules while they are cut, some
  // 10 ns each, which are counted so that the tables are the same on every machine. 100,000 rules of the workload of
  // tests/bench take 51 million bytes and 5.4 million looks. Where one of them is hit, tables are cut no further or left
  // whole, which decides the same and takes longer. The statistics say so. Building what is never cut is bounded by the size
  // of the set.
  std::size_t table_bytes = std::size_t{256} << 20;
  std::uint64_t table_steps = 100'000'000;
};

// How an engine was built, and what it takes.
struct Statistics {
  std::size_t rules = 0;
  std::size_t terms = 0;        // alternatives of rules, a copy in each part that they reach into
  std::size_t parts = 0;        // that the space of points is cut into
  bool over_budget = false;     // it would have been cut further if the budgets allowed it
  std::size_t table_bytes = 0;
  std::size_t cache_bytes = 0;  // at most
  std::string_view kernel;
};

// Immutable once built: share one between threads without locks; every member may be called from any of them. Copies (and
// what is moved, which is copied) share the same compiled set, which lives as long as one of them, or facts or a subject.
class Engine {
 public:
  Engine(const Engine&) = default;
  Engine& operator=(const Engine&) = default;

  // A directory (or bundle) of a policy set; every error with its place. Failed assertions are the linter's to find.
  //
  // A bundle is mapped, and read where it lies as long as the engine lives. Replace one that is in use by renaming another
  // file to its name, as `zweck compile` does; never write into it or cut it, which would end the program.
  //
  // What decisions do not need is put away in a third of its memory. The first answer or explanation brings it back, which
  // takes a fifteenth of the time that loading the rules did, once.
  static Result<Engine> load(const std::filesystem::path& path, const EngineOptions& options = {}) noexcept;
  // The same from files in memory: (path, text). The endings say what each is.
  static Result<Engine> from_texts(const std::vector<std::pair<std::string, std::string>>& files,
                                   const EngineOptions& options = {}) noexcept;

  // SHA-256 of the set's meaning: "sha256:" and 64 hexadecimal digits. This text and those of name_of() live as long as the
  // compiled set.
  std::string_view revision() const noexcept;
  Statistics statistics() const noexcept;

  // Names to ids, once at start. Nothing for a name that this engine does not know.
  std::optional<NodeId> data(std::string_view name) const noexcept;
  std::optional<NodeId> purpose(std::string_view name) const noexcept;
  std::optional<NodeId> partner(std::string_view name) const noexcept;
  std::optional<NodeId> find(Dimension dimension, std::string_view name) const noexcept;
  std::string_view name_of(Dimension dimension, NodeId id) const noexcept;  // empty for no id of this engine
  std::optional<ObligationId> obligation(std::string_view name) const noexcept;

  // Facts with nothing but the defaults.
  Facts facts() const noexcept;
  // A ledger, the customer's answers and what was shown to them, at a moment. Errors: unknown names, versions out of range,
  // times outside of the years 0000 to 9999, lists that are empty where the language asks for names.
  Result<Subject> subject(const std::vector<LedgerEvent>& ledger, Time now) const noexcept;
  // A customer of whom no ledger is known. At a `now` outside of the years 0000 to 9999 a subject of no engine.
  Subject unknown_subject(Time now) const noexcept;

  // One decision by ids: no allocation, no lock, no exception. Groups stand for all leaves below them; sources of derived
  // data are asked for too. Ids out of range, or facts or a subject of another engine: `invalid`.
  Decision decide(const Point& point, const Facts& facts, const Subject& subject) const noexcept;

  // Many decisions in one call, each the same as by itself, but faster: memory is sent for ahead. `decisions` has an element
  // for every row. Where a column has neither as many elements as there are rows nor a single one, all are `invalid`.
  void decide(const Batch& batch, std::span<Decision> decisions) const noexcept;
  // The same with a bit for every row, 64 a word, lowest first: bit i of `allowed` is set if bit i of `selected` is and row i
  // is allowed. Bits beyond the last row are cleared. `selected` may be empty: every row then. Where a column or an array
  // of bits (words_for(rows)) has the wrong size, nothing is allowed.
  void decide(const Batch& batch, std::size_t rows, std::span<const std::uint64_t> selected,
              std::span<std::uint64_t> allowed) const noexcept;
  static constexpr std::size_t words_for(std::size_t rows) { return rows / 64 + (rows % 64 != 0); }

  // Names of the further obligations of a decision, sorted.
  std::vector<std::string> obligations(const Decision& decision) const noexcept;

  // One decision by names, nothing bound before: names are looked up, facts and ledger read as they stand. What
  // answer() says, in well under a microsecond for ten events; where anything is wrong or out of the ordinary (a ledger of
  // more than 64 events, say) it takes as long as answer(). No allocation once this thread has asked a few times.
  Decision decide(const Request& request) const noexcept;

  // The whole answer by names: rules, obligations, needs or problems.
  Answer answer(const Request& request) const noexcept;
  // The same with a request as JSON; never fails: what is no request is answered as `invalid`.
  Answer answer_json(std::string_view json) const noexcept;
  // The same, with the answer as JSON at the end of `out`: the bytes of to_json(answer_json(json)), many times faster where
  // all is well and nothing needed.
  void answer_json(std::string_view json, std::string& out) const noexcept;

  const std::shared_ptr<const Program>& program() const { return program_; }  // internal
  explicit Engine(std::shared_ptr<const Program> program);  // internal

 private:
  Decision decide_and_keep(const Point& point, const Facts& facts, const Subject& subject) const;
  CachedDecision decide_anew(const Point& point, const Facts& facts, const Subject& subject) const noexcept;
  template <class Use>
  void decide_rows(const Batch& batch, std::size_t rows, std::span<const std::uint64_t> selected, Use use) const;
  bool may_be_cached(const Point& point, const Facts& facts) const;
  static DecisionKey key_of(const Point& point, const Facts& facts, const Subject& subject);
  static Decision decision_of(const CachedDecision& decision);

  std::shared_ptr<const Program> program_;
};

}  // namespace zweck
