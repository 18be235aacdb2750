// bench_report: the JSON of Google Benchmark -> tables in Markdown, and the data of a plot.
//   bench_report RESULTS.json… [--plot FILE.dat]
// Benchmarks are named TABLE/ROW/RULES: rows keep the order of the results, rules become columns.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

struct Result {
  std::string table, row;
  std::size_t rules = 0;
  double milliseconds = 0;
  std::map<std::string, double> counters;

  std::optional<double> counter(const std::string& name) const {
    const auto found = counters.find(name);
    return found == counters.end() ? std::nullopt : std::optional(found->second);
  }
};

std::vector<Result> read(const std::string& path) {
  simdjson::dom::parser parser;
  std::vector<Result> results;
  for (const simdjson::dom::object benchmark : parser.load(path)["benchmarks"]) {
    if (benchmark["error_occurred"].error() == simdjson::SUCCESS) continue;
    std::string_view aggregate;
    if (benchmark["aggregate_name"].get(aggregate) == simdjson::SUCCESS && aggregate != "median") continue;
    std::string name{std::string_view(benchmark["run_name"])};
    for (const char* appended : {"/real_time", "/repeats:"})  // by the library
      name.resize(std::min(name.size(), name.find(appended)));
    const std::size_t first = name.find('/'), last = name.rfind('/');
    Result result{name.substr(0, first), name.substr(first + 1, last - first - 1), std::stoul(name.substr(last + 1)), 0, {}};
    const std::string_view unit = benchmark["time_unit"];
    result.milliseconds = double(benchmark["real_time"]) * (unit == "ns" ? 1e-6 : unit == "us" ? 1e-3 : 1);
    for (const auto& [key, value] : benchmark) {
      double number = 0;
      if (value.is_number() && value.get(number) == simdjson::SUCCESS) result.counters.emplace(key, number);
    }
    results.push_back(std::move(result));
  }
  return results;
}

std::string number(double value) {
  if (value >= 9'999.5) return fmt::format("{:.0f}k", value / 1'000);
  return value >= 99.5 ? fmt::format("{:.0f}", value) : fmt::format("{:.2g}", value);
}

std::string duration(double milliseconds) {
  if (milliseconds >= 1'000) return fmt::format("{:.1f} s", milliseconds / 1'000);
  return milliseconds >= 1 ? fmt::format("{:.0f} ms", milliseconds) : fmt::format("{:.2f} ms", milliseconds);
}

// Of proofs, what was given up: never passed over in silence.
std::string open_of(const Result& result) {
  const double open = result.counter("undecided").value_or(0);
  return open > 0 ? fmt::format(", **{:.0f} not decided**", open) : "";
}

// mean / p50 / p99 in ns where they were counted; else the time, and the memory if that was.
std::string cell(const Result& result) {
  if (result.counter("mean") && !result.counter("p50")) return number(*result.counter("mean"));
  if (result.counter("p50")) {
    const auto mean = result.counter("mean");
    return fmt::format("{} / {} / {}", mean ? number(*mean) : "–", number(*result.counter("p50")),
                       number(*result.counter("p99")));
  }
  if (const auto per_core = result.counter("per_core"))
    return fmt::format("{:.0f}k / {:.0f}k", *per_core / 1'000, result.counter("rate").value_or(0) / 1'000);
  if (const auto peak = result.counter("peak")) {
    const auto held = result.counter("held");
    return fmt::format("{}, {:.0f} MB", duration(result.milliseconds), *peak) + (held ? fmt::format(", {:.0f} MB", *held) : "") +
           open_of(result);
  }
  if (const auto growth = result.counter("growth"))
    return fmt::format("{}, {:.0f} entries, {:.1f} MB", duration(result.milliseconds), result.counter("entries").value_or(0),
                       *growth) + open_of(result);
  return duration(result.milliseconds) + open_of(result);
}

std::string rules_of(std::size_t rules) {
  std::string text = std::to_string(rules);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
  return text + (rules == 1 ? " rule" : " rules");
}

