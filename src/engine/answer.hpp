// REQUEST -> ANSWER in full.
#pragma once

#include <memory>

#include "engine/program.hpp"
#include "model/request.hpp"
#include "text/tree.hpp"
#include "zweck/engine.hpp"

namespace zweck {

// The answer to a request whose names are resolved already. It must ask for at most limits::request_points points.
Answer answer(const std::shared_ptr<const Program>& program, const ResolvedRequest& request);

// The answer to a request as a tree, `invalid` if it is none.
Answer answer(const std::shared_ptr<const Program>& program, const Tree& request);

}  // namespace zweck
