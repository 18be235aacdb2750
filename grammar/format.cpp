#include "grammar/format.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "grammar/pieces.hpp"

namespace zweck {

namespace grammar {

namespace {

namespace s = syntax;

// In code points.
constexpr std::size_t line_width = 100;
constexpr std::size_t clause_indent = 2;
// The longest keywords of clauses have seven letters.
constexpr std::size_t keyword_width = 8;
constexpr std::size_t text_indent = clause_indent + keyword_width;
constexpr std::size_t end_of_file = UINT32_MAX;

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The width of the pieces from `first` to the next place where a line may end.
std::size_t chunk_width(const Pieces& pieces, std::size_t first) {
  std::size_t width = width_of(pieces[first].text);
  for (std::size_t i = first + 1; i < pieces.size() && pieces[i].glue <= Glue::blank; ++i)
    width += width_of(pieces[i].text) + (pieces[i].glue == Glue::blank);
  return width;
}

std::size_t whole_width(const Pieces& pieces) {
  std::size_t width = 0;
  for (const Piece& piece : pieces) width += width_of(piece.text) + (piece.glue != Glue::none);
  return width;
}

// Writes statements line by line. Comments wait until what stood after them is about to be written: one at the end of a
// line goes to the end of the line, one of its own gets a line of its own, and neither can be lost or change places.
class Formatter {
 public:
  Formatter(const Sources& sources, const s::File& file) : file_(file) {
    if (file.source < sources.size()) text_ = sources[file.source].text;
  }

  std::string run() {
    for (std::size_t i = 0; i < file_.statements.size(); ++i) {
      const std::size_t next = i + 1 < file_.statements.size() ? span_of(i + 1).begin : end_of_file;
      comments_above(span_of(i).begin);
      std::visit([&](const auto& one) { statement(one, next); }, file_.statements[i]);
      comments_below(span_of(i).end, next);
    }
    comments_above(end_of_file);
    return std::move(out_);
  }

 private:
  Span span_of(std::size_t statement) const {
    return std::visit([](const auto& one) { return one.span; }, file_.statements[statement]);
  }

  // --- Lines ---

  void end_line() {
    while (line_.ends_with(' ')) line_.pop_back();
    out_ += line_;
    out_ += '\n';
    line_.clear();
    commented_ = false;
  }

  void begin_line(std::size_t indent) {
    if (!line_.empty()) end_line();
    line_.assign(indent, ' ');
  }

  void write_comment(const s::Comment& comment, std::size_t indent) {
    if (comment.own_line || commented_ || line_.empty()) {
      begin_line(indent);
    } else {
      while (line_.ends_with(' ')) line_.pop_back();
      line_ += "  ";
    }
    line_ += text_.substr(comment.span.begin, comment.span.end - comment.span.begin);
    while (line_.ends_with(' ') || line_.ends_with('\t')) line_.pop_back();
    commented_ = true;
  }

  // --- Comments ---

  bool comment_waits(std::size_t before) const {
    return next_comment_ < file_.comments.size() && file_.comments[next_comment_].span.begin < before;
  }

  // Writes the comments that stood before this byte. Whether there were any: the line is then at its end.
  bool comments_before(std::size_t before, std::size_t indent) {
    if (!comment_waits(before)) return false;
    while (comment_waits(before)) write_comment(file_.comments[next_comment_++], indent);
    return true;
  }

  std::size_t line_ends(std::size_t from, std::size_t to) const {
    to = std::min(to, text_.size());
    if (from >= to) return 0;
    return static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(from),
                                               text_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
  }

  // Comments between statements, and the blank lines that part the author's groups of them.
  void comments_above(std::size_t statement) {
    bool first = true;
    std::size_t above = 0;
    const auto begin = [&](std::size_t at) {
      if (first ? !out_.empty() : line_ends(above, at) > 1) out_ += '\n';
      first = false;
    };
    while (comment_waits(statement)) {
      const s::Comment& comment = file_.comments[next_comment_++];
      begin(comment.span.begin);
      write_comment(comment, 0);
      end_line();
      above = comment.span.end;
    }
    if (statement != end_of_file) begin(statement);
  }

