#include "zweck/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "engine/explain_cover.hpp"
#include "engine/explain_ledger.hpp"
#include "engine/explain_model.hpp"
#include "engine/explain_rule.hpp"
#include "engine/explain_words.hpp"
#include "model/evaluate.hpp"
#include "model/vocabulary.hpp"

namespace zweck {

namespace {

// Points whose reasons are worked out; of further ones only the status is told. Nobody reads more, and the reasons of
// 100,000 points would take minutes.
constexpr std::size_t examined_points = 1'000;
constexpr std::size_t shown_points = 100;
// With more points than these, rules that do not cover a point are no longer told: nobody would look for them.
constexpr std::size_t near_points = 4;
constexpr std::size_t near_rules = 3;

struct Judged {
  Point point;
  Status status;
  Cover::Rules rules;
};

Judged judge(const Asked& asked, Cover& cover, const Point& point) {
  Judged judged{point, Status::not_permitted, cover.rules_at(point)};
  Truth allowed = Truth::no, denied = Truth::no;
  for (const RuleId id : judged.rules.covering) {
    const Rule& rule = asked.model.rules[id];
    Truth& sum = rule.effect == Effect::allow ? allowed : denied;
    if (sum != Truth::yes) sum = either(sum, applies(asked.model, rule, point, asked.situation));
    if (denied == Truth::yes) break;
  }
  if (denied == Truth::yes) {
    judged.status = Status::forbidden;
  } else if (allowed != Truth::no) {
    judged.status = allowed == Truth::yes && denied == Truth::no ? Status::allowed : Status::indeterminate;
  }
  return judged;
}

// The allow rules that come nearest to a point that none covers: those that take it out by an `except`, and, of all
// rules, those that speak of something else in one dimension.
std::vector<RuleReason> nearest_rules(const Model& model, const Judged& judged, bool of_all) {
  std::vector<std::pair<Distance, RuleId>> near;
  for (const RuleId id : judged.rules.excepting) near.emplace_back(Distance::excepted, id);
  for (RuleId id = 0; of_all && id < model.rules.size(); ++id) {
    const Distance distance = distance_of(model, model.rules[id], judged.point);
    if (distance != Distance::far && distance != Distance::excepted) near.emplace_back(distance, id);
  }
  std::erase_if(near, [&](const auto& rule) { return model.rules[rule.second].effect != Effect::allow; });
  std::sort(near.begin(), near.end());
  std::vector<RuleReason> reasons;
  for (std::size_t i = 0; i < std::min(near.size(), near_rules); ++i) {
    reasons.push_back(reason_elsewhere(model, model.rules[near[i].second], judged.point, near[i].first));
  }
  return reasons;
}

// The deciding rules first, then what stands nearest to deciding.
int rank(const RuleReason& reason, Status status) {
  using Outcome = RuleReason::Outcome;
  const bool applies = reason.outcome == Outcome::applies;
  if (status == Status::forbidden && !reason.allows && applies) return 0;
  if (status == Status::allowed && reason.allows && applies) return 0;
  if (reason.outcome == Outcome::may_apply) return 1;
  if (reason.allows && applies) return 2;
  return reason.outcome == Outcome::elsewhere ? 4 : 3;
}

std::vector<RuleReason> reasons_of(const Asked& asked, const Judged& judged, bool few, std::set<std::string>& missing) {
  std::vector<RuleReason> reasons;
  bool allow_covers = false;
  for (const RuleId id : judged.rules.covering) {
    const Rule& rule = asked.model.rules[id];
    std::set<std::string> lacks;
    RuleReason reason = reason_of(asked, rule, judged.point, lacks);
    allow_covers |= reason.allows;
    // A deny rule that does not apply has no part in the answer.
    if (!reason.allows && reason.outcome == RuleReason::Outcome::does_not_apply) continue;
    if (judged.status == Status::indeterminate && reason.outcome == RuleReason::Outcome::may_apply) {
      missing.insert(lacks.begin(), lacks.end());
    }
    reasons.push_back(std::move(reason));
  }
  if (!allow_covers && judged.status != Status::forbidden) {
    std::vector<RuleReason> near = nearest_rules(asked.model, judged, few);
    reasons.insert(reasons.end(), std::make_move_iterator(near.begin()), std::make_move_iterator(near.end()));
  }
  std::stable_sort(reasons.begin(), reasons.end(), [&](const RuleReason& a, const RuleReason& b) {
    return std::pair(rank(a, judged.status), a.also.size()) < std::pair(rank(b, judged.status), b.also.size());
  });
  return reasons;
}

// What makes two points the same to a reader.
std::string key_of(Status status, const std::vector<RuleReason>& reasons) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(status)));
  for (const RuleReason& reason : reasons) {
    key += fmt::format("\n{}\t{}\t{}\t{}\t{}", reason.rule, static_cast<int>(reason.outcome), reason.clause,
                       reason.condition, reason.why);
    for (const std::string& also : reason.also) key += '\t' + also;
  }
  return key;
}

