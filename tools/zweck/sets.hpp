// Policy sets as commands take them: a directory or a bundle.
#pragma once

#include <optional>
#include <string>

#include "command.hpp"
#include "model/load.hpp"
#include "zweck/engine.hpp"

namespace zweck::command {

// Loads a directory or a bundle, or complains.
std::optional<Engine> load_engine(const std::string& path, Io& io);
// The second half of that, for who loads several at a time.
std::optional<Engine> usable_engine(Result<Engine> engine, const std::string& path, Io& io);

// Whether nothing is wrong but that files cannot be read.
bool is_unreadable(const Diagnostics& errors);

// Loads a directory for a command that looks at the files themselves, so that a bundle will not do.
Result<LoadedSet> load_directory(const std::string& path);

}  // namespace zweck::command
