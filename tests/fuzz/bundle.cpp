// Any bytes as a bundle with the right checksum: refused with a reason, or an engine that can be asked anything.
// An input whose first byte is even is what follows a good header; an odd one lists changes to a good bundle: where
// (four bytes, taken modulo its length) and what to put there (the length's low three bits, then so many bytes).
#include <cstddef>
#include <cstdint>
#include <string>

#include "bundle/setup.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

std::string changed(const std::uint8_t* bytes, std::size_t size) {
  std::string bundle = small_bundle();
  for (std::size_t at = 0; at + 5 < size;) {
    std::uint32_t where = 0;
    std::memcpy(&where, bytes + at, sizeof where);
    const std::size_t length = std::min<std::size_t>(1 + (bytes[at + 4] & 7), size - at - 5);
    at += 5;
    // All but the header, most of which is made right again.
    const std::size_t room = bundle.size() - sizeof(bundle::Header) - length;
    std::memcpy(bundle.data() + sizeof(bundle::Header) + where % room, bytes + at, length);
    at += length;
  }
  return bundle;
}

std::string with_header(const std::uint8_t* bytes, std::size_t size) {
  std::string bundle = small_bundle().substr(0, sizeof(bundle::Header));
  bundle.append(reinterpret_cast<const char*>(bytes), size);
  bundle::Header header = header_of(bundle);
  header.size = bundle.size();
  set_header(bundle, header);
  return bundle;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  std::string bundle = bytes[0] % 2 == 0 ? with_header(bytes + 1, size - 1) : changed(bytes + 1, size - 1);
  seal(bundle);
  const auto engine = open(bundle);
  if (engine) {
    exercise(*engine);
  } else {
    must(engine.diagnostics().size() == 1 && engine.diagnostics().front().place.file == "x.bundle");
    must(!refusal(bundle).starts_with("unexpected"));
  }
  return 0;
}
