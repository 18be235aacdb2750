// The bytes of a file, mapped to be read.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "zweck/result.hpp"

namespace zweck::bundle {

// Begins on a cache line. A mapped file must not be changed in place while it is in use: what is read then changes
// under the reader, and where the file has become shorter, reading ends the program. A file that is replaced by
// renaming another to its name stays as it was for who has it mapped.
class Mapping {
 public:
  // Errors: `unreadable-file`, for all that is no readable file within limits::bundle_bytes. Never waits.
  static Result<Mapping> of_file(const std::filesystem::path& path);
  // A copy.
  static Mapping of_bytes(std::span<const std::byte> bytes);

  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&&) = delete;
  ~Mapping();

  std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  Mapping(const std::byte* data, std::size_t size, bool mapped) : data_(data), size_(size), mapped_(mapped) {}

  const std::byte* data_;
  std::size_t size_;
  bool mapped_;  // else allocated
};

// An `unreadable-file` at the file as a whole.
Diagnostic unreadable(const std::filesystem::path& path, std::string message, std::string help = {});

}  // namespace zweck::bundle
