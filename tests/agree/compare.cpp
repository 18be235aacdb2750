#include "agree/compare.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "bundle/bundle.hpp"
#include "engine/request_line.hpp"
#include "model/evaluate.hpp"
#include "model/request.hpp"
#include "reference/calendar.hpp"
#include "zweck/explain.hpp"

namespace agree {
namespace {

using reference::Point;
using reference::Reference;

std::string describe(reference::Status status, const reference::Set& rules, const std::optional<std::string>& keep,
                     const reference::Set& oblige) {
  return fmt::format("{} rules [{}] keep {} oblige [{}]", name_of(status), fmt::join(rules, ", "),
                     keep.value_or("nothing"), fmt::join(oblige, ", "));
}

std::string describe(const reference::Answer& answer) {
  return describe(answer.status, answer.rules, answer.keep, answer.oblige);
}

reference::Status as_reference(zweck::Status status) { return static_cast<reference::Status>(status); }

std::string describe(const zweck::Answer& answer) {
  std::optional<std::string> keep;
  if (answer.obligations.keep) keep = to_string(*answer.obligations.keep);
  std::string result = describe(as_reference(answer.status), {answer.rules.begin(), answer.rules.end()}, keep,
                                {answer.obligations.oblige.begin(), answer.obligations.oblige.end()});
  // Both are sorted, and say so much and no more.
  if (!std::is_sorted(answer.rules.begin(), answer.rules.end())) result += " (rules not sorted)";
  if (!std::is_sorted(answer.obligations.oblige.begin(), answer.obligations.oblige.end()))
    result += " (obligations not sorted)";
  if (answer.problems.empty() == (answer.status == zweck::Status::invalid)) result += " (problems do not fit)";
  if (!answer.needs.empty() && answer.status != zweck::Status::not_permitted &&
      answer.status != zweck::Status::indeterminate)
    result += " (needs do not fit)";
  return result;
}

std::string lines(const zweck::Diagnostics& diagnostics) { return render(diagnostics); }

std::optional<zweck::FactValue> fact_value(const reference::Raw& raw) {
  if (const auto* flag = std::get_if<bool>(&raw)) return *flag;
  if (const auto* number = std::get_if<std::int64_t>(&raw)) return *number;
  if (const auto* text = std::get_if<std::string>(&raw)) return *text;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&raw)) return *texts;
  return std::nullopt;
}

zweck::Request by_names(const reference::Request& request) {
  zweck::Request result;
  result.data = request.data;
  result.purpose = *request.purpose;
  result.partner = *request.partner;
  result.at = zweck::Time{request.at};
  for (const auto& [name, raw] : request.facts) result.facts.emplace_back(name, *fact_value(raw));
  if (request.ledger) result.ledger = events_of(*request.ledger);
  return result;
}

}  // namespace

std::string Tally::text() const {
  return fmt::format(
      "{} sets, {} decisions ({} by JSON: {} forbidden, {} not permitted, {} indeterminate, {} allowed, {} invalid; {} "
      "by ids: {} forbidden, {} not permitted, {} indeterminate, {} allowed), {} with obligations, {} requests without "
      "a ledger, {} with a long one, {} by the quick way, {} points by the model, {} reasons explained",
      worlds, total(), by_json, requests[0], requests[1], requests[2], requests[3], requests[4], by_ids, decisions[0],
      decisions[1], decisions[2], decisions[3], conditional, without_ledger, long_ledgers, quick, by_model, explained);
}

std::vector<zweck::LedgerEvent> events_of(const reference::Ledger& ledger) {
  std::vector<zweck::LedgerEvent> result;
  for (const reference::Event& event : ledger) {
    zweck::LedgerEvent one;
    one.kind = static_cast<zweck::LedgerEvent::Kind>(event.kind);
    for (std::size_t i = 0; i < reference::dimensions.size(); ++i)
      (i == 0 ? one.data : i == 1 ? one.purpose : one.partner) = event.scope[i].value_or(std::vector<std::string>());
    one.at = {event.at};
    if (event.expires) one.expires = zweck::Time{*event.expires};
    one.is_explicit = event.explicit_.value_or(false);
    one.notice = event.notice;
    one.version = event.version.value_or(0);
    result.push_back(one);
  }
  return result;
}

