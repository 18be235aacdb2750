// The Data Privacy Vocabulary: tables of terms, each with its broader terms. What a term is follows from what lies
// above it, not from the file in which it stands.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "import/csv.hpp"
#include "import/writer.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

using import::Entry;
using import::Remarks;

struct Term {
  std::string name;
  std::string iri;
  std::string label;
  std::string definition;
  std::string note;
  std::string status;
  std::string vocabulary;
  std::vector<std::string> broader;  // IRIs
  std::vector<std::string> types;    // IRIs of what it is an instance of, said of most terms
  Span span;
};

enum class Kind : std::uint8_t { data, purpose, partner, processing, legal_basis, other };
constexpr std::size_t kinds_count = 6;

// Terms that say what is below them, whether they are among the files or not.
constexpr std::pair<std::string_view, Kind> tops[] = {
    {"https://w3id.org/dpv#Data", Kind::data},
    {"https://w3id.org/dpv#PersonalData", Kind::data},
    {"https://w3id.org/dpv#SensitivePersonalData", Kind::data},
    {"https://w3id.org/dpv#SpecialCategoryPersonalData", Kind::data},
    {"https://w3id.org/dpv#Purpose", Kind::purpose},
    {"https://w3id.org/dpv#Entity", Kind::partner},
    {"https://w3id.org/dpv#LegalEntity", Kind::partner},
    {"https://w3id.org/dpv#Recipient", Kind::partner},
    {"https://w3id.org/dpv#Representative", Kind::partner},
    {"https://w3id.org/dpv#Processing", Kind::processing},
    {"https://w3id.org/dpv#LegalBasis", Kind::legal_basis},
};
constexpr std::string_view special_category = "https://w3id.org/dpv#SpecialCategoryPersonalData";
constexpr std::array<std::string_view, 6> needed_columns{"term", "type", "iri", "label", "definition", "hasbroader"};
constexpr std::array<std::string_view, 12> known_columns{"term",       "type",       "iri",        "label",
                                                         "definition", "hasbroader", "subclassof", "scopenote",
                                                         "status",     "vocab",      "dpvtype",    "namespace"};

// "https://w3id.org/dpv#Purpose" -> "Purpose"
std::string name_of_iri(std::string_view iri) {
  const std::size_t at = iri.find_last_of("#/");
  return std::string(at == std::string_view::npos ? iri : iri.substr(at + 1));
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::size_t first = text.find_first_not_of(' ', at);
    if (first < end) parts.emplace_back(text.substr(first, text.find_last_not_of(' ', end - 1) + 1 - first));
    at = end + 1;
  }
  return parts;
}

class DpvReader {
 public:
  explicit DpvReader(const Sources& files) : files_(files) {}

  Result<Imported> read() {
    for (std::uint32_t file = 0; file < files_.size(); ++file) read(file);
    if (!errors_.empty()) return std::move(errors_);

    find_kinds();
    std::array<std::vector<const Term*>, kinds_count> kinds;
    for (const auto& [iri, term] : terms_) kinds[static_cast<std::size_t>(kind_of(iri))].push_back(&term);
    const auto leave_out = [&](Kind kind, const std::string& why) {
      for (const Term* term : kinds[static_cast<std::size_t>(kind)]) remarks_.about(why, term->name);
    };
    leave_out(Kind::processing, "kinds of processing are left out: a request asks for a purpose");
    leave_out(Kind::legal_basis, "legal bases are left out: a rule names its own by `basis`");
    leave_out(Kind::other, "terms that are neither data nor purposes nor entities are left out");
    for (std::size_t kind = 0; kind < 3; ++kind) name(kinds[kind]);

    std::vector<import::Section> sections{{"data", {}}, {"purposes", {}}, {"partners", {}}};
    for (std::size_t kind = 0; kind < 3; ++kind)
      for (const Term* term : kinds[kind]) sections[kind].entries.push_back(entry_of(*term, static_cast<Kind>(kind)));
    remarks_.add("the addresses (IRI) of terms are left out: their names are the ends of them");
    if (!kinds[2].empty())
      remarks_.add("entities have become partners by their roles; the firms that have these roles are yours to add");
    return import::checked(
        import::write_vocabulary({"Made from the Data Privacy Vocabulary by `zweck import dpv`."}, std::move(sections)),
        std::move(remarks_));
  }

 private:
  void read(std::uint32_t file) {
    const auto table = import::read_csv(files_, file);
    if (!table) {
      errors_.insert(errors_.end(), table.diagnostics().begin(), table.diagnostics().end());
      return;
    }
    std::map<std::string_view, std::size_t> column;
    for (std::size_t i = 0; i < table->columns.size(); ++i) column.emplace(table->columns[i], i);
    for (const std::string_view needed : needed_columns) {
      if (column.contains(needed)) continue;
      errors_.push_back(import::error_in(files_[file].path, fmt::format("a column `{}` is missing", needed),
                                         "tables of the Data Privacy Vocabulary have it"));
      return;
    }
    for (const auto& [name, index] : column) {
      const bool known = std::find(known_columns.begin(), known_columns.end(), name) != known_columns.end();
      if (!known) remarks_.about("columns that have no place in a vocabulary are left out", std::string(name));
    }
    for (const import::Row& row : table->rows) {
      const auto field = [&](std::string_view name) {
        const auto found = column.find(name);
        return found == column.end() ? std::string() : row.fields[found->second];
      };
      add({field("term"), field("iri"), field("label"), field("definition"), field("scopenote"), field("status"),
           field("vocab"), split(field("hasbroader").empty() ? field("subclassof") : field("hasbroader")),
           split(field("dpvtype")), row.span},
          field("type"), split(field("subclassof")));
    }
  }

