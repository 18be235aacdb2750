// zweck-workload: writes a workload to a directory, for the command and for other engines.
//   DIR/set/        the policy set
//   DIR/workload.json   the same for others
//   DIR/requests.jsonl  requests, one a line
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "bench/workload.hpp"

using namespace zweck::bench;

int main(int argc, char** argv) {
  Parameters parameters;
  std::string directory;
  std::size_t requests = 10'000, points = 0;
  CLI::App app("Writes a policy set of any size with requests to it: the same from the same seed, everywhere.");
  app.add_option("DIR", directory, "where to")->required();
  app.add_option("--seed", parameters.seed);
  app.add_option("--shape", parameters.shape)
      ->transform(CLI::CheckedTransformer(std::map<std::string, Shape>{{"realistic", Shape::realistic},
                                                                       {"one-node", Shape::one_node},
                                                                       {"roots", Shape::roots},
                                                                       {"disjoint", Shape::disjoint},
                                                                       {"deep-dag", Shape::deep_dag}}));
  app.add_option("--data", parameters.nodes[0], "nodes, groups included")->capture_default_str();
  app.add_option("--purposes", parameters.nodes[1])->capture_default_str();
  app.add_option("--partners", parameters.nodes[2])->capture_default_str();
  app.add_option("--rules", parameters.rules)->capture_default_str();
  app.add_option("--conditions", parameters.most_conditions, "of a rule, at most")->capture_default_str();
  app.add_option("--deny", parameters.deny, "share of the rules")->capture_default_str();
  app.add_option("--missing", parameters.missing, "chance of a fact not to be given")->capture_default_str();
  app.add_option("--subjects", parameters.subjects)->capture_default_str();
  app.add_option("--events", parameters.events, "of a ledger")->capture_default_str();
  app.add_option("--requests", requests)->capture_default_str();
  app.add_option("--points", points, "how many points recur in the requests; 0: random ones")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  const Workload workload = make_workload(parameters);
  const std::vector<Ask> asks = make_asks(workload, requests, points, parameters.seed);
  std::error_code error;
  std::filesystem::create_directories(directory + "/set", error);
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream file(directory + "/" + name, std::ios::binary);
    file << text;
    file.close();
    if (!file) {
      fmt::print(stderr, "zweck-workload: {}/{} cannot be written\n", directory, name);
      std::exit(2);
    }
  };
  write("set/workload.vocab.yaml", vocabulary_text(workload));
  write("set/workload.zweck", rules_text(workload));
  write("workload.json", workload_json(workload));
  std::string lines;
  for (const Ask& ask : asks) lines += request_json(make_request(workload, ask)) + "\n";
  write("requests.jsonl", lines);
  const Cover covered = cover(workload, {asks.begin(), asks.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(asks.size(), 200))});
  fmt::print(stderr, "{} rules, {} requests; rules that cover a point: {:.1f} on average, {} at most\n", workload.rules.size(),
             asks.size(), covered.mean, covered.most);
}
