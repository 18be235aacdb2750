#include "question.hpp"

#include <fmt/format.h>

#include <algorithm>

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

// "a, b": its parts. A part in double quotes may hold commas.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  std::string part;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      parts.push_back(std::move(part));
      part.clear();
    } else {
      part += c;
    }
  }
  parts.push_back(std::move(part));
  for (std::string& one : parts) {
    one = trimmed(one);
    if (one.size() >= 2 && one.front() == '"' && one.back() == '"') one = one.substr(1, one.size() - 2);
  }
  return parts;
}

// The value is read by the type of the fact: true and 30 are no texts unless a text is expected.
Tree fact_tree(const Vocabulary& vocabulary, std::string_view name, std::string_view value) {
  const std::optional<FactId> fact = vocabulary.find_fact(name);
  if (!fact) return text_tree(std::string(value));
  const Type& type = vocabulary.facts[*fact].type;
  if (!type.set) {
    Tree tree = text_tree(std::string(value));
    if (type.kind == TypeKind::boolean || type.kind == TypeKind::integer) tree.kind = Tree::Kind::plain;
    return tree;
  }
  std::string_view members = trimmed(value);
  if (members.starts_with('{') && members.ends_with('}')) members = trimmed(members.substr(1, members.size() - 2));
  return list_tree(members.empty() ? std::vector<std::string>{} : split(members));
}

// The events of a ledger file, YAML or JSON. Nothing after a complaint.
std::optional<Result<Ledger>> ledger_of(const Vocabulary& vocabulary, const std::string& path, Io& io,
                                        std::optional<std::size_t>* entries) {
  std::string text, shown = path;
  if (path == "-") {
    shown = "<stdin>";
    auto [input, why] = read_standard_input();
    if (!why.empty()) {
      complain(io, fmt::format("cannot read the ledger from the standard input: {}", why));
      return std::nullopt;
    }
    text = std::move(input);
  } else {
    Result<std::string> file = read_file(path, path);
    if (!file) {
      complain(io, file.diagnostics());
      return std::nullopt;
    }
    text = *std::move(file);
  }
  Sources sources;
  sources.add({shown, text});
  Diagnostics wrong = check_text(sources, 0);
  // JSON is YAML but for its escapes and its depth, and YAML says where a mistake is.
  const bool json = path.ends_with(".json");
  Result<Tree> tree = !wrong.empty() ? Result<Tree>(wrong) : json ? read_json(sources[0].text) : read_yaml(sources, 0);
  if (!tree) {
    Diagnostics diagnostics = tree.diagnostics();
    for (Diagnostic& diagnostic : diagnostics) {
      if (diagnostic.place.file.empty()) diagnostic.place.file = shown;
    }
    complain(io, diagnostics);
    return std::nullopt;
  }
  Result<Ledger> ledger = read_ledger(vocabulary, *tree, json ? Sources() : sources);
  if (entries != nullptr) *entries = tree->items.size();
  if (ledger) return ledger;
  Diagnostics problems = ledger.diagnostics();
  for (Diagnostic& problem : problems) {
    if (problem.place.file.empty()) problem.place.file = shown;
  }
  return problems;
}

}  // namespace

std::vector<std::string> data_names(const Vocabulary& vocabulary, const std::vector<std::string>& given) {
  std::vector<std::string> names;
  for (const std::string& text : given) {
    if (vocabulary.of(Dimension::data).find(text)) {
      names.push_back(text);
    } else {
      const std::vector<std::string> parts = split(text);
      names.insert(names.end(), parts.begin(), parts.end());
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
  add_repeated(app, "--fact", options.facts, "NAME=VALUE", "a fact, such as age=30; a set as {a, b}");
  add_single(app, "--ledger", options.ledger, "FILE",
             "what the customer said and was told, as YAML or JSON; `-` is the standard input; not known if left out");
  add_single(app, "--at", options.at, "TIME", "when, such as 2026-06-01T12:00:00Z (default now)");
}

std::optional<Result<ResolvedRequest>> ask(const Engine& engine, const QuestionOptions& options, Io& io,
                                           std::optional<std::size_t>* entries) {
  const Vocabulary& vocabulary = engine.program()->vocabulary();
  Tree request, facts;
  request.kind = facts.kind = Tree::Kind::map;
  add(request, "data", list_tree(data_names(vocabulary, options.data)));
  add(request, "purpose", text_tree(options.purpose));
  add(request, "partner", text_tree(options.partner));
  if (!options.at.empty()) add(request, "at", text_tree(options.at));
  for (const std::string& fact : options.facts) {
    const std::size_t equals = fact.find('=');
    if (equals == std::string::npos || equals == 0) {
      complain(io, fmt::format("`{}` is no fact", fact), "write it as NAME=VALUE, such as `--fact age=30`");
      return std::nullopt;
    }
    const std::string name(trimmed(fact.substr(0, equals)));
    add(facts, name, fact_tree(vocabulary, name, fact.substr(equals + 1)));
  }
  if (!facts.items.empty()) add(request, "facts", std::move(facts));

  std::optional<Ledger> ledger;
  Diagnostics problems;
  if (!options.ledger.empty()) {
    std::optional<Result<Ledger>> read = ledger_of(vocabulary, options.ledger, io, entries);
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
