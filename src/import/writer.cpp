#include "import/writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/vocabulary.hpp"
#include "model/vocabulary_reader.hpp"

namespace zweck::import {

namespace {

// Names that a remark shows of many.
constexpr std::size_t shown_names = 5;

// Plain words that some reader of YAML takes for something else.
constexpr std::string_view words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

}  // namespace

std::string yaml_text(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point(text, at);
    const std::string_view letter = text.substr(at, c.bytes);
    at += c.bytes;
    if (c.value == '\n') {
      out += "\\n";
    } else if (c.value == '"' || c.value == '\\') {
      out += '\\';
      out += letter;
    } else {
      out += is_control(c.value) ? " " : letter;  // no vocabulary holds control characters
    }
  }
  return out + '"';
}

std::string yaml_name(std::string_view name) {
  const bool word = std::find(std::begin(words), std::end(words), lower(name)) != std::end(words);
  return is_plain_name(name) && !word ? std::string(name) : yaml_text(name);
}

std::string yaml_list(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + yaml_name(name);
  return "[" + out + "]";
}

void Entry::add_text(std::string key, std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return;
  add(std::move(key), "{en: " + yaml_text(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin)) + "}");
}

std::string write_vocabulary(const std::vector<std::string>& comments, std::vector<Section> sections) {
  std::string out;
  for (const std::string& comment : comments) out += "# " + comment + "\n";
  std::string open;
  for (Section& section : sections) {
    if (section.entries.empty()) continue;
    std::stable_sort(section.entries.begin(), section.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.name < b.name; });
    const std::size_t slash = section.path.find('/');
    const std::string first = section.path.substr(0, slash);
    if (first != open) out += first + ":\n";
    open = first;
    std::string indent = "  ";
    if (slash != std::string::npos) {
      out += indent + yaml_name(section.path.substr(slash + 1)) + ":\n";
      indent += "  ";
    }
    for (const Entry& entry : section.entries) {
      out += indent + yaml_name(entry.name) + ":";
      // A single value without a key stands for itself: the type of a fact or attribute.
      if (entry.keys.size() == 1 && entry.keys[0].first.empty()) {
        out += " " + entry.keys[0].second + "\n";
        continue;
      }
      if (entry.keys.empty()) out += " {}";
      out += "\n";
      for (const auto& [key, value] : entry.keys) out += fmt::format("{}  {}: {}\n", indent, yaml_name(key), value);
    }
  }
  return out;
}

std::vector<std::string> Remarks::take() {
  std::vector<std::string> all = std::move(single_);
  for (auto& [kind, names] : many_) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string first;
    for (std::size_t i = 0; i < std::min(names.size(), shown_names); ++i)
      first += (first.empty() ? "`" : ", `") + names[i] + "`";
    all.push_back(fmt::format("{} ({}: {}{})", kind, names.size(), first, names.size() > shown_names ? ", …" : ""));
  }
  return all;
}

Result<Imported> checked(std::string vocabulary, Remarks remarks) {
  Sources sources;
  const std::uint32_t file = sources.add({"imported vocabulary", vocabulary});
  auto tree = read_yaml(sources, file);
  if (!tree) return std::move(tree).diagnostics();
  if (auto read = read_vocabulary(sources, {*std::move(tree)}); !read) return std::move(read).diagnostics();
  return Imported{std::move(vocabulary), remarks.take()};
}

Diagnostic error_at(const Sources& files, Span at, std::string message, std::string help) {
  return {.check = "invalid-import",
          .message = std::move(message),
          .help = std::move(help),
          .place = files.place(at),
          .related = {}};
}

Diagnostic error_in(const std::string& file, std::string message, std::string help) {
  Diagnostic diagnostic{
      .check = "invalid-import", .message = std::move(message), .help = std::move(help), .place = {}, .related = {}};
  diagnostic.place.file = file;
  return diagnostic;
}

}  // namespace zweck::import
