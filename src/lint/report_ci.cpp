#include <fmt/format.h>

#include "lint/reports.hpp"
#include "text/xml_text.hpp"

namespace zweck::lint {
namespace {

// GitHub's escapes for data, and for properties, in which `:` and `,` have a meaning.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%') out += "%25";
    else if (c == '\r') out += "%0D";
    else if (c == '\n') out += "%0A";
    else if (property && c == ':') out += "%3A";
    else if (property && c == ',') out += "%2C";
    else out += c;
  }
  return out;
}

}  // namespace

std::string to_github(const std::vector<SetFindings>& sets) {
  std::string out;
  for (const SetFindings& set : sets)
    for (const Finding& finding : set.findings) {
      const Diagnostic& diagnostic = finding.diagnostic;
      const Place& place = diagnostic.place;
      const std::string_view kind = diagnostic.severity == Severity::error     ? "error"
                                    : diagnostic.severity == Severity::warning ? "warning"
                                                                               : "notice";
      out += fmt::format("::{} file={}", kind, escaped(path_of(set, place), true));
      if (place.line != 0)
        out += fmt::format(",line={},col={},endLine={},endColumn={}", place.line, place.column, place.end_line,
                           place.end_column);
      const std::string text = diagnostic.help.empty() ? diagnostic.message : diagnostic.message + "\n" + diagnostic.help;
      out += fmt::format(",title={}::{}\n", escaped(diagnostic.check, true), escaped(text, false));
    }
  return out;
}

std::string to_junit(const std::vector<SetFindings>& sets) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"zweck lint\">\n";
  for (const SetFindings& set : sets) {
    const std::size_t cases = std::max<std::size_t>(1, set.findings.size());
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", xml_quote(set.directory), cases,
                       set.findings.size());
    if (set.findings.empty()) out += fmt::format("    <testcase classname=\"{}\" name=\"lint\"/>\n", xml_quote(set.directory));
    for (const Finding& finding : set.findings) {
      const Diagnostic& diagnostic = finding.diagnostic;
      const std::string place = fmt::format("{}:{}:{}", path_of(set, diagnostic.place), diagnostic.place.line,
                                            diagnostic.place.column);
      out += fmt::format("    <testcase classname=\"{}\" name=\"{} {}\">\n", xml_quote(set.directory), xml_quote(diagnostic.check),
                         xml_quote(place));
      out += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
                         name_of(diagnostic.severity), xml_quote(diagnostic.message), xml_quote(render(diagnostic)));
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace zweck::lint
