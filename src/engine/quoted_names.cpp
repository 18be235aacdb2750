#include "engine/quoted_names.hpp"

#include "text/json_text.hpp"

namespace zweck {

void QuotedNames::Texts::add(std::string_view name) {
  text_ += json_quote(name);
  text_ += ", ";
  begins_.push_back(text_.size());
}

QuotedNames::QuotedNames(const Model& model) : revision_(R"(, "revision": )" + json_quote(model.revision) + '}') {
  for (const Rule& rule : model.rules) rules_.add(rule.name);
  for (const auto& obligation : model.vocabulary.obligations) obligations_.add(obligation.name);
}

}  // namespace zweck
