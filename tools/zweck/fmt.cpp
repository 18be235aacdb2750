// `zweck fmt`: rule files in their canonical form.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "command.hpp"
#include "files.hpp"
#include "grammar/format.hpp"
#include "grammar/parse.hpp"
#include "line_diff.hpp"
#include "model/load.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::vector<std::string> paths;
  bool check = false;
  bool diff = false;
};

// The canonical text of a rule file, or what is wrong with it.
Result<std::string> formatted(const std::string& path, const std::string& text) {
  Sources sources;
  const std::uint32_t file = sources.add({path, text});
  Result<syntax::File> tree = parse(sources, file);
  if (!tree) return std::move(tree).diagnostics();
  return format(sources, *tree);
}

// The rule files that the paths name, each once, in the order given.
Result<std::vector<std::string>> rule_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  Diagnostics wrong;
  for (const std::string& path : paths) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
      Result<SetFiles> found = find_files(path);
      if (!found) {
        const Diagnostics seen = seen_from_here(found.diagnostics(), path);
        wrong.insert(wrong.end(), seen.begin(), seen.end());
        continue;
      }
      for (const std::string& file : found->rules) files.push_back((std::filesystem::path(path) / file).string());
    } else if (!path.ends_with(".zweck") && std::filesystem::exists(path, error)) {
      Diagnostic diagnostic;
      diagnostic.message = fmt::format("`{}` is no rule file", path);
      diagnostic.help = "rule files end in `.zweck`; nothing else has a canonical form";
      wrong.push_back(diagnostic);
    } else {
      files.push_back(path);
    }
  }
  if (!wrong.empty()) return wrong;
  std::set<std::string> seen;
  std::erase_if(files, [&](const std::string& file) {
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(file, error);
    return !seen.insert(error ? file : real.string()).second;
  });
  return files;
}

int format_input(const Options& options, Io& io) {
  const auto [text, why] = read_all(STDIN_FILENO);
  if (!why.empty()) return complain(io, fmt::format("cannot read the standard input: {}", why));
  const Result<std::string> canonical = formatted("<stdin>", text);
  if (!canonical) return complain(io, canonical.diagnostics());
  if (options.diff) io.out.write(line_diff("<stdin>", text, *canonical, io.out.colour()));
  if (!options.diff && !options.check) io.out.write(*canonical);
  return options.check && *canonical != text ? exit_findings : exit_fine;
}

int run_fmt(const Options& options, Io& io) {
  if (options.paths == std::vector<std::string>{"-"}) return format_input(options, io);
  const Result<std::vector<std::string>> files = rule_files(options.paths);
  if (!files) return complain(io, files.diagnostics());
  bool failed = false;
  std::size_t changed = 0;
  for (const std::string& file : *files) {
    const Result<std::string> text = read_file(file, file);
    if (!text) {
      failed = complain(io, text.diagnostics()) != exit_fine;
      continue;
    }
    const Result<std::string> canonical = formatted(file, *text);
    if (!canonical) {
      failed = complain(io, canonical.diagnostics()) != exit_fine;
      continue;
    }
    if (*canonical == *text) continue;
    ++changed;
    if (options.diff) {
      io.out.write(line_diff(file, *text, *canonical, io.out.colour()));
    } else if (options.check) {
      io.out.write(fmt::format("{}\n", file));
    } else if (const std::string why = write_atomically(file, *canonical); !why.empty()) {
      failed = complain(io, fmt::format("cannot write `{}`: {}", file, why)) != exit_fine;
    } else {
      io.out.write(fmt::format("{}\n", file));
    }
    if (io.out.failed()) return exit_failed;
  }
  if (failed) return exit_failed;
  return options.check && changed > 0 ? exit_findings : exit_fine;
}

}  // namespace

const Subcommand fmt_command{
    .name = "fmt",
    .summary = "bring rule files into their canonical form",
    .positional = "PATH…",
    .examples = "zweck fmt policies/shop\nzweck fmt --check --diff policies\nzweck fmt - < rules.zweck",
    .notes =
        "Names the files that change. Meaning and comments stay; a file with errors is left alone.\n"
        "Exits 0 if all is well, 1 if --check finds something to change, 2 if a file cannot be formatted.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("PATH", options->paths, "rule files, directories of them, or `-` for the standard input")
          ->required();
      add_switch(app, "--check", options->check, "change nothing; exit 1 if something would change");
      add_switch(app, "--diff", options->diff, "change nothing; show what would change");
      return [options](Io& io) { return run_fmt(*options, io); };
    },
};

}  // namespace zweck::command
