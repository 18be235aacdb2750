// `zweck init`: a small working policy set to start from.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <memory>

#include "command.hpp"
#include "files.hpp"
#include "init_files.hpp"

namespace zweck::command {

namespace {

// The path as a shell takes it for one word.
std::string shell_word(const std::string& path) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("._/-").find(c) != std::string_view::npos;
  };
  if (!path.empty() && std::all_of(path.begin(), path.end(), plain)) return path;
  std::string word = "'";
  for (const char c : path) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

int run_init(const std::string& directory, Io& io) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (fs::exists(status) && !fs::is_directory(status)) {
    return complain(io, fmt::format("cannot write to `{}`: it is not a directory", directory));
  }
  // Files of another set beside ours would become part of ours.
  if (fs::is_directory(status)) {
    const bool empty = fs::is_empty(directory, error);
    if (error) return complain(io, fmt::format("cannot read `{}`: {}", directory, error.message()));
    if (!empty) {
      return complain(io, fmt::format("`{}` is not empty", directory),
                      "nothing is overwritten: name a new directory, or an empty one");
    }
  } else if (!fs::create_directories(directory, error) && error) {
    return complain(io, fmt::format("cannot create `{}`: {}", directory, error.message()));
  }
  for (const InitFile& file : init_files) {
    const fs::path path = fs::path(directory) / file.name;
    const std::string why = write_atomically(path, file.text);
    if (!why.empty()) return complain(io, fmt::format("cannot write `{}`: {}", path.string(), why));
    io.out.write(fmt::format("{}\n", path.string()));
  }
  io.out.write(
      fmt::format("\nA first question, and why the answer is no:\n"
                  "  zweck explain {0} --data wardrobe --purpose recommendation --partner shop\n"
                  "\n{1} says how to go on.\n",
                  shell_word(directory), (fs::path(directory) / "README.md").string()));
  return exit_fine;
}

}  // namespace

const Subcommand init_command{
    .name = "init",
    .summary = "write a small working policy set to start from",
    .positional = "DIR",
    .examples = "zweck init my-policies",
    .notes = "Writes a vocabulary, rules, tests and a README. The directory must be new or empty.",
    .declare = [](CLI::App& app) -> Run {
      auto directory = std::make_shared<std::string>();
      app.add_option("DIR", *directory, "the directory to write, new or empty")->required();
      return [directory](Io& io) { return run_init(*directory, io); };
    },
};

}  // namespace zweck::command
