#include "text/shell_text.hpp"

#include "text/source.hpp"

namespace zweck {

std::string shell_quote(std::string_view word) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=,+@%";
  if (!word.empty() && word.find_first_not_of(plain) == word.npos) return std::string(word);
  std::string out = "'";
  for (const char c : word) c == '\'' ? out += "'\\''" : out += c;
  return out + "'";
}

std::string replay_command(std::string_view directory, std::string_view request) {
  // A name that begins with a hyphen is no option.
  const std::string path = directory.starts_with('-') ? "./" + std::string(directory) : std::string(directory);
  return "zweck explain " + visible(shell_quote(path)) + " --request " + visible(shell_quote(request));
}

}  // namespace zweck
