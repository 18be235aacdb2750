// Requests by names that are asked once, on the way without binding and allocation.
#include <algorithm>

#include "engine/answer.hpp"
#include "engine/answer_line.hpp"
#include "engine/quick_answer.hpp"
#include "engine/quick_request.hpp"
#include "engine/request_line.hpp"
#include "model/request_tree.hpp"

namespace zweck {

Decision Engine::decide(const Request& request) const {
  thread_local QuickRequest quick;
  thread_local QuickAnswer found;
  Decision decision;
  if (fill(quick, *program_, request) && found.decide(program_, quick.request(), false)) {
    decision.status_ = found.status();
    decision.keep_seconds_ = found.keep_seconds();
    decision.obligations_ = found.obligations();
    return decision;
  }
  const Answer exact = answer(request);
  decision.status_ = exact.status;
  if (exact.obligations.keep) decision.keep_seconds_ = exact.obligations.keep->seconds;
  for (const std::string& name : exact.obligations.oblige)
    decision.obligations_ |= std::uint64_t{1} << program_->names().obligations.find(name);
  return decision;
}

void Engine::answer_json(std::string_view json, std::string& out) const {
  thread_local RequestLine line;
  thread_local QuickRequest quick;
  thread_local QuickAnswer found;
  std::optional<std::string_view> id;
  if (!line.read(json, *program_, quick, id) || !found.decide(program_, quick.request(), true)) {
    out += to_json(answer_json(json));
    return;
  }
  if (!found.may_have_needs()) return append_answer(out, *program_, id, found);
  if (id) quick.request().id = std::string(*id);
  out += to_json(zweck::answer(program_, quick.request()));
}

}  // namespace zweck