Compared::Compared(const reference::World& world, const reference::Files& files, const zweck::EngineOptions& options,
                   bool bundled)
    : world_(world), reference_(world) {
  auto engine = zweck::Engine::from_texts(files, options);
  std::vector<zweck::Source> sources;
  for (const auto& [path, text] : files) sources.push_back({path, text});
  auto set = zweck::load_texts(sources);
  if (!engine) unloaded_ = Difference{"load " + engine.diagnostics().front().check, lines(engine.diagnostics())};
  if (!set) unloaded_ = Difference{"load " + set.diagnostics().front().check, lines(set.diagnostics())};
  if (unloaded_) return;
  engine_ = std::move(*engine);
  set_ = std::move(*set);
  if (!bundled) return;
  const zweck::Program& program = *engine_->program();
  const auto bytes = zweck::write_bundle(program.model(), program.index());
  auto opened = zweck::open_bundle(zweck::bundle::Mapping::of_bytes(std::as_bytes(std::span(*bytes))), "bundle", options);
  if (!opened) {
    unloaded_ = Difference{"load bundle", lines(opened.diagnostics())};
    return;
  }
  unbundled_ = std::move(engine_);
  engine_ = zweck::Engine(*std::move(opened));
}

std::optional<Difference> Compared::compare(const reference::Request& request, const std::string& json, Tally& tally,
                                            std::size_t most_nodes) const {
  if (auto different = compare_whole(request, json, tally)) return different;
  if (auto different = compare_model(request, json, tally)) return different;
  if (auto different = compare_explained(request, json, tally)) return different;
  if (auto different = compare_bundle(json)) return different;
  return compare_ids(request, tally, most_nodes);
}

std::optional<Difference> Compared::compare_bundle(const std::string& json) const {
  if (!unbundled_) return std::nullopt;
  const auto all_of = [&](const zweck::Engine& engine) {
    const zweck::Explanation explanation = zweck::explain_json(engine, json);
    return fmt::format("{}\n{}\n{}\n{}", engine.revision(), to_json(engine.answer_json(json)), to_json(explanation),
                       to_text(explanation));
  };
  const std::string files = all_of(*unbundled_), bundle = all_of(*engine_);
  if (files == bundle) return std::nullopt;
  return Difference{"bundle", fmt::format("of the files: {}\nof the bundle: {}\n", files, bundle)};
}

std::optional<Difference> Compared::compare_whole(const reference::Request& request, const std::string& json,
                                                  Tally& tally) const {
  const reference::Answer expected = reference_.answer(request);
  const zweck::Answer answer = engine_->answer_json(json);
  ++tally.by_json;
  ++tally.requests[std::size_t(expected.status)];
  tally.without_ledger += !request.ledger;
  tally.long_ledgers += request.ledger && reference::multiplied_out(*request.ledger).size() > 64;
  if (describe(expected) != describe(answer)) {
    return Difference{
        "json", fmt::format("reference: {} ({})\nengine:    {} ({})\n", describe(expected),
                            fmt::join(expected.problems, "; "), describe(answer), fmt::join(answer.problems, "; "))};
  }
  if (auto different = compare_line(json, to_json(answer), tally)) return different;
  if (expected.status == reference::Status::invalid) return std::nullopt;
  const zweck::Request request_by_names = by_names(request);
  const zweck::Answer named = engine_->answer(request_by_names);
  if (describe(expected) != describe(named)) {
    return Difference{"names", fmt::format("reference: {}\nengine, by names: {} ({})\n", describe(expected),
                                           describe(named), fmt::join(named.problems, "; "))};
  }
  const zweck::Decision decision = engine_->decide(request_by_names);
  std::optional<std::string> keep;
  if (decision.keep()) keep = to_string(*decision.keep());
  const auto oblige = engine_->obligations(decision);
  const std::string decided = describe(as_reference(decision.status()), {}, keep, {oblige.begin(), oblige.end()});
  if (decided == describe(expected.status, {}, expected.keep, expected.oblige)) return std::nullopt;
  return Difference{"decided by names",
                    fmt::format("reference: {}\nengine, decided by names: {}\n", describe(expected), decided)};
}

