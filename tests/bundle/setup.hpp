// A small set with something of everything, its bundle, and what can be done to that.
#pragma once

#include <cstdlib>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

#include "bundle/bundle.hpp"
#include "bundle/format.hpp"
#include "model/dump.hpp"
#include "model/load.hpp"
#include "model/revision.hpp"
#include "zweck/zweck.hpp"

namespace zweck::test {

using Files = std::vector<std::pair<std::string, std::string>>;

inline const Files& small_files() {
  static const Files files{{"s.vocab.yaml", R"(
data:
  personal: {label: {en: Personal data, de: Persönliches}}
  address: {in: personal}
  purchases: {in: personal, description: What was bought}
  wardrobe: {in: personal, volunteered: true}
  style: {in: personal, derived-from: [wardrobe, purchases]}
  health: {in: personal, special: true, separate: true}
purposes:
  service: {}
  delivery: {in: service}
  ads: {separate: true, deprecated: ask first}
partners:
  shop: {first-party: true, country: germany}
  carriers: {}
  dhl: {in: carriers, country: germany}
  "a partner with a long name": {since: 2026-05-01, country: us, asked: [ads], tags: [x, y]}
taxonomies:
  region: {eea: {}, germany: {in: eea}, us: {}}
attributes:
  partner: {country: region, asked: 'set of purpose = {}', tags: 'set of string = {}', tier: 'one of a, b = a'}
  data: {level: int 0..5 = 0}
facts:
  age: int 0..150
  channel: one of web, app
  region: region
  gpc: bool = false
  born: date
  idle: duration
  word: string
  words: set of string
notices:
  advice: {version: 2, label: Advice, url: "https://example.org"}
obligations: [log, pseudonymise]
)"},
                           {"s.zweck", R"rules(
# Rules of every kind.
rule advice "Advice on what fits"
  allow wardrobe, style for service by shop
  basis consent within 400 days under advice
  unless age < 16
  benefit "Clothes that fit" benefit de "Es passt"
  keep 180 days oblige log because "Art. 6(1)(a)" because "and more"
rule buys allow purchases for service by any except for delivery by carriers basis legitimate-interest
  when notice advice and (region in eea or idle > 30 days)
rule ads allow purchases for ads by any when purpose in partner.asked and data.level < 3 basis explicit consent
rule all allow any for service by shop except health basis public-task from 2026-01-01 until 2027-01-01
  when (age > 1 or born < 2008-01-01) and (age > 2 or words has "x") and (age > 3 or word = "y") and (age > 4 or not gpc)
    and (age > 5 or objection) and not (channel = web and consent under advice version 1)
rule no-health deny health for ads by any when not consent
rule no-gpc deny any for ads by any when gpc or objection or partner.tags has "x"
assert only-asked "Partners ask" never allow personal for ads by any when not partner.first-party unless consent
  because "customers decide"
)rules"}};
  return files;
}

inline LoadedSet load(const Files& files) {
  std::vector<Source> sources;
  for (const auto& [path, text] : files) sources.push_back({path, text});
  auto set = load_texts(std::move(sources));
  if (!set) {
    std::fputs(render(set.diagnostics()).c_str(), stderr);
    std::abort();
  }
  return *std::move(set);
}

inline std::string bundle_of(const Files& files) {
  const LoadedSet set = load(files);
  return *write_bundle(set.model, compile(set.model, EngineOptions().part_terms));
}

inline const std::string& small_bundle() {
  static const std::string bytes = bundle_of(small_files());
  return bytes;
}

inline Result<Engine> open(const std::string& bytes) {
  EngineOptions options;
  options.cached_decisions = 0;
  auto program = open_bundle(bundle::Mapping::of_bytes(std::as_bytes(std::span(bytes))), "x.bundle", options);
  if (!program) return std::move(program).diagnostics();
  return Engine(*std::move(program));
}

// Why the bytes are refused: the message, and the help in brackets; empty if they are not.
inline std::string refusal(const std::string& bytes) {
  const auto engine = open(bytes);
  if (engine) return {};
  const Diagnostic& first = engine.diagnostics().front();
  if (engine.diagnostics().size() != 1 || first.check != "unreadable-file" || first.place.file != "x.bundle")
    return "unexpected: " + render(engine.diagnostics());
  return first.message + (first.help.empty() ? "" : " (" + first.help + ")");
}

// --- Forging ---

inline bundle::Header header_of(const std::string& bytes) {
  bundle::Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}
inline void set_header(std::string& bytes, const bundle::Header& header) {
  std::memcpy(bytes.data(), &header, sizeof header);
}

// The checksum made right for whatever the bytes, at least a header, are.
inline void seal(std::string& bytes) {
  bundle::Header header = header_of(bytes);
  header.checksum = bundle::checksum(std::as_bytes(std::span(bytes)));
  set_header(bytes, header);
}

// Where the sections of a well-formed bundle begin, and how many elements they have.
struct Section {
  std::type_index row;
  std::size_t at, count;
};
inline std::vector<Section> sections_of(const std::string& bytes) {
  std::vector<Section> sections;
  bundle::Contents contents;
  std::size_t at = sizeof(bundle::Header) + bundle::aligned(bundle::count_sections() * sizeof(std::uint64_t));
  bundle::for_each_section(contents, [&]<class Row>(Array<Row>&) {
    std::uint64_t count = 0;
    std::memcpy(&count, bytes.data() + sizeof(bundle::Header) + sections.size() * sizeof count, sizeof count);
    sections.push_back({typeid(Row), at, count});
    at += bundle::aligned(count * sizeof(Row));
  });
  return sections;
}

// The small bundle with the rows of one type changed, and the right checksum.
template <class Row>
std::string forged(const std::type_identity_t<std::function<void(std::vector<Row>&)>>& change) {
  std::string bytes = small_bundle();
  for (const Section& section : sections_of(bytes)) {
    if (section.row != typeid(Row)) continue;
    std::vector<Row> rows(section.count);
    std::memcpy(rows.data(), bytes.data() + section.at, rows.size() * sizeof(Row));
    change(rows);
    std::memcpy(bytes.data() + section.at, rows.data(), section.count * sizeof(Row));
  }
  seal(bytes);
  return bytes;
}

// --- Using what was opened: all that looks at the tables, at the names, and at the rules ---

inline void must(bool holds) {
  if (!holds) std::abort();
}

inline const std::vector<std::string>& small_requests() {
  static const std::vector<std::string> requests{
      R"({"data":["wardrobe"],"purpose":"delivery","partner":"shop","at":"2026-06-01T12:00:00Z","facts":{"age":30,"word":"y"},
          "ledger":[{"notice":"advice","version":2,"at":"2026-02-01T10:00:00Z"},{"consent":"given","data":"any",
          "purpose":"any","partner":"any","under":{"notice":"advice","version":2},"at":"2026-02-02T10:00:00Z"}]})",
      R"({"data":["personal"],"purpose":"service","partner":"carriers","at":"2026-06-01T12:00:00Z","ledger":[]})",
      R"({"data":["style","health"],"purpose":"ads","partner":"a partner with a long name","at":"2026-06-01T12:00:00Z"})",
      R"({"data":["purchases"],"purpose":"ads","partner":"dhl","at":"2026-06-01T12:00:00Z",
          "facts":{"region":"eea","words":["x"],"channel":"web","gpc":true},"ledger":[{"objection":"raised",
          "purpose":"ads","at":"2026-03-02T00:00:00Z"}]})"};
  return requests;
}

