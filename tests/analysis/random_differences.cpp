// Differences of random small sets: the same points and kinds as by going through every situation, and exactly in the
// situations that `when` says.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <iostream>
#include <map>
#include <regex>
#include <set>

#include "analysis/difference.hpp"
#include "analysis/setup.hpp"
#include "engine/program.hpp"
#include "model/evaluate.hpp"
#include "model/vocabulary.hpp"
#include "reference/brute.hpp"
#include "reference/write.hpp"
#include "text/tree.hpp"

namespace analysis_test {
namespace {

using Key = std::pair<reference::Point, std::string>;
using Now = zweck::DifferenceEntry::Now;

std::string name_of(Now now) { return now == Now::allow ? "allow" : now == Now::deny ? "deny" : "obligations"; }

std::vector<reference::Point> points_of(const zweck::DifferenceEntry& entry, const reference::Reference& reference) {
  std::vector<reference::Point> points;
  std::array<reference::Set, 3> leaves;
  for (std::size_t d = 0; d < 3; ++d) {
    for (const std::string& name : entry.names[d]) {
      for (const std::string& leaf : reference.leaves(reference::dimensions[d], name)) leaves[d].insert(leaf);
    }
  }
  for (const std::string& data : leaves[0])
    for (const std::string& purpose : leaves[1])
      for (const std::string& partner : leaves[2]) points.push_back({data, purpose, partner});
  return points;
}

zweck::Value value_of(const zweck::Vocabulary& vocabulary, const zweck::Type& type, const reference::Value& value) {
  const auto one = [&](const std::string& text) -> std::int64_t {
    if (type.kind == zweck::TypeKind::node) return *vocabulary.taxonomies[type.taxonomy].find(text);
    return vocabulary.find_string(text).value_or(zweck::foreign_string);
  };
  if (const auto* flag = std::get_if<bool>(&value)) return zweck::Value::single(*flag);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return zweck::Value::single(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return zweck::Value::single(one(*text));
  std::vector<std::int64_t> members;
  for (const std::string& text : std::get<reference::Set>(value)) members.push_back(one(text));
  return zweck::Value::of_set(members);
}

zweck::Ledger ledger_of(const zweck::Vocabulary& vocabulary, const std::vector<reference::Said>& said) {
  zweck::Ledger ledger;
  for (const reference::Said& each : said) {
    zweck::Event event;
    using From = reference::Event::Kind;
    using To = zweck::Event::Kind;
    event.kind = each.kind == From::given ? To::given : each.kind == From::raised ? To::raised : To::shown;
    if (event.kind != To::shown) {
      for (std::size_t d = 0; d < 3; ++d) event.scope[d] = *vocabulary.taxonomies[d].find(each.scope[d]);
    }
    event.at = zweck::Time{each.at};
    event.explicit_ = each.explicit_;
    if (!each.notice.empty()) event.notice = *vocabulary.find_notice(each.notice);
    event.version = each.version;
    ledger.push_back(event);
  }
  return ledger;
}

bool same_answer(const zweck::Answer& a, const zweck::Answer& b) {
  return a.allowed() == b.allowed() && a.obligations == b.obligations;
}

// A window of time in a condition: as a test it is a fact of its own.
struct Window {
  std::string fact;
  std::int64_t from = INT64_MIN, until = INT64_MAX;  // microseconds, both included
};

// The condition with a fact in the place of each window, and `and` before it where it stands as a clause does.
std::string without_windows(const std::string& when, std::vector<Window>& windows) {
  static const std::regex window("(from (\\d{4}-\\d\\d-\\d\\d))?( ?until (\\d{4}-\\d\\d-\\d\\d))?");
  std::string text;
  for (std::size_t at = 0; at < when.size();) {
    std::smatch match;
    const bool at_word = at == 0 || when[at - 1] == ' ' || when[at - 1] == '(';
    if (!at_word || !std::regex_search(when.begin() + std::ptrdiff_t(at), when.end(), match, window,
                                       std::regex_constants::match_continuous) ||
        match.length() == 0) {
      text += when[at++];
      continue;
    }
    Window& found = windows.emplace_back();
    found.fact = "window-" + std::to_string(windows.size());
    if (match[2].matched) found.from = zweck::start_of(*zweck::parse_date(match[2].str())).microseconds;
    if (match[4].matched) found.until = zweck::end_of(*zweck::parse_date(match[4].str())).microseconds;
    const std::size_t bracket = text.ends_with("(") ? 1 : 0;
    const std::string before = text.substr(0, text.size() - bracket);
    const bool joined = before.empty() || before.ends_with("(") || before.ends_with("and ") || before.ends_with("or ");
    text = before + (joined ? "" : "and ") + (bracket ? "(" : "") + found.fact;
    at += std::size_t(match.length());
  }
  return text;
}

// The set after the change, with a rule for each `when` and a fact for each window in them; nothing if some cannot be read.
std::unique_ptr<zweck::Model> with_rules(const reference::World& world, const std::vector<std::string>& whens,
                                         std::vector<Window>& windows) {
  std::vector<zweck::Source> files;
  for (const auto& [path, text] : reference::files_of(world, reference::Dice(1))) files.push_back({path, text});
  std::string rules, facts;
  for (std::size_t i = 0; i < whens.size(); ++i) {
    const std::string when = without_windows(whens[i], windows);
    rules += "rule when" + std::to_string(i) + " deny any for any by any " + (when.empty() ? "" : "when ") + when + "\n";
  }
  for (const Window& window : windows) facts += "  " + window.fact + ": bool\n";
  files.push_back({"whens.zweck", rules});
  if (!facts.empty()) files.push_back({"whens.vocab.yaml", "facts:\n" + facts});
  auto loaded = zweck::load_texts(std::move(files));
  if (!loaded) return nullptr;
  return std::make_unique<zweck::Model>(std::move(loaded->model));
}

// Rules that were added by different reviews may have the same name.
reference::World with_own_names(reference::World world) {
  std::set<std::string> names;
  for (reference::Rule& rule : world.rules) {
    while (!names.insert(rule.name).second) rule.name += " again";
  }
  return world;
}

// Whether each fact that both know has a value that both can give. If not it is two facts, which the oracle knows not.
bool share_values(const reference::World& before, const reference::World& after) {
  const reference::Reference one(before), other(after);
  for (const auto& [name, fact] : before.facts) {
    const auto same = after.facts.find(name);
    if (same == after.facts.end() || fact.type.kind != reference::Type::Kind::node) continue;
    reference::Set shared;
    std::ranges::set_intersection(one.all_leaves(fact.type.taxonomy), other.all_leaves(fact.type.taxonomy),
                                  std::inserter(shared, shared.end()));
    if (shared.empty()) return false;
  }
  return true;
}

BOOST_AUTO_TEST_CASE(random_differences) {
  const Seeds which = seeds(3'000);
  std::map<std::string, std::size_t> tally;
  std::size_t skipped = 0, unread = 0, rearranged = 0, equal = 0, replayed = 0, entries_in_all = 0, read = 0;
  for (std::uint64_t seed = which.first; seed < which.first + which.count; ++seed) {
    reference::Dice dice(seed);
    const reference::World before = reference::random_world(dice, reference::small_taste);
    reference::World after = with_own_names(reference::varied(before, dice, reference::small_taste));
    // One review, or many of them.
    for (std::uint64_t more = seed % 3 == 0 ? 8 : 0; more > 0; --more)
      after = with_own_names(reference::varied(after, dice, reference::small_taste));
    const bool other_names = seed % 4 == 1;
    if (other_names) {
      after = reference::rearranged(after, dice, reference::small_taste);
      if (!loads(after) || !share_values(before, after)) {
        ++unread;
        continue;
      }
    }
    const zweck::Engine old_engine = engine_of(before), new_engine = engine_of(after);
    const reference::Reference old_set(before), new_set(after);
    const auto fail = [&](const std::string& what) {
      BOOST_ERROR("seed " << seed << ": " << what << "\n" << text_of(before) << "\n=====\n" << text_of(after));
    };
    reference::Changes expected;
    try {
      expected = changes(old_set, new_set);
    } catch (const reference::TooMany&) {
      ++skipped;
      continue;
    }
    std::vector<zweck::DifferenceEntry> entries;
    const auto difference =
        zweck::compare(old_engine, new_engine, [&](const zweck::DifferenceEntry& entry) {
          entries.push_back(entry);
          return true;
        });
    std::map<Key, std::size_t> actual;  // and the entry
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto points = points_of(entries[i], new_set);
      BOOST_TEST(points.size() == entries[i].points);
      for (const reference::Point& point : points) {
        if (!actual.emplace(Key(point, name_of(entries[i].now)), i).second) return fail("a point is named twice");
      }
      replayed += !entries[i].example.empty();
      if (!entries[i].example.empty() &&
          same_answer(old_engine.answer_json(entries[i].example), new_engine.answer_json(entries[i].example)))
        return fail("answered alike: " + entries[i].example);
      ++tally[name_of(entries[i].now)];
    }
    BOOST_TEST(difference.undecided.empty());
    bool same = actual.size() == expected.size();
    for (const auto& [key, situation] : expected) same = same && actual.contains(key);
    if (!same) return fail("expected " + std::to_string(expected.size()) + ", found " + std::to_string(actual.size()));
    equal += expected.empty();
    rearranged += other_names && !expected.empty();
    if (old_engine.revision() == new_engine.revision() && !expected.empty()) return fail("of one revision, and not equal");
    BOOST_TEST(difference.equal() == expected.empty());
    entries_in_all += entries.size();

    // Exactly in the situations that are said.
    std::vector<std::string> whens;
    for (const auto& entry : entries) whens.push_back(entry.when);
    if (whens.empty()) continue;
    std::vector<Window> windows;
    const auto judge = with_rules(after, whens, windows);
    if (!judge) return fail("a condition cannot be read: " + whens.front());
    ++read;
    const auto rule_of = [&](std::size_t i) {
      return std::find_if(judge->rules.begin(), judge->rules.end(),
                          [&](const zweck::Rule& rule) { return rule.name == "when" + std::to_string(i); });
    };
    std::set<reference::Point> points;
    for (const auto& [key, i] : actual) points.insert(key.first);
    for (const reference::Point& point : points) {
      reference::Asked asked;
      asked.add_rules(old_set, point);
      asked.add_rules(new_set, point);
      zweck::Point ids;
      ids.data = *judge->vocabulary.taxonomies[0].find(point[0]);
      ids.purpose = *judge->vocabulary.taxonomies[1].find(point[1]);
      ids.partner = *judge->vocabulary.taxonomies[2].find(point[2]);
      for (const auto& now : situations(asked, point, reference::Facts::all_given, reference::Ledgers::given)) {
        const auto decide = [&](const reference::Reference& set) {
          const auto answer = set.combine({set.decide(point, now)});
          return std::tuple(answer.status == reference::Status::allowed, answer.keep, answer.oblige);
        };
        const auto then = decide(old_set), later = decide(new_set);
        std::string kind;
        if (then != later)
          kind = std::get<0>(then) == std::get<0>(later) ? "obligations" : std::get<0>(later) ? "allow" : "deny";
        std::vector<zweck::Value> facts(judge->vocabulary.facts.size());
        for (std::size_t i = 0; i < facts.size(); ++i) {
          const auto& fact = judge->vocabulary.facts[i];
          const auto window = std::ranges::find(windows, fact.name, &Window::fact);
          if (window != windows.end())
            facts[i] = zweck::Value::single(window->from <= now.at && now.at <= window->until);
          else if (now.facts.contains(fact.name))
            facts[i] = value_of(judge->vocabulary, fact.type, now.facts.at(fact.name));
          else
            facts[i] = fact.fallback;
        }
        const zweck::Ledger ledger = ledger_of(judge->vocabulary, *now.ledger);
        const zweck::Situation situation{zweck::Time{now.at}, facts, &ledger};
        for (const std::string each : {"allow", "deny", "obligations"}) {
          const auto at = actual.find(Key(point, each));
          const bool said = at != actual.end() &&
                            applies(*judge, *rule_of(at->second), ids, situation) == zweck::Truth::yes;
          if (said != (each == kind))
            return fail("at " + point[0] + ", " + point[1] + ", " + point[2] + ": " + (kind.empty() ? "nothing" : kind) +
                        " where the entry for " + each + " says: " +
                        (at == actual.end() ? "nothing" : whens[at->second]));
        }
      }
    }
  }
  std::cout << "counted: differences of " << which.count << " random pairs of sets: " << tally["allow"] << " allow, "
            << tally["deny"] << " deny, " << tally["obligations"] << " obligations, " << equal << " equal, " << replayed
            << " of " << entries_in_all << " replay, " << read << " read back, "
            << rearranged << " that differ are of two vocabularies, " << skipped << " skipped, " << unread << " not read\n";
  BOOST_TEST(rearranged > which.count / 40);
  for (const std::string kind : {"allow", "deny", "obligations"}) BOOST_TEST(tally[kind] > which.count / 40);
}

// The same meaning, whatever its files, order and layout: one revision, and nothing to tell.
BOOST_AUTO_TEST_CASE(equal_sets_do_not_differ) {
  const Seeds which = seeds(200);
  for (std::uint64_t seed = which.first; seed < which.first + which.count; ++seed) {
    reference::Dice dice(seed);
    const reference::World world = reference::random_world(dice);
    const auto files = reference::files_of(world, reference::Dice(seed + 1));
    const zweck::Engine one = engine_of(world);
    const zweck::Engine other = *zweck::Engine::from_texts({files.begin(), files.end()});
    BOOST_TEST(one.revision() == other.revision());
    const auto difference = zweck::compare(one, other, [](const zweck::DifferenceEntry&) { return true; });
    BOOST_TEST(difference.equal());
    BOOST_TEST(zweck::compare_vocabularies(one.program()->vocabulary(), other.program()->vocabulary()).empty());
  }
}

}  // namespace
}  // namespace analysis_test
