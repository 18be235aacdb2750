// A ledger as part of a request: its problems are gathered with those of the rest.
#pragma once

#include "model/ledger.hpp"
#include "model/reader.hpp"

namespace zweck {

// The ledger as far as it could be read; what could not be is a problem of the reader.
Ledger read_ledger(Reader& reader, const Tree& tree);

}  // namespace zweck
