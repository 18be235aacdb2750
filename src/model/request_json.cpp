// REQUEST -> JSON (section 8): counterexamples and examples that can be replayed.
#include <array>
#include <string>

#include "model/request.hpp"
#include "text/json_text.hpp"

namespace zweck {

namespace {

// Writes the members of an object in the order in which they come.
void member(std::string& object, std::string_view key, const std::string& json) {
  object += object.empty() ? "" : ", ";
  object += json_quote(key) + ": " + json;
}

std::string in_list(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return "[" + text + "]";
}

class RequestWriter {
 public:
  explicit RequestWriter(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  std::string write(const ResolvedRequest& request) const {
    std::string object;
    if (request.id) member(object, "id", json_quote(*request.id));
    std::vector<std::string> data;
    for (const NodeId node : request.data) data.push_back(name(0, node));
    member(object, "data", in_list(data));
    member(object, "purpose", name(1, request.purpose));
    member(object, "partner", name(2, request.partner));
    member(object, "at", json_quote(to_string(request.at)));
    std::string facts;
    for (std::size_t i = 0; i < request.facts.size(); ++i) {
      if (request.facts[i].missing()) continue;
      member(facts, vocabulary_.facts[i].name, value(vocabulary_.facts[i].type, request.facts[i]));
    }
    member(object, "facts", "{" + facts + "}");
    if (request.ledger) {
      std::vector<std::string> events;
      for (const Event& each : *request.ledger) events.push_back(event(each));
      member(object, "ledger", in_list(events));
    }
    return "{" + object + "}";
  }

 private:
  std::string name(std::size_t taxonomy, NodeId node) const {
    return node == any_node ? "\"any\"" : json_quote(vocabulary_.taxonomies[taxonomy].nodes[node].name);
  }

  // A text that the policy set never mentions, for the one id that stands for all of them.
  std::string foreign_text() const {
    std::string text = "other";
    while (vocabulary_.find_string(text)) text += "-other";
    return text;
  }

  std::string one(const Type& type, std::int64_t value) const {
    switch (type.kind) {
      case TypeKind::boolean:
        return value != 0 ? "true" : "false";
      case TypeKind::integer:
        return std::to_string(value);
      case TypeKind::date:
        return json_quote(to_string(Date{value}));
      case TypeKind::duration:
        return json_quote(to_string(Duration{value}));
      case TypeKind::node:
        return name(type.taxonomy, static_cast<NodeId>(value));
      case TypeKind::string:
      case TypeKind::choice:
        break;
    }
    return json_quote(value == foreign_string ? foreign_text() : vocabulary_.strings[static_cast<std::size_t>(value)]);
  }

  std::string value(const Type& type, const Value& value) const {
    if (value.state != Value::State::set) return one(type, value.one);
    std::vector<std::string> members;
    for (const std::int64_t member : value.members) members.push_back(one(type, member));
    return in_list(members);
  }

  std::string event(const Event& event) const {
    std::string object;
    const auto notice = [&](std::string& in) {
      member(in, "notice", json_quote(vocabulary_.notices[*event.notice].name));
      member(in, "version", std::to_string(event.version));
    };
    switch (event.kind) {
      case Event::Kind::given:
        member(object, "consent", "\"given\"");
        break;
      case Event::Kind::refused:
        member(object, "consent", "\"refused\"");
        break;
      case Event::Kind::raised:
        member(object, "objection", "\"raised\"");
        break;
      case Event::Kind::cleared:
        member(object, "objection", "\"withdrawn\"");
        break;
      case Event::Kind::shown:
        notice(object);
        break;
    }
    if (event.kind != Event::Kind::shown) {
      constexpr std::array<std::string_view, 3> keys{"data", "purpose", "partner"};
      for (std::size_t d = 0; d < 3; ++d) {
        if (event.kind == Event::Kind::given || event.scope[d] != any_node)
          member(object, keys[d], name(d, event.scope[d]));
      }
    }
    if (event.kind == Event::Kind::given && event.explicit_) member(object, "explicit", "true");
    if (event.kind == Event::Kind::given && event.notice) {
      std::string under;
      notice(under);
      member(object, "under", "{" + under + "}");
    }
    member(object, "at", json_quote(to_string(event.at)));
    if (event.kind == Event::Kind::given && event.expires) {
      member(object, "expires", json_quote(to_string(*event.expires)));
    }
    return "{" + object + "}";
  }

  const Vocabulary& vocabulary_;
};

}  // namespace

std::string to_json(const Vocabulary& vocabulary, const ResolvedRequest& request) {
  return RequestWriter(vocabulary).write(request);
}

}  // namespace zweck
