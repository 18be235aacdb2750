// `# zweck:ignore CHECK[, CHECK] because REASON`, on the line before a rule or at the end of its first line.
#pragma once

#include <vector>

#include "lint/lint.hpp"

namespace zweck::lint {

// The findings without those that a suppression silences, and with findings about the suppressions themselves: ones that
// silence nothing, give no reason, stand where no rule is, or name no check. Errors of loading and failed assertions are
// never silenced.
std::vector<Finding> suppress(const Context& context, std::vector<Finding> findings);

}  // namespace zweck::lint
