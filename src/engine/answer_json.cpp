// ANSWER -> JSON (section 8).
#include "engine/answer_line.hpp"
#include "text/json_text.hpp"
#include "zweck/request.hpp"

namespace zweck {

std::string_view name_of(Status status) noexcept {
  switch (status) {
    case Status::forbidden:
      return "forbidden";
    case Status::not_permitted:
      return "not-permitted";
    case Status::indeterminate:
      return "indeterminate";
    case Status::allowed:
      return "allowed";
    case Status::invalid:
      break;
  }
  return "invalid";
}

namespace {

// One object, its members in the order in which they are added.
class Object {
 public:
  Object& add(std::string_view key, const std::string& json) {
    text_ += text_.size() > 1 ? ", " : "";
    text_ += json_quote(key) + ": " + json;
    return *this;
  }
  Object& text(std::string_view key, std::string_view value) { return add(key, json_quote(value)); }
  std::string str() const { return text_ + "}"; }

 private:
  std::string text_ = "{";
};

template <class Items, class ToJson>
std::string list(const Items& items, ToJson to_json) {
  std::string text = "[";
  for (const auto& item : items) {
    if (text.size() > 1) text += ", ";
    text += to_json(item);
  }
  return text + "]";
}

std::string strings(const std::vector<std::string>& items) {
  return list(items, [](const std::string& item) { return json_quote(item); });
}

std::string obligations(const Obligations& obligations) {
  Object object;
  if (obligations.keep) object.text("keep", to_string(*obligations.keep));
  if (!obligations.oblige.empty()) object.add("oblige", strings(obligations.oblige));
  return object.str();
}

std::string need(const Need& need) {
  const auto notice = [&] {
    return Object().text("notice", need.name).add("version", std::to_string(need.version)).str();
  };
  if (need.kind == Need::Kind::fact) return Object().text("fact", need.name).str();
  if (need.kind == Need::Kind::notice) return notice();
  Object consent;
  consent.text("data", need.data).text("purpose", need.purpose).text("partner", need.partner);
  if (need.is_explicit) consent.add("explicit", "true");
  if (!need.name.empty()) consent.add("under", notice());
  return Object().add("consent", consent.str()).str();
}

}  // namespace

void append_answer(std::string& out, const Answer& answer) {
  Object object;
  if (answer.id) object.text("id", *answer.id);
  object.text("decision", answer.allowed() ? "allow" : "deny").text("status", name_of(answer.status));
  object.add("rules", strings(answer.rules));
  if (answer.status == Status::allowed) object.add("obligations", obligations(answer.obligations));
  if (!answer.needs.empty()) object.add("needs", list(answer.needs, need));
  if (answer.status == Status::invalid) object.add("problems", strings(answer.problems));
  if (!answer.revision.empty()) object.text("revision", answer.revision);
  out += object.str();
}

std::string to_json(const Answer& answer) noexcept {
  std::string out;
  append_answer(out, answer);
  return out;
}

}  // namespace zweck
