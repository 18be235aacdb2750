// A REQUEST AS ONE LINE OF JSON -> QuickRequest, along the places where simdjson's first stage found strings, numbers and
// brackets to begin. Only what is certainly well formed is taken; everything else is read_json()'s to look at.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "engine/ledger_memo.hpp"
#include "engine/quick_request.hpp"

namespace zweck {

// One for each thread: it keeps its memory.
class RequestLine {
 public:
  RequestLine();
  ~RequestLine();
  RequestLine(const RequestLine&) = delete;
  RequestLine& operator=(const RequestLine&) = delete;

  // False if it is not plainly a good request: the exact way has to look. `id` lies within the line, which holds no
  // escapes then.
  bool read(std::string_view line, const Program& program, QuickRequest& quick, std::optional<std::string_view>& id);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  LedgerMemo memo_;
};

}  // namespace zweck
