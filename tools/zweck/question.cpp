#include "question.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "engine/answer.hpp"
#include "files.hpp"
#include "text/tree.hpp"

namespace zweck::command {

namespace {

Tree text_tree(std::string text) {
  Tree tree;
  tree.kind = Tree::Kind::quoted;
  tree.text = std::move(text);
  return tree;
}

Tree list_tree(std::vector<std::string> texts) {
  Tree tree;
  tree.kind = Tree::Kind::list;
  for (std::string& text : texts) tree.items.push_back(text_tree(std::move(text)));
  return tree;
}

void add(Tree& map, std::string key, Tree value) {
  map.kind = Tree::Kind::map;
  value.key = std::move(key);
  map.items.push_back(std::move(value));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

// A value as rules write it: a string in quotes, with its escapes, or any other text as it stands. Nothing if it begins
// like a string and is none.
std::optional<std::string> read_value(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with('"')) return std::string(text);
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1 == text.size() ? std::optional(std::move(value)) : std::nullopt;
    if (text[i] == '\\' && (++i == text.size() || (text[i] != '"' && text[i] != '\\'))) return std::nullopt;
    value += text[i];
  }
  return std::nullopt;
}

// What stands between commas; commas within quotes are text.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"' && (quoted || trimmed(text.substr(begin, i - begin)).empty())) {
      quoted = !quoted;
    } else if (text[i] == ',' && !quoted) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(text.substr(std::min(begin, text.size())));
  return parts;
}

// "NAME=VALUE", its value read by the type of the fact: true and 30 are no texts unless a text is expected. Nothing after
// a complaint.
std::optional<Tree> fact_tree(const Vocabulary& vocabulary, const std::string& given, Io& io) {
  const std::size_t equals = given.find('=');
  const std::string name(trimmed(given.substr(0, equals)));
  const auto refuse = [&](std::string_view what) {
    complain(io, fmt::format("`--fact {}`: {}", given, what), "write it as NAME=VALUE, such as `--fact age=30`");
    return std::nullopt;
  };
  if (equals == std::string::npos) return refuse("no value is given");
  if (name.empty()) return refuse("no name is given");

  const std::optional<FactId> fact = vocabulary.find_fact(name);
  static const Type text_type{.kind = TypeKind::string, .choices = {}, .taxonomy = 0};
  const Type& type = fact ? vocabulary.facts[*fact].type : text_type;
  std::string_view value = trimmed(std::string_view(given).substr(equals + 1));
  Tree tree;
  if (type.set) {
    if (value.starts_with('{') != value.ends_with('}') || value.starts_with('[')) {
      return refuse("a set stands in braces, such as {a, b}");
    }
    if (value.starts_with('{')) value = trimmed(value.substr(1, value.size() - 2));
    tree.kind = Tree::Kind::list;
    if (!value.empty()) {
      for (const std::string_view part : split(value)) {
        std::optional<std::string> member = read_value(part);
        if (!member) return refuse(fmt::format("{} is no text in quotes", trimmed(part)));
        if (trimmed(part).empty()) return refuse("nothing stands between two commas");
        tree.items.push_back(text_tree(*std::move(member)));
      }
    }
  } else {
    std::optional<std::string> text = read_value(value);
    if (!text) return refuse(fmt::format("{} is no text in quotes", value));
    tree = text_tree(*std::move(text));
    const bool bare = !value.starts_with('"');
    if (bare && (type.kind == TypeKind::boolean || type.kind == TypeKind::integer)) tree.kind = Tree::Kind::plain;
  }
  tree.key = name;
  return tree;
}

// The events of a ledger file, YAML or JSON. Nothing after a complaint.
std::optional<Result<Ledger>> ledger_of(const Vocabulary& vocabulary, const std::string& path, Io& io,
                                        std::size_t& events) {
  std::optional<std::string> text = read_text(path, io);
  if (!text) return std::nullopt;
  const std::string shown = path == "-" ? "<stdin>" : path;
  Sources sources;
  sources.add({shown, *std::move(text)});
  Diagnostics wrong = check_text(sources, 0);
  const bool json = path.ends_with(".json");
  Result<Tree> tree = !wrong.empty() ? Result<Tree>(wrong) : json ? read_json(sources[0].text) : read_yaml(sources, 0);
  // JSON is YAML but for its escapes and its depth, and YAML knows where a mistake is.
  if (!tree && json && wrong.empty()) {
    if (Result<Tree> placed = read_yaml(sources, 0); !placed) tree = std::move(placed);
  }
  if (!tree) {
    Diagnostics diagnostics = tree.diagnostics();
    for (Diagnostic& diagnostic : diagnostics) {
      if (diagnostic.place.file.empty()) diagnostic.place.file = shown;
    }
    complain(io, diagnostics);
    return std::nullopt;
  }
  Result<Ledger> ledger = read_ledger(vocabulary, *tree, json ? Sources() : sources);
  events = tree->items.size();
  if (ledger) return ledger;
  if (json) {
    const Result<Tree> placed = read_yaml(sources, 0);
    if (Result<Ledger> same = placed ? read_ledger(vocabulary, *placed, sources) : ledger; !same) ledger = same;
  }
  Diagnostics problems = ledger.diagnostics();
  for (Diagnostic& problem : problems) {
    if (problem.place.file.empty()) problem.place.file = shown;
  }
  return problems;
}

}  // namespace

