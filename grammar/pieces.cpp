#include "grammar/pieces.hpp"

#include <array>
#include <utility>

#include "grammar/format.hpp"
#include "grammar/keywords.hpp"
#include "zweck/time.hpp"

namespace zweck::grammar {

namespace {

namespace s = syntax;

constexpr std::array<std::string_view, 9> operators = {"", "=", "!=", "<", "<=", ">", ">=", "in", "has"};
constexpr std::array<std::string_view, 3> dimensions = {"data", "purpose", "partner"};
constexpr std::array<std::string_view, 7> bases = {
    "consent", "contract", "legal-obligation", "vital-interest", "public-task", "legitimate-interest", "not-personal"};

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string text_of(const s::Duration& duration) {
  std::string unit = duration.unit;
  if (unit.ends_with('s')) unit.pop_back();
  return std::to_string(duration.count) + ' ' + unit + (duration.count == 1 ? "" : "s");
}

std::string text_of(const s::Literal& literal) {
  // In quotes it may be a string; only the type of the other side tells, so the quotes stay.
  return std::visit(Overloaded{[](const s::Name& n) { return n.quoted ? quote_string(n.text) : quote_name(n.text); },
                               [](const s::Integer& i) { return std::to_string(i.value); },
                               [](const s::Date& d) { return to_string(Date{d.days}); },
                               [](const s::Duration& d) { return text_of(d); },
                               [](const s::Boolean& b) { return std::string(b.value ? "true" : "false"); }},
                    literal);
}

std::string text_of(const s::Own& own) {
  std::string text(dimensions[static_cast<std::size_t>(own.dimension)]);
  return own.attribute ? text + '.' + quote_name(own.attribute->text) : text;
}

class Writer {
 public:
  explicit Writer(Brackets brackets) : brackets_(brackets) {}

  Pieces take() { return std::move(pieces_); }

  void add(std::uint32_t begin, std::string text, Glue glue = Glue::blank) {
    pieces_.push_back({begin, std::move(text), glue});
  }
  void close_up(std::string_view text) { pieces_.back().text += text; }
  // What is written without a place of its own stands with the piece before.
  void add_word(std::string text, Glue glue = Glue::blank) {
    add(pieces_.empty() ? 0 : pieces_.back().begin, std::move(text), glue);
  }

  void names(const s::Nodes& nodes, Glue first = Glue::blank) {
    if (nodes.any) return add(nodes.span.begin, "any", first);
    for (std::size_t i = 0; i < nodes.names.size(); ++i) {
      if (i > 0) close_up(",");
      add(nodes.names[i].span.begin, quote_name(nodes.names[i].text), i == 0 ? first : Glue::soft);
    }
  }

  void consent(const s::Consent& consent, std::uint32_t begin, Glue glue) {
    add(begin, consent.explicit_ ? "explicit consent" : "consent", glue);
    if (consent.within) add(consent.within->span.begin, "within " + text_of(*consent.within));
    if (consent.under) add(consent.under->span.begin, "under " + quote_name(consent.under->text));
    if (consent.version) add(consent.version->span.begin, "version " + std::to_string(consent.version->value));
  }

  void condition(const s::Condition& condition, Glue first, bool outermost) {
    std::visit(Overloaded{[&](const s::Or& any) { parts(any.parts, "or", first, outermost); },
                          [&](const s::And& all) { parts(all.parts, "and", first, outermost); },
                          [&](const s::Not& negated) {
                            add(condition.span.begin, "not", first);
                            const s::Condition& inner = negated.part.front();
                            part(inner, Glue::blank, !is_single(inner) || explains_test(inner));
                          },
                          [&](const s::Consent& given) { consent(given, condition.span.begin, first); },
                          [&](const s::Objection&) { add(condition.span.begin, "objection", first); },
                          [&](const s::Notice& notice) {
                            add(condition.span.begin, "notice " + quote_name(notice.name.text), first);
                            if (notice.version)
                              add(notice.version->span.begin, "version " + std::to_string(notice.version->value));
                          },
                          [&](const s::Test& test) { this->test(test, condition.span.begin, first); }},
               condition.node);
  }

 private:
  static bool is_single(const s::Condition& condition) {
    return !std::holds_alternative<s::Or>(condition.node) && !std::holds_alternative<s::And>(condition.node) &&
           !std::holds_alternative<s::Not>(condition.node);
  }

  // `not (a in b)`: without the brackets the eye takes `not a` first.
  bool explains_test(const s::Condition& condition) const {
    const auto* test = std::get_if<s::Test>(&condition.node);
    return brackets_ == Brackets::explaining && condition.bracketed && test != nullptr && test->op != s::Operator::none;
  }