  void add(Term term, const std::string& type, const std::vector<std::string>& superclasses) {
    if (term.name.empty() || term.iri.empty()) {
      if (errors_.size() < limits::diagnostics)
        errors_.push_back(import::error_at(files_, term.span, "a term without `term` or `iri`"));
      return;
    }
    if (type != "class")
      return remarks_.about("relations between things are left out: a vocabulary has none", term.name);
    for (const std::string& superclass : superclasses)
      if (std::find(term.broader.begin(), term.broader.end(), superclass) == term.broader.end())
        remarks_.about("what is a subclass of more than its broader terms is not below the others", term.name);
    const auto [there, added] = terms_.emplace(term.iri, term);
    if (added || errors_.size() >= limits::diagnostics) return;
    errors_.push_back(import::error_at(files_, term.span, fmt::format("the term `{}` is there twice", term.iri)));
    errors_.back().related.push_back({"it is here first", files_.place(there->second.span)});
  }

  static Kind kind_at(const std::string& iri) {
    const auto top = std::find_if(std::begin(tops), std::end(tops), [&](const auto& t) { return t.first == iri; });
    return top == std::end(tops) ? Kind::other : top->second;
  }

  // What its type says, or else the known terms above it; the first of data, purpose, partner if they say several
  // things.
  void find_kinds() {
    std::map<std::string_view, std::vector<const Term*>> narrower;
    for (const auto& [iri, term] : terms_)
      for (const std::string& broader : term.broader) narrower[broader].push_back(&term);
    static_assert(std::is_sorted(std::begin(tops), std::end(tops),
                                 [](const auto& a, const auto& b) { return a.second < b.second; }));
    for (const auto& [top, kind] : tops) {
      kinds_.emplace(top, kind);
      for (std::vector<std::string_view> open{top}; !open.empty();) {
        const std::string_view next = open.back();
        open.pop_back();
        for (const Term* term : narrower[next])
          if (kinds_.emplace(term->iri, kind).second) open.push_back(term->iri);
      }
    }
    for (const auto& [iri, term] : terms_) {
      Kind said = Kind::other;
      for (const std::string& type : term.types) said = std::min(said, kind_at(type));
      if (said != Kind::other) kinds_[iri] = said;
    }
  }

  Kind kind_of(const std::string& iri) const {
    const auto kind = kinds_.find(iri);
    return kind == kinds_.end() ? Kind::other : kind->second;
  }

  // Terms of several vocabularies may have one name.
  void name(const std::vector<const Term*>& terms) {
    std::map<std::string, std::size_t> uses;
    for (const Term* term : terms) ++uses[term->name];
    for (const Term* term : terms) {
      std::string name = term->name;
      if (uses[name] > 1) {
        name = term->vocabulary + "." + name;
        remarks_.about("terms of one name have the name of their vocabulary in front", name);
      }
      names_.emplace(term->iri, name);
    }
  }

  Entry entry_of(const Term& term, Kind kind) {
    Entry entry{names_.at(term.iri), {}};
    std::vector<std::string> parents;
    bool special = term.iri == special_category;
    for (const std::string& broader : term.broader) {
      const auto name = names_.find(broader);
      if (!terms_.contains(broader)) {
        remarks_.about(
            fmt::format("`{}` is in none of the files: what is below it has no such parent", name_of_iri(broader)),
            entry.name);
        special |= broader == special_category;  // this much of the parent must not be lost
      } else if (name == names_.end() || kind_of(broader) != kind) {
        remarks_.about("parents of another kind are left out", entry.name);
      } else {
        parents.push_back(name->second);
      }
    }
    std::sort(parents.begin(), parents.end());
    parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
    if (parents.size() == 1) entry.add("in", import::yaml_name(parents[0]));
    if (parents.size() > 1) entry.add("in", import::yaml_list(parents));
    if (special) entry.add("special", "true");
    entry.add_text("label", term.label);
    entry.add_text("description", term.note.empty() ? term.definition : term.definition + "\n\n" + term.note);
    if (term.status == "deprecated" || term.status == "sunset") entry.add("deprecated", "true");
    return entry;
  }

  const Sources& files_;
  std::map<std::string, Term> terms_;         // by IRI
  std::map<std::string_view, Kind> kinds_;    // by IRI
  std::map<std::string, std::string> names_;  // by IRI
  Remarks remarks_;
  Diagnostics errors_;
};

}  // namespace

Result<Imported> import_dpv(const Sources& files) { return DpvReader(files).read(); }

}  // namespace zweck
