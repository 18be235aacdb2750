// Names to ids by perfect hash: two looks at memory for any text, whether it is a name or not. Displacements are found
// when the table is built (Belazzougui, Botelho and Dietzfelbinger, "Hash, displace, and compress", ESA 2009).
// Immutable; safe to share between threads. Flat arrays of plain data, so that a bundle can be used where it lies.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "engine/array.hpp"

namespace zweck {

constexpr std::uint32_t no_name = UINT32_MAX;

class NameTable {
 public:
  // One name; a quarter of them stay empty.
  struct Entry {
    // Its first eight bytes and its last, zeros behind a shorter one: all there is to compare up to sixteen bytes.
    std::uint64_t front = 0, back = 0;
    std::uint32_t length = UINT32_MAX;  // no text is so long: an empty entry
    std::uint32_t id = no_name;
    std::uint32_t text = 0;  // where a longer name begins in `text`
    std::uint32_t padding = 0;
  };
  struct Parts {
    std::uint64_t seed = 0;
    std::uint64_t longest = 0;          // of the names, in bytes
    Array<std::uint16_t> displacements;  // by bucket
    Array<Entry> entries;
    Array<char> text;
  };

  NameTable() = default;
  // The id of a name is its place in the list. The names differ.
  static NameTable build(const std::vector<std::string_view>& names);
  // Parts of a table that was built, such as those in a bundle.
  explicit NameTable(Parts parts) : parts_(std::move(parts)) {}
  const Parts& parts() const { return parts_; }

  // The id of the name, or no_name.
  std::uint32_t find(std::string_view name) const {
    std::uint32_t place = UINT32_MAX;
    return find(name, place);
  }
  // The same, where the name is probably at that place. If it is somewhere else, `place` says where from then on.
  std::uint32_t find(std::string_view name, std::uint32_t& place) const {
    if (name.size() > parts_.longest) return no_name;
    const Ends ends(name);
    if (place < parts_.entries.size() && is(parts_.entries[place], ends, name)) return parts_.entries[place].id;
    if (parts_.entries.empty()) return no_name;
    const Key key(ends, name, parts_.seed);
    const std::uint16_t displacement = parts_.displacements[key.bucket(parts_.displacements.size())];
    const std::size_t slot = key.slot(displacement, parts_.entries.size());
    if (!is(parts_.entries[slot], ends, name)) return no_name;
    place = static_cast<std::uint32_t>(slot);
    return parts_.entries[slot].id;
  }

 private:
  struct Ends {
    std::uint64_t front = 0, back = 0;

    explicit Ends(std::string_view name) {
      const char* const at = name.data();
      const std::size_t size = name.size();
      if (size >= 8) {
        front = load<std::uint64_t>(at);
        back = load<std::uint64_t>(at + size - 8);
      } else if (size >= 4) {
        front = load<std::uint32_t>(at) | std::uint64_t{load<std::uint32_t>(at + size - 4)} << (8 * (size - 4));
      } else if (size > 0) {
        const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i); };
        front = byte(0) | byte(size / 2) | byte(size - 1);
      }
    }
  };
  bool is(const Entry& entry, const Ends& ends, std::string_view name) const {
    return entry.front == ends.front && entry.back == ends.back && entry.length == name.size() &&
           (name.size() <= 16 || std::memcmp(parts_.text.data() + entry.text, name.data(), name.size()) == 0);
  }

  struct Key : Ends {
    std::uint64_t hash = 0;

    Key(std::string_view name, std::uint64_t seed) : Key(Ends(name), name, seed) {}
    Key(const Ends& ends, std::string_view name, std::uint64_t seed) : Ends(ends) {
      const std::size_t size = name.size();
      // The seed is on both sides of a product, so that no two names go together under every seed.
      hash = mixed(front ^ seed, back ^ (~seed + size) * 0x9E3779B97F4A7C15u);
      for (std::size_t i = 8; i + 8 < size; i += 8) hash = mixed(hash ^ load<std::uint64_t>(name.data() + i), 0xD6E8FEB86659FD93u);
    }
    std::size_t bucket(std::size_t buckets) const { return scaled(hash >> 32, buckets); }
    std::size_t slot(std::uint64_t displacement, std::size_t slots) const {
      return scaled(((hash ^ displacement * 0xBF58476D1CE4E5B9u) * 0x94D049BB133111EBu) >> 32, slots);
    }
  };

  template <class T>
  static T load(const char* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
  }
  static std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  // A number below 2^32 to one below `bound`.
  static std::size_t scaled(std::uint64_t number, std::size_t bound) {
    return static_cast<std::size_t>(number * bound >> 32);
  }

  bool place(const std::vector<std::string_view>& names, std::uint64_t seed, std::size_t slots);

  Parts parts_;
};

}  // namespace zweck
