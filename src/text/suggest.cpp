#include "text/suggest.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "text/source.hpp"

namespace zweck {

namespace {

// Costs are in quarters of a letter, so that a wrong case counts little but not nothing.
constexpr int edit = 4;
constexpr int wrong_case = 1;

constexpr char32_t lower(char32_t c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; }

void decode(std::string_view text, std::u32string& letters) {
  letters.resize(text.size());
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const CodePoint c = byte < 0x80 ? CodePoint{byte, 1} : code_point(text, at);
    letters[length++] = c.value;
    at += c.bytes;
  }
  letters.resize(length);
}

// Which letters occur, whatever their case. One edit changes at most two of them.
std::uint64_t letters_of(std::u32string_view text) {
  std::uint64_t mask = 0;
  for (const char32_t c : text) mask |= std::uint64_t{1} << (lower(c) % 64);
  return mask;
}

// The distance of Damerau and Levenshtein (optimal string alignment), or more than `most` if it is more than that.
int distance(std::u32string_view a, std::u32string_view b, int most, std::vector<int>& rows) {
  // Names of one vocabulary begin and end alike; what is equal there costs nothing.
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  const std::size_t width = b.size() + 1;
  rows.assign(3 * width, 0);
  int* before = rows.data();
  int* previous = before + width;
  int* current = previous + width;
  for (std::size_t j = 0; j < width; ++j) previous[j] = static_cast<int>(j) * edit;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = static_cast<int>(i) * edit;
    int least = current[0];
    for (std::size_t j = 1; j < width; ++j) {
      const int replace = a[i - 1] == b[j - 1] ? 0 : lower(a[i - 1]) == lower(b[j - 1]) ? wrong_case : edit;
      int best = std::min({previous[j] + edit, current[j - 1] + edit, previous[j - 1] + replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = std::min(best, before[j - 2] + edit);
      current[j] = best;
      least = std::min(least, best);
    }
    // A transposition reaches back two rows, at the price of one edit.
    if (least > most + edit) return least;
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view name, const std::vector<std::string_view>& known) {
  std::u32string wanted, letters;
  decode(name, wanted);
  const std::uint64_t wanted_letters = letters_of(wanted);
  std::optional<std::string_view> best;
  int best_distance = 0;
  std::vector<int> rows;
  for (const std::string_view candidate : known) {
    if (candidate.size() > 4 * name.size() + 4) continue;  // cannot be near, and need not be decoded
    decode(candidate, letters);
    int most = static_cast<int>(std::max(wanted.size(), letters.size())) * edit / 3;
    if (best) most = std::min(most, best_distance);
    const auto longer =
        static_cast<int>(std::max(wanted.size(), letters.size()) - std::min(wanted.size(), letters.size()));
    if (longer * edit > most) continue;
    if ((std::popcount(wanted_letters ^ letters_of(letters)) + 1) / 2 * edit > most) continue;
    const int found = distance(wanted, letters, most, rows);
    if (found > most) continue;
    if (!best || found < best_distance || (found == best_distance && candidate < *best)) {
      best = candidate;
      best_distance = found;
    }
  }
  if (!best) return std::nullopt;
  return std::string(*best);
}

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known) {
  const auto found = nearest(name, known);
  return found ? "did you mean `" + *found + "`?" : std::string();
}

}  // namespace zweck
