#include "zweck/engine.hpp"

#include <atomic>
#include <new>

#include "bundle/bundle.hpp"
#include "engine/program.hpp"
#include "engine/without_exceptions.hpp"
#include "model/load.hpp"
#include "model/request_tree.hpp"

namespace zweck {
namespace {

std::optional<std::uint32_t> found(std::uint32_t id) { return id == no_name ? std::nullopt : std::optional(id); }

std::vector<Duty> duties_of_blocks(const Index& index) {
  std::vector<Duty> duties(index.blocks);
  constexpr std::size_t block_terms = block_words * 64;
  for (std::size_t term = 0; term < index.terms.size(); ++term)
    duties[term / block_terms].join(index.duties[index.terms[term].duty & ~unsettled]);
  return duties;
}

Index compile(const Model& model, const EngineOptions& options) {
  return compile(model, options.part_terms, options.table_bytes, options.table_steps);
}

std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

// What deciding needs of it.
Model base_of(Model&& model) {
  Model base;
  base.vocabulary = std::move(model.vocabulary);
  base.consent_tests = std::move(model.consent_tests);
  base.notice_tests = std::move(model.notice_tests);
  base.tests = std::move(model.tests);
  base.revision = std::move(model.revision);
  return base;
}

Result<Engine> make_engine(Result<LoadedSet> loaded, const EngineOptions& options) {
  if (!loaded) return std::move(loaded).diagnostics();
  Model& model = loaded->model;
  Index index = compile(model, options);
  auto whole = put_away(model);
  return Engine(std::make_shared<const Program>(whole ? base_of(std::move(model)) : std::move(model), std::move(index),
                                                std::move(whole), options));
}

}  // namespace

Program::Program(Model model, const EngineOptions& options)
    : Program(std::move(model), compile(model, options), nullptr, options) {}

Program::Program(Model&& base, Index index, std::function<Model()> whole, const EngineOptions& options)
    : model_(std::move(base)),
      whole_(std::move(whole)),
      index_(std::move(index)),
      names_(names_of(model_.vocabulary)),
      masks_(event_masks(model_, index_)),
      all_terms_(index_.words(), ~std::uint64_t{0}),
      block_duties_(duties_of_blocks(index_)),
      kernel_(&kernel_named(options.kernel)),
      cache_(options.cached_decisions),
      serial_(next_serial()) {}

Engine::Engine(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Result<Engine> Engine::load(const std::filesystem::path& path, const EngineOptions& options) noexcept {
  return or_diagnostic("unreadable-file", [&]() -> Result<Engine> {
    std::error_code code;
    const auto status = std::filesystem::status(path, code);
    if (std::filesystem::is_directory(status) || !std::filesystem::exists(status)) return make_engine(load_set(path), options);
    auto program = open_bundle(path, options);
    if (!program) return std::move(program).diagnostics();
    return Engine(*std::move(program));
  });
}

Result<Engine> Engine::from_texts(const std::vector<std::pair<std::string, std::string>>& files,
                                  const EngineOptions& options) noexcept {
  return or_diagnostic("unreadable-file", [&]() -> Result<Engine> {
    std::vector<Source> sources;
    for (const auto& [path, text] : files) sources.push_back({path, text});
    return make_engine(load_texts(std::move(sources)), options);
  });
}

std::string_view Engine::revision() const noexcept { return program_->base().revision; }

Statistics Engine::statistics() const noexcept {
  const Index& index = program_->index();
  return {index.rules,     index.term_count,          index.parts, index.over_budget != 0,
          bytes_of(index), program_->cache().bytes(), program_->kernel().name};
}

std::optional<NodeId> Engine::find(Dimension dimension, std::string_view name) const noexcept {
  if (dimension > Dimension::partner) return std::nullopt;
  return found(program_->names().taxonomies[static_cast<std::size_t>(dimension)].find(name));
}
std::optional<NodeId> Engine::data(std::string_view name) const noexcept { return find(Dimension::data, name); }
std::optional<NodeId> Engine::purpose(std::string_view name) const noexcept { return find(Dimension::purpose, name); }
std::optional<NodeId> Engine::partner(std::string_view name) const noexcept { return find(Dimension::partner, name); }

std::string_view Engine::name_of(Dimension dimension, NodeId id) const noexcept {
  if (dimension > Dimension::partner) return {};
  const auto& nodes = program_->vocabulary().of(dimension).nodes;
  return id < nodes.size() ? std::string_view(nodes[id].name) : std::string_view();
}

std::optional<ObligationId> Engine::obligation(std::string_view name) const noexcept {
  return found(program_->names().obligations.find(name));
}

std::vector<std::string> Engine::obligations(const Decision& decision) const noexcept {
  std::vector<std::string> names;
  for (ObligationId id = 0; id < program_->vocabulary().obligations.size(); ++id)
    if (decision.obliges(id)) names.push_back(program_->vocabulary().obligations[id].name);
  return names;
}

Facts Engine::facts() const noexcept {
  return without_exceptions(
      [&] {
        auto state = std::make_shared<Facts::State>();
        state->program = program_;
        for (const Fact& fact : program_->vocabulary().facts) state->values.push_back(fact.fallback);
        bind(*state);
        return Facts(std::move(state));
      },
      [](std::string_view) { return Facts(); });
}

Result<Subject> Engine::subject(const std::vector<LedgerEvent>& ledger, Time now) const noexcept {
  return or_diagnostic("invalid-request", [&]() -> Result<Subject> {
    if (!in_bounds(now)) {
      Diagnostic diagnostic;
      diagnostic.check = "invalid-request";
      diagnostic.message = "the time of the request lies outside of the years 0000 to 9999";
      return diagnostic;
    }
    auto read = read_ledger(program_->vocabulary(), to_tree(ledger), {});
    if (!read) return std::move(read).diagnostics();
    return Subject(zweck::bind(program_, *std::move(read), now));
  });
}

Subject Engine::unknown_subject(Time now) const noexcept {
  if (!in_bounds(now)) return Subject();
  return without_exceptions([&] { return Subject(zweck::bind(program_, std::nullopt, now)); },
                            [](std::string_view) { return Subject(); });
}

}  // namespace zweck
