// Conditions of the syntax tree to conditions of the model: names looked up, types checked, equal tests shared.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "grammar/syntax.hpp"
#include "model/mistakes.hpp"
#include "model/model.hpp"

namespace zweck {

class ConditionResolver {
 public:
  // Writes tests to the model; both must outlive it.
  ConditionResolver(Model& model, Mistakes& mistakes) : model_(model), mistakes_(mistakes) {}

  Condition resolve(const syntax::Condition& condition);
  // The consent of a basis, and its explicit form.
  std::pair<std::uint32_t, std::uint32_t> resolve_basis(const syntax::Consent& consent);

  // Reports `unknown-name`. `known` gives the names that there are; `help` is used where none of them is near.
  using Names = std::function<std::vector<std::string_view>()>;
  void unknown(std::string_view kind, const syntax::Name& name, const Names& known, const std::string& help = "");

 private:
  struct Side {
    Operand operand;
    Type type;
    std::string shown;
  };
  using TestKey = std::tuple<Operand, TestOp, bool, Operand, std::vector<std::int64_t>>;

  ConsentTest resolve(const syntax::Consent& consent);
  std::uint32_t intern(const ConsentTest& test);
  std::uint32_t intern(const NoticeTest& test);
  std::uint32_t intern(const Test& test);
  NoticeTest resolve_notice(const syntax::Name& name, const std::optional<syntax::Integer>& version);

  bool resolve(const syntax::Test& syntax, Span span, Test& test);
  std::optional<Side> resolve_fact(const syntax::Name& name);
  std::optional<Side> resolve_own(const syntax::Own& own);
  bool check_own(const Side& left, const Side& right, const syntax::Test& syntax, Span span);
  bool check_literals(const Side& left, const std::vector<syntax::Literal>& literals, bool braces,
                      const syntax::Test& syntax, Test& test);
  std::optional<std::int64_t> resolve_literal(const Side& left, const syntax::Literal& literal, syntax::Operator op);
  std::optional<std::int64_t> resolve_choice(const Side& left, const syntax::Name& name);
  std::optional<std::int64_t> resolve_node(const Side& left, const syntax::Name& name, syntax::Operator op);
  std::string type_of(const Side& side) const;
  void mismatch(Span span, std::string message, std::string help = "");

  Model& model_;
  Mistakes& mistakes_;
  std::map<ConsentTest, std::uint32_t> consent_ids_;
  std::map<NoticeTest, std::uint32_t> notice_ids_;
  std::map<TestKey, std::uint32_t> test_ids_;
};

}  // namespace zweck
