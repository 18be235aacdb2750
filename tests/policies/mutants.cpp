#include "policies/mutants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "model/evaluate.hpp"

namespace policies {

using zweck::Basis;
using zweck::Condition;
using zweck::Model;
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

  // Without a condition, and without each part of it that restricts by itself.
  void weaken(const char* name, std::optional<Condition> Rule::*member, Condition::Kind restricting) {
    const auto& condition = rule().*member;
    if (!condition) return;
    add(fmt::format("without `{}`", name), [&](Model&, Rule& changed) { (changed.*member).reset(); });
    if (condition->kind != restricting) return;
    for (std::size_t i = 0; i < condition->parts.size(); ++i) {
      add(fmt::format("without part {} of `{}`", i + 1, name), [&](Model&, Rule& changed) {
        auto& parts = (changed.*member)->parts;
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
        if (parts.size() == 1) {
          Condition only = std::move(parts.front());
          changed.*member = std::move(only);
        }
      });
    }
  }

  void weaken_consent(const std::string& change, const std::function<void(zweck::ConsentTest&)>& apply) {
    add(change, [&](Model& changed, Rule& rule) {
      auto consent = changed.consent_tests[rule.consent];
      apply(consent);
      rule.consent = static_cast<std::uint32_t>(changed.consent_tests.size());
      changed.consent_tests.push_back(consent);
      consent.explicit_ = true;
      rule.explicit_consent = static_cast<std::uint32_t>(changed.consent_tests.size());
      changed.consent_tests.push_back(consent);
    });
  }

  void weaken_basis() {
    if (rule().effect != zweck::Effect::allow) return;
    if (rule().basis == Basis::consent) {
      const auto& consent = model.consent_tests[rule().consent];
      if (consent.explicit_) weaken_consent("consent not explicit", [](auto& test) { test.explicit_ = false; });
      if (consent.within) weaken_consent("consent of any age", [](auto& test) { test.within.reset(); });
      if (consent.under) weaken_consent("consent under no notice", [](auto& test) { test.under.reset(); });
      if (consent.under && consent.version > 1)
        weaken_consent("consent under an older notice", [](auto& test) { --test.version; });
    }
    if (rule().basis == Basis::consent || rule().basis == Basis::legitimate_interest ||
        rule().basis == Basis::public_task)
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
    changes.weaken("when", &Rule::when, Condition::Kind::all);
    changes.weaken("unless", &Rule::unless, Condition::Kind::any);
    changes.weaken_basis();
  }
  return result;
}

bool means_the_same(const Model& model, const Mutant& mutant) {
  static const std::vector<std::string> scope_changes{"data ", "purpose ", "partner ", "without `except`"};
  const bool of_scope = std::any_of(scope_changes.begin(), scope_changes.end(),
                                    [&](const auto& change) { return mutant.change.starts_with(change); });
  const bool of_explicit = mutant.change == "consent not explicit";
  if (!of_scope && !of_explicit) return false;

  const auto named = [&](const Model& in) {
    return std::find_if(in.rules.begin(), in.rules.end(), [&](const Rule& rule) { return rule.name == mutant.rule; });
  };
  const Rule& before = *named(model);
  const Rule& after = *named(mutant.model);
  // With nothing known, what does not apply never will. The time is the same for all: no rule here has a window.
  std::vector<zweck::Value> nothing(model.vocabulary.facts.size());
  const zweck::Situation unknown{zweck::Time{}, nothing, nullptr};
  for (const auto data : model.vocabulary.taxonomies[0].leaves()) {
    for (const auto purpose : model.vocabulary.taxonomies[1].leaves()) {
      for (const auto partner : model.vocabulary.taxonomies[2].leaves()) {
        const zweck::Point point{data, purpose, partner};
        const bool covered = zweck::covers(model.vocabulary, before, point);
        const bool now_covered = zweck::covers(model.vocabulary, after, point);
        if (of_explicit && covered && !zweck::is_special(model.vocabulary, data)) return false;
        if (covered == now_covered) continue;
        if (zweck::applies(mutant.model, after, point, unknown) == zweck::Truth::no) continue;
        const bool allowed_anyhow = std::any_of(model.rules.begin(), model.rules.end(), [&](const Rule& rule) {
          return rule.effect == zweck::Effect::allow && zweck::covers(model.vocabulary, rule, point) &&
                 zweck::applies(model, rule, point, unknown) != zweck::Truth::no;
        });
        if (before.effect == zweck::Effect::allow || allowed_anyhow) return false;
      }
    }
  }
  return true;
}

}  // namespace policies
