// Section 5, item 5: what makes a request a bad one.
#include <algorithm>

#include "reference/calendar.hpp"
#include "reference/reference.hpp"

namespace reference {
namespace {

constexpr std::size_t most_points = 100'000;

}  // namespace

// The value that JSON gives for a type, if it is one.
std::optional<Value> Reference::fitting(const Type& type, const Raw& raw) const {
  if (type.set) {
    if (!std::holds_alternative<std::vector<std::string>>(raw)) return std::nullopt;
    Type member = type;
    member.set = false;
    Set result;
    for (const std::string& text : std::get<std::vector<std::string>>(raw)) {
      if (!fitting(member, text)) return std::nullopt;
      result.insert(text);
    }
    return result;
  }
  if (type.kind == Type::Kind::boolean) {
    if (std::holds_alternative<bool>(raw)) return std::get<bool>(raw);
    return std::nullopt;
  }
  if (type.kind == Type::Kind::integer) {
    if (!std::holds_alternative<std::int64_t>(raw)) return std::nullopt;
    const std::int64_t value = std::get<std::int64_t>(raw);
    if ((type.min && value < *type.min) || (type.max && value > *type.max)) return std::nullopt;
    return value;
  }
  if (!std::holds_alternative<std::string>(raw)) return std::nullopt;
  const std::string& text = std::get<std::string>(raw);
  if (type.kind == Type::Kind::date) {
    if (const auto date = read_date(text)) return *date;
    return std::nullopt;
  }
  if (type.kind == Type::Kind::duration) {
    if (const auto duration = read_duration(text)) return *duration;
    return std::nullopt;
  }
  if (type.kind == Type::Kind::choice && std::ranges::find(type.choices, text) == type.choices.end())
    return std::nullopt;
  if (type.kind == Type::Kind::node && !knows(type.taxonomy, text)) return std::nullopt;
  return text;
}

void Reference::find_problems(const Event& event, std::vector<std::string>& problems) const {
  const bool given = event.kind == Event::Kind::given, notice = event.kind == Event::Kind::notice;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (notice && event.scope[i]) problems.push_back("a notice with " + dimensions[i]);
    if (given && !event.scope[i]) problems.push_back("given without " + dimensions[i]);
    if (!event.scope[i]) continue;
    if (event.scope[i]->empty()) problems.push_back("an empty list of " + dimensions[i]);
    const bool any = *event.scope[i] == std::vector<std::string>{"any"};
    for (const std::string& name : *event.scope[i])
      if (!any && !knows(dimensions[i], name)) problems.push_back("unknown name " + name);
  }
  if (!given && (event.expires || event.explicit_)) problems.push_back("only a given expires or is explicit");
  if (!given && !notice && !event.notice.empty()) problems.push_back("only a given is under a notice");
  if (notice && event.notice.empty()) problems.push_back("which notice");
  if (event.notice.empty()) return;
  if (!world_.notices.contains(event.notice))
    problems.push_back("unknown notice " + event.notice);
  else if (!event.version || *event.version < 1 || *event.version > world_.notices.at(event.notice))
    problems.push_back("version of " + event.notice);
}

std::vector<std::string> Reference::problems(const Request& request) const {
  std::vector<std::string> problems;
  for (const auto& [key, value] : request.further) problems.push_back("unknown key " + key);
  if (!request.malformed_at.empty()) problems.push_back("malformed time " + request.malformed_at);
  if (request.data.empty()) problems.push_back("no data");
  for (const std::string& name : request.data)
    if (!knows("data", name)) problems.push_back("unknown data " + name);
  if (!request.purpose || !knows("purpose", *request.purpose)) problems.push_back("unknown purpose");
  if (!request.partner || !knows("partner", *request.partner)) problems.push_back("unknown partner");
  Set seen;
  for (const auto& [name, raw] : request.facts) {
    if (!seen.insert(name).second) problems.push_back("fact twice: " + name);
    if (!world_.facts.contains(name))
      problems.push_back("unknown fact " + name);
    else if (!fitting(world_.facts.at(name).type, raw))
      problems.push_back("value of " + name);
  }
  if (request.ledger)
    for (const Event& event : *request.ledger) find_problems(event, problems);
  if (problems.empty() && points(request.data, *request.purpose, *request.partner).size() > most_points)
    problems.push_back("too many points");
  return problems;
}

Situation Reference::situation(const Request& request) const {
  Situation result;
  result.at = request.at;
  for (const auto& [name, raw] : request.facts) result.facts[name] = *fitting(world_.facts.at(name).type, raw);
  if (request.ledger) result.ledger = multiplied_out(*request.ledger);
  return result;
}

}  // namespace reference
