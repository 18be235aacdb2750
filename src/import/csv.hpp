// Comma-separated values as RFC 4180 has them, read strictly: for tables that others have made.
#pragma once

#include <string>
#include <vector>

#include "text/source.hpp"

namespace zweck::import {

struct Row {
  std::vector<std::string> fields;
  Span span;  // of the whole row
};

// The first row names the columns; every other has as many fields. Refused with its place: quotes that are not closed,
// quotes within a field without them, text behind closing quotes, rows of another length.
struct Table {
  std::vector<std::string> columns;
  std::vector<Row> rows;
};
Result<Table> read_csv(const Sources& files, std::uint32_t file);

}  // namespace zweck::import
