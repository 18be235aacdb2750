#include "grammar/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "grammar/pieces.hpp"
#include "text/limits.hpp"

namespace zweck::grammar {

namespace {

namespace s = syntax;

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

// What may stand only once: the clause itself, or it with its language.
std::string once(const s::Clause& clause) {
  if (const auto* benefit = std::get_if<s::Benefit>(&clause.node))
    return "benefit " + (benefit->language ? lower(benefit->language->text) : std::string());
  return std::string(word_of(clause));
}

bool may_repeat(const s::Clause& clause) {
  return std::holds_alternative<s::Except>(clause.node) || std::holds_alternative<s::Oblige>(clause.node) ||
         std::holds_alternative<s::Because>(clause.node);
}

class FormCheck {
 public:
  FormCheck(const Sources& sources, Diagnostics& mistakes) : sources_(sources), mistakes_(mistakes) {}

  // The clauses of one statement in turn.
  void clause_stands(const s::Clause& clause) {
    if (may_repeat(clause)) return;
    if (const auto [first, fresh] = seen_.try_emplace(once(clause), &clause); !fresh) repeated(*first->second, clause);
  }

  void wrong_clause(const s::Clause& clause, std::string_view statement, std::string help) {
    const std::string_view word = word_of(clause);
    const Span keyword{clause.span.file, clause.span.begin,
                       clause.span.begin + static_cast<std::uint32_t>(word.size())};
    complain(keyword, fmt::format("{} has no `{}`", statement, word), std::move(help));
  }

  void no_basis(const s::Rule& rule) {
    const Span head{rule.keyword.file, rule.keyword.begin, rule.name.span.end};
    complain(head, fmt::format("the allow rule `{}` has no basis", rule.name.text),
             "add one of `basis consent`, `basis contract`, `basis legal-obligation`, `basis vital-interest`, "
             "`basis public-task`, `basis legitimate-interest`, `basis not-personal`");
  }

 private:
  Diagnostic& complain(Span span, std::string message, std::string help) {
    mistakes_.push_back({.check = "syntax-error",
                         .message = std::move(message),
                         .help = std::move(help),
                         .place = sources_.place(span),
                         .related = {}});
    return mistakes_.back();
  }

  void repeated(const s::Clause& first, const s::Clause& clause) {
    const std::string_view word = word_of(clause);
    std::string message = fmt::format("a second `{}`", word);
    std::string help = fmt::format("`{}` stands at most once", word);
    if (const auto* benefit = std::get_if<s::Benefit>(&clause.node)) {
      message +=
          benefit->language ? fmt::format(" for the language `{}`", benefit->language->text) : " without a language";
      help = "there is one for each language";
    } else if (std::holds_alternative<s::When>(clause.node)) {
      help += "; conditions that must all hold are joined by `and`";
    } else if (std::holds_alternative<s::Unless>(clause.node)) {
      help += "; conditions of which one is enough are joined by `or`";
    } else if (std::holds_alternative<s::Basis>(clause.node)) {
      help = "a rule has exactly one basis; another basis is another rule";
    }
    complain(clause.span, std::move(message), std::move(help))
        .related.push_back(
            {.message = fmt::format("the first `{}` stands here", word), .place = sources_.place(first.span)});
  }

  const Sources& sources_;
  Diagnostics& mistakes_;
  std::unordered_map<std::string, const s::Clause*> seen_;
};

}  // namespace

void check_form(const Sources& sources, const s::Rule& rule, Diagnostics& mistakes) {
  FormCheck check(sources, mistakes);
  const bool allow = rule.effect == s::Effect::allow;
  const auto is_basis = [](const s::Clause& clause) { return std::holds_alternative<s::Basis>(clause.node); };
  if (allow && std::none_of(rule.clauses.begin(), rule.clauses.end(), is_basis)) check.no_basis(rule);
  for (const s::Clause& clause : rule.clauses) {
    if (mistakes.size() >= limits::diagnostics) return;
    if (!allow && allow_only(clause)) {
      check.wrong_clause(clause, "a deny rule",
                         "a deny rule may have `except`, `when`, `unless`, `from`, `until` and `because`");
    } else {
      check.clause_stands(clause);
    }
  }
}

void check_form(const Sources& sources, const s::Assertion& assertion, Diagnostics& mistakes) {
  FormCheck check(sources, mistakes);
  for (const s::Clause& clause : assertion.clauses) {
    if (mistakes.size() >= limits::diagnostics) return;
    if (!may_be_asserted(clause)) {
      check.wrong_clause(clause, "an assertion", "an assertion may have `except`, `when`, `unless` and `because`");
    } else {
      check.clause_stands(clause);
    }
  }
}

}  // namespace zweck::grammar
