#include "grammar/support.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>
#include <variant>

#include "zweck/time.hpp"

namespace zweck::test {

namespace {

namespace s = syntax;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

constexpr const char* dimensions[] = {"data", "purpose", "partner"};
constexpr const char* operators[] = {"", "=", "!=", "<", "<=", ">", ">=", "in", "has"};
constexpr const char* bases[] = {
    "consent", "contract", "legal-obligation", "vital-interest", "public-task", "legitimate-interest", "not-personal"};

class Dump {
 public:
  std::string take() { return out_.str(); }

  void nodes(const s::Nodes& nodes) {
    out_ << (nodes.any ? "any" : "[");
    for (std::size_t i = 0; i < nodes.names.size(); ++i) out_ << (i > 0 ? ", " : "") << nodes.names[i].text;
    if (!nodes.any) out_ << "]";
  }

  void duration(const s::Duration& duration) { out_ << duration.seconds << "s"; }

  void literal(const s::Literal& literal) {
    std::visit(Overloaded{[&](const s::Name& name) { out_ << (name.quoted ? quote_string(name.text) : name.text); },
                          [&](const s::Integer& integer) { out_ << integer.value; },
                          [&](const s::Date& date) { out_ << to_string(Date{date.days}); },
                          [&](const s::Duration& d) { duration(d); },
                          [&](const s::Boolean& boolean) { out_ << (boolean.value ? "#true" : "#false"); }},
               literal);
  }

  void own(const s::Own& own) {
    out_ << "the " << dimensions[static_cast<int>(own.dimension)];
    if (own.attribute) out_ << "'s " << own.attribute->text;
  }

  void consent(const s::Consent& consent) {
    out_ << (consent.explicit_ ? "explicit-consent" : "consent");
    if (consent.within) out_ << " within ", duration(*consent.within);
    if (consent.under) out_ << " under " << consent.under->text;
    if (consent.version) out_ << " version " << consent.version->value;
  }

  void list(const char* word, const std::vector<s::Condition>& parts) {
    out_ << "(" << word;
    for (const s::Condition& part : parts) out_ << " ", condition(part);
    out_ << ")";
  }

  void condition(const s::Condition& whole) {
    std::visit(
        Overloaded{[&](const s::Or& any) { list("or", any.parts); }, [&](const s::And& all) { list("and", all.parts); },
                   [&](const s::Not& negated) { list("not", negated.part); },
                   [&](const s::Consent& given) { out_ << "<", consent(given), out_ << ">"; },
                   [&](const s::Objection&) { out_ << "<objection>"; },
                   [&](const s::Notice& notice) {
                     out_ << "<notice " << notice.name.text;
                     if (notice.version) out_ << " version " << notice.version->value;
                     out_ << ">";
                   },
                   [&](const s::Test& t) { test(t); }},
        whole.node);
  }

  void test(const s::Test& test) {
    out_ << "<";
    std::visit(Overloaded{[&](const s::Name& fact) { out_ << fact.text; }, [&](const s::Own& o) { own(o); }},
               test.left);
    if (test.op != s::Operator::none) out_ << " " << operators[static_cast<int>(test.op)] << " ";
    std::visit(
        Overloaded{[](std::monostate) {}, [&](const s::Literal& l) { literal(l); }, [&](const s::Own& o) { own(o); },
                   [&](const std::vector<s::Literal>& literals) {
                     out_ << "{";
                     for (std::size_t i = 0; i < literals.size(); ++i)
                       out_ << (i > 0 ? ", " : ""), literal(literals[i]);
                     out_ << "}";
                   }},
        test.right);
    out_ << ">";
  }

  void clause(const s::Clause& clause) {
    out_ << "\n  ";
    std::visit(Overloaded{[&](const s::Except& except) {
                            out_ << "except";
                            if (except.has_data) out_ << " data ", nodes(except.data);
                            if (except.has_purpose) out_ << " for ", nodes(except.purpose);
                            if (except.has_partner) out_ << " by ", nodes(except.partner);
                            // What is not written means `any`.
                            BOOST_TEST((except.has_data || except.data.any));
                            BOOST_TEST((except.has_purpose || except.purpose.any));
                            BOOST_TEST((except.has_partner || except.partner.any));
                          },
                          [&](const s::When& when) { out_ << "when ", condition(when.condition); },
                          [&](const s::Unless& unless) { out_ << "unless ", condition(unless.condition); },
                          [&](const s::From& from) { out_ << "from ", literal(from.date); },
                          [&](const s::Until& until) { out_ << "until ", literal(until.date); },
                          [&](const s::Basis& basis) {
                            out_ << "basis ";
                            if (basis.kind == s::BasisKind::consent) return consent(basis.consent);
                            out_ << bases[static_cast<int>(basis.kind)];
                          },
                          [&](const s::Benefit& benefit) {
                            out_ << "benefit ";
                            if (benefit.language) out_ << benefit.language->text << " ";
                            out_ << quote_string(benefit.text.text);
                          },
                          [&](const s::Keep& keep) { out_ << "keep ", duration(keep.duration); },
                          [&](const s::Oblige& oblige) { out_ << "oblige " << oblige.name.text; },
                          [&](const s::Because& because) { out_ << "because " << quote_string(because.text.text); }},
               clause.node);
  }

