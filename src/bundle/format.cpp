#include "bundle/format.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <system_error>
#include <thread>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace zweck::bundle {
namespace {

using Hash = std::array<std::uint64_t, 2>;

// Parts are hashed on their own, so that two cores can share a large bundle, and their hashes once more.
constexpr std::size_t part_bytes = 4u << 20;
constexpr std::size_t most_threads = 4;

Hash hash_of(const void* data, std::size_t size) {
  const XXH128_hash_t hash = XXH3_128bits(data, size);
  return {hash.low64, hash.high64};
}

}  // namespace

std::array<std::uint64_t, 2> checksum(std::span<const std::byte> bytes) {
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.checksum = {};
  const auto rest = bytes.subspan(sizeof header);
  const std::size_t parts = (rest.size() + part_bytes - 1) / part_bytes;
  std::vector<Hash> hashes(parts + 1);
  hashes[parts] = hash_of(&header, sizeof header);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t part = next++; part < parts; part = next++) {
      const auto here = rest.subspan(part * part_bytes, std::min(part_bytes, rest.size() - part * part_bytes));
      hashes[part] = hash_of(here.data(), here.size());
    }
  };
  std::vector<std::jthread> others;
  const std::size_t threads = std::min({most_threads, parts / 2, std::size_t{std::thread::hardware_concurrency()}});
  try {
    while (others.size() + 1 < threads) others.emplace_back(work);
  } catch (const std::system_error&) {
    // No more threads are to be had: this one does the rest.
  }
  work();
  others.clear();
  return hash_of(hashes.data(), hashes.size() * sizeof(Hash));
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
