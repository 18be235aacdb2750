// TWO SETS -> WHERE THEY DIFFER, exactly (section 7): points that both know, in situations in which one allows and the
// other does not, or both allow with different obligations.
//
// A situation gives every fact of either side a value, and each side reads what it knows: facts of one name are one fact
// if a value can mean the same to both (then only such values count), else two. The ledger is what the tests of section
// 4 say at the point; a consent under a notice that a side does not know is a plain consent to it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "zweck/engine.hpp"
#include "zweck/request.hpp"

namespace zweck {

struct DifferenceEntry {
  enum class Now : std::uint8_t { allow, deny, obligations };
  Now now = Now::allow;
  // All combinations of these; a group stands for its leaves. Sorted.
  std::array<std::vector<std::string>, 3> names;
  std::uint64_t points = 0;
  // Exactly in these situations, in words of the language, smallest first; empty: in all. Windows of time are written
  // as clauses: `consent from 2026-01-01`.
  std::string when;
  std::vector<std::string> rules;  // that were changed and bring it about, sorted
  // A request that the two sides answer differently, as JSON. Empty if none was found: the point differs, but whoever
  // asks for it asks for sources of its data as well, and these are denied by both; or what it takes is a fact that only
  // one side knows.
  std::string example;
  Obligations before, after;  // of the example, where now is `obligations`
};

struct VocabularyDifference {
  struct Names {
    std::vector<std::string> data, purpose, partner, facts, notices;
    bool empty() const { return data.empty() && purpose.empty() && partner.empty() && facts.empty() && notices.empty(); }
  };
  Names only_old, only_new;
  // What gives old answers of customers another meaning: `what` is `in`, `separate`, `since`, `derived-from`, `gone`
  // (a node) or `new` (a node that consents and refusals of before reach now). Of facts and notices: `type`, `values`
  // (nodes that one side alone has), `default`, `version`.
  struct Reinterpreted {
    std::string kind, name, what, before, after;
    bool more_values = false;  // of a fact: it has some now that it had not
    friend bool operator==(const Reinterpreted&, const Reinterpreted&) = default;
    // Whether what customers said before may allow more by it, in a way that no entry shows.
    bool may_widen() const;
  };
  std::vector<Reinterpreted> reinterprets;
  bool empty() const { return only_old.empty() && only_new.empty() && reinterprets.empty(); }
  // Whether some fact may have a value that the side before cannot read: in such situations nothing is compared.
  bool more_values() const;
  // Whether there is no point that both know, so that nothing can be compared.
  bool disjoint = false;
};
VocabularyDifference compare_vocabularies(const Vocabulary& before, const Vocabulary& after);

struct Difference {
  bool equal() const { return entries == std::array<std::uint64_t, 3>{} && undecided.empty(); }
  std::array<std::uint64_t, 3> entries{};  // by DifferenceEntry::Now
  std::array<std::uint64_t, 3> points{};
  std::vector<std::string> undecided;  // changed rules whose effect could not be decided everywhere within the bound
};
// Entries are handed over as they are found, until the listener returns false; memory does not grow with their number.
// Entries of one kind never name a point twice. `progress` is told, now and then, how many of the changed rules are done
// with.
using EntryListener = std::function<bool(const DifferenceEntry&)>;
using ProgressListener = std::function<void(std::size_t done, std::size_t all)>;
Difference compare(const Engine& before, const Engine& after, const EntryListener& entry,
                   const ProgressListener& progress = {});

}  // namespace zweck
