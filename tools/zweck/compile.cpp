// `zweck compile`: a policy set as one file, ready to be mapped.
#include <fmt/format.h>

#include <memory>

#include "bundle/bundle.hpp"
#include "command.hpp"
#include "engine/index.hpp"
#include "files.hpp"
#include "lint/lint.hpp"
#include "lint/reports.hpp"
#include "sets.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::string directory, output;
};

// Assertions that do not hold, or are not decided, as `lint` shows them. False if there are any.
bool assertions_hold(const LoadedSet& set, const Options& options, Io& io) {
  lint::SetFindings failed;
  failed.directory = options.directory;
  failed.vocabulary = &set.model.vocabulary;
  failed.findings = lint::failed_assertions(set);
  if (failed.findings.empty()) return true;
  lint::Summary summary;
  summary.files = set.model.sources.size();
  summary.rules = set.model.rules.size();
  summary.assertions = set.model.assertions.size();
  for (const lint::Finding& finding : failed.findings) summary.count(finding);
  io.err.write(lint::to_text({std::move(failed)}, summary, io.err.colour()));
  return false;
}

int run_compile(const Options& options, Io& io) {
  const Result<LoadedSet> set = load_directory(options.directory);
  if (!set) {
    complain(io, seen_from_here(set.diagnostics(), options.directory));
    if (is_unreadable(set.diagnostics())) return exit_failed;
    return complain(io, fmt::format("`{}` has errors, so nothing was written", options.directory));
  }
  if (!assertions_hold(*set, options, io))
    return complain(io, fmt::format("`{}` breaks its own assertions, so nothing was written", options.directory),
                    "`zweck lint` shows all there is to say");
  const EngineOptions standard;
  const Index index = zweck::compile(set->model, standard.part_terms, standard.table_bytes, standard.table_steps);
  const Result<std::string> bytes = write_bundle(set->model, index);
  if (!bytes) return complain(io, bytes.diagnostics());
  if (const std::string why = write_atomically(options.output, *bytes); !why.empty())
    return complain(io, fmt::format("cannot write `{}`: {}", options.output, why));
  return exit_fine;
}

}  // namespace

const Subcommand compile_command{
    .name = "compile",
    .summary = "make a bundle of a policy set: one file, ready to be used",
    .positional = "DIR -o FILE",
    .examples =
        "zweck compile policies/shop -o shop.bundle\n"
        "zweck decide shop.bundle --data wardrobe --purpose recommendation --partner shop",
    .notes =
        "A bundle is mapped into memory and answers at once, however large the set is. It has a checksum, is the\n"
        "same to the byte wherever it is made of the same files, and is taken by every command that asks a set.\n"
        "A set with errors, or with an assertion that does not hold, is not compiled: exit 2, nothing is written.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("DIR", options->directory, "directory of the policy set")->required();
      add_single(app, "-o,--output", options->output, "FILE",
                 "the bundle; a file of that name is replaced at once, whole")
          ->required();
      return [options](Io& io) { return run_compile(*options, io); };
    },
};

}  // namespace zweck::command
