#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "lint/reports.hpp"

namespace zweck::lint {
namespace {

using Json = nlohmann::ordered_json;

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: break;
  }
  return "note";
}

// A path as the reference of a URI (RFC 3986): everything but unreserved characters and `/` is escaped.
std::string uri_of(const std::string& path) {
  std::string uri;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += "0123456789ABCDEF"[byte >> 4];
    uri += "0123456789ABCDEF"[byte & 15];
  }
  return uri;
}

std::string sha256(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += "0123456789abcdef"[digest[i] >> 4];
    out += "0123456789abcdef"[digest[i] & 15];
  }
  return out;
}

Json region_of(const Place& place) {
  return {{"startLine", place.line},
          {"startColumn", place.column},
          {"endLine", place.end_line},
          {"endColumn", place.end_column}};
}

Json location_of(const SetFindings& set, const Place& place) {
  Json location;
  location["physicalLocation"]["artifactLocation"]["uri"] = uri_of(path_of(set, place));
  if (place.line != 0) location["physicalLocation"]["region"] = region_of(place);
  return location;
}

Json fix_of(const SetFindings& set, const Finding& finding) {
  std::map<std::string, Json> by_file;
  for (const Edit& edit : finding.fix->edits)
    by_file[path_of(set, edit.place)].push_back(
        {{"deletedRegion", region_of(edit.place)}, {"insertedContent", {{"text", edit.text}}}});
  Json fix;
  fix["description"]["text"] = finding.diagnostic.help.empty() ? finding.diagnostic.message : finding.diagnostic.help;
  for (auto& [file, replacements] : by_file)
    fix["artifactChanges"].push_back(
        {{"artifactLocation", {{"uri", uri_of(file)}}}, {"replacements", std::move(replacements)}});
  return fix;
}

Json rule_of(const Check& check) {
  Json rule;
  rule["id"] = check.name;
  rule["shortDescription"]["text"] = check.summary;
  const std::string page(page_of(check.name));
  rule["help"]["text"] = page.empty() ? std::string(check.summary) : page;
  if (!page.empty()) rule["help"]["markdown"] = page;
  rule["defaultConfiguration"]["level"] = level_of(check.severity);
  return rule;
}

}  // namespace

std::string to_sarif(const std::vector<SetFindings>& sets, std::string_view version) {
  Json driver;
  driver["name"] = "zweck";
  driver["version"] = version;
  driver["rules"] = Json::array();
  std::map<std::string_view, std::size_t> index_of;
  for (const Check& check : checks()) {
    index_of[check.name] = driver["rules"].size();
    driver["rules"].push_back(rule_of(check));
  }

  Json results = Json::array();
  std::map<std::string, int> alike;  // findings that differ by their line only are told apart by their order
  for (const SetFindings& set : sets)
    for (const Finding& finding : set.findings) {
      const Diagnostic& diagnostic = finding.diagnostic;
      Json result;
      result["ruleId"] = diagnostic.check;
      if (const auto known = index_of.find(diagnostic.check); known != index_of.end())
        result["ruleIndex"] = known->second;
      result["level"] = level_of(diagnostic.severity);
      result["message"]["text"] = diagnostic.help.empty() ? diagnostic.message : diagnostic.message + "\n" + diagnostic.help;
      result["locations"] = Json::array({location_of(set, diagnostic.place)});
      for (const Related& related : diagnostic.related) {
        Json location = location_of(set, related.place);
        location["message"]["text"] = related.message;
        result["relatedLocations"].push_back(std::move(location));
      }
      // Of several sets each has its own: what is mended in one must not pass for what is found in another.
      const std::string file = sets.size() > 1 ? path_of(set, diagnostic.place) : diagnostic.place.file;
      const std::string identity = diagnostic.check + '\n' + file + '\n' + finding.rule + '\n' + diagnostic.message;
      result["partialFingerprints"]["zweckFinding/v1"] = sha256(identity + '\n' + std::to_string(alike[identity]++));
      if (finding.fix) result["fixes"] = Json::array({fix_of(set, finding)});
      if (finding.example && set.vocabulary != nullptr)
        result["properties"]["example"] = Json::parse(zweck::to_json(*set.vocabulary, *finding.example));
      results.push_back(std::move(result));
    }

  Json sarif;
  sarif["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  sarif["version"] = "2.1.0";
  Json run;
  run["tool"]["driver"] = std::move(driver);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  sarif["runs"] = Json::array({std::move(run)});
  return sarif.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace zweck::lint
