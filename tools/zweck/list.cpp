// `zweck list`: everything that is allowed for given facts and a given ledger.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "command.hpp"
#include "engine/decide.hpp"
#include "engine/program.hpp"
#include "progress.hpp"
#include "question.hpp"
#include "sets.hpp"
#include "text/json_text.hpp"
#include "text/suggest.hpp"

namespace zweck::command {

namespace {

struct Options {
  std::string directory;
  QuestionOptions question;
  std::string format = "text";
};

struct Count {
  std::uint64_t points = 0, allowed = 0, unknown = 0;
};

// Column widths of the text; longer names push the rest of their line to the right.
constexpr std::size_t widest = 32;

std::string number(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

// One point at a time: allowed only if it and its sources are. Keeps nothing but the point at hand.
class Lister {
 public:
  Lister(std::shared_ptr<const Program> program, const ResolvedRequest& request,
         const std::array<std::vector<NodeId>, 3>& sides)
      : program_(std::move(program)), sides_(sides) {
    facts_.program = program_;
    facts_.values = request.facts;
    bind(facts_);
    subject_ = bind(program_, request.ledger, request.at);
  }

  // Calls write(point, rules) for each allowed point, in the order of the names, until it returns false.
  template <class Write>
  Count run(Progress& progress, Write write) {
    Count count;
    const std::size_t all = sides_[0].size() * sides_[1].size() * sides_[2].size();
    for (const NodeId data : sides_[0]) {
      for (const NodeId purpose : sides_[1]) {
        progress.at("asking", count.points, all);
        for (const NodeId partner : sides_[2]) {
          ++count.points;
          std::set<RuleId> rules;
          Status status = ask({data, purpose, partner}, rules);
          for (const NodeId source : program_->vocabulary().of(Dimension::data).sources(data)) {
            if (status == Status::forbidden || status == Status::not_permitted) break;
            status = std::min(status, ask({source, purpose, partner}, rules));
          }
          count.unknown += status == Status::indeterminate;
          if (status != Status::allowed) continue;
          ++count.allowed;
          const auto aside = progress.aside();
          if (!write(Point{data, purpose, partner}, rules)) return count;
        }
      }
    }
    return count;
  }

 private:
  Status ask(const Point& point, std::set<RuleId>& rules) const {
    const Question question{*program_, facts_, *subject_, point, subject_->known ? ledger_bits(*subject_, point) : 0};
    return decide_point(question, [&](RuleId rule) { rules.insert(rule); });
  }

  std::shared_ptr<const Program> program_;
  const std::array<std::vector<NodeId>, 3>& sides_;
  Facts::State facts_;
  std::shared_ptr<const Subject::State> subject_;
};

// The leaves to be listed in one dimension: all, or those at or below the names. Nothing after a complaint.
std::optional<std::vector<NodeId>> leaves_listed(const Taxonomy& taxonomy, std::string_view kind,
                                                 const std::vector<std::string>& names, Io& io) {
  if (names.empty()) return taxonomy.leaves();
  std::set<NodeId> leaves;
  bool fine = true;
  for (const std::string& name : names) {
    if (const std::optional<NodeId> node = taxonomy.find(name)) {
      leaves.insert(taxonomy.leaves_below(*node).begin(), taxonomy.leaves_below(*node).end());
    } else {
      complain(io, fmt::format("list: there is no {} `{}`", kind, name), did_you_mean(name, taxonomy.names()));
      fine = false;
    }
  }
  if (!fine) return std::nullopt;
  return std::vector<NodeId>(leaves.begin(), leaves.end());
}

int write_json(Lister& lister, const Model& model, Io& io) {
  bool first = true;
  Progress progress;
  io.out.write("{\"points\": [");
  lister.run(progress, [&](const Point& point, const std::set<RuleId>& rules) {
    std::string names;
    for (const RuleId rule : rules) names += (names.empty() ? "" : ", ") + json_quote(model.rules[rule].name);
    const auto& taxonomies = model.vocabulary.taxonomies;
    io.out.write(fmt::format("{}{{\"data\": {}, \"purpose\": {}, \"partner\": {}, \"rules\": [{}]}}",
                             first ? "\n  " : ",\n  ", json_quote(taxonomies[0].nodes[point.data].name),
                             json_quote(taxonomies[1].nodes[point.purpose].name),
                             json_quote(taxonomies[2].nodes[point.partner].name), names));
    first = false;
    return !io.out.failed();
  });
  const auto aside = progress.aside();
  io.out.write(first ? "]}\n" : "\n]}\n");
  return exit_fine;
}

int write_text(Lister& lister, const Model& model, const std::array<std::vector<NodeId>, 3>& sides, Io& io) {
  const auto& taxonomies = model.vocabulary.taxonomies;
  std::array<std::size_t, 3> widths{4, 7, 7};
  for (std::size_t d = 0; d < 3; ++d) {
    for (const NodeId node : sides[d])
      widths[d] = std::max(widths[d], std::min(widest, taxonomies[d].nodes[node].name.size()));
  }
  const auto line = [&](std::string_view data, std::string_view purpose, std::string_view partner,
                        std::string_view rules) {
    return fmt::format("{:{}}  {:{}}  {:{}}  {}\n", data, widths[0], purpose, widths[1], partner, widths[2], rules);
  };
  bool first = true;
  Progress progress;
  const Count count = lister.run(progress, [&](const Point& point, const std::set<RuleId>& rules) {
    if (first) {
      const std::string title = line("data", "purpose", "partner", "allowed by");
      io.out.write(styled(title.substr(0, title.size() - 1), Style::faint, io.out.colour()) + "\n");
    }
    first = false;
    std::string names;
    for (const RuleId rule : rules) names += (names.empty() ? "" : ", ") + model.rules[rule].name;
    io.out.write(line(taxonomies[0].nodes[point.data].name, taxonomies[1].nodes[point.purpose].name,
                      taxonomies[2].nodes[point.partner].name, names));
    return !io.out.failed();
  });
  const auto aside = progress.aside();
  io.out.write(fmt::format("{}{} of {} use{} {} allowed{}\n", first ? "" : "\n", number(count.allowed),
                           number(count.points), count.points == 1 ? "" : "s",
                           count.allowed == 1 || count.points == 1 ? "is" : "are",
                           count.unknown == 0 ? ""
                                              : fmt::format("; of {} more it is not known", number(count.unknown))));
  return exit_fine;
}

int run_list(const Options& options, Io& io) {
  const std::optional<Engine> engine = load_engine(options.directory, io);
  if (!engine) return exit_failed;
  const Model& model = engine->program()->model();
  const auto& taxonomies = model.vocabulary.taxonomies;
  const QuestionOptions& given = options.question;
  const auto one = [](const std::string& name) {
    return name.empty() ? std::vector<std::string>() : std::vector<std::string>{name};
  };
  const auto data = leaves_listed(taxonomies[0], "data node", data_names(model.vocabulary, given.data), io);
  const auto purpose = leaves_listed(taxonomies[1], "purpose", one(given.purpose), io);
  const auto partner = leaves_listed(taxonomies[2], "partner", one(given.partner), io);
  if (!data || !purpose || !partner) return exit_failed;
  const std::array sides{*data, *purpose, *partner};
  for (std::size_t d = 0; d < 3; ++d) {
    constexpr std::array<std::string_view, 3> kinds{"data", "purposes", "partners"};
    if (sides[d].empty()) return complain(io, fmt::format("`{}` has no {} to list", options.directory, kinds[d]));
  }
  // Facts, ledger and time are read as in any question; what it asks for does not matter.
  QuestionOptions question = given;
  question.data = {taxonomies[0].nodes[sides[0].front()].name};
  question.purpose = taxonomies[1].nodes[sides[1].front()].name;
  question.partner = taxonomies[2].nodes[sides[2].front()].name;
  const auto request = ask(*engine, question, io);
  if (!request) return exit_failed;
  if (!*request) {
    for (const std::string& problem : answer_to(*engine, *request).problems) complain(io, "list: " + problem);
    return exit_failed;
  }
  const ResolvedRequest& resolved = **request;
  Lister lister(engine->program(), resolved, sides);
  return options.format == "json" ? write_json(lister, model, io) : write_text(lister, model, sides, io);
}

}  // namespace

const Subcommand list_command{
    .name = "list",
    .summary = "list everything that is allowed",
    .positional = "DIR",
    .examples =
        "zweck list policies/shop --partner shop --fact age=30 --ledger policies/shop/customers/anna.yaml\n"
        "zweck list policies/shop --format json --data purchases --ledger policies/shop/customers/anna.yaml",
    .notes =
        "What is left out of --data, --purpose and --partner is listed whole. Without a ledger nothing that depends "
        "on\n"
        "the customer's answers is allowed; an empty ledger, `[]`, is that of somebody who never said anything.",
    .declare = [](CLI::App& app) -> Run {
      auto options = std::make_shared<Options>();
      app.add_option("DIR", options->directory, "directory or bundle of the policy set")->required();
      add_question(app, options->question);
      add_choice(app, "--format", options->format, {"text", "json"}, "how it is written");
      return [options](Io& io) { return run_list(*options, io); };
    },
};

}  // namespace zweck::command
