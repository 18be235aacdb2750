// A value, or a non-empty list of diagnostics saying why there is none. As safe between threads as what it holds: reading is,
// changing while another reads is not.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include <zweck/diagnostic.hpp>

namespace zweck {

template <class Value>
class [[nodiscard]] Result {
 public:
  Result(Value value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Diagnostic diagnostic) : Result(Diagnostics{std::move(diagnostic)}) {}
  Result(Diagnostics diagnostics) : content_(std::in_place_index<1>, std::move(diagnostics)) {
    assert(!std::get<1>(content_).empty());
  }

  explicit operator bool() const noexcept { return content_.index() == 0; }

  // Only if there is a value: else the program ends, rather than going on with none.
  const Value& operator*() const& noexcept { return std::get<0>(content_); }
  Value& operator*() & noexcept { return std::get<0>(content_); }
  Value&& operator*() && noexcept { return std::get<0>(std::move(content_)); }
  const Value* operator->() const noexcept { return &std::get<0>(content_); }
  Value* operator->() noexcept { return &std::get<0>(content_); }

  // Only if there is no value.
  const Diagnostics& diagnostics() const& noexcept { return std::get<1>(content_); }
  Diagnostics&& diagnostics() && noexcept { return std::get<1>(std::move(content_)); }

 private:
  std::variant<Value, Diagnostics> content_;
};

}  // namespace zweck
