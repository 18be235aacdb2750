// Directories that are there for one test.
#pragma once

#include <filesystem>
#include <string>

namespace zweck::test {

class Directory {
 public:
  Directory();
  ~Directory();
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text = "") const;
  void write_empty(std::size_t count) const;  // files with numbers for names
  void pipe(const std::string& name) const;
  void forbid(const std::string& name) const;  // nobody may read it
  void permit(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

// While it lives, the process may do no more than an ordinary user: root can read everything.
class NoPrivileges {
 public:
  NoPrivileges();
  ~NoPrivileges();
  NoPrivileges(const NoPrivileges&) = delete;
  NoPrivileges& operator=(const NoPrivileges&) = delete;
};

}  // namespace zweck::test
