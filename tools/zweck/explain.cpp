// `zweck explain`: why a request is answered as it is.
#include "zweck/explain.hpp"

#include <fmt/format.h>

#include <memory>

#include "command.hpp"
#include "engine/explain_model.hpp"
#include "engine/program.hpp"
#include "files.hpp"
#include "question.hpp"
#include "sets.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::string directory;
  QuestionOptions question;
  std::string request;
  std::string format = "text";
};

// The text of a request that is given as JSON: in place, or in a file. Nothing after a complaint.
std::optional<std::string> request_text(const std::string& given, Io& io) {
  const std::size_t first = given.find_first_not_of(" \t\r\n");
  if (first != given.npos && (given[first] == '{' || given[first] == '[')) return given;
  std::optional<std::string> text = read_text(given, io);
  if (text && text->starts_with(byte_order_mark)) text->erase(0, byte_order_mark.size());
  return text;
}

int run_explain(const Options& options, Io& io) {
  const QuestionOptions& question = options.question;
  const bool as_json = !options.request.empty();
  if (as_json && !question.empty()) {
    return complain(io, "explain: --request takes its question from there alone",
                    "leave out --data, --purpose, --partner, --fact, --ledger and --at");
  }
  if (!as_json && (question.data.empty() || question.purpose.empty() || question.partner.empty())) {
    const char* missing = question.data.empty() ? "--data" : question.purpose.empty() ? "--purpose" : "--partner";
    return complain(io, fmt::format("explain: {} is missing", missing),
                    "a question names --data, --purpose and --partner; or is given as JSON by --request");
  }
  const std::optional<Engine> engine = load_engine(options.directory, io);
  if (!engine) return exit_failed;
  Explanation explanation;
  if (as_json) {
    const std::optional<std::string> text = request_text(options.request, io);
    if (!text) return exit_failed;
    explanation = explain_json(*engine, *text);
  } else {
    AsWritten written;
    const auto request = ask(*engine, question, io, &written);
    if (!request) return exit_failed;
    if (*request) {
      explanation = explain(engine->program()->model(), **request, answer_to(*engine, *request), written);
    } else {
      explanation.answer = answer_to(*engine, *request);
    }
  }
  io.out.write(options.format == "json" ? to_json(explanation) + "\n"
                                        : wrapped(to_text(explanation, io.out.colour()), io.out.columns()));
  return explanation.answer.allowed() ? exit_fine : exit_findings;
}

}  // namespace

const Subcommand explain_command{
    .name = "explain",
    .summary = "show why data may or may not be used",
    .positional = "DIR",
    .examples =
        "zweck explain policies/shop --data wardrobe --purpose recommendation --partner shop \\\n"
        "      --fact age=30 --ledger policies/shop/customers/anna.yaml\n"
        "zweck explain policies/shop --request \\\n"
        "      '{\"data\": \"health\", \"purpose\": \"advertising\", \"partner\": \"shop\", \"ledger\": []}'",
    .notes =
        "Takes the same question as `zweck decide`, and shows the rules that decided with file and line, for each "
        "rule\n"
        "that came close the one thing that failed, what is not known, and what would help.\n"
        "Exits 0 for allow, 1 for deny, 2 if it cannot be decided at all.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("DIR", options->directory, "directory or bundle of the policy set")->required();
      add_question(app, options->question);
      add_single(app, "--request", options->request, "JSON|FILE",
                 "the question as `lint` and `test` show it; `-` is the standard input");
      add_choice(app, "--format", options->format, {"text", "json"}, "how it is written");
      return [options](Io& io) { return run_explain(*options, io); };
    },
};

}  // namespace zweck::command
