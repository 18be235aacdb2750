// `zweck checks`: what `lint` looks for.
#include <fmt/format.h>

#include <memory>

#include "command.hpp"
#include "lint/lint.hpp"
#include "text/suggest.hpp"

namespace zweck::command {

namespace {

std::string_view title_of(lint::Group group) {
  switch (group) {
    case lint::Group::loading: return "Errors of loading: a set with one of these has no meaning";
    case lint::Group::logic: return "Logic: decided exactly, with an example";
    case lint::Group::protection: return "Data protection: what a rule can bring about";
    case lint::Group::care: return "Care";
  }
  return "";
}

int list_checks(Io& io) {
  const lint::Group* former = nullptr;
  for (const lint::Check& check : lint::checks()) {
    if (former == nullptr || *former != check.group)
      io.out.write(fmt::format("{}{}\n", former == nullptr ? "" : "\n",
                               styled(title_of(check.group), Style::bold, io.out.colour())));
    former = &check.group;
    io.out.write(fmt::format("  {:<26} {:<8} {}\n", check.name, name_of(check.severity), check.summary));
  }
  io.out.write("\n`zweck checks NAME` shows the page of one.\n");
  return exit_fine;
}

int show_check(const std::string& name, Io& io) {
  const lint::Check* check = lint::find_check(name);
  if (check == nullptr) {
    std::vector<std::string_view> known;
    for (const lint::Check& each : lint::checks()) known.push_back(each.name);
    const std::string near = did_you_mean(name, known);
    return complain(io, fmt::format("there is no check `{}`", name), near.empty() ? "`zweck checks` lists them" : near);
  }
  io.out.write(lint::page_of(name));
  return exit_fine;
}

}  // namespace

const Subcommand checks_command{
    .name = "checks",
    .summary = "list the checks of lint, or show the page of one",
    .positional = "[NAME]",
    .examples = "zweck checks\nzweck checks partner-on-opt-out",
    .notes = "",
    .declare = [](CLI::App& app) -> Run {
      auto name = std::make_shared<std::string>();
      app.add_option("NAME", *name, "the check whose page to show");
      return [name](Io& io) { return name->empty() ? list_checks(io) : show_check(*name, io); };
    },
};

}  // namespace zweck::command
