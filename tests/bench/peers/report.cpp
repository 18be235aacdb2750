// peers_report DIR…: DIR/results.jsonl, a line of each engine and way -> a table in Markdown. Exits with 1 if the
// decisions of any line are not those of DIR/decisions, each one of them, or as many of the first ones as the line says
// were asked, twenty at least; or if an engine failed, other than by taking too long.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace {

struct Line {
  std::string peer, version, how, failed, decisions;  // failed: why there are no figures
  double load = 0, memory = 0, mean = 0, p50 = 0, p99 = 0, asked = 0;  // asked: requests, if not all
};

std::string whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fmt::print(stderr, "{} cannot be read\n", path);
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Line> read(const std::string& path) {
  simdjson::dom::parser parser;
  const simdjson::padded_string text(whole(path));
  std::vector<Line> lines;
  for (const simdjson::dom::object object : parser.parse_many(text)) {
    const auto word = [&](const char* key) {
      std::string_view value;
      return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
    };
    const auto number = [&](const char* key) {
      double value = 0;
      return object[key].get(value) == simdjson::SUCCESS ? value : 0;
    };
    lines.push_back({word("peer"), word("version"), word("how"), word("failed"), word("decisions"), number("load_ms"),
                     number("memory_mib"), number("mean_ns"), number("p50_ns"), number("p99_ns"), number("asked")});
  }
  return lines;
}

std::string three(double value) {
  return value >= 100  ? fmt::format("{:.0f}", value)
         : value >= 10 ? fmt::format("{:.1f}", value)
                       : fmt::format("{:.2f}", value);
}
std::string time(double ns) {
  if (ns >= 1e9) return three(ns * 1e-9) + " s";
  if (ns >= 1e6) return three(ns * 1e-6) + " ms";
  return ns >= 1e3 ? three(ns * 1e-3) + " µs" : three(ns) + " ns";
}
std::string times(double ratio) {
  if (ratio >= 1e6) return three(ratio * 1e-6) + " M";
  return ratio >= 1000 ? three(ratio * 1e-3) + " k" : three(ratio);
}

// The decisions that a line has to have.
std::string due(const Line& line, const std::string& decisions) {
  constexpr std::size_t least = 20;
  if (line.asked == 0) return decisions;
  return decisions.substr(0, std::max(least, static_cast<std::size_t>(line.asked)));
}

// How many decisions differ, told with the first of them; a missing one differs.
std::size_t check(const Line& line, const std::string& expected, const std::string& directory) {
  std::size_t wrong = line.decisions.size() > expected.size() ? line.decisions.size() - expected.size() : 0;
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (i < line.decisions.size() && line.decisions[i] == expected[i]) continue;
    if (!first) first = i;
    ++wrong;
  }
  if (wrong != 0) {
    fmt::print(stderr, "{} ({}) decides {} of {} requests unlike Zweck in {}; the first is line {} of requests.jsonl\n",
               line.peer, line.how, wrong, expected.size(), directory, first.value_or(expected.size()) + 1);
  }
  return wrong;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t wrong = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string directory = argv[i];
    const std::string decisions = whole(directory + "/decisions");
    const std::vector<Line> lines = read(directory + "/results.jsonl");
    double bound = 0, names = 0;  // Zweck's medians, which what else runs disturbs least
    for (const Line& line : lines) {
      if (line.peer != "Zweck") continue;
      if (line.how == "ids, facts and ledger bound") bound = line.p50;
      if (line.how.starts_with("from names")) names = line.p50;
    }
    fmt::print("| {} | set up | mean | p50 | p99 | load | memory | p50 × Zweck from names | p50 × Zweck bound |\n",
               whole(directory + "/title"));
    fmt::print("|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for (const Line& line : lines) {
      const std::string engine =
          line.version.empty() || line.version == "here" ? line.peer : line.peer + " " + line.version;
      if (!line.failed.empty()) {
        fmt::print("| {} | {} | {} | | | | | | |\n", engine, line.how, line.failed);
        if (!line.failed.starts_with("not finished")) ++wrong;
        continue;
      }
      const std::string expected = due(line, decisions);
      const std::size_t differ = check(line, expected, directory);
      wrong += differ;
      const std::string part = expected.size() == decisions.size()
                                   ? ""
                                   : fmt::format(", first {} of {} requests", expected.size(), decisions.size());
      fmt::print("| {} | {}{}{} | {} | {} | {} | {} | {} MiB | {} | {} |\n", engine, line.how, part,
                 differ != 0 ? ", DECIDES OTHERWISE" : "", time(line.mean), time(line.p50), time(line.p99),
                 time(line.load * 1e6), three(line.memory), names > 0 ? times(line.p50 / names) : "",
                 bound > 0 ? times(line.p50 / bound) : "");
    }
    fmt::print("\n");
  }
  return wrong == 0 ? 0 : 1;
}
