// Runs the real command as a user does, and keeps what it said.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zweck::test {

struct Ran {
  int code = -1;  // what it exited with; 1000 + the signal that ended it; -1 if it did not end within a minute
  std::string out;
  std::string err;
};

enum class Standard { captured, terminal, closed, full, broken_pipe };

struct How {
  std::string input;                                             // the standard input
  std::vector<std::pair<std::string, std::string>> environment;  // added
  Standard out = Standard::captured;                             // what the standard output is
  unsigned short columns = 0;                                    // of the terminal; 0: it does not say
};

// A directory of its own for each test, which goes with it. Paths given to the command are relative to it.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  Ran run(const std::vector<std::string>& arguments, const How& how = {}) const;

  // Writes a file, with the directories above it.
  void write(const std::string& path, std::string_view text) const;
  std::string read(const std::string& path) const;
  bool exists(const std::string& path) const;
  std::filesystem::path path(const std::string& path = "") const { return directory_ / path; }

 private:
  std::filesystem::path directory_;
};

// A vocabulary, and rules for it, as most cases need them: `small/small.vocab.yaml` and `small/small.zweck`.
void write_small_set(const Workspace& workspace);

// The text of tests/command/golden/NAME. With ZWECK_BLESS set, it is written first: look at the difference before it is
// committed.
std::string golden(const std::string& name, const std::string& actual);

}  // namespace zweck::test
