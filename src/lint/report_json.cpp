#include <nlohmann/json.hpp>

#include "lint/reports.hpp"

namespace zweck::lint {
namespace {

using Json = nlohmann::ordered_json;

void add_place(Json& json, const Place& place) {
  if (place.file.empty()) return;
  json["file"] = place.file;
  if (place.line == 0) return;
  json["line"] = place.line;
  json["column"] = place.column;
  json["end_line"] = place.end_line;
  json["end_column"] = place.end_column;
}

Json to_json(const Finding& finding, const Vocabulary* vocabulary) {
  const Diagnostic& diagnostic = finding.diagnostic;
  Json json;
  json["check"] = diagnostic.check;
  json["severity"] = name_of(diagnostic.severity);
  json["message"] = diagnostic.message;
  if (!diagnostic.help.empty()) json["help"] = diagnostic.help;
  add_place(json, diagnostic.place);
  if (!finding.rule.empty()) json["rule"] = finding.rule;
  for (const Related& related : diagnostic.related) {
    Json entry;
    entry["message"] = related.message;
    add_place(entry, related.place);
    json["related"].push_back(std::move(entry));
  }
  if (finding.example && vocabulary != nullptr)
    json["example"] = Json::parse(zweck::to_json(*vocabulary, *finding.example));
  if (finding.fix) {
    json["fix"]["safe"] = finding.fix->safe;
    json["fix"]["edits"] = Json::array();
    for (const Edit& edit : finding.fix->edits) {
      Json entry;
      add_place(entry, edit.place);
      entry["text"] = edit.text;
      json["fix"]["edits"].push_back(std::move(entry));
    }
  }
  return json;
}

}  // namespace

std::string to_json(const std::vector<SetFindings>& sets, const Summary& summary) {
  std::string out = "{\"findings\": [";
  bool first = true;
  for (const SetFindings& set : sets)
    for (const Finding& finding : set.findings) {
      out += (first ? "\n  " : ",\n  ") + to_json(finding, set.vocabulary).dump(-1, ' ', false, Json::error_handler_t::replace);
      first = false;
    }
  const Json totals{{"errors", summary.errors}, {"warnings", summary.warnings}, {"infos", summary.infos},
                    {"files", summary.files},   {"rules", summary.rules},       {"assertions", summary.assertions}};
  return out + (first ? "],\n" : "\n ],\n") + " \"summary\": " + totals.dump() + "}\n";
}

}  // namespace zweck::lint