std::optional<std::string> read_text(const std::string& path, Io& io) {
  const bool standard = path == "-";
  std::error_code unknown;
  if (!standard && !std::filesystem::is_fifo(path, unknown)) {
    Result<std::string> file = read_file(path, path);
    if (file) return *std::move(file);
    complain(io, file.diagnostics());
    return std::nullopt;
  }
  // A pipe is what a shell makes of `<(command)`.
  const int descriptor = standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  auto [text, why] = descriptor < 0 ? std::pair(std::string(), std::string(std::strerror(errno))) : read_all(descriptor);
  if (!standard && descriptor >= 0) ::close(descriptor);
  if (why.empty()) return std::move(text);
  complain(io, fmt::format("cannot read {}: {}", standard ? "the standard input" : "`" + path + "`", why));
  return std::nullopt;
}

std::vector<std::string> data_names(const Vocabulary& vocabulary, const std::vector<std::string>& given) {
  std::vector<std::string> names;
  for (const std::string& text : given) {
    if (vocabulary.of(Dimension::data).find(text)) {
      names.push_back(text);
    } else {
      // What is no text in quotes is no name either, and is reported as it stands.
      for (const std::string_view part : split(text)) names.push_back(read_value(part).value_or(std::string(part)));
    }
  }
  std::vector<std::string> unique;
  for (const std::string& name : names) {
    if (std::find(unique.begin(), unique.end(), name) == unique.end()) unique.push_back(name);
  }
  return unique;
}

void add_question(CLI::App& app, QuestionOptions& options) {
  add_repeated(app, "--data", options.data, "NAME", "data to be used; several times, or several with commas");
  add_single(app, "--purpose", options.purpose, "NAME", "what it is to be used for");
  add_single(app, "--partner", options.partner, "NAME", "who is to use it");
  add_repeated(app, "--fact", options.facts, "NAME=VALUE",
               "a fact, as rules write it: age=30, roles={a, \"b c\"}; several times");
  add_single(app, "--ledger", options.ledger, "FILE",
             "what the customer said and was told, as YAML or JSON; `-` is the standard input; not known if left out");
  add_single(app, "--at", options.at, "TIME", "when, such as 2026-06-01T12:00:00Z (default now)");
}

std::optional<Result<ResolvedRequest>> ask(const Engine& engine, const QuestionOptions& options, Io& io,
                                           AsWritten* written) {
  const Vocabulary& vocabulary = engine.program()->vocabulary();
  Tree request, facts;
  request.kind = facts.kind = Tree::Kind::map;
  add(request, "data", list_tree(data_names(vocabulary, options.data)));
  add(request, "purpose", text_tree(options.purpose));
  add(request, "partner", text_tree(options.partner));
  if (!options.at.empty()) add(request, "at", text_tree(options.at));
  for (const std::string& fact : options.facts) {
    std::optional<Tree> tree = fact_tree(vocabulary, fact, io);
    if (!tree) return std::nullopt;
    facts.items.push_back(*std::move(tree));
  }
  if (!facts.items.empty()) add(request, "facts", std::move(facts));

  std::optional<Ledger> ledger;
  Diagnostics problems;
  std::size_t events = 0;
  if (!options.ledger.empty()) {
    std::optional<Result<Ledger>> read = ledger_of(vocabulary, options.ledger, io, events);
    if (!read) return std::nullopt;
    if (*read) {
      ledger = *std::move(*read);
    } else {
      problems = read->diagnostics();
    }
  }
  Result<ResolvedRequest> resolved = read_request(vocabulary, request, nullptr, Time::now(), {});
  if (!resolved) problems.insert(problems.begin(), resolved.diagnostics().begin(), resolved.diagnostics().end());
  if (!problems.empty()) return problems;
  if (written != nullptr) {
    *written = as_written(vocabulary, request);
    if (ledger) written->events = events;
  }
  resolved->ledger = std::move(ledger);
  return resolved;
}

Answer answer_to(const Engine& engine, const Result<ResolvedRequest>& request) {
  // The engine outlives the call, so the program is borrowed only.
  if (request) return answer(engine.program(), *request);
  Answer answer;
  answer.revision = engine.revision();
  for (const Diagnostic& diagnostic : request.diagnostics()) {
    const Place& place = diagnostic.place;
    std::string text = place.file.empty() ? ""
                       : place.line == 0  ? place.file + ": "
                                          : fmt::format("{}:{}:{}: ", place.file, place.line, place.column);
    text += diagnostic.message;
    if (!diagnostic.help.empty()) text += "; " + diagnostic.help;
    answer.problems.push_back(std::move(text));
  }
  return answer;
}

}  // namespace zweck::command
