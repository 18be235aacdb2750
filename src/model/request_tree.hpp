// A request or ledger of the public API as the tree that JSON would give, so that both mean exactly the same.
#pragma once

#include <vector>

#include "text/tree.hpp"
#include "zweck/request.hpp"

namespace zweck {

// What does not belong together (a notice shown for a purpose, say) becomes a key that the reader refuses.
Tree to_tree(const std::vector<LedgerEvent>& ledger);
Tree to_tree(const Request& request);
// The value of a fact.
Tree to_tree(const FactValue& value);

}  // namespace zweck
