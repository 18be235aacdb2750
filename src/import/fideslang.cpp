// fideslang: data categories, data uses and data subjects, each a list of entries with dotted keys.
#include <fmt/format.h>

#include <algorithm>

#include "import/writer.hpp"
#include "text/limits.hpp"
#include "text/tree.hpp"

namespace zweck {

namespace {

using import::Entry;
using import::Remarks;

// `null` and nothing at all are how fideslang says nothing.
bool says_nothing(const Tree& tree) { return tree.kind == Tree::Kind::nothing; }

class FideslangReader {
 public:
  explicit FideslangReader(const Sources& files) : files_(files) {}

  Result<Imported> read() {
    for (std::uint32_t file = 0; file < files_.size(); ++file) {
      const auto tree = read_yaml(files_, file);
      if (tree)
        read(*tree, file);
      else
        errors_.insert(errors_.end(), tree.diagnostics().begin(), tree.diagnostics().end());
    }
    if (!errors_.empty()) return std::move(errors_);
    std::vector<import::Section> sections{{"data", std::move(data_)}, {"purposes", std::move(purposes_)}};
    if (!subjects_.empty()) {
      sections.push_back({"taxonomies/data-subject", std::move(subjects_)});
      sections.push_back({"facts", {{"data-subject", {{"", "data-subject"}}}}});
      remarks_.add(
          "data subjects have become a taxonomy and a fact `data-subject`: the language has no place of its own for "
          "them");
    }
    remarks_.add(
        "fideslang does not say which data belongs to a special category (Art. 9 GDPR): no data node is `special` "
        "yet; look for biometric, health, genetic, political, religious and sexual data");
    return import::checked(
        import::write_vocabulary({"Made from fideslang by `zweck import fideslang`."}, std::move(sections)),
        std::move(remarks_));
  }

 private:
  void complain(const Tree& at, std::string message, std::string help = {}) {
    if (errors_.size() < limits::diagnostics)
      errors_.push_back(import::error_at(files_, at.span, std::move(message), std::move(help)));
  }

  void read(const Tree& tree, std::uint32_t file) {
    const auto is_section = [](const Tree& item) {
      return item.key == "data_category" || item.key == "data_use" || item.key == "data_subject";
    };
    if (tree.kind != Tree::Kind::map || std::none_of(tree.items.begin(), tree.items.end(), is_section)) {
      errors_.push_back(import::error_in(files_[file].path, "this is no file of fideslang",
                                         "it has a list under `data_category`, `data_use` or `data_subject`"));
      return;
    }
    for (const Tree& section : tree.items) {
      std::vector<Entry>* const entries = section.key == "data_category"  ? &data_
                                          : section.key == "data_use"     ? &purposes_
                                          : section.key == "data_subject" ? &subjects_
                                                                          : nullptr;
      if (entries == nullptr) {
        remarks_.add(
            fmt::format("`{}` of `{}` has no place in a vocabulary and is left out", section.key, files_[file].path));
      } else if (section.kind != Tree::Kind::list) {
        complain(section, fmt::format("`{}` is no list", section.key));
      } else {
        for (const Tree& item : section.items) read_entry(item, *entries);
      }
    }
  }

  void read_entry(const Tree& item, std::vector<Entry>& entries) {
    if (item.kind != Tree::Kind::map) return complain(item, "an entry is a map with a `fides_key`");
    Entry entry;
    std::string deprecated, replaced_by;
    for (const Tree& field : item.items) {
      if (says_nothing(field)) continue;
      std::string* const text = field.key == "fides_key"            ? &entry.name
                                : field.key == "version_deprecated" ? &deprecated
                                : field.key == "replaced_by"        ? &replaced_by
                                                                    : nullptr;
      const bool known =
          text != nullptr || field.key == "name" || field.key == "description" || field.key == "parent_key";
      if (known && !field.is_text()) {
        complain(field, fmt::format("`{}` is no text", field.key));
      } else if (text != nullptr) {
        *text = field.text;
      } else if (field.key == "name") {
        entry.add_text("label", field.text);
      } else if (field.key == "description") {
        entry.add_text("description", field.text);
      } else if (field.key == "parent_key") {
        entry.keys.insert(entry.keys.begin(), {"in", import::yaml_name(field.text)});
      } else {
        left_out_.push_back(field.key);
      }
    }
    if (entry.name.empty()) return complain(item, "an entry without a `fides_key`");
    for (const std::string& key : left_out_)
      remarks_.about(fmt::format("`{}` has no place in a vocabulary and is left out", key), entry.name);
    left_out_.clear();
    if (!deprecated.empty() || !replaced_by.empty()) {
      std::string text = deprecated.empty() ? "deprecated" : fmt::format("deprecated in version {}", deprecated);
      if (!replaced_by.empty()) text += fmt::format("; use `{}`", replaced_by);
      entry.add("deprecated", import::yaml_text(text));
    }
    entries.push_back(std::move(entry));
  }

  const Sources& files_;
  std::vector<Entry> data_, purposes_, subjects_;
  std::vector<std::string> left_out_;
  Remarks remarks_;
  Diagnostics errors_;
};

}  // namespace

Result<Imported> import_fideslang(const Sources& files) { return FideslangReader(files).read(); }

}  // namespace zweck
