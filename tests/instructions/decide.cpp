// Decides as often as told, for counting instructions: what a run takes more than one that decides nothing is the decisions'.
//   count_instructions RULES cached|anew|batch|names|lines|new-ledgers DECISIONS
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "bench/workload.hpp"
#include "zweck/zweck.hpp"

using namespace zweck;

namespace {

// Requests that come as names, or as lines of JSON, with facts and ledgers. Returns how many were allowed.
std::size_t ask(const Engine& engine, const bench::Workload& workload, std::string_view way, std::size_t decisions) {
  std::vector<Request> requests;
  std::vector<std::string> lines;
  for (const bench::Ask& ask : bench::make_asks(workload, 512, 0, 1)) {
    requests.push_back(bench::make_request(workload, ask));
    lines.push_back(bench::request_json(requests.back()));
  }
  std::size_t allowed = 0;
  std::string out;
  const auto decide = [&](std::size_t i) {
    if (way == "names") {
      allowed += static_cast<bool>(engine.decide(requests[i % requests.size()]));
      return;
    }
    out.clear();
    engine.answer_json(lines[i % lines.size()], out);
    allowed += out.find(R"("decision": "allow")") != out.npos;
  };
  for (std::size_t i = 0; i < 4 * requests.size(); ++i) decide(i);
  if (way == "new-ledgers")  // a few blanks behind them make ledgers that were never read
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i].insert(lines[i].size() - 1, 1 + i / 32, ' ');
  for (std::size_t i = 0; i < decisions; ++i) decide(i);
  return allowed;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  bench::Parameters parameters;
  parameters.nodes = {200, 100, 400};
  parameters.rules = std::strtoul(argv[1], nullptr, 10);
  const std::string_view way = argv[2];
  const std::size_t decisions = std::strtoul(argv[3], nullptr, 10);
  const bench::Workload workload = bench::make_workload(parameters);
  EngineOptions options;
  options.kernel = "avx2";  // the widest that valgrind knows
  if (way == "anew") options.cached_decisions = 0;
  const auto engine = Engine::from_texts(
      {{"a.vocab.yaml", bench::vocabulary_text(workload)}, {"a.zweck", bench::rules_text(workload)}}, options);
  if (!engine) return 2;
  if (way == "names" || way == "lines" || way == "new-ledgers") {
    std::printf("%zu\n", ask(*engine, workload, way, decisions));
    return 0;
  }

  std::vector<Facts> facts;
  std::vector<Subject> subjects;
  for (const bench::Customer& customer : workload.customers) {
    facts.push_back(engine->facts());
    for (const auto& [name, value] : customer.facts)
      if (!facts.back().set(name, value)) return 2;
    auto subject = engine->subject(customer.ledger, workload.now);
    if (!subject) return 2;
    subjects.push_back(*subject);
  }
  struct Row {
    Point point;
    std::size_t customer;
  };
  std::vector<Row> rows;
  std::array<std::vector<NodeId>, 3> columns;
  const auto asks = bench::make_asks(workload, way == "anew" ? 4096 : 256, way == "anew" ? 0 : 64, 1);
  for (const bench::Ask& ask : asks) {
    std::array<NodeId, 3> ids{};
    for (std::size_t d = 0; d < 3; ++d) {
      ids[d] = engine->find(static_cast<Dimension>(d), workload.taxonomies[d].nodes[ask.point[d]].name).value();
      columns[d].push_back(ids[d]);
    }
    rows.push_back({{ids[0], ids[1], ids[2]}, ask.customer});
  }
  // For the cache to be filled and trusted; this much is in every run.
  std::size_t allowed = 0;
  std::vector<Decision> out(rows.size());
  const Batch batch{columns[0], columns[1], columns[2], std::span(facts).first(1), std::span(subjects).first(1)};
  const auto decide = [&](std::size_t i) {
    const Row& row = rows[i % rows.size()];
    allowed += static_cast<bool>(engine->decide(row.point, facts[row.customer], subjects[row.customer]));
  };
  for (std::size_t i = 0; i < 64 * 256; ++i) decide(i);
  for (std::size_t i = 0; i < 4; ++i) engine->decide(batch, out);
  if (way == "batch") {
    for (std::size_t i = 0; i < decisions; i += out.size()) engine->decide(batch, out);
  } else {
    for (std::size_t i = 0; i < decisions; ++i) decide(i);
  }
  std::printf("%zu\n", allowed);
}
