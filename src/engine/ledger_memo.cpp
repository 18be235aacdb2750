#include "engine/ledger_memo.hpp"

#include <new>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace zweck {

void LedgerMemo::start(const Program& program) {
  if (serial_ == program.serial()) return;
  entries_.clear();
  serial_ = program.serial();
}

// Of the oldest and the newest events: what else there is between them shows when texts are compared.
std::uint64_t LedgerMemo::hash(std::string_view text) {
  constexpr std::size_t end = 128;  // bytes, which XXH3 is quickest with
  const std::string_view oldest = text.substr(0, end), newest = text.substr(text.size() - oldest.size());
  const std::uint64_t hash =
      XXH3_64bits_withSeed(oldest.data(), oldest.size(), XXH3_64bits_withSeed(newest.data(), newest.size(), text.size()));
  return hash == 0 ? 1 : hash;
}

const Ledger* LedgerMemo::find(std::string_view text, std::uint64_t hash) const {
  if (entries_.empty()) return nullptr;
  for (const std::size_t place : {first(hash), second(hash)}) {
    const Entry& entry = entries_[place];
    if (entry.hash == hash && entry.text == text) return &entry.ledger;
  }
  return nullptr;
}

void LedgerMemo::add(std::string_view text, std::uint64_t hash, const Ledger& ledger) noexcept try {
  if (entries_.empty()) entries_.resize(size);
  Entry& one = entries_[first(hash)];
  if (one.seen != hash) {
    one.seen = hash;
    return;
  }
  Entry& other = entries_[second(hash)];
  Entry& entry = one.hash != 0 && other.hash == 0 ? other : one;
  entry.hash = 0;  // until all of it is there
  entry.text = text;
  entry.ledger = ledger;
  entry.hash = hash;
} catch (const std::bad_alloc&) {
}

}  // namespace zweck
