#include "grammar/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar/format.hpp"

namespace zweck::grammar {

namespace {

namespace s = syntax;

// By index of the variant in syntax::Clause.
constexpr std::array<std::string_view, 10> clause_words = {"except", "when",    "unless", "from",   "until",
                                                           "basis",  "benefit", "keep",   "oblige", "because"};
static_assert(clause_words.size() == std::variant_size_v<decltype(s::Clause::node)>);

std::string_view word_of(const s::Clause& clause) { return clause_words[clause.node.index()]; }

bool allow_only(const s::Clause& clause) {
  return std::holds_alternative<s::Basis>(clause.node) || std::holds_alternative<s::Benefit>(clause.node) ||
         std::holds_alternative<s::Keep>(clause.node) || std::holds_alternative<s::Oblige>(clause.node);
}

bool may_be_asserted(const s::Clause& clause) {
  return std::holds_alternative<s::Except>(clause.node) || std::holds_alternative<s::When>(clause.node) ||
         std::holds_alternative<s::Unless>(clause.node) || std::holds_alternative<s::Because>(clause.node);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return text;
}

class FormCheck {
 public:
  FormCheck(const Sources& sources, const Complain& complain) : sources_(sources), complain_(complain) {}

  void complain(Span span, std::string message, std::string help, const s::Clause* first = nullptr) const {
    Diagnostic diagnostic{.check = "syntax-error",
                          .message = std::move(message),
                          .help = std::move(help),
                          .place = sources_.place(span),
                          .related = {}};
    if (first != nullptr)
      diagnostic.related.push_back({.message = fmt::format("the first `{}` stands here", word_of(*first)),
                                    .place = sources_.place(first->span)});
    complain_(std::move(diagnostic));
  }

  // The keyword of a clause alone.
  static Span keyword_of(const s::Clause& clause) {
    return {clause.span.file, clause.span.begin,
            clause.span.begin + static_cast<std::uint32_t>(word_of(clause).size())};
  }

  // Compares a clause with those before it that may stand there.
  void check_repeated(const std::vector<const s::Clause*>& before, const s::Clause& clause) const {
    for (const s::Clause* earlier : before) {
      if (earlier->node.index() != clause.node.index()) continue;
      if (std::holds_alternative<s::Except>(clause.node) || std::holds_alternative<s::Because>(clause.node)) return;
      if (const auto* benefit = std::get_if<s::Benefit>(&clause.node)) {
        const auto tag = [](const s::Benefit& b) { return b.language ? lower(b.language->text) : std::string(); };
        if (tag(*benefit) != tag(std::get<s::Benefit>(earlier->node))) continue;
        const std::string language =
            benefit->language ? fmt::format("for the language `{}`", benefit->language->text) : "without a language";
        return complain(clause.span, fmt::format("a second `benefit` {}", language), "there is one for each language",
                        earlier);
      }
      if (const auto* oblige = std::get_if<s::Oblige>(&clause.node)) {
        if (oblige->name.text != std::get<s::Oblige>(earlier->node).name.text) continue;
        return complain(clause.span, fmt::format("a second `oblige {}`", quote_name(oblige->name.text)), "say it once",
                        earlier);
      }
      std::string help = fmt::format("`{}` stands at most once", word_of(clause));
      if (std::holds_alternative<s::When>(clause.node)) help += "; conditions that must all hold are joined by `and`";
      if (std::holds_alternative<s::Unless>(clause.node))
        help += "; conditions of which one is enough are joined by `or`";
      if (std::holds_alternative<s::Basis>(clause.node))
        help = "a rule has exactly one basis; another basis is another rule";
      return complain(clause.span, fmt::format("a second `{}`", word_of(clause)), std::move(help), earlier);
    }
  }

 private:
  const Sources& sources_;
  const Complain& complain_;
};

}  // namespace

void check_form(const Sources& sources, const s::Rule& rule, const Complain& complain) {
  const FormCheck check(sources, complain);
  const bool allow = rule.effect == s::Effect::allow;
  const bool has_basis = std::any_of(rule.clauses.begin(), rule.clauses.end(), [](const s::Clause& clause) {
    return std::holds_alternative<s::Basis>(clause.node);
  });
  if (allow && !has_basis) {
    const Span head{rule.keyword.file, rule.keyword.begin, rule.name.span.end};
    check.complain(head, fmt::format("the allow rule {} has no basis", fmt::format("`{}`", rule.name.text)),
                   "add one of `basis consent`, `basis contract`, `basis legal-obligation`, `basis vital-interest`, "
                   "`basis public-task`, `basis legitimate-interest`, `basis not-personal`");
  }
  std::vector<const s::Clause*> before;
  for (const s::Clause& clause : rule.clauses) {
    if (!allow && allow_only(clause)) {
      check.complain(FormCheck::keyword_of(clause), fmt::format("a deny rule has no `{}`", word_of(clause)),
                     "a deny rule may have `except`, `when`, `unless`, `from`, `until` and `because`");
      continue;
    }
    check.check_repeated(before, clause);
    before.push_back(&clause);
  }
}

void check_form(const Sources& sources, const s::Assertion& assertion, const Complain& complain) {
  const FormCheck check(sources, complain);
  std::vector<const s::Clause*> before;
  for (const s::Clause& clause : assertion.clauses) {
    if (!may_be_asserted(clause)) {
      check.complain(FormCheck::keyword_of(clause), fmt::format("an assertion has no `{}`", word_of(clause)),
                     "an assertion may have `except`, `when`, `unless` and `because`");
      continue;
    }
    check.check_repeated(before, clause);
    before.push_back(&clause);
  }
}

}  // namespace zweck::grammar
