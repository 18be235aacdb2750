#include "analysis/words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "grammar/format.hpp"

namespace zweck::analysis {

namespace {

Text one(std::string text) { return {std::move(text), Text::Binding::one, 1, false}; }

Text join(const std::vector<Text>& parts, Text::Binding binding) {
  Text joined;
  std::size_t count = 0;
  const Text* only = nullptr;
  for (const Text& part : parts) {
    if (part.text.empty()) continue;
    only = &part;
    const bool bracket = part.binding < binding || part.window;
    if (count++ > 0) joined.text += binding == Text::Binding::both ? " and " : " or ";
    joined.text += bracket ? "(" + part.text + ")" : part.text;
    joined.size += part.size;
  }
  if (count == 1) return *only;
  joined.binding = binding;
  return joined;
}

Text negation(const Text& text) {
  return {"not " + (text.binding == Text::Binding::one ? text.text : "(" + text.text + ")"), Text::Binding::one, text.size,
          false};
}

// Stretches of consecutive members: first and last.
std::vector<std::pair<std::size_t, std::size_t>> stretches(const Bits& bits) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  bits.for_each([&](std::size_t bit) {
    if (!found.empty() && found.back().second + 1 == bit)
      found.back().second = bit;
    else
      found.emplace_back(bit, bit);
  });
  return found;
}

// Whether a duration is written in a larger unit than another, such as `3 days` and `4321 minutes`.
bool in_larger_unit(std::int64_t seconds, std::int64_t others) {
  for (const std::int64_t unit : {seconds_per_day, seconds_per_day / 24}) {
    if ((seconds % unit == 0) != (others % unit == 0)) return seconds % unit == 0;
  }
  return false;
}

Bits complement(const Bits& bits, std::size_t size) {
  Bits others = Bits::all(size);
  others -= bits;
  return others;
}

}  // namespace

Text all_of(const std::vector<Text>& parts) { return join(parts, Text::Binding::both); }

Text any_of(std::vector<Text> parts) {
  std::stable_sort(parts.begin(), parts.end(), [](const Text& a, const Text& b) {
    return std::tuple(a.size, a.text.size(), a.text) < std::tuple(b.size, b.text.size(), b.text);
  });
  parts.erase(std::unique(parts.begin(), parts.end(), [](const Text& a, const Text& b) { return a.text == b.text; }),
              parts.end());
  if (!parts.empty() && parts.front().text.empty()) return {};  // always
  return join(parts, Text::Binding::either);
}

Text Words::literal(const Want& want) const {
  const FormulaNode& node = formulas_.nodes[want.node];
  const Variable& variable = formulas_.variables[node.a];
  const bool negated = want.negated != node.negated;
  if (node.kind == FormulaNode::Kind::has) return set(node.a, formulas_.masks.data() + node.b, negated);
  std::vector<Word> allowed(variable.words);
  for (std::uint32_t w = 0; w < variable.words; ++w) {
    const Word yes = formulas_.masks[node.b + w], no = formulas_.masks[node.c + w];
    allowed[w] = want.known ? (negated ? no : yes) : ~(negated ? yes : no);
  }
  return single(node.a, allowed.data());
}

Text Words::single(std::uint32_t index, const Word* words) const {
  const Variable& variable = formulas_.variables[index];
  const bool is_fact = variable.kind == Variable::Kind::fact;
  const std::size_t count = is_fact ? formulas_.facts[variable.domain]->class_count() : variable.starts.size();
  Bits allowed(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (test_bit(words, 1 + i)) allowed.set(i);
  }
  if (allowed.count() == count) return {};
  switch (variable.kind) {
    case Variable::Kind::fact:
      return fact(variable, allowed);
    case Variable::Kind::objection:
      return one(allowed[objection_yes - 1] ? "objection" : "not objection");
    case Variable::Kind::notice:
      return notice(variable, allowed);
    default:
      return time(variable, allowed);
  }
}

Text Words::fact(const Variable& variable, const Bits& allowed) const {
  const std::size_t side = side_of(variable);
  const Fact& fact = formulas_.sides[side]->vocabulary.facts[*variable.id[side]];
  const std::string name = quote_name(fact.name);
  switch (fact.type.kind) {
    case TypeKind::integer:
    case TypeKind::date:
    case TypeKind::duration:
      return ordered(variable, name, allowed);
    case TypeKind::boolean: {
      const FactDomain& domain = *formulas_.facts[variable.domain];
      const bool value = domain.value(1 + allowed.first(), side).one != 0;
      return value ? one(name) : negation(one(name));
    }
    default:
      return discrete(variable, name, allowed);
  }
}

Text Words::ordered(const Variable& variable, const std::string& name, const Bits& allowed) const {
  const FactDomain& domain = *formulas_.facts[variable.domain];
  const auto test = [&](const char* op, std::int64_t value) {
    return one(fmt::format("{} {} {}", name, op, domain.text(value)));
  };
  const auto rounder = [&](std::int64_t value, std::int64_t other) {
    return domain.kind() == TypeKind::duration && in_larger_unit(value, other);
  };
  const auto same = [&](std::size_t cls) { return domain.bounds(cls).first == domain.bounds(cls).second; };
  const Bits others = complement(allowed, domain.class_count());
  if (others.count() == 1 && same(others.first())) return test("!=", domain.bounds(others.first()).first);
  std::vector<Text> parts;
  for (const auto& [first, last] : stretches(allowed)) {
    if (first == last && same(first)) {
      parts.push_back(test("=", domain.bounds(first).first));
      continue;
    }
    std::vector<Text> ends;
    if (first > 0) {
      const std::int64_t least = domain.bounds(first).first, below = domain.bounds(first - 1).second;
      ends.push_back(rounder(below, least) ? test(">", below) : test(">=", least));
    }
    if (last + 1 < domain.class_count()) {
      const std::int64_t greatest = domain.bounds(last).second, above = domain.bounds(last + 1).first;
      ends.push_back(rounder(greatest, above) ? test("<=", greatest) : test("<", above));
    }
    parts.push_back(all_of(ends));
  }
  return join(parts, Text::Binding::either);
}

