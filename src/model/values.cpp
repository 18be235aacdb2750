// Values by their type: read from a tree, and written as people write them.
#include <fmt/format.h>

#include <algorithm>

#include "model/reader.hpp"
#include "model/vocabulary.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/limits.hpp"
#include "text/suggest.hpp"

namespace zweck {

namespace {

class ValueReader {
 public:
  // With `owner` strings become known to the vocabulary; without they may stay foreign.
  ValueReader(const Vocabulary& vocabulary, Vocabulary* owner, const Type& type, const Sources& sources,
              const std::string& what)
      : vocabulary_(vocabulary), owner_(owner), type_(type), sources_(sources), what_(what) {}

  Result<Value> read(const Tree& tree) {
    Value value;
    if (type_.set) {
      value = read_set(tree);
    } else if (const auto one = read_one(tree)) {
      value = Value::single(*one);
    }
    if (!errors_.empty()) return std::move(errors_);
    return value;
  }

 private:
  Value read_set(const Tree& tree) {
    std::vector<std::int64_t> members;
    if (tree.kind != Tree::Kind::list) {
      const bool scalar = tree.is_scalar();
      mismatch(tree, takes(what_, "a list", tree),
               scalar ? fmt::format("write `[{}]`", written_name(tree.text)) : "write `[a, b]`");
      return {};
    }
    for (const Tree& item : tree.items)
      if (const auto member = read_one(item)) members.push_back(*member);
    return Value::of_set(std::move(members));
  }

  std::optional<std::int64_t> read_one(const Tree& tree) {
    if (tree.kind == Tree::Kind::nothing && tree.text.empty())
      return mismatch(tree, what_ + " has no value", expected());
    if (!tree.is_scalar())
      return mismatch(tree, fmt::format("{} takes one value, not {}", what_, shown(tree)), expected());
    // What is quoted in YAML, or a string in JSON, is text whatever it looks like; a JSON number or bool never is.
    const bool word = tree.kind == Tree::Kind::plain;
    switch (type_.kind) {
      case TypeKind::boolean:
        if (word && tree.text == "true") return 1;
        if (word && tree.text == "false") return 0;
        return misfit(tree);
      case TypeKind::integer:
        if (const auto value = parse_integer(tree.text); word && value && *value >= type_.min && *value <= type_.max)
          return *value;
        return misfit(tree);
      case TypeKind::date:
        if (const auto date = parse_date(tree.text); tree.is_text() && date) return date->days;
        return misfit(tree);
      case TypeKind::duration:
        if (const auto duration = parse_duration(tree.text); tree.is_text() && duration) return duration->seconds;
        return misfit(tree);
      case TypeKind::string:
        if (!tree.is_text()) return misfit(tree);
        if (owner_) return owner_->intern(tree.text);
        return vocabulary_.find_string(tree.text).value_or(foreign_string);
      case TypeKind::choice:
        return tree.is_text() ? read_choice(tree) : misfit(tree);
      case TypeKind::node:
        return tree.is_text() ? read_node(tree) : misfit(tree);
    }
    return misfit(tree);
  }

  std::optional<std::int64_t> read_choice(const Tree& tree) {
    const auto id = vocabulary_.find_string(tree.text);
    if (id && type_.has_choice(*id)) return *id;
    const auto known = [&] {
      std::vector<std::string_view> names;
      for (const std::int64_t choice : type_.choices)
        names.push_back(vocabulary_.strings[static_cast<std::size_t>(choice)]);
      return names;
    };
    return mismatch(tree, fmt::format("{} is never {}", what_, ticked(tree.text)), near(tree, known));
  }

  std::optional<std::int64_t> read_node(const Tree& tree) {
    const Taxonomy& taxonomy = vocabulary_.taxonomies[type_.taxonomy];
    if (const auto node = taxonomy.find(tree.text)) return *node;
    return complain("unknown-name", tree,
                    fmt::format("{}: there is no {} {}", what_, thing_of(taxonomy), ticked(tree.text)),
                    near(tree, [&] { return taxonomy.names(); }));
  }

  std::string expected() const { return fmt::format("it is {}", ticked(to_string(vocabulary_, element()))); }

  // What one value is, for a set what its members are.
  Type element() const {
    Type one = type_;
    one.set = false;
    return one;
  }

  // The nearest of the names that `known` gives, or all if they are few.
  template <class Known>
  std::string near(const Tree& tree, const Known& known) const {
    // The first few are enough: a set in a request may name thousands that are not there.
    if (errors_.size() >= 5 || tree.text.size() > limits::name_bytes) return {};
    const std::vector<std::string_view> names = known();
    std::string help = did_you_mean(tree.text, names);
    if (help.empty() && names.size() <= 8) help = fmt::format("there are `{}`", fmt::join(names, "`, `"));
    return help;
  }

  std::optional<std::int64_t> misfit(const Tree& tree) {
    const std::string expected =
        type_.kind == TypeKind::boolean ? "`true` or `false`" : ticked(to_string(vocabulary_, element()));
    return mismatch(tree, takes(what_, expected, tree), hint(tree));
  }

