// The frame of a bundle: a header, how many elements each section has, and the sections one after the other, each on a
// cache line. Sections are arrays of plain data, in an order that is the same for all bundles of one format; what they
// mean stands in archive.hpp and engine/index.hpp. Numbers are in the byte order of the machine that wrote them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "bundle/archive.hpp"
#include "engine/index.hpp"
#include "engine/share_out.hpp"

namespace zweck::bundle {

// Counts up with every change of what is in a bundle, of rows and of the tables of the engine alike. That sizes of rows
// have changed is noticed without it, by Header::shape.
constexpr std::uint32_t format_version = 2;

// As of PNG: a byte that is no text, and line ends that a transfer as text would change.
constexpr std::array<char, 8> magic{'\x89', 'Z', 'W', 'E', 'C', 'K', '\r', '\n'};
constexpr std::uint32_t byte_order = 0x01020304;
constexpr std::size_t alignment = 64;

struct Header {
  std::array<char, 8> magic{};
  std::uint32_t byte_order = 0;
  std::uint32_t version = 0;
  std::uint64_t size = 0;      // of the whole file
  std::uint64_t shape = 0;     // of all sections: a hash of the sizes of their elements
  std::uint64_t sections = 0;  // how many
  std::uint64_t reserved = 0;
  std::array<std::uint64_t, 2> checksum{};  // of everything else
};
static_assert(sizeof(Header) == alignment && std::has_unique_object_representations_v<Header>);

constexpr std::size_t aligned(std::size_t size) { return (size + alignment - 1) / alignment * alignment; }

// What a bundle holds. `numbers` are those of the index.
struct Contents {
  Archive archive;
  Index index;
  Array<std::uint32_t> numbers;
};

// Calls visit(array) for each section in order.
template <class Contents, class Visit>
void for_each_section(Contents& contents, Visit visit) {
  const auto plain = [&](auto& array) {
    using Row = std::remove_cvref_t<decltype(array[0])>;
    // So that the same contents are the same bytes, and any bytes are safe to read.
    static_assert(std::has_unique_object_representations_v<Row> && std::is_trivially_copyable_v<Row>);
    visit(array);
  };
  plain(contents.numbers);
  for_each_array(contents.archive, plain);
  for_each_array(contents.index, plain);
}

std::uint64_t shape();
std::size_t count_sections();

// The checksum of a whole bundle, at least a header long; what stands in the place of the checksum does not count. XXH3
// finds accidents, not forgeries: whoever can write the file can write any policy. In parts that are hashed on their own,
// and their hashes once more, so that several cores can share it.
class Checksum {
 public:
  using Value = std::array<std::uint64_t, 2>;

  explicit Checksum(std::span<const std::byte> bytes);
  std::size_t parts() const { return hashes_.size() - 1; }
  void add(std::size_t part);
  // Once all parts are added.
  Value value() const;

 private:
  std::span<const std::byte> bytes_;  // behind the header
  std::vector<Value> hashes_;         // of the parts, then of the header
};
Checksum::Value checksum(std::span<const std::byte> bytes);

// Threads that open a bundle: one, where it is so small that more would take longer to start than they spare.
constexpr std::size_t threads_for(std::size_t bytes) { return bytes < (2u << 20) ? 1 : most_threads; }

// Whether a file that begins like this is meant to be a bundle.
bool looks_like_bundle(std::string_view beginning);

}  // namespace zweck::bundle
