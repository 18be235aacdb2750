#include "text/yaml_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "text/limits.hpp"
#include "text/yaml_places.hpp"

namespace zweck::yaml {

std::vector<Related> Builder::open_bracket() const {
  if (open_.empty()) return {};
  const Span opened = open_.back().tree.span;
  const char bracket = text_[opened.begin];
  if (bracket != '[' && bracket != '{') return {};
  return {{fmt::format("the `{}` is here", bracket), sources_.place(opened)}};
}

void Builder::complain(std::string check, std::string message, std::string help, Span span,
                       std::vector<Related> related) {
  errors_.push_back({.check = std::move(check),
                     .message = std::move(message),
                     .help = std::move(help),
                     .place = sources_.place(span),
                     .related = std::move(related)});
  if (errors_.size() >= limits::diagnostics) throw Stop{};
}

Span Builder::span(std::size_t begin, std::size_t end) const {
  return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

Result<Tree> Builder::take() {
  if (errors_.empty()) return std::move(root_);
  std::stable_sort(errors_.begin(), errors_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  return std::move(errors_);
}

void Builder::OnDocumentStart(const YAML::Mark& mark) {
  if (documents_++ == 0) return;
  const std::size_t at = position(mark);
  if (text_.substr(at, 3) == "---")
    complain("invalid-vocabulary", "a second document in one file", "put it into a file of its own", span(at, at + 3));
  else if (!failed())
    complain("syntax-error", "this does not belong to what stands before it",
             "check the indentation: keys of one map begin in the same column", span(at, end_of_word(at)));
  throw Stop{};
}

void Builder::OnAnchor(const YAML::Mark& mark, const std::string& name) {
  const std::size_t at = position(mark);
  complain("invalid-vocabulary", fmt::format("the anchor `&{}`: anchors are not read", name),
           "write the value out where it is needed", span(at, end_of_word(at)));
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  const std::size_t at = position(mark);
  const Span place = span(at, end_of_word(at));
  complain("invalid-vocabulary", fmt::format("the alias `{}`: aliases are not read", sources_.text(place)),
           "write the value out", place);
  Tree tree;
  tree.kind = Tree::Kind::plain;
  tree.text = sources_.text(place);
  tree.span = place;
  scalar(std::move(tree));
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t) {
  const std::size_t at = position(mark);
  const bool as_key = expects_key();
  const std::string_view written = as_key ? std::string_view{} : written_null(text_, at);
  Tree tree;
  tree.text = written;
  tree.span = span(at, at + written.size());
  if (as_key) {
    complain("invalid-vocabulary", "a key without a name",
             "write a name before the `:`, in quotes if it is `null` or `~`", span(at, end_of_word(at)));
  } else if (written.empty() && !open_.empty() && open_.back().tree.kind == Tree::Kind::map) {
    tree.span = open_.back().key_span;  // a value left out has no place of its own
  }
  scalar(std::move(tree));
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) {
  const std::size_t at = position(mark);
  refuse_tag(at, tag);
  Tree tree;
  tree.text = value;
  const char first = at < text_.size() ? text_[at] : ' ';
  const bool plain = first != '"' && first != '\'' && first != '|' && first != '>';
  tree.kind = plain ? Tree::Kind::plain : Tree::Kind::quoted;
  tree.span = span(at, end_of_scalar(text_, at, value));
  check_end(tree);
  understood_ = tree.span.end;
  check_characters(tree);
  scalar(std::move(tree));
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                              YAML::EmitterStyle::value) {
  open(Tree::Kind::list, mark, tag);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) {
  open(Tree::Kind::map, mark, tag);
}

void Builder::OnMapEnd() {
  refuse_duplicates(open_.back().tree);
  close();
}

std::size_t Builder::position(const YAML::Mark& mark) {
  const std::size_t at = mark.pos < 0 ? text_.size() : std::min(static_cast<std::size_t>(mark.pos), text_.size());
  reached_ = std::max(reached_, at);
  return at;
}

std::size_t Builder::end_of_word(std::size_t at) const {
  return std::min(std::max(text_.find_first_of(" \t\r\n,]}", at), at + 1), text_.size());
}

bool Builder::expects_key() const {
  return !open_.empty() && open_.back().tree.kind == Tree::Kind::map && !open_.back().has_key;
}

void Builder::refuse_tag(std::size_t at, const std::string& tag) {
  // The parser itself puts "!" on every quoted scalar, "?" on the rest.
  if (tag == "?" || (tag == "!" && !(at < text_.size() && text_[at] == '!'))) return;
  const Span place = span(at, end_of_word(at));
  complain("invalid-vocabulary", fmt::format("the tag `{}`: tags are not read", sources_.text(place)),
           "leave it out: the type is known from where the value stands", place);
}

void Builder::check_end(const Tree& tree) {
  const std::string_view source = text_.substr(tree.span.begin, tree.span.end - tree.span.begin);
  const char first = source.empty() ? ' ' : source.front();
  const bool quoted = first == '"' || first == '\'';
  if (quoted && !is_closed_quote(source)) {
    complain("syntax-error", "a quoted text without an end", "close the quotes",
             span(tree.span.begin, tree.span.begin + 1));
    throw Stop{};
  }
  if (first == '|' || first == '>' || open_.empty()) return;
  for (std::size_t line = source.find('\n'); line != std::string_view::npos; line = source.find('\n', line + 1)) {
    const std::size_t letter = source.find_first_not_of(" \t", line + 1);
    if (letter == std::string_view::npos) break;
    if (source[letter] == '\r' || source[letter] == '\n') continue;
    if (letter - line - 1 > open_.back().column) continue;
    complain("syntax-error", "this line goes on with a text, but is not indented",
             quoted ? "close the quotes, or indent the line" : "indent the line",
             span(tree.span.begin + letter, tree.span.begin + letter + 1),
             {{"the text begins here", sources_.place(span(tree.span.begin, tree.span.begin + 1))}});
    throw Stop{};
  }
}

void Builder::check_characters(const Tree& tree) {
  const bool plain = tree.kind == Tree::Kind::plain;
  for (std::size_t at = 0; at < tree.text.size();) {
    const CodePoint c = code_point(tree.text, at);
    at += c.bytes;
    if (is_control(c.value) && c.value != '\n' && c.value != '\t') {
      complain("invalid-text", fmt::format("the control character U+{:04X}", std::uint32_t{c.value}), "take it out",
               tree.span);
      return;
    }
    if (plain && is_invisible(c.value)) {
      const std::string_view letter = std::string_view(tree.text).substr(at - c.bytes, c.bytes);
      const std::size_t begin = std::min<std::size_t>(text_.find(letter, tree.span.begin), tree.span.end);
      complain("invalid-text", fmt::format("the invisible character U+{:04X}", std::uint32_t{c.value}),
               "take it out, or put the text in quotes", span(begin, begin + c.bytes));
      return;
    }
  }
}

void Builder::scalar(Tree tree) {
  if (expects_key()) {
    Open& map = open_.back();
    map.has_key = true;
    map.key_quoted = tree.kind == Tree::Kind::quoted;
    if (tree.kind == Tree::Kind::plain && tree.text == "<<")
      complain("invalid-vocabulary", "the merge key `<<`: merge keys are not read", "write the keys out", tree.span);
    map.key = std::move(tree.text);
    map.key_span = tree.span;
    return;
  }
  attach(std::move(tree));
}

void Builder::open(Tree::Kind kind, const YAML::Mark& mark, const std::string& tag) {
  const std::size_t at = position(mark);
  refuse_tag(at, tag);
  const std::size_t line = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;
  const bool brackets = at < text_.size() && (text_[at] == '[' || text_[at] == '{');
  const std::size_t column = !brackets ? at - line : open_.empty() ? 0 : open_.back().column;
  if (expects_key()) {
    // The parser takes brackets that are never closed for keys.
    if (!brackets || closes(text_, at))
      complain("invalid-vocabulary", "a list or map as a key", "a key is a name", span(at, at + 1));
    else
      complain("syntax-error", "this is never closed", {}, span(at, at + 1));
    throw Stop{};
  }
  if (open_.size() == limits::tree_nesting) {
    complain("invalid-vocabulary", fmt::format("more than {} lists and maps within one another", limits::tree_nesting),
             {}, span(at, at + 1));
    throw Stop{};
  }
  open_.emplace_back();
  open_.back().column = column;
  open_.back().tree.kind = kind;
  open_.back().tree.span = span(at, at + 1);
}

void Builder::close() {
  Tree tree = std::move(open_.back().tree);
  open_.pop_back();
  const std::size_t last = tree.items.empty() ? tree.span.begin + 1 : tree.items.back().span.end;
  tree.span.end = static_cast<std::uint32_t>(end_of_collection(text_, tree.span.begin, last));
  attach(std::move(tree));
}

void Builder::attach(Tree tree) {
  if (open_.empty()) {
    root_ = std::move(tree);
    return;
  }
  if (++items_ > limits::yaml_items) {
    complain("invalid-vocabulary", fmt::format("more than {} values in one file", limits::yaml_items), "split it",
             tree.span);
    throw Stop{};
  }
  Open& parent = open_.back();
  if (parent.tree.kind == Tree::Kind::map) {
    tree.key = std::move(parent.key);
    tree.key_span = parent.key_span;
    tree.key_quoted = parent.key_quoted;
    parent.has_key = false;
  }
  parent.tree.items.push_back(std::move(tree));
}

void Builder::refuse_duplicates(const Tree& map) {
  std::vector<const Tree*> by_key(map.items.size());
  std::transform(map.items.begin(), map.items.end(), by_key.begin(), [](const Tree& item) { return &item; });
  std::stable_sort(by_key.begin(), by_key.end(), [](const Tree* a, const Tree* b) { return a->key < b->key; });
  for (std::size_t i = 1, first = 0; i < by_key.size(); ++i) {
    if (by_key[i]->key != by_key[first]->key)
      first = i;
    else if (by_key[i]->key_span.end != by_key[i]->key_span.begin)
      complain("duplicate-name", fmt::format("the key `{}` stands here twice", by_key[i]->key), {}, by_key[i]->key_span,
               {{"first here", sources_.place(by_key[first]->key_span)}});
  }
}

}  // namespace zweck::yaml
