// `zweck decide`: one request from options, or many from a file of JSON lines.
#include <fmt/format.h>

#include <memory>

#include "command.hpp"
#include "engine/program.hpp"
#include "question.hpp"
#include "request_lines.hpp"
#include "sets.hpp"
#include "text/source.hpp"
#include "zweck/explain.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::string directory;
  QuestionOptions question;
  std::string requests;
  std::string format = "auto";
};

std::string joined(const std::vector<std::string>& words, const std::string& between = ", ") {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

std::string obligations_text(const Obligations& obligations) {
  std::string out;
  if (obligations.keep) out = "keep no longer than " + to_string(*obligations.keep);
  if (!obligations.oblige.empty()) out += (out.empty() ? "" : "; ") + joined(obligations.oblige);
  return out;
}

std::string verdict(const Answer& answer, bool colour) {
  if (answer.allowed()) return styled("allow", Style::green, colour);
  std::string status(name_of(answer.status));
  if (answer.status == Status::not_permitted) status = "not permitted";
  return styled("deny", Style::red, colour) + fmt::format(" ({})", status);
}

// One answer for a person, on several lines.
std::string text_of(const Answer& answer, const std::vector<std::string>& data, const QuestionOptions& question,
                    bool colour) {
  std::string out = fmt::format("{}: {} for {} by {}\n", verdict(answer, colour), visible(joined(data)),
                                visible(question.purpose), visible(question.partner));
  for (const std::string& problem : answer.problems) out += fmt::format("  {}\n", visible(problem));
  if (!answer.rules.empty()) {
    const char* what = answer.status == Status::indeterminate ? "it depends on" : "by";
    out += fmt::format("  {} {}\n", what, joined(answer.rules));
  }
  if (const std::string text = obligations_text(answer.obligations); !text.empty()) out += fmt::format("  {}\n", text);
  for (std::size_t i = 0; i < answer.needs.size(); ++i)
    out += fmt::format("  {} {}\n", i == 0 ? "it would help" : "and", to_text(answer.needs[i]));
  if (answer.status != Status::allowed && answer.status != Status::invalid) {
    out += "  " + styled("`zweck explain` with the same options says why", Style::faint, colour) + "\n";
  }
  return out;
}

// One answer of many, on one line.
std::string line_of(const Answer& answer, std::size_t number, bool colour) {
  std::string out =
      fmt::format("{}: {}", answer.id ? visible(*answer.id) : fmt::format("line {}", number), verdict(answer, colour));
  if (!answer.rules.empty()) out += ", by " + joined(answer.rules);
  if (const std::string text = obligations_text(answer.obligations); !text.empty()) out += ", " + text;
  for (std::size_t i = 0; i < answer.needs.size(); ++i)
    out += fmt::format(", {} {}", i == 0 ? "it would help" : "and", to_text(answer.needs[i]));
  if (!answer.problems.empty()) out += ": " + visible(joined(answer.problems, "; "));
  return out + "\n";
}

int decide_one(const Engine& engine, const Options& options, Io& io) {
  const auto request = ask(engine, options.question, io);
  if (!request) return exit_failed;
  const Answer answer = answer_to(engine, *request);
  const std::vector<std::string> data = data_names(engine.program()->vocabulary(), options.question.data);
  io.out.write(options.format == "json"
                   ? to_json(answer) + "\n"
                   : wrapped(text_of(answer, data, options.question, io.out.colour()), io.out.columns()));
  return answer.allowed() ? exit_fine : exit_findings;
}

int decide_many(const Engine& engine, const Options& options, Io& io) {
  const bool text = options.format == "text", colour = io.out.colour();
  const std::string why =
      answer_lines(options.requests, io.out, [&](std::string_view line, std::size_t number, std::string& answers) {
        if (text) {
          answers += line_of(engine.answer_json(line), number, colour);
        } else {
          engine.answer_json(line, answers);
          answers += '\n';
        }
      });
  if (why.empty()) return exit_fine;
  return complain(io, fmt::format("cannot read {}: {}",
                                  options.requests == "-" ? "the standard input" : "`" + options.requests + "`", why));
}

int run_decide(const Options& options, Io& io) {
  const QuestionOptions& question = options.question;
  if (!options.requests.empty()) {
    if (!question.empty()) {
      return complain(io, "decide: --requests takes its questions from the file alone",
                      "leave out --data, --purpose, --partner, --fact, --ledger and --at");
    }
  } else if (question.data.empty() || question.purpose.empty() || question.partner.empty()) {
    const char* missing = question.data.empty() ? "--data" : question.purpose.empty() ? "--purpose" : "--partner";
    return complain(io, fmt::format("decide: {} is missing", missing),
                    "a question names --data, --purpose and --partner; or give many with --requests");
  }
  const std::optional<Engine> engine = load_engine(options.directory, io);
  if (!engine) return exit_failed;
  return options.requests.empty() ? decide_one(*engine, options, io) : decide_many(*engine, options, io);
}

}  // namespace

const Subcommand decide_command{
    .name = "decide",
    .summary = "answer whether data may be used",
    .positional = "DIR",
    .examples =
        "zweck decide policies/shop --data wardrobe --purpose recommendation --partner shop \\\n"
        "      --fact age=30 --ledger policies/shop/customers/anna.yaml\n"
        "zweck decide policies/shop --requests requests.jsonl > answers.jsonl",
    .notes =
        "Exits 0 for allow, 1 for deny, 2 if it cannot be decided at all. With --requests it exits 0 once every line\n"
        "is answered; a line that is no valid request is answered as `invalid`.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("DIR", options->directory, "directory or bundle of the policy set")->required();
      add_question(app, options->question);
      add_single(app, "--requests", options->requests, "FILE",
                 "answer many: one request as JSON a line, in order; `-` is the standard input");
      add_choice(app, "--format", options->format, {"auto", "text", "json"},
                 "text for one request, JSON lines for many, or what is said here");
      return [options](Io& io) { return run_decide(*options, io); };
    },
};

}  // namespace zweck::command
