// The text of a type with its default -> Type and Value.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "model/reader.hpp"
#include "model/vocabulary.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

constexpr std::string_view blanks = " \t\n";

class TypeReader {
 public:
  TypeReader(VocabularyErrors& errors, Vocabulary& vocabulary, const Tree& tree, const std::string& what)
      : errors_(errors), vocabulary_(vocabulary), tree_(tree), what_(what), text_(tree.text) {
    const std::string_view source = errors_.sources().text(tree_.span);
    const std::size_t quote = tree_.kind == Tree::Kind::quoted ? 1 : 0;
    exact_ = source.size() == text_.size() + 2 * quote && source.substr(quote, text_.size()) == text_;
  }

  std::optional<TypeAndDefault> read() {
    const std::size_t equals = outside_quotes(text_, '=');
    auto type = read_type(trimmed(text_.substr(0, equals)));
    if (!type) return std::nullopt;
    TypeAndDefault result{*std::move(type), {}};
    if (equals == text_.size()) return result;
    auto fallback = read_default(result.type, trimmed(text_.substr(equals + 1)));
    if (!fallback) return std::nullopt;
    result.fallback = *std::move(fallback);
    return result;
  }

 private:
  // --- Text ---

  static std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t end = text.find_last_not_of(blanks) + 1;
    return begin < end ? text.substr(begin, end - begin) : text.substr(begin, 0);
  }

  // The first `sign` that stands in no quotes, or the end.
  static std::size_t outside_quotes(std::string_view text, char sign) {
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (quoted && text[at] == '\\') {
        ++at;
      } else if (text[at] == '"') {
        quoted = !quoted;
      } else if (!quoted && text[at] == sign) {
        return at;
      }
    }
    return text.size();
  }

  // Takes the word off the front of `text`, with the blanks behind it.
  static bool take_word(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    const std::string_view rest = text.substr(word.size());
    if (!rest.empty() && blanks.find(rest.front()) == std::string_view::npos) return false;
    text = rest.substr(std::min(rest.find_first_not_of(blanks), rest.size()));
    return true;
  }

  // The place of a part of the text in the file. Exact where the text stands there as it was read.
  Span span_of(std::string_view part) const {
    if (!exact_) return tree_.span;
    const std::size_t quote = tree_.kind == Tree::Kind::quoted ? 1 : 0;
    const auto begin = static_cast<std::uint32_t>(part.data() - text_.data() + static_cast<std::ptrdiff_t>(quote));
    return {tree_.span.file, tree_.span.begin + begin,
            tree_.span.begin + begin + static_cast<std::uint32_t>(part.size())};
  }

  std::nullopt_t complain(std::string check, std::string message, std::string help, std::string_view part) {
    errors_.add(std::move(check), std::move(message), std::move(help), span_of(part));
    return std::nullopt;
  }

  // --- Types ---

  std::optional<Type> read_type(std::string_view text) {
    if (text.empty()) return complain("syntax-error", fmt::format("{} has no type", what_), kinds(), text_);
    std::string_view rest = text;
    if (take_word(rest, "set") && take_word(rest, "of")) return read_set(rest);
    rest = text;
    if (take_word(rest, "one") && take_word(rest, "of")) return read_choices(rest);
    Type type;
    if (text == "bool") return type;
    for (const auto& [word, kind] : {std::pair{"int", TypeKind::integer},
                                     {"string", TypeKind::string},
                                     {"date", TypeKind::date},
                                     {"duration", TypeKind::duration}}) {
      if (text != word) continue;
      type.kind = kind;
      return type;
    }
    rest = text;
    if (take_word(rest, "int")) return read_range(rest);
    return read_taxonomy(text);
  }

  std::optional<Type> read_set(std::string_view text) {
    const auto refuse = [&] {
      return complain("type-mismatch", fmt::format("there are no sets of {}", ticked(text)),
                      "a set holds `string`, `one of …`, or nodes of a taxonomy", text);
    };
    // Looked for first, so that reading does not recurse any deeper.
    std::string_view rest = text;
    if (take_word(rest, "set") && take_word(rest, "of")) return refuse();
    auto type = read_type(text);
    if (!type) return std::nullopt;
    if (type->kind != TypeKind::string && type->kind != TypeKind::choice && type->kind != TypeKind::node)
      return refuse();
    type->set = true;
    return type;
  }

  std::optional<Type> read_range(std::string_view text) {
    Type type;
    type.kind = TypeKind::integer;
    const std::size_t dots = text.find("..");
    const auto bound = [&](std::string_view part) -> std::optional<std::int64_t> {
      if (const auto value = parse_integer(part)) return value;
      return complain("syntax-error", fmt::format("{} is no bound of an integer", ticked(part)),
                      "write `int 0..150`, without leading zeros, within 64 bits", part);
    };
    if (dots == std::string_view::npos || trimmed(text.substr(0, dots)).empty() ||
        trimmed(text.substr(dots + 2)).empty())
      return complain("syntax-error", fmt::format("{} is no range of integers", ticked(text)), "write `int 0..150`",
                      text);
    const auto min = bound(trimmed(text.substr(0, dots)));
    const auto max = bound(trimmed(text.substr(dots + 2)));
    if (!min || !max) return std::nullopt;
    if (*min > *max)
      return complain("type-mismatch", fmt::format("there is no integer in `{}..{}`", *min, *max),
                      "write the smaller bound first", text);
    type.min = *min;
    type.max = *max;
    return type;
  }

  std::optional<Type> read_choices(std::string_view text) {
    Type type;
    type.kind = TypeKind::choice;
    std::unordered_set<std::int64_t> seen;
    bool good = true;
    for_each_item(text, [&](std::string_view item) {
      const auto name = read_name(item);
      if (!name) {
        good = false;
      } else if (const std::int64_t id = vocabulary_.intern(name->text); !seen.insert(id).second) {
        complain("duplicate-name", fmt::format("{} stands here twice", ticked(name->text)), {}, item);
        good = false;
      } else {
        type.choices.push_back(id);
      }
    });
    if (type.choices.size() > limits::choices)
      return complain("invalid-vocabulary", fmt::format("more than {} values", limits::choices), {}, text);
    if (!good) return std::nullopt;
    return type;
  }

  std::optional<Type> read_taxonomy(std::string_view text) {
    std::string name(text);
    if (text.starts_with('"')) {
      const auto quoted = read_name(text);
      if (!quoted) return std::nullopt;
      name = quoted->text;
    }
    Type type;
    type.kind = TypeKind::node;
    std::vector<std::string_view> known{"bool", "int", "string", "date", "duration"};
    for (const Taxonomy& taxonomy : vocabulary_.taxonomies) {
      if (taxonomy.name == name) {
        if (taxonomy.nodes.empty())
          return complain("type-mismatch",
                          fmt::format("{} has no nodes, so {} could have no value", ticked(name), what_), {}, text);
        return type;
      }
      known.push_back(taxonomy.name);
      ++type.taxonomy;
    }
    return complain("unknown-name", fmt::format("there is no type {}", ticked(text)),
                    suggestion(errors_, name, known, kinds()), text);
  }

  static std::string kinds() {
    return "a type is `bool`, `int`, `int 0..150`, `string`, `date`, `duration`, `one of a, b`, a taxonomy, or `set "
           "of` one";
  }

  // --- Values ---

  // Calls `use` for each part between commas.
  template <class Use>
  void for_each_item(std::string_view text, const Use& use) {
    for (;;) {
      const std::size_t comma = outside_quotes(text, ',');
      use(trimmed(text.substr(0, comma)));
      if (comma == text.size()) return;
      text.remove_prefix(comma + 1);
    }
  }

  // A plain name, or any text in quotes.
  std::optional<Tree> read_name(std::string_view text) {
    Tree tree;
    tree.span = span_of(text);
    tree.kind = Tree::Kind::quoted;
    if (!text.starts_with('"')) {
      tree.kind = Tree::Kind::plain;
      tree.text = text;
      if (is_plain_name(text)) return tree;
      if (text.empty()) return complain("syntax-error", "a value is missing", {}, text_);
      return complain("syntax-error", fmt::format("{} is no name", ticked(text)),
                      "put it in quotes, or a comma between names", text);
    }
    for (std::size_t at = 1; at < text.size(); ++at) {
      if (text[at] == '"') {
        if (at + 1 < text.size()) break;
        if (tree.text.empty()) return complain("syntax-error", "an empty text", {}, text);
        return tree;
      }
      if (text[at] == '\\') {
        ++at;
        if (at == text.size() || (text[at] != '"' && text[at] != '\\')) break;
      }
      tree.text += text[at];
    }
    return complain("syntax-error", fmt::format("{} is no text in quotes", ticked(text)),
                    "write `\\\"` for a quote and `\\\\` for a backslash within it", text);
  }

  std::optional<Tree> read_item(const Type& type, std::string_view text) {
    const bool named = type.kind == TypeKind::string || type.kind == TypeKind::choice || type.kind == TypeKind::node;
    if (named || text.starts_with('"')) return read_name(text);
    Tree tree;
    tree.kind = Tree::Kind::plain;
    tree.text = text;
    tree.span = span_of(text);
    return tree;
  }

  std::optional<Value> read_default(const Type& type, std::string_view text) {
    if (text.empty()) return complain("syntax-error", "a default is missing behind `=`", {}, text_);
    std::optional<Tree> tree;
    if (type.set) {
      if (!text.starts_with('{') || !text.ends_with('}') || text.size() < 2)
        return complain("syntax-error", fmt::format("{} is no set", ticked(text)), "write `{}`, or `{a, b}`", text);
      tree.emplace();
      tree->kind = Tree::Kind::list;
      tree->span = span_of(text);
      const std::string_view items = trimmed(text.substr(1, text.size() - 2));
      bool good = true;
      const auto add = [&](std::string_view item) {
        if (auto read = read_item(type, item))
          tree->items.push_back(*std::move(read));
        else
          good = false;
      };
      if (!items.empty()) for_each_item(items, add);
      if (!good) return std::nullopt;
    } else {
      tree = read_item(type, text);
    }
    if (!tree) return std::nullopt;
    auto value = read_own_value(vocabulary_, type, *tree, errors_.sources(), fmt::format("the default of {}", what_));
    if (value) return *std::move(value);
    errors_.add(std::move(value).diagnostics());
    return std::nullopt;
  }

  VocabularyErrors& errors_;
  Vocabulary& vocabulary_;
  const Tree& tree_;
  const std::string& what_;
  std::string_view text_;
  bool exact_ = false;  // the text stands in the file as it was read, with nothing folded or escaped
};

}  // namespace

std::optional<TypeAndDefault> read_type(VocabularyErrors& errors, Vocabulary& vocabulary, const Tree& tree,
                                        const std::string& what) {
  if (!tree.is_text() || tree.text.empty()) {
    errors.add("type-mismatch", takes(what, "a type", tree),
               "write a type such as `bool`, `int 0..150` or `one of a, b`, in quotes within `{ }`", tree.span);
    return std::nullopt;
  }
  return TypeReader(errors, vocabulary, tree, what).read();
}

}  // namespace zweck
