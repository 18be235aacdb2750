#include "grammar/syntax.hpp"

namespace zweck::syntax {

Span span_of(const Literal& literal) {
  return std::visit([](const auto& value) { return value.span; }, literal);
}

}  // namespace zweck::syntax
