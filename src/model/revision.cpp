#include "model/revision.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace zweck {
namespace {

// Writes tokens so that no two different token lists give the same text: length, colon, bytes.
class Canonical {
 public:
  explicit Canonical(const Model& model) : model_(model), vocabulary_(model.vocabulary) {}

  std::string text() {
    token("zweck-meaning-1");
    for (const Taxonomy& taxonomy : vocabulary_.taxonomies) write(taxonomy);
    for (std::size_t d = 0; d < 3; ++d) write_attributes(d);
    for (const Fact& fact : vocabulary_.facts) {
      token("fact");
      token(fact.name);
      write(fact.type);
      write(fact.type, fact.fallback);
    }
    for (const Notice& notice : vocabulary_.notices) {
      token("notice");
      token(notice.name);
      number(notice.version);
    }
    for (const Obligation& obligation : vocabulary_.obligations) {
      token("obligation");
      token(obligation.name);
    }
    for (const Rule& rule : model_.rules) write(rule);
    return std::move(out_);
  }

 private:
  void token(std::string_view text) {
    out_ += std::to_string(text.size());
    out_ += ':';
    out_ += text;
  }
  void number(std::int64_t value) { token(std::to_string(value)); }

  void write(const Taxonomy& taxonomy) {
    token("taxonomy");
    token(taxonomy.name);
    number(static_cast<std::int64_t>(taxonomy.nodes.size()));
    for (const Node& node : taxonomy.nodes) {
      token(node.name);
      names(taxonomy, node.parents);
      number(node.separate);
      token(node.since ? to_string(*node.since) : "");
      names(taxonomy, node.derived_from);
    }
  }

  void names(const Taxonomy& taxonomy, const std::vector<NodeId>& nodes) {
    number(static_cast<std::int64_t>(nodes.size()));
    for (const NodeId node : nodes) token(taxonomy.nodes[node].name);
  }

