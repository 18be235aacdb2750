#include "analysis/replay.hpp"

#include <algorithm>

#include "analysis/witness.hpp"
#include "model/evaluate.hpp"
#include "text/tree.hpp"

namespace zweck::analysis {

void grant_sources(const Vocabulary& vocabulary, ResolvedRequest& request) {
  if (!request.ledger) return;
  for (const NodeId source : vocabulary.of(Dimension::data).sources(request.data.front())) {
    const auto grant = [&](std::optional<NoticeId> notice, std::int64_t version) {
      Event event;
      event.kind = Event::Kind::given;
      event.scope = {source, request.purpose, request.partner};
      event.at = request.at;
      event.explicit_ = true;
      event.notice = notice;
      event.version = version;
      request.ledger->push_back(event);
    };
    grant(std::nullopt, 0);
    for (NoticeId notice = 0; notice < vocabulary.notices.size(); ++notice)
      grant(notice, vocabulary.notices[notice].version);
  }
}

void Replay::show(const Found& found, DifferenceEntry& entry) const {
  // As the side sees it that allows; of two that allow, as one and then as the other does.
  using Now = DifferenceEntry::Now;
  std::vector<std::size_t> sides{entry.now == Now::deny ? 0u : 1u};
  if (entry.now == Now::obligations) sides.push_back(0);
  for (const std::size_t side : sides) {
    const Vocabulary& vocabulary = formulas_.sides[side]->vocabulary;
    ResolvedRequest request = request_of(formulas_, found, side);
    for (int attempt = 0; attempt < 2; ++attempt) {
      const std::string json = to_json(vocabulary, request);
      if (entry.example.empty()) entry.example = json;
      if (differs(json, entry)) {
        entry.example = json;
        entry.replays = true;
        return;
      }
      if (vocabulary.of(Dimension::data).sources(request.data.front()).empty()) break;
      grant_sources(vocabulary, request);
    }
  }
}

bool Replay::differs(const std::string& json, DifferenceEntry& entry) const {
  const Answered before = answer(0, json), after = answer(1, json);
  using Now = DifferenceEntry::Now;
  if (entry.now != Now::obligations) return before.allowed != after.allowed && after.allowed == (entry.now == Now::allow);
  if (!before.allowed || !after.allowed || before == after) return false;
  entry.before = obligations(before);
  entry.after = obligations(after);
  return true;
}

Obligations Replay::obligations(const Answered& answered) const {
  return {answered.keep, {answered.oblige.begin(), answered.oblige.end()}};
}

Replay::Answered Replay::answer(std::size_t side, const std::string& json) const {
  const Vocabulary& vocabulary = formulas_.sides[side]->vocabulary;
  const auto tree = read_json(json);
  if (!tree) return {};
  const auto request = read_request(vocabulary, *tree, nullptr, Time{}, Sources{});
  if (!request) return {};
  const auto points = points_of(vocabulary, *request);
  if (!points) return {};
  return decide(side, *points, {request->at, request->facts, request->ledger ? &*request->ledger : nullptr});
}

Replay::Answered Replay::decide(std::size_t side, const std::vector<Point>& points, const Situation& situation) const {
  const Model& model = *formulas_.sides[side];
  Answered answered;
  for (const Point& point : points) {
    bool allowed = false, denied = false;
    for (const Rule& rule : model.rules) {
      const Truth truth = applies(model, rule, point, situation);
      if (rule.effect == Effect::deny) {
        denied = denied || truth != Truth::no;
        continue;
      }
      if (truth != Truth::yes) continue;
      allowed = true;
      if (rule.keep && (!answered.keep || *rule.keep < *answered.keep)) answered.keep = rule.keep;
      for (const ObligationId id : rule.oblige) answered.oblige.insert(model.vocabulary.obligations[id].name);
    }
    if (!allowed || denied) return {};
  }
  answered.allowed = true;
  return answered;
}

}  // namespace zweck::analysis
