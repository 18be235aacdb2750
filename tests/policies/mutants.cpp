#include "policies/mutants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "analysis/difference.hpp"
#include "engine/program.hpp"

namespace policies {

using zweck::Basis;
using zweck::Condition;
using zweck::Engine;
using zweck::EngineOptions;
using zweck::Model;
using zweck::Program;
using zweck::Rule;

namespace {

constexpr const char* dimension_names[] = {"data", "purpose", "partner"};

// The mutants of one rule.
struct Changes {
  const Model& model;
  std::size_t index;
  std::vector<Mutant>& out;

  const Rule& rule() const { return model.rules[index]; }

  void add(std::string change, const std::function<void(Model&, Rule&)>& apply) {
    Mutant mutant{rule().name, std::move(change), model};
    apply(mutant.model, mutant.model.rules[index]);
    out.push_back(std::move(mutant));
  }

  void drop() {
    Mutant mutant{rule().name, "dropped", model};
    mutant.model.rules.erase(mutant.model.rules.begin() + static_cast<std::ptrdiff_t>(index));
    out.push_back(std::move(mutant));
  }

  // Each side: everything, and each of its names replaced by what is right above it.
  void widen_scope() {
    for (std::size_t side = 0; side < 3; ++side) {
      const auto& nodes = rule().scope.sides[side];
      if (nodes.any) continue;
      add(fmt::format("{} any", dimension_names[side]),
          [&](Model&, Rule& changed) { changed.scope.sides[side] = {.any = true, .nodes = {}}; });
      const auto& taxonomy = model.vocabulary.taxonomies[side];
      for (const auto node : nodes.nodes) {
        for (const auto parent : taxonomy.nodes[node].parents) {
          const auto change = fmt::format("{} `{}` to `{}`", dimension_names[side], taxonomy.nodes[node].name,
                                          taxonomy.nodes[parent].name);
          add(change, [&](Model&, Rule& changed) {
            auto& names = changed.scope.sides[side].nodes;
            std::replace(names.begin(), names.end(), node, parent);
            std::sort(names.begin(), names.end());
            names.erase(std::unique(names.begin(), names.end()), names.end());
          });
        }
      }
    }
    for (std::size_t i = 0; i < rule().excepts.size(); ++i) {
      add(fmt::format("without `except` {}", i + 1), [&](Model&, Rule& changed) {
        changed.excepts.erase(changed.excepts.begin() + static_cast<std::ptrdiff_t>(i));
      });
    }
  }

  // Without a condition, and each single test in it stuck at true and at false, moved by one, or asking for less.
  void change_condition(const char* name, std::optional<Condition> Rule::*member) {
    if (!(rule().*member)) return;
    add(fmt::format("without `{}`", name), [&](Model&, Rule& changed) { (changed.*member).reset(); });
    change_tests(name, [member](Rule& changed) -> Condition& { return *(changed.*member); }, *(rule().*member));
  }

  using Place = std::function<Condition&(Rule&)>;

  void change_tests(const std::string& name, const Place& place, const Condition& condition) {
    for (std::size_t i = 0; i < condition.parts.size(); ++i) {
      const Place part = [&place, i](Rule& changed) -> Condition& { return place(changed).parts[i]; };
      change_tests(fmt::format("{}.{}", name, i + 1), part, condition.parts[i]);
    }
    if (!condition.parts.empty()) return;
    for (const bool truth : {true, false}) {
      add(fmt::format("`{}` always {}", name, truth),
          [&](Model&, Rule& changed) { place(changed) = constant(truth, condition); });
    }
    switch (condition.kind) {
      case Condition::Kind::consent:
        for (const auto& [what, weaker] : weaker_consents(model.consent_tests[condition.index]))
          add_test(fmt::format("`{}`: {}", name, what), place, &Model::consent_tests, weaker);
        break;
      case Condition::Kind::notice: {
        auto older = model.notice_tests[condition.index];
        if (--older.version > 0)
          add_test(fmt::format("`{}`: an older notice", name), place, &Model::notice_tests, older);
        break;
      }
      case Condition::Kind::test: {
        const auto& test = model.tests[condition.index];
        for (std::size_t i = 0; test.literals.size() > 1 && i < test.literals.size(); ++i) {
          auto fewer = test;
          fewer.literals.erase(fewer.literals.begin() + static_cast<std::ptrdiff_t>(i));
          add_test(fmt::format("`{}` without value {}", name, i + 1), place, &Model::tests, fewer);
        }
        if (test.op < zweck::TestOp::less || test.op > zweck::TestOp::greater_equal || test.own) break;
        for (const int step : {-1, 1}) {
          auto moved = test;
          moved.literals.front() += step;
          add_test(fmt::format("`{}` moved by {}", name, step), place, &Model::tests, moved);
        }
        break;
      }
      default: break;
    }
  }

