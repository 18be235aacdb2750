// One policy set seen by all who can decide: the engine (by JSON, by names, by ids), the plain evaluator of the model,
// and the reference. They have to agree.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/load.hpp"
#include "reference/reference.hpp"
#include "reference/write.hpp"
#include "zweck/engine.hpp"

namespace agree {

// What a run has reached, so that one which tests nothing is noticed.
struct Tally {
  std::uint64_t worlds = 0;
  std::uint64_t by_json = 0, by_ids = 0, by_model = 0, explained = 0;
  std::array<std::uint64_t, 5> requests{}, decisions{};  // by reference::Status: whole requests, decisions by ids
  std::uint64_t conditional = 0;                         // decisions with obligations
  std::uint64_t without_ledger = 0;
  std::uint64_t long_ledgers = 0;                        // of more than 64 events
  std::uint64_t quick = 0;                               // requests that were answered without being bound

  std::uint64_t total() const { return by_json + by_ids; }
  std::string text() const;
};

// What is different, for people; the kind of difference, for the shrinker.
struct Difference {
  std::string kind, text;
};

class Compared {
 public:
  // The world must outlive this. With `bundled` it is the engine of a bundle that is asked, and what it says has to be, to
  // the letter, what the engine of the files says.
  Compared(const reference::World& world, const reference::Files& files, const zweck::EngineOptions& options = {},
           bool bundled = false);

  // That the files do not load, if so.
  const std::optional<Difference>& unloaded() const { return unloaded_; }

  // All ways to ask for the request; for every node of each taxonomy too, if there are at most `most_nodes` triples.
  std::optional<Difference> compare(const reference::Request& request, const std::string& json, Tally& tally,
                                    std::size_t most_nodes = 400) const;

 private:
  std::optional<Difference> compare_whole(const reference::Request& request, const std::string& json,
                                          Tally& tally) const;
  std::optional<Difference> compare_line(const std::string& json, const std::string& expected, Tally& tally) const;
  std::optional<Difference> compare_bundle(const std::string& json) const;
  std::optional<Difference> compare_ids(const reference::Request& request, Tally& tally, std::size_t most_nodes) const;
  std::optional<Difference> compare_batch(const std::array<std::vector<zweck::NodeId>, 3>& columns,
                                          const zweck::Facts& facts, const zweck::Subject& subject,
                                          const std::vector<zweck::Decision>& one_by_one) const;
  std::optional<Difference> compare_model(const reference::Request& request, const std::string& json,
                                          Tally& tally) const;
  std::optional<Difference> compare_explained(const reference::Request& request, const std::string& json,
                                              Tally& tally) const;
  std::optional<zweck::Facts> bind_facts(const reference::Request& request, std::string& why) const;

  const reference::World& world_;
  reference::Reference reference_;
  std::optional<Difference> unloaded_;
  std::optional<zweck::Engine> engine_;
  std::optional<zweck::Engine> unbundled_;  // of the files, if engine_ is of a bundle
  std::optional<zweck::LoadedSet> set_;
};

std::vector<zweck::LedgerEvent> events_of(const reference::Ledger& ledger);

// The files, the request and what is different, as text to replay it from.
std::string report(const reference::Files& files, const std::string& json, const Difference& difference);

}  // namespace agree
