#include "model/request_tree.hpp"

namespace zweck {

namespace {

Tree text(std::string value) {
  Tree tree;
  tree.kind = Tree::Kind::quoted;
  tree.text = std::move(value);
  return tree;
}

// A number or bool.
Tree literal(std::string value) {
  Tree tree = text(std::move(value));
  tree.kind = Tree::Kind::plain;
  tree.literal = true;
  return tree;
}

Tree list(const std::vector<std::string>& values) {
  Tree tree;
  tree.kind = Tree::Kind::list;
  for (const std::string& value : values) tree.items.push_back(text(value));
  return tree;
}

Tree map() {
  Tree tree;
  tree.kind = Tree::Kind::map;
  return tree;
}

void add(Tree& map, std::string key, Tree value) {
  value.key = std::move(key);
  value.key_quoted = true;
  map.items.push_back(std::move(value));
}

// A name alone stays alone, so that `any` may be one.
Tree names(const std::vector<std::string>& values) { return values.size() == 1 ? text(values[0]) : list(values); }

Tree to_tree(const LedgerEvent& event) {
  using Kind = LedgerEvent::Kind;
  Tree tree = map();
  switch (event.kind) {
    case Kind::consent_given:
      add(tree, "consent", text("given"));
      break;
    case Kind::consent_refused:
      add(tree, "consent", text("refused"));
      break;
    case Kind::consent_withdrawn:
      add(tree, "consent", text("withdrawn"));
      break;
    case Kind::objection_raised:
      add(tree, "objection", text("raised"));
      break;
    case Kind::objection_withdrawn:
      add(tree, "objection", text("withdrawn"));
      break;
    case Kind::notice_shown:
      add(tree, "notice", text(event.notice));
      add(tree, "version", literal(std::to_string(event.version)));
      break;
  }
  if (!event.data.empty()) add(tree, "data", names(event.data));
  if (!event.purpose.empty()) add(tree, "purpose", names(event.purpose));
  if (!event.partner.empty()) add(tree, "partner", names(event.partner));
  if (event.is_explicit) add(tree, "explicit", literal("true"));
  if (event.kind != Kind::notice_shown && (!event.notice.empty() || event.version != 0)) {
    Tree under = map();
    if (!event.notice.empty()) add(under, "notice", text(event.notice));
    add(under, "version", literal(std::to_string(event.version)));
    add(tree, "under", std::move(under));
  }
  add(tree, "at", text(to_string(event.at)));
  if (event.expires) add(tree, "expires", text(to_string(*event.expires)));
  return tree;
}

}  // namespace

Tree to_tree(const std::vector<LedgerEvent>& ledger) {
  Tree tree;
  tree.kind = Tree::Kind::list;
  tree.items.reserve(ledger.size());
  for (const LedgerEvent& event : ledger) tree.items.push_back(to_tree(event));
  return tree;
}

Tree to_tree(const FactValue& value) {
  struct {
    Tree operator()(bool value) const { return literal(value ? "true" : "false"); }
    Tree operator()(std::int64_t value) const { return literal(std::to_string(value)); }
    Tree operator()(const std::string& value) const { return text(value); }
    Tree operator()(const std::vector<std::string>& value) const { return list(value); }
  } by_kind;
  return std::visit(by_kind, value);
}

Tree to_tree(const Request& request) {
  Tree tree = map();
  if (request.id) add(tree, "id", text(*request.id));
  add(tree, "data", list(request.data));
  if (!request.purpose.empty()) add(tree, "purpose", text(request.purpose));
  if (!request.partner.empty()) add(tree, "partner", text(request.partner));
  if (request.at) add(tree, "at", text(to_string(*request.at)));
  if (!request.facts.empty()) {
    Tree facts = map();
    for (const auto& [name, value] : request.facts) add(facts, name, to_tree(value));
    add(tree, "facts", std::move(facts));
  }
  if (request.ledger) add(tree, "ledger", to_tree(*request.ledger));
  return tree;
}

}  // namespace zweck
