// DIRECTORY -> FILES of a policy set (section 1), and what is nearly one.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "model/load.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> endings{".vocab.yaml", ".zweck", ".test.yaml"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

Diagnostic error(std::string check, const std::string& file, std::string message, std::string help = {}) {
  Diagnostic diagnostic{
      .check = std::move(check), .message = std::move(message), .help = std::move(help), .place = {}, .related = {}};
  diagnostic.place.file = file;
  return diagnostic;
}

class Walk {
 public:
  explicit Walk(fs::path root) : root_(std::move(root)) {}

  void directory(const fs::path& below, std::size_t depth) {
    if (depth > limits::directory_depth) {
      complain(below, fmt::format("directories are nested deeper than {}", limits::directory_depth));
      return;
    }
    std::error_code code;
    fs::directory_iterator entries(root_ / below, code);
    std::vector<fs::path> directories;
    for (; !code && entries != fs::directory_iterator(); entries.increment(code)) {
      if (++entries_ > limits::directory_entries) return;
      entry(*entries, below / entries->path().filename(), directories);
    }
    if (code) complain(below, fmt::format("cannot read the directory: {}", code.message()));
    // In the order of their names, so that errors come in the same order everywhere.
    std::sort(directories.begin(), directories.end());
    for (const fs::path& each : directories) {
      if (entries_ <= limits::directory_entries) directory(each, depth + 1);
    }
  }

  FoundFiles take() {
    if (entries_ > limits::directory_entries) {
      refuse(fmt::format("more than {} files and directories below this one", limits::directory_entries));
    }
    const std::size_t count = files_.vocabularies.size() + files_.rules.size() + files_.tests.size();
    if (count > limits::set_files) refuse(fmt::format("more than {} files in one policy set", limits::set_files));
    if (bytes_ > limits::set_bytes) {
      refuse(fmt::format("the files of a policy set are at most {} MiB together", limits::set_bytes >> 20));
    }
    if (errors_.empty() && files_.vocabularies.empty() && files_.rules.empty()) {
      refuse("no policy set: no file here ends in `.vocab.yaml` or `.zweck`",
             "`zweck init DIR` makes one to start from");
    }
    for (auto* const files : {&files_.vocabularies, &files_.rules, &files_.tests}) {
      std::sort(files->begin(), files->end());
    }
    return {std::move(files_), std::move(errors_), refused_};
  }

 private:
  void entry(const fs::directory_entry& entry, const fs::path& below, std::vector<fs::path>& directories) {
    std::error_code code;
    const bool link = entry.is_symlink(code);
    const bool is_directory = entry.is_directory(code);
    if (is_directory) {
      if (!link) directories.push_back(below);
      return;
    }
    const std::string path = below.generic_string();
    const Ending ending = ending_of(path);
    if (ending.kind == Ending::Kind::none) return;
    if (ending.kind == Ending::Kind::near_miss) {
      errors_.push_back(near_miss(path, ending));
      return;
    }
    // What cannot be read is found out when it is read.
    const auto size = entry.file_size(code);
    if (!code) bytes_ += size;
    files_of(ending.kind).push_back(path);
  }

  std::vector<std::string>& files_of(Ending::Kind kind) {
    return kind == Ending::Kind::vocabulary ? files_.vocabularies
           : kind == Ending::Kind::rules    ? files_.rules
                                            : files_.tests;
  }

  void refuse(std::string message, std::string help = {}) {
    complain({}, std::move(message), std::move(help));
    refused_ = true;
  }

  void complain(const fs::path& below, std::string message, std::string help = {}) {
    const fs::path shown = below.empty() ? root_ : below;
    errors_.push_back(error("unreadable-file", shown.generic_string(), std::move(message), std::move(help)));
  }

  fs::path root_;
  SetFiles files_;
  Diagnostics errors_;
  std::size_t entries_ = 0;
  std::uintmax_t bytes_ = 0;
  bool refused_ = false;
};

}  // namespace

Ending ending_of(std::string_view path) {
  for (std::size_t i = 0; i < endings.size(); ++i) {
    if (path.ends_with(endings[i])) return {static_cast<Ending::Kind>(i), endings[i]};
  }
  const std::string lowered = lower(path);
  for (const std::string_view ending : endings) {
    const bool yml =
        ending.ends_with(".yaml") && lowered.ends_with(std::string(ending.substr(0, ending.size() - 4)) + "yml");
    if (yml || lowered.ends_with(ending)) return {Ending::Kind::near_miss, ending};
  }
  return {};
}

Diagnostic near_miss(const std::string& path, const Ending& ending) {
  return error("misnamed-file", path, fmt::format("`{}` nearly belongs to the policy set, but is not read so", path),
               fmt::format("let its name end in `{}`, or differ more", ending.text));
}

FoundFiles look_for_files(const std::filesystem::path& directory) {
  const std::string shown = directory.generic_string();
  const auto refuse = [&](std::string message, std::string help = {}) {
    return FoundFiles{{}, {error("unreadable-file", shown, std::move(message), std::move(help))}, true};
  };
  std::error_code code;
  const fs::file_status status = fs::status(directory, code);
  if (status.type() == fs::file_type::not_found) return refuse(fmt::format("there is no directory `{}`", shown));
  if (code) return refuse(fmt::format("cannot read `{}`: {}", shown, code.message()));
  if (!fs::is_directory(status)) {
    return refuse(fmt::format("`{}` is not a directory", shown),
                  "a policy set is a directory: name the one that holds its files");
  }
  Walk walk(directory);
  walk.directory({}, 0);
  return walk.take();
}

Result<SetFiles> find_files(const std::filesystem::path& directory) {
  FoundFiles found = look_for_files(directory);
  if (!found.errors.empty()) return std::move(found.errors);
  return std::move(found.files);
}

}  // namespace zweck
