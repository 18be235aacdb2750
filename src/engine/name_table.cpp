#include "engine/name_table.hpp"

#include <algorithm>
#include <numeric>

namespace zweck {

namespace {
// Names that share a displacement, on average: fewer make the table of displacements larger, more the search longer.
constexpr std::size_t bucket_names = 3;
constexpr std::uint32_t most_displacements = 1u << 16;
}  // namespace

NameTable NameTable::build(const std::vector<std::string_view>& names) {
  NameTable table;
  if (names.empty()) return table;
  // One seed in thousands fails; a larger table makes that rarer still. The same names always give the same table.
  std::size_t slots = names.size() + names.size() / 3 + 1;
  for (std::uint64_t seed = 1; !table.place(names, seed * 0xE7037ED1A0B428DBu, slots); ++seed)
    if (seed % 4 == 0) slots += slots / 4 + 1;
  return table;
}

bool NameTable::place(const std::vector<std::string_view>& names, std::uint64_t seed, std::size_t slots) {
  const std::size_t buckets = names.size() / bucket_names + 1;
  std::vector<Key> keys;
  keys.reserve(names.size());
  for (const std::string_view name : names) keys.emplace_back(name, seed);

  // The names of each bucket side by side, and the fullest buckets first: those are the hardest to place.
  std::vector<std::uint32_t> start(buckets + 1), members(names.size()), order(buckets);
  for (const Key& key : keys) ++start[key.bucket(buckets) + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  for (std::uint32_t id = 0; id < keys.size(); ++id) members[next[keys[id].bucket(buckets)]++] = id;
  std::iota(order.begin(), order.end(), 0);
  const auto size_of = [&](std::uint32_t bucket) { return start[bucket + 1] - start[bucket]; };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return size_of(a) > size_of(b); });

  Array<std::uint16_t>::Own displacements(buckets);
  std::vector<std::uint32_t> id_at(slots, no_name);
  std::vector<std::size_t> taken;
  for (const std::uint32_t bucket : order) {
    if (size_of(bucket) == 0) break;
    std::uint32_t displacement = 0;
    for (;; ++displacement) {
      if (displacement == most_displacements) return false;
      taken.clear();
      for (std::uint32_t i = start[bucket]; i < start[bucket + 1]; ++i) {
        const std::size_t slot = keys[members[i]].slot(displacement, slots);
        if (id_at[slot] != no_name) break;
        id_at[slot] = members[i];
        taken.push_back(slot);
      }
      if (taken.size() == size_of(bucket)) break;
      for (const std::size_t slot : taken) id_at[slot] = no_name;
    }
    displacements[bucket] = static_cast<std::uint16_t>(displacement);
  }

  Array<Entry>::Own entries(slots);
  Array<char>::Own text;
  parts_.longest = 0;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    if (id_at[slot] == no_name) continue;
    const std::string_view name = names[id_at[slot]];
    const Key& key = keys[id_at[slot]];
    entries[slot] = {key.front, key.back, static_cast<std::uint32_t>(name.size()), id_at[slot],
                     static_cast<std::uint32_t>(text.size()), 0};
    if (name.size() > 16) text.insert(text.end(), name.begin(), name.end());
    parts_.longest = std::max<std::uint64_t>(parts_.longest, name.size());
  }
  parts_.seed = seed;
  parts_.displacements = std::move(displacements);
  parts_.entries = std::move(entries);
  parts_.text = std::move(text);
  return true;
}

}  // namespace zweck
