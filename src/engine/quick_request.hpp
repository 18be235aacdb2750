// NAMES -> REQUEST without allocation, for the usual request: memory is kept from one to the next. Whatever is not quite
// in order is refused here without a word; read_request() then says what is wrong.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/program.hpp"
#include "model/request.hpp"
#include "zweck/request.hpp"

namespace zweck {

// Names of one dimension of an event.
struct NodeList {
  static constexpr std::uint32_t most = 16;
  std::uint32_t size = 0;  // 0: any
  std::array<NodeId, most> ids;

  bool add(NodeId id) {
    if (id == no_name || size == most) return false;
    ids[size++] = id;
    return true;
  }
};

class QuickRequest {
 public:
  // Single events of a ledger: longer ones are for binding.
  static constexpr std::size_t most_events = 64;

  // Begins a request to this program, with nothing but the defaults of its facts.
  void start(const Program& program);
  // What was given since. Data sorted and unique after finish().
  ResolvedRequest& request() { return request_; }
  // Whether data, purpose and partner were given.
  bool finish();

  // Each of these is false if the exact way has to look at the request.
  bool add_data(std::string_view name);
  bool purpose(std::string_view name);
  bool partner(std::string_view name);
  bool at(Time time);

  bool fact(std::string_view name);  // what comes next is its value
  bool value(bool value);
  bool value(std::int64_t value);
  bool value(std::string_view text);
  bool set();  // its members follow
  bool member(std::string_view text);
  bool end_of_set();

  void ledger();  // it is known; its events follow
  void ledger(const Ledger& events);  // all of them
  NodeId node(std::size_t dimension, std::string_view name) const {
    return program_->names().taxonomies[dimension].find(name);
  }
  // One more event of any scope, to be filled in; nullptr if there are too many.
  Event* event();
  // The version of the notice, if there is such a one.
  bool notice(Event& event, std::string_view name, std::int64_t version) const;
  // The last event becomes one for each combination of these names.
  bool scope(const std::array<NodeList, 3>& names);

 private:
  bool text(std::string_view text, std::int64_t& value) const;
  void take_back(const std::vector<FactId>& facts);

  const Program* program_ = nullptr;
  std::uint64_t serial_ = 0;  // of the program
  ResolvedRequest request_;
  const Type* type_ = nullptr;  // of the fact whose value comes next …
  Value* value_ = nullptr;      // … and where that goes
  // Facts that this request gives; and those that the one before it gave, whose values stand until this one is whole, since
  // most give the same.
  std::vector<FactId> given_, given_before_;
  // By FactId: the last request that gave it, and where the name was found of what came next.
  struct Seen {
    std::uint64_t request = 0;
    std::uint32_t next_place = 0;
  };
  std::vector<Seen> seen_;
  std::uint32_t first_place_ = 0;
  std::uint64_t number_ = 0;  // of the request
  bool whole_ = true;         // whether it came to its end
  Ledger spare_;              // memory of a ledger while there is none
};

// Fills in a request of the public API.
bool fill(QuickRequest& quick, const Program& program, const Request& request);

}  // namespace zweck
