#include "files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "text/limits.hpp"

namespace zweck::command {

namespace {

std::string write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return std::strerror(errno);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(file) == 0 || errno == EINVAL || errno == EROFS ? std::string() : std::strerror(errno);
}

// Text to a pipe or device such as /dev/stdout, which cannot be replaced.
std::string write_through(const std::filesystem::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return std::strerror(errno);
  std::string why = write_all(file, text);
  ::close(file);
  return why;
}

}  // namespace

std::string write_atomically(const std::filesystem::path& path, std::string_view text) {
  std::error_code error;
  std::filesystem::path target = path;
  struct stat old {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists) {
    if (S_ISDIR(old.st_mode)) return "it is a directory";
    if (!S_ISREG(old.st_mode)) return write_through(path, text);
    if (::access(path.c_str(), W_OK) != 0) return std::strerror(errno);
    target = std::filesystem::canonical(path, error);
    if (error) return error.message();
  }
  std::filesystem::path directory = target.parent_path();
  if (directory.empty()) directory = ".";
  std::string name = (directory / fmt::format(".{}.XXXXXX", target.filename().string().substr(0, 200))).string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return std::strerror(errno);
  mode_t mode = old.st_mode & 07777;
  if (!exists) {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    mode = 0666 & ~mask;
  } else if (::fchown(file, old.st_uid, old.st_gid) != 0) {
    mode &= 0777;  // not our file to give away: no set-user-id bits under another owner
  }
  std::string why = ::fchmod(file, mode) == 0 ? write_all(file, text) : std::strerror(errno);
  if (::close(file) != 0 && why.empty()) why = std::strerror(errno);
  if (why.empty() && ::rename(name.c_str(), target.c_str()) != 0) why = std::strerror(errno);
  if (!why.empty()) ::unlink(name.c_str());
  return why;
}

std::pair<std::string, std::string> read_all(int descriptor) {
  std::string text;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {{}, std::strerror(errno)};
    if (got == 0) return {std::move(text), {}};
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > limits::file_bytes) return {{}, fmt::format("more than {} MiB", limits::file_bytes >> 20)};
  }
}

}  // namespace zweck::command
