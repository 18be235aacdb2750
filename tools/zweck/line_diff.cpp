#include "line_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "output.hpp"

namespace zweck::command {

namespace {

using Lines = std::vector<std::string_view>;

// Steps of the search for the shortest script. Beyond, all lines between the first and the last change are replaced:
// still right, only longer. Bounds memory to 8 MB.
constexpr std::int64_t most_edits = 1000;
constexpr std::size_t context = 3;

// Lines with their ends, so that a missing last one and CR are differences.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.size(), text.find('\n') == text.npos ? text.size() : text.find('\n') + 1);
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

struct Edit {
  char sign;  // ' ', '-', '+'
  std::string_view line;
};

// Myers' greedy search between the parts that are not common.
std::vector<Edit> edits_of(const Lines& a, const Lines& b) {
  const auto n = static_cast<std::int64_t>(a.size()), m = static_cast<std::int64_t>(b.size());
  const std::int64_t bound = std::min(n + m, most_edits);
  std::vector<std::int64_t> furthest(static_cast<std::size_t>(2 * bound + 3), 0);
  const auto at = [&](std::int64_t k) -> std::int64_t& { return furthest[static_cast<std::size_t>(k + bound + 1)]; };
  std::vector<std::vector<std::int64_t>> trace;
  std::int64_t found = -1;
  for (std::int64_t d = 0; d <= bound && found < 0; ++d) {
    // Of step d only the diagonals -d-1 … d+1 matter to go back.
    trace.emplace_back(furthest.begin() + (bound - d), furthest.begin() + (bound + d + 3));
    for (std::int64_t k = -d; k <= d; k += 2) {
      std::int64_t x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < n && x - k < m && x - k >= 0 && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)])
        ++x;
      at(k) = x;
      if (x >= n && x - k >= m) found = d;
    }
  }
  std::vector<Edit> edits;
  if (found < 0) {
    for (const auto& line : a) edits.push_back({'-', line});
    for (const auto& line : b) edits.push_back({'+', line});
    return edits;
  }
  std::int64_t x = n, y = m;
  for (std::int64_t d = found; d > 0; --d) {
    const auto& row = trace[static_cast<std::size_t>(d)];
    const auto old = [&](std::int64_t k) { return row[static_cast<std::size_t>(k + d + 1)]; };
    const std::int64_t k = x - y;
    const bool down = k == -d || (k != d && old(k - 1) < old(k + 1));
    const std::int64_t from_x = down ? old(k + 1) : old(k - 1);
    const std::int64_t from_y = from_x - (down ? k + 1 : k - 1);
    while (x > from_x + (down ? 0 : 1) && y > from_y + (down ? 1 : 0)) {
      edits.push_back({' ', a[static_cast<std::size_t>(--x)]});
      --y;
    }
    edits.push_back(down ? Edit{'+', b[static_cast<std::size_t>(--y)]} : Edit{'-', a[static_cast<std::size_t>(--x)]});
  }
  while (x > 0) edits.push_back({' ', a[static_cast<std::size_t>(--x)]});
  std::reverse(edits.begin(), edits.end());
  return edits;
}

std::string written(const Edit& edit, bool colour) {
  std::string_view line = edit.line;
  const bool ended = line.ends_with('\n');
  if (ended) line.remove_suffix(1);
  std::string text = edit.sign + std::string(line);
  if (edit.sign != ' ') text = styled(text, edit.sign == '-' ? Style::red : Style::green, colour);
  return text + (ended ? "\n" : "\n\\ No newline at end of file\n");
}

}  // namespace

std::string line_diff(std::string_view path, std::string_view before, std::string_view after, bool colour) {
  if (before == after) return {};
  Lines a = lines_of(before), b = lines_of(after);
  // Common ends first: most changes are small, and the search is for what is left.
  std::size_t head = 0, tail = 0;
  while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
  while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < head; ++i) edits.push_back({' ', a[i]});
  const auto middle = [&](const Lines& l) {
    return Lines(l.begin() + static_cast<std::ptrdiff_t>(head), l.end() - static_cast<std::ptrdiff_t>(tail));
  };
  const std::vector<Edit> changed = edits_of(middle(a), middle(b));
  edits.insert(edits.end(), changed.begin(), changed.end());
  for (std::size_t i = a.size() - tail; i < a.size(); ++i) edits.push_back({' ', a[i]});

  std::string out = styled(fmt::format("--- {}", path), Style::bold, colour) + "\n" +
                    styled(fmt::format("+++ {}", path), Style::bold, colour) + "\n";
  std::size_t old_line = 1, new_line = 1;
  for (std::size_t i = 0; i < edits.size();) {
    std::size_t change = i;
    while (change < edits.size() && edits[change].sign == ' ') ++change;
    if (change == edits.size()) break;
    const std::size_t from = std::max(i, change - std::min(change, context));
    old_line += from - i, new_line += from - i;
    // A hunk ends where more than twice the context is unchanged.
    std::size_t last = change;
    for (std::size_t j = change; j < edits.size() && j - last <= 2 * context; ++j) {
      if (edits[j].sign != ' ') last = j;
    }
    const std::size_t to = std::min(edits.size(), last + 1 + context);
    std::size_t olds = 0, news = 0;
    std::string body;
    for (std::size_t j = from; j < to; ++j) {
      olds += edits[j].sign != '+';
      news += edits[j].sign != '-';
      body += written(edits[j], colour);
    }
    const auto range = [](std::size_t line, std::size_t count) {
      return count == 1 ? fmt::format("{}", line) : fmt::format("{},{}", count == 0 ? line - 1 : line, count);
    };
    out += styled(fmt::format("@@ -{} +{} @@", range(old_line, olds), range(new_line, news)), Style::cyan, colour);
    out += "\n" + body;
    old_line += olds, new_line += news;
    i = to;
  }
  return out;
}

}  // namespace zweck::command