void print_table(const std::string& heading, const std::string& what, const std::vector<Result>& results) {
  std::vector<std::string> rows;
  std::vector<std::size_t> columns;
  for (const Result& result : results) {
    if (std::find(rows.begin(), rows.end(), result.row) == rows.end()) rows.push_back(result.row);
    if (std::find(columns.begin(), columns.end(), result.rules) == columns.end()) columns.push_back(result.rules);
  }
  if (rows.empty()) return;
  std::sort(columns.begin(), columns.end());
  fmt::print("### {}\n\n{}\n\n| |", heading, what);
  for (const std::size_t column : columns) fmt::print(" {} |", rules_of(column));
  fmt::print("\n|---|");
  for (std::size_t i = 0; i < columns.size(); ++i) fmt::print("---:|");
  for (const std::string& row : rows) {
    fmt::print("\n| {} |", row);
    for (const std::size_t column : columns) {
      const auto found = std::find_if(results.begin(), results.end(),
                                      [&](const Result& result) { return result.row == row && result.rules == column; });
      fmt::print(" {} |", found == results.end() ? "" : cell(*found));
    }
  }
  fmt::print("\n\n");
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Result> results;
  std::string plot;
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--plot" && i + 1 < argc) {
      plot = argv[++i];
      continue;
    }
    try {
      for (Result& result : read(argv[i])) results.push_back(std::move(result));
    } catch (const std::exception& error) {
      fmt::print(stderr, "bench_report: {}: {}\n", argv[i], error.what());
      return 2;
    }
  }
  const auto of = [&](const std::string& table) {
    std::vector<Result> chosen;
    std::copy_if(results.begin(), results.end(), std::back_inserter(chosen), [&](const Result& r) { return r.table == table; });
    return chosen;
  };

  double l2 = 0;
  const std::vector<Result> memory = of("memory");
  if (!memory.empty()) {
    fmt::print("One dependent load on this machine:");
    for (const Result& result : memory) {
      fmt::print("{} {} {:.1f} ns", &result == &memory.front() ? "" : ",", result.row, result.counter("mean").value_or(0));
      if (result.row == "L2") l2 = result.counter("mean").value_or(0);
    }
    fmt::print(".\n\n");
  }
  print_table("Deciding", "mean / p50 / p99 in ns of one decision by ids, facts and ledger bound:", of("decide"));
  if (l2 > 0) {
    // The same means as multiples of the L2 load, which is what can be compared between machines.
    std::vector<Result> multiples;
    for (Result result : of("decide")) {
      if (!result.counter("mean")) continue;
      for (const char* name : {"mean", "p50", "p99"})
        if (const auto found = result.counters.find(name); found != result.counters.end()) found->second /= l2;
      multiples.push_back(std::move(result));
    }
    print_table("The same in L2 loads", "mean / p50 / p99 as multiples of a dependent L2 load:", multiples);
  }
  print_table("The handle of the current engine", "mean in ns:", of("handle"));
  print_table("Requests by name",
              "mean / p50 / p99 in ns of one request, twelve facts and a ledger of ten events given anew:", of("request"));
  print_table("Requests as lines of JSON",
              "requests a second and core / requests a second in all, from a bundle, the start of the command included:", of("lines"));
  print_table("Loading", "time, most memory while loading, memory held afterwards:", of("load"));
  print_table("Hard shapes", "as above:", of("shapes"));
  print_table("Linting", "time, and the most memory where a file is read; everything decided:", of("lint"));
  print_table("Differences",
              "two sets read, compiled and compared: time, entries written, memory that grows from the first to the last:",
              of("difference"));
  print_table("Hard shapes for proofs", "logic checks alone; columns count rules or tiles:", of("lint shapes"));
  for (const Result& result : results) {
    static std::vector<std::string> shown{"memory", "decide", "request", "handle",      "lines",
                                          "load",   "shapes", "lint",    "lint shapes", "difference"};
    if (std::find(shown.begin(), shown.end(), result.table) != shown.end()) continue;
    shown.push_back(result.table);
    print_table(result.table, "as measured:", of(result.table));
  }

  if (!plot.empty()) {
    // For gnuplot: one block per row, `rules mean p50 p99`, headed by the row's name.
    std::ofstream file(plot);
    std::string row;
    std::vector<Result> decide = of("decide");
    std::stable_sort(decide.begin(), decide.end(), [](const Result& a, const Result& b) { return a.row < b.row; });
    for (const Result& result : decide) {
      if (result.row != "recurring points" && result.row != "random points" && result.row != "batch of 1,000, recurring points")
        continue;
      if (result.row != row) file << (row.empty() ? "" : "\n\n") << '"' << result.row << "\"\n";
      row = result.row;
      file << result.rules << ' ' << result.counter("mean").value_or(result.counter("p50").value_or(0)) << ' '
           << result.counter("p50").value_or(0) << ' ' << result.counter("p99").value_or(0) << '\n';
    }
  }
  return 0;
}
