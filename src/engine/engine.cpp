#include "zweck/engine.hpp"

#include <new>

#include "engine/program.hpp"
#include "model/load.hpp"
#include "model/request_tree.hpp"

namespace zweck {
namespace {

Result<Engine> make_engine(Result<LoadedSet> loaded) {
  if (!loaded) return std::move(loaded).diagnostics();
  return Engine(make_program(std::move(loaded->model)));
}

}  // namespace

std::shared_ptr<const Program> make_program(Model model) {
  auto program = std::make_shared<Program>();
  program->model = std::move(model);
  program->index = compile(program->model);
  const Taxonomy& data = program->model.vocabulary.of(Dimension::data);
  std::vector<NodeId> last_counted(data.nodes.size(), any_node);
  program->data_points.resize(data.nodes.size());
  for (NodeId node = 0; node < data.nodes.size(); ++node) {
    std::uint32_t& count = program->data_points[node];
    const auto add = [&](NodeId leaf) {
      if (last_counted[leaf] != node) ++count;
      last_counted[leaf] = node;
    };
    for (const NodeId leaf : data.leaves_below(node)) {
      add(leaf);
      for (const NodeId source : data.sources(leaf)) add(source);
    }
  }
  return program;
}

Engine::Engine(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Result<Engine> Engine::load(const std::filesystem::path& path) { return make_engine(load_set(path)); }

Result<Engine> Engine::from_texts(const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<Source> sources;
  for (const auto& [path, text] : files) sources.push_back({path, text});
  return make_engine(load_texts(std::move(sources)));
}

std::string_view Engine::revision() const { return program_->model.revision; }

std::optional<NodeId> Engine::find(Dimension dimension, std::string_view name) const {
  return program_->model.vocabulary.of(dimension).find(name);
}
std::optional<NodeId> Engine::data(std::string_view name) const { return find(Dimension::data, name); }
std::optional<NodeId> Engine::purpose(std::string_view name) const { return find(Dimension::purpose, name); }
std::optional<NodeId> Engine::partner(std::string_view name) const { return find(Dimension::partner, name); }

std::string_view Engine::name_of(Dimension dimension, NodeId id) const {
  const auto& nodes = program_->model.vocabulary.of(dimension).nodes;
  return id < nodes.size() ? std::string_view(nodes[id].name) : std::string_view();
}

std::optional<ObligationId> Engine::obligation(std::string_view name) const {
  return program_->model.vocabulary.find_obligation(name);
}

std::vector<std::string> Engine::obligations(const Decision& decision) const {
  std::vector<std::string> names;
  for (ObligationId id = 0; id < program_->model.vocabulary.obligations.size(); ++id)
    if (decision.obliges(id)) names.push_back(program_->model.vocabulary.obligations[id].name);
  return names;
}

Facts Engine::facts() const {
  auto state = std::make_shared<Facts::State>();
  state->program = program_.get();
  state->keep_alive = program_;
  for (const Fact& fact : program_->model.vocabulary.facts) state->values.push_back(fact.fallback);
  bind(*state);
  Facts facts;
  facts.state_ = std::move(state);
  return facts;
}

Result<Subject> Engine::subject(const std::vector<LedgerEvent>& ledger, Time now) const {
  auto read = read_ledger(program_->model.vocabulary, to_tree(ledger), {});
  if (!read) return std::move(read).diagnostics();
  Subject subject;
  subject.state_ = bind(program_, *std::move(read), now);
  return subject;
}

Subject Engine::unknown_subject(Time now) const {
  Subject subject;
  subject.state_ = bind(program_, std::nullopt, now);
  return subject;
}

}  // namespace zweck
