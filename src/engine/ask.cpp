// Requests by names that are asked once, on the way without binding and allocation.
#include <algorithm>

#include "engine/answer.hpp"
#include "engine/answer_line.hpp"
#include "engine/quick_answer.hpp"
#include "engine/quick_request.hpp"
#include "engine/request_line.hpp"
#include "engine/without_exceptions.hpp"
#include "model/request_tree.hpp"

namespace zweck {

Decision Engine::decide(const Request& request) const noexcept {
  const auto ask = [&] {
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
  };
  return without_exceptions(ask, [](std::string_view) { return Decision(); });
}

void Engine::answer_json(std::string_view json, std::string& out) const noexcept {
  const std::size_t before = out.size();
  const auto ask = [&] {
    thread_local RequestLine line;
    thread_local QuickRequest quick;
    thread_local QuickAnswer found;
    std::optional<std::string_view> id;
    if (!line.read(json, *program_, quick, id) || !found.decide(program_, quick.request(), true)) {
      append_answer(out, answer_json(json));
    } else if (!found.may_have_needs()) {
      append_answer(out, *program_, id, found);
    } else {
      if (id) quick.request().id = std::string(*id);
      append_answer(out, zweck::answer(program_, quick.request()));
    }
  };
  without_exceptions(ask, [&](std::string_view why) {
    Answer answer;
    answer.problems.emplace_back(why);
    out.resize(before);
    append_answer(out, answer);
  });
}

}  // namespace zweck
