// How a difference is written: entry by entry as it is found, then what stands beside and the sum.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analysis/difference.hpp"
#include "output.hpp"

namespace zweck::command {

// Everything but the entries.
struct DiffSummary {
  std::string before, after;  // what the two are called: the paths given
  bool same_revision = false;
  Difference difference;
  VocabularyDifference vocabulary;
};

class DiffWriter {
 public:
  virtual ~DiffWriter() = default;
  virtual void entry(const DifferenceEntry& entry) = 0;
  virtual void finish(const DiffSummary& summary) = 0;
};

std::unique_ptr<DiffWriter> diff_text(Output& out);
std::unique_ptr<DiffWriter> diff_json(Output& out);
std::unique_ptr<DiffWriter> diff_markdown(Output& out);

// --- Words that text and Markdown share ------------------------------------------------------------------------------

// "2 changes allow more (14 uses), 1 allows less (3 uses)"; what is not decided; or that there is no difference.
std::string sentence_of(const DiffSummary& summary);
// "partner `dhl` was in `carriers` and is in `ad-partners` now: …", with what that means for old answers. What is the
// same of several names is said once.
std::vector<std::string> sentences_of(const std::vector<VocabularyDifference::Reinterpreted>& changes);
// "keep 30 days, log", or "none".
std::string words_of(const Obligations& obligations);
// Names as rules write them; of many the first, and how many more.
std::string names_of(const std::vector<std::string>& names, std::string_view mark = "");
// The smallest first: by points, then by condition and names.
bool comes_before(const DifferenceEntry& a, const DifferenceEntry& b);
// What a kind of entry is headed by: "allowed now".
std::string_view heading_of(DifferenceEntry::Now now);
// "1,234,567"
std::string with_commas(std::uint64_t count);
// "1 use", "14 uses"
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace zweck::command
