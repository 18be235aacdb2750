// A policy set in one file: MODEL + INDEX -> BYTES, and FILE -> PROGRAM that answers out of the file where it lies.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "bundle/mapping.hpp"
#include "engine/program.hpp"
#include "zweck/result.hpp"

namespace zweck {

// The bytes depend on the set alone (and on the byte order of the machine). Error: a set too large for one.
Result<std::string> write_bundle(const Model& model, const Index& index);

// MODEL -> what makes it again, once, and takes a third of the memory until then. Nothing for a set too large for a bundle.
std::function<Model()> put_away(const Model& model);

// Checks all of it, once: every number in it may be wrong or meant ill. The rules, their places and the labels are
// unpacked when somebody first asks for them. Errors: `unreadable-file` with the path and what would be right.
Result<std::shared_ptr<const Program>> open_bundle(const std::filesystem::path& path,
                                                   const EngineOptions& options = {});
// The same from what was read; `path` is for errors.
Result<std::shared_ptr<const Program>> open_bundle(bundle::Mapping mapping, const std::filesystem::path& path,
                                                   const EngineOptions& options = {});

// Whether the path is a file that begins as bundles do.
bool is_bundle(const std::filesystem::path& path);

}  // namespace zweck
