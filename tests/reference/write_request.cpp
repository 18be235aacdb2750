// Requests as JSON.
#include <utility>

#include "reference/calendar.hpp"
#include "reference/write.hpp"

namespace reference {
namespace {

std::string list(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ",") + quoted(text);
  return "[" + result + "]";
}

struct RawText {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return std::to_string(number); }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const std::vector<std::string>& texts) const { return list(texts); }
};

using Members = std::vector<std::pair<std::string, std::string>>;  // key and value as JSON

std::string object(Members members, Dice& dice) {
  if (dice.chance(30)) dice.shuffle(members);
  std::string result;
  for (const auto& [key, value] : members) result += (result.empty() ? "" : ", ") + quoted(key) + ": " + value;
  return "{" + result + "}";
}

std::string event(const Event& one, Dice& dice) {
  Members members;
  const bool notice = one.kind == Event::Kind::notice;
  switch (one.kind) {
    case Event::Kind::given:
      members.emplace_back("consent", "\"given\"");
      break;
    case Event::Kind::refused:
      members.emplace_back("consent", "\"refused\"");
      break;
    case Event::Kind::withdrawn:
      members.emplace_back("consent", "\"withdrawn\"");
      break;
    case Event::Kind::raised:
      members.emplace_back("objection", "\"raised\"");
      break;
    case Event::Kind::objection_withdrawn:
      members.emplace_back("objection", "\"withdrawn\"");
      break;
    case Event::Kind::notice:
      members.emplace_back("notice", quoted(one.notice));
      if (one.version) members.emplace_back("version", std::to_string(*one.version));
      break;
  }
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (!one.scope[i]) continue;
    const bool single = one.scope[i]->size() == 1 && (one.scope[i]->front() == "any" || dice.chance(80));
    members.emplace_back(dimensions[i], single ? quoted(one.scope[i]->front()) : list(*one.scope[i]));
  }
  if (one.explicit_) members.emplace_back("explicit", *one.explicit_ ? "true" : "false");
  if (!notice && !one.notice.empty()) {
    std::string under = "{\"notice\": " + quoted(one.notice);
    if (one.version) under += ", \"version\": " + std::to_string(*one.version);
    members.emplace_back("under", under + "}");
  }
  members.emplace_back("at", quoted(time_text(one.at)));
  if (one.expires) members.emplace_back("expires", quoted(time_text(*one.expires)));
  return object(members, dice);
}

}  // namespace

std::string json_of(const Request& request, Dice dice) {
  Members members;
  members.emplace_back("data",
                       request.data.size() == 1 && dice.chance(70) ? quoted(request.data.front()) : list(request.data));
  if (request.purpose) members.emplace_back("purpose", quoted(*request.purpose));
  if (request.partner) members.emplace_back("partner", quoted(*request.partner));
  members.emplace_back("at", quoted(request.malformed_at.empty() ? time_text(request.at) : request.malformed_at));
  Members facts;
  for (const auto& [name, raw] : request.facts) facts.emplace_back(name, std::visit(RawText(), raw));
  if (!facts.empty() || dice.chance(50)) members.emplace_back("facts", object(facts, dice));
  if (request.ledger) {
    std::string events;
    for (const Event& one : *request.ledger) events += (events.empty() ? "" : ",\n  ") + event(one, dice);
    members.emplace_back("ledger", "[" + events + "]");
  }
  for (const auto& [key, raw] : request.further) members.emplace_back(key, std::visit(RawText(), raw));
  return object(members, dice);
}

}  // namespace reference
