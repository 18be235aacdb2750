// `zweck diff`: what one policy set allows and another does not, exactly.
#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <memory>

#include "analysis/difference.hpp"
#include "command.hpp"
#include "diff_report.hpp"
#include "engine/program.hpp"
#include "progress.hpp"
#include "sets.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::string before, after;
  std::string format = "text";
  bool fail_on_widening = false;
};

// Why the second allows more than the first, or may: nothing if it does not.
std::string why_wider(const DiffSummary& summary) {
  if (summary.difference.entries[static_cast<std::size_t>(DifferenceEntry::Now::allow)] > 0) return "more is allowed";
  if (!summary.difference.undecided.empty()) return "it was not decided whether more is allowed";
  if (summary.vocabulary.more_values()) return "a fact has values now that only the second can read";
  const auto& reinterprets = summary.vocabulary.reinterprets;
  if (std::any_of(reinterprets.begin(), reinterprets.end(), [](const auto& each) { return each.may_widen(); }))
    return "what customers said before may allow more";
  return summary.vocabulary.disjoint ? "the two know no use in common, so that nothing was compared" : "";
}

int run_diff(const Options& options, Io& io) {
  Progress progress;
  progress.at("reading " + options.before + " and " + options.after);
  // The two are read at the same time, and complained of in order.
  auto loading = std::async(std::launch::async, [&] { return Engine::load(options.after); });
  std::optional<Engine> before, after;
  {
    Result<Engine> first = Engine::load(options.before), second = loading.get();
    const auto aside = progress.aside();
    before = usable_engine(std::move(first), options.before, io);
    if (options.after != options.before || before) after = usable_engine(std::move(second), options.after, io);
  }
  if (!before || !after) return exit_failed;

  const auto writer = options.format == "json"       ? diff_json(io.out)
                      : options.format == "markdown" ? diff_markdown(io.out)
                                                     : diff_text(io.out);
  DiffSummary summary;
  summary.before = options.before;
  summary.after = options.after;
  summary.same_revision = before->revision() == after->revision();
  std::uint64_t changes = 0;
  summary.difference = compare(
      *before, *after,
      [&](const DifferenceEntry& entry) {
        const auto aside = progress.aside();
        writer->entry(entry);
        ++changes;
        return !io.out.failed();
      },
      [&](std::size_t done, std::size_t all) {
        progress.at(fmt::format("comparing, {} so far, changed rules", counted(changes, "change")), done, all);
      });
  summary.vocabulary =
      compare_vocabularies(before->program()->vocabulary(), after->program()->vocabulary());
  const auto aside = progress.aside();
  writer->finish(summary);
  const std::string why = why_wider(summary);
  if (summary.vocabulary.disjoint) {
    complain(io, fmt::format("`{}` and `{}` know no use in common", options.before, options.after),
             "are these two versions of one policy set?");
  }
  if (!options.fail_on_widening || why.empty()) return exit_fine;
  io.out.flush();
  io.err.write("zweck: fails on widening: " + why + "\n");
  return exit_findings;
}

}  // namespace

const Subcommand diff_command{
    .name = "diff",
    .summary = "show exactly what a change of a policy set changes",
    .positional = "OLD NEW",
    .examples =
        "zweck diff policies/shop work/shop\n"
        "zweck diff --fail-on-widening --format markdown main/policies policies >> \"$GITHUB_STEP_SUMMARY\"",
    .notes =
        "Every use (data for a purpose by a partner) that both sets know and that one allows where the other does not,\n"
        "or with other obligations: under which condition, by which rules, and with a request that the two answer\n"
        "differently (`zweck explain NEW --request` takes it). Beside that the names that only one set knows, and what\n"
        "gives old answers of customers another meaning.\n"
        "Exits 0 whatever the difference is. With --fail-on-widening it exits 1 if more is allowed, if that could not be\n"
        "decided, if what customers said before may allow more, or if a fact has values that OLD cannot read.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("OLD", options->before, "directory or bundle of the policy set as it was")->required();
      app.add_option("NEW", options->after, "directory or bundle of the policy set as it is to be")->required();
      add_choice(app, "--format", options->format, {"text", "json", "markdown"}, "how it is written");
      add_switch(app, "--fail-on-widening", options->fail_on_widening, "exit 1 if the new one allows more, or may");
      return [options](Io& io) { return run_diff(*options, io); };
    },
};

}  // namespace zweck::command
