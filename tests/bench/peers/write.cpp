// peers_write DIR: writes the workload for Zweck and for the other engines.
//   DIR/zweck/            the policy set
//   DIR/ENGINE/           what each other engine reads
//   DIR/requests.jsonl    requests with everything worked out, and Zweck's decision
//   DIR/decisions         these decisions alone, 1 for allow and 0 for deny
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "bench/peers/plain.hpp"

using namespace zweck::bench;

int main(int argc, char** argv) {
  Parameters parameters;
  std::string directory;
  std::size_t requests = 1'000;
  CLI::App app("Writes one workload as policies and requests of several engines.");
  app.add_option("DIR", directory, "where to")->required();
  app.add_option("--rules", parameters.rules)->capture_default_str();
  app.add_option("--requests", requests)->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  const Workload workload = make_workload(parameters);
  const std::vector<peers::PlainRule> rules = peers::plain_rules(workload);
  peers::Files files{{"zweck/workload.vocab.yaml", vocabulary_text(workload)},
                     {"zweck/workload.zweck", rules_text(workload)}};
  for (const auto& make :
       {peers::cedar_files, peers::opa_files, peers::casbin_files, peers::cerbos_files, peers::sapl_files}) {
    for (auto& file : make(workload, rules)) files.push_back(std::move(file));
  }
  std::string lines, decisions;
  for (const peers::Asked& one : peers::asked(workload, peers::peer_asks(workload, requests))) {
    lines += peers::json_of(one) + "\n";
    decisions += one.allowed ? '1' : '0';
  }
  files.emplace_back("requests.jsonl", lines);
  files.emplace_back("decisions", decisions);
  for (const auto& [path, text] : files) {
    const std::filesystem::path to = std::filesystem::path(directory) / path;
    std::error_code error;
    std::filesystem::create_directories(to.parent_path(), error);
    std::ofstream file(to, std::ios::binary);
    file << text;
    file.close();
    if (!file) {
      fmt::print(stderr, "peers_write: {} cannot be written\n", to.string());
      return 2;
    }
  }
  fmt::print(stderr, "{} rules, {} requests, {} of them allowed\n", rules.size(), requests,
             std::count(decisions.begin(), decisions.end(), '1'));
}