  template <class Test>
  void add_test(const std::string& change, const Place& place, std::vector<Test> Model::*tests, const Test& test) {
    add(change, [&](Model& changed, Rule& rule) {
      place(rule).index = static_cast<std::uint32_t>((changed.*tests).size());
      (changed.*tests).push_back(test);
    });
  }

  // A condition of no parts: all of them are true, and none is.
  static Condition constant(bool truth, const Condition& in_place_of) {
    const auto kind = truth ? Condition::Kind::all : Condition::Kind::any;
    return {.kind = kind, .parts = {}, .index = 0, .span = in_place_of.span};
  }

  static std::vector<std::pair<std::string, zweck::ConsentTest>> weaker_consents(const zweck::ConsentTest& consent) {
    std::vector<std::pair<std::string, zweck::ConsentTest>> result;
    const auto weaker = [&](const char* what) -> zweck::ConsentTest& {
      return result.emplace_back(what, consent).second;
    };
    if (consent.explicit_) weaker("consent not explicit").explicit_ = false;
    if (consent.within) weaker("consent of any age").within.reset();
    if (consent.under) weaker("consent under no notice").under.reset();
    if (consent.under && consent.version > 1) --weaker("consent under an older notice").version;
    return result;
  }

  void weaken_consent() {
    for (const auto& [what, weaker] : weaker_consents(model.consent_tests[rule().consent])) {
      add(what, [&consent = weaker](Model& changed, Rule& rule) {
        rule.consent = static_cast<std::uint32_t>(changed.consent_tests.size());
        changed.consent_tests.push_back(consent);
        rule.explicit_consent = static_cast<std::uint32_t>(changed.consent_tests.size());
        changed.consent_tests.push_back(consent);
        changed.consent_tests.back().explicit_ = true;
      });
    }
  }

  void weaken_basis() {
    if (rule().effect != zweck::Effect::allow) return;
    if (rule().basis == Basis::consent) weaken_consent();
    if (rule().basis != Basis::legal_obligation)
      add("basis legal-obligation", [](Model&, Rule& changed) { changed.basis = Basis::legal_obligation; });
    if (rule().keep) {
      add("without `keep`", [](Model&, Rule& changed) { changed.keep.reset(); });
      add("kept twice as long", [](Model&, Rule& changed) { changed.keep->seconds *= 2; });
    }
    for (std::size_t i = 0; i < rule().oblige.size(); ++i) {
      add(fmt::format("without `oblige {}`", model.vocabulary.obligations[rule().oblige[i]].name),
          [&](Model&, Rule& changed) {
            changed.oblige.erase(changed.oblige.begin() + static_cast<std::ptrdiff_t>(i));
          });
    }
  }
};

}  // namespace

std::vector<Mutant> mutants(const Model& model) {
  std::vector<Mutant> result;
  for (std::size_t i = 0; i < model.rules.size(); ++i) {
    Changes changes{model, i, result};
    changes.drop();
    changes.widen_scope();
    changes.change_condition("when", &Rule::when);
    changes.change_condition("unless", &Rule::unless);
    changes.weaken_basis();
  }
  return result;
}

bool means_the_same(const Model& model, const Mutant& mutant) {
  const auto engine = [](const Model& of) { return Engine(std::make_shared<const Program>(of, EngineOptions{})); };
  const auto go_on = [](const zweck::DifferenceEntry&) { return true; };
  return zweck::compare(engine(model), engine(mutant.model), go_on).equal();
}

}  // namespace policies
