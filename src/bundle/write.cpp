#include <cstring>

#include "bundle/bundle.hpp"
#include "bundle/format.hpp"
#include "text/limits.hpp"

namespace zweck {
namespace {

using namespace bundle;

struct Parts {
  Archive archive;
  const Index& index;
  Array<std::uint32_t> numbers;
};

Diagnostic too_large() {
  Diagnostic diagnostic;
  diagnostic.check = "unreadable-file";
  diagnostic.message = "the policy set is too large for one bundle";
  diagnostic.help = "a bundle is at most " + std::to_string(limits::bundle_bytes >> 20) + " MiB large";
  return diagnostic;
}

}  // namespace

Result<std::string> write_bundle(const Model& model, const Index& index) {
  auto archive = pack(model);
  if (!archive) return too_large();
  Array<std::uint32_t>::Own numbers;
  for_each_number(index, [&](std::uint32_t number) { numbers.push_back(number); });
  const Parts parts{std::move(*archive), index, std::move(numbers)};

  Header header{.magic = magic, .byte_order = byte_order, .version = format_version, .shape = shape()};
  std::vector<std::uint64_t> counts;
  for_each_section(parts, [&](const auto& array) {
    counts.push_back(array.size());
    header.size += aligned(array.size() * sizeof(array[0]));
  });
  header.sections = counts.size();
  header.size += sizeof header + aligned(counts.size() * sizeof(std::uint64_t));
  if (header.size > limits::bundle_bytes) return too_large();

  std::string bytes(header.size, '\0');
  std::size_t at = sizeof header;
  const auto put = [&](const void* data, std::size_t size) {
    if (size != 0) std::memcpy(bytes.data() + at, data, size);
    at += aligned(size);
  };
  put(counts.data(), counts.size() * sizeof(std::uint64_t));
  for_each_section(parts, [&](const auto& array) { put(array.data(), array.size() * sizeof(array[0])); });
  std::memcpy(bytes.data(), &header, sizeof header);
  header.checksum = checksum(std::as_bytes(std::span(bytes)));
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

}  // namespace zweck
