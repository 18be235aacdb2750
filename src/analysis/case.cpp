#include "analysis/case.hpp"

#include <algorithm>

namespace zweck::analysis {

Want CaseSolver::some_of(const std::vector<Rank>& ranks, bool known) {
  std::vector<NodeIndex> roots;
  for (const Rank rank : ranks) roots.push_back(scopes_.rules()[rank].formula.root);
  std::sort(roots.begin(), roots.end());
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
  return {formulas_.add(FormulaNode::Kind::any, roots), false, known};
}

bool CaseSolver::possible(const Cell& cell, const std::vector<Want>& wants, const std::vector<Want>& guards) {
  return finder_.solver().solve(cell, Space::complete, wants, guards) != Answer::none;
}

Circumstance CaseSolver::solve(const Case& asked, const Cell& cell) {
  Circumstance result;
  for (const auto& list : asked.allows) {
    result.wants.push_back(some_of(list, true));
    result.some.push_back(list);
  }
  if (!asked.denies.empty()) {
    result.wants.push_back(some_of(asked.denies, false));
    result.some.push_back(asked.denies);
  }
  result.absent = asked.absent_denies;
  result.absent.insert(result.absent.end(), asked.absent_allows.begin(), asked.absent_allows.end());
  for (const Rank rank : result.absent) result.guards.push_back(finder_.guard(rank));
  result.answer = finder_.solver().solve(cell, Space::complete, result.wants, result.guards);
  if (result.answer == Answer::none) result.core = finder_.solver().core();
  if (result.answer != Answer::found) return result;
  result.assignment = finder_.solver().assignment();
  drop_needless_guards(result, cell);
  drop_needless_members(result, cell);
  return result;
}

// A guard that the others imply says nothing.
void CaseSolver::drop_needless_guards(Circumstance& circumstance, const Cell& cell) {
  std::vector<Want> guards;
  std::vector<Rank> absent;
  std::vector<Want> wants = circumstance.wants;
  wants.emplace_back();
  for (std::size_t i = 0; i < circumstance.guards.size(); ++i) {
    wants.back() = circumstance.guards[i].opposite();
    if (!possible(cell, wants, guards)) continue;
    guards.push_back(circumstance.guards[i]);
    absent.push_back(circumstance.absent[i]);
  }
  for (std::size_t i = guards.size(); i-- > 0;) {
    wants.back() = guards[i].opposite();
    std::vector<Want> others = guards;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    if (possible(cell, wants, others)) continue;
    guards = std::move(others);
    absent.erase(absent.begin() + static_cast<std::ptrdiff_t>(i));
  }
  circumstance.guards = std::move(guards);
  circumstance.absent = std::move(absent);
}

// Of a list one that never applies here without another says nothing.
void CaseSolver::drop_needless_members(Circumstance& circumstance, const Cell& cell) {
  for (std::size_t list = 0; list < circumstance.some.size(); ++list) {
    std::vector<Rank>& members = circumstance.some[list];
    for (std::size_t i = members.size(); i-- > 0 && members.size() > 1;) {
      const Rank rank = members[i];
      std::vector<Rank> others = members;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      Circumstance without = circumstance;
      without.wants[list] = some_of(others, circumstance.wants[list].known);
      if (matters_in_list(without, cell, list, rank)) continue;
      members = std::move(others);
      circumstance.wants[list] = without.wants[list];
    }
  }
}

bool CaseSolver::matters_if_absent_asked(Circumstance& circumstance, const Cell& cell, Rank rank) {
  constexpr std::size_t most_seen = 16;
  const Want applies = finder_.guard(rank).opposite();
  Solver& solver = finder_.solver();
  const auto applies_in = [&](const Assignment& each) { return solver.holds(applies, cell, each); };
  if (applies_in(circumstance.assignment) || std::any_of(circumstance.seen.begin(), circumstance.seen.end(), applies_in))
    return true;
  std::vector<Want> wants = circumstance.wants;
  wants.push_back(applies);
  const Answer answer = solver.solve(cell, Space::complete, wants, circumstance.guards);
  if (answer == Answer::found && circumstance.seen.size() < most_seen) circumstance.seen.push_back(solver.assignment());
  return answer != Answer::none;
}

bool CaseSolver::matters_in_list(const Circumstance& circumstance, const Cell& cell, std::size_t list, Rank rank) {
  std::vector<Want> wants = circumstance.wants;
  const Want current = wants[list];
  wants[list] = current.opposite();
  wants.push_back({scopes_.rules()[rank].formula.root, false, current.known});
  return possible(cell, wants, circumstance.guards);
}

bool CaseSolver::within(const Circumstance& inner, const Circumstance& outer, const Cell& cell) {
  std::vector<Want> wants = inner.wants;
  wants.emplace_back();
  const auto implied = [&](const Want& want) {
    wants.back() = want.opposite();
    return !possible(cell, wants, inner.guards);
  };
  return std::all_of(outer.wants.begin(), outer.wants.end(), implied) &&
         std::all_of(outer.guards.begin(), outer.guards.end(), implied);
}

Text CaseSolver::text(const Circumstance& circumstance, const Cell& cell) {
  std::vector<Want> wants = circumstance.wants;
  wants.insert(wants.end(), circumstance.guards.begin(), circumstance.guards.end());
  Solver& solver = finder_.solver();
  std::vector<Text> parts, late;
  solver.reduce(cell, Space::complete, wants, [&] {
    for (std::uint32_t i = 0; i < formulas_.variables.size(); ++i) {
      const Variable& variable = formulas_.variables[i];
      if (!variable.set) {
        // A window of time comes last, as a clause does.
        (variable.kind == Variable::Kind::time ? late : parts).push_back(words_.single(i, solver.domain(i)));
        continue;
      }
      std::vector<Want> required = solver.required(i);
      for (std::size_t a = 0; a < required.size(); ++a) {
        const auto implied = [&](const Want& other) {
          // What a narrower requirement brings about goes without saying.
          const Word* wide = formulas_.masks.data() + formulas_.nodes[required[a].node].b;
          const Word* narrow = formulas_.masks.data() + formulas_.nodes[other.node].b;
          bool within = true, equal = true;
          for (std::uint32_t w = 0; w + 1 < variable.words; ++w) {
            within = within && (narrow[w] & ~wide[w]) == 0;
            equal = equal && narrow[w] == wide[w];
          }
          return within && (!equal || &other < &required[a]);
        };
        if (std::none_of(required.begin(), required.end(), implied)) parts.push_back(words_.literal(required[a]));
      }
      std::vector<Word> gone(solver.domain(i), solver.domain(i) + variable.words);
      for (std::uint32_t w = 0; w + 1 < variable.words; ++w) gone[w] = ~gone[w];
      if (variable.bits % 64 != 0) gone[variable.words - 2] &= (Word{1} << (variable.bits % 64)) - 1;
      parts.push_back(words_.set(i, gone.data(), true));
    }
    for (const Want& choice : solver.choices()) parts.push_back(phrase(choice));
  });
  // The same twice says it once.
  std::vector<Text> once;
  for (Text& part : parts) {
    if (std::none_of(once.begin(), once.end(), [&](const Text& other) { return other.text == part.text; }))
      once.push_back(std::move(part));
  }
  Text whole = all_of(once);
  const Text window = all_of(late);
  if (window.text.empty()) return whole;
  if (whole.binding == Text::Binding::either) whole.text = "(" + whole.text + ")";
  const bool bracket = window.binding == Text::Binding::either;
  if (!whole.text.empty()) whole.text += " ";
  whole.text += bracket ? "(" + window.text + ")" : window.text;
  whole.binding = whole.size == 0 ? Text::Binding::one : Text::Binding::both;
  whole.size += window.size;
  whole.window = true;
  return whole;
}

// What is left of a formula where some of it is settled.
Text CaseSolver::phrase(const Want& asked) {
  Solver& solver = finder_.solver();
  const Want want = solver.resolved(asked);
  if (solver.status(want) == Solver::Status::yes) return {};
  const FormulaNode& node = formulas_.nodes[want.node];
  if (node.kind == FormulaNode::Kind::single || node.kind == FormulaNode::Kind::has) return words_.literal(want);
  const bool all = solver.asks_all_parts(want);
  std::vector<Text> parts;
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Want part{formulas_.children[node.a + i], want.negated != node.negated, want.known};
    if (solver.status(part) == Solver::Status::no) continue;
    parts.push_back(phrase(part));
    if (!all && parts.back().text.empty()) return {};
  }
  return all ? all_of(parts) : any_of(parts);
}

}  // namespace zweck::analysis
