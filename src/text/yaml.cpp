// YAML -> TREE, strictly. The parser's events are taken as they come, since its own nodes lose what we must refuse.
#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

#include "text/limits.hpp"
#include "text/tree.hpp"
#include "text/yaml_builder.hpp"

namespace zweck {

namespace {

using yaml::Builder;
using yaml::Stop;

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
    std::size_t quote = text.find_first_of("\"'#", builder.understood());
    while (quote < at && text[quote] == '#')
      quote = text.find_first_of("\"'#", std::min(text.find('\n', quote), text.size()));
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
