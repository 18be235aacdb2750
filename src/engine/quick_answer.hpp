// REQUEST -> STATUS, RULES, OBLIGATIONS without binding anything: no rows of bits over all terms, and no allocation once
// the memory of the first requests is there. Says exactly what answer() says, but for needs.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/program.hpp"
#include "model/request.hpp"

namespace zweck {

class QuickAnswer {
 public:
  Status status() const { return worst_.status; }
  std::int64_t keep_seconds() const { return worst_.keep_seconds; }  // INT64_MAX: no limit
  std::uint64_t obligations() const { return worst_.obligations; }
  const std::vector<RuleId>& rules() const { return rules_; }  // sorted, unique

  // Whether the answer has needs, which are not worked out here: then answer() has to. Only with rules.
  bool may_have_needs() const {
    return (status() == Status::not_permitted || status() == Status::indeterminate) && !hopeless_;
  }

  // The answer to a request whose names are resolved. Without `with_rules` there are no rules, and the answer comes as
  // soon as it is clear. False if it asks for more than limits::request_points. The request is the same afterwards.
  bool decide(const std::shared_ptr<const Program>& program, ResolvedRequest& request, bool with_rules);

 private:
  class Lent;
  struct Finder;
  struct FactsHere;
  void find_rows(const Program& program);
  void decide_at(const std::shared_ptr<const Program>& program, const Point& point, bool with_rules);
  void list_data(const Program& program, const std::vector<NodeId>& named);

  struct AtTerm {
    std::uint32_t term;
    RuleId rule;
    Truth truth;
  };
  CachedDecision worst_;
  bool hopeless_ = false;  // no allow rule covers some point, so that nothing helps
  std::vector<RuleId> rules_;
  std::vector<AtTerm> found_;
  std::vector<NodeId> data_;
  std::vector<std::uint8_t> is_listed_;  // by NodeId: what data_ holds
  std::vector<const std::uint32_t*> rows_;  // of the facts: numbers of blocks, by block
  bool rows_found_ = false;
  // What is given, in the form that the engine asks for.
  Facts::State facts_;
  Subject::State subject_;
  std::shared_ptr<const Subject::State> bound_;
};

}  // namespace zweck
