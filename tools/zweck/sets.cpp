#include "sets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bundle/bundle.hpp"

namespace zweck::command {

bool is_unreadable(const Diagnostics& errors) {
  return std::all_of(errors.begin(), errors.end(), [](const Diagnostic& error) { return error.check == "unreadable-file"; });
}

std::optional<Engine> load_engine(const std::string& path, Io& io) {
  return usable_engine(Engine::load(path), path, io);
}

std::optional<Engine> usable_engine(Result<Engine> engine, const std::string& path, Io& io) {
  if (engine) return *std::move(engine);
  const Diagnostics& errors = engine.diagnostics();
  complain(io, seen_from_here(errors, path));
  if (!is_unreadable(errors)) {
    complain(io, fmt::format("`{}` has errors, so nothing is decided by it", path));
  }
  return std::nullopt;
}

Result<LoadedSet> load_directory(const std::string& path) {
  if (!is_bundle(path)) return load_set(path);
  return bundle::unreadable(path, fmt::format("`{}` is a bundle, which has no files to look at", path),
                            "name the directory that it was compiled from");
}

}  // namespace zweck::command
