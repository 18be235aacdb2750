#include "model/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "text/limits.hpp"
#include "text/suggest.hpp"

namespace zweck {

namespace {

constexpr std::array<std::string_view, 3> keys{"data", "purpose", "partner"};
constexpr std::array<std::string_view, 3> kinds{"data node", "purpose", "partner"};

std::string_view key_of(Dimension dimension) { return keys[static_cast<std::size_t>(dimension)]; }

std::string_view form_of(const Tree& tree) {
  switch (tree.kind) {
    case Tree::Kind::list:
      return "a list";
    case Tree::Kind::map:
      return "a map";
    default:
      return tree.text == "true" || tree.text == "false" ? "a bool" : "a number";
  }
}

// An integer as the language writes it: without leading zeros.
bool is_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text == "0" || (!text.empty() && text[0] >= '1' && text[0] <= '9');
}

}  // namespace

std::string ticked(std::string_view text) {
  constexpr std::size_t most = 80;
  if (text.size() <= most) return fmt::format("`{}`", text);
  std::size_t cut = most;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return fmt::format("`{}…`", text.substr(0, cut));
}

void Reader::problem(Span at, std::string check, std::string message, std::string help) {
  if (full()) {
    ++uncounted_;
    return;
  }
  if (event_ > 0) message += fmt::format(" (event {} of the ledger)", event_);
  Diagnostic diagnostic{
      .check = std::move(check), .message = std::move(message), .help = std::move(help), .place = {}, .related = {}};
  if (sources_.size() > 0) diagnostic.place = sources_.place(at);
  problems_.push_back(std::move(diagnostic));
}

void Reader::problems(const Diagnostics& found) {
  for (const Diagnostic& diagnostic : found) {
    if (full()) {
      ++uncounted_;
    } else {
      problems_.push_back(diagnostic);
    }
  }
}

bool Reader::full() const { return problems_.size() + 1 >= limits::diagnostics; }

Diagnostics Reader::take() {
  if (uncounted_ > 0) {
    problems_.push_back({.check = "invalid-request",
                         .message = fmt::format("and {} more problems", uncounted_),
                         .help = {},
                         .place = problems_.back().place,
                         .related = {}});
  }
  return std::move(problems_);
}

bool Reader::is_map(const Tree& tree, const std::string& what) {
  if (tree.kind == Tree::Kind::map) return true;
  const auto got = tree.kind == Tree::Kind::nothing ? std::string("nothing")
                   : tree.is_text()                 ? ticked(tree.text)
                                                    : std::string(form_of(tree));
  problem(tree.span, "invalid-request", fmt::format("{}, not {}", what, got));
  return false;
}

std::optional<std::string_view> Reader::text(const Tree& tree, std::string_view key, std::string_view what) {
  if (tree.is_text()) return tree.text;
  if (tree.kind == Tree::Kind::nothing) {
    problem(tree.span, "invalid-request", fmt::format("`{}` has no value", key));
  } else {
    problem(tree.span, "invalid-request", fmt::format("`{}` takes one {}, not {}", key, what, form_of(tree)));
  }
  return std::nullopt;
}

std::optional<bool> Reader::boolean(const Tree& tree, std::string_view key) {
  if (tree.kind == Tree::Kind::plain && tree.text == "true") return true;
  if (tree.kind == Tree::Kind::plain && tree.text == "false") return false;
  problem(tree.span, "invalid-request", fmt::format("`{}` is `true` or `false`", key));
  return std::nullopt;
}

std::optional<Time> Reader::time(const Tree& tree, std::string_view key) {
  const auto written = text(tree, key, "time");
  if (!written) return std::nullopt;
  const auto time = parse_time(*written);
  if (!time) {
    problem(tree.span, "invalid-request", fmt::format("{} is no time", ticked(*written)),
            "write `" + std::string(key) + "` like `2026-06-01T12:00:00Z`");
  }
  return time;
}