  template <class Statement>
  void statement(const Statement& statement, const char* kind, const char* verb) {
    out_ << kind << " " << statement.name.text;
    if (statement.title) out_ << " " << quote_string(statement.title->text);
    out_ << " " << verb << " ";
    nodes(statement.scope.data);
    out_ << " for ";
    nodes(statement.scope.purpose);
    out_ << " by ";
    nodes(statement.scope.partner);
    for (const s::Clause& one : statement.clauses) clause(one);
    out_ << "\n";
  }

  void file(const s::File& file) {
    for (const auto& one : file.statements)
      std::visit(Overloaded{[&](const s::Rule& rule) {
                              statement(rule, "rule", rule.effect == s::Effect::allow ? "allow" : "deny");
                            },
                            [&](const s::Assertion& assertion) {
                              statement(assertion, "assert",
                                        assertion.quantifier == s::Quantifier::never ? "never-allow" : "always-allow");
                            }},
                 one);
  }

 private:
  std::ostringstream out_;
};

// Without the blanks at their ends, which mean nothing.
std::vector<std::string> comments(const Parsed& parsed) {
  std::vector<std::string> texts;
  for (const s::Comment& comment : parsed.result->comments) {
    texts.emplace_back(parsed.sources.text(comment.span));
    while (texts.back().ends_with(' ') || texts.back().ends_with('\t')) texts.back().pop_back();
  }
  return texts;
}

}  // namespace

std::string dump(const s::File& file) {
  Dump dump;
  dump.file(file);
  return dump.take();
}

std::string dump(const s::Condition& condition) {
  Dump dump;
  dump.condition(condition);
  return dump.take();
}

std::string read(std::string text) {
  const Parsed parsed(std::move(text));
  if (!parsed.result) return render(parsed.result.diagnostics());
  std::string all = dump(*parsed.result);
  for (const s::Comment& comment : parsed.result->comments)
    all += (comment.own_line ? "own line: " : "after text: ") + std::string(parsed.sources.text(comment.span)) + "\n";
  return all;
}

std::string formatted(std::string text) {
  const Parsed parsed(std::move(text));
  if (!parsed.result) return render(parsed.result.diagnostics());
  return format(parsed.sources, *parsed.result);
}

std::string flaw_of_format(const Parsed& parsed) {
  const std::string& text = parsed.sources[0].text;
  const std::string once = format(parsed.sources, *parsed.result);
  const Parsed again(once);
  if (!again.result) return text + "\nbecomes\n" + once + "\nand that is\n" + render(again.result.diagnostics());
  if (dump(*again.result) != dump(*parsed.result) || comments(again) != comments(parsed))
    return text + "\nbecomes something else\n" + once;
  const std::string twice = format(again.sources, *again.result);
  if (twice != once) return text + "\nbecomes\n" + once + "\nand then\n" + twice;
  return {};
}

std::string condition(const std::string& text) {
  const Parsed parsed("rule r deny any for any by any when " + text);
  if (!parsed.result) return render(parsed.result.diagnostics());
  const auto& rule = std::get<s::Rule>(parsed.result->statements.at(0));
  return dump(std::get<s::When>(rule.clauses.at(0).node).condition);
}

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(ZWECK_SOURCE_DIR) + "/" + path, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(file, path + " is missing");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::string_view sample = R"(# A sample of every production.

# zweck:ignore overbroad-allow because it is a sample
rule fit-advice "Advice on \"fit\" \\ size"  # at the end of the first line
  allow   body-measurements, wardrobe, "Größe"
  # before `for`
  for     recommendation, "for"
  by      shop
  except  wardrobe for "x y" by carriers, dhl
  except  by dhl
  from    2026-01-01
  until   2027-12-31
  basis   explicit consent within 13 months under fit-advice version 2
  when    age >= 16 and (channel in {web, "app", store} or not logged-in)
          or purpose in partner.consent-purposes and data.sensitivity <= 3
  unless  notice fit-advice version 1 or consent under fit-advice or objection
  benefit "Clothes that fit"
  benefit de "Passende Kleidung"
  benefit pt-BR "Roupas"
  keep    180 days
  oblige  log
  oblige  pseudonymise
  because "Art. 6(1)(a) GDPR"
  because "they asked for it"

rule no-ads
  deny any for advertising by any
  when seen has web and wait > 36 hours and born < 2000-02-29 and gpc = true and delta != -5
  unless data = wardrobe or purpose != partner or partner."odd attribute" has "x"

assert partners-only-if-asked "Partners"
  never allow personal for any by any
  except  for delivery
  when    not partner.first-party
  unless  consent
  because "promised"

assert delivery-works always allow address for delivery by carriers  # last
  # after the last
# the end
)";

}  // namespace zweck::test
