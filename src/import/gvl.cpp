// The Global Vendor List: purposes, kinds of data, features, and vendors with what they declare.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "import/writer.hpp"
#include "model/vocabulary_reader.hpp"
#include "text/limits.hpp"
#include "text/tree.hpp"

namespace zweck {

namespace {

using import::Entry;
using import::Remarks;

// What is wrong with one list; thrown within this file only.
struct Refused {
  std::string message;
  std::string help;
};

const Tree* find(const Tree& map, std::string_view key) {
  for (const Tree& item : map.items)
    if (item.key == key) return &item;
  return nullptr;
}

const Tree& need(const Tree& map, std::string_view key, Tree::Kind kind, std::string_view where) {
  const Tree* found = find(map, key);
  if (found == nullptr) throw Refused{fmt::format("`{}` is missing in {}", key, where), {}};
  if (found->kind != kind) throw Refused{fmt::format("`{}` in {} has another form than it should", key, where), {}};
  return *found;
}

std::int64_t need_integer(const Tree& map, std::string_view key, std::string_view where) {
  const auto value = parse_integer(need(map, key, Tree::Kind::plain, where).text);
  if (!value) throw Refused{fmt::format("`{}` in {} is no integer", key, where), {}};
  return *value;
}

std::string named(std::string_view kind, std::string_view id) { return fmt::format("{}-{}", kind, id); }

struct List {
  std::string path;
  Tree tree;
  std::int64_t version = 0;
  Date updated;
};

// The lists of a vendor's declaration, and the attributes they become.
struct Declaration {
  std::string_view key;
  std::string_view attribute;
  std::string_view kind;  // what its numbers are of
};
constexpr Declaration declarations[] = {
    {"purposes", "consent-purposes", "purpose"},
    {"legIntPurposes", "leg-int-purposes", "purpose"},
    {"flexiblePurposes", "flexible-purposes", "purpose"},
    {"specialPurposes", "special-purposes", "special-purpose"},
    {"features", "features", "feature"},
    {"specialFeatures", "special-features", "special-feature"},
    {"dataDeclaration", "declared-data", "data"},
};
struct Plain {
  std::string_view key;
  std::string_view attribute;
  std::string_view type;
};
constexpr Plain plain_values[] = {
    {"usesCookies", "uses-cookies", "bool"},
    {"cookieRefresh", "cookie-refresh", "bool"},
    {"usesNonCookieAccess", "uses-non-cookie-access", "bool"},
    {"cookieMaxAgeSeconds", "cookie-max-age-seconds", "int"},
};

class GvlReader {
 public:
  explicit GvlReader(const Sources& files) : files_(files) {}

  Result<Imported> read() {
    for (std::uint32_t file = 0; file < files_.size(); ++file) {
      try {
        read_list(file);
      } catch (const Refused& refused) {
        errors_.push_back(import::error_in(files_[file].path, refused.message, refused.help));
      }
    }
    if (!errors_.empty()) return std::move(errors_);
    if (lists_.empty()) return import::error_in("", "no list is given");
    std::sort(lists_.begin(), lists_.end(), [](const List& a, const List& b) { return a.version < b.version; });
    for (std::size_t i = 1; i < lists_.size(); ++i)
      if (lists_[i].version == lists_[i - 1].version)
        return import::error_in(lists_[i].path, fmt::format("version {} is there twice", lists_[i].version));
    try {
      return write();
    } catch (const Refused& refused) {
      return import::error_in(newest().path, refused.message, refused.help);
    }
  }

 private:
  const List& newest() const { return lists_.back(); }

  void read_list(std::uint32_t file) {
    if (const Diagnostics bad = check_text(files_, file); !bad.empty()) {
      errors_.insert(errors_.end(), bad.begin(), bad.end());
      return;
    }
    auto tree = read_json(files_[file].text);
    if (!tree) throw Refused{tree.diagnostics().front().message, {}};
    if (tree->kind != Tree::Kind::map || find(*tree, "vendors") == nullptr)
      throw Refused{"this is no Global Vendor List", "it has `vendors`, `purposes` and a `gvlSpecificationVersion`"};
    List list{files_[file].path, *std::move(tree), 0, {}};
    if (const auto specification = need_integer(list.tree, "gvlSpecificationVersion", "the list"); specification != 3)
      throw Refused{fmt::format("specification {} of the list is not read", specification),
                    "its purposes mean something else than those of specification 3"};
    list.version = need_integer(list.tree, "vendorListVersion", "the list");
    const auto updated = parse_time(need(list.tree, "lastUpdated", Tree::Kind::quoted, "the list").text);
    if (!updated) throw Refused{"`lastUpdated` is no time", {}};
    list.updated = *parse_date(to_string(*updated).substr(0, 10));
    lists_.push_back(std::move(list));
  }

