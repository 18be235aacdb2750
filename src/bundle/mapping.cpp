#include "bundle/mapping.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

#include "bundle/format.hpp"
#include "text/limits.hpp"

namespace zweck::bundle {

Diagnostic unreadable(const std::filesystem::path& path, std::string message, std::string help) {
  Diagnostic diagnostic;
  diagnostic.check = "unreadable-file";
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.place.file = path.generic_string();
  return diagnostic;
}

Result<Mapping> Mapping::of_file(const std::filesystem::path& path) {
  const std::string shown = path.generic_string();
  const auto refuse = [&](std::string_view why) {
    return unreadable(path, fmt::format("cannot read `{}`: {}", shown, why));
  };
  // A pipe would keep us waiting for who writes to it.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return refuse(std::strerror(errno));
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  void* data = MAP_FAILED;
  int error = errno;
  const bool regular = known && S_ISREG(status.st_mode);
  if (regular && size != 0 && size <= limits::bundle_bytes) {
    data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    error = errno;
  }
  ::close(file);
  if (!known) return refuse(std::strerror(error));
  if (!regular) return refuse(S_ISDIR(status.st_mode) ? "it is a directory" : "not a file");
  if (size == 0)
    return unreadable(path, fmt::format("`{}` is empty", shown), "`zweck compile DIR -o FILE` makes a bundle");
  if (size > limits::bundle_bytes)
    return unreadable(path, fmt::format("`{}` is larger than {} MiB", shown, limits::bundle_bytes >> 20));
  if (data == MAP_FAILED) return refuse(std::strerror(error));
  return Mapping(static_cast<const std::byte*>(data), size, true);
}

Mapping Mapping::of_bytes(std::span<const std::byte> bytes) {
  auto* const data = static_cast<std::byte*>(::operator new (bytes.size() + 1, std::align_val_t{alignment}));
  if (!bytes.empty()) std::memcpy(data, bytes.data(), bytes.size());
  return Mapping(data, bytes.size(), false);
}

Mapping::Mapping(Mapping&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), mapped_(other.mapped_) {}

Mapping::~Mapping() {
  if (data_ == nullptr) return;
  auto* const data = const_cast<std::byte*>(data_);
  if (mapped_) {
    ::munmap(data, size_);
  } else {
    ::operator delete (data, std::align_val_t{alignment});
  }
}

}  // namespace zweck::bundle
