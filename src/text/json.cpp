// JSON -> TREE, strictly. Values are read on demand, so that numbers keep their text; what that way of reading leaves
// unchecked (numbers, duplicate keys, the end) is checked here.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "text/limits.hpp"
#include "text/tree.hpp"

namespace zweck {

namespace {

namespace ondemand = simdjson::ondemand;

// Thrown from within the recursion of at most limits::tree_nesting levels to read_json().
struct Refused {
  std::string message;
};

constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view not_json = "this is no JSON";
constexpr std::string_view ends_early = "this is no JSON: it ends too early";
constexpr std::string_view something_follows = "this is no JSON: something follows the value";

void need(simdjson::error_code error) {
  switch (error) {
    case simdjson::SUCCESS:
      return;
    case simdjson::UTF8_ERROR:
      throw Refused{"this is no UTF-8"};
    case simdjson::STRING_ERROR:
      throw Refused{"this is no JSON: a string with an escape that does not exist"};
    case simdjson::UNESCAPED_CHARS:
      throw Refused{"this is no JSON: a string with a control character that is not escaped"};
    case simdjson::UNCLOSED_STRING:
      throw Refused{"this is no JSON: a string without an end"};
    case simdjson::EMPTY:
      throw Refused{"this is no JSON: nothing stands here"};
    case simdjson::DEPTH_ERROR:
      throw Refused{fmt::format("more than {} lists and maps within one another", limits::tree_nesting)};
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
      throw Refused{std::string(ends_early)};
    default:
      throw Refused{std::string(not_json)};
  }
}

std::string_view trimmed(std::string_view text) {
  const std::size_t end = text.find_last_not_of(white_space);
  return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

// Whether the list or map that the text begins with is closed before its end.
bool closes_early(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  text = trimmed(text);
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '{' || c == '[')) {
      ++depth;
    } else if (!quoted && (c == '}' || c == ']') && --depth <= 0) {
      return depth == 0;
    }
  }
  return false;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The grammar of JSON's numbers.
bool is_number(std::string_view text) {
  const auto skip_digits = [&] {
    const std::size_t length = std::min<std::size_t>(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(length);
    return length > 0;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('0') && text.size() > 1 && is_digit(text[1])) return false;
  if (!skip_digits()) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!skip_digits()) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!skip_digits()) return false;
  }
  return text.empty();
}

void refuse_duplicates(const Tree& map) {
  std::vector<std::string_view> keys;
  keys.reserve(map.items.size());
  for (const Tree& item : map.items) keys.push_back(item.key);
  std::sort(keys.begin(), keys.end());
  if (const auto twice = std::adjacent_find(keys.begin(), keys.end()); twice != keys.end())
    throw Refused{fmt::format("the key `{}` stands here twice", *twice)};
}

class Reader {
 public:
  // Works on a document and on a value within it alike.
  template <class Value>
  void read(Value& value, Tree& tree, std::size_t depth) {
    ondemand::json_type type{};
    need(value.type().get(type));
    switch (type) {
      case ondemand::json_type::object:
        return read_map(value, tree, depth);
      case ondemand::json_type::array:
        return read_list(value, tree, depth);
      case ondemand::json_type::string: {
        std::string_view text;
        need(value.get_string().get(text));
        tree.kind = Tree::Kind::quoted;
        tree.text = text;
        return;
      }
      default: {
        const simdjson::simdjson_result<std::string_view> word = value.raw_json_token();
        need(word.error());
        return read_word(trimmed(word.value_unsafe()), tree);
      }
    }
  }

 private:
  template <class Value>
  void read_map(Value& value, Tree& tree, std::size_t depth) {
    ondemand::object object;
    need(value.get_object().get(object));
    tree.kind = Tree::Kind::map;
    enter(depth);
    for (auto field : object) {
      std::string_view key;
      need(field.unescaped_key().get(key));
      ondemand::value item;
      Tree& child = add(tree);
      child.key = key;
      child.key_quoted = true;
      need(field.value().get(item));
      read(item, child, depth + 1);
    }
    refuse_duplicates(tree);
  }

  template <class Value>
  void read_list(Value& value, Tree& tree, std::size_t depth) {
    ondemand::array array;
    need(value.get_array().get(array));
    tree.kind = Tree::Kind::list;
    enter(depth);
    for (auto element : array) {
      ondemand::value item;
      need(element.get(item));
      read(item, add(tree), depth + 1);
    }
  }

  static void read_word(std::string_view word, Tree& tree) {
    tree.text = word;
    if (word == "null") return;
    tree.kind = Tree::Kind::plain;
    tree.literal = true;
    if (word == "true" || word == "false") return;
    if (!is_number(word))
      throw Refused{fmt::format("this is no JSON: `{}` is no value", word.substr(0, limits::name_bytes))};
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size())
      throw Refused{fmt::format("the number `{}` is out of all bounds", word.substr(0, limits::name_bytes))};
  }

  static void enter(std::size_t depth) {
    if (depth == limits::tree_nesting) need(simdjson::DEPTH_ERROR);
  }

  Tree& add(Tree& parent) {
    if (++items_ > limits::tree_items) throw Refused{fmt::format("more than {} values", limits::tree_items)};
    return parent.items.emplace_back();
  }

  std::size_t items_ = 0;
};

Diagnostic refused(std::string message) {
  return {.check = "syntax-error", .message = std::move(message), .help = {}, .place = {}, .related = {}};
}

}  // namespace

Result<Tree> read_json(std::string_view text) {
  if (text.size() > limits::request_bytes) return refused(fmt::format("more than {} MiB", limits::request_bytes >> 20));
  try {
    // Parsers keep their memory: one for each thread, and one that is thrown away for the rare large text.
    thread_local ondemand::parser usual;
    ondemand::parser large;
    ondemand::parser& parser = text.size() <= (1u << 20) ? usual : large;
    const simdjson::padded_string padded(text);
    ondemand::document document;
    need(parser.iterate(padded).get(document));
    Tree tree;
    try {
      Reader().read(document, tree, 0);
    } catch (const Refused& reason) {
      // The parser looks at the last sign first, and takes what follows for an end that is missing.
      if (reason.message == ends_early && closes_early(text)) return refused(std::string(something_follows));
      throw;
    }
    const bool word = tree.kind == Tree::Kind::plain || tree.kind == Tree::Kind::nothing;
    // A word alone is looked at, not consumed.
    const char* rest = nullptr;
    const bool followed = word ? trimmed(text).size() != text.find_first_not_of(white_space) + tree.text.size()
                               : document.current_location().get(rest) == simdjson::SUCCESS;
    if (followed) return refused(std::string(something_follows));
    return tree;
  } catch (const Refused& reason) {
    return refused(reason.message);
  } catch (const std::exception&) {
    return refused(std::string(not_json));
  }
}

}  // namespace zweck
