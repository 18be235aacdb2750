// Texts in, trees and mistakes out, for all tests of the grammar.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/format.hpp"
#include "grammar/parse.hpp"

namespace zweck::test {

// A parsed text with the sources its spans point into.
struct Parsed {
  Sources sources;
  Result<syntax::File> result;

  explicit Parsed(std::string text, std::string path = "rules.zweck")
      : sources(with(std::move(text), std::move(path))), result(parse(sources, 0)) {}

 private:
  static Sources with(std::string text, std::string path) {
    Sources sources;
    sources.add({std::move(path), std::move(text)});
    return sources;
  }
};

// The tree without places: names as written, quoted literals in quotes, brackets by nesting alone.
std::string dump(const syntax::File& file);
std::string dump(const syntax::Condition& condition);

// Of one text: its dump and its comments, or its mistakes as a person reads them.
std::string read(std::string text);
// Of a text that must be fine: its canonical form.
std::string formatted(std::string text);
// What is wrong with the canonical form of a text that is fine: another meaning, another comment, not canonical itself.
// Empty if all is well.
std::string flaw_of_format(const Parsed& parsed);
// The condition of `when` in a rule with no other.
std::string condition(const std::string& text);

// A file of the project.
std::string file_text(const std::string& path);

// A rule file that uses every production.
extern const std::string_view sample;

}  // namespace zweck::test
