// Every name that a request can hold, to its id.
#pragma once

#include <vector>

#include "engine/name_table.hpp"
#include "model/model.hpp"

namespace zweck {

struct Names {
  std::vector<NameTable> taxonomies;  // as in Vocabulary
  NameTable facts, notices, obligations;
  NameTable strings;  // by string id
};

Names names_of(const Vocabulary& vocabulary);

}  // namespace zweck
