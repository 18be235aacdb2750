// Rows of bits cut into blocks of one cache line; equal blocks are kept once.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "engine/array.hpp"
#include "engine/index.hpp"

namespace zweck {

struct Block {
  std::array<std::uint64_t, block_words> words{};

  static Block full() {
    Block block;
    block.words.fill(~std::uint64_t{0});
    return block;
  }
  bool none() const {
    std::uint64_t any = 0;
    for (const std::uint64_t word : words) any |= word;
    return any == 0;
  }
  void set(std::uint32_t bit) { words[bit / 64] |= std::uint64_t{1} << (bit % 64); }
  void clear(std::uint32_t bit) { words[bit / 64] &= ~(std::uint64_t{1} << (bit % 64)); }
  Block& operator|=(const Block& other) {
    for (std::size_t i = 0; i < block_words; ++i) words[i] |= other.words[i];
    return *this;
  }
  Block& operator&=(const Block& other) {
    for (std::size_t i = 0; i < block_words; ++i) words[i] &= other.words[i];
    return *this;
  }
  Block& operator-=(const Block& other) {
    for (std::size_t i = 0; i < block_words; ++i) words[i] &= ~other.words[i];
    return *this;
  }
  friend bool operator==(const Block&, const Block&) = default;
};

// Blocks by number; open addressing over their contents. The first, number full_block, is all ones.
class BlockPool {
 public:
  BlockPool() { add(Block::full()); }

  std::uint32_t add(const Block& block) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    std::size_t slot = hash(block) & (slots_.size() - 1);
    for (; slots_[slot] != empty; slot = (slot + 1) & (slots_.size() - 1))
      if ((*this)[slots_[slot]] == block) return slots_[slot];
    words_.insert(words_.end(), block.words.begin(), block.words.end());
    return slots_[slot] = static_cast<std::uint32_t>(count_++);
  }
  Block operator[](std::uint32_t number) const {
    Block block;
    std::memcpy(block.words.data(), words_.data() + std::size_t{number} * block_words, sizeof block.words);
    return block;
  }
  std::size_t size() const { return count_; }
  Array<std::uint64_t>::Own take() { return std::move(words_); }

 private:
  static constexpr std::uint32_t empty = UINT32_MAX;

  static std::size_t hash(const Block& block) {
    std::uint64_t sum = 0;
    for (const std::uint64_t word : block.words) {
      sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
      sum ^= sum >> 29;
    }
    return sum;
  }
  void grow() {
    slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), empty);
    for (std::uint32_t number = 0; number < count_; ++number) {
      std::size_t slot = hash((*this)[number]) & (slots_.size() - 1);
      while (slots_[slot] != empty) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = number;
    }
  }

  Array<std::uint64_t>::Own words_;
  std::vector<std::uint32_t> slots_;
  std::size_t count_ = 0;
};

// A row without its empty blocks: pairs of a block's place in the row, ascending, and what is there.
using SparseRow = std::vector<std::pair<std::uint32_t, Block>>;

}  // namespace zweck
