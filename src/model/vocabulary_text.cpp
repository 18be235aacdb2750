// Names, texts and labels of a vocabulary, and the list of what is wrong.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

#include "model/reader.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/limits.hpp"
#include "text/suggest.hpp"

namespace zweck {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A tag such as `de` or `pt-BR`.
bool is_language(std::string_view tag) {
  bool first = true;
  for (std::size_t at = 0; at <= tag.size();) {
    const std::size_t end = std::min(tag.find('-', at), tag.size());
    const std::string_view part = tag.substr(at, end - at);
    if (part.empty() || part.size() > 8) return false;
    if (!std::all_of(part.begin(), part.end(), [&](char c) { return is_letter(c) || (!first && is_digit(c)); }))
      return false;
    first = false;
    at = end + 1;
  }
  return true;
}

}  // namespace

void VocabularyErrors::add(std::string check, std::string message, std::string help, Span at,
                           std::vector<Related> related) {
  if (full()) {
    ++further_;
    return;
  }
  errors_.push_back({.check = std::move(check),
                     .message = std::move(message),
                     .help = std::move(help),
                     .place = sources_.place(at),
                     .related = std::move(related)});
}

void VocabularyErrors::add(Diagnostics found) {
  for (Diagnostic& diagnostic : found) {
    if (full()) {
      ++further_;
    } else {
      errors_.push_back(std::move(diagnostic));
    }
  }
}

// Each of some hundred errors may be about one of some ten thousand names.
bool VocabularyErrors::may_compare(std::size_t names) const {
  constexpr std::size_t most = 4'000'000;
  compared_ += names;
  return compared_ <= most;
}

// One place is left for the number of those that are not shown.
bool VocabularyErrors::full() const { return errors_.size() + 1 >= limits::diagnostics; }

Diagnostics VocabularyErrors::take() {
  std::stable_sort(errors_.begin(), errors_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  if (further_ > 0) {
    errors_.push_back({.check = errors_.back().check,
                       .message = fmt::format("and {} more errors", further_),
                       .help = {},
                       .place = errors_.back().place,
                       .related = {}});
  }
  return std::move(errors_);
}

bool is_plain_name(std::string_view text) {
  return !text.empty() && is_letter(text.front()) && text.back() != '.' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; });
}

std::string written_name(std::string_view name) {
  if (is_plain_name(name)) return std::string(name);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || !is_digit(digits.front()) || (digits.front() == '0' && digits.size() > 1)) return std::nullopt;
  std::int64_t value = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (error != std::errc{} || end != last) return std::nullopt;
  return value;
}

bool check_name(VocabularyErrors& errors, const std::string& name, Span at) {
  if (name.empty()) {
    errors.add("invalid-vocabulary", "an empty name", {}, at);
    return false;
  }
  if (name.size() > limits::name_bytes) {
    errors.add("invalid-vocabulary", fmt::format("a name of more than {} bytes", limits::name_bytes),
               "put what it says into its `label` or `description`", at);
    return false;
  }
  if (name == "any") {
    errors.add("invalid-vocabulary", "`any` is nobody's name", "in rules it stands for everything; choose another name",
               at);
    return false;
  }
  for (std::size_t i = 0; i < name.size();) {
    const CodePoint c = code_point(name, i);
    i += c.bytes;
    if (!is_control(c.value) && !is_invisible(c.value)) continue;
    errors.add("invalid-text",
               fmt::format("a name with the {} character U+{:04X}", is_control(c.value) ? "control" : "invisible",
                           std::uint32_t{c.value}),
               "take it out", at);
    return false;
  }
  return true;
}

std::string shown(const Tree& tree) {
  switch (tree.kind) {
    case Tree::Kind::nothing:
      return tree.text.empty() ? "nothing" : ticked(tree.text);
    case Tree::Kind::plain:
      return ticked(tree.text);
    case Tree::Kind::quoted:
      return fmt::format("the text {}", ticked(tree.text));
    case Tree::Kind::list:
      return tree.items.empty() ? "an empty list" : "a list";
    case Tree::Kind::map:
      return "a map";
  }
  return "nothing";
}

std::string takes(std::string_view what, std::string_view expected, const Tree& tree) {
  if (tree.kind == Tree::Kind::nothing && tree.text.empty()) return fmt::format("{} has no value", what);
  return fmt::format("{} takes {}, not {}", what, expected, shown(tree));
}

std::string suggestion(const VocabularyErrors& errors, std::string_view name,
                       const std::vector<std::string_view>& known, std::string otherwise) {
  if (errors.full() || name.size() > limits::name_bytes || !errors.may_compare(known.size())) return otherwise;
  std::string near = did_you_mean(name, known);
  return near.empty() ? otherwise : near;
}

void unknown_key(VocabularyErrors& errors, const Tree& field, const std::vector<std::string_view>& known,
                 std::string otherwise) {
  if (otherwise.empty()) otherwise = fmt::format("the keys are `{}`", fmt::join(known, "`, `"));
  errors.add("unknown-name", fmt::format("unknown key {}", ticked(field.key)),
             suggestion(errors, field.key, known, std::move(otherwise)), field.key_span);
}

const std::vector<Tree>* read_map(VocabularyErrors& errors, const Tree& tree, std::string_view what) {
  if (tree.kind == Tree::Kind::map) return &tree.items;
  errors.add("invalid-vocabulary", takes(what, "a map", tree),
             tree.kind == Tree::Kind::nothing ? "write `{}` if there is nothing in it" : "", tree.span);
  return nullptr;
}

std::optional<std::string> read_text(VocabularyErrors& errors, const Tree& tree, std::string_view what) {
  if (tree.is_text()) return tree.text;
  errors.add("type-mismatch", takes(what, "a text", tree),
             tree.kind == Tree::Kind::nothing && !tree.text.empty() ? "put it in quotes if it is meant as text" : "",
             tree.span);
  return std::nullopt;
}

std::optional<bool> read_bool(VocabularyErrors& errors, const Tree& tree, std::string_view what) {
  if (tree.kind == Tree::Kind::plain && tree.text == "true") return true;
  if (tree.kind == Tree::Kind::plain && tree.text == "false") return false;
  errors.add("type-mismatch", takes(what, "`true` or `false`", tree), {}, tree.span);
  return std::nullopt;
}

std::optional<Labels> read_labels(VocabularyErrors& errors, const Tree& tree, std::string_view what) {
  Labels labels;
  if (tree.kind != Tree::Kind::map) {
    if (!tree.is_text()) {
      errors.add("type-mismatch", takes(what, "a text, or a map from language to text", tree), {}, tree.span);
      return std::nullopt;
    }
    labels.emplace_back("", tree.text);
    return labels;
  }
  for (const Tree& item : tree.items) {
    if (!is_language(item.key)) {
      errors.add("invalid-vocabulary", fmt::format("{} is no language", ticked(item.key)),
                 "write a tag such as `de` or `pt-BR`", item.key_span);
    } else if (auto text = read_text(errors, item, fmt::format("{} in `{}`", what, item.key))) {
      labels.emplace_back(item.key, *std::move(text));
    }
  }
  std::sort(labels.begin(), labels.end());
  return labels;
}

std::string kind_of(const Taxonomy& taxonomy) {
  if (taxonomy.name == "data") return "data node";
  if (taxonomy.name == "purpose" || taxonomy.name == "partner") return taxonomy.name;
  return fmt::format("node of `{}`", taxonomy.name);
}

std::string_view thing_of(const Taxonomy& taxonomy) {
  return taxonomy.name == "data" ? std::string_view("data node") : std::string_view(taxonomy.name);
}

}  // namespace zweck
