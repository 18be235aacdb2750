// MODEL -> TEXT, for tests: everything a policy set means, one thing a line, in an order that depends on nothing else.
#pragma once

#include <string>

#include "model/model.hpp"

namespace zweck {

std::string dump(const Vocabulary& vocabulary);
std::string dump(const Model& model);
// One condition on one line, every group in brackets: "all(objection, not(age >= 18))".
std::string dump(const Model& model, const Condition& condition);

}  // namespace zweck
