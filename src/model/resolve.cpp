#include "model/resolve.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "model/resolve_condition.hpp"
#include "model/revision.hpp"
#include "text/limits.hpp"
#include "text/suggest.hpp"

namespace zweck {
namespace {

constexpr std::array<std::string_view, 3> dimension_things{"data node", "purpose", "partner"};

class Resolver {
 public:
  Resolver(Model& model, Mistakes& mistakes) : model_(model), mistakes_(mistakes), conditions_(model, mistakes) {}

  void add(const syntax::Rule& syntax) {
    if (!is_new(rule_names_, syntax.name, "rule")) return;
    Rule rule;
    rule.name = syntax.name.text;
    rule.title = syntax.title ? syntax.title->text : "";
    rule.effect = syntax.effect == syntax::Effect::allow ? Effect::allow : Effect::deny;
    rule.scope = resolve(syntax.scope.data, syntax.scope.purpose, syntax.scope.partner, syntax.scope.span);
    rule.span = syntax.span;
    rule.name_span = syntax.name.span;
    rule.scope_span = syntax.scope.span;
    const std::array<const syntax::Nodes*, 3> sides{&syntax.scope.data, &syntax.scope.purpose, &syntax.scope.partner};
    for (std::size_t d = 0; d < 3; ++d)
      for (const syntax::Name& name : sides[d]->names) rule.node_spans[d].push_back(name.span);
    for (const syntax::Clause& clause : syntax.clauses) add(rule, clause);
    std::sort(rule.oblige.begin(), rule.oblige.end());
    rule.oblige.erase(std::unique(rule.oblige.begin(), rule.oblige.end()), rule.oblige.end());
    std::sort(rule.benefit.begin(), rule.benefit.end());
    model_.rules.push_back(std::move(rule));
  }

  void add(const syntax::Assertion& syntax) {
    if (!is_new(assertion_names_, syntax.name, "assertion")) return;
    Assertion assertion;
    assertion.name = syntax.name.text;
    assertion.title = syntax.title ? syntax.title->text : "";
    assertion.quantifier = syntax.quantifier == syntax::Quantifier::never ? Quantifier::never : Quantifier::always;
    assertion.scope = resolve(syntax.scope.data, syntax.scope.purpose, syntax.scope.partner, syntax.scope.span);
    assertion.span = syntax.span;
    assertion.name_span = syntax.name.span;
    for (const syntax::Clause& clause : syntax.clauses) {
      if (const auto* except = std::get_if<syntax::Except>(&clause.node))
        assertion.excepts.push_back(resolve(except->data, except->purpose, except->partner, clause.span));
      else if (const auto* when = std::get_if<syntax::When>(&clause.node))
        assertion.when = conditions_.resolve(when->condition);
      else if (const auto* unless = std::get_if<syntax::Unless>(&clause.node))
        assertion.unless = conditions_.resolve(unless->condition);
      else if (const auto* because = std::get_if<syntax::Because>(&clause.node))
        assertion.because.push_back(because->text.text);
    }
    model_.assertions.push_back(std::move(assertion));
  }

 private:
  using Seen = std::unordered_map<std::string, Span>;

  bool is_new(Seen& seen, const syntax::Name& name, const std::string& kind) {
    const auto [first, added] = seen.emplace(name.text, name.span);
    if (added) return true;
    mistakes_.add("duplicate-name", "the " + kind + " `" + name.text + "` is defined twice",
                  "give one of the two another name", name.span, "it is defined here first", first->second);
    return false;
  }

