// What all subcommands share. A subcommand is one file NAME.cpp that defines `const Subcommand NAME_command`, and a
// line in the table of main.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "output.hpp"
#include "zweck/diagnostic.hpp"

namespace zweck::command {

// What the command ends with.
enum Exit : int {
  exit_fine = 0,      // done; for one request: allow
  exit_findings = 1,  // findings, failed tests, differences; for one request: deny
  exit_failed = 2     // could not do its work: bad usage, unreadable input, a policy set with errors
};

// Results go to `out`, complaints and progress to `err`. What could not be written to `out` ends in exit_failed, by
// main(); who writes much looks at out.failed() and stops.
struct Io {
  Output& out;
  Output& err;
};

using Run = std::function<int(Io&)>;

struct Subcommand {
  std::string_view name;
  std::string_view summary;     // one line, lower case, no full stop
  std::string_view positional;  // for the line of usage: "DIR", "PATH…"
  std::string_view examples;    // one or more whole command lines, each on its own line
  std::string_view notes;       // what else `--help` should say; may be empty
  // Declares options and arguments, and returns what runs once they are read.
  Run (*declare)(CLI::App& app);
};

extern const Subcommand decide_command, explain_command, lint_command, fmt_command, list_command, init_command,
    test_command, checks_command, import_command, diff_command, compile_command;

// An option that is one of a few words; the first is the default. `value` must be that word already.
void add_choice(CLI::App& app, const std::string& name, std::string& value, std::vector<std::string> choices,
                const std::string& description);
// An option that may be given several times, with one value each time.
CLI::Option* add_repeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                          const std::string& placeholder, const std::string& description);
// An option with one value.
CLI::Option* add_single(CLI::App& app, const std::string& name, std::string& value, const std::string& placeholder,
                        const std::string& description);

// An option that takes no value.
void add_switch(CLI::App& app, const std::string& name, bool& value, const std::string& description);

// "zweck: MESSAGE" and, if there is any, "  help: HELP" to `err`; returns exit_failed.
int complain(Io& io, std::string_view message, std::string_view help = {});
// Diagnostics to `err`; returns exit_failed.
int complain(Io& io, const Diagnostics& diagnostics);
// Diagnostics of a set with the path of its directory before those of its files, so that they can be opened from where
// the command was called.
Diagnostics seen_from_here(Diagnostics diagnostics, const std::string& directory);

// The rest of `zweck NAME --help`, `zweck --help` and `--version`.
std::string help_of(const Subcommand& command, const CLI::App& app);
std::string help_of_all(std::span<const Subcommand* const> commands);
std::string version();
std::string_view version_number();

}  // namespace zweck::command