// The way without binding gives the same bytes.
std::optional<Difference> Compared::compare_line(const std::string& json, const std::string& expected,
                                                 Tally& tally) const {
  for (int time = 0; time < 3; ++time) {  // the third time its ledger is known
    std::string line;
    engine_->answer_json(json, line);
    if (line != expected) return Difference{"line", fmt::format("exact: {}\nquick: {}\n", expected, line)};
  }
  static zweck::RequestLine reader;
  static zweck::QuickRequest request;
  std::optional<std::string_view> id;
  tally.quick += reader.read(json, *engine_->program(), request, id);
  return std::nullopt;
}

// Facts bound one by one: each is taken if and only if the reference takes it.
std::optional<zweck::Facts> Compared::bind_facts(const reference::Request& request, std::string& why) const {
  zweck::Facts facts = engine_->facts();
  for (const auto& [name, raw] : request.facts) {
    const auto value = fact_value(raw);
    if (!value) continue;
    reference::Request alone = request;
    alone.facts = {{name, raw}};
    alone.ledger.reset();
    alone.further.clear();
    alone.malformed_at.clear();
    alone.data = {world_.taxonomies.at("data").begin()->first};
    alone.purpose = world_.taxonomies.at("purpose").begin()->first;
    alone.partner = world_.taxonomies.at("partner").begin()->first;
    const bool expected = reference_.problems(alone).empty();
    const auto set = facts.set(name, *value);
    if (bool(set) == expected) continue;
    why = fmt::format("fact {}: {}\n", name, set ? "taken, but wrong" : lines(set.diagnostics()));
    return std::nullopt;
  }
  return facts;
}

std::optional<Difference> Compared::compare_ids(const reference::Request& request, Tally& tally,
                                                std::size_t most_nodes) const {
  std::string why;
  const auto facts = bind_facts(request, why);
  if (!facts) return Difference{"facts", why};
  if (!reference_.problems(request).empty()) return std::nullopt;
  const zweck::Time now{request.at};
  zweck::Subject subject = engine_->unknown_subject(now);
  if (request.ledger) {
    auto bound = engine_->subject(events_of(*request.ledger), now);
    if (!bound) return Difference{"ledger", lines(bound.diagnostics())};
    subject = *bound;
  }

  const reference::Situation situation = reference_.situation(request);
  std::map<Point, reference::PointAnswer> decided;
  const auto& taxonomies = world_.taxonomies;
  const std::size_t triples =
      taxonomies.at("data").size() * taxonomies.at("purpose").size() * taxonomies.at("partner").size();
  const std::size_t every = triples / most_nodes + 1;  // leave out all but each n-th
  std::size_t count = 0;
  std::array<std::vector<zweck::NodeId>, 3> columns;
  std::vector<zweck::Decision> one_by_one;
  for (const auto& [data, d] : taxonomies.at("data")) {
    for (const auto& [purpose, p] : taxonomies.at("purpose")) {
      for (const auto& [partner, q] : taxonomies.at("partner")) {
        if (count++ % every != 0) continue;
        std::vector<reference::PointAnswer> answers;
        for (const Point& point : reference_.points({data}, purpose, partner)) {
          const auto [at, is_new] = decided.try_emplace(point);
          if (is_new) at->second = reference_.decide(point, situation);
          answers.push_back(at->second);
        }
        const reference::Answer expected = reference_.combine(answers);
        const auto data_id = engine_->data(data), purpose_id = engine_->purpose(purpose),
                   partner_id = engine_->partner(partner);
        if (!data_id || !purpose_id || !partner_id) return Difference{"ids", "a name without an id"};
        const zweck::Decision decision = engine_->decide({*data_id, *purpose_id, *partner_id}, *facts, subject);
        ++tally.by_ids;
        ++tally.decisions[std::size_t(expected.status)];
        tally.conditional += expected.keep || !expected.oblige.empty();
        std::optional<std::string> keep;
        if (decision.keep()) keep = to_string(*decision.keep());
        const auto oblige = engine_->obligations(decision);
        const std::string actual = describe(as_reference(decision.status()), {}, keep, {oblige.begin(), oblige.end()});
        // What is kept of the first time is no different.
        if (engine_->decide({*data_id, *purpose_id, *partner_id}, *facts, subject) != decision)
          return Difference{"ids", "asked again, the engine says something else\n"};
        if (actual == describe(expected.status, {}, expected.keep, expected.oblige) &&
            bool(decision) == (expected.status == reference::Status::allowed)) {
          columns[0].push_back(*data_id);
          columns[1].push_back(*purpose_id);
          columns[2].push_back(*partner_id);
          one_by_one.push_back(decision);
          continue;
        }
        return Difference{"ids", fmt::format("at {} for {} by {}\nreference: {}\nengine, by ids: {}\n", data, purpose,
                                             partner, describe(expected), actual)};
      }
    }
  }
  return compare_batch(columns, *facts, subject, one_by_one);
}

