// The events of the YAML parser -> TREE, refusing what is not to be read. A part of yaml.cpp.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <string>
#include <string_view>
#include <vector>

#include "text/tree.hpp"

namespace zweck::yaml {

// Thrown through the parser once nothing more is to be learnt from the rest.
struct Stop {};

class Builder : public YAML::EventHandler {
 public:
  Builder(const Sources& sources, std::uint32_t file) : sources_(sources), file_(file), text_(sources[file].text) {}

  // How far the parser has come for certain, and the end of the last text it has understood.
  std::size_t reached() const { return reached_; }
  std::size_t understood() const { return understood_; }

  bool failed() const { return !errors_.empty(); }
  // The innermost bracket that is open.
  std::vector<Related> open_bracket() const;
  Span span(std::size_t begin, std::size_t end) const;
  // Throws Stop once there are limits::diagnostics.
  void complain(std::string check, std::string message, std::string help, Span span, std::vector<Related> related = {});
  Result<Tree> take();

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override;
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override;
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override;

 private:
  // A list or map that is not complete yet; for a map with the key whose value comes next.
  struct Open {
    Tree tree;
    bool has_key = false;
    std::string key;
    Span key_span;
    bool key_quoted = false;
    std::size_t column = 0;  // of the innermost list or map that is written without brackets
  };

  std::size_t position(const YAML::Mark& mark);
  std::size_t end_of_word(std::size_t at) const;
  bool expects_key() const;

  void scalar(Tree tree);
  void open(Tree::Kind kind, const YAML::Mark& mark, const std::string& tag);
  void close();
  void attach(Tree tree);

  void refuse_tag(std::size_t at, const std::string& tag);
  void refuse_duplicates(const Tree& map);
  // The parser takes the end of the file for the end of quotes, and goes on over lines that are not indented: either
  // way the keys that follow would become a part of the text.
  void check_end(const Tree& tree);
  // Escapes can write what may not stand in a file, and plain text is no place for what nobody sees.
  void check_characters(const Tree& tree);

  const Sources& sources_;
  std::uint32_t file_;
  std::string_view text_;
  Diagnostics errors_;
  std::vector<Open> open_;
  Tree root_;
  std::size_t documents_ = 0;
  std::size_t items_ = 0;
  std::size_t reached_ = 0;
  std::size_t understood_ = 0;
};

}  // namespace zweck::yaml
