// Small sets in memory, and what lint says of them.
#pragma once

#include <string>
#include <vector>

#include "lint/lint.hpp"
#include "lint/reports.hpp"

namespace lint_test {

// A vocabulary to write rules for.
extern const std::string shop;

// `rules` as shop.zweck beside the vocabulary; errors of loading end the test.
zweck::LoadedSet set_of(const std::string& rules, const std::string& vocabulary = shop);
std::vector<zweck::lint::Finding> findings_of(const zweck::LoadedSet& set);
// As `shop` with what was found, for reports.
zweck::lint::SetFindings report_of(const zweck::LoadedSet& set);

// "LINE:COLUMN CHECK: MESSAGE", a line each, in order; only those of a check if one is named.
std::string text_of(const std::vector<zweck::lint::Finding>& findings, const std::string& check = "");

// The rules after all safe fixes.
std::string fixed(const std::string& rules, const std::string& vocabulary = shop);

}  // namespace lint_test
