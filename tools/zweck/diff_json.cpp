// A difference as JSON. Its entries come first, as they are found; what is counted can only come after them.
#include <fmt/format.h>

#include <array>

#include "diff_report.hpp"
#include "text/json_text.hpp"

namespace zweck::command {

namespace {

std::string list(const std::vector<std::string>& texts) {
  std::string items;
  for (const std::string& text : texts) items += (items.empty() ? "" : ", ") + json_quote(text);
  return "[" + items + "]";
}

std::string object(const VocabularyDifference::Names& names) {
  return fmt::format(R"({{"data": {}, "purpose": {}, "partner": {}, "facts": {}, "notices": {}}})", list(names.data),
                     list(names.purpose), list(names.partner), list(names.facts), list(names.notices));
}

class JsonWriter : public DiffWriter {
 public:
  explicit JsonWriter(Output& out) : out_(out) { out_.write("{\"changes\": ["); }

  void entry(const DifferenceEntry& entry) override {
    constexpr std::array<std::string_view, 3> kinds{"allow", "deny", "obligations"};
    out_.write(fmt::format(
        "{}\n  {{\"data\": {}, \"purpose\": {}, \"partner\": {}, \"now\": \"{}\", \"when\": {}, \"rules\": {}{}}}",
        first_ ? "" : ",", list(entry.names[0]), list(entry.names[1]), list(entry.names[2]),
        kinds[static_cast<std::size_t>(entry.now)], json_quote(entry.when), list(entry.rules),
        entry.example.empty() ? "" : ", \"example\": " + entry.example));
    out_.flush();  // seen as it is found
    first_ = false;
  }

  void finish(const DiffSummary& summary) override {
    const Difference& difference = summary.difference;
    out_.write(fmt::format("{}],\n \"equal\": {}, \"widened\": {}, \"narrowed\": {}, \"obligations\": {},\n", first_ ? "" : "\n ",
                           difference.equal(), difference.entries[0], difference.entries[1], difference.entries[2]));
    if (!difference.undecided.empty()) out_.write(fmt::format(" \"undecided\": {},\n", list(difference.undecided)));
    out_.write(fmt::format(" \"vocabulary\": {{\"only_old\": {},\n  \"only_new\": {},\n  \"reinterprets\": [",
                           object(summary.vocabulary.only_old), object(summary.vocabulary.only_new)));
    bool first = true;
    for (const auto& each : summary.vocabulary.reinterprets) {
      out_.write(fmt::format("{}\n   {{\"kind\": {}, \"name\": {}, \"what\": {}, \"old\": {}, \"new\": {}}}", first ? "" : ",",
                             json_quote(each.kind), json_quote(each.name), json_quote(each.what), json_quote(each.before),
                             json_quote(each.after)));
      first = false;
    }
    out_.write("]}}\n");
  }

 private:
  Output& out_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<DiffWriter> diff_json(Output& out) { return std::make_unique<JsonWriter>(out); }

}  // namespace zweck::command
