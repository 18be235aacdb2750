// Any bytes as a rule file: a tree or mistakes with a place; and a tree that its canonical form means again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "grammar/format.hpp"
#include "grammar/parse.hpp"

namespace {

// What holds for every input; abort() is what the fuzzer takes for a finding.
void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  zweck::Sources sources;
  const auto first = sources.add({"fuzz.zweck", std::string(reinterpret_cast<const char*>(bytes), size)});
  const auto tree = zweck::parse(sources, first);
  if (!tree) {
    for (const zweck::Diagnostic& mistake : tree.diagnostics()) {
      must(mistake.check == "syntax-error" || mistake.check == "invalid-text");
      must(!mistake.message.empty() && mistake.place.line > 0 && mistake.place.column > 0);
    }
    must(!zweck::render(tree.diagnostics()).empty());
    return 0;
  }
  const std::string once = zweck::format(sources, *tree);
  const auto second = sources.add({"once.zweck", once});
  const auto again = zweck::parse(sources, second);
  must(static_cast<bool>(again));
  must(again->statements.size() == tree->statements.size() && again->comments.size() == tree->comments.size());
  must(zweck::format(sources, *again) == once);
  // Without comments the form depends on the meaning alone, but for where the author broke the lines of a scope.
  return 0;
}
