// The workload and its requests as JSON: requests as the command reads them, the rest for other engines.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

#include "bench/workload.hpp"

namespace zweck::bench {
namespace {

// Names here are plain ASCII; only string literals carry quotes.
std::string text(const std::string& value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string list(const std::vector<std::string>& values) {
  std::vector<std::string> texts;
  for (const std::string& value : values) texts.push_back(text(value));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string value_json(const FactValue& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* word = std::get_if<std::string>(&value)) return text(*word);
  return list(std::get<std::vector<std::string>>(value));
}

std::string event_json(const LedgerEvent& event) {
  using Kind = LedgerEvent::Kind;
  std::vector<std::string> keys;
  switch (event.kind) {
    case Kind::consent_given: keys.emplace_back(R"("consent": "given")"); break;
    case Kind::consent_refused: keys.emplace_back(R"("consent": "refused")"); break;
    case Kind::consent_withdrawn: keys.emplace_back(R"("consent": "withdrawn")"); break;
    case Kind::objection_raised: keys.emplace_back(R"("objection": "raised")"); break;
    case Kind::objection_withdrawn: keys.emplace_back(R"("objection": "withdrawn")"); break;
    case Kind::notice_shown: keys.push_back(fmt::format(R"("notice": {}, "version": {})", text(event.notice), event.version));
  }
  const std::array<const std::vector<std::string>*, 3> scope{&event.data, &event.purpose, &event.partner};
  for (std::size_t d = 0; d < 3; ++d) {
    if (scope[d]->empty()) continue;
    const bool any = scope[d]->front() == "any";
    keys.push_back(fmt::format("\"{}\": {}", dimension_names[d], any ? "\"any\"" : list(*scope[d])));
  }
  if (event.is_explicit) keys.emplace_back(R"("explicit": true)");
  if (event.kind == Kind::consent_given && !event.notice.empty()) {
    keys.push_back(fmt::format(R"("under": {{"notice": {}, "version": {}}})", text(event.notice), event.version));
  }
  keys.push_back(fmt::format(R"("at": "{}")", to_string(event.at)));
  if (event.expires) keys.push_back(fmt::format(R"("expires": "{}")", to_string(*event.expires)));
  return fmt::format("{{{}}}", fmt::join(keys, ", "));
}

std::string atom_json(const Atom& atom) {
  constexpr std::array<const char*, 4> kinds{"consent", "objection", "notice", "compare"};
  std::string json = fmt::format(R"({{"kind": "{}")", kinds[static_cast<std::size_t>(atom.kind)]);
  if (atom.negated) json += R"(, "not": true)";
  if (atom.is_explicit) json += R"(, "explicit": true)";
  if (!atom.notice.empty()) json += R"(, "notice": )" + text(atom.notice);
  if (atom.kind == Atom::Kind::compare) {
    json += R"(, "left": )" + text(atom.left);
    if (!atom.op.empty()) json += fmt::format(R"(, "op": "{}", "right": {})", atom.op, list(atom.right));
  }
  return json + "}";
}

std::string scope_json(const std::array<std::vector<std::string>, 3>& scope) {
  std::vector<std::string> sides;
  for (std::size_t d = 0; d < 3; ++d) {
    if (!scope[d].empty()) sides.push_back(fmt::format("\"{}\": {}", dimension_names[d], list(scope[d])));
  }
  return fmt::format("{{{}}}", fmt::join(sides, ", "));
}

std::string rule_json(const Rule& rule) {
  std::string json = fmt::format(R"({{"name": {}, "effect": "{}", "scope": {})", text(rule.name),
                                 rule.allows ? "allow" : "deny", scope_json(rule.scope));
  if (rule.has_except) json += R"(, "except": )" + scope_json(rule.except);
  if (!rule.when.empty()) {
    std::vector<std::string> atoms;
    for (const Atom& atom : rule.when) atoms.push_back(atom_json(atom));
    json += fmt::format(R"(, "when": {{"{}": [{}]}})", rule.any_of_when ? "any" : "all", fmt::join(atoms, ", "));
  }
  if (rule.unless) json += R"(, "unless": )" + atom_json(*rule.unless);
  if (!rule.from.empty()) json += R"(, "from": )" + text(rule.from);
  if (!rule.until.empty()) json += R"(, "until": )" + text(rule.until);
  if (rule.allows) {
    json += R"(, "basis": )" + text(rule.basis);
    if (rule.basis == "consent") json += R"(, "consent": )" + atom_json(rule.consent);
  }
  if (rule.keep_days != 0) json += fmt::format(R"(, "keep_days": {})", rule.keep_days);
  if (!rule.oblige.empty()) json += R"(, "oblige": )" + list(rule.oblige);
  return json + "}";
}

std::string taxonomy_json(const Taxonomy& taxonomy, const auto& more) {
  std::vector<std::string> nodes;
  for (std::size_t i = 0; i < taxonomy.nodes.size(); ++i) {
    std::vector<std::string> parents;
    for (const std::size_t parent : taxonomy.nodes[i].parents) parents.push_back(taxonomy.nodes[parent].name);
    nodes.push_back(fmt::format(R"(  {{"name": {}, "in": {}{}}})", text(taxonomy.nodes[i].name), list(parents), more(i)));
  }
  return fmt::format("[\n{}\n ]", fmt::join(nodes, ",\n"));
}

}  // namespace

std::string request_json(const Request& request) {
  std::vector<std::string> facts, events;
  for (const auto& [name, value] : request.facts) facts.push_back(text(name) + ": " + value_json(value));
  std::string json = fmt::format(R"({{"data": {}, "purpose": {}, "partner": {}, "at": "{}", "facts": {{{}}})", list(request.data),
                                 text(request.purpose), text(request.partner), to_string(request.at.value_or(Time{})),
                                 fmt::join(facts, ", "));
  if (request.ledger) {
    for (const LedgerEvent& event : *request.ledger) events.push_back(event_json(event));
    json += fmt::format(R"(, "ledger": [{}])", fmt::join(events, ", "));
  }
  return json + "}";
}

std::string workload_json(const Workload& workload) {
  const auto nothing = [](std::size_t) { return std::string(); };
  const auto data = [&](std::size_t node) {
    return fmt::format(R"(, "sensitivity": {}, "special": {})", workload.data[node].sensitivity, workload.data[node].special);
  };
  const auto partner = [&](std::size_t node) {
    const PartnerAttributes& partner = workload.partners[node];
    std::string json = fmt::format(R"(, "certified": {}, "first-party": {}, "consent-purposes": {})", partner.certified,
                                   partner.first_party, list(partner.consent_purposes));
    return partner.country.empty() ? json : json + R"(, "country": )" + text(partner.country);
  };
  std::vector<std::string> rules;
  for (const Rule& rule : workload.rules) rules.push_back("  " + rule_json(rule));
  return fmt::format("{{\"now\": \"{}\",\n \"data\": {},\n \"purposes\": {},\n \"partners\": {},\n \"regions\": {},\n"
                     " \"notices\": {},\n \"rules\": [\n{}\n ]}}\n",
                     to_string(workload.now), taxonomy_json(workload.taxonomies[0], data),
                     taxonomy_json(workload.taxonomies[1], nothing), taxonomy_json(workload.taxonomies[2], partner),
                     taxonomy_json(workload.regions, nothing), list(workload.notices), fmt::join(rules, ",\n"));
}

}  // namespace zweck::bench
