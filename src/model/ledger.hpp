// What a customer has said and has been told (section 4), and what follows from it at a point.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "model/model.hpp"
#include "text/tree.hpp"

namespace zweck {

constexpr NodeId any_node = UINT32_MAX;

// A single event: one name or any_node per dimension.
struct Event {
  enum class Kind : std::uint8_t { given, refused, raised, cleared, shown };
  // given; refused or withdrawn consent; objection raised; objection withdrawn; notice shown.
  Kind kind = Kind::given;
  std::array<NodeId, 3> scope{any_node, any_node, any_node};  // not for `shown`
  Time at;
  std::optional<Time> expires;      // given
  bool explicit_ = false;           // given
  std::optional<NoticeId> notice;   // given: under which; shown: which
  std::int64_t version = 0;         // of the notice
  friend bool operator==(const Event&, const Event&) = default;
};
using Ledger = std::vector<Event>;

// The list of events as in section 4, lists of names multiplied out. Every problem in it is reported.
Result<Ledger> read_ledger(const Vocabulary& vocabulary, const Tree& tree, const Sources& sources);

// Whether what was given is not older than that.
bool is_recent(Time given, Duration age, Time now);
// Whether a consent that was given is such as the test asks for.
bool meets(const Event& given, const ConsentTest& test, Time now);

// What the tests of section 4 say at one point at one time. Events later than `now` do not count in any of them. Plain
// and slow: explain, analysis and tests use it; the engine has its own way.
struct LedgerView {
  const Vocabulary& vocabulary;
  const Ledger& ledger;
  Time now;

  // Whether the event counts now, and each node of the point is at or below the event's name.
  bool reaches(const Event& event, const Point& point) const;
  // Whether the event is a grant now (given, not expired), and no `separate` or later `since` keeps it from the point.
  bool grant_reaches(const Event& given, const Point& point) const;
  // Whether the scope of one event lies within that of the other.
  bool within(const Event& inner, const Event& outer) const;
  // Whether the grant reaches the point and no refusal undoes it there.
  bool stands(const Event& given, const Point& point) const;
  bool consent(const ConsentTest& test, const Point& point) const;
  bool objection(const Point& point) const;
  bool shown(const NoticeTest& test) const;
};

}  // namespace zweck
