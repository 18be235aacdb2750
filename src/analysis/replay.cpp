#include "analysis/replay.hpp"

#include <algorithm>

#include "analysis/witness.hpp"
#include "engine/decide.hpp"
#include "text/tree.hpp"

namespace zweck::analysis {

namespace {

using Now = DifferenceEntry::Now;

Obligations obligations_of(const Model& model, const std::vector<RuleId>& rules) {
  Obligations all;
  for (const RuleId id : rules) {
    const Rule& rule = model.rules[id];
    if (rule.keep && (!all.keep || *rule.keep < *all.keep)) all.keep = rule.keep;
    for (const ObligationId each : rule.oblige) all.oblige.push_back(model.vocabulary.obligations[each].name);
  }
  std::sort(all.oblige.begin(), all.oblige.end());
  all.oblige.erase(std::unique(all.oblige.begin(), all.oblige.end()), all.oblige.end());
  return all;
}

}  // namespace

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

void grant_sources_if_that_allows(const Model& model, ResolvedRequest& request) {
  if (!request.ledger || model.vocabulary.of(Dimension::data).sources(request.data.front()).empty()) return;
  const auto is_allowed = [&](const ResolvedRequest& asked) {
    const auto points = points_of(model.vocabulary, asked);
    const Situation situation{asked.at, asked.facts, &*asked.ledger};
    return points && std::all_of(points->begin(), points->end(), [&](const Point& point) {
             return status_of(model, point, situation) == Status::allowed;
           });
  };
  if (is_allowed(request)) return;
  ResolvedRequest granted = request;
  grant_sources(model.vocabulary, granted);
  if (is_allowed(granted)) request = std::move(granted);
}

Replay::Replay(Programs programs, const Formulas& formulas, const Scopes& scopes, Finder& finder)
    : programs_(std::move(programs)), formulas_(formulas), scopes_(scopes), finder_(finder) {
  for (std::size_t side = 0; side < max_sides; ++side) {
    vocabularies_[side] = &programs_[side]->vocabulary();
    const auto& others = programs_[1 - side]->vocabulary().strings;
    if (std::all_of(others.begin(), others.end(), [&](const auto& text) { return vocabularies_[side]->find_string(text); }))
      continue;
    joined_[side] = *vocabularies_[side];
    for (const std::string& text : others) joined_[side].intern(text);
    vocabularies_[side] = &joined_[side];
  }
}

void Replay::show(Found found, DifferenceEntry& entry) {
  leave_out(found);
  // As the side sees it that allows, then as the other does; only with facts that both read, if that will do.
  const std::size_t first = entry.now == Now::deny ? 0 : 1;
  for (const bool shared_facts : {true, false}) {
    for (const std::size_t side : {first, 1 - first}) {
      ResolvedRequest asked = request(found, side, shared_facts);
      for (int attempt = 0; attempt < 2; ++attempt) {
        const std::string json = to_json(*vocabularies_[side], asked);
        if (differs(json, entry)) {
          entry.example = json;
          return;
        }
        if (vocabularies_[side]->of(Dimension::data).sources(asked.data.front()).empty()) break;
        grant_sources(*vocabularies_[side], asked);
      }
    }
  }
}

// What a side says where the rules that cover the cell apply, or may, as is given.
Replay::Said Replay::said(std::size_t side, const std::vector<Truth>& truths) const {
  bool forbidden = false, may_be_forbidden = false, may_be_allowed = false;
  std::vector<Rank> allowing;
  for (std::size_t i = 0; i < covering_.size(); ++i) {
    const RankedRule& rule = scopes_.rules()[covering_[i]];
    if (!rule.common && rule.side != side) continue;
    const bool yes = truths[i] == Truth::yes, maybe = truths[i] != Truth::no;
    if (rule.rule->effect == Effect::deny) {
      forbidden = forbidden || yes;
      may_be_forbidden = may_be_forbidden || maybe;
    } else {
      may_be_allowed = may_be_allowed || maybe;
      if (yes) allowing.push_back(covering_[i]);
    }
  }
  Said said;
  if (forbidden)
    said.status = Status::forbidden;
  else if (!may_be_allowed)
    said.status = Status::not_permitted;
  else
    said.status = allowing.empty() || may_be_forbidden ? Status::indeterminate : Status::allowed;
  if (said.status != Status::allowed) return said;
  for (const Rank each : allowing) {
    const RankedRule& rule = scopes_.rules()[each];
    const Obligations own = obligations_of(*formulas_.sides[rule.side], {rule.id});
    if (own.keep && (!said.obligations.keep || *own.keep < *said.obligations.keep)) said.obligations.keep = own.keep;
    said.obligations.oblige.insert(said.obligations.oblige.end(), own.oblige.begin(), own.oblige.end());
  }
  auto& oblige = said.obligations.oblige;
  std::sort(oblige.begin(), oblige.end());
  oblige.erase(std::unique(oblige.begin(), oblige.end()), oblige.end());
  return said;
}

Truth Replay::truth(Rank rank, const Cell& cell, const Assignment& assignment) const {
  const NodeIndex root = scopes_.rules()[rank].formula.root;
  const auto holds = [&](bool known) { return finder_.solver().holds({root, false, known}, cell, assignment); };
  return holds(true) ? Truth::yes : holds(false) ? Truth::unknown : Truth::no;
}

// Notes for the variables of a formula at the cell that it asks for them.
void Replay::find_asking(NodeIndex index, const Cell& cell, std::uint32_t place) {
  const FormulaNode& node = formulas_.nodes[index];
  switch (node.kind) {
    case FormulaNode::Kind::all:
    case FormulaNode::Kind::any:
    case FormulaNode::Kind::agree:
      for (std::uint32_t i = 0; i < node.b; ++i) find_asking(formulas_.children[node.a + i], cell, place);
      break;
    case FormulaNode::Kind::by_class:
      find_asking(formulas_.tables[node.b + cell[node.a]], cell, place);
      break;
    case FormulaNode::Kind::single:
    case FormulaNode::Kind::has:
      if (asking_[node.a].empty() || asking_[node.a].back() != place) asking_[node.a].push_back(place);
      break;
    default:
      break;
  }
}

// Facts and events without which both sides say the same as with them.
void Replay::leave_out(Found& found) {
  covering_.clear();
  finder_.covering(found.cell, Bits::all(scopes_.rules().size()), covering_);
  asking_.assign(formulas_.variables.size(), {});
  std::vector<Truth> truths;
  for (const Rank rank : covering_) {
    find_asking(scopes_.rules()[rank].formula.root, found.cell, static_cast<std::uint32_t>(truths.size()));
    truths.push_back(truth(rank, found.cell, found.assignment));
  }
  const std::array<Said, max_sides> before{said(0, truths), said(1, truths)};
  const auto still = [&](const Assignment& assignment, std::uint32_t variable) {
    std::vector<Truth> now = truths;
    for (const std::uint32_t each : asking_[variable]) now[each] = truth(covering_[each], found.cell, assignment);
    if (now != truths && (said(0, now) != before[0] || said(1, now) != before[1])) return false;
    truths = std::move(now);
    return true;
  };
  simplify(formulas_, found, still);
  for (std::uint32_t i = 0; i < formulas_.variables.size(); ++i) {
    const Variable& variable = formulas_.variables[i];
    if (variable.kind != Variable::Kind::fact || has_default(variable)) continue;
    Assignment without = found.assignment;
    without.bit[i] = 0;
    without.missing[i] = true;
    if (still(without, i)) found.assignment = std::move(without);
  }
}

bool Replay::has_default(const Variable& variable) const {
  for (std::size_t side = 0; side < max_sides; ++side) {
    if (variable.id[side] && !formulas_.sides[side]->vocabulary.facts[*variable.id[side]].fallback.missing()) return true;
  }
  return false;
}

// What both sides read where nothing is said need not be said.
bool Replay::is_default(const Variable& variable, const Assignment& assignment) const {
  const auto index = static_cast<std::size_t>(&variable - formulas_.variables.data());
  if (variable.set) return false;
  const FactDomain& domain = *formulas_.facts[variable.domain];
  for (std::size_t side = 0; side < max_sides; ++side) {
    const Value& fallback = formulas_.sides[side]->vocabulary.facts[*variable.id[side]].fallback;
    if (fallback.missing() || fallback != domain.value(assignment.bit[index], side)) return false;
  }
  return true;
}

ResolvedRequest Replay::request(const Found& found, std::size_t side, bool shared_facts) const {
  ResolvedRequest request = request_of(formulas_, found, side);
  for (std::uint32_t i = 0; i < formulas_.variables.size(); ++i) {
    const Variable& variable = formulas_.variables[i];
    if (variable.kind != Variable::Kind::fact || !variable.id[side]) continue;
    Value& value = request.facts[*variable.id[side]];
    if (!variable.id[1 - side]) {
      if (shared_facts) value = {};
      continue;
    }
    if (is_default(variable, found.assignment)) {
      value = {};
      continue;
    }
    if ( formulas_.sides[side]->vocabulary.facts[*variable.id[side]].type.kind != TypeKind::string) continue;
    // A text that this side never mentions is one that the other does, if there is one.
    const FactDomain& domain = *formulas_.facts[variable.domain];
    const auto text_of = [&](std::uint32_t bit) {
      const std::int64_t own = domain.value(bit, side).one, there = domain.value(bit, 1 - side).one;
      if (own != foreign_string || there == foreign_string) return own;
      return *vocabularies_[side]->find_string(formulas_.sides[1 - side]->vocabulary.strings[static_cast<std::size_t>(there)]);
    };
    if (value.state == Value::State::single) {
      value.one = text_of(found.assignment.bit[i]);
    } else if (value.state == Value::State::set) {
      std::vector<std::int64_t> members;
      for (std::uint32_t bit = 0; bit < variable.bits; ++bit) {
        if (test_bit(found.assignment.members.data() + variable.offset, bit)) members.push_back(text_of(bit));
      }
      value = Value::of_set(std::move(members));
    }
  }
  return request;
}

Replay::Said Replay::answer(std::size_t side, const std::string& json) const {
  Said said;
  const std::shared_ptr<const Program>& program = programs_[side];
  const auto tree = read_json(json);
  if (!tree) return said;
  const auto request = read_request(program->vocabulary(), *tree, nullptr, Time{}, Sources{});
  if (!request) return said;
  const auto points = points_of(program->vocabulary(), *request);
  if (!points) return said;
  Facts::State facts;
  facts.program = program;
  facts.values = request->facts;
  bind(facts);
  const auto subject = bind(program, request->ledger, request->at);
  said.status = Status::allowed;
  std::vector<RuleId> rules;
  for (const Point& point : *points) {
    const zweck::Question question{*program, facts, *subject, point,
                                   subject->known ? ledger_bits(*subject, point) : 0};
    said.status = std::min(said.status, decide_point(question, [&](RuleId rule) { rules.push_back(rule); }));
  }
  if (said.status == Status::allowed) said.obligations = obligations_of(program->model(), rules);
  return said;
}

bool Replay::differs(const std::string& json, DifferenceEntry& entry) const {
  const Said before = answer(0, json), after = answer(1, json);
  const bool then = before.status == Status::allowed, now = after.status == Status::allowed;
  if (entry.now != Now::obligations) return then != now && now == (entry.now == Now::allow);
  if (!then || !now || before == after) return false;
  entry.before = before.obligations;
  entry.after = after.obligations;
  return true;
}

}  // namespace zweck::analysis
