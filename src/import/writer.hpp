// The text of a vocabulary that is made, not written by hand, and what is to be said about it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/import.hpp"

namespace zweck::import {

// A name or text as it stands in YAML: names plain where that is safe, texts always in quotes.
std::string yaml_name(std::string_view name);
std::string yaml_text(std::string_view text);
std::string yaml_list(const std::vector<std::string>& names);

// `name: {key: value, …}`; values are YAML already.
struct Entry {
  std::string name;
  std::vector<std::pair<std::string, std::string>> keys;

  void add(std::string key, std::string value) { keys.emplace_back(std::move(key), std::move(value)); }
  // In English; nothing if the text is empty.
  void add_text(std::string key, std::string_view text);
};

struct Section {
  std::string path;            // "data", or "taxonomies/region" for a section within a section
  std::vector<Entry> entries;  // written in the order of their names
};

// Comment lines, and the sections that have entries. An entry without keys and a value "" is a node with nothing to
// say.
std::string write_vocabulary(const std::vector<std::string>& comments, std::vector<Section> sections);

// Remarks of one kind about many things become one, with how many there are and the first of them.
class Remarks {
 public:
  void add(std::string text) { single_.push_back(std::move(text)); }
  // "KIND (3: `a`, `b`, `c`)"
  void about(const std::string& kind, std::string name) { many_[kind].push_back(std::move(name)); }
  std::vector<std::string> take();

 private:
  std::vector<std::string> single_;
  std::map<std::string, std::vector<std::string>> many_;
};

// Reads the vocabulary back, so that nothing leaves that would not load.
Result<Imported> checked(std::string vocabulary, Remarks remarks);

Diagnostic error_at(const Sources& files, Span at, std::string message, std::string help = {});
Diagnostic error_in(const std::string& file, std::string message, std::string help = {});

}  // namespace zweck::import
