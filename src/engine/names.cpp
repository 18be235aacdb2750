#include "engine/names.hpp"

namespace zweck {

namespace {

template <class Things>
NameTable table_of(const Things& things) {
  std::vector<std::string_view> names;
  names.reserve(things.size());
  for (const auto& thing : things) names.emplace_back(thing.name);
  return NameTable::build(names);
}

}  // namespace

Names names_of(const Vocabulary& vocabulary) {
  Names names;
  for (const Taxonomy& taxonomy : vocabulary.taxonomies) names.taxonomies.push_back(table_of(taxonomy.nodes));
  names.facts = table_of(vocabulary.facts);
  names.notices = table_of(vocabulary.notices);
  names.obligations = table_of(vocabulary.obligations);
  names.strings = NameTable::build({vocabulary.strings.begin(), vocabulary.strings.end()});
  return names;
}

}  // namespace zweck