std::optional<NodeId> Reader::node(const Tree& tree, Dimension dimension) {
  const auto name = text(tree, key_of(dimension), "name");
  if (!name) return std::nullopt;
  const Taxonomy& taxonomy = vocabulary_.of(dimension);
  const auto node = taxonomy.find(*name);
  if (node) return node;
  if (full()) {
    problem({}, {}, {});
    return std::nullopt;
  }
  std::string elsewhere;
  for (std::size_t other = 0; other < 3; ++other) {
    if (other == static_cast<std::size_t>(dimension) || !vocabulary_.taxonomies[other].find(*name)) continue;
    elsewhere = fmt::format("{} is a {}", ticked(*name), kinds[other]);
  }
  unknown_name(tree, kinds[static_cast<std::size_t>(dimension)], *name, taxonomy.names(), elsewhere);
  return std::nullopt;
}

std::optional<std::vector<NodeId>> Reader::nodes(const Tree& tree, Dimension dimension) {
  std::vector<NodeId> found;
  bool good = true;
  const auto add = [&](const Tree& name) {
    const auto id = node(name, dimension);
    if (id) found.push_back(*id);
    good &= id.has_value();
  };
  if (tree.kind != Tree::Kind::list) {
    add(tree);
  } else if (tree.items.empty()) {
    problem(tree.span, "invalid-request", fmt::format("`{}` is an empty list", key_of(dimension)),
            fmt::format("name at least one {}", kinds[static_cast<std::size_t>(dimension)]));
    good = false;
  } else {
    std::for_each(tree.items.begin(), tree.items.end(), add);
  }
  if (!good) return std::nullopt;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<NoticeId> Reader::notice(const Tree& tree) {
  const auto name = text(tree, "notice", "name");
  if (!name) return std::nullopt;
  const auto notice = vocabulary_.find_notice(*name);
  if (!notice) {
    std::vector<std::string_view> known;
    if (!full()) {
      for (const Notice& each : vocabulary_.notices) known.push_back(each.name);
    }
    unknown_name(tree, "notice", *name, known);
  }
  return notice;
}

std::optional<std::int64_t> Reader::version(const Tree& tree, std::optional<NoticeId> notice) {
  std::int64_t version = 0;
  const char* const end = tree.text.data() + tree.text.size();
  const auto [read_to, error] = std::from_chars(tree.text.data(), end, version);
  if (tree.kind != Tree::Kind::plain || !is_decimal(tree.text) || error != std::errc() || read_to != end) {
    problem(tree.span, "invalid-request", "`version` is an integer from 1");
    return std::nullopt;
  }
  if (version < 1) {
    problem(tree.span, "invalid-request", fmt::format("there is no version {}: versions count from 1", version));
    return std::nullopt;
  }
  if (notice && version > vocabulary_.notices[*notice].version) {
    const Notice& known = vocabulary_.notices[*notice];
    problem(tree.span, "invalid-request",
            fmt::format("there is no version {} of notice {}: the current one is {}", version, ticked(known.name),
                        known.version));
    return std::nullopt;
  }
  return version;
}

void Reader::unknown_key(const Tree& tree, const std::vector<std::string_view>& known) {
  if (full()) return problem({}, {}, {});
  std::string help = tree.key.size() <= limits::name_bytes ? did_you_mean(tree.key, known) : "";
  if (help.empty()) help = fmt::format("the keys are `{}`", fmt::join(known, "`, `"));
  problem(tree.key_span, "unknown-name", fmt::format("unknown key {}", ticked(tree.key)), std::move(help));
}

void Reader::unknown_name(const Tree& tree, std::string_view kind, std::string_view name,
                          const std::vector<std::string_view>& known, std::string otherwise) {
  if (full()) return problem({}, {}, {});
  std::string help = std::move(otherwise);
  if (help.empty() && name.size() <= limits::name_bytes) help = did_you_mean(name, known);
  problem(tree.span, "unknown-name", fmt::format("there is no {} {}", kind, ticked(name)), std::move(help));
}

void Reader::missing(const Tree& tree, std::string_view key, std::string help) {
  problem(tree.span, "invalid-request", fmt::format("`{}` is missing", key), std::move(help));
}

}  // namespace zweck