inline void exercise(const Engine& engine) {
  const Program& program = *engine.program();
  LedgerEvent yes;
  yes.data = yes.purpose = yes.partner = {"any"};
  const Time now = *parse_time("2026-06-01T12:00:00Z");
  const auto known = engine.subject({yes}, now);
  must(bool(known));
  const Subject unknown = engine.unknown_subject(now);
  std::array<std::vector<NodeId>, 3> asked;
  for (std::size_t d = 0; d < 3; ++d) {
    const auto nodes = static_cast<NodeId>(program.vocabulary().taxonomies[d].nodes.size());
    for (NodeId node = 0; node < nodes; node += nodes / 6 + 1) asked[d].push_back(node);
  }
  Facts facts = engine.facts();
  for (int round = 0; round < 2; ++round) {
    for (const NodeId data : asked[0])
      for (const NodeId purpose : asked[1])
        for (const NodeId partner : asked[2])
          for (const Subject* subject : {&*known, &unknown})
            static_cast<void>(engine.obligations(engine.decide({data, purpose, partner}, facts, *subject)));
    static_cast<void>(facts.set("age", 17));
    static_cast<void>(facts.set("word", "y"));
    static_cast<void>(facts.set("region", "eea"));
  }
  for (const std::string& request : small_requests()) {
    must(!to_json(engine.answer_json(request)).empty());
    std::string line;  // looks at other tables than the answer above
    engine.answer_json(request, line);
    must(!line.empty());
    const Explanation explanation = explain_json(engine, request);
    must(!to_json(explanation).empty() && !to_text(explanation).empty());
  }
  const Model& model = program.model();
  must(!dump(model).empty() && !canonical_text(model).empty());
  for (const Rule& rule : model.rules)
    for (const Span& span : {rule.span, rule.name_span, rule.when_span, rule.basis_span}) {
      static_cast<void>(model.sources.place(span));
      static_cast<void>(model.sources.text(span));
    }
}

}  // namespace zweck::test
