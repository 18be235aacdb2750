#include "engine/explain_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "engine/explain_words.hpp"

namespace zweck {

namespace {

using Kind = Event::Kind;

std::array<NodeId, 3> nodes_of(const Point& point) { return {point.data, point.purpose, point.partner}; }

bool takes_in(const Vocabulary& vocabulary, const Event& event, const Point& point, std::size_t dimension) {
  const NodeId name = event.scope[dimension];
  return name == any_node || vocabulary.taxonomies[dimension].at_or_below(nodes_of(point)[dimension], name);
}

bool takes_in(const Vocabulary& vocabulary, const Event& event, const Point& point) {
  for (std::size_t d = 0; d < 3; ++d) {
    if (!takes_in(vocabulary, event, point, d)) return false;
  }
  return true;
}

// " for `wardrobe` for any purpose by `shop`", where the event says more or something else than the point.
std::string its_scope(const Vocabulary& vocabulary, const Event& event, const Point& point) {
  return event.scope == nodes_of(point) ? "" : " to " + scope_words(vocabulary, event);
}

// One thing that happened, and when: the latest explains best why things are as they are.
struct Finding {
  Time at;
  std::string words;
};

void later(std::optional<Finding>& best, Time at, const auto& words) {
  if (!best || at > best->at) best = Finding{at, words()};
}

// What keeps a grant that takes the point in from reaching it.
std::string barrier(const LedgerView& view, const Event& given, const Point& point) {
  constexpr std::array<std::string_view, 3> names{"data", "purpose", "partner"};
  for (std::size_t d = 0; d < 3; ++d) {
    const Taxonomy& taxonomy = view.vocabulary.taxonomies[d];
    for (const NodeId above : taxonomy.above(nodes_of(point)[d])) {
      if (given.scope[d] != any_node && taxonomy.at_or_below(given.scope[d], above)) continue;
      const Node& node = taxonomy.nodes[above];
      const std::string consent =
          fmt::format("the consent of {}{}", day_words(given.at, view.now), its_scope(view.vocabulary, given, point));
      if (node.separate) {
        return fmt::format("{} does not reach the {} `{}`, which is separate and needs consent of its own", consent,
                           names[d], node.name);
      }
      if (node.since && start_of(*node.since) > given.at) {
        return fmt::format("{} does not reach the {} `{}`, which is new since {}", consent, names[d], node.name,
                           to_string(*node.since));
      }
    }
  }
  return {};
}

std::optional<Time> first_given(const Ledger& about) {
  std::optional<Time> first;
  for (const Event& event : about)
    if (event.kind == Kind::given && (!first || event.at < *first)) first = event.at;
  return first;
}

// "withdrawn" if something had been given before, else "refused": the language holds them for the same.
std::string no_words(const LedgerView& view, std::optional<Time> first_given, const Event& no, const Point& point) {
  return fmt::format("consent{} was {} on {}", its_scope(view.vocabulary, no, point),
                     first_given && *first_given <= no.at ? "withdrawn" : "refused", day_words(no.at, view.now));
}

// What a standing grant lacks for the test.
std::vector<std::string> lacking(const LedgerView& view, const Event& given, const AskedConsent& asked,
                                 const Point& point) {
  const ConsentTest& test = asked.test;
  std::vector<std::string> lacks;
  if (test.explicit_ && !given.explicit_) {
    const std::string& data = view.vocabulary.of(Dimension::data).nodes[point.data].name;
    lacks.push_back("is not explicit" +
                    (asked.special ? fmt::format(", as special data such as `{}` needs it", data) : ""));
  }
  if (test.under) {
    const std::string& name = view.vocabulary.notices[*test.under].name;
    if (!given.notice) {
      lacks.push_back(fmt::format("was given under no notice; version {} of `{}` is needed", test.version, name));
    } else if (*given.notice != *test.under) {
      lacks.push_back(fmt::format("was given under `{}`; version {} of `{}` is needed",
                                  view.vocabulary.notices[*given.notice].name, test.version, name));
    } else if (given.version < test.version) {
      lacks.push_back(
          fmt::format("was given under version {} of `{}`; version {} is needed", given.version, name, test.version));
    }
  }
  if (test.within) {
    const ConsentTest age{.explicit_ = false, .within = test.within, .under = {}, .version = 0};
    if (!LedgerView{view.vocabulary, {given}, view.now}.consent(age, point)) {
      lacks.push_back(fmt::format("is older than {}", asked.within));
    }
  }
  return lacks;
}

// The consent that comes nearest without taking the point in: right in two of three dimensions.
std::optional<Finding> consent_elsewhere(const LedgerView& view, const Point& point) {
  constexpr std::array<std::string_view, 3> given{"to the use of ", "for ", "to the use by "};
  constexpr std::array<std::string_view, 3> not_given{"of ", "for ", "by "};
  std::optional<Finding> best;
  for (const Event& event : view.ledger) {
    if (event.kind != Kind::given || event.at > view.now || (event.expires && *event.expires <= view.now)) continue;
    std::size_t wrong = 3, count = 0;
    for (std::size_t d = 0; d < 3; ++d) {
      if (!takes_in(view.vocabulary, event, point, d)) wrong = d, ++count;
    }
    if (count != 1) continue;
    later(best, event.at, [&] {
      const auto& nodes = view.vocabulary.taxonomies[wrong].nodes;
      return fmt::format("consent was given {}`{}`, but not {}`{}`", given[wrong], nodes[event.scope[wrong]].name,
                         not_given[wrong], nodes[nodes_of(point)[wrong]].name);
    });
  }
  return best;
}

}  // namespace

Ledger condensed(const Ledger& ledger, Time now) {
  using Key = std::tuple<Kind, std::array<NodeId, 3>, bool, std::optional<NoticeId>, std::int64_t>;
  std::map<Key, Event> latest;
  for (const Event& event : ledger) {
    if (event.at > now || (event.expires && *event.expires <= now)) continue;
    const auto [place, added] =
        latest.emplace(Key{event.kind, event.scope, event.explicit_, event.notice, event.version}, event);
    if (!added && event.at > place->second.at) place->second = event;
  }
  Ledger out;
  for (auto& [key, event] : latest) out.push_back(std::move(event));
  return out;
}

Ledger events_about(const Vocabulary& vocabulary, const Ledger& ledger, const Point& point) {
  Ledger out;
  std::copy_if(ledger.begin(), ledger.end(), std::back_inserter(out),
               [&](const Event& event) { return event.kind == Kind::shown || takes_in(vocabulary, event, point); });
  return out;
}

std::string why_no_consent(const LedgerView& view, const AskedConsent& asked, const Point& point) {
  const Ledger about = events_about(view.vocabulary, view.ledger, point);
  const Ledger short_ledger = condensed(about, view.now);
  const LedgerView now{view.vocabulary, short_ledger, view.now};

  // A consent that stands and lacks something explains more than anything else: the one that lacks least, then the
  // latest.
  std::vector<std::string> least;
  Time least_at;
  for (const Event& event : short_ledger) {
    if (!now.stands(event, point)) continue;
    std::vector<std::string> lacks = lacking(view, event, asked, point);
    if (least.empty() ||
        std::pair(lacks.size(), -event.at.microseconds) < std::pair(least.size(), -least_at.microseconds)) {
      least = std::move(lacks);
      least_at = event.at;
    }
  }
  if (!least.empty()) {
    return fmt::format("the consent of {} {}", day_words(least_at, view.now), join_words(least, ", and "));
  }

  const std::optional<Time> first = first_given(about);
  std::optional<Finding> best, to_come;
  for (const Event& event : about) {
    if (event.at > view.now) {
      if (event.kind == Kind::given) {
        later(to_come, {-event.at.microseconds},
              [&] { return fmt::format("consent was given only later, on {}", day_words(event.at, view.now)); });
      }
    } else if (event.kind == Kind::refused) {
      later(best, event.at, [&] { return no_words(view, first, event, point); });
    } else if (event.kind == Kind::given && event.expires && *event.expires <= view.now) {
      later(best, *event.expires, [&] {
        return fmt::format("the consent of {} expired on {}", day_words(event.at, view.now),
                           day_words(*event.expires, view.now));
      });
    } else if (event.kind == Kind::given && !now.grant_reaches(event, point)) {
      later(best, event.at, [&] { return barrier(view, event, point); });
    } else if (event.kind == Kind::given) {
      // It reaches the point, so a narrower no, though earlier, keeps it from standing; or a later one, found above.
      for (const Event& no : short_ledger) {
        if (no.kind != Kind::refused || (no.at < event.at && now.within(event, no))) continue;
        if (no.at >= event.at) continue;
        later(best, event.at, [&] {
          return fmt::format("{}, and the broader consent of {}{} does not undo that", no_words(view, first, no, point),
                             day_words(event.at, view.now), its_scope(view.vocabulary, event, point));
        });
      }
    }
  }
  if (best) return best->words;
  if (to_come) return to_come->words;
  if (const std::optional<Finding> elsewhere = consent_elsewhere(view, point)) return elsewhere->words;
  return "no consent was given";
}

std::string why_consent(const LedgerView& view, const ConsentTest& test, const Point& point) {
  const Ledger about = condensed(events_about(view.vocabulary, view.ledger, point), view.now);
  const LedgerView now{view.vocabulary, about, view.now};
  std::optional<Finding> best;
  for (const Event& event : about) {
    if (!now.stands(event, point) || !lacking(view, event, {test, false, {}}, point).empty()) continue;
    later(best, event.at, [&] {
      std::string words = event.explicit_ ? "explicit consent" : "consent";
      words +=
          fmt::format("{} was given on {}", its_scope(view.vocabulary, event, point), day_words(event.at, view.now));
      if (event.notice) {
        words += fmt::format(", under version {} of `{}`", event.version, view.vocabulary.notices[*event.notice].name);
      }
      if (event.expires) words += fmt::format(", until {}", day_words(*event.expires, view.now));
      return words;
    });
  }
  return best ? best->words : "consent was given";
}

std::string why_objection(const LedgerView& view, const Point& point) {
  const Ledger about = condensed(events_about(view.vocabulary, view.ledger, point), view.now);
  const LedgerView now{view.vocabulary, about, view.now};
  std::vector<Event> standing;
  std::copy_if(about.begin(), about.end(), std::back_inserter(standing),
               [&](const Event& event) { return now.stands(event, point); });
  const std::optional<Time> first = first_given(about);
  std::optional<Finding> best;
  for (const Event& no : about) {
    if (no.kind != Kind::refused && no.kind != Kind::raised) continue;
    const auto undoes = [&](const Event& event) {
      if (event.at <= no.at) return false;
      return event.kind == Kind::given ? now.within(event, no) : now.within(no, event);
    };
    const bool undone = std::any_of(standing.begin(), standing.end(), undoes) ||
                        (no.kind == Kind::raised && std::any_of(about.begin(), about.end(), [&](const Event& event) {
                           return event.kind == Kind::cleared && undoes(event);
                         }));
    if (undone) continue;
    later(best, no.at, [&] {
      if (no.kind == Kind::refused) {
        return no_words(view, first, no, point) + ", which counts as an objection";
      }
      return fmt::format("an objection{} was raised on {}", its_scope(view.vocabulary, no, point),
                         day_words(no.at, view.now));
    });
  }
  return best ? best->words : "an objection was raised";
}

namespace {

// The highest version of the notice that was shown up to `until`, the latest time of it.
const Event* shown_event(const LedgerView& view, NoticeId notice, bool to_come) {
  const Event* best = nullptr;
  for (const Event& event : view.ledger) {
    if (event.kind != Kind::shown || event.notice != notice || (event.at > view.now) != to_come) continue;
    if (best == nullptr || std::pair(event.version, event.at) > std::pair(best->version, best->at)) best = &event;
  }
  return best;
}

}  // namespace

std::string why_no_notice(const LedgerView& view, const NoticeTest& test) {
  const std::string& name = view.vocabulary.notices[test.notice].name;
  if (const Event* event = shown_event(view, test.notice, false)) {
    return fmt::format("the notice `{}` was shown in version {} on {}; version {} is needed", name, event->version,
                       day_words(event->at, view.now), test.version);
  }
  if (const Event* event = shown_event(view, test.notice, true)) {
    return fmt::format("the notice `{}` was shown only later, on {}", name, day_words(event->at, view.now));
  }
  return fmt::format("the notice `{}` was never shown", name);
}

std::string why_notice(const LedgerView& view, const NoticeTest& test) {
  const std::string& name = view.vocabulary.notices[test.notice].name;
  const Event* event = shown_event(view, test.notice, false);
  if (event == nullptr) return fmt::format("the notice `{}` was shown", name);
  return fmt::format("the notice `{}` was shown in version {} on {}", name, event->version,
                     day_words(event->at, view.now));
}

}  // namespace zweck
