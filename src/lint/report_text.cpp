#include <fmt/format.h>

#include <filesystem>

#include "lint/reports.hpp"
#include "text/shell_text.hpp"

namespace zweck::lint {
namespace {

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::string path_of(const SetFindings& set, const Place& place) {
  const std::filesystem::path root(set.directory);
  if (place.file.empty() || place.file == root.generic_string()) return root.generic_string();
  return (root / place.file).generic_string();
}

void Summary::count(const Finding& finding) {
  switch (finding.diagnostic.severity) {
    case Severity::error: ++errors; break;
    case Severity::warning: ++warnings; break;
    case Severity::info: ++infos; break;
  }
}

std::string to_sentence(const Summary& summary) {
  std::string out;
  const auto add = [&](std::size_t count, std::string_view noun) {
    if (count > 0) out += (out.empty() ? "" : ", ") + plural(count, noun);
  };
  add(summary.errors, "error");
  add(summary.warnings, "warning");
  add(summary.infos, "info");
  if (out.empty()) out = "no findings";
  if (summary.files == 0) return out;  // none could be loaded
  return fmt::format("{} in {} ({}, {})", out, plural(summary.files, "file"), plural(summary.rules, "rule"),
                     plural(summary.assertions, "assertion"));
}

std::string to_text(const std::vector<SetFindings>& sets, const Summary& summary, bool colour) {
  std::string out;
  for (const SetFindings& set : sets)
    for (const Finding& finding : set.findings) {
      Diagnostic diagnostic = finding.diagnostic;
      const auto from_here = [&](Place& place) {
        if (!place.file.empty()) place.file = path_of(set, place);
      };
      from_here(diagnostic.place);
      for (Related& related : diagnostic.related) from_here(related.place);
      out += render(diagnostic, colour);
      if (finding.example && set.vocabulary != nullptr)
        out += "  example: " + replay_command(set.directory, zweck::to_json(*set.vocabulary, *finding.example)) + "\n";
      if (finding.fix) out += finding.fix->safe ? "  `zweck lint --fix` mends this\n" : "";
      out += "\n";
    }
  return out + to_sentence(summary) + "\n";
}

}  // namespace zweck::lint
