// Changes of regions, joined where that is said in fewer words, and handed over as entries of names.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "analysis/difference.hpp"
#include "analysis/find.hpp"
#include "analysis/replay.hpp"

namespace zweck::analysis {

class Entries {
 public:
  struct Change {
    DifferenceEntry::Now now = DifferenceEntry::Now::allow;
    Region region;
    std::string when;
    std::vector<std::string> rules;
    Found found;  // a situation at a cell of the region
  };

  Entries(const Formulas& formulas, const Steps& steps, Replay& replay, Difference& difference,
          const EntryListener& entry)
      : formulas_(formulas), steps_(steps), replay_(replay), difference_(difference), entry_(entry) {}

  void add(Change change);
  // Hands over what has waited long enough for others to be joined with; or all.
  void write_due();
  void write_all();
  // Whether nobody listens any more.
  bool stopped() const { return stopped_; }

 private:
  void write_first();

  const Formulas& formulas_;
  const Steps& steps_;
  Replay& replay_;
  Difference& difference_;
  const EntryListener& entry_;
  std::list<Change> waiting_;
  std::uint64_t waiting_since_ = 0;
  bool stopped_ = false;
};

}  // namespace zweck::analysis
