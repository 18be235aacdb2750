// Names that answers hold, as JSON strings, made once so that writing an answer is copying.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace zweck {

class QuotedNames {
 public:
  explicit QuotedNames(const Model& model);

  // Each in quotes, and a comma and a blank behind it.
  std::string_view rule(RuleId id) const { return rules_[id]; }
  std::string_view obligation(ObligationId id) const { return obligations_[id]; }
  // The end of every answer.
  std::string_view revision() const { return revision_; }

 private:
  // Texts one behind the other.
  class Texts {
   public:
    void add(std::string_view name);
    std::string_view operator[](std::size_t i) const {
      return {text_.data() + begins_[i], begins_[i + 1] - begins_[i]};
    }

   private:
    std::string text_;
    std::vector<std::size_t> begins_{0};
  };

  Texts rules_, obligations_;
  std::string revision_;
};

}  // namespace zweck
