#include "grammar/format.hpp"
#include "lint/checks.hpp"

namespace zweck::lint {

void unformatted(const Context& context, Report& report) {
  const Sources& sources = context.set.model.sources;
  for (const syntax::File& file : context.set.files) {
    const std::string& text = sources[file.source].text;
    const std::string canonical = format(sources, file);
    if (canonical == text) continue;
    const Span whole{file.source, 0, static_cast<std::uint32_t>(text.size())};
    Finding found = finding(context, "unformatted", "", {file.source, 0, 0}, "this file is not in canonical form",
                            "`zweck fmt` writes it so");
    found.fix = Fix{true, {{sources.place(whole), canonical}}};
    report.add(std::move(found));
  }
}

}  // namespace zweck::lint
