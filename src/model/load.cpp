// FILES -> MODEL: all stages in a row, with the errors of all files together.
#include "model/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "grammar/parse.hpp"
#include "model/resolve.hpp"
#include "model/vocabulary.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

// By file and line; what belongs to a file as a whole comes first in it.
Diagnostics in_order(Diagnostics errors) {
  std::stable_sort(errors.begin(), errors.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  if (errors.size() <= limits::diagnostics) return errors;
  // The last one that is kept counts the others. Some files were left off before their end, so there may be more.
  const std::size_t further = errors.size() - limits::diagnostics + 1;
  errors.resize(limits::diagnostics);
  Diagnostic& last = errors.back();
  last = {.check = last.check,
          .message = fmt::format("and at least {} more errors", further),
          .help = {},
          .place = {},
          .related = {}};
  return errors;
}

class Loader {
 public:
  // With errors of finding the files, some of the vocabulary may be missing.
  explicit Loader(Diagnostics errors) : errors_(std::move(errors)), vocabulary_complete_(errors_.empty()) {}

  void add(Source source, Ending::Kind kind) {
    const std::uint32_t file = sources_.add(std::move(source));
    if (kind == Ending::Kind::vocabulary) {
      auto tree = read_yaml(sources_, file);
      vocabulary_complete_ &= static_cast<bool>(tree);
      if (tree) {
        trees_.push_back(*std::move(tree));
      } else {
        append(std::move(tree).diagnostics());
      }
    } else {
      auto syntax = parse(sources_, file);
      if (syntax) {
        files_.push_back(*std::move(syntax));
      } else {
        append(std::move(syntax).diagnostics());
      }
    }
  }

  void fail(Diagnostics errors, Ending::Kind kind) {
    append(std::move(errors));
    vocabulary_complete_ &= kind != Ending::Kind::vocabulary;
  }

  // What follows from an incomplete vocabulary would be names missed that are there, so it is not looked for. Rules are
  // looked at even if others are broken: none of them refers to another.
  Result<LoadedSet> finish(std::vector<std::string> test_files) {
    if (!vocabulary_complete_) return in_order(std::move(errors_));
    auto vocabulary = read_vocabulary(sources_, trees_);
    trees_.clear();
    if (!vocabulary) {
      append(std::move(vocabulary).diagnostics());
      return in_order(std::move(errors_));
    }
    auto model = resolve(std::move(sources_), *std::move(vocabulary), files_);
    if (!model) append(std::move(model).diagnostics());
    if (!errors_.empty()) return in_order(std::move(errors_));
    return LoadedSet{*std::move(model), std::move(files_), std::move(test_files)};
  }

 private:
  void append(Diagnostics more) {
    const std::size_t room = limits::diagnostics_kept - std::min(limits::diagnostics_kept, errors_.size());
    const std::size_t taken = std::min(room, more.size());
    std::move(more.begin(), more.begin() + static_cast<std::ptrdiff_t>(taken), std::back_inserter(errors_));
  }

  Sources sources_;
  std::vector<Tree> trees_;
  std::vector<syntax::File> files_;
  Diagnostics errors_;
  bool vocabulary_complete_;
};

Diagnostic error(std::string check, const std::string& file, std::string message, std::string help) {
  Diagnostic diagnostic{
      .check = std::move(check), .message = std::move(message), .help = std::move(help), .place = {}, .related = {}};
  diagnostic.place.file = file;
  return diagnostic;
}

}  // namespace

Result<LoadedSet> load_set(const std::filesystem::path& directory) {
  FoundFiles found = look_for_files(directory);
  if (found.refused) return in_order(std::move(found.errors));
  Loader loader(std::move(found.errors));
  const auto add = [&](const std::string& path, Ending::Kind kind) {
    auto text = read_file(directory / path, path);
    if (text) {
      loader.add({path, *std::move(text)}, kind);
    } else {
      loader.fail(std::move(text).diagnostics(), kind);
    }
  };
  for (const std::string& path : found.files.vocabularies) add(path, Ending::Kind::vocabulary);
  for (const std::string& path : found.files.rules) add(path, Ending::Kind::rules);
  return loader.finish(std::move(found.files.tests));
}

Result<LoadedSet> load_texts(std::vector<Source> files) {
  std::sort(files.begin(), files.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  Diagnostics errors;
  std::size_t bytes = 0;
  std::size_t readable = 0;
  std::vector<std::string> tests;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& path = files[i].path;
    const Ending ending = ending_of(path);
    bytes += files[i].text.size();
    if (ending.kind == Ending::Kind::near_miss) {
      errors.push_back(near_miss(path, ending));
    } else if (ending.kind == Ending::Kind::none) {
      errors.push_back(error("misnamed-file", path, fmt::format("`{}` is no file of a policy set", path),
                             "their names end in `.vocab.yaml`, `.zweck` or `.test.yaml`"));
    } else if (ending.kind == Ending::Kind::tests) {
      tests.push_back(path);
    } else {
      ++readable;
    }
    if (i > 0 && path == files[i - 1].path) {
      errors.push_back(error("misnamed-file", path, fmt::format("`{}` is given twice", path), ""));
    }
    if (files[i].text.size() > limits::file_bytes) {
      errors.push_back(error("unreadable-file", path,
                             fmt::format("`{}` is larger than {} MiB", path, limits::file_bytes >> 20),
                             "split it: the sections of several files are joined"));
    }
  }
  if (files.size() > limits::set_files) {
    errors.push_back(
        error("unreadable-file", "", fmt::format("more than {} files in one policy set", limits::set_files), ""));
  }
  if (bytes > limits::set_bytes) {
    errors.push_back(
        error("unreadable-file", "",
              fmt::format("the files of a policy set are at most {} MiB together", limits::set_bytes >> 20), ""));
  }
  if (errors.empty() && readable == 0) {
    errors.push_back(error("unreadable-file", "", "no policy set: no file ends in `.vocab.yaml` or `.zweck`", ""));
  }
  if (!errors.empty()) return in_order(std::move(errors));
  Loader loader({});
  for (const Ending::Kind kind : {Ending::Kind::vocabulary, Ending::Kind::rules}) {
    for (Source& file : files) {
      if (ending_of(file.path).kind == kind) loader.add(std::move(file), kind);
    }
  }
  return loader.finish(std::move(tests));
}

}  // namespace zweck
