// What requests and ledgers have in common when they are read: names, times, notices, and what is wrong with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"
#include "text/tree.hpp"

namespace zweck {

// Reads one request or ledger and gathers every problem in it. Without sources (JSON) problems have no place, so each
// message says by itself where it belongs.
class Reader {
 public:
  Reader(const Vocabulary& vocabulary, const Sources& sources) : vocabulary_(vocabulary), sources_(sources) {}

  // What is read from now on belongs to this event of the ledger, counted from 1; 0 for the request itself.
  void at_event(std::size_t number) { event_ = number; }

  void problem(Span at, std::string check, std::string message, std::string help = {});
  void problems(const Diagnostics& found);
  // Problems beyond limits::diagnostics are only counted, in the last of them: suggestions need not be looked for.
  bool full() const;
  bool fine() const { return problems_.empty(); }
  Diagnostics take();

  // Each of these returns nothing after it has said what is wrong. `key` is what the value stands under.
  bool is_map(const Tree& tree, const std::string& what);
  std::optional<std::string_view> text(const Tree& tree, std::string_view key, std::string_view what = "text");
  std::optional<bool> boolean(const Tree& tree, std::string_view key);
  std::optional<Time> time(const Tree& tree, std::string_view key);
  std::optional<NodeId> node(const Tree& tree, Dimension dimension);
  // One name or a list of names, sorted and unique.
  std::optional<std::vector<NodeId>> nodes(const Tree& tree, Dimension dimension);
  std::optional<NoticeId> notice(const Tree& tree);
  // A version of the notice, or of whichever if it is not known.
  std::optional<std::int64_t> version(const Tree& tree, std::optional<NoticeId> notice);
  void unknown_key(const Tree& tree, const std::vector<std::string_view>& known);
  void unknown_name(const Tree& tree, std::string_view kind, std::string_view name,
                    const std::vector<std::string_view>& known, std::string otherwise = {});
  void missing(const Tree& tree, std::string_view key, std::string help);

 private:
  const Vocabulary& vocabulary_;
  const Sources& sources_;
  std::size_t event_ = 0;
  Diagnostics problems_;
  std::size_t uncounted_ = 0;
};

// Text of the author in backticks, cut where it is too long to be shown.
std::string ticked(std::string_view text);

}  // namespace zweck
