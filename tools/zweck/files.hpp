// Files as the command writes them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace zweck::command {

// Replaces the file, or creates it, so that whoever reads it sees the old text or the new one whole. What was there
// keeps its permissions, and a link keeps pointing where it did. Returns why it failed, or an empty text.
std::string write_atomically(const std::filesystem::path& path, std::string_view text);

// Some programs begin every text with it.
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// All that a descriptor gives, up to limits::file_bytes; the second is why it failed, or empty.
std::pair<std::string, std::string> read_all(int descriptor);

}  // namespace zweck::command
