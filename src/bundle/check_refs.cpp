#include <simdjson.h>

#include "bundle/check.hpp"

namespace zweck::bundle {
namespace {

class Refs {
 public:
  explicit Refs(const Archive& archive)
      : archive_(archive), text_(archive.of<char>()), sources_(archive.of<SourceRow>().size()) {}

  template <class Row>
  bool fits(const Array<Row>& array) const {
    bool fits = true;
    if constexpr (requires(const Row& row) { row.refs(); })
      for (const Row& row : array)
        std::apply([&](const auto&... ref) { fits &= (this->fits(ref) && ...); }, row.refs());
    return fits;
  }

 private:
  template <class Row>
  bool fits(Ref<Row> ref) const {
    return ref.row < archive_.of<Row>().size();
  }
  template <class Row>
  bool fits(OptionalRef<Row> ref) const {
    return ref.row == ref.none || ref.row < archive_.of<Row>().size();
  }
  template <class Row>
  bool fits(List<Row> list) const {
    return list.begin <= list.end && list.end <= archive_.of<Row>().size();
  }
  // Not in the midst of a character.
  bool fits(Text text) const {
    return text.begin <= text.end && text.end <= text_.size() && whole(text.begin) && whole(text.end);
  }
  bool whole(std::uint32_t at) const {
    return at == text_.size() || (static_cast<unsigned char>(text_[at]) & 0xC0) != 0x80;
  }
  bool fits(const Span& span) const { return span.file < sources_; }

  const Archive& archive_;
  const Array<char>& text_;
  std::size_t sources_;
};

}  // namespace

Flaw check_refs(const Archive& archive) {
  const Array<char>& text = archive.of<char>();
  if (!simdjson::validate_utf8(text.data(), text.size())) return "its texts are no UTF-8";
  const Refs refs(archive);
  bool fits = true;
  for_each_array(archive, [&](const auto& array) { fits = fits && refs.fits(array); });
  if (!fits) return "something refers to what is not there";
  return std::nullopt;
}

}  // namespace zweck::bundle