  Result<Imported> write() {
    const Tree& list = newest().tree;
    for (const Tree& item : list.items) {
      constexpr std::string_view known[] = {
          "gvlSpecificationVersion", "vendorListVersion", "tcfPolicyVersion", "lastUpdated",    "purposes",
          "specialPurposes",         "features",          "specialFeatures",  "dataCategories", "vendors"};
      if (std::find(std::begin(known), std::end(known), item.key) == std::end(known))
        remarks_.about("parts of the list that have no place in a vocabulary are left out", item.key);
    }
    std::vector<Entry> data{Entry{"declared-data", {}}};
    add_items(data, list, "dataCategories", "data", "declared-data");
    std::vector<Entry> purposes{Entry{"purposes", {}}, Entry{"special-purposes", {}}};
    add_items(purposes, list, "purposes", "purpose", "purposes");
    add_items(purposes, list, "specialPurposes", "special-purpose", "special-purposes");
    std::vector<Entry> features{Entry{"features", {}}, Entry{"special-features", {}}};
    add_items(features, list, "features", "feature", "features");
    add_items(features, list, "specialFeatures", "special-feature", "special-features");

    std::vector<Entry> vendors{Entry{"vendors", {{"label", "{en: \"Vendors\"}"}}}};
    add_vendors(vendors);
    remarks_.add(
        "purposes, data, features and vendors are named by their numbers, which stay when their wording changes; "
        "see their labels");
    remarks_.add("what a vendor does not declare is missing, not empty: a rule that tests it is undecided");

    std::vector<std::string> comments{
        fmt::format("Made from the Global Vendor List, version {} of {}, by `zweck import gvl`.", newest().version,
                    to_string(newest().updated)),
        fmt::format("Version of the framework's policies: {}.", need_integer(list, "tcfPolicyVersion", "the list"))};
    return import::checked(import::write_vocabulary(comments, {{"data", std::move(data)},
                                                               {"purposes", std::move(purposes)},
                                                               {"partners", std::move(vendors)},
                                                               {"taxonomies/feature", std::move(features)},
                                                               {"attributes/partner", attributes()}}),
                           std::move(remarks_));
  }

  std::vector<Entry> attributes() const {
    std::vector<Entry> all;
    const auto add = [&](std::string_view name, std::string_view type) {
      all.push_back({std::string(name), {{"", std::string(type)}}});
    };
    for (const Declaration& declaration : declarations) {
      const std::string_view kind = declaration.kind;
      add(declaration.attribute, kind == "data"              ? "set of data"
                                 : kind.ends_with("purpose") ? "set of purpose"
                                                             : "set of feature");
    }
    for (const Plain& plain : plain_values) add(plain.attribute, plain.type);
    add("retention", "duration");
    for (const std::string& name : retention_attributes_) add(name, "duration");
    return all;
  }

  // Purposes, features and kinds of data all have a number, a name and a description.
  void add_items(std::vector<Entry>& entries, const Tree& list, std::string_view key, std::string_view kind,
                 std::string_view group) {
    for (const Tree& item : need(list, key, Tree::Kind::map, "the list").items) {
      const std::string where = fmt::format("`{}`", key);
      Entry entry{named(kind, std::to_string(need_integer(item, "id", where))), {}};
      entry.add("in", std::string(group));
      entry.add_text("label", need(item, "name", Tree::Kind::quoted, where).text);
      for (const Tree& field : item.items) {
        if (field.key == "description" && field.is_text())
          entry.add_text("description", field.text);
        else if (field.key != "id" && field.key != "name" && !(field.kind == Tree::Kind::list && field.items.empty()))
          remarks_.about(
              fmt::format("`{}` of purposes, features and kinds of data has no place in a vocabulary and is left out",
                          field.key),
              entry.name);
      }
      defined_.insert(entry.name);
      entries.push_back(std::move(entry));
    }
  }

  // Vendors of all lists by number, each as the newest list that names it has it.
  void add_vendors(std::vector<Entry>& entries) {
    struct Known {
      const Tree* vendor;
      std::size_t first, last;  // lists
    };
    std::map<std::int64_t, Known> all;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      for (const Tree& vendor : need(lists_[i].tree, "vendors", Tree::Kind::map, "the list").items) {
        const auto [there, added] = all.try_emplace(need_integer(vendor, "id", "`vendors`"), Known{&vendor, i, i});
        if (!added) there->second.vendor = &vendor;
        there->second.last = i;
      }
    }
    for (const auto& [id, known] : all) {
      Entry entry{named("vendor", std::to_string(id)), {}};
      entry.add("in", "vendors");
      add_vendor(entry, *known.vendor);
      // The list came during that day: only what was said after it can have meant this vendor.
      if (known.first > 0) entry.add("since", to_string(Date{lists_[known.first].updated.days + 1}));
      const Tree* deleted = find(*known.vendor, "deletedDate");
      if (deleted != nullptr && deleted->is_text()) {
        const auto time = parse_time(deleted->text);
        entry.add("deprecated", import::yaml_text("deleted from the list on " +
                                                  (time ? deleted->text.substr(0, 10) : deleted->text)));
      } else if (known.last + 1 < lists_.size()) {
        entry.add("deprecated",
                  import::yaml_text(fmt::format("no longer in version {} of the list", newest().version)));
      }
      entries.push_back(std::move(entry));
    }
  }

