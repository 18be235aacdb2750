#include <simdjson.h>

#include <tuple>
#include <type_traits>

#include "bundle/check.hpp"

namespace zweck::bundle {
namespace {

// Rows that others may have in common.
template <class Row>
constexpr bool is_shared = std::is_same_v<Row, StringRow> || std::is_same_v<Row, NoticeRow>;

class Refs {
 public:
  explicit Refs(const Archive& archive)
      : archive_(archive), text_(archive.of<char>()), sources_(archive.of<SourceRow>().size()) {}

  template <class Row>
  bool fits(const Array<Row>& array) {
    bool fits = true;
    if constexpr (requires(const Row& row) { row.refs(); })
      for (const Row& row : array)
        std::apply([&](const auto&... ref) { fits &= (this->fits(ref) && ...); }, row.refs());
    return fits;
  }

  // Whether no row is referred to more often than there are such rows: what is unpacked is then no larger than the file.
  template <class Row>
  bool are_own(const Array<Row>& array) const {
    return std::get<Uses<Row>>(uses_).count <= array.size();
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
    return ref.row < archive_.of<Row>().size();
  }
  template <class Row>
  bool fits(OptionalRef<Row> ref) const {
    return ref.row == ref.none || ref.row < archive_.of<Row>().size();
  }
  template <class Row>
  bool fits(List<Row> list) {
    if (list.begin <= list.end) use<Row>(list.size());
    return list.begin <= list.end && list.end <= archive_.of<Row>().size();
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

  const Archive& archive_;
  const Array<char>& text_;
  std::size_t sources_;
  UsesOf<Arrays>::type uses_;
};

}  // namespace

Flaw check_refs(const Archive& archive) {
  const Array<char>& text = archive.of<char>();
  if (!simdjson::validate_utf8(text.data(), text.size())) return "its texts are no UTF-8";
  Refs refs(archive);
  bool fit = true, own = true;
  for_each_array(archive, [&](const auto& array) { fit = fit && refs.fits(array); });
  if (!fit) return "something refers to what is not there";
  for_each_array(archive, [&](const auto& array) { own = own && refs.are_own(array); });
  if (!own) return "several refer to what belongs to one";
  return std::nullopt;
}

}  // namespace zweck::bundle
