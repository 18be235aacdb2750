// YAML -> TREE, strictly. The parser's events are taken as they come, since its own nodes lose what we must refuse.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <numeric>
#include <streambuf>

#include "text/limits.hpp"
#include "text/tree.hpp"
#include "text/yaml_places.hpp"

namespace zweck {

namespace {

// Thrown through the parser once nothing more is to be learnt from the rest.
struct Stop {};

class Builder : public YAML::EventHandler {
 public:
  Builder(const Sources& sources, std::uint32_t file) : sources_(sources), file_(file), text_(sources[file].text) {}

  // How far the parser has come for certain, and the end of the last text it has understood.
  std::size_t reached() const { return reached_; }
  std::size_t understood() const { return understood_; }

  // The innermost bracket that is open.
  std::vector<Related> open_bracket() const {
    if (open_.empty()) return {};
    const Span opened = open_.back().tree.span;
    const char bracket = text_[opened.begin];
    if (bracket != '[' && bracket != '{') return {};
    return {{fmt::format("the `{}` is here", bracket), sources_.place(opened)}};
  }

  void complain(std::string check, std::string message, std::string help, Span span,
                std::vector<Related> related = {}) {
    errors_.push_back({.check = std::move(check),
                       .message = std::move(message),
                       .help = std::move(help),
                       .place = sources_.place(span),
                       .related = std::move(related)});
    if (errors_.size() >= limits::diagnostics) throw Stop{};
  }

  Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  Result<Tree> take() {
    if (errors_.empty()) return std::move(root_);
    std::stable_sort(errors_.begin(), errors_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
    return std::move(errors_);
  }

  bool failed() const { return !errors_.empty(); }

  // --- Events ---

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    const std::size_t at = position(mark);
    if (text_.substr(at, 3) == "---")
      complain("invalid-vocabulary", "a second document in one file", "put it into a file of its own",
               span(at, at + 3));
    else if (!failed())
      complain("syntax-error", "this does not belong to what stands before it",
               "check the indentation: keys of one map begin in the same column", span(at, end_of_word(at)));
    throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    const std::size_t at = position(mark);
    complain("invalid-vocabulary", fmt::format("the anchor `&{}`: anchors are not read", name),
             "write the value out where it is needed", span(at, end_of_word(at)));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
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

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
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

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
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

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(Tree::Kind::list, mark, tag);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(Tree::Kind::map, mark, tag);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override {
    refuse_duplicates(open_.back().tree);
    close();
  }

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

  std::size_t position(const YAML::Mark& mark) {
    const std::size_t at = mark.pos < 0 ? text_.size() : std::min(static_cast<std::size_t>(mark.pos), text_.size());
    reached_ = std::max(reached_, at);
    return at;
  }

  std::size_t end_of_word(std::size_t at) const {
    return std::min(std::max(text_.find_first_of(" \t\r\n,]}", at), at + 1), text_.size());
  }

  bool expects_key() const {
    return !open_.empty() && open_.back().tree.kind == Tree::Kind::map && !open_.back().has_key;
  }

  void refuse_tag(std::size_t at, const std::string& tag) {
    // The parser itself puts "!" on every quoted scalar, "?" on the rest.
    if (tag == "?" || (tag == "!" && !(at < text_.size() && text_[at] == '!'))) return;
    const Span place = span(at, end_of_word(at));
    complain("invalid-vocabulary", fmt::format("the tag `{}`: tags are not read", sources_.text(place)),
             "leave it out: the type is known from where the value stands", place);
  }

  // The parser takes the end of the file for the end of quotes, and goes on over lines that are not indented: either
  // way the keys that follow would become a part of the text.
  void check_end(const Tree& tree) {
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
      if (source[letter] == '\r' || source[letter] == '\n') continue;
      if (letter - line - 1 > open_.back().column) continue;
      complain("syntax-error", "this line goes on with a text, but is not indented",
               quoted ? "close the quotes, or indent the line" : "indent the line",
               span(tree.span.begin + letter, tree.span.begin + letter + 1),
               {{"the text begins here", sources_.place(span(tree.span.begin, tree.span.begin + 1))}});
      throw Stop{};
    }
  }

