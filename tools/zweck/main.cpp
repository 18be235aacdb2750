// The command: finds the subcommand, reads its options, runs it, and sees to it that nothing fails silently.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <exception>
#include <new>

#include "command.hpp"
#include "text/suggest.hpp"

namespace zweck::command {

namespace {

constexpr std::array table{
    &init_command, &lint_command, &test_command,   &decide_command, &explain_command,
    &list_command, &diff_command, &fmt_command,    &compile_command, &checks_command,
    &import_command,
};

std::string help_line(std::string_view name) { return fmt::format("`zweck {} --help` shows how it is used", name); }

// What CLI11 found wrong, in our words.
int bad_usage(Io& io, const Subcommand& command, const CLI::App& app, const CLI::ParseError& error) {
  std::string message = error.what();
  std::string help = help_line(command.name);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::vector<std::string> rest = app.remaining();
    const std::string extra = rest.empty() ? std::string() : rest.front();
    if (extra.starts_with("-")) {
      std::vector<std::string> names;
      for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
      }
      message = fmt::format("unknown option `{}`", extra);
      const std::string near = did_you_mean(extra.substr(0, extra.find('=')), {names.begin(), names.end()});
      if (!near.empty()) help = near;
    } else {
      message = fmt::format("`{}` is one argument too many", extra);
    }
  } else if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    message = fmt::format("{} is missing", message.substr(0, message.find(" is required")));
  } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const auto says = [&](std::string_view words) { return message.find(words) != std::string::npos; };
    std::string option = message.substr(0, message.find_first_of(": "));
    if (!option.starts_with('-')) option.insert(0, option.size() == 1 ? "-" : "--");  // of a switch it says no dashes
    message = fmt::format("{} {}", option,
                          says("received")        ? "is given more than once"
                          : says("flag override") ? "takes no value"
                                                  : "needs a value");
  }
  return complain(io, fmt::format("{}: {}", command.name, message), help);
}

int run_subcommand(Io& io, const Subcommand& command, std::vector<std::string> arguments) {
  CLI::App app;
  app.set_help_flag();  // ours below, so that all pages look alike
  bool help = false;
  const Run run = command.declare(app);
  add_switch(app, "-h,--help", help, "show this page");
  if (std::any_of(arguments.begin(), arguments.end(), [](auto& a) { return a == "--help" || a == "-h"; })) {
    io.out.write(help_of(command, app));
    return exit_fine;
  }
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return bad_usage(io, command, app, error);
  }
  return run(io);
}

int run(Io& io, std::vector<std::string> arguments) {
  if (arguments.empty()) {
    io.err.write(help_of_all(table));
    return exit_failed;
  }
  const std::string first = arguments.front();
  arguments.erase(arguments.begin());
  const bool asks_help = first == "help", of_all = first == "--help" || first == "-h";
  const bool asks_version = first == "--version" || first == "-V";
  // `help` goes with the name of one command, the others with nothing.
  if ((asks_version || of_all || asks_help) && arguments.size() > std::size_t{asks_help}) {
    return complain(io, fmt::format("{}: `{}` is one argument too many", first, arguments.back()));
  }
  if (asks_version || of_all || (asks_help && arguments.empty())) {
    io.out.write(asks_version ? version() : help_of_all(table));
    return exit_fine;
  }
  const std::string name = asks_help ? arguments.front() : first;
  for (const Subcommand* command : table) {
    if (command->name == name) {
      return run_subcommand(io, *command, asks_help ? std::vector<std::string>{"--help"} : std::move(arguments));
    }
  }
  std::vector<std::string_view> names{"--help", "--version"};
  for (const Subcommand* command : table) names.push_back(command->name);
  const std::string near = did_you_mean(name, names);
  return complain(io, fmt::format("unknown {} `{}`", name.starts_with("-") ? "option" : "command", name),
                  near.empty() ? "`zweck --help` lists the commands" : near);
}

// A closed descriptor would be taken by the first file we open, and results would end up in it. Opened the wrong way
// round, it fails as it should.
void keep_standard_descriptors() {
  for (int descriptor = 0; descriptor < 3; ++descriptor) {
    const int mode = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (fcntl(descriptor, F_GETFD) == -1 && open("/dev/null", mode) != descriptor) std::_Exit(exit_failed);
  }
}

}  // namespace

}  // namespace zweck::command

int main(int count, char** arguments) {
  using namespace zweck::command;
  keep_standard_descriptors();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error of writing like any other
  std::signal(SIGXFSZ, SIG_IGN);
  Output out(STDOUT_FILENO, wants_colour(STDOUT_FILENO));
  Output err(STDERR_FILENO, wants_colour(STDERR_FILENO));
  Io io{out, err};
  int code = exit_failed;
  try {
    code = run(io, {arguments + std::min(count, 1), arguments + count});
  } catch (const std::bad_alloc&) {
    complain(io, "out of memory");
  } catch (const std::exception& error) {
    complain(io, fmt::format("failed unexpectedly: {}", error.what()));
  }
  out.flush();
  if (out.failed()) code = complain(io, fmt::format("cannot write the output: {}", std::strerror(out.error())));
  err.flush();
  return code;
}