Text Words::discrete(const Variable& variable, const std::string& name, const Bits& allowed) const {
  const FactDomain& domain = *formulas_.facts[variable.domain];
  const std::size_t side = side_of(variable);
  const auto said = [&](const Bits& classes) { return domain.names(classes, side); };
  const auto yes = said(allowed), no = said(complement(allowed, domain.class_count()));
  const bool positive = yes && (!no || yes->size() <= no->size());
  const FactDomain::Names& names = positive ? *yes : *no;
  if (names.size() == 1 && !names.front().group)
    return one(fmt::format("{} {} {}", name, positive ? "=" : "!=", names.front().text));
  std::vector<std::string> texts;
  for (const auto& each : names) texts.push_back(each.text);
  const Text in = one(names.size() == 1 ? fmt::format("{} in {}", name, texts.front())
                                        : fmt::format("{} in {{{}}}", name, fmt::join(texts, ", ")));
  return positive ? in : negation(in);
}

Text Words::set(std::uint32_t index, const Word* members, bool negated) const {
  const Variable& variable = formulas_.variables[index];
  if (variable.kind == Variable::Kind::consents) return consents(members, negated);
  const std::size_t side = side_of(variable);
  const std::string name = quote_name(formulas_.sides[side]->vocabulary.facts[*variable.id[side]].name);
  const FactDomain& domain = *formulas_.facts[variable.domain];
  Bits classes(domain.class_count());
  for (std::size_t i = 0; i < domain.class_count(); ++i) {
    if (test_bit(members, i)) classes.set(i);
  }
  std::vector<Text> parts;
  if (const auto names = domain.names(classes, side)) {
    for (const auto& each : *names) parts.push_back(one(fmt::format("{} has {}", name, each.text)));
  }
  if (!negated) return join(parts, Text::Binding::either);
  for (Text& part : parts) part = negation(part);
  return all_of(parts);
}

// Members are the kinds of grants; those that no other of them is implied by say it all.
Text Words::consents(const Word* members, bool negated) const {
  std::vector<Text> parts;
  for (std::size_t i = 0; i < formulas_.grants.size(); ++i) {
    if (!test_bit(members, i)) continue;
    bool weakest = true;
    for (std::size_t j = 0; j < formulas_.grants.size() && weakest; ++j)
      weakest = j == i || !test_bit(members, j) || !formulas_.grants[i].implies(formulas_.grants[j]);
    if (weakest) parts.push_back(one(consent(formulas_.grants[i])));
  }
  if (!negated) return join(parts, Text::Binding::either);
  for (Text& part : parts) part = negation(part);
  return all_of(parts);
}

std::string Words::consent(const GrantKind& kind) const {
  std::string text = kind.explicit_ ? "explicit consent" : "consent";
  if (kind.within) text += " within " + to_string(*kind.within);
  if (kind.notice) {
    const JointNotice& notice = formulas_.notices[*kind.notice];
    text += " under " + quote_name(notice.name) + version(notice.id, kind.version);
  }
  return text;
}

// Left out where it is the current one, on both sides.
std::string Words::version(const std::array<std::optional<NoticeId>, max_sides>& notice, std::int64_t version) const {
  bool current = true;
  for (std::size_t side = 0; side < max_sides; ++side) {
    if (notice[side]) current = current && formulas_.sides[side]->vocabulary.notices[*notice[side]].version == version;
  }
  return current ? "" : fmt::format(" version {}", version);
}

Text Words::notice(const Variable& variable, const Bits& allowed) const {
  const std::size_t side = side_of(variable);
  const std::string& name = formulas_.sides[side]->vocabulary.notices[*variable.id[side]].name;
  const auto shown = [&](std::size_t cls) {
    return one("notice " + quote_name(name) + version(variable.id, variable.starts[cls]));
  };
  std::vector<Text> parts;
  for (const auto& [first, last] : stretches(allowed)) {
    std::vector<Text> ends;
    if (first > 0) ends.push_back(shown(first));
    if (last + 1 < variable.starts.size()) ends.push_back(negation(shown(last + 1)));
    parts.push_back(all_of(ends));
  }
  return join(parts, Text::Binding::either);
}

// Windows are days: they begin at 00:00 and end before the next day does.
Text Words::time(const Variable& variable, const Bits& allowed) const {
  constexpr std::int64_t day = seconds_per_day * microseconds_per_second;
  const auto date = [&](std::size_t cls, std::int64_t less) {
    return to_string(Date{variable.starts[cls] / day - less});
  };
  std::vector<std::string> windows;
  for (const auto& [first, last] : stretches(allowed)) {
    std::vector<std::string> ends;
    if (first > 0) ends.push_back("from " + date(first, 0));
    if (last + 1 < variable.starts.size()) ends.push_back("until " + date(last + 1, 1));
    windows.push_back(fmt::format("{}", fmt::join(ends, " ")));
  }
  return {fmt::format("{}", fmt::join(windows, " or ")), windows.size() > 1 ? Text::Binding::either : Text::Binding::one,
          windows.size(), true};
}

}  // namespace zweck::analysis