// All in one call: the same decisions, and their bits.
std::optional<Difference> Compared::compare_batch(const std::array<std::vector<zweck::NodeId>, 3>& columns,
                                                  const zweck::Facts& facts, const zweck::Subject& subject,
                                                  const std::vector<zweck::Decision>& one_by_one) const {
  const zweck::Batch batch{columns[0], columns[1], columns[2], {&facts, 1}, {&subject, 1}};
  std::vector<zweck::Decision> decisions(one_by_one.size());
  engine_->decide(batch, decisions);
  if (decisions != one_by_one) return Difference{"batch", "decided in one call, the engine says something else\n"};
  std::vector<std::uint64_t> bits(zweck::Engine::words_for(one_by_one.size()));
  engine_->decide(batch, one_by_one.size(), {}, bits);
  for (std::size_t i = 0; i < one_by_one.size(); ++i)
    if ((bits[i / 64] >> (i % 64) & 1) != std::uint64_t{bool(one_by_one[i])})
      return Difference{"batch", "decided as bits, the engine says something else\n"};
  return std::nullopt;
}

std::optional<Difference> Compared::compare_model(const reference::Request& request, const std::string& json,
                                                  Tally& tally) const {
  const zweck::Vocabulary& vocabulary = set_->model.vocabulary;
  const bool valid = reference_.problems(request).empty();
  const auto tree = zweck::read_json(json);
  if (!tree) {
    if (!valid) return std::nullopt;
    return Difference{"model", lines(tree.diagnostics())};
  }
  const auto resolved = zweck::read_request(vocabulary, *tree, nullptr, zweck::Time{0}, zweck::Sources());
  if (bool(resolved) != valid) {
    return Difference{"model", resolved ? "the model takes this request\n" : lines(resolved.diagnostics())};
  }
  if (!valid) return std::nullopt;
  const auto points = zweck::points_of(vocabulary, *resolved);
  if (!points) return Difference{"model", "too many points\n"};
  std::set<Point> named;
  const reference::Situation situation = reference_.situation(request);
  for (const zweck::Point& point : *points) {
    const Point names{vocabulary.of(zweck::Dimension::data).nodes[point.data].name,
                      vocabulary.of(zweck::Dimension::purpose).nodes[point.purpose].name,
                      vocabulary.of(zweck::Dimension::partner).nodes[point.partner].name};
    named.insert(names);
    const auto expected = reference_.decide(names, situation).status;
    const zweck::Status status =
        status_of(set_->model, point, {resolved->at, resolved->facts, resolved->ledger ? &*resolved->ledger : nullptr});
    ++tally.by_model;
    if (as_reference(status) == expected) continue;
    return Difference{"model", fmt::format("at {}\nreference: {}\nmodel: {}\n", fmt::join(names, ", "),
                                           name_of(expected), name_of(as_reference(status)))};
  }
  const auto wanted = reference_.points(request.data, *request.purpose, *request.partner);
  if (named == std::set<Point>(wanted.begin(), wanted.end())) return std::nullopt;
  return Difference{"model", "the model asks for other points\n"};
}

std::string report(const reference::Files& files, const std::string& json, const Difference& difference) {
  std::string result;
  for (const auto& [path, text] : files) result += fmt::format("--- {}\n{}", path, text);
  return result + fmt::format("--- request\n{}\n--- {}\n{}", json, difference.kind, difference.text);
}

}  // namespace agree
