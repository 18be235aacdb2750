#include <algorithm>
#include <tuple>

#include "lint/lint.hpp"

namespace zweck::lint {
namespace {

// The byte at which a line and column (in code points, both from 1) stand.
std::size_t offset_of(const std::string& text, std::uint32_t line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t l = 1; l < line && at != std::string::npos; ++l) {
    at = text.find('\n', at);
    if (at != std::string::npos) ++at;
  }
  if (at == std::string::npos) return text.size();
  for (std::uint32_t c = 1; c < column && at < text.size(); ++c) at += code_point(text, at).bytes;
  return std::min(at, text.size());
}

}  // namespace

std::string apply(const std::string& text, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  std::string out;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    const std::size_t begin = offset_of(text, edit.place.line, edit.place.column);
    const std::size_t end = offset_of(text, edit.place.end_line, edit.place.end_column);
    if (begin < done || end < begin) continue;
    out.append(text, done, begin - done);
    out += edit.text;
    done = end;
  }
  return out + text.substr(done);
}

}  // namespace zweck::lint
