#include "bundle/format.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "engine/share_out.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace zweck::bundle {
namespace {

constexpr std::size_t part_bytes = 4u << 20;

Checksum::Value hash_of(const void* data, std::size_t size) {
  const XXH128_hash_t hash = XXH3_128bits(data, size);
  return {hash.low64, hash.high64};
}

}  // namespace

Checksum::Checksum(std::span<const std::byte> bytes)
    : bytes_(bytes.subspan(sizeof(Header))), hashes_((bytes_.size() + part_bytes - 1) / part_bytes + 1) {
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.checksum = {};
  hashes_.back() = hash_of(&header, sizeof header);
}

void Checksum::add(std::size_t part) {
  const auto here = bytes_.subspan(part * part_bytes, std::min(part_bytes, bytes_.size() - part * part_bytes));
  hashes_[part] = hash_of(here.data(), here.size());
}

Checksum::Value Checksum::value() const { return hash_of(hashes_.data(), hashes_.size() * sizeof(Value)); }

Checksum::Value checksum(std::span<const std::byte> bytes) {
  Checksum checksum(bytes);
  share_out(checksum.parts(), threads_for(bytes.size()), [&](std::size_t part) { checksum.add(part); });
  return checksum.value();
}

std::uint64_t shape() {
  static const std::uint64_t value = [] {
    std::vector<std::uint64_t> sizes;
    Contents contents;
    for_each_section(contents, [&]<class Row>(Array<Row>&) { sizes.push_back(sizeof(Row)); });
    return XXH3_64bits(sizes.data(), sizes.size() * sizeof(std::uint64_t));
  }();
  return value;
}

std::size_t count_sections() {
  std::size_t count = 0;
  Contents contents;
  for_each_section(contents, [&](auto&) { ++count; });
  return count;
}

bool looks_like_bundle(std::string_view beginning) {
  return beginning.starts_with(std::string_view(magic.data(), magic.size()));
}

}  // namespace zweck::bundle
