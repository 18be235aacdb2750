#include "lint/setup.hpp"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

namespace lint_test {

using namespace zweck;

const std::string shop = R"(data:
  personal: {}
  address: {in: personal}
  purchases: {in: personal}
  health: {in: personal, special: true}
  sizes: {in: personal, volunteered: true}
purposes: {delivery: {}, advertising: {}}
partners:
  shop: {first-party: true}
  carriers: {}
  dhl: {in: carriers}
  post: {in: carriers}
facts: {age: int 0..150, gpc: bool = false, score: int 0..9 = 0}
notices: {terms: {version: 2}}
)";

namespace {

const lint::Options options{.now = *parse_time("2026-06-01T00:00:00Z"), .directory = {}};

}  // namespace

LoadedSet set_of(const std::string& rules, const std::string& vocabulary) {
  Result<LoadedSet> set = load_texts({{"shop.vocab.yaml", vocabulary}, {"shop.zweck", rules}});
  if (!set) BOOST_FAIL(render(set.diagnostics()) << rules);
  return *std::move(set);
}

std::vector<lint::Finding> findings_of(const LoadedSet& set) { return lint::lint(set, options); }

lint::SetFindings report_of(const LoadedSet& set) { return {"shop", findings_of(set), &set.model.vocabulary}; }

std::string text_of(const std::vector<lint::Finding>& findings, const std::string& check) {
  std::string out;
  for (const lint::Finding& finding : findings) {
    const Diagnostic& diagnostic = finding.diagnostic;
    if (!check.empty() && diagnostic.check != check) continue;
    out += fmt::format("{}:{} {}: {}\n", diagnostic.place.line, diagnostic.place.column, diagnostic.check,
                       diagnostic.message);
  }
  return out;
}

std::string fixed(const std::string& rules, const std::string& vocabulary) {
  const LoadedSet set = set_of(rules, vocabulary);
  const auto changed = lint::fix_all(set, options);
  if (!changed) BOOST_FAIL(render(changed.diagnostics()) << rules);
  BOOST_TEST(!changed->contains("shop.vocab.yaml"));
  const auto found = changed->find("shop.zweck");
  return found == changed->end() ? rules : found->second;
}

}  // namespace lint_test
