// `zweck lint`: everything that is wrong with policy sets.
#include <fmt/format.h>

#include <memory>

#include "command.hpp"

#include "model/load.hpp"
#include "text/json_text.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::vector<std::string> directories;
  std::string format = "text";
  std::string fail_on = "warning";
};

struct Count {
  std::size_t errors = 0, warnings = 0, infos = 0, files = 0, rules = 0, assertions = 0;

  void add(const Diagnostic& finding) {
    ++(finding.severity == Severity::error ? errors : finding.severity == Severity::warning ? warnings : infos);
  }
  std::size_t all() const { return errors + warnings + infos; }
  bool fails(const std::string& fail_on) const {
    return errors > 0 || (fail_on != "error" && warnings > 0) || (fail_on == "info" && infos > 0);
  }
};

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string json_place(const Place& place) {
  std::string out;
  if (!place.file.empty()) out += fmt::format("\"file\": {}", json_quote(place.file));
  if (place.line == 0) return out;
  return out + fmt::format(", \"line\": {}, \"column\": {}, \"end_line\": {}, \"end_column\": {}", place.line,
                           place.column, place.end_line, place.end_column);
}

std::string json_finding(const Diagnostic& finding) {
  std::string out = fmt::format("{{\"check\": {}, \"severity\": {}, \"message\": {}", json_quote(finding.check),
                                json_quote(name_of(finding.severity)), json_quote(finding.message));
  if (!finding.help.empty()) out += fmt::format(", \"help\": {}", json_quote(finding.help));
  if (!finding.place.file.empty()) out += ", " + json_place(finding.place);
  for (std::size_t i = 0; i < finding.related.size(); ++i) {
    const Related& related = finding.related[i];
    out += fmt::format("{}{{\"message\": {}, {}}}", i == 0 ? ", \"related\": [" : ", ", json_quote(related.message),
                       json_place(related.place));
  }
  return out + (finding.related.empty() ? "}" : "]}");
}

std::string text_summary(const Count& count) {
  if (count.all() == 0) {
    return fmt::format("no findings in {} ({}, {})\n", plural(count.files, "file"), plural(count.rules, "rule"),
                       plural(count.assertions, "assertion"));
  }
  std::string out = "\n" + plural(count.errors, "error");
  if (count.warnings > 0) out += ", " + plural(count.warnings, "warning");
  if (count.infos > 0) out += ", " + plural(count.infos, "info");
  return out + "\n";
}

int run_lint(const Options& options, Io& io) {
  const bool json = options.format == "json";
  Count count;
  bool unreadable = false;
  if (json) io.out.write("{\"findings\": [");
  for (const std::string& directory : options.directories) {
    const Result<LoadedSet> set = load_set(directory);
    if (set) {
      count.files += set->model.sources.size();
      count.rules += set->model.rules.size();
      count.assertions += set->model.assertions.size();
      continue;
    }
    const Diagnostics findings = json ? set.diagnostics() : seen_from_here(set.diagnostics(), directory);
    for (const Diagnostic& finding : findings) {
      const bool first = count.all() == 0;
      if (json) {
        io.out.write((first ? "\n  " : ",\n  ") + json_finding(finding));
      } else {
        io.out.write((first ? "" : "\n") + render(finding, io.out.colour()));
      }
      count.add(finding);
      unreadable |= finding.check == "unreadable-file";
    }
  }
  if (json) {
    io.out.write(fmt::format(
        "{}],\n \"summary\": {{\"errors\": {}, \"warnings\": {}, \"infos\": {}, \"files\": {}, \"rules\": {}, "
        "\"assertions\": {}}}}}\n",
        count.all() == 0 ? "" : "\n", count.errors, count.warnings, count.infos, count.files, count.rules,
        count.assertions));
  } else {
    io.out.write(text_summary(count));
  }
  return unreadable ? exit_failed : count.fails(options.fail_on) ? exit_findings : exit_fine;
}

}  // namespace

const Subcommand lint_command{
    .name = "lint",
    .summary = "find what is wrong with policy sets",
    .positional = "DIR…",
    .examples = "zweck lint policies/shop\nzweck lint --format json policies/shop policies/newsletter",
    .notes = "Exits 0 without findings, 1 with findings, 2 if something cannot be read.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("DIR", options->directories, "directories of policy sets")->required();
      add_choice(app, "--format", options->format, {"text", "json"}, "how findings are written");
      add_choice(app, "--fail-on", options->fail_on, {"error", "warning", "info"}, "what is bad enough for exit 1");
      return [options](Io& io) { return run_lint(*options, io); };
    },
};

}  // namespace zweck::command
