// A request by names, and its answer in full: for services that have names at hand, and for everything that is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <zweck/time.hpp>

namespace zweck {

// An event of a ledger, by names; see the language reference on the ledger. An empty list of names means `any`; the
// consent that was given must state all three, with `any_scope` where any is meant.
struct LedgerEvent {
  enum class Kind : std::uint8_t {
    consent_given,
    consent_refused,
    consent_withdrawn,
    objection_raised,
    objection_withdrawn,
    notice_shown
  };
  Kind kind = Kind::consent_given;
  std::vector<std::string> data, purpose, partner;  // {"any"} for any
  Time at;
  std::optional<Time> expires;  // consent_given
  bool is_explicit = false;     // consent_given
  std::string notice;           // notice_shown: which; consent_given: under which, or empty
  std::int64_t version = 0;     // of the notice, from 1
};

// Values of facts: bool, int, text (a string, a value of `one of`, a node, a date, a duration), or a set of texts.
using FactValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

struct Request {
  std::optional<std::string> id;
  std::vector<std::string> data;
  std::string purpose;
  std::string partner;
  std::optional<Time> at;  // none: now
  std::vector<std::pair<std::string, FactValue>> facts;
  std::optional<std::vector<LedgerEvent>> ledger;  // none: not known
};

enum class Status : std::uint8_t { forbidden, not_permitted, indeterminate, allowed, invalid };
std::string_view name_of(Status status) noexcept;  // "forbidden", "not-permitted", …

struct Obligations {
  std::optional<Duration> keep;      // the shortest, from the time of the request
  std::vector<std::string> oblige;  // sorted
  friend bool operator==(const Obligations&, const Obligations&) = default;
};

// Something the caller could go and ask for.
struct Need {
  enum class Kind : std::uint8_t { consent, notice, fact };
  Kind kind = Kind::consent;
  std::string data, purpose, partner;  // consent
  bool is_explicit = false;            // consent
  std::string name;                    // notice, fact; consent: the notice to give it under, or empty
  std::int64_t version = 0;            // of the notice
  std::string example{};               // fact: a value with which it would be allowed, as people write it
  friend bool operator==(const Need&, const Need&) = default;
};

struct Answer {
  std::optional<std::string> id;
  Status status = Status::invalid;
  std::vector<std::string> rules;     // sorted
  Obligations obligations;            // `allowed` only
  // `not-permitted` and `indeterminate`: a smallest set of things with which the request would be allowed. Consents by
  // point, then notices, then facts. None if nothing helps …
  std::vector<Need> needs;
  bool needs_given_up = false;        // … or if there was too much to try, so that it is not known whether something does
  std::vector<std::string> problems;  // `invalid` only
  std::string revision;

  bool allowed() const { return status == Status::allowed; }
};

// The answer as one line of JSON.
std::string to_json(const Answer& answer) noexcept;

}  // namespace zweck
