// `zweck import`: vocabularies that others have made, as a vocabulary of this language.
#include "import/import.hpp"

#include <fmt/format.h>

#include <memory>

#include "command.hpp"
#include "files.hpp"
#include "text/limits.hpp"
#include "text/suggest.hpp"

namespace zweck::command {

namespace {

struct Format {
  std::string_view name;
  Result<Imported> (*read)(const Sources& files);
};
constexpr Format formats[] = {{"fideslang", import_fideslang}, {"dpv", import_dpv}, {"gvl", import_gvl}};

struct Options {
  std::string format;
  std::vector<std::string> files;
  std::string out;
};

int run_import(const Options& options, Io& io) {
  std::vector<std::string_view> names;
  for (const Format& format : formats) names.push_back(format.name);
  const Format* const format =
      std::find_if(std::begin(formats), std::end(formats), [&](const Format& f) { return f.name == options.format; });
  if (format == std::end(formats)) {
    const std::string near = did_you_mean(options.format, names);
    return complain(io, fmt::format("import: `{}` is nothing that can be imported", options.format),
                    near.empty() ? "it is one of `fideslang`, `dpv`, `gvl`" : near);
  }
  if (!options.out.ends_with(".vocab.yaml") && options.out != "-") {
    return complain(io, fmt::format("import: `{}` would not be read as a vocabulary", options.out),
                    "give it a name that ends in `.vocab.yaml`");
  }

  Sources sources;
  Diagnostics wrong;
  std::size_t bytes = 0;
  for (const std::string& path : options.files) {
    auto text = read_file(path, path);
    if (!text) {
      wrong.insert(wrong.end(), text.diagnostics().begin(), text.diagnostics().end());
    } else if ((bytes += text->size()) > limits::set_bytes) {
      return complain(io, fmt::format("import: the files are larger than {} MiB together", limits::set_bytes >> 20));
    } else {
      sources.add({path, *std::move(text)});
    }
  }
  if (!wrong.empty()) return complain(io, wrong);

  const Result<Imported> imported = format->read(sources);
  if (!imported) return complain(io, imported.diagnostics());
  if (options.out == "-") {
    io.out.write(imported->vocabulary);
  } else if (const std::string why = write_atomically(options.out, imported->vocabulary); !why.empty()) {
    return complain(io, fmt::format("cannot write `{}`: {}", options.out, why));
  }
  for (const std::string& remark : imported->remarks) io.err.write("note: " + remark + "\n");
  return exit_fine;
}

}  // namespace

const Subcommand import_command{
    .name = "import",
    .summary = "turn a vocabulary made by others into one of this language",
    .positional = "fideslang|dpv|gvl FILE…",
    .examples =
        "zweck import fideslang data_categories.yml data_uses.yml data_subjects.yml -o fideslang.vocab.yaml\n"
        "zweck import dpv purposes.csv personal_data.csv core.csv extended.csv -o dpv.vocab.yaml\n"
        "zweck import gvl vendor-list-v7.json vendor-list-v17.json -o vendors.vocab.yaml",
    .notes =
        "What has no place in a vocabulary is told on stderr. With several vendor lists the newest counts, and\n"
        "vendors that joined after the oldest have a `since`, so that older answers of customers do not reach them.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("FORMAT", options->format, "what the files are: `fideslang`, `dpv` or `gvl`")->required();
      app.add_option("FILE", options->files, "all files of it that are wanted, in any order")->required();
      add_single(app, "-o,--output", options->out, "OUT", "the file to write, OUT.vocab.yaml; `-` for stdout")
          ->required();
      return [options](Io& io) { return run_import(*options, io); };
    },
};

}  // namespace zweck::command
