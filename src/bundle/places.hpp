// Where the parts of a rule or assertion stand, in a few bytes each: places lie close together, so what is written is how
// far one begins behind the one before and how long it is, seven bits a byte, the lowest first (LEB128; distances that
// may be negative are zigzagged). A length of 0 stands for a place that is nowhere, of which lists have none; others count
// one more. Any bytes are safe to read, and of a list no more places come than half of them: what is cut off is nowhere, or
// somewhere in the file's text or behind it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/array.hpp"
#include "model/model.hpp"

namespace zweck::bundle {

struct PlaceByte {
  std::uint8_t byte = 0;
};

class PlaceWriter {
 public:
  // `whole` is where the rule stands; its parts stand in the same file.
  PlaceWriter(const Span& whole, Array<PlaceByte>::Own& bytes) : before_(whole.begin), bytes_(bytes) {}

  void operator()(const Span& span) {
    if (span == Span()) return number(0);
    number(std::uint64_t{span.end - span.begin} + 1);
    const auto distance = static_cast<std::int32_t>(span.begin - before_);
    number(static_cast<std::uint32_t>(distance) << 1 ^ static_cast<std::uint32_t>(distance >> 31));
    before_ = span.begin;
  }
  void operator()(const std::vector<Span>& spans) {
    number(spans.size());
    for (const Span& span : spans) (*this)(span);
  }

 private:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back({static_cast<std::uint8_t>(value | 0x80)});
    bytes_.push_back({static_cast<std::uint8_t>(value)});
  }

  std::uint32_t before_;
  Array<PlaceByte>::Own& bytes_;
};

class PlaceReader {
 public:
  PlaceReader(const Span& whole, std::span<const PlaceByte> bytes)
      : file_(whole.file), before_(whole.begin), bytes_(bytes) {}

  void operator()(Span& span) {
    const std::uint32_t length = number();
    if (length == 0) return;
    const std::uint32_t distance = number();
    before_ += distance >> 1 ^ -(distance & 1);
    span = {file_, before_, before_ + (length - 1)};
  }
  void operator()(std::vector<Span>& spans) {
    for (std::uint32_t left = number(); left != 0; --left) {
      Span span;
      (*this)(span);
      if (span == Span()) return;
      spans.push_back(span);
    }
  }

 private:
  std::uint32_t number() {
    std::uint32_t value = 0;
    for (std::uint32_t shift = 0; !bytes_.empty(); shift += 7) {
      const std::uint8_t byte = bytes_.front().byte;
      bytes_ = bytes_.subspan(1);
      if (shift < 32) value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) break;
    }
    return value;
  }

  std::uint32_t file_, before_;
  std::span<const PlaceByte> bytes_;
};

template <class Condition, class Visit>
void for_each_place_in(Condition& condition, Visit& visit) {
  visit(condition.span);
  for (auto& part : condition.parts) for_each_place_in(part, visit);
}

// Calls visit(place) for the places of what rules and assertions have in common, their scopes and conditions made.
template <class Rule, class Visit>
void for_each_common_place(Rule& rule, Visit& visit) {
  visit(rule.name_span);
  visit(rule.scope.span);
  for (auto& box : rule.excepts) visit(box.span);
  for (auto* condition : {&rule.when, &rule.unless})
    if (*condition) for_each_place_in(**condition, visit);
}

template <class Rule, class Visit>
void for_each_place(Rule& rule, Visit& visit) {
  for_each_common_place(rule, visit);
  visit(rule.scope_span);
  visit(rule.basis_span);
  visit(rule.keep_span);
  visit(rule.from_span);
  visit(rule.until_span);
  visit(rule.when_span);
  visit(rule.unless_span);
  for (auto& spans : rule.node_spans) visit(spans);
}

}  // namespace zweck::bundle
