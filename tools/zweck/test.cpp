// `zweck test`: the tests of policy sets, and what they cover.
#include <fmt/format.h>

#include <charconv>
#include <memory>

#include "command.hpp"
#include "model/load.hpp"
#include "sets.hpp"
#include "testing/reports.hpp"
#include "testing/testing.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::vector<std::string> directories;
  std::string format = "text";
  std::string filter;
  std::string min_coverage;
  bool coverage = false;
};

std::optional<double> percent_of(const std::string& text) {
  double percent = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, percent, std::chars_format::fixed);
  if (error != std::errc() || stop != end || !(percent >= 0 && percent <= 100)) return std::nullopt;
  return percent;
}

int run_test(const Options& options, Io& io) {
  std::optional<double> least;
  if (!options.min_coverage.empty()) {
    least = percent_of(options.min_coverage);
    if (!least)
      return complain(io, fmt::format("`{}` is no percentage", options.min_coverage), "write a number from 0 to 100");
  }
  std::vector<testing::SetResults> sets;
  std::size_t tests = 0, failed = 0;
  bool covered = true;
  for (const std::string& directory : options.directories) {
    Result<LoadedSet> loaded = load_directory(directory);
    if (!loaded) return complain(io, seen_from_here(loaded.diagnostics(), directory));
    auto read = testing::read_tests(loaded->model, directory, loaded->test_files);
    if (!read) return complain(io, seen_from_here(read.diagnostics(), directory));
    if (read->empty())
      return complain(io, fmt::format("there are no tests in `{}`", directory),
                      "tests are files that end in `.test.yaml`");
    testing::SetResults& set = sets.emplace_back();
    set.directory = directory;
    for (testing::Test& test : *read)
      if (test.name.find(options.filter) != std::string::npos) set.tests.push_back(std::move(test));
    const auto program = std::make_shared<const Program>(std::move(loaded->model));
    set.results = testing::run_tests(program, set.tests);
    set.revision = program->base().revision;
    if (options.coverage || least) {
      set.coverage = testing::coverage_of(program->model(), set.results);
      covered &= !least || set.coverage->percent() >= *least;
    }
    tests += set.tests.size();
    for (const testing::TestResult& result : set.results) failed += !result.passed();
  }
  if (tests == 0)
    return complain(io, fmt::format("no test has `{}` in its name", options.filter));
  if (options.format == "text") io.out.write(testing::to_text(sets, io.out.colour()));
  if (options.format == "json") io.out.write(testing::to_json(sets));
  if (options.format == "junit") io.out.write(testing::to_junit(sets));
  if (!covered) io.err.write(fmt::format("zweck: the coverage is below {} %\n", *least));
  return failed > 0 || !covered ? exit_findings : exit_fine;
}

}  // namespace

const Subcommand test_command{
    .name = "test",
    .summary = "run the tests of policy sets",
    .positional = "DIR…",
    .examples = "zweck test policies/shop\nzweck test --coverage --min-coverage 90 policies/shop",
    .notes = "Exits 0 if every test passes and the coverage is reached, 1 if not, 2 if there are no tests.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("DIR", options->directories, "directories of policy sets")->required();
      add_choice(app, "--format", options->format, {"text", "json", "junit"}, "how results are written");
      add_single(app, "--filter", options->filter, "TEXT", "only tests with this text in their names");
      add_switch(app, "--coverage", options->coverage, "say which rules and outcomes of conditions the tests have decided");
      add_single(app, "--min-coverage", options->min_coverage, "PERCENT", "fail below this share of rules and outcomes");
      return [options](Io& io) { return run_test(*options, io); };
    },
};

}  // namespace zweck::command
