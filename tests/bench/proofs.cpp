// Assertions over the rules of a workload.
#include "bench/proofs.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "analysis/assertions.hpp"
#include "bench/random.hpp"

namespace zweck::bench {
namespace {

class Maker {
 public:
  explicit Maker(const Model& model) : model_(model) {}

  // One of three kinds, by turns; empty where the dice fell badly.
  std::string candidate(std::size_t number) {
    switch (number % 3) {
      case 0: return over_a_deny();
      case 1: return over_groups();
      default: return at_a_point();
    }
  }

 private:
  std::string text(const Span& span) const { return std::string(model_.sources.text(span)); }

  // When the rule applies, as a condition; empty if it always does.
  std::string condition(const zweck::Rule& rule) const {
    std::string out;
    if (rule.when) out = "(" + text(rule.when->span) + ")";
    if (rule.unless) out += (out.empty() ? "not (" : " and not (") + text(rule.unless->span) + ")";
    return out;
  }

  std::string over_a_deny() {
    const zweck::Rule& rule = random_.pick(model_.rules);
    if (rule.effect != Effect::deny || rule.from || rule.until || !rule.excepts.empty()) return {};
    const std::string when = condition(rule);
    std::string scope = text(rule.scope_span);
    if (scope.starts_with("deny ")) scope.erase(0, 5);
    return "never allow " + scope + (when.empty() ? "" : "\n  when " + when);
  }

  std::string group(Dimension dimension) {
    const auto& nodes = model_.vocabulary.of(dimension).nodes;
    return nodes[random_.below(nodes.size() / 8)].name;  // the upper levels come first
  }

  std::string over_groups() {
    constexpr std::array conditions{"age < 14 and objection", "gpc or objection", "not consent", "age < 16",
                                    "data.sensitivity = 5 and not logged-in"};
    return fmt::format("never allow {} for {} by {}\n  when {}", group(Dimension::data), group(Dimension::purpose),
                       group(Dimension::partner), conditions[random_.below(conditions.size())]);
  }

  // Allowed where one rule applies and none of the denies there does.
  std::string at_a_point() {
    const auto leaf = [&](Dimension dimension) { return random_.pick(model_.vocabulary.of(dimension).leaves()); };
    const Point point{leaf(Dimension::data), leaf(Dimension::purpose), leaf(Dimension::partner)};
    std::string when;
    for (const zweck::Rule& rule : model_.rules) {
      const bool fits = rule.basis == Basis::contract || rule.basis == Basis::not_personal ||
                        rule.basis == Basis::legal_obligation;
      if (rule.effect != Effect::allow || !fits || !rule.when || rule.from || rule.until) continue;
      if (!covers(model_.vocabulary, rule, point)) continue;
      when = condition(rule);
      break;
    }
    if (when.empty()) return {};
    for (const zweck::Rule& rule : model_.rules) {
      if (rule.effect != Effect::deny || !covers(model_.vocabulary, rule, point)) continue;
      const std::string denied = condition(rule);
      if (denied.empty()) return {};
      when += " and not (" + denied + ")";
    }
    const auto name = [&](Dimension dimension, NodeId node) { return model_.vocabulary.of(dimension).nodes[node].name; };
    return fmt::format("always allow {} for {} by {}\n  when {}", name(Dimension::data, point.data),
                       name(Dimension::purpose, point.purpose), name(Dimension::partner, point.partner), when);
  }

  const Model& model_;
  Random random_{17};
};

}  // namespace

LoadedSet load(const Texts& texts) {
  std::vector<Source> sources;
  for (const auto& [path, text] : texts) sources.push_back({path, text});
  Result<LoadedSet> set = load_texts(std::move(sources));
  if (set) return *std::move(set);
  std::fputs(render(set.diagnostics()).c_str(), stderr);
  std::exit(2);
}

std::string assertions_text(const Model& model, std::size_t holding, std::size_t failing) {
  Maker maker(model);
  std::vector<std::string> candidates;
  std::string all;
  for (std::size_t i = 0; candidates.size() < 12 * (holding + failing) && i < 100'000; ++i) {
    const std::string candidate = maker.candidate(i);
    if (candidate.empty()) continue;
    all += fmt::format("assert a-{:04}\n  {}\n", candidates.size(), candidate);
    candidates.push_back(candidate);
  }
  Texts texts{{"assertions.zweck", all}};
  for (std::uint32_t i = 0; i < model.sources.size(); ++i) texts.emplace_back(model.sources[i].path, model.sources[i].text);
  const LoadedSet set = load(texts);
  std::string chosen;
  std::size_t number = 0;
  for (const AssertionResult& result : decide_assertions(set.model)) {
    if (result.vacuous) continue;
    std::size_t& wanted = result.outcome == AssertionResult::Outcome::holds ? holding : failing;
    if (wanted == 0) continue;
    --wanted;
    chosen += fmt::format("assert a-{:04}\n  {}\n", number++, candidates[result.assertion]);
  }
  if (holding + failing > 0) {
    std::fprintf(stderr, "too few assertions: %zu that hold and %zu that fail are missing\n", holding, failing);
    std::exit(2);
  }
  return chosen;
}

}  // namespace zweck::bench