  void add(Rule& rule, const syntax::Clause& clause) {
    std::visit([&](const auto& node) { add(rule, node, clause.span); }, clause.node);
  }
  void add(Rule& rule, const syntax::Except& except, Span span) {
    rule.excepts.push_back(resolve(except.data, except.purpose, except.partner, span));
  }
  void add(Rule& rule, const syntax::When& when, Span span) {
    rule.when = conditions_.resolve(when.condition);
    rule.when_span = span;
  }
  void add(Rule& rule, const syntax::Unless& unless, Span span) {
    rule.unless = conditions_.resolve(unless.condition);
    rule.unless_span = span;
  }
  void add(Rule& rule, const syntax::From& from, Span span) {
    rule.from = Date{from.date.days};
    rule.from_span = span;
  }
  void add(Rule& rule, const syntax::Until& until, Span span) {
    rule.until = Date{until.date.days};
    rule.until_span = span;
  }
  void add(Rule& rule, const syntax::Basis& basis, Span span) {
    static_assert(static_cast<int>(Basis::not_personal) == static_cast<int>(syntax::BasisKind::not_personal));
    rule.basis = static_cast<Basis>(basis.kind);
    rule.basis_span = span;
    if (rule.basis != Basis::consent) return;
    std::tie(rule.consent, rule.explicit_consent) = conditions_.resolve_basis(basis.consent);
  }
  void add(Rule& rule, const syntax::Benefit& benefit, Span) {
    rule.benefit.emplace_back(benefit.language ? benefit.language->text : "", benefit.text.text);
  }
  void add(Rule& rule, const syntax::Keep& keep, Span span) {
    rule.keep = Duration{keep.duration.seconds};
    rule.keep_span = span;
  }
  void add(Rule& rule, const syntax::Oblige& oblige, Span) {
    if (const auto id = model_.vocabulary.find_obligation(oblige.name.text)) {
      rule.oblige.push_back(*id);
      return;
    }
    const auto known = [&] {
      std::vector<std::string_view> names;
      for (const Obligation& obligation : model_.vocabulary.obligations) names.push_back(obligation.name);
      return names;
    };
    conditions_.unknown("obligation", oblige.name, known, "`obligations` in the vocabulary lists those there are");
  }
  void add(Rule& rule, const syntax::Because& because, Span) { rule.because.push_back(because.text.text); }

  Box resolve(const syntax::Nodes& data, const syntax::Nodes& purpose, const syntax::Nodes& partner, Span span) {
    return {{resolve(data, 0), resolve(purpose, 1), resolve(partner, 2)}, span};
  }

  NodeSet resolve(const syntax::Nodes& nodes, std::size_t dimension) {
    NodeSet set;
    set.any = nodes.any;
    for (const syntax::Name& name : nodes.names) {
      if (const auto id = model_.vocabulary.taxonomies[dimension].find(name.text))
        set.nodes.push_back(*id);
      else
        unknown_node(name, dimension);
    }
    std::sort(set.nodes.begin(), set.nodes.end());
    set.nodes.erase(std::unique(set.nodes.begin(), set.nodes.end()), set.nodes.end());
    return set;
  }

  void unknown_node(const syntax::Name& name, std::size_t dimension) {
    std::string elsewhere;
    for (std::size_t other = 0; other < 3; ++other)
      if (other != dimension && model_.vocabulary.taxonomies[other].find(name.text))
        elsewhere = "`" + name.text + "` is a " + std::string(dimension_things[other]) + "; a rule reads `allow DATA for "
                    "PURPOSE by PARTNER`";
    conditions_.unknown(dimension_things[dimension], name,
                        [&] { return model_.vocabulary.taxonomies[dimension].names(); }, elsewhere);
  }

  Model& model_;
  Mistakes& mistakes_;
  ConditionResolver conditions_;
  Seen rule_names_, assertion_names_;
};

}  // namespace

Result<Model> resolve(Sources sources, Vocabulary vocabulary, const std::vector<syntax::File>& files) {
  Model model;
  model.sources = std::move(sources);
  model.vocabulary = std::move(vocabulary);
  Mistakes mistakes(model.sources);
  Resolver resolver(model, mistakes);
  for (const syntax::File& file : files)
    for (const auto& statement : file.statements)
      std::visit([&](const auto& it) { resolver.add(it); }, statement);
  if (model.rules.size() > limits::rules)
    mistakes.add("invalid-vocabulary", "more than " + std::to_string(limits::rules) + " rules in one policy set", {},
                 model.rules[limits::rules].name_span);
  if (!mistakes.empty()) return mistakes.take();

  const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
  std::sort(model.rules.begin(), model.rules.end(), by_name);
  std::sort(model.assertions.begin(), model.assertions.end(), by_name);
  model.revision = revision_of(model);
  return model;
}

}  // namespace zweck
