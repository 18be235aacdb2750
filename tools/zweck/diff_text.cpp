// A difference for a person at a terminal: by kind and rules, the smallest first.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "diff_report.hpp"
#include "text/source.hpp"

namespace zweck::command {

namespace {

// So many entries are put in order at a time, and no more are held: with more of them there are more such stretches.
constexpr std::size_t entries_in_order = 200;

class TextWriter : public DiffWriter {
 public:
  explicit TextWriter(Output& out) : out_(out) {}

  void entry(const DifferenceEntry& entry) override {
    entries_.push_back(entry);
    if (entries_.size() == entries_in_order) write_entries();
  }

  void finish(const DiffSummary& summary) override {
    write_entries();
    write_vocabulary(summary);
    if (!summary.difference.undecided.empty()) {
      out_.write(bold("not decided") + "\n");
      out_.write(fmt::format("  what changes by {} could not be worked out everywhere: take it for a change that allows more\n\n",
                             names_of(summary.difference.undecided, "`")));
    }
    out_.write(sentence_of(summary) + "\n");
  }

 private:
  std::string bold(std::string_view text) const { return styled(text, Style::bold, out_.colour()); }
  std::string faint(std::string_view text) const { return styled(text, Style::faint, out_.colour()); }

  void write_entries() {
    using Group = std::pair<DifferenceEntry::Now, std::vector<std::string>>;
    std::map<Group, std::vector<const DifferenceEntry*>> groups;
    for (const DifferenceEntry& entry : entries_) groups[{entry.now, entry.rules}].push_back(&entry);
    for (auto& [group, entries] : groups) {
      std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return comes_before(*a, *b); });
      out_.write(fmt::format("{}, by the change of {}\n", bold(heading_of(group.first)), names_of(group.second)));
      for (const DifferenceEntry* entry : entries) write(*entry);
      out_.write("\n");
    }
    out_.flush();
    entries_.clear();
  }

  void write(const DifferenceEntry& entry) {
    out_.write(fmt::format("  {} for {} by {}{}\n", names_of(entry.names[0]), names_of(entry.names[1]),
                           names_of(entry.names[2]),
                           entry.points > 1 ? faint(fmt::format(" ({})", counted(entry.points, "use"))) : ""));
    if (!entry.when.empty()) out_.write(fmt::format("    {}{}\n", is_clause(entry.when) ? "" : "when ", visible(entry.when)));
    if (entry.example.empty()) {
      out_.write(faint("    no request shows it: what else it asks for is denied by both, or only one can read it") + "\n");
      return;
    }
    if (entry.now == DifferenceEntry::Now::obligations)
      out_.write(fmt::format("    in the example: {}; before: {}\n", words_of(entry.after), words_of(entry.before)));
    out_.write(faint("    example: " + visible(entry.example)) + "\n");
  }

  static bool is_clause(std::string_view when) { return when.starts_with("from ") || when.starts_with("until "); }

  void write_vocabulary(const DiffSummary& summary) {
    const VocabularyDifference& vocabulary = summary.vocabulary;
    write_only("only in " + visible(summary.before), vocabulary.only_old);
    write_only("only in " + visible(summary.after), vocabulary.only_new);
    if (vocabulary.reinterprets.empty()) return;
    out_.write(bold("what customers said means something else") + "\n");
    for (const std::string& sentence : sentences_of(vocabulary.reinterprets)) out_.write("  " + sentence + "\n");
    out_.write("\n");
  }

  void write_only(const std::string& heading, const VocabularyDifference::Names& names) {
    if (names.empty()) return;
    out_.write(bold(heading) + "\n");
    const auto line = [&](std::string_view kind, const std::vector<std::string>& of_kind) {
      if (!of_kind.empty()) out_.write(fmt::format("  {}: {}\n", kind, names_of(of_kind)));
    };
    line("data", names.data);
    line("purposes", names.purpose);
    line("partners", names.partner);
    line("facts", names.facts);
    line("notices", names.notices);
    out_.write("\n");
  }

  Output& out_;
  std::vector<DifferenceEntry> entries_;
};

}  // namespace

std::unique_ptr<DiffWriter> diff_text(Output& out) { return std::make_unique<TextWriter>(out); }

}  // namespace zweck::command
