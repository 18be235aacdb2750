// TREE -> LEDGER (section 4): what keys an event has, and its lists multiplied out.
#include "model/read_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/ledger.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

constexpr std::array<std::string_view, 3> dimension_keys{"data", "purpose", "partner"};

const Tree* find(const Tree& map, std::string_view key) {
  const auto item = std::find_if(map.items.begin(), map.items.end(), [&](const Tree& each) { return each.key == key; });
  return item == map.items.end() ? nullptr : &*item;
}

class LedgerReader {
 public:
  explicit LedgerReader(Reader& reader) : reader_(reader) {}

  void read(const Tree& tree) {
    if (!reader_.is_map(tree, "an event of the ledger is a map")) return;
    const Tree* const consent = find(tree, "consent");
    const Tree* const objection = find(tree, "objection");
    const Tree* const notice = find(tree, "notice");
    if ((consent != nullptr) + (objection != nullptr) + (notice != nullptr) != 1) {
      const Tree* const wrong = !consent && !objection && !notice ? misspelt(tree) : nullptr;
      if (wrong) return reader_.unknown_key(*wrong, {"consent", "objection", "notice"});
      reader_.problem(tree.span, "invalid-request", "an event has one of `consent`, `objection` and `notice`");
      return;
    }
    if (consent) {
      read_consent(tree, *consent);
    } else if (objection) {
      read_objection(tree, *objection);
    } else {
      read_notice(tree, *notice);
    }
  }

  Ledger take() { return std::move(ledger_); }

 private:
  // The key that can only be meant for what says which kind of event it is.
  static const Tree* misspelt(const Tree& tree) {
    constexpr std::array<std::string_view, 8> others{"data",     "purpose", "partner", "at",
                                                     "explicit", "under",   "expires", "version"};
    const auto item = std::find_if(tree.items.begin(), tree.items.end(), [&](const Tree& each) {
      return std::find(others.begin(), others.end(), each.key) == others.end();
    });
    return item == tree.items.end() ? nullptr : &*item;
  }

  void read_consent(const Tree& tree, const Tree& consent) {
    const auto said = reader_.text(consent, "consent");
    if (!said) return;
    if (*said == "given") return read_given(tree);
    if (*said != "refused" && *said != "withdrawn") {
      reader_.unknown_name(consent, "consent", *said, {"given", "refused", "withdrawn"},
                           "a consent is `given`, `refused` or `withdrawn`");
      return;
    }
    read_scoped(tree, "consent", Event::Kind::refused);
  }

  void read_objection(const Tree& tree, const Tree& objection) {
    const auto said = reader_.text(objection, "objection");
    if (!said) return;
    if (*said != "raised" && *said != "withdrawn") {
      reader_.unknown_name(objection, "objection", *said, {"raised", "withdrawn"},
                           "an objection is `raised` or `withdrawn`");
      return;
    }
    read_scoped(tree, "objection", *said == "raised" ? Event::Kind::raised : Event::Kind::cleared);
  }

  void read_given(const Tree& tree) {
    Event event;
    event.kind = Event::Kind::given;
    Names names;
    bool good = true;
    for (const Tree& item : tree.items) {
      if (item.key == "consent") continue;
      if (item.key == "at") {
        good &= read_at(item, event);
      } else if (item.key == "expires") {
        event.expires = reader_.time(item, "expires");
        good &= event.expires.has_value();
      } else if (item.key == "explicit") {
        const auto value = reader_.boolean(item, "explicit");
        event.explicit_ = value.value_or(false);
        good &= value.has_value();
      } else if (item.key == "under") {
        good &= read_under(item, event);
      } else if (!read_names(item, names, good)) {
        reader_.unknown_key(item, {"consent", "data", "purpose", "partner", "explicit", "under", "at", "expires"});
        good = false;
      }
    }
    for (const std::string_view key : dimension_keys) {
      if (find(tree, key)) continue;
      reader_.missing(tree, key, "a consent that was given states data, purpose and partner; `any` takes in all");
      good = false;
    }
    finish(tree, event, names, good);
  }

  void read_scoped(const Tree& tree, std::string_view kind, Event::Kind event_kind) {
    Event event;
    event.kind = event_kind;
    Names names;
    bool good = true;
    for (const Tree& item : tree.items) {
      if (item.key == kind) continue;
      if (item.key == "at") {
        good &= read_at(item, event);
      } else if (item.key == "expires" || item.key == "explicit" || item.key == "under") {
        reader_.problem(item.key_span, "invalid-request",
                        fmt::format("`{}` belongs to a consent that is `given`", item.key));
        good = false;
      } else if (!read_names(item, names, good)) {
        reader_.unknown_key(item, {kind, "data", "purpose", "partner", "at"});
        good = false;
      }
    }
    finish(tree, event, names, good);
  }