  // Comments that go on after the last clause of a statement: the one at the end of its line, and those right below it
  // that are indented like its clauses.
  void comments_below(std::size_t end, std::size_t next) {
    while (comment_waits(next)) {
      const s::Comment& comment = file_.comments[next_comment_];
      const bool indented = comment.span.begin > 0 && text_[comment.span.begin - 1] != '\n';
      if (comment.own_line && (!indented || line_ends(end, comment.span.begin) > 1)) break;
      write_comment(comment, clause_indent);
      end = comment.span.end;
      ++next_comment_;
    }
    end_line();
  }

  // --- Statements ---

  void clause(std::string_view keyword, std::size_t begin, const Pieces& pieces) {
    comments_before(begin, clause_indent);
    begin_line(clause_indent);
    line_ += keyword;
    line_.append(std::max(keyword_width, keyword.size() + 1) - keyword.size(), ' ');
    const bool fits = width_of(line_) + whole_width(pieces) - 1 <= line_width;
    std::size_t column = width_of(line_);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const Piece& piece = pieces[i];
      const bool cut = comments_before(piece.begin, text_indent);
      const bool full = column + 1 + chunk_width(pieces, i) > line_width;
      if (cut || (i > 0 && ((piece.glue == Glue::soft && full) || (piece.glue == Glue::joined && !fits)))) {
        begin_line(text_indent);
        column = text_indent;
      } else if (i > 0 && piece.glue != Glue::none) {
        line_ += ' ';
        ++column;
      }
      line_ += piece.text;
      column += width_of(piece.text);
    }
  }

  // One line, unless the author wrote several or it is too long.
  void scope(std::string_view keyword, const s::Scope& scope) {
    Pieces line = pieces_of(scope.data);
    append(line, {{scope.purpose.span.begin, "for", Glue::blank}}, Glue::blank);
    append(line, pieces_of(scope.purpose), Glue::blank);
    append(line, {{scope.partner.span.begin, "by", Glue::blank}}, Glue::blank);
    append(line, pieces_of(scope.partner), Glue::blank);
    const std::size_t width = clause_indent + std::max(keyword_width, keyword.size() + 1) + whole_width(line) - 1;
    bool commented = false;
    for (std::size_t i = next_comment_; i < file_.comments.size() && file_.comments[i].span.begin < scope.span.end; ++i)
      commented = commented || file_.comments[i].span.begin > scope.span.begin;
    const bool broken = line_ends(scope.data.span.end, scope.purpose.span.begin) > 0 ||
                        line_ends(scope.purpose.span.end, scope.partner.span.begin) > 0;
    if (!broken && !commented && width <= line_width) {
      for (Piece& piece : line) piece.glue = Glue::blank;
      return clause(keyword, scope.data.span.begin, line);
    }
    clause(keyword, scope.data.span.begin, pieces_of(scope.data));
    clause("for", scope.purpose.span.begin, pieces_of(scope.purpose));
    clause("by", scope.partner.span.begin, pieces_of(scope.partner));
  }

  static std::string_view keyword_of(const s::Rule& rule) { return rule.effect == s::Effect::allow ? "allow" : "deny"; }
  static std::string_view keyword_of(const s::Assertion& assertion) {
    return assertion.quantifier == s::Quantifier::never ? "never allow" : "always allow";
  }

  template <class Statement>
  void statement(const Statement& statement, std::size_t next) {
    constexpr bool is_rule = std::is_same_v<Statement, s::Rule>;
    line_ = std::string(is_rule ? "rule " : "assert ") + quote_name(statement.name.text);
    if (statement.title) line_ += ' ' + quote_string(statement.title->text);
    // A comment at the end of the first line speaks of the whole statement, however much stood on that line.
    const std::size_t line_end = std::min(text_.find('\n', statement.keyword.begin), text_.size());
    comments_before(std::min(line_end, next), clause_indent);
    scope(keyword_of(statement), statement.scope);
    for (const s::Clause& one : statement.clauses) clause(word_of(one), one.span.begin, pieces_of(one));
  }

  const s::File& file_;
  std::string_view text_;
  std::size_t next_comment_ = 0;
  std::string out_;
  std::string line_;
  bool commented_ = false;  // the line ends in a comment
};

}  // namespace

}  // namespace grammar

std::string format(const Sources& sources, const syntax::File& file) { return grammar::Formatter(sources, file).run(); }

std::string format(const syntax::Condition& condition) {
  std::string text;
  for (const grammar::Piece& piece : grammar::pieces_of(condition, grammar::Brackets::needed)) {
    if (piece.glue != grammar::Glue::none && !text.empty()) text += ' ';
    text += piece.text;
  }
  return text;
}

}  // namespace zweck
