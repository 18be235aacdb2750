// A difference as Markdown for a pull request: the sum first, then a table per kind, examples folded away.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diff_report.hpp"
#include "text/source.hpp"

namespace zweck::command {

namespace {

// Rows of one table: what a person reads, and what fits into a comment. The smallest of the first are shown, the others
// are counted.
constexpr std::size_t rows = 50;
constexpr std::size_t condition_bytes = 400;

// Text within a table: a pipe would end its cell, and a backtick the code.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string code(const std::string& text) {
  const bool ticks = text.find('`') != std::string::npos;
  return ticks ? "`` " + cell(visible(text)) + " ``" : "`" + cell(visible(text)) + "`";
}

std::string shortened(const std::string& text) {
  if (text.size() <= condition_bytes) return code(text);
  std::size_t end = condition_bytes;
  while (end > 0 && text[end] != ' ') --end;
  return code(text.substr(0, end)) + " …";
}

class MarkdownWriter : public DiffWriter {
 public:
  explicit MarkdownWriter(Output& out) : out_(out) {}

  void entry(const DifferenceEntry& entry) override {
    auto& of_kind = entries_[static_cast<std::size_t>(entry.now)];
    if (of_kind.size() < rows) of_kind.push_back(entry);
  }

  void finish(const DiffSummary& summary) override {
    out_.write(fmt::format("### What changes from {} to {}\n\n**{}**\n", code(summary.before), code(summary.after),
                           sentence_of(summary)));
    if (!summary.difference.undecided.empty()) {
      out_.write(fmt::format("\n> [!WARNING]\n> What changes by {} could not be worked out everywhere: take it for a change "
                             "that allows more.\n",
                             names_of(summary.difference.undecided, "`")));
    }
    for (std::size_t kind = 0; kind < entries_.size(); ++kind) {
      if (!entries_[kind].empty()) write_table(entries_[kind], summary.difference.entries[kind]);
    }
    write_vocabulary(summary.vocabulary);
  }

 private:
  void write_table(std::vector<DifferenceEntry>& entries, std::uint64_t all) {
    std::sort(entries.begin(), entries.end(), comes_before);
    std::string heading(heading_of(entries.front().now));
    heading.front() = static_cast<char>(heading.front() - 'a' + 'A');
    const bool obligations = entries.front().now == DifferenceEntry::Now::obligations;
    out_.write(fmt::format("\n#### {}\n\n| data | purpose | partner | when | rules |{}\n|---|---|---|---|---|{}\n", heading,
                           obligations ? " in the example |" : "", obligations ? "---|" : ""));
    std::string examples;
    for (const DifferenceEntry& entry : entries) {
      out_.write(fmt::format("| {} | {} | {} | {} | {} |", cell(names_of(entry.names[0], "`")),
                             cell(names_of(entry.names[1], "`")), cell(names_of(entry.names[2], "`")),
                             entry.when.empty() ? "always" : shortened(entry.when), cell(names_of(entry.rules, "`"))));
      if (obligations && !entry.example.empty())
        out_.write(fmt::format(" {}; before: {} |", cell(words_of(entry.after)), cell(words_of(entry.before))));
      else if (obligations)
        out_.write(" |");
      out_.write("\n");
      if (!entry.example.empty()) examples += visible(entry.example) + "\n";
    }
    if (all > entries.size())
      out_.write(fmt::format("\n… and {} more; `zweck diff --format json` names all of them.\n", with_commas(all - entries.size())));
    if (!examples.empty())
      out_.write("\n<details><summary>Requests that show it, one a line</summary>\n\n```json\n" + examples + "```\n\n</details>\n");
  }

  void write_vocabulary(const VocabularyDifference& vocabulary) {
    if (!vocabulary.reinterprets.empty()) {
      out_.write("\n#### What customers said means something else\n\n");
      for (const std::string& sentence : sentences_of(vocabulary.reinterprets)) out_.write("* " + sentence + "\n");
    }
    if (vocabulary.only_old.empty() && vocabulary.only_new.empty()) return;
    out_.write("\n#### Names\n\n");
    write_only("gone", vocabulary.only_old);
    write_only("new", vocabulary.only_new);
  }

  void write_only(std::string_view heading, const VocabularyDifference::Names& names) {
    const auto line = [&](std::string_view kind, const std::vector<std::string>& of_kind) {
      if (!of_kind.empty()) out_.write(fmt::format("* {} {}: {}\n", heading, kind, names_of(of_kind, "`")));
    };
    line("data", names.data);
    line("purposes", names.purpose);
    line("partners", names.partner);
    line("facts", names.facts);
    line("notices", names.notices);
  }

  Output& out_;
  std::array<std::vector<DifferenceEntry>, 3> entries_;
};

}  // namespace

std::unique_ptr<DiffWriter> diff_markdown(Output& out) { return std::make_unique<MarkdownWriter>(out); }

}  // namespace zweck::command