  void part(const s::Condition& condition, Glue first, bool in_brackets) {
    if (!in_brackets) return this->condition(condition, first, false);
    add(condition.span.begin, "(", first);
    this->condition(condition, Glue::none, false);
    close_up(")");
  }

  void parts(const std::vector<s::Condition>& list, const char* word, Glue first, bool outermost) {
    const bool disjunction = word[0] == 'o';
    for (std::size_t i = 0; i < list.size(); ++i) {
      const bool is_and = std::holds_alternative<s::And>(list[i].node);
      const bool needed = std::holds_alternative<s::Or>(list[i].node) || (is_and && !disjunction);
      const bool explains = is_and && list[i].bracketed && brackets_ == Brackets::explaining;
      if (i > 0) add(list[i].span.begin, word, outermost ? Glue::joined : Glue::soft);
      part(list[i], i == 0 ? first : Glue::blank, needed || explains);
    }
  }

  void test(const s::Test& test, std::uint32_t begin, Glue first) {
    std::visit(Overloaded{[&](const s::Name& fact) { add(begin, quote_name(fact.text), first); },
                          [&](const s::Own& own) { add(begin, text_of(own), first); }},
               test.left);
    if (test.op == s::Operator::none) return;
    add(test.op_span.begin, std::string(operators[static_cast<std::size_t>(test.op)]));
    std::visit(Overloaded{[](std::monostate) {},
                          [&](const s::Literal& literal) { add(span_of(literal).begin, text_of(literal)); },
                          [&](const s::Own& own) { add(own.span.begin, text_of(own)); },
                          [&](const std::vector<s::Literal>& literals) { braces(literals); }},
               test.right);
  }

  void braces(const std::vector<s::Literal>& literals) {
    for (std::size_t i = 0; i < literals.size(); ++i) {
      if (i > 0) close_up(",");
      add(span_of(literals[i]).begin, (i == 0 ? "{" : "") + text_of(literals[i]), i == 0 ? Glue::blank : Glue::soft);
    }
    close_up("}");
  }

  Pieces pieces_;
  Brackets brackets_;
};

}  // namespace

Pieces pieces_of(const s::Nodes& nodes) {
  Writer writer(Brackets::needed);
  writer.names(nodes);
  return writer.take();
}

Pieces pieces_of(const s::Condition& condition, Brackets brackets) {
  Writer writer(brackets);
  writer.condition(condition, Glue::blank, true);
  return writer.take();
}

Pieces pieces_of(const s::Clause& clause) {
  Writer writer(Brackets::explaining);
  const auto condition = [&](const s::Condition& c) { writer.condition(c, Glue::blank, true); };
  std::visit(
      Overloaded{
          [&](const s::Except& except) {
            const auto keyword = [&](const s::Nodes& nodes, const char* word) {
              writer.add(nodes.span.begin, word, Glue::soft);
              writer.names(nodes);
            };
            if (except.has_data) writer.names(except.data);
            if (except.has_purpose) keyword(except.purpose, "for");
            if (except.has_partner) keyword(except.partner, "by");
          },
          [&](const s::When& when) { condition(when.condition); },
          [&](const s::Unless& unless) { condition(unless.condition); },
          [&](const s::From& from) { writer.add(from.date.span.begin, to_string(Date{from.date.days})); },
          [&](const s::Until& until) { writer.add(until.date.span.begin, to_string(Date{until.date.days})); },
          [&](const s::Basis& basis) {
            if (basis.kind == s::BasisKind::consent)
              return writer.consent(basis.consent, basis.span.begin, Glue::blank);
            writer.add(basis.span.begin, std::string(bases[static_cast<std::size_t>(basis.kind)]));
          },
          [&](const s::Benefit& benefit) {
            if (benefit.language) writer.add(benefit.language->span.begin, benefit.language->text);
            writer.add(benefit.text.span.begin, quote_string(benefit.text.text));
          },
          [&](const s::Keep& keep) { writer.add(keep.duration.span.begin, text_of(keep.duration)); },
          [&](const s::Oblige& oblige) { writer.add(oblige.name.span.begin, quote_name(oblige.name.text)); },
          [&](const s::Because& because) { writer.add(because.text.span.begin, quote_string(because.text.text)); }},
      clause.node);
  return writer.take();
}

std::string_view word_of(const s::Clause& clause) {
  constexpr std::array<std::string_view, 10> words = {"except", "when",    "unless", "from",   "until",
                                                      "basis",  "benefit", "keep",   "oblige", "because"};
  static_assert(words.size() == std::variant_size_v<decltype(s::Clause::node)>);
  return words[clause.node.index()];
}

void append(Pieces& pieces, Pieces more, Glue first) {
  if (!more.empty()) more.front().glue = first;
  for (Piece& piece : more) pieces.push_back(std::move(piece));
}

}  // namespace zweck::grammar