  void read_notice(const Tree& tree, const Tree& notice) {
    Event event;
    event.kind = Event::Kind::shown;
    event.notice = reader_.notice(notice);
    bool good = event.notice.has_value();
    for (const Tree& item : tree.items) {
      if (item.key == "notice") continue;
      if (item.key == "at") {
        good &= read_at(item, event);
      } else if (item.key == "version") {
        const auto version = reader_.version(item, event.notice);
        event.version = version.value_or(0);
        good &= version.has_value();
      } else {
        reader_.unknown_key(item, {"notice", "version", "at"});
        good = false;
      }
    }
    if (!find(tree, "version")) {
      reader_.missing(tree, "version", "say which version of the notice was shown");
      good = false;
    }
    finish(tree, event, {}, good);
  }

  bool read_at(const Tree& tree, Event& event) {
    const auto at = reader_.time(tree, "at");
    event.at = at.value_or(Time{});
    return at.has_value();
  }

  bool read_under(const Tree& tree, Event& event) {
    if (!reader_.is_map(tree, "`under` holds a notice and its version")) return false;
    const Tree* const notice = find(tree, "notice");
    const Tree* const version = find(tree, "version");
    if (notice) event.notice = reader_.notice(*notice);
    bool good = event.notice.has_value() && version;
    if (version) {
      const auto read = reader_.version(*version, event.notice);
      event.version = read.value_or(0);
      good &= read.has_value();
    }
    if (!notice) reader_.missing(tree, "notice", "say which notice the consent was given under");
    if (!version) reader_.missing(tree, "version", "say which version of the notice the consent was given under");
    for (const Tree& item : tree.items) {
      if (&item == notice || &item == version) continue;
      reader_.unknown_key(item, {"notice", "version"});
      good = false;
    }
    return good;
  }

  using Names = std::array<std::vector<NodeId>, 3>;  // any_node alone, or names; empty where nothing is said

  // False if the key is none of the three dimensions.
  bool read_names(const Tree& item, Names& names, bool& good) {
    const auto place = std::find(dimension_keys.begin(), dimension_keys.end(), item.key);
    if (place == dimension_keys.end()) return false;
    const auto d = static_cast<std::size_t>(place - dimension_keys.begin());
    if (item.is_text() && item.text == "any") {
      names[d] = {any_node};
      return true;
    }
    const bool any_listed = std::any_of(item.items.begin(), item.items.end(),
                                        [](const Tree& each) { return each.is_text() && each.text == "any"; });
    if (item.kind == Tree::Kind::list && any_listed) {
      reader_.problem(item.span, "invalid-request", "`any` stands alone, not in a list",
                      fmt::format("write `{}: any`", item.key));
      good = false;
      return true;
    }
    const auto read = reader_.nodes(item, static_cast<Dimension>(d));
    if (read) names[d] = *read;
    good &= read.has_value();
    return true;
  }

  // One event for each combination of names.
  void finish(const Tree& tree, Event event, Names names, bool good) {
    if (!find(tree, "at")) {
      reader_.missing(tree, "at", "say when it was, like `at: 2026-06-01T12:00:00Z`");
      good = false;
    }
    if (!good) return;
    for (auto& dimension : names) {
      if (dimension.empty()) dimension = {any_node};
    }
    // Each factor is below 2^16 or one, so that the product fits.
    const std::size_t count = names[0].size() * names[1].size() * names[2].size();
    if (count > limits::ledger_events - ledger_.size()) {
      if (!too_many_) {
        reader_.problem(tree.span, "invalid-request",
                        fmt::format("the ledger has more than {} events", limits::ledger_events),
                        "each combination of the names in the lists of an event counts as one");
      }
      too_many_ = true;
      return;
    }
    for (const NodeId data : names[0]) {
      for (const NodeId purpose : names[1]) {
        for (const NodeId partner : names[2]) {
          event.scope = {data, purpose, partner};
          ledger_.push_back(event);
        }
      }
    }
  }

  Reader& reader_;
  Ledger ledger_;
  bool too_many_ = false;
};

}  // namespace

Ledger read_ledger(Reader& reader, const Tree& tree) {
  LedgerReader ledger(reader);
  if (tree.kind != Tree::Kind::list) {
    reader.problem(tree.span, "invalid-request", "a ledger is a list of events",
                   tree.kind == Tree::Kind::nothing
                       ? "write `[]` for a customer of whom nothing is known yet, or leave "
                         "the ledger out if it is not known"
                       : "");
    return {};
  }
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    reader.at_event(i + 1);
    ledger.read(tree.items[i]);
  }
  reader.at_event(0);
  return ledger.take();
}

Result<Ledger> read_ledger(const Vocabulary& vocabulary, const Tree& tree, const Sources& sources) {
  Reader reader(vocabulary, sources);
  Ledger ledger = read_ledger(reader, tree);
  if (!reader.fine()) return reader.take();
  return ledger;
}

}  // namespace zweck
