#include "command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "text/source.hpp"
#include "text/suggest.hpp"

namespace zweck::command {

namespace {

constexpr std::size_t left_column = 26;
constexpr std::size_t line_columns = 96;

// Two columns; the right one is broken between words.
std::string row(const std::string& left, std::string_view right) {
  std::string out = "  " + left;
  std::size_t column = out.size();
  if (column + 2 > left_column) {
    out += "\n";
    column = 0;
  }
  out.append(left_column - column, ' ');
  column = left_column;
  while (!right.empty()) {
    const std::string_view word = right.substr(0, right.find(' '));
    right.remove_prefix(std::min(right.size(), word.size() + 1));
    if (column > left_column && column + 1 + word.size() > line_columns) {
      out += "\n" + std::string(left_column, ' ');
      column = left_column;
    } else if (column > left_column) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out + "\n";
}

std::string indented(std::string_view lines) {
  std::string out;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    out += fmt::format("{}{}\n", line.empty() ? "" : "  ", line);
  }
  return out;
}

std::string list_of(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    out += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
  }
  return out;
}

// A script whose variable is empty has not left the option out.
std::string not_empty(const std::string& value) { return value.empty() ? "its value is empty" : ""; }

}  // namespace

void add_choice(CLI::App& app, const std::string& name, std::string& value, std::vector<std::string> choices,
                const std::string& description) {
  std::string placeholder;
  for (const std::string& choice : choices) placeholder += (placeholder.empty() ? "" : "|") + choice;
  add_single(app, name, value, placeholder, fmt::format("{} (default {})", description, value))
      ->check([choices](const std::string& given) -> std::string {
        if (std::find(choices.begin(), choices.end(), given) != choices.end()) return {};
        const std::string near = did_you_mean(given, {choices.begin(), choices.end()});
        return fmt::format("`{}` is not known here; {}", given, near.empty() ? "use " + list_of(choices) : near);
      });
}

CLI::Option* add_repeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                          const std::string& placeholder, const std::string& description) {
  // One value a time, so that the option never swallows an argument that follows it.
  return app.add_option(name, values, description)
      ->option_text(placeholder)
      ->allow_extra_args(false)
      ->check(not_empty);
}

CLI::Option* add_single(CLI::App& app, const std::string& name, std::string& value, const std::string& placeholder,
                        const std::string& description) {
  return app.add_option(name, value, description)->option_text(placeholder)->check(not_empty);
}

void add_switch(CLI::App& app, const std::string& name, bool& value, const std::string& description) {
  app.add_flag(name, value, description)->disable_flag_override();
}

int complain(Io& io, std::string_view message, std::string_view help) {
  io.out.flush();
  io.err.write(fmt::format("{} {}\n", styled("zweck:", Style::red, io.err.colour()), visible(message)));
  if (!help.empty()) io.err.write(fmt::format("  help: {}\n", visible(help)));
  return exit_failed;
}

int complain(Io& io, const Diagnostics& diagnostics) {
  io.out.flush();
  io.err.write(render(diagnostics, io.err.colour()));
  return exit_failed;
}

Diagnostics seen_from_here(Diagnostics diagnostics, const std::string& directory) {
  const std::filesystem::path root(directory);
  const auto move = [&](Place& place) {
    // What concerns the directory as a whole has its path already.
    if (!place.file.empty() && place.file != root.generic_string()) place.file = (root / place.file).generic_string();
  };
  for (Diagnostic& diagnostic : diagnostics) {
    move(diagnostic.place);
    for (Related& related : diagnostic.related) move(related.place);
  }
  return diagnostics;
}

std::string help_of(const Subcommand& command, const CLI::App& app) {
  std::string arguments, options;
  for (const CLI::Option* option : app.get_options()) {
    const std::string text = option->get_option_text();
    if (option->get_positional()) {
      arguments += row(option->get_name(true, false), option->get_description());
    } else {
      std::string names = option->get_name(false, true);
      for (std::size_t at = 0; (at = names.find(',', at)) != std::string::npos; at += 2) names.insert(at + 1, " ");
      options += row(names + (text.empty() ? "" : " " + text), option->get_description());
    }
  }
  std::string out = fmt::format("zweck {}: {}\n\nUsage: zweck {} {} [OPTIONS]\n", command.name, command.summary,
                                command.name, command.positional);
  if (!arguments.empty()) out += "\n" + arguments;
  if (!options.empty()) out += "\nOptions:\n" + options;
  if (!command.notes.empty()) out += fmt::format("\n{}\n", command.notes);
  const bool one = command.examples.find('\n') == std::string_view::npos;
  return out + fmt::format("\n{}:\n{}", one ? "Example" : "Examples", indented(command.examples));
}

std::string help_of_all(std::span<const Subcommand* const> commands) {
  std::string out =
      "zweck: which data may be used for which purpose by which partner, and on what basis\n"
      "\n"
      "Usage: zweck COMMAND …\n"
      "\n"
      "Commands:\n";
  for (const Subcommand* command : commands) out += row(std::string(command->name), command->summary);
  return out +
         "\n"
         "`zweck COMMAND --help` says more, with an example. `zweck --version` names version and build.\n"
         "\n"
         "A first policy set, and a first question:\n"
         "  zweck init my-policies\n"
         "  zweck explain my-policies --data wardrobe --purpose recommendation --partner shop\n";
}

std::string_view version_number() { return ZWECK_VERSION; }

std::string version() { return fmt::format("zweck {} ({})\n", ZWECK_VERSION, ZWECK_BUILD); }

}  // namespace zweck::command
