// `zweck explain`: why a request is answered as it is.
#include "zweck/explain.hpp"

#include <fmt/format.h>

#include <memory>

#include "command.hpp"
#include "engine/explain_model.hpp"
#include "engine/program.hpp"
#include "question.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::string directory;
  QuestionOptions question;
  std::string format = "text";
};

int run_explain(const Options& options, Io& io) {
  const QuestionOptions& question = options.question;
  if (question.data.empty() || question.purpose.empty() || question.partner.empty()) {
    const char* missing = question.data.empty() ? "--data" : question.purpose.empty() ? "--purpose" : "--partner";
    return complain(io, fmt::format("explain: {} is missing", missing),
                    "a question names --data, --purpose and --partner");
  }
  const std::optional<Engine> engine = load_engine(options.directory, io);
  if (!engine) return exit_failed;
  const auto request = ask(*engine, question, io);
  if (!request) return exit_failed;
  Explanation explanation;
  if (*request) {
    explanation = explain(engine->program()->model(), **request, answer_to(*engine, *request));
  } else {
    explanation.answer = answer_to(*engine, *request);
  }
  io.out.write(options.format == "json" ? to_json(explanation) + "\n" : to_text(explanation, io.out.colour()));
  return explanation.answer.allowed() ? exit_fine : exit_findings;
}

}  // namespace

const Subcommand explain_command{
    .name = "explain",
    .summary = "show why data may or may not be used",
    .positional = "DIR",
    .examples = "zweck explain policies/shop --data wardrobe --purpose recommendation --partner shop \\\n"
                "      --fact age=30 --ledger anna.yaml",
    .notes = "Takes the same question as `zweck decide`, and shows the rules that decided with file and line, for each rule\n"
             "that came close the one thing that failed, what is not known, and what would help.\n"
             "Exits 0 for allow, 1 for deny, 2 if it cannot be decided at all.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("DIR", options->directory, "directory of the policy set")->required();
      add_question(app, options->question);
      add_choice(app, "--format", options->format, {"text", "json"}, "how it is written");
      return [options](Io& io) { return run_explain(*options, io); };
    },
};

}  // namespace zweck::command