class Namer {
 public:
  Namer(const Vocabulary& vocabulary, const ResolvedRequest& request) : vocabulary_(vocabulary) {
    const Taxonomy& data = vocabulary.of(Dimension::data);
    for (const NodeId node : request.data) {
      for (const NodeId leaf : data.leaves_below(node)) asked_.insert(leaf);
    }
    for (const NodeId leaf : asked_) {
      for (const NodeId source : data.sources(leaf)) {
        if (!asked_.contains(source)) source_of_.try_emplace(source, leaf);
      }
    }
  }

  PointName name(const Point& point) const {
    const auto text = [&](std::size_t d, NodeId node) { return vocabulary_.taxonomies[d].nodes[node].name; };
    const auto source = source_of_.find(point.data);
    return {text(0, point.data), text(1, point.purpose), text(2, point.partner),
            source == source_of_.end() ? "" : text(0, source->second)};
  }
  bool is_source(const Point& point) const { return source_of_.contains(point.data); }

 private:
  const Vocabulary& vocabulary_;
  std::set<NodeId> asked_;
  std::unordered_map<NodeId, NodeId> source_of_;
};

void describe_request(Explanation& explanation, const Vocabulary& vocabulary, const ResolvedRequest& request,
                      const AsWritten& written) {
  for (const NodeId node : request.data) explanation.data.push_back(vocabulary.taxonomies[0].nodes[node].name);
  explanation.purpose = vocabulary.taxonomies[1].nodes[request.purpose].name;
  explanation.partner = vocabulary.taxonomies[2].nodes[request.partner].name;
  explanation.at = request.at;
  for (FactId id = 0; id < vocabulary.facts.size(); ++id) {
    if (request.facts[id].missing()) continue;
    const Fact& fact = vocabulary.facts[id];
    explanation.facts.emplace_back(fact.name, !written.texts[id].empty()
                                                  ? written.texts[id]
                                                  : to_string(vocabulary, fact.type, request.facts[id]));
  }
  if (request.ledger) explanation.ledger_events = written.events.value_or(request.ledger->size());
}

}  // namespace

Explanation explain(const Model& model, const ResolvedRequest& request, Answer answer, const AsWritten& written) {
  Explanation explanation;
  explanation.answer = std::move(answer);
  const std::optional<std::vector<Point>> points = points_of(model.vocabulary, request);
  if (explanation.answer.status == Status::invalid || !points) return explanation;
  describe_request(explanation, model.vocabulary, request, written);

  const Ledger condensed_ledger = request.ledger ? condensed(*request.ledger, request.at) : Ledger{};
  const Asked asked{model,
                    {request.at, request.facts, request.ledger ? &condensed_ledger : nullptr},
                    request.ledger ? &*request.ledger : nullptr,
                    written.texts};
  const Namer namer(model.vocabulary, request);
  Cover cover(model);
  std::vector<Judged> judged;
  std::map<Status, std::size_t> statuses;
  for (const Point& point : *points) {
    judged.push_back(judge(asked, cover, point));
    ++statuses[judged.back().status];
    if (judged.size() > examined_points) judged.back().rules = {};
  }
  explanation.point_count = judged.size();
  explanation.statuses.assign(statuses.begin(), statuses.end());
  // The worst first, and what was asked for before its sources.
  std::stable_sort(judged.begin(), judged.end(), [&](const Judged& a, const Judged& b) {
    return std::pair(a.status, namer.is_source(a.point)) < std::pair(b.status, namer.is_source(b.point));
  });

  std::set<std::string> missing;
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (i >= examined_points) {
      explanation.further_points += judged.size() - i;
      break;
    }
    Judged& one = judged[i];
    if (one.rules.covering.empty()) one.rules = cover.rules_at(one.point);
    PointReason reason{
        namer.name(one.point), one.status, reasons_of(asked, one, judged.size() <= near_points, missing), {}};
    const auto [place, added] = known.try_emplace(key_of(one.status, reason.rules), explanation.points.size());
    if (!added) {
      if (place->second == SIZE_MAX) {
        ++explanation.further_points;
        continue;
      }
      explanation.points[place->second].same.push_back(std::move(reason.point));
    } else if (explanation.points.size() < shown_points) {
      explanation.points.push_back(std::move(reason));
    } else {
      place->second = SIZE_MAX;
      ++explanation.further_points;
    }
  }
  explanation.missing.assign(missing.begin(), missing.end());
  return explanation;
}

}  // namespace zweck
