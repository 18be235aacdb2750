// Sets of small numbers as words of 64 bits: classes of leaves, rules, classes of facts.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace zweck::analysis {

using Word = std::uint64_t;

constexpr std::size_t words_for(std::size_t bits) { return (bits + 63) / 64; }

inline bool test_bit(const Word* words, std::size_t bit) { return words[bit / 64] >> (bit % 64) & 1; }
inline void set_bit(Word* words, std::size_t bit) { words[bit / 64] |= Word{1} << (bit % 64); }
inline void clear_bit(Word* words, std::size_t bit) { words[bit / 64] &= ~(Word{1} << (bit % 64)); }

// Bit j of word i changes places with bit i of word j: halves first, then quarters, down to single bits.
inline void transpose(std::array<Word, 64>& block) {
  Word mask = 0x00000000ffffffff;
  for (std::size_t width = 32; width != 0; width /= 2, mask ^= mask << width) {
    for (std::size_t i = 0; i < 64; i = ((i | width) + 1) & ~width) {
      const Word moved = ((block[i] >> width) ^ block[i | width]) & mask;
      block[i] ^= moved << width;
      block[i | width] ^= moved;
    }
  }
}

// A set of the numbers 0 … size - 1. Two of the same size can be combined.
class Bits {
 public:
  Bits() = default;
  explicit Bits(std::size_t size) : words_(words_for(size)) {}
  static Bits all(std::size_t size) {
    Bits bits(size);
    for (std::size_t i = 0; i < bits.words_.size(); ++i) bits.words_[i] = ~Word{0};
    if (size % 64 != 0) bits.words_.back() = (Word{1} << (size % 64)) - 1;
    return bits;
  }

  // None, of the same size.
  Bits cleared() const { return Bits(words_.size() * 64); }

  bool operator[](std::size_t bit) const { return test_bit(words_.data(), bit); }
  void set(std::size_t bit) { set_bit(words_.data(), bit); }
  void set(std::size_t first, std::size_t end) {  // all from the first, without the end
    while (first < end) {
      const std::size_t next = std::min(end, (first / 64 + 1) * 64);
      words_[first / 64] |= (~Word{0} >> (64 - (next - first))) << (first % 64);
      first = next;
    }
  }
  void clear(std::size_t bit) { clear_bit(words_.data(), bit); }

  Bits& operator&=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  Bits& operator|=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  Bits& operator-=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }

  bool none() const {
    for (const Word word : words_) {
      if (word != 0) return false;
    }
    return true;
  }
  bool intersects(const Bits& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] & other.words_[i]) return true;
    }
    return false;
  }
  bool within(const Bits& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] & ~other.words_[i]) return false;
    }
    return true;
  }
  std::size_t count() const {
    std::size_t sum = 0;
    for (const Word word : words_) sum += static_cast<std::size_t>(std::popcount(word));
    return sum;
  }
  // The least member; only if there is one.
  std::size_t first() const {
    for (std::size_t i = 0;; ++i) {
      if (words_[i] != 0) return i * 64 + static_cast<std::size_t>(std::countr_zero(words_[i]));
    }
  }
  void for_each(auto&& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (Word word = words_[i]; word != 0; word &= word - 1)
        visit(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    }
  }

  const Word* words() const { return words_.data(); }
  Word* words() { return words_.data(); }
  std::size_t word_count() const { return words_.size(); }
  friend bool operator==(const Bits&, const Bits&) = default;
  friend auto operator<=>(const Bits&, const Bits&) = default;

 private:
  std::vector<Word> words_;
};

}  // namespace zweck::analysis