  // The usual reasons why a value does not fit that looks as if it did.
  std::string hint(const Tree& tree) const {
    switch (type_.kind) {
      case TypeKind::boolean:
        return tree.text == "true" || tree.text == "false" ? "write it without quotes" : "";
      case TypeKind::integer: {
        if (tree.kind == Tree::Kind::quoted && parse_integer(tree.text)) return "write it without quotes";
        const std::string_view digits = std::string_view(tree.text).substr(tree.text.starts_with('-'));
        const bool number = !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
        if (number && digits.size() > 1 && digits.front() == '0') return "write it without leading zeros";
        if (number && !parse_integer(tree.text)) return "integers have 64 bits";
        return {};
      }
      case TypeKind::date:
        return "write a day that exists, such as `2026-06-01`";
      case TypeKind::duration:
        return "write a number and a unit, such as `30 days`";
      case TypeKind::string:
      case TypeKind::choice:
      case TypeKind::node:
        return "put it in quotes";
    }
    return {};
  }

  std::optional<std::int64_t> mismatch(const Tree& tree, std::string message, std::string help) {
    return complain("type-mismatch", tree, std::move(message), std::move(help));
  }

  std::optional<std::int64_t> complain(std::string check, const Tree& tree, std::string message, std::string help) {
    if (errors_.size() < limits::diagnostics) {
      errors_.push_back({.check = std::move(check),
                         .message = std::move(message),
                         .help = std::move(help),
                         .place = sources_.size() > 0 ? sources_.place(tree.span) : Place{},
                         .related = {}});
    }
    return std::nullopt;
  }

  const Vocabulary& vocabulary_;
  Vocabulary* owner_;
  const Type& type_;
  const Sources& sources_;
  const std::string& what_;
  Diagnostics errors_;
};

std::string one_to_string(const Vocabulary& vocabulary, const Type& type, std::int64_t value) {
  switch (type.kind) {
    case TypeKind::boolean:
      return value != 0 ? "true" : "false";
    case TypeKind::integer:
      return std::to_string(value);
    case TypeKind::date:
      return to_string(Date{value});
    case TypeKind::duration:
      return to_string(Duration{value});
    case TypeKind::string: {
      if (value == foreign_string) return "another text";
      const std::string quoted = written_name(vocabulary.strings[static_cast<std::size_t>(value)]);
      return quoted.starts_with('"') ? quoted : '"' + quoted + '"';
    }
    case TypeKind::choice:
      return written_name(vocabulary.strings[static_cast<std::size_t>(value)]);
    case TypeKind::node:
      return written_name(vocabulary.taxonomies[type.taxonomy].nodes[static_cast<std::size_t>(value)].name);
  }
  return {};
}

}  // namespace

// Choices mostly got their ids one after the other, so that the place of most is known without looking for it.
bool Type::has_choice(std::int64_t id) const {
  const std::int64_t place = id - choices.front();
  const auto size = static_cast<std::int64_t>(choices.size());
  if (place >= 0 && place < size && choices[static_cast<std::size_t>(place)] == id) return true;
  return std::find(choices.begin(), choices.end(), id) != choices.end();
}

Result<Value> read_value(const Vocabulary& vocabulary, const Type& type, const Tree& tree, const Sources& sources,
                         const std::string& what) {
  return ValueReader(vocabulary, nullptr, type, sources, what).read(tree);
}

Result<Value> read_own_value(Vocabulary& vocabulary, const Type& type, const Tree& tree, const Sources& sources,
                             const std::string& what) {
  return ValueReader(vocabulary, &vocabulary, type, sources, what).read(tree);
}

std::string to_string(const Vocabulary& vocabulary, const Type& type) {
  std::string text = type.set ? "set of " : "";
  switch (type.kind) {
    case TypeKind::boolean:
      return text + "bool";
    case TypeKind::integer:
      if (type.min == INT64_MIN && type.max == INT64_MAX) return text + "int";
      return text + fmt::format("int {}..{}", type.min, type.max);
    case TypeKind::date:
      return text + "date";
    case TypeKind::duration:
      return text + "duration";
    case TypeKind::string:
      return text + "string";
    case TypeKind::choice:
      text += "one of ";
      for (std::size_t i = 0; i < type.choices.size(); ++i) {
        if (i > 0) text += ", ";
        text += written_name(vocabulary.strings[static_cast<std::size_t>(type.choices[i])]);
      }
      return text;
    case TypeKind::node:
      return text + written_name(vocabulary.taxonomies[type.taxonomy].name);
  }
  return text;
}

std::string to_string(const Vocabulary& vocabulary, const Type& type, const Value& value) {
  switch (value.state) {
    case Value::State::missing:
      return "missing";
    case Value::State::single:
      return one_to_string(vocabulary, type, value.one);
    case Value::State::set: {
      std::vector<std::string> members;
      for (const std::int64_t member : value.members) members.push_back(one_to_string(vocabulary, type, member));
      // Ids of strings depend on the order of files; what is shown must not.
      std::sort(members.begin(), members.end());
      return fmt::format("{{{}}}", fmt::join(members, ", "));
    }
  }
  return {};
}

}  // namespace zweck
