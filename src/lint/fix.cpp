#include <algorithm>
#include <tuple>

#include "lint/lint.hpp"

namespace zweck::lint {
namespace {

// The byte at which a line and column (in code points, both from 1) stand.
std::size_t offset_of(const std::string& text, const std::vector<std::size_t>& lines, std::uint32_t line,
                      std::uint32_t column) {
  if (line == 0 || line > lines.size()) return text.size();
  std::size_t at = lines[line - 1];
  for (std::uint32_t c = 1; c < column && at < text.size(); ++c) at += code_point(text, at).bytes;
  return std::min(at, text.size());
}

// The next edits to make, by file: all at once, but what lays out whole files at last.
std::map<std::string, std::vector<Edit>> next_edits(const std::vector<Finding>& findings) {
  std::map<std::string, std::vector<Edit>> edits;
  for (const bool layout : {false, true}) {
    for (const Finding& finding : findings) {
      if (!finding.fix || !finding.fix->safe || (finding.diagnostic.check == "unformatted") != layout) continue;
      for (const Edit& edit : finding.fix->edits) edits[edit.place.file].push_back(edit);
    }
    if (!edits.empty()) break;
  }
  return edits;
}

}  // namespace

std::string apply(const std::string& text, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  std::vector<std::size_t> lines{0};  // where each begins
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;) lines.push_back(++at);
  std::string out;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    const std::size_t begin = offset_of(text, lines, edit.place.line, edit.place.column);
    const std::size_t end = offset_of(text, lines, edit.place.end_line, edit.place.end_column);
    if (begin < done || end < begin) continue;
    out.append(text, done, begin - done);
    out += edit.text;
    done = end;
  }
  return out + text.substr(done);
}

Result<std::map<std::string, std::string>> fix_all(const LoadedSet& set, const Options& options) {
  std::vector<Source> files;
  for (std::uint32_t i = 0; i < set.model.sources.size(); ++i) files.push_back(set.model.sources[i]);
  std::map<std::string, std::string> changed;
  constexpr int most_rounds = 100;  // two are the rule: fixes that show others are not known
  for (int round = 0; round < most_rounds; ++round) {
    Result<LoadedSet> now = load_texts(files);
    if (!now) return std::move(now).diagnostics();
    const auto edits = next_edits(lint::lint(*now, options));
    if (edits.empty()) break;
    for (Source& file : files) {
      const auto of_file = edits.find(file.path);
      if (of_file == edits.end()) continue;
      file.text = lint::apply(file.text, of_file->second);
      changed[file.path] = file.text;
    }
  }
  return changed;
}

}  // namespace zweck::lint
