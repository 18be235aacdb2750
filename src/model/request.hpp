// A request (sections 5 and 8) with its names resolved.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/ledger.hpp"
#include "model/model.hpp"
#include "text/tree.hpp"

namespace zweck {

struct ResolvedRequest {
  std::optional<std::string> id;
  std::vector<NodeId> data;  // as named, sorted and unique
  NodeId purpose = 0;
  NodeId partner = 0;
  Time at;
  std::vector<Value> facts;      // by FactId; defaults filled in, missing otherwise
  std::optional<Ledger> ledger;  // none: not known
};

// A request as one tree (JSON, or YAML of a test). Keys as in section 8; `ledger` may be given apart. `now` is used
// where `at` is left out. Every problem is reported; places are those of the tree.
Result<ResolvedRequest> read_request(const Vocabulary& vocabulary, const Tree& request, const Tree* ledger, Time now,
                                     const Sources& sources);

// The id of a request that may be bad otherwise, for its answer.
std::optional<std::string> id_of(const Tree& request);

// How many points a request asks for, sources included, counted without building them.
std::size_t count_points(const Vocabulary& vocabulary, const ResolvedRequest& request);
// Every point a request asks for, sources included, sorted and unique; nothing if more than limits::request_points.
std::optional<std::vector<Point>> points_of(const Vocabulary& vocabulary, const ResolvedRequest& request);

// A request as JSON (section 8), one line; what `decide --requests` reads back to the same request.
std::string to_json(const Vocabulary& vocabulary, const ResolvedRequest& request);

}  // namespace zweck
