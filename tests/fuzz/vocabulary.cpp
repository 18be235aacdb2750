// Any bytes as a vocabulary: an engine or errors with a place, and the same each time.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <zweck/engine.hpp>

namespace {

// What holds for every input; abort() is what the fuzzer takes for a finding.
void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  // A rule about the taxonomies as wholes is fine with any vocabulary.
  const std::string rule = "rule everything allow any for any by any basis not-personal\n";
  const auto engine = zweck::Engine::from_texts({{"fuzz.vocab.yaml", text}, {"fuzz.zweck", rule}});
  if (!engine) {
    for (const zweck::Diagnostic& diagnostic : engine.diagnostics()) {
      must(!diagnostic.check.empty() && !diagnostic.message.empty());
    }
    must(!zweck::render(engine.diagnostics()).empty());
    return 0;
  }
  // The order of files and a second reading change nothing.
  const auto again = zweck::Engine::from_texts({{"fuzz.zweck", rule}, {"fuzz.vocab.yaml", text}});
  must(static_cast<bool>(again) && engine->revision() == again->revision());
  return 0;
}
