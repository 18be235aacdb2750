// What rows refer to: whether it is there, and how often.
#pragma once

#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>

#include "bundle/archive.hpp"

namespace zweck::bundle {

// Rows that others may have in common.
template <class Row>
constexpr bool is_shared = std::is_same_v<Row, StringRow> || std::is_same_v<Row, NoticeRow>;

class Refs {
 public:
  explicit Refs(const Archive& archive)
      : archive_(&archive),
        text_(archive.of<char>().data(), archive.of<char>().size()),
        sources_(archive.of<SourceRow>().size()) {}

  // Whether all is there that the row refers to, that each of the rows does.
  template <class Row>
  bool fit(const Row& row) {
    bool fits = true;
    std::apply([&](const auto&... ref) { ((fits &= this->fits(ref)), ...); }, row.refs());
    return fits;
  }
  template <class... Row>
  bool all_fit() {
    bool fits = true;
    const auto see = [&](const auto& array) {
      for (const auto& row : array) fits &= fit(row);
    };
    (see(archive_->of<Row>()), ...);
    return fits;
  }

  // What others saw as well.
  void add(const Refs& others) {
    std::apply(
        [&]<class... Row>(Uses<Row>&... uses) { ((uses.count += std::get<Uses<Row>>(others.uses_).count), ...); }, uses_);
  }
  // Whether no row is referred to more often than there are such rows: what is unpacked is then a few times as large as
  // the file at most.
  bool are_own() const {
    return std::apply(
        [&]<class... Row>(const Uses<Row>&... uses) { return ((uses.count <= archive_->of<Row>().size()) && ...); }, uses_);
  }

 private:
  template <class Row>
  struct Uses {
    std::uint64_t count = 0;
  };
  template <class Arrays>
  struct UsesOf;
  template <class... Row>
  struct UsesOf<std::tuple<Array<Row>...>> {
    using type = std::tuple<Uses<Row>...>;
  };
  template <class Row>
  void use(std::size_t count) {
    std::get<Uses<Row>>(uses_).count += count;
  }

  template <class Row>
  bool fits(Ref<Row> ref) {
    if constexpr (!is_shared<Row>) use<Row>(1);
    return ref.row < archive_->of<Row>().size();
  }
  template <class Row>
  bool fits(OptionalRef<Row> ref) const {
    return ref.row == ref.none || ref.row < archive_->of<Row>().size();
  }
  template <class Row>
  bool fits(List<Row> list) {
    if (list.begin <= list.end) use<Row>(list.size());
    return list.begin <= list.end && list.end <= archive_->of<Row>().size();
  }
  // Not in the midst of a character.
  bool fits(Text text) {
    if (text.begin <= text.end) use<char>(text.size());
    return text.begin <= text.end && text.end <= text_.size() && whole(text.begin) && whole(text.end);
  }
  bool whole(std::uint32_t at) const {
    return at == text_.size() || (static_cast<unsigned char>(text_[at]) & 0xC0) != 0x80;
  }
  bool fits(const Span& span) const { return span.file < sources_; }

  const Archive* archive_;
  std::span<const char> text_;
  std::size_t sources_;
  UsesOf<Arrays>::type uses_;
};

}  // namespace zweck::bundle
