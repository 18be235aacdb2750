// TEXT OF A LEDGER -> its events, where the same text was read not long ago: customers are asked about again and again,
// and their ledgers are most of a request. Exact, since texts are compared in full, and bounded. Of one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program.hpp"

namespace zweck {

class LedgerMemo {
 public:
  // Longer texts are rare. With all that is kept of each, some 6 MB at most.
  static constexpr std::size_t most_bytes = 4096;

  // Forgets what was read for another program.
  void start(const Program& program);
  static std::uint64_t hash(std::string_view text);
  // Nullptr if it is not known.
  const Ledger* find(std::string_view text, std::uint64_t hash) const;
  // A ledger of most_bytes at most. Kept once it is seen for a second time, so that ledgers of customers who do not come
  // back cost next to nothing; not kept where memory runs out.
  void add(std::string_view text, std::uint64_t hash, const Ledger& ledger) noexcept;

 private:
  struct Entry {
    std::uint64_t seen = 0;  // hash of the last text that might have been kept here
    std::uint64_t hash = 0;  // of the one that is; 0: none
    std::string text;
    Ledger ledger;
  };
  static constexpr std::size_t size = 512;
  // A text lies in one of two places.
  static std::size_t first(std::uint64_t hash) { return hash % size; }
  static std::size_t second(std::uint64_t hash) { return (hash >> 32) % size; }

  std::vector<Entry> entries_;  // none before the first is added
  std::uint64_t serial_ = 0;    // of the program
};

}  // namespace zweck
