// One question as it is asked on the command line: names, facts, a ledger, a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "engine/explain_model.hpp"
#include "model/request.hpp"
#include "zweck/engine.hpp"

namespace zweck::command {

struct QuestionOptions {
  std::vector<std::string> data;
  std::string purpose, partner;
  std::vector<std::string> facts;  // NAME=VALUE
  std::string ledger;              // a file, `-`, or empty
  std::string at;

  bool empty() const {
    return data.empty() && purpose.empty() && partner.empty() && facts.empty() && ledger.empty() && at.empty();
  }
};

// The text of a file or pipe, or of the standard input (`-`). Nothing after a complaint.
std::optional<std::string> read_text(const std::string& path, Io& io);

// Names given one by one or with commas, each once; a name that has a comma itself is taken as it is.
std::vector<std::string> data_names(const Vocabulary& vocabulary, const std::vector<std::string>& given);

void add_question(CLI::App& app, QuestionOptions& options);

// The question, resolved. Nothing if it cannot be asked at all (bad usage, an unreadable ledger), after a complaint;
// and diagnostics if it is no valid request. `written` becomes what it no longer tells.
std::optional<Result<ResolvedRequest>> ask(const Engine& engine, const QuestionOptions& options, Io& io,
                                           AsWritten* written = nullptr);

// The answer to it, or to what is no valid request.
Answer answer_to(const Engine& engine, const Result<ResolvedRequest>& request);

}  // namespace zweck::command
