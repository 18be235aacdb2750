// The policy sets of policies/ and the tests that lie beside their rules, read for this group of tests. It reads and
// answers them by its own short way, over evaluate.hpp, so that `zweck test` is not judged by itself.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/load.hpp"
#include "model/request.hpp"
#include "zweck/request.hpp"

namespace policies {

// What a test of a set expects, and what it asks.
struct Expectation {
  std::string name;
  std::string file;
  zweck::ResolvedRequest request;
  std::string expect;  // `allow`, `deny` or a status
  std::optional<std::vector<std::string>> rules;
  std::optional<zweck::Obligations> obligations;
};

struct Set {
  std::string name;
  std::filesystem::path directory;
  zweck::LoadedSet loaded;
  std::vector<Expectation> tests;
};

// Directories of policies/, by name.
std::vector<std::string> names();
// A set with its tests; what is wrong with it is thrown as a text, which fails the test that asked.
Set load(const std::string& name);

// The answer of a model to a request, from the definition: every rule at every point, one after the other.
zweck::Answer answer(const zweck::Model& model, const zweck::ResolvedRequest& request);
// Whether the answer is the one expected, and if not, in what it differs.
std::string difference(const Expectation& expectation, const zweck::Answer& answer);

}  // namespace policies