  // Escapes can write what may not stand in a file, and plain text is no place for what nobody sees.
  void check_characters(const Tree& tree) {
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

  void scalar(Tree tree) {
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

  void open(Tree::Kind kind, const YAML::Mark& mark, const std::string& tag) {
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
      complain("invalid-vocabulary",
               fmt::format("more than {} lists and maps within one another", limits::tree_nesting), {},
               span(at, at + 1));
      throw Stop{};
    }
    open_.emplace_back();
    open_.back().column = column;
    open_.back().tree.kind = kind;
    open_.back().tree.span = span(at, at + 1);
  }

  void close() {
    Tree tree = std::move(open_.back().tree);
    open_.pop_back();
    const std::size_t last = tree.items.empty() ? tree.span.begin + 1 : tree.items.back().span.end;
    tree.span.end = static_cast<std::uint32_t>(end_of_collection(text_, tree.span.begin, last));
    attach(std::move(tree));
  }

  void attach(Tree tree) {
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

  void refuse_duplicates(const Tree& map) {
    std::vector<const Tree*> by_key(map.items.size());
    std::transform(map.items.begin(), map.items.end(), by_key.begin(), [](const Tree& item) { return &item; });
    std::stable_sort(by_key.begin(), by_key.end(), [](const Tree* a, const Tree* b) { return a->key < b->key; });
    for (std::size_t i = 1, first = 0; i < by_key.size(); ++i) {
      if (by_key[i]->key != by_key[first]->key)
        first = i;
      else if (by_key[i]->key_span.end != by_key[i]->key_span.begin)
        complain("duplicate-name", fmt::format("the key `{}` stands here twice", by_key[i]->key), {},
                 by_key[i]->key_span, {{"first here", sources_.place(by_key[first]->key_span)}});
    }
  }

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

// Hands the text to the parser in pieces. The parser keeps every token of a line, and of brackets that are not closed,
// until it knows whether they are a key: a bound on how far it may read ahead of its events bounds its memory and time.
class Input : public std::streambuf {
 public:
  Input(std::string_view text, const Builder& builder) : text_(text), builder_(builder) {}

 protected:
  int_type underflow() override {
    if (served_ == text_.size()) return traits_type::eof();
    if (served_ > builder_.reached() + limits::yaml_lookahead) throw Stop{};
    const std::size_t length = std::min<std::size_t>(text_.size() - served_, 64u << 10);
    char* begin = const_cast<char*>(text_.data()) + served_;  // never written to
    setg(begin, begin, begin + length);
    served_ += length;
    return traits_type::to_int_type(*begin);
  }

 private:
  std::string_view text_;
  const Builder& builder_;
  std::size_t served_ = 0;
};

struct Wording {
  std::string_view parser;
  std::string_view message;
  std::string_view help;
};
constexpr std::string_view check_indentation =
    "check the indentation, and quote text that holds `: ` or begins with a sign";
constexpr Wording wordings[] = {
    {"end of map not found", "this does not fit into the map around it", check_indentation},
    {"end of sequence not found", "this does not fit into the list around it", check_indentation},
    {"end of map flow not found", "a `,` or `}` is missing here", ""},
    {"end of sequence flow not found", "a `,` or `]` is missing here", ""},
    {"illegal map value", "a `:` where no key can stand", check_indentation},
    {"illegal map key", "a `?` where no key can stand", check_indentation},
    {"illegal block entry", "a list item where none can stand", check_indentation},
    {"illegal flow end", "nothing is open that could be closed here", ""},
    {"unknown token", "no text can begin like this", "put it in quotes"},
    {"illegal EOF in scalar", "a quoted text without an end", "close the quotes"},
    {"illegal document indicator in scalar", "`---` or `...` within a quoted text",
     "close the quotes, or indent the line"},
    {"illegal tab when looking for indentation", "a tab in the indentation", "indent by blanks"},
    {"unknown escape character", "an escape that does not exist", "write `\\\\` for a backslash, or use single quotes"},
    {"invalid unicode", "an escape for a character that does not exist", ""},
    {"bad character found while scanning hex number", "an escape that is no hexadecimal number", ""},
    {"the referenced anchor is not defined", "aliases are not read", "quote text that begins with `*`"},
    {"alias not found after *", "aliases are not read", "quote text that begins with `*`"},
    {"anchor not found after &", "anchors are not read", "quote text that begins with `&`"},
    {"illegal character found while scanning alias", "aliases are not read", "quote text that begins with `*`"},
    {"illegal character found while scanning anchor", "anchors are not read", "quote text that begins with `&`"},
    {"tag handle with no suffix", "tags are not read", "quote text that begins with `!`"},
    {"end of verbatim tag not found", "tags are not read", "quote text that begins with `!`"},
    {"illegal character found while scanning tag handle", "tags are not read", "quote text that begins with `!`"},
    {"cannot assign multiple tags", "tags are not read", "quote text that begins with `!`"},
    {"cannot assign multiple anchors", "anchors are not read", "quote text that begins with `&`"},
    {"cannot set zero indentation", "an indentation of 0", "leave the number out"},
    {"unexpected character in block scalar", "text behind the sign for a text of several lines",
     "begin on the next line"},
};

// The parser's words are not the author's.
void complain_in_our_words(Builder& builder, std::string_view text, const YAML::ParserException& error) {
  std::size_t at = error.mark.pos < 0 ? text.size() : std::min<std::size_t>(error.mark.pos, text.size());
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  const std::size_t indent = std::min(text.find_first_not_of(" \t", line), text.size()) - line;
  const std::string_view said = error.msg;
  if (const std::size_t tab = text.substr(line, indent).find('\t'); tab != std::string_view::npos) {
    return builder.complain("syntax-error", "a tab in the indentation", "indent by blanks",
                            builder.span(line + tab, line + tab + 1));
  }
  // Where a text without an end begins says more than where the file ends.
  if (said.ends_with("in scalar") || said.starts_with("illegal EOF")) {
    const std::size_t quote = text.find_first_of("\"'", builder.understood());
    if (quote < at) at = quote;
  }
  const Span place = builder.span(at, std::min(at + 1, text.size()));
  for (const auto& [parser, message, help] : wordings) {
    if (!said.starts_with(parser)) continue;
    const bool bracket = said.find("flow") != std::string_view::npos;
    return builder.complain("syntax-error", std::string(message), std::string(help), place,
                            bracket ? builder.open_bracket() : std::vector<Related>{});
  }
  builder.complain("syntax-error", "this is no YAML", {}, place);
}

// The parser skips directives without an event, wherever a line begins with `%`.
void refuse_directives(Builder& builder, std::string_view text) {
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    if (text[line] == '%')
      builder.complain("invalid-vocabulary", "a directive: directives are not read",
                       "leave it out, or indent or quote text that begins with `%`", builder.span(line, line + 1));
    line = end + 1;
  }
}

void refuse_lookahead(Builder& builder, std::string_view text) {
  const std::size_t from = builder.reached();
  const bool one_line = text.substr(from, limits::yaml_lookahead).find('\n') == std::string_view::npos;
  builder.complain("invalid-vocabulary",
                   one_line ? "a line that goes on for more than 1 MiB" : "a value that goes on for more than 1 MiB",
                   "break it up", builder.span(from, from + 1));
}

}  // namespace

Result<Tree> read_yaml(const Sources& sources, std::uint32_t file) {
  const std::string& text = sources[file].text;
  Builder builder(sources, file);
  if (text.size() > limits::yaml_bytes) {
    Diagnostic diagnostic{.check = "invalid-vocabulary",
                          .message = fmt::format("a file of more than {} MiB", limits::yaml_bytes >> 20),
                          .help = "split it: the sections of several files are joined",
                          .place = {},
                          .related = {}};
    diagnostic.place.file = sources[file].path;
    return diagnostic;
  }
  if (Diagnostics bad = check_text(sources, file); !bad.empty()) return bad;
  bool stopped = false;
  try {
    refuse_directives(builder, text);
    Input input(text, builder);
    std::istream stream(&input);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) continue;
  } catch (const Stop&) {
    stopped = true;
  } catch (const YAML::ParserException& error) {
    if (!builder.failed()) complain_in_our_words(builder, text, error);
  } catch (const std::exception&) {
    if (!builder.failed())
      builder.complain("syntax-error", "this is no YAML", {}, builder.span(builder.reached(), text.size()));
  }
  if (stopped && !builder.failed()) refuse_lookahead(builder, text);
  return builder.take();
}

}  // namespace zweck
