// Explanations of random requests: what they tell is what the engine answered, of every point and every rule.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "reference/random.hpp"
#include "reference/write.hpp"
#include "zweck/explain.hpp"

namespace agree {
namespace {

using Outcome = zweck::RuleReason::Outcome;

// What an explanation must hold whatever was asked; the first thing that is wrong, or an empty text.
std::string wrong_with(const zweck::Explanation& explanation) {
  const zweck::Answer& answer = explanation.answer;
  if (answer.status == zweck::Status::invalid) return explanation.points.empty() ? "" : "points of an invalid request";
  if (explanation.statuses.empty()) return "no statuses";
  if (explanation.statuses.front().first != answer.status) return "the worst status is not the answer's";
  std::size_t counted = 0, told = explanation.further_points;
  for (const auto& [status, count] : explanation.statuses) counted += count;
  for (const zweck::PointReason& point : explanation.points) told += 1 + point.same.size();
  if (counted != explanation.point_count || told != explanation.point_count) return "points are lost";

  std::set<std::string> deciding;
  for (const zweck::PointReason& point : explanation.points) {
    const auto has = [&](auto&& what) { return std::any_of(point.rules.begin(), point.rules.end(), what); };
    const bool allow_applies = has([](auto& r) { return r.allows && r.outcome == Outcome::applies; });
    const bool deny_applies = has([](auto& r) { return !r.allows && r.outcome == Outcome::applies; });
    const bool may = has([](auto& r) { return r.outcome == Outcome::may_apply; });
    if ((point.status == zweck::Status::forbidden) != deny_applies) return "forbidden without a rule";
    if (point.status == zweck::Status::allowed && !allow_applies) return "allowed without a rule";
    if (point.status == zweck::Status::indeterminate && !may) return "not known without a rule";
    if (point.status == zweck::Status::not_permitted && allow_applies) return "not permitted in spite of a rule";
    for (const zweck::RuleReason& rule : point.rules) {
      const bool failed = rule.outcome != Outcome::applies;
      if (failed && (rule.why.empty() || rule.clause.empty() || rule.condition.empty()))
        return "no reason: " + rule.rule;
      if (rule.rule_place.file.empty()) return "no place: " + rule.rule;
      if (point.status != answer.status) continue;
      const bool counts = point.status == zweck::Status::allowed         ? rule.allows && !failed
                          : point.status == zweck::Status::forbidden     ? !rule.allows && !failed
                          : point.status == zweck::Status::indeterminate ? rule.outcome == Outcome::may_apply
                                                                         : false;
      if (counts) deciding.insert(rule.rule);
    }
  }
  if (explanation.further_points == 0 &&
      !std::equal(deciding.begin(), deciding.end(), answer.rules.begin(), answer.rules.end())) {
    return "other rules than the answer's";
  }
  return {};
}

}  // namespace

BOOST_AUTO_TEST_CASE(explanations_tell_what_was_answered) {
  reference::Dice dice(20260601);
  for (int i = 0; i < 1'000; ++i) {
    const reference::World world = reference::random_world(dice);
    const auto engine = zweck::Engine::from_texts(reference::files_of(world, dice));
    BOOST_REQUIRE(engine);
    for (int j = 0; j < 5; ++j) {
      reference::Request request = reference::random_request(world, dice);
      if (j == 4) reference::spoil(request, world, dice);
      const std::string json = reference::json_of(request, dice);
      const zweck::Explanation explanation = zweck::explain_json(*engine, json);
      BOOST_REQUIRE_MESSAGE(to_json(explanation.answer) == to_json(engine->answer_json(json)), json);
      const std::string wrong = wrong_with(explanation);
      BOOST_REQUIRE_MESSAGE(wrong.empty(), wrong + "\n" + json + "\n" + to_text(explanation));
      BOOST_REQUIRE(!to_text(explanation).empty());
    }
  }
}

}  // namespace agree
