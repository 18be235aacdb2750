#include "lint/checks.hpp"

namespace zweck::lint {

void logic(const Context&, Report&) {}

}  // namespace zweck::lint
