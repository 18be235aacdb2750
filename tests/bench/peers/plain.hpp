// The workload in words that every other engine has: rules with a scope and one condition, and requests with everything
// worked out that only Zweck knows how to work out. Each engine's policies are written from these.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/workload.hpp"

namespace zweck::bench::peers {

// What a condition can look at; see Asked for what each holds.
enum class Field : std::uint8_t {
  age,
  channel,
  gpc,
  idle,
  joined,
  language,
  logged_in,
  region,
  score,
  segments,
  tier,
  visited,  // facts
  sensitivity,
  special,
  country,  // of the point
  consents,
  objection,
  notices,
  now  // the ledger and time
};
std::string name_of(Field field);

struct Condition {
  enum class Kind : std::uint8_t {
    all,       // of parts; true if there are none
    any,       // of parts
    negation,  // of the one part
    truth,     // a bool
    order,     // an int `op` number
    one_of,    // a text is one of texts
    has        // a set of texts has one of texts
  };
  Kind kind = Kind::all;
  std::vector<Condition> parts;
  Field field = Field::age;
  std::string op;  // "<", "<=", ">", ">=", "==", "!="
  std::int64_t number = 0;
  std::vector<std::string> texts;
};

struct PlainRule {
  std::string name;
  bool allows = false;
  std::array<std::vector<std::string>, 3> scope;   // empty: any
  std::array<std::vector<std::string>, 3> except;  // as the scope
  bool has_except = false;
  Condition condition;  // when, unless, from, until and basis in one
};
std::vector<PlainRule> plain_rules(const Workload& workload);

// A request. Names are at or above: `above[0]` holds the data leaf and everything above it, and so do region, visited
// and country. Dates are days, durations and times seconds since 1970.
struct Asked {
  std::array<std::string, 3> point;
  std::array<std::vector<std::string>, 3> above;
  std::int64_t age = 0, idle = 0, joined = 0, score = 0, sensitivity = 0, now = 0;
  bool gpc = false, logged_in = false, special = false, objection = false;
  std::string channel, language, tier, own_region, own_country;
  std::vector<std::string> region, segments, visited, country;
  std::vector<std::string> consents;  // the consent tests that hold at the point, named by consent_name()
  std::vector<std::string> notices;   // shown in their current version
  bool allowed = false;               // as Zweck decides
};
std::string consent_name(bool is_explicit, const std::string& notice);
// Ends the program with the reason if Zweck cannot load the workload.
std::vector<Asked> asked(const Workload& workload, const std::vector<Ask>& asks);
std::string json_of(const Asked& asked);

// The requests that all engines are asked, the same ones for the same workload.
std::vector<Ask> peer_asks(const Workload& workload, std::size_t count);

// What each engine reads, as (path, text).
using Files = std::vector<std::pair<std::string, std::string>>;
Files cedar_files(const Workload& workload, const std::vector<PlainRule>& rules);
Files opa_files(const Workload& workload, const std::vector<PlainRule>& rules);
Files casbin_files(const Workload& workload, const std::vector<PlainRule>& rules);
Files cerbos_files(const Workload& workload, const std::vector<PlainRule>& rules);
Files sapl_files(const Workload& workload, const std::vector<PlainRule>& rules);

// "a sep b", each by `print`.
std::string joined(const auto& items, const std::string& separator, auto print) {
  std::string text;
  for (const auto& item : items) {
    if (!text.empty()) text += separator;
    text += print(item);
  }
  return text;
}
inline std::string quoted(const std::string& text) { return '"' + text + '"'; }  // names here are plain ASCII

}  // namespace zweck::bench::peers