  void add_vendor(Entry& entry, const Tree& vendor) {
    std::string pages;  // for people to read, so they are no attributes
    for (const Tree& field : vendor.items) {
      if (field.kind == Tree::Kind::nothing || field.key == "id" || field.key == "deletedDate") continue;
      if (field.key == "name" && field.is_text()) {
        entry.add_text("label", field.text);
      } else if (field.key == "deviceStorageDisclosureUrl" && field.is_text()) {
        add_page(pages, "storage on devices", field);
      } else if (field.key == "dataRetention" && field.kind == Tree::Kind::map) {
        add_retention(entry, field);
      } else if (field.key == "urls" && field.kind == Tree::Kind::list) {
        add_urls(entry, pages, field);
      } else if (!add_declaration(entry, field) && !add_plain(entry, field)) {
        remarks_.about(fmt::format("`{}` of vendors has no place in a vocabulary and is left out", field.key),
                       entry.name);
      }
    }
    entry.add_text("description", pages);
  }

  static void add_page(std::string& pages, std::string_view what, const Tree& url) {
    if (!url.text.empty()) pages += fmt::format("{}{}: {}", pages.empty() ? "" : "\n", what, url.text);
  }

  bool add_declaration(Entry& entry, const Tree& field) {
    for (const Declaration& declaration : declarations) {
      if (field.key != declaration.key) continue;
      if (field.kind != Tree::Kind::list)
        throw Refused{fmt::format("`{}` of `{}` is no list", field.key, entry.name), {}};
      std::vector<std::string> names;
      for (const Tree& item : field.items) {
        if (!parse_integer(item.text))
          throw Refused{fmt::format("`{}` of `{}` is no list of numbers", field.key, entry.name), {}};
        std::string name = named(declaration.kind, item.text);
        if (defined_.contains(name))
          names.push_back(std::move(name));
        else
          remarks_.about(fmt::format("`{}` is declared but not defined by the list, and left out", name), entry.name);
      }
      entry.add(std::string(declaration.attribute), import::yaml_list(names));
      return true;
    }
    return false;
  }

  static bool add_plain(Entry& entry, const Tree& field) {
    for (const Plain& plain : plain_values) {
      if (field.key != plain.key) continue;
      const bool fits = field.literal && (plain.type == "int" ? parse_integer(field.text).has_value()
                                                              : field.text == "true" || field.text == "false");
      if (!fits) throw Refused{fmt::format("`{}` of `{}` is no {}", field.key, entry.name, plain.type), {}};
      entry.add(std::string(plain.attribute), field.text);
      return true;
    }
    return false;
  }

  // Days, for everything and for single purposes.
  void add_retention(Entry& entry, const Tree& retention) {
    const auto add = [&](const std::string& attribute, const Tree& days) {
      const auto count = parse_integer(days.text);
      if (days.kind == Tree::Kind::nothing) return;
      if (!count || *count < 0)
        throw Refused{fmt::format("`dataRetention` of `{}` is no number of days", entry.name), {}};
      if (!make_duration(*count, "days"))
        return remarks_.about("a retention of 0 days is no duration and is left out", entry.name);
      entry.add(attribute, fmt::format("{} days", *count));
    };
    for (const Tree& item : retention.items) {
      if (item.key == "stdRetention") {
        add("retention", item);
      } else if ((item.key == "purposes" || item.key == "specialPurposes") && item.kind == Tree::Kind::map) {
        for (const Tree& purpose : item.items) {
          const std::string name =
              named("retention", named(item.key == "purposes" ? "purpose" : "special-purpose", purpose.key));
          retention_attributes_.insert(name);
          add(name, purpose);
        }
      } else {
        remarks_.about("parts of `dataRetention` that are not known are left out", entry.name);
      }
    }
  }

  // The pages in English, or else in the first language.
  void add_urls(const Entry& entry, std::string& pages, const Tree& urls) {
    const Tree* chosen = nullptr;
    for (const Tree& url : urls.items) {
      const Tree* language = find(url, "langId");
      if (chosen == nullptr || (language != nullptr && language->text == "en")) chosen = &url;
    }
    if (chosen == nullptr) return;
    if (urls.items.size() > 1) remarks_.about("the pages of vendors in further languages are left out", entry.name);
    for (const Tree& field : chosen->items) {
      if (field.key == "langId" || field.kind == Tree::Kind::nothing) continue;
      if (field.key == "privacy" && field.is_text())
        add_page(pages, "privacy", field);
      else if (field.key == "legIntClaim" && field.is_text())
        add_page(pages, "legitimate interest", field);
      else
        remarks_.about(fmt::format("`{}` among the pages of vendors is left out", field.key), entry.name);
    }
  }

  const Sources& files_;
  std::vector<List> lists_;
  std::set<std::string> defined_;               // purposes, features, kinds of data
  std::set<std::string> retention_attributes_;  // those that any vendor has
  Remarks remarks_;
  Diagnostics errors_;
};

}  // namespace

Result<Imported> import_gvl(const Sources& files) { return GvlReader(files).read(); }

}  // namespace zweck
