// The workload as a policy set.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

#include "bench/workload.hpp"

namespace zweck::bench {
namespace {

using Out = std::back_insert_iterator<std::string>;

void write_taxonomy(Out out, const Taxonomy& taxonomy, const char* indent, const auto& more) {
  for (std::size_t i = 0; i < taxonomy.nodes.size(); ++i) {
    const TaxonomyNode& node = taxonomy.nodes[i];
    std::vector<std::string> keys = more(i);
    if (!node.parents.empty()) {
      std::vector<std::string> parents;
      for (const std::size_t parent : node.parents) parents.push_back(taxonomy.nodes[parent].name);
      keys.insert(keys.begin(), fmt::format("in: [{}]", fmt::join(parents, ", ")));
    }
    fmt::format_to(out, "{}{}: {{{}}}\n", indent, node.name, fmt::join(keys, ", "));
  }
}

std::string numbered(const char* prefix, int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.push_back(prefix + std::to_string(i));
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string text_of(const Atom& atom) {
  std::string text = atom.negated ? "not " : "";
  switch (atom.kind) {
    case Atom::Kind::consent:
      text += atom.is_explicit ? "explicit consent" : "consent";
      if (!atom.notice.empty()) text += " under " + atom.notice;
      return text;
    case Atom::Kind::objection: return text + "objection";
    case Atom::Kind::notice: return text + "notice " + atom.notice;
    case Atom::Kind::compare: break;
  }
  text += atom.left;
  if (atom.op.empty()) return text;
  const bool braces = atom.op == "in";
  return fmt::format("{} {} {}{}{}", text, atom.op, braces ? "{" : "", fmt::join(atom.right, ", "), braces ? "}" : "");
}

std::string nodes(const std::vector<std::string>& names) {
  return names.empty() ? "any" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::string vocabulary_text(const Workload& workload) {
  std::string text;
  const Out out(text);
  const auto nothing = [](std::size_t) { return std::vector<std::string>{}; };
  fmt::format_to(out, "data:\n");
  write_taxonomy(out, workload.taxonomies[0], "  ", [&](std::size_t node) {
    std::vector<std::string> keys;
    if (workload.data[node].sensitivity != 0) keys.push_back(fmt::format("sensitivity: {}", workload.data[node].sensitivity));
    if (workload.data[node].special) keys.emplace_back("special: true");
    return keys;
  });
  fmt::format_to(out, "purposes:\n");
  write_taxonomy(out, workload.taxonomies[1], "  ", nothing);
  fmt::format_to(out, "partners:\n");
  write_taxonomy(out, workload.taxonomies[2], "  ", [&](std::size_t node) {
    const PartnerAttributes& partner = workload.partners[node];
    std::vector<std::string> keys;
    if (!partner.country.empty()) keys.push_back("country: " + partner.country);
    if (partner.certified) keys.emplace_back("certified: true");
    if (partner.first_party) keys.emplace_back("first-party: true");
    if (!partner.consent_purposes.empty()) {
      keys.push_back(fmt::format("consent-purposes: [{}]", fmt::join(partner.consent_purposes, ", ")));
    }
    return keys;
  });
  fmt::format_to(out, "taxonomies:\n  region:\n");
  write_taxonomy(out, workload.regions, "    ", nothing);
  fmt::format_to(out,
                 "attributes:\n"
                 "  data:\n"
                 "    sensitivity: int 0..5 = 0\n"
                 "  partner:\n"
                 "    country: region\n"
                 "    certified: bool = false\n"
                 "    consent-purposes: set of purpose = {{}}\n"
                 "facts:\n"
                 "  age: int 0..150\n"
                 "  channel: one of {}\n"
                 "  gpc: bool = false\n"
                 "  idle: duration\n"
                 "  joined: date\n"
                 "  language: string\n"
                 "  logged-in: bool\n"
                 "  region: region\n"
                 "  score: int 0..1000000\n"
                 "  segments: set of one of {}\n"
                 "  tier: one of {}\n"
                 "  visited: set of region\n"
                 "notices:\n",
                 numbered("channel-", 6), numbered("segment-", 30), numbered("tier-", 20));
  for (const std::string& notice : workload.notices) fmt::format_to(out, "  {}: {{version: 2}}\n", notice);
  fmt::format_to(out, "obligations: [aggregate, encrypt, log, pseudonymise]\n");
  return text;
}

std::string rules_text(const Workload& workload) {
  std::string text;
  const Out out(text);
  for (const Rule& rule : workload.rules) {
    fmt::format_to(out, "rule {}\n  {} {} for {} by {}\n", rule.name, rule.allows ? "allow" : "deny", nodes(rule.scope[0]),
                   nodes(rule.scope[1]), nodes(rule.scope[2]));
    if (rule.has_except) {
      constexpr std::array<const char*, 3> words{"", "for ", "by "};
      fmt::format_to(out, "  except");
      for (std::size_t d = 0; d < 3; ++d) {
        if (!rule.except[d].empty()) fmt::format_to(out, " {}{}", words[d], nodes(rule.except[d]));
      }
      fmt::format_to(out, "\n");
    }
    if (!rule.when.empty()) {
      std::vector<std::string> atoms;
      for (const Atom& atom : rule.when) atoms.push_back(text_of(atom));
      fmt::format_to(out, "  when {}\n", fmt::join(atoms, rule.any_of_when ? " or " : " and "));
    }
    if (rule.unless) fmt::format_to(out, "  unless {}\n", text_of(*rule.unless));
    if (!rule.from.empty()) fmt::format_to(out, "  from {}\n", rule.from);
    if (!rule.until.empty()) fmt::format_to(out, "  until {}\n", rule.until);
    if (rule.allows) fmt::format_to(out, "  basis {}\n", rule.basis == "consent" ? text_of(rule.consent) : rule.basis);
    if (rule.keep_days != 0) fmt::format_to(out, "  keep {} days\n", rule.keep_days);
    for (const std::string& name : rule.oblige) fmt::format_to(out, "  oblige {}\n", name);
  }
  return text;
}

}  // namespace zweck::bench
