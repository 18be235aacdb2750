// `zweck lint`: everything that is wrong with policy sets.
#include "lint/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <memory>

#include "command.hpp"
#include "files.hpp"
#include "line_diff.hpp"
#include "lint/reports.hpp"
#include "model/load.hpp"
#include "progress.hpp"
#include "sets.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::vector<std::string> directories;
  std::string format = "text";
  std::string fail_on = "warning";
  std::string now;
  bool fix = false;
  bool diff = false;
};

// One set as it was loaded, or why it was not.
struct Linted {
  std::optional<LoadedSet> set;
  lint::SetFindings findings;
};

bool fails(const lint::Summary& summary, const std::string& fail_on) {
  return summary.errors > 0 || (fail_on != "error" && summary.warnings > 0) ||
         (fail_on == "info" && summary.infos > 0);
}

std::vector<lint::Finding> findings_of(const Diagnostics& diagnostics) {
  std::vector<lint::Finding> findings;
  for (const Diagnostic& diagnostic : diagnostics) {
    lint::Finding finding;
    finding.diagnostic = diagnostic;
    findings.push_back(std::move(finding));
  }
  return findings;
}

int fix_set(const std::string& directory, LoadedSet& set, const lint::Options& linting, const Options& options, Io& io,
            Progress& progress) {
  const auto changed = lint::fix_all(set, linting);
  const auto aside = progress.aside();
  if (!changed) return complain(io, changed.diagnostics());
  for (const auto& [file, text] : *changed) {
    const std::string path = directory + "/" + file;
    if (options.diff) {
      const Result<std::string> before = read_file(path, path);
      if (!before) return complain(io, before.diagnostics());
      io.out.write(line_diff(path, *before, text, io.out.colour()));
      continue;
    }
    if (const std::string why = write_atomically(path, text); !why.empty())
      return complain(io, fmt::format("cannot write `{}`: {}", path, why));
    io.err.write(fmt::format("fixed {}\n", path));
  }
  if (options.diff || changed->empty()) return exit_fine;
  Result<LoadedSet> again = load_directory(directory);
  if (!again) return complain(io, again.diagnostics());
  set = *std::move(again);
  return exit_fine;
}

int run_lint(const Options& options, Io& io) {
  Time now = Time::now();
  if (!options.now.empty()) {
    const auto given = parse_time(options.now);
    if (!given)
      return complain(io, fmt::format("`{}` is no time", options.now), "write it like 2026-06-01T12:00:00Z");
    now = *given;
  }
  std::deque<Linted> linted;
  lint::Summary summary;
  bool unreadable = false;
  for (const std::string& directory : options.directories) {
    Linted& one = linted.emplace_back();
    one.findings.directory = directory;
    Progress progress;
    progress.at(fmt::format("reading {}", directory));
    Result<LoadedSet> loaded = load_directory(directory);
    if (!loaded) {
      one.findings.findings = findings_of(loaded.diagnostics());
      for (const lint::Finding& finding : one.findings.findings)
        unreadable |= finding.diagnostic.check == "unreadable-file";
    } else {
      one.set = *std::move(loaded);
      const lint::Options linting{.now = now, .directory = directory};
      progress.at(fmt::format("checking {}", directory));
      if (options.fix || options.diff) {
        const int result = fix_set(directory, *one.set, linting, options, io, progress);
        if (result != exit_fine) return result;
      }
      one.findings.findings = lint::lint(*one.set, linting);
      one.findings.vocabulary = &one.set->model.vocabulary;
      summary.files += one.set->model.sources.size();
      summary.rules += one.set->model.rules.size();
      summary.assertions += one.set->model.assertions.size();
    }
    for (const lint::Finding& finding : one.findings.findings) summary.count(finding);
  }

  std::vector<lint::SetFindings> sets;
  for (Linted& one : linted) sets.push_back(std::move(one.findings));
  if (!options.diff) {
    if (options.format == "text") io.out.write(lint::to_text(sets, summary, io.out.colour()));
    if (options.format == "json") io.out.write(lint::to_json(sets, summary));
    if (options.format == "sarif") io.out.write(lint::to_sarif(sets, version_number()));
    if (options.format == "github") io.out.write(lint::to_github(sets));
    if (options.format == "junit") io.out.write(lint::to_junit(sets));
  }
  return unreadable ? exit_failed : fails(summary, options.fail_on) ? exit_findings : exit_fine;
}

}  // namespace

const Subcommand lint_command{
    .name = "lint",
    .summary = "find what is wrong with policy sets",
    .positional = "DIR…",
    .examples = "zweck lint policies/shop\nzweck lint --format sarif policies/shop policies/newsletter\n"
                "zweck lint --diff policies/shop",
    .notes = "Decides every assertion and runs every check; `zweck checks` lists them.\n"
             "Exits 0 without findings, 1 with findings, 2 if something cannot be read.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("DIR", options->directories, "directories of policy sets")->required();
      add_choice(app, "--format", options->format, {"text", "json", "sarif", "github", "junit"},
                 "how findings are written");
      add_choice(app, "--fail-on", options->fail_on, {"error", "warning", "info"}, "what is bad enough for exit 1");
      add_single(app, "--now", options->now, "TIME", "the time by which rules expire, instead of the present one");
      add_switch(app, "--fix", options->fix, "make the changes that keep every decision, and report the rest");
      add_switch(app, "--diff", options->diff, "show the changes that --fix would make, and change nothing");
      return [options](Io& io) { return run_lint(*options, io); };
    },
};

}  // namespace zweck::command
