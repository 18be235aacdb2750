#include "engine/answer.hpp"

#include <set>

#include "engine/decide.hpp"
#include "engine/needs.hpp"
#include "engine/without_exceptions.hpp"
#include "model/request_tree.hpp"

namespace zweck {
namespace {

Answer invalid(const Program& program, const Diagnostics& diagnostics) {
  Answer answer;
  answer.revision = program.base().revision;
  for (const Diagnostic& diagnostic : diagnostics)
    answer.problems.push_back(diagnostic.help.empty() ? diagnostic.message : diagnostic.message + "; " + diagnostic.help);
  return answer;
}

// Rules that stand in the answer for a status: which terms count at a point of that status.
bool counts(Status status, bool allows, Truth truth) {
  switch (status) {
    case Status::allowed: return allows && truth == Truth::yes;
    case Status::forbidden: return !allows && truth == Truth::yes;
    case Status::indeterminate: return truth == Truth::unknown;
    default: return false;
  }
}

}  // namespace

Answer answer(const std::shared_ptr<const Program>& program, const ResolvedRequest& request) {
  const Model& model = program->model();
  Answer answer;
  answer.id = request.id;
  answer.revision = model.revision;

  Facts::State facts;
  facts.program = program;
  facts.values = request.facts;
  bind(facts);
  const auto subject = bind(program, request.ledger, request.at);

  const auto points = points_of(model.vocabulary, request);
  Status worst = Status::allowed;
  std::set<RuleId> rules;
  for (const Point& point : *points) {
    const Question question{*program, facts, *subject, point, subject->known ? ledger_bits(*subject, point) : 0};
    const PointRows rows(program->index(), point);
    const Status status = decide_point(question, rows).status();
    if (status > worst) continue;
    if (status < worst) rules.clear();
    worst = status;
    if (status == Status::not_permitted) continue;
    // A rule of several terms applies if one of them does, and may apply only if none does.
    std::set<RuleId> known, possible;
    for_each_term(question, rows, [&](std::uint32_t term, Truth truth) {
      (truth == Truth::yes ? known : possible).insert(program->index().details[term].rule);
      return true;
    });
    for (const RuleId rule : known)
      if (counts(status, model.rules[rule].effect == Effect::allow, Truth::yes)) rules.insert(rule);
    for (const RuleId rule : possible)
      if (!known.contains(rule) && counts(status, model.rules[rule].effect == Effect::allow, Truth::unknown))
        rules.insert(rule);
  }
  answer.status = worst;
  if (worst == Status::not_permitted || worst == Status::indeterminate) {
    Needs needs = find_needs({*program, request, facts, *subject, *points});
    answer.needs = std::move(needs.needs);
    answer.needs_given_up = needs.given_up;
  }
  std::set<ObligationId> oblige;
  for (const RuleId id : rules) {
    const Rule& rule = model.rules[id];
    answer.rules.push_back(rule.name);
    if (worst != Status::allowed) continue;
    if (rule.keep && (!answer.obligations.keep || *rule.keep < *answer.obligations.keep))
      answer.obligations.keep = rule.keep;
    oblige.insert(rule.oblige.begin(), rule.oblige.end());
  }
  for (const ObligationId id : oblige) answer.obligations.oblige.push_back(model.vocabulary.obligations[id].name);
  return answer;
}

Answer answer(const std::shared_ptr<const Program>& program, const Tree& request) {
  const auto resolved = read_request(program->vocabulary(), request, nullptr, Time::now(), {});
  Answer result = resolved ? answer(program, *resolved) : invalid(*program, resolved.diagnostics());
  result.id = id_of(request);
  return result;
}

Answer Engine::answer(const Request& request) const noexcept {
  return or_invalid([&] { return zweck::answer(program_, to_tree(request)); });
}

Answer Engine::answer_json(std::string_view json) const noexcept {
  return or_invalid([&] {
    const auto tree = read_json(json);
    return tree ? zweck::answer(program_, *tree) : invalid(*program_, tree.diagnostics());
  });
}

}  // namespace zweck
