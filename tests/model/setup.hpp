// Small policy sets, ledgers and situations written as text.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "model/evaluate.hpp"
#include "model/ledger.hpp"
#include "model/load.hpp"
#include "model/model.hpp"
#include "text/tree.hpp"

namespace zweck {

// For Boost.Test.
std::ostream& operator<<(std::ostream& out, Truth truth);
std::ostream& operator<<(std::ostream& out, Status status);

}  // namespace zweck

namespace zweck::test {

// Each fails the test, and says why, if the text is no good.
Model model_of(const std::string& vocabulary, const std::string& rules = "");
Tree tree_of(const std::string& yaml);
Tree json_tree(const std::string& json);
Ledger ledger_of(const Model& model, const std::string& yaml);
std::vector<Value> facts_of(const Model& model, const std::string& yaml = "{}");
Time time_of(std::string_view text);
Point point_of(const Model& model, std::string_view data, std::string_view purpose, std::string_view partner);

// Errors one a line: "file:line:column: message [check]; help", without the place where there is none.
std::string shown(const Diagnostics& diagnostics);
// The error of loading these files.
std::string load_errors(std::vector<Source> files);

// The vocabulary of the language reference.
extern const char* const reference_vocabulary;

}  // namespace zweck::test