  void write_attributes(std::size_t dimension) {
    std::vector<const Attribute*> sorted;
    for (const Attribute& attribute : vocabulary_.attributes[dimension]) sorted.push_back(&attribute);
    std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->name < b->name; });
    for (const Attribute* attribute : sorted) {
      token("attribute");
      number(static_cast<std::int64_t>(dimension));
      token(attribute->name);
      write(attribute->type);
      for (const Value& value : attribute->values) write(attribute->type, value);
    }
  }

  void write(const Type& type) {
    number(static_cast<std::int64_t>(type.kind));
    number(type.set);
    if (type.kind == TypeKind::integer) number(type.min), number(type.max);
    if (type.kind == TypeKind::node) token(vocabulary_.taxonomies[type.taxonomy].name);
    std::vector<std::string_view> choices;
    for (const std::int64_t choice : type.choices) choices.push_back(string(choice));
    std::sort(choices.begin(), choices.end());
    number(static_cast<std::int64_t>(choices.size()));
    for (const std::string_view choice : choices) token(choice);
  }

  std::string_view string(std::int64_t id) const { return vocabulary_.strings[static_cast<std::size_t>(id)]; }

  std::string one(const Type& type, std::int64_t value) const {
    if (type.kind == TypeKind::string || type.kind == TypeKind::choice) return std::string(string(value));
    if (type.kind == TypeKind::node)
      return vocabulary_.taxonomies[type.taxonomy].nodes[static_cast<std::size_t>(value)].name;
    return std::to_string(value);
  }

  void write(const Type& type, const Value& value) {
    number(static_cast<std::int64_t>(value.state));
    if (value.state == Value::State::single) token(one(type, value.one));
    if (value.state != Value::State::set) return;
    write_all(type, value.members);
  }

  // Ids follow the order of loading for strings, so values are sorted by their text.
  void write_all(const Type& type, const std::vector<std::int64_t>& values) {
    std::vector<std::string> texts;
    for (const std::int64_t value : values) texts.push_back(one(type, value));
    std::sort(texts.begin(), texts.end());
    number(static_cast<std::int64_t>(texts.size()));
    for (const std::string& text : texts) token(text);
  }

  void write(const Rule& rule) {
    token("rule");
    token(rule.name);
    number(static_cast<std::int64_t>(rule.effect));
    write(rule.scope);
    std::vector<std::string> excepts;
    for (const Box& except : rule.excepts) excepts.push_back(apart([&] { write(except); }));
    sorted(std::move(excepts));
    condition(rule.when);
    condition(rule.unless);
    token(rule.from ? to_string(*rule.from) : "");
    token(rule.until ? to_string(*rule.until) : "");
    if (rule.effect == Effect::deny) return;
    number(static_cast<std::int64_t>(rule.basis));
    if (rule.basis == Basis::consent) write(model_.consent_tests[rule.consent]);
    number(rule.keep ? rule.keep->seconds : 0);
    number(static_cast<std::int64_t>(rule.oblige.size()));
    for (const ObligationId id : rule.oblige) token(vocabulary_.obligations[id].name);
  }

  void write(const Box& box) {
    for (std::size_t d = 0; d < 3; ++d) {
      number(box.sides[d].any);
      names(vocabulary_.taxonomies[d], box.sides[d].nodes);
    }
  }

  void condition(const std::optional<Condition>& condition) {
    number(condition.has_value());
    if (condition) write(*condition);
  }

  void write(const Condition& condition) {
    number(static_cast<std::int64_t>(condition.kind));
    switch (condition.kind) {
      case Condition::Kind::all:
      case Condition::Kind::any:
      case Condition::Kind::negation: {
        std::vector<std::string> parts;
        for (const Condition& part : condition.parts) parts.push_back(apart([&] { write(part); }));
        sorted(std::move(parts));
        return;
      }
      case Condition::Kind::consent: return write(model_.consent_tests[condition.index]);
      case Condition::Kind::objection: return;
      case Condition::Kind::notice: {
        const NoticeTest& test = model_.notice_tests[condition.index];
        token(vocabulary_.notices[test.notice].name);
        return number(test.version);
      }
      case Condition::Kind::test: return write(model_.tests[condition.index]);
    }
  }

  void write(const ConsentTest& test) {
    number(test.explicit_);
    number(test.within ? test.within->seconds : 0);
    token(test.under ? vocabulary_.notices[*test.under].name : "");
    number(test.version);
  }

  void write(const Test& test) {
    const Type& type = write(test.left);
    number(static_cast<std::int64_t>(test.op));
    number(test.own.has_value());
    if (test.own) write(*test.own);
    write_all(type, test.literals);
  }

  const Type& write(const Operand& operand) {
    static const std::array<Type, 3> node_types{
        Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 0}, Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 1},
        Type{.kind = TypeKind::node, .choices = {}, .taxonomy = 2}};
    const auto d = static_cast<std::size_t>(operand.dimension);
    number(static_cast<std::int64_t>(operand.kind));
    if (operand.kind == Operand::Kind::fact) {
      token(vocabulary_.facts[operand.index].name);
      return vocabulary_.facts[operand.index].type;
    }
    number(static_cast<std::int64_t>(d));
    if (operand.kind == Operand::Kind::node) return node_types[d];
    token(vocabulary_.attributes[d][operand.index].name);
    return vocabulary_.attributes[d][operand.index].type;
  }

  // What `write` adds, as a text of its own.
  template <class Write>
  std::string apart(Write write) {
    std::string outer = std::move(out_);
    out_.clear();
    write();
    std::swap(outer, out_);
    return outer;
  }

  // Parts whose order does not matter.
  void sorted(std::vector<std::string> parts) {
    std::sort(parts.begin(), parts.end());
    number(static_cast<std::int64_t>(parts.size()));
    for (const std::string& part : parts) token(part);
  }

  const Model& model_;
  const Vocabulary& vocabulary_;
  std::string out_;
};

}  // namespace

std::string canonical_text(const Model& model) { return Canonical(model).text(); }

std::string revision_of(const Model& model) {
  const std::string text = canonical_text(model);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string out = "sha256:";
  for (unsigned int i = 0; i < size; ++i) {
    out += "0123456789abcdef"[digest[i] >> 4];
    out += "0123456789abcdef"[digest[i] & 15];
  }
  return out;
}

}  // namespace zweck
