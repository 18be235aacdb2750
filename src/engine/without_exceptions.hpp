// The doors of the library: what is thrown behind them (memory has run out, mostly) leaves as a value.
#pragma once

#include <exception>
#include <new>
#include <string_view>
#include <utility>

#include "zweck/diagnostic.hpp"
#include "zweck/request.hpp"

namespace zweck {

// What use() returns; where it throws, what instead(why) returns, which must not throw in its turn.
template <class Use, class Instead>
auto without_exceptions(Use use, Instead instead) noexcept -> decltype(use()) {
  try {
    return use();
  } catch (const std::bad_alloc&) {
    return instead(std::string_view("there is not enough memory"));
  } catch (const std::exception& exception) {
    return instead(std::string_view(exception.what()));
  }
}

// For functions with a Result.
template <class Use>
auto or_diagnostic(std::string_view check, Use use) noexcept -> decltype(use()) {
  return without_exceptions(std::move(use), [&](std::string_view why) {
    Diagnostic diagnostic;
    diagnostic.check = check;
    diagnostic.message = why;
    return diagnostic;
  });
}

// For answers: `invalid`, which is deny.
template <class Use>
Answer or_invalid(Use use) noexcept {
  return without_exceptions(std::move(use), [](std::string_view why) {
    Answer answer;
    answer.problems.emplace_back(why);
    return answer;
  });
}

}  // namespace zweck
